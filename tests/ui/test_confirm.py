"""Asking once more before something goes: two questions at a time, and what is gone already."""

from streamlit.testing.v1 import AppTest


def _two_questions() -> None:
    from coach.errors import NotFoundError  # noqa: PLC0415  # the script stands alone
    from coach.ui.widgets.confirm import asks, confirm  # noqa: PLC0415

    def gone() -> None:
        raise NotFoundError("There is no such note any more.")

    for name in ("first", "second"):
        asks(f"Delete the {name}", name, key=f"ask-{name}")
        confirm(name, f"Delete the {name}?", "Delete it", gone)


def test_two_things_may_be_asked_about_at_the_same_time() -> None:
    page = AppTest.from_function(_two_questions, default_timeout=60).run()
    page.button(key="ask-first").click().run()
    page.button(key="ask-second").click().run()
    assert not page.exception
    assert [one.value for one in page.markdown] == ["Delete the first?", "Delete the second?"]
    page.button(key="no-first").click().run()
    assert [one.value for one in page.markdown] == ["Delete the second?"]


def test_what_is_gone_in_another_tab_already_is_told_and_the_question_ends() -> None:
    page = AppTest.from_function(_two_questions, default_timeout=60).run()
    page.button(key="ask-first").click().run()
    page.button(key="yes-first").click().run()
    assert not page.exception
    assert [one.value for one in page.toast] == ["There is no such note any more."]
    assert not page.markdown
