"""Job descriptions from files: PDF, Word and plain text, with limits, and a sentence for each way a file can be no use.

Nothing of a file is kept but its words. Archives are measured before they are unpacked.
"""

import io
import logging
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from coach.errors import DocumentError

LARGEST = 10_000_000  # bytes of a file
MOST_PAGES = 40
MOST_CHARACTERS = 60_000  # of a description: about 20 pages
_UNPACKED = 60_000_000  # bytes a Word file may unpack to
_MOST_PARTS = 2_000  # files within a Word file
_SHORTEST = 40  # characters; less is a heading or a name
_SECONDS = 20.0  # for all pages of a PDF
_STREAM, _OPERATIONS = 20_000_000, 150_000  # bytes one stream of a PDF may unpack to, and steps a page may take to draw
_CHUNK = 1_000_000

TYPES = ("pdf", "docx", "txt", "md")


def text_of_file(name: str, body: bytes) -> str:
    """The words of a file. Raises DocumentError with what is wrong with it and what to do."""
    kind = Path(name).suffix.lower().lstrip(".")
    if kind == "doc":
        raise DocumentError("This is an old Word file (.doc). Save it as .docx or PDF, or paste its text.")
    if kind not in TYPES:
        raise DocumentError(
            "Files of this kind cannot be read. Use PDF, Word (.docx) or plain text, or paste the text."
        )
    if not body:
        raise DocumentError("The file is empty.")
    if len(body) > LARGEST:
        raise DocumentError(
            f"The file has {len(body) / 1e6:.0f} MB; {LARGEST / 1e6:.0f} MB is the most. Paste the text."
        )
    read: dict[str, Callable[[bytes], str]] = {"pdf": _pdf, "docx": _word}
    return checked(read.get(kind, _plain)(body))


def checked(text: str) -> str:
    """A description's text, tidied. Raises DocumentError where it is too short or too long to be one."""
    lines = (" ".join(line.split()) for line in text.replace("\x00", "").splitlines())
    tidy = "\n".join(line for line in lines if line)
    if len(tidy) < _SHORTEST:
        raise DocumentError("There are hardly any words here. Paste the whole job description.")
    if len(tidy) > MOST_CHARACTERS:
        raise DocumentError(
            f"This has {len(tidy):,} characters; {MOST_CHARACTERS:,} is the most. Paste the part that describes the job."
        )
    return tidy


def _plain(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentError("The file is not UTF-8 text. Save it as UTF-8, or paste its text.") from None


# ── PDF ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pdf(body: bytes) -> str:
    from pypdf import PdfReader, apply_configuration  # noqa: PLC0415  # only who uploads a file needs it
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs pieces of the file
    try:
        with apply_configuration(zlib_maximum_output_length=_STREAM, stream_parsing_work_maximum_count=_OPERATIONS):
            reader = PdfReader(io.BytesIO(body))
            if reader.is_encrypted and not reader.decrypt(""):
                raise DocumentError("The PDF is locked with a password. Save it without one, or paste its text.")
            if len(reader.pages) > MOST_PAGES:
                raise DocumentError(
                    f"The PDF has {len(reader.pages)} pages; {MOST_PAGES} is the most. Paste the part that describes the job."
                )
            text = "\n".join(_pages(reader.pages))
    except (FileNotDecryptedError, DependencyError):
        raise DocumentError("The PDF is locked. Save it without protection, or paste its text.") from None
    except LimitReachedError:
        raise DocumentError("The PDF unpacks to far more than a job description holds. Paste its text.") from None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
        ArithmeticError,
    ):
        raise DocumentError("The PDF is damaged, or no PDF. Save it again, or paste its text.") from None
    if len(text.strip()) < _SHORTEST:
        raise DocumentError(
            "The PDF holds pictures of pages and no text, as scanners make them. Paste the text, or scan it with text recognition."
        )
    return text


def _pages(pages: object) -> Iterator[str]:
    """The words of each page. Raises DocumentError once they take too long, or are too many."""
    end, length = time.monotonic() + _SECONDS, 0
    for page in pages:  # type: ignore[attr-defined]  # pypdf's list of pages is no declared sequence
        text = page.extract_text()
        length += len(text)
        if length > 2 * MOST_CHARACTERS or time.monotonic() > end:
            raise DocumentError("The PDF holds far more than a job description. Paste the part that describes the job.")
        yield text


# ── Word ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _word(body: bytes) -> str:
    from docx import Document  # noqa: PLC0415  # only who uploads a file needs it
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    if body.startswith(b"\xd0\xcf\x11\xe0"):  # what Word wraps a file with a password in
        raise DocumentError("The Word file is locked with a password. Save it without one, or paste its text.")
    _measure(body)
    try:
        document = Document(io.BytesIO(body))
        parts = [part.text for part in document.paragraphs]
        for table in document.tables:
            parts += [cell.text for row in table.rows for cell in row.cells]
    except (LxmlError, PackageNotFoundError, ValueError, KeyError, AttributeError, RecursionError, zipfile.BadZipFile):
        raise DocumentError("The Word file is damaged, or no Word file. Save it again, or paste its text.") from None
    return "\n".join(dict.fromkeys(parts))  # merged cells come several times


def _measure(body: bytes) -> None:
    """Unpack an archive without keeping anything. Raises DocumentError where it is none, or grows too large: sizes it claims may be lies."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            if len(members) > _MOST_PARTS or total > _UNPACKED:
                raise _too_large()
            total = 0
            for member in members:
                if member.flag_bits & 1:
                    raise DocumentError(
                        "The Word file is locked with a password. Save it without one, or paste its text."
                    )
                with archive.open(member) as part:
                    while piece := part.read(_CHUNK):
                        total += len(piece)
                        if total > _UNPACKED:
                            raise _too_large()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise DocumentError("The Word file is damaged, or no Word file. Save it again, or paste its text.") from None


def _too_large() -> DocumentError:
    return DocumentError("The Word file unpacks to far more than a job description holds. Paste its text.")
