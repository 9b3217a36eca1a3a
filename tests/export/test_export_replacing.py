"""A file takes its place when it is whole, and not before."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.corpus.ledger import LedgerRow
from summarise.errors import ConfigurationError, LedgerError
from summarise.export import calendar, followthemoney, plover
from summarise.export.json_line import json_line
from summarise.export.replacing import replacing
from tests.export.made import row, visit

Write = Callable[[Iterator[LedgerRow], Path], dict[str, int]]
each_format = pytest.mark.parametrize("write", [calendar.write, plover.write, followthemoney.write])


def torn_ledger() -> Iterator[LedgerRow]:
    yield row(visit())
    raise LedgerError("line 2 is no ledger row")


@each_format
def test_an_export_that_fails_leaves_the_older_file_and_nothing_else(write: Write, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("older")
    with pytest.raises(LedgerError, match="line 2"):
        write(torn_ledger(), out)
    assert out.read_text() == "older"
    assert list(tmp_path.iterdir()) == [out]
    write(iter([row(visit())]), out)
    assert out.read_text() != "older"
    assert list(tmp_path.iterdir()) == [out]


@each_format
def test_a_place_that_cannot_be_written_is_named(write: Write, tmp_path: Path) -> None:
    for place, reason in (
        (tmp_path, "it is a folder"),
        (tmp_path / "no" / "x", "No such file"),
        (Path("/dev/null"), "no regular file"),
    ):
        with pytest.raises(ConfigurationError, match=reason) as caught:
            write(iter([row(visit())]), place)
        assert str(place) in caught.value.message
        assert caught.value.hint


def test_a_full_disk_is_a_clear_error(tmp_path: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    out = tmp_path / "x.ics"

    def export() -> None:
        with replacing(out), open("/dev/full", "wb", 0) as full:
            full.write(b"x")

    with pytest.raises(ConfigurationError, match="No space left"):
        export()
    assert not out.exists()


def test_an_error_of_another_file_is_not_taken_for_one_of_this(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "x"):
        (tmp_path / "ledger").read_bytes()
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("older")
    (tmp_path / "link").symlink_to("real")
    with replacing(tmp_path / "link") as file:
        file.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_value_is_one_line_of_json(value: object) -> None:
    line = json_line({"value": value})
    assert line.decode().splitlines(keepends=True) == [line.decode()]
    told = json.loads(line)["value"]
    if isinstance(value, str) and not any(0xD800 <= ord(character) < 0xE000 for character in value):
        assert told == value


def test_what_json_cannot_hold_is_replaced() -> None:
    assert json_line({"a": float("nan"), "b": "\ud800", "c": "\u2028"}) == b'{"a":null,"b":"?","c":"\\u2028"}\n'
