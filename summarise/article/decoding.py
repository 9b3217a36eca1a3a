"""From a file, bytes or a string to text, or to an error that names the input and what is wrong with it."""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise.article import western
from summarise.errors import ArticleTooLong, BinaryArticle, EmptyArticle, UnreadableArticle

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

# The longer marks come first: the one of UTF-32-LE begins with that of UTF-16-LE.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
)
_HTML = re.compile(r"\s{0,200}<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PATH = re.compile(r"(?!https?:)\S{1,300}\.(?:txt|md|text|html?|json|pdf|docx?)", re.IGNORECASE)
CONTROL_CHARACTERS = bytes([*range(9), *range(14, 32), 127])
# A few accents among English words are taken for these; nothing on the web is written in them.
_DOS_PAGES = frozenset("cp437 cp775 cp850 cp852 cp857 cp858 cp860 cp861 cp863 cp865".split())
DETECTION_BYTES = 8_000
LONGEST_UNIT = 4  # bytes that one character can take in the encodings above


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in (None if it came as a string) and what a reader should know."""

    text: str
    encoding: str | None
    warnings: tuple[str, ...] = ()


def name_of(source: str | bytes | os.PathLike[str]) -> str:
    """How messages call the input: a file's path, or `<text>`."""
    return "<text>" if isinstance(source, (str, bytes)) else os.fspath(source)


def most_bytes(max_characters: int) -> int:
    """How many bytes a file can have, in any encoding, that holds at most so many characters."""
    return LONGEST_UNIT * (max_characters + 1)  # one more for a byte order mark


def decode(source: str | bytes | os.PathLike[str], name: str, max_characters: int) -> Decoded:
    """The text of a string, of a file's bytes or of the file at a path.

    Raises `ArticleTooLong` (for files before they are read), `UnreadableArticle`, `BinaryArticle`, `EmptyArticle`.
    """
    data: bytes | None = None
    if isinstance(source, str):
        decoded = Decoded(source, None)
    else:
        data = source if isinstance(source, bytes) else _file_content(source, name, max_characters)
        _refuse_long_bytes(len(data), name, max_characters)
        _refuse_binary(data, name)
        decoded = _decode_bytes(data, name)
    text = decoded.text
    if len(text) > max_characters:
        raise ArticleTooLong(f"{name}: {len(text):,} characters; the limit is {max_characters:,}")
    try:
        in_utf8 = text.encode()
    except UnicodeEncodeError as problem:
        raise UnreadableArticle(
            f"{name}: half a surrogate pair at offset {problem.start}",
            hint="Decode the bytes again, with the encoding they were written in.",
        ) from None
    if in_utf8 != data:  # else they were looked at already
        _refuse_binary(in_utf8, name)
    if isinstance(source, str):
        _refuse_path(text, name)
    if _HTML.match(text):
        raise BinaryArticle(f"{name}: it looks like an HTML page, not like an article's text")
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise EmptyArticle(f"{name}: no text, only white space" if text else f"{name}: empty")
    return decoded


def _file_content(path: os.PathLike[str], name: str, max_characters: int) -> bytes:
    try:
        with open(path, "rb") as file:
            _refuse_long_bytes(os.fstat(file.fileno()).st_size, name, max_characters)
            return file.read(most_bytes(max_characters) + 1)  # a device or a pipe tells no size
    except OSError as problem:
        raise UnreadableArticle(f"{name}: cannot be read: {problem.strerror}") from problem
    except ValueError as problem:  # a NUL in the path
        raise UnreadableArticle(f"{name!r}: cannot be read: {problem}") from problem


def _refuse_path(text: str, name: str) -> None:
    if _PATH.fullmatch(text):
        raise UnreadableArticle(
            f"{name}: {text[:80]!r} looks like the path of a file, not like an article",
            hint="Give a pathlib.Path to have the file read; a str is the text itself.",
        )


def _refuse_long_bytes(size: int, name: str, max_characters: int) -> None:
    if size > most_bytes(max_characters):
        raise ArticleTooLong(f"{name}: {size:,} bytes are too many: at most {max_characters:,} characters are read")


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise BinaryArticle(f"{name}: looks like {what}")
    if data.startswith(b"PK\x03\x04"):
        what = "a Word document (docx)" if b"word/" in data[:4096] else "a zip file (or docx, xlsx, odt)"
        raise BinaryArticle(f"{name}: looks like {what}")
    start = data[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise BinaryArticle(f"{name}: looks like {'XML' if start.startswith(b'<?') else 'HTML'}")
    if any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS[1:]):
        return
    if b"\0" in data:
        raise BinaryArticle(f"{name}: holds NUL bytes, which text does not (UTF-16 is read only with its mark)")
    controls = len(data) - len(data.translate(None, CONTROL_CHARACTERS))
    if controls > 3 and controls * 50 > len(data):
        raise BinaryArticle(f"{name}: {controls:,} of {len(data):,} bytes are control characters; text has none")


def _decode_bytes(data: bytes, name: str) -> Decoded:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as problem:
                raise UnreadableArticle(
                    f"{name}: its mark says {encoding}, but byte {problem.start + len(mark)} is not: {problem.reason}"
                ) from None
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _western(data) or _detected(data, name)


def _damaged_utf8(data: bytes) -> Decoded | None:
    """Text in UTF-8 with a few bad bytes, such as one cut off inside a character."""
    text = data.decode(errors="replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    sound = sum(character > "\x7f" for character in text) - bad
    if sound < 10 * bad:
        return None
    return Decoded(text, "utf-8", (f"{bad} places are not UTF-8 and stand as U+FFFD",))


def _western(data: bytes) -> Decoded | None:
    """The likeliest legacy text: the detector below takes one with few accents for almost anything."""
    encoding = western.western_encoding(data)
    return _in_encoding(data.decode(encoding), encoding) if encoding else None


def _in_encoding(text: str, encoding: str) -> Decoded:
    hint = "save it as UTF-8 if names look wrong"
    return Decoded(text, encoding, (f"decoded as {encoding} (detected): not UTF-8; {hint}",))


def _detected(data: bytes, name: str) -> Decoded:
    from charset_normalizer import from_bytes

    # A double-byte character cut in two at the end of the sample would rule out the right encoding.
    sample = data if len(data) <= DETECTION_BYTES else data[: data.rfind(b" ", 0, DETECTION_BYTES) + 1]
    matches = list(from_bytes(sample or data[:DETECTION_BYTES]))
    for match in sorted(matches, key=_legibility, reverse=True):
        try:
            encoding = "cp1252" if match.encoding in _DOS_PAGES else match.encoding
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):  # right for the sample, not for the whole
            continue
        return _in_encoding(text, encoding)
    raise UnreadableArticle(f"{name}: not UTF-8, and its encoding cannot be told")


def _legibility(match: CharsetMatch) -> tuple[bool, float, bool, bool]:
    """How much the sample reads like some language in this encoding.

    charset-normalizer takes cp1250 for cp1252 and a Greek text for Mac Cyrillic; the language detector's score tells
    them apart; it knows nothing of an alphabet within the words of another. Between
    equals the encodings that were common on the web win.
    """
    from summarise.article.language import detection_score

    text = str(match)
    return (
        not western.is_garbled(text),
        detection_score(text),
        match.encoding == "cp1252",
        match.encoding.startswith("cp"),
    )
