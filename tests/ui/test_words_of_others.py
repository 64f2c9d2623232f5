"""Words that were made to be more than words: on pages they are text, and names that were made to be paths lead nowhere."""

import re

import pytest

from coach.errors import DocumentError
from coach.prepare.tailoring.documents import text_of_file
from coach.ui.widgets.html import plain, text

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "[press](javascript:alert(1))",
    "![x](https://evil.example/seen.png)",
    "`code` **bold** ~~gone~~ $x$ | cell |",
    ":material/delete: :red[stop]",
    "# a heading",
    "1. a list",
    "</div><style>body{display:none}</style>",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_in_our_html_words_open_no_element_and_no_attribute(words: str) -> None:
    assert not set(text(words)) & set("<>\"'")


@pytest.mark.parametrize("words", HOSTILE)
def test_in_streamlits_markdown_words_are_no_link_image_icon_or_heading(words: str) -> None:
    shown = plain(words)
    assert not re.search(r"(?<!\\)[<>\[\]`*#|$~]", shown)
    assert not re.search(r":(?=\S)", shown.replace(":\u2060", ""))
    assert not re.match(r"\s*\d+[.)]", shown)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\boot.ini", "..%2f..%2fx.txt/../../passwd", "\0"]
)
def test_the_name_of_a_file_that_is_handed_in_opens_no_file_here(name: str) -> None:
    with pytest.raises(DocumentError, match="of this kind cannot be read"):
        text_of_file(name, b"root:x:0:0 words enough to be taken for a description of a job")
