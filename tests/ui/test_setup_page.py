"""Set-up says which models can listen here, and measures them when asked."""

import pytest
from streamlit.testing.v1 import AppTest


@pytest.mark.usefixtures("data")
def test_the_set_up_lists_the_models_on_this_computer_and_says_which_is_best_once_they_are_measured() -> None:
    page = AppTest.from_string("from coach.ui.pages import setup\nsetup.page()\n", default_timeout=120).run()
    assert not page.exception
    shown = " ".join(one.value for one in page.markdown) + " ".join(str(one.proto) for one in page.get("html"))
    assert "tiny.en" in shown
    assert "coach models fetch" in shown

    next(one for one in page.button if one.label == "Measure how fast they are here").click().run()

    assert not page.exception
    told = [one.value for one in page.markdown if "for a minute of speech" in one.value]
    assert [line.split("**")[1] for line in told] == ["tiny.en", "base"]
    assert any(one.value.startswith("Best on this computer: **") for one in page.markdown)
