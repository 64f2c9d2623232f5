"""Descriptions from files: what is read, and the sentence each useless file is told."""

import contextlib
import io
import zipfile
import zlib

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from reportlab.pdfgen.canvas import Canvas

from coach.errors import DocumentError
from coach.prepare.tailoring import documents
from coach.prepare.tailoring.documents import LARGEST, checked, text_of_file
from tests.prepare.tailoring.job_descriptions import FOSTER

LINES = FOSTER.splitlines()


def pdf(*pages: list[str], password: str = "") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(50, 780 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    if not password:
        return out.getvalue()
    writer, locked = PdfWriter(clone_from=PdfReader(out)), io.BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(locked)
    return locked.getvalue()


def drawn(content: bytes) -> bytes:
    """A PDF of one page whose drawing is packed tightly, however long it is."""
    writer, out = PdfWriter(), io.BytesIO()
    page, stream = writer.add_blank_page(200, 200), StreamObject()
    stream._data = zlib.compress(content, 9)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject()})
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(out)
    return out.getvalue()


def word() -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_heading(LINES[0])
    for line in LINES[1:-1]:
        document.add_paragraph(line.removeprefix("* "), style="List Bullet" if line.startswith("*") else None)
    document.add_table(rows=1, cols=1).cell(0, 0).text = LINES[-1]
    document.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in parts.items():
            file.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "body"),
    [("job.pdf", pdf(LINES[:5], LINES[5:])), ("JOB.DOCX", word()), ("job.txt", ("\ufeff" + FOSTER).encode())],
)
def test_the_words_of_a_file_are_read(name: str, body: bytes) -> None:
    text = text_of_file(name, body)
    assert text.startswith("Permanency Worker, Kinship Unit\nOur county agency")
    assert "respect for families of every culture" in text


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("job.pdf", pdf([], []), "pictures of pages and no text"),
        ("job.pdf", pdf(LINES, password="secret"), "locked with a password"),
        ("job.pdf", pdf(*[["A page"]] * 41), "41 pages; 40 is the most"),
        ("job.pdf", pdf(LINES)[:300], "damaged, or no PDF"),
        ("job.pdf", b"%PDF-1.7\n" + b"\x00" * 50, "damaged, or no PDF"),
        ("job.pdf", FOSTER.encode(), "damaged, or no PDF"),
        ("job.pdf", drawn(b" " * 60_000_000), "unpacks to far more"),
        ("job.pdf", drawn(b"BT /F1 12 Tf (hello) Tj ET " * 30_000), "unpacks to far more"),
        ("job.docx", FOSTER.encode(), "damaged, or no Word file"),
        ("job.docx", archive(a=b"x"), "damaged, or no Word file"),
        ("job.docx", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "locked with a password"),
        ("job.docx", archive(a=b"\x00" * 61_000_000), "unpacks to far more"),
        ("job.docx", archive(**{f"p{n}": b"" for n in range(2_001)}), "unpacks to far more"),
        ("job.doc", b"x", "old Word file"),
        ("job.png", b"x", "cannot be read. Use PDF"),
        ("job", b"x", "cannot be read. Use PDF"),
        ("job.txt", b"", "is empty"),
        ("job.txt", "é".encode("latin-1") * 90, "not UTF-8"),
        ("job.txt", b"Case manager", "hardly any words"),
        ("job.txt", b"word " * 20_000, "characters; 60,000 is the most"),
        ("job.txt", b"x" * (LARGEST + 1), "10 MB is the most"),
    ],
)
def test_a_file_that_is_no_use_is_told_why_and_what_to_do(name: str, body: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        text_of_file(name, body)


def test_an_archive_that_lies_about_its_size_is_stopped_while_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_UNPACKED", 3_000_000)
    honest = archive(a=b"\x00" * 5_000_000)
    place = honest.rfind(b"PK\x01\x02") + 24  # the size in the archive's list of parts
    with pytest.raises(DocumentError, match=r"unpacks to far more|damaged"):
        text_of_file("job.docx", honest[:place] + (100).to_bytes(4, "little") + honest[place + 4 :])


@given(
    st.binary(max_size=400),
    st.sampled_from(["pdf", "docx", "txt"]),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04"]),
)
def test_no_bytes_at_all_raise_anything_but_a_sentence(body: bytes, kind: str, start: bytes) -> None:
    with contextlib.suppress(DocumentError):
        assert text_of_file(f"job.{kind}", start + body)


@given(st.text(max_size=200))
def test_what_was_tidied_stays_as_it_is(text: str) -> None:
    try:
        tidy = checked(text)
    except DocumentError:
        return
    assert checked(tidy) == tidy
