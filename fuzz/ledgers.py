"""Repairing a ledger: whatever stands behind its rows, opening it loses no whole row, invents none and is done at once.

An input is the content of a ledger. Opened, it is either refused with an error of ours, and then no byte of it has
changed; or at most an unfinished last line is cut off, and what is known of it are exactly the rows that stand there.
Opening it a second time changes nothing. A row that is then appended is read again with all the others.
"""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from pydantic_core import from_json

from fuzz.mutation import changed
from fuzz.target import Seeds, Target
from summarise.corpus.ledger import Ledger, LedgerRow, RowError, read_ledger
from summarise.errors import LedgerError
from summarise.judge import judge
from summarise.records import ArticleSummary
from tests.mutations import distinct_replies

NEW = LedgerRow(id="new", source="new.txt", status="failed", error=RowError(kind="ServerFailed", message="503"))


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warning about each row that is cut off."""
    logger = logging.getLogger("summarise")
    before, logger.disabled = logger.disabled, True
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logger.disabled = before
        logging.disable(logging.NOTSET)


def check(data: bytes) -> None:
    """Opens a ledger with this content twice, and appends a row."""
    with quiet(), tempfile.TemporaryDirectory(dir=memory()) as place:
        path = Path(place, "ledger.jsonl")
        path.write_bytes(data)
        try:
            before = [row.id for row in read_ledger(path)]
        except LedgerError as problem:
            assert str(path) in str(problem)
            before = None
        try:
            known = _opened(path)
        except LedgerError as problem:
            assert str(path) in str(problem)
            assert path.read_bytes() == data, "a ledger that was refused was changed"
            assert before is None, "what can be read cannot be opened"
            assert any(_row(line) is None for line in data.split(b"\n") if line.strip()), "only rows, and refused"
            return
        content = path.read_bytes()
        _check_repair(data, content)
        rows = [row for line in content.split(b"\n") if line.strip() and (row := _row(line))]
        assert list(known) == list(dict.fromkeys(row.id for row in rows)), "a row was lost or invented"
        assert before is not None
        assert set(before) == set(known)
        assert _opened(path) == known
        assert path.read_bytes() == content, "the second opening changed something"
        with Ledger(path) as ledger:
            ledger.append(NEW)
        assert path.read_bytes().startswith(content)
        last = {row.id: row for row in [*rows, NEW]}
        assert {row.id: row for row in read_ledger(path)} == last


def _opened(path: Path) -> dict[str, object]:
    with Ledger(path) as ledger:
        return dict(ledger.entries)


def _check_repair(before: bytes, after: bytes) -> None:
    """Only the end of the last line may have gone or been added, and zeros behind it."""
    before = before if before.endswith(b"\n") else before.rstrip(b"\0")
    if len(after) > len(before):
        assert after == before + b"\n"
        return
    assert before.startswith(after)
    lost = before[len(after) :]
    assert b"\n" not in lost, "more than the last line was cut off"
    assert not lost or after.endswith(b"\n") or not after
    assert _row(lost) is None, "a whole row was cut off"


def _row(line: bytes) -> LedgerRow | None:
    try:
        return LedgerRow.model_validate(from_json(line, allow_inf_nan=False), extra="ignore")
    except ValueError:
        return None


@cache
def memory() -> str | None:
    """A folder in memory, where there is one: a disk would be written to without end."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def seeds() -> Seeds:
    """Ledgers of a few rows, whole and cut off."""
    rows = ledger_rows()
    whole = b"".join(rows)
    yield "whole", whole
    yield "cut-off", whole[:-300]
    yield "no-line-end", whole[:-1]
    yield "zeros", rows[0] + b"\0" * 64
    yield "zeros-behind-a-row", rows[0] + rows[1][:-1] + b"\0" * 64
    yield "twice", rows[0] + rows[1] + rows[0]
    yield "blank-lines", b"\n" + rows[0] + b"\n \n" + rows[1]
    yield "no-ledger", b"Peru's foreign minister in Oslo\n"


@cache
def ledger_rows() -> tuple[bytes, ...]:
    """Rows as they are written: failed ones, and short articles that a model read."""
    failed = LedgerRow(id="Été/1", source="a\u2028b.txt", status="failed", error=RowError(kind="Bad", message="\x85no"))
    rows = [failed, failed.model_copy(update={"id": "2", "fingerprint": {"model": "m", "article": "ab"}})]
    for recorded in distinct_replies():
        if recorded.contract.summary is ArticleSummary and len(recorded.content) < 1_500:
            summary = judge(recorded.content, recorded.article, recorded.contract).summary
            assert summary is not None
            plain = summary.model_dump(mode="json")
            rows.append(LedgerRow(id=recorded.name, source="x.txt", status="ok", summary=plain))
    return tuple(row.model_dump_json().encode() + b"\n" for row in rows)


def mutate(data: bytes, chance: Random) -> bytes:
    """Mostly leaves the rows that are whole, and changes what is behind them."""
    lines = data.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    match chance.randrange(9):
        case 0:
            return data[: chance.randrange(len(data) + 1)]
        case 1:
            return data[: len(data) - chance.randrange(min(len(data), 400) + 1)]
        case 2:
            return data + bytes(chance.choices(b'\0\n\r{}[]":, \xff\xef\xbb\xbfid', k=chance.randint(1, 12)))
        case 3:
            return data + chance.choice(ledger_rows())
        case 4:
            end = data[: -chance.randint(1, 3)]
            return end + chance.choice(ledger_rows())[: chance.randint(0, 200)]
        case 5:
            return b"".join([*lines[:at], *lines[at + 1 :]])
        case 6:
            return b"".join([*lines[:at], bytes(chance.choices(b"\n \t\r\x0b\0", k=2)), *lines[at:]])
        case 7:
            return data.rstrip(b"\n") + b"\0" * chance.choice((1, 7, 512))
        case _:
            try:
                row = changed(json.loads(lines[at]), chance, lambda: chance.choice(VALUES), most=2)
                lines[at] = json.dumps(row, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass") + b"\n"
            except (ValueError, RecursionError):
                lines[at] = chance.choice(ledger_rows())
            return b"".join(lines)


VALUES: tuple[Any, ...] = (
    "ok",
    "failed",
    "id",
    1,
    {},
    {"id": "x", "source": "x", "status": "ok"},
    None,
    [],
    "\u2028",
    "\ud800",
)
WORDS = (
    '{"id":',
    '"source":',
    '"status":"ok"',
    '"summary":null',
    '"usage":{}',
    "\n",
    "\r\n",
    "\0\0\0\0",
    "NaN",
    "1e999",
)

TARGET = Target("repairing a ledger", check, seeds, WORDS, mutate, longest=16_384)
