"""From a ledger to files: each is written in one pass over the ledger, which is never in memory as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from summarise.corpus.ledger import LedgerRow, read_ledger
from summarise.errors import ConfigurationError, ExportError, LedgerError
from summarise.export.formats import Format, format_of
from summarise.export.placing import check_place, placing

Ledger = str | os.PathLike[str]


def export_ledger(ledger: Ledger, *outs: Ledger) -> dict[Path, dict[str, int]]:
    """Write a ledger, a file or the folder of a cluster run, to each of `outs`; the suffix tells the format.

    Gives the counts of each, by kind. An export that fails leaves what was there before. Before anything is written,
    names, places and what must be installed are checked: raises `ConfigurationError` for what cannot be meant,
    `ExportError` for what cannot be written, `LedgerError` for what is no ledger.
    """
    return dict(exports_of(ledger, *outs))


def exports_of(ledger: Ledger, *outs: Ledger) -> Iterator[tuple[Path, dict[str, int]]]:
    """The same one by one: each out with its counts when it is written."""
    if not all(map(os.fspath, (ledger, *outs))):
        raise ConfigurationError("an empty path was given", hint="Is a shell variable unset?")
    source = Path(ledger)
    wanted = [(Path(out), format_of(Path(out))) for out in outs]
    _check(source, wanted)
    writers = [(out, format.writer()) for out, format in wanted]
    for out, write in writers:
        try:
            with placing(out) as new:
                counts = write(_rows(source), new)
        except ExportError as problem:  # a writer does not know what was there before
            if problem.hint == ExportError.default_hint:
                problem.hint = _way_on(out)
            raise
        except OSError as problem:
            raise ExportError(f"cannot write {out}: {problem.strerror or problem}", hint=_way_on(out)) from problem
        yield out, counts


def _way_on(out: Path) -> str:
    kept = "; what was there before is still there" if os.path.exists(out) else ""  # False, too, of a name too long
    return f"{ExportError.default_hint.removesuffix('.')}{kept}."


def _rows(ledger: Path) -> Iterator[LedgerRow]:
    try:
        yield from read_ledger(ledger)
    except OSError as problem:  # it went away while it was read
        raise LedgerError(f"cannot read the ledger {ledger}: {problem.strerror or problem}") from problem


def _check(ledger: Path, wanted: Sequence[tuple[Path, Format]]) -> None:
    if not wanted:
        raise ConfigurationError("there is nothing to write", hint="Name at least one file, such as ledger.xlsx.")
    if os.path.exists(ledger) and not (ledger.is_file() or ledger.is_dir()):
        raise LedgerError(
            f"{ledger} is no regular file, and a ledger is read more than once", hint="Save it as a file first."
        )
    seen: set[str] = set()
    for out, format in wanted:
        real = os.path.realpath(out)
        if real == os.path.realpath(ledger):
            raise ConfigurationError(f"{out} is the ledger itself", hint="Give the export another name.")
        if Path(real).is_relative_to(os.path.realpath(ledger)):
            raise ConfigurationError(f"{out} lies in the folder of the ledger", hint="Write it to another folder.")
        if real in seen:
            raise ConfigurationError(f"{out} is named twice", hint="Give each export a name of its own.")
        seen.add(real)
        check_place(out, format)
