"""The measurements of the offline extractor run, on sizes so small that they say nothing about time."""

from __future__ import annotations

import pytest

from benchmarks import offline
from benchmarks.invented import pairs
from benchmarks.offline import (
    NASTY,
    development_texts,
    lengths,
    memory,
    repeated,
    show_lengths,
    show_speed,
    speed,
)

STAGES = ["read_article", "index", "rules", "judge"]


def test_the_speed_is_split_by_stage_and_has_a_yardstick(capsys: pytest.CaptureFixture[str]) -> None:
    times, words = measured = speed([pair.text for pair in pairs(3)], warm_up=1)
    assert list(times)[:4] == STAGES
    assert [name for name in times if name.startswith("yardstick")]
    assert {len(found) for found in times.values()} == {2}
    assert 300 < words < 500
    show_speed("invented articles", measured)
    assert "articles per second" in capsys.readouterr().out


def test_texts_are_repeated_to_every_length(capsys: pytest.CaptureFixture[str]) -> None:
    pieces = repeated("Ola Berg flew to Lima.", development_texts()[:2])
    found = lengths(pieces, {"1 KB": 1_000, "2 KB": 2_000})
    assert {name: list(sizes) for name, sizes in found.items()} == {name: ["1 KB", "2 KB"] for name in pieces}
    show_lengths(found)
    assert "growth" in capsys.readouterr().out


@pytest.mark.parametrize("name", NASTY)
def test_what_is_hard_is_read(name: str) -> None:
    assert lengths({name: NASTY[name]}, {"1 KB": 1_000, "2 KB": 2_000})


def test_what_would_take_too_long_is_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(offline, "PATIENCE", 0.0)
    found = lengths({"one": "Berg "}, {"1 KB": 1_000, "2 KB": 2_000})
    assert list(found["one"]) == ["1 KB"]
    show_lengths({**found, "two": {"1 KB": 1.0, "2 KB": 3.0}})
    first, second = capsys.readouterr().out.splitlines()[-2:]
    assert first.split()[-2:] == ["-", "-"]
    assert second.split()[-2:] == ["3.00", "3.00"]


def test_memory_is_told_at_every_count() -> None:
    first, second = memory((1, 3)).values()
    assert 0 < first <= second
