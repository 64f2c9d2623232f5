"""Our own pieces of HTML. Everything that comes from a user or a model goes through `text`."""

import html

import streamlit as st


def text(value: str) -> str:
    """A user's words, safe to stand in HTML."""
    return html.escape(value, quote=True)


def unformatted(value: str) -> str:
    """A user's words, to stand in Markdown: nothing in them is layout."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]<>#+|!~$:" else one for one in value)


def draw(body: str, css_class: str = "") -> None:
    """Put a piece of our own HTML on the page."""
    st.html(f'<div class="pc {css_class}">{body}</div>')


def shortened(value: str, limit: int = 180) -> str:
    """A quote cut at a word, with an ellipsis where something was cut."""
    if len(value) <= limit:
        return value
    return value[:limit].rsplit(" ", 1)[0] + " …"


def empty(title: str, what_to_do: str) -> None:
    """An empty state: what will be here, and what to do for it."""
    draw(f'<div class="card empty"><h3>{text(title)}</h3><p>{text(what_to_do)}</p></div>')


def aside(title: str, words: str) -> None:
    """A quiet line beside the matter: who rated, what is demo."""
    draw(f"<p><b>{text(title)}.</b> {text(words)}</p>", "aside")


def clear_below(places: int = 12) -> None:
    """Take away what the last run drew below: while a run lasts, Streamlit leaves it there, dimmed, with buttons that work."""
    for _ in range(places):
        st.empty()
