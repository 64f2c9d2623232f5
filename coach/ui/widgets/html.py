"""Our own pieces of HTML. Everything that comes from a user or a model goes through `text`."""

import html
import re

import streamlit as st


def text(value: str) -> str:
    """A user's words, safe to stand in HTML."""
    return html.escape(value, quote=True)


def paragraphs(value: str) -> str:
    """A user's words, safe to stand in HTML, their lines as they were written."""
    return text(value).replace("\n", "<br>")


def plain(value: str) -> str:
    """A user's words, safe to stand in Streamlit's Markdown: nothing in them is a link, an icon, a list or a heading.

    Few characters are escaped, since labels are read out with the backslashes in them. Colons get a joiner without width instead:
    Streamlit takes `:smile:` for an icon even where they are escaped.
    """
    inline = re.sub(r"([\\`*_\[\]<>#|$~])", r"\\\1", value)
    words = re.sub(r":(?=\S)", ":\u2060", inline)
    return re.sub(r"^(\s*\d*)([-+.)])", r"\1\\\2", words)


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
