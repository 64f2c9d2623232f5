"""The page script: what it draws, and what it must not."""

from coach.ui import server


def test_a_text_that_stands_by_itself_in_the_page_script_is_not_drawn() -> None:
    assert server.config()["runner.magicEnabled"] is False
