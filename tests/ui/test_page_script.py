"""The page script: what it draws, and what it must not."""

import pytest
from streamlit import config, error_util

from coach.ui import server


def test_a_text_that_stands_by_itself_in_the_page_script_is_not_drawn() -> None:
    assert server.config()["runner.magicEnabled"] is False


def test_what_a_failed_page_had_in_hand_reaches_no_log(capfd: pytest.CaptureFixture[str]) -> None:
    server.options()
    rich = config.get_option("logger.enableRich")
    config.set_option("logger.enableRich", server.config()["logger.enableRich"])
    try:
        error_util.handle_user_script_exception(ValueError("input_value='Her name is Odalys'"), lambda _error: True)
    finally:
        config.set_option("logger.enableRich", rich)
    out, err = capfd.readouterr()
    assert "Odalys" not in out + err
