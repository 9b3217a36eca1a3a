"""From a ledger to the file: rows are read one by one, and what they become waits on the disk until the page is put
together; in memory is what the lists show, not the articles."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from summarise.corpus.ledger import LedgerRow, read_ledger
from summarise.corpus.rows import Fields
from summarise.errors import ConfigurationError, ExportError
from summarise.export.placing import check_file, placing
from summarise.report.blocks import packed
from summarise.report.choice import Choice, article_id, choose
from summarise.report.details import details_of
from summarise.report.page import LISTS, Block, needed_jinja, page
from summarise.report.plain import partial_date
from summarise.report.records import Records
from summarise.report.texts import Texts
from summarise.version import VERSION

LIMIT = 20_000
"""Articles that a report holds unless it is told otherwise: so many a browser opens without a pause."""

PER_BLOCK = 16
"""Articles packed together. One page of a list needs many blocks: they must be small to be opened quickly."""

_SUFFIXES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """What is in a report: articles of so many in the ledger, texts that were found, records, and bytes on the disk."""

    articles: int
    of: int
    failed: int
    texts: int
    visits: int
    invitations: int
    officials: int
    bytes: int


def write_report(
    ledger: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    articles: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    limit: int = LIMIT,
    text_field: str | None = None,
) -> ReportFigures:
    """Write the ledger as one HTML page that works offline, and tell what is in it.

    The articles' texts are taken from the paths in `articles` (files, folders, patterns and tables, as a corpus is
    read from; `text_field` names the field of a table's rows that holds the text) and from where the rows say that
    they came from; a text counts only if its sha256 is the one in the ledger. Where none is at hand the page shows
    the sentences that records cite, and says so. Of more than `limit` articles the latest are taken; the page says
    so. The same arguments give the same bytes.

    `out` appears whole, or not at all. Raises `ConfigurationError` for arguments that cannot be used and without the
    extra `summarise[export]`, `LedgerError` for a ledger that cannot be read, `ExportError` for a file that cannot be
    written.
    """
    ledger, out = Path(ledger), Path(out)
    _check(ledger, out, limit)
    needed_jinja()
    choice = choose(ledger, limit)
    fields = Fields(text=text_field)
    with Texts(id for id, _ in choice.texts) as texts, _blocks_on_disk() as file:
        texts.look_in(_paths(articles), fields)
        texts.look_at_sources(choice.texts, fields)
        records = Records()
        places = list(_pack_articles(_chosen(ledger, choice), texts, records, file))
        facts = _facts(ledger, choice, records)
        blocks = _blocks(records, places, file)
        size = _write(out, page(facts, records.countries, blocks))
    failed = sum("failed" in article for article in records.articles)
    found = sum("text" in article for article in records.articles)
    return ReportFigures(
        articles=len(records.articles),
        of=choice.rows,
        failed=failed,
        texts=found,
        visits=len(records.visits),
        invitations=len(records.invitations),
        officials=len(records.officials),
        bytes=size,
    )


def _check(ledger: Path, out: Path, limit: int) -> None:
    if limit < 1:
        raise ConfigurationError(f"a report of {limit} articles cannot be written", hint="Give a limit of 1 or more.")
    if out.suffix.lower() not in _SUFFIXES:
        raise ConfigurationError(
            f"a report is an HTML page, and {out} does not end in .html",
            hint="Give a name that ends in .html; `summarise export` writes tables and calendars.",
        )
    check_file(out)
    if out.resolve() == ledger.resolve():
        raise ConfigurationError(
            f"the report would take the place of its ledger {ledger}", hint="Give it another name."
        )


def _paths(given: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[str | Path]:
    paths = [given] if isinstance(given, str | os.PathLike) else given
    return [path if isinstance(path, str) else Path(path) for path in paths]


def _chosen(ledger: Path, choice: Choice) -> Iterator[LedgerRow]:
    return (row for place, row in enumerate(read_ledger(ledger)) if place in choice.places)


def _pack_articles(
    rows: Iterator[LedgerRow], texts: Texts, records: Records, file: IO[bytes]
) -> Iterator[tuple[int, int]]:
    """Writes the blocks of the articles to the file and notes their records; gives where each block is."""
    together: list[dict[str, Any]] = []
    for row in rows:
        text = texts.text_of(article_id(row) or "")
        records.add(row, text is not None)
        together.append(details_of(row, text))
        if len(together) == PER_BLOCK:
            yield _append(file, packed(together))
            together = []
    if together:
        yield _append(file, packed(together))


def _append(file: IO[bytes], content: str) -> tuple[int, int]:
    return file.tell(), file.write(content.encode())


def _blocks(records: Records, places: list[tuple[int, int]], file: IO[bytes]) -> Iterator[Block]:
    """The lists, which are looked at first, then the articles."""
    for name in LISTS:
        yield Block(f"data-{name}", packed(getattr(records, name)))
    for number, (start, length) in enumerate(places):
        file.seek(start)
        yield Block(f"data-details-{number}", file.read(length).decode())


def _facts(ledger: Path, choice: Choice, records: Records) -> dict[str, Any]:
    days = sorted(day for article in records.articles if (day := partial_date(article.get("published"))))
    return {
        "ledger": ledger.name.encode("utf-8", "backslashreplace").decode(),
        "version": VERSION,
        "articles": len(records.articles),
        "of": choice.rows,
        "selection": choice.is_selection,
        "failed": sum("failed" in article for article in records.articles),
        "without_text": sum("text" not in article and "failed" not in article for article in records.articles),
        "visits": len(records.visits),
        "invitations": len(records.invitations),
        "open": sum(bool(invitation.get("open")) for invitation in records.invitations),
        "officials": len(records.officials),
        "concerns": len(records.concerns),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "per_block": PER_BLOCK,
    }


@contextmanager
def _blocks_on_disk() -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile(prefix="summarise-report-") as file:
        yield file


def _write(out: Path, pieces: Iterator[str]) -> int:
    """Whatever happens, `out` is the old file or the new one."""
    try:
        with placing(out) as new, new.open("w", encoding="utf-8", errors="xmlcharrefreplace", newline="\n") as file:
            file.writelines(pieces)
        return out.stat().st_size
    except OSError as problem:
        raise ExportError(f"cannot write the report {out}: {problem.strerror or problem}") from problem
