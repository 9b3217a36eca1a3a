"""The soak, for some seconds; `python benchmarks/soak.py` has the table of twenty minutes."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from benchmarks.soak import Soak, soak
from benchmarks.soak_disk import Disk
from benchmarks.soak_outcome import Outcome, table
from benchmarks.soak_truncated import cut_at_each_byte
from benchmarks.soak_watch import gone, whole_rows
from fuzz.ledgers import memory


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the soak looks at processes as Linux shows them")
def test_nothing_is_lost_or_written_twice_whatever_is_done_to_the_runs() -> None:
    outcome = soak(5, 30, seed=4, cuts=0)
    assert (outcome.lost, outcome.twice, outcome.wrong, outcome.left) == ([], [], [], [])
    assert outcome.rounds >= 2
    assert outcome.before == outcome.after
    assert sum(outcome.faults.values()) > 0
    assert all(name in table(outcome) for name in ("lost", "twice", "memory"))


def test_a_ledger_cut_off_at_any_byte_of_its_end_is_completed() -> None:
    with tempfile.TemporaryDirectory(dir=memory()) as place:  # a disk takes a while to be told so often
        assert cut_at_each_byte(Path(place, "ledger.jsonl")) == 2048


def test_a_disk_without_a_file_system_of_its_own_limits_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no mount
    with Disk(tmp_path / "disk") as disk:
        assert disk.kind == "limit on the size of files"
        disk.free()


def test_a_row_that_was_whole_and_is_gone_is_seen(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_bytes(b'{"id": "a"}\n{"id": "b"}\n{"id": "c"}\n{"id":')
    whole = whole_rows(ledger)
    assert [row[-3:-2] for row in whole] == [b"a", b"b", b"c"]
    assert gone(whole, ledger) == []
    for changed in (b'{"id": "a"}\n{"id": "c"}\n', b'{"id": "a"}\n{"id":"b"}\n{"id": "c"}\n', b""):
        ledger.write_bytes(changed)
        assert any('"b"' in row for row in gone(whole, ledger))
    ledger.unlink()
    assert len(gone(whole, ledger)) == 3


def test_rows_are_looked_for_after_a_kill_and_after_a_cut_only_what_it_left(tmp_path: Path) -> None:
    with Disk(tmp_path / "disk") as disk:
        soaking = Soak(tmp_path, disk, 1, 3, seed=1)
        for server in soaking.servers:
            server.end()
        rows = [b'{"id": "%d"}\n' % number for number in range(400)]
        soaking.ledger.write_bytes(b"".join(rows))
        soaking.keep_in_mind()
        soaking.look_again()
        assert (soaking.outcome.looked_for, soaking.outcome.lost) == (400, [])
        while not soaking.outcome.done["ledger cut off"]:
            soaking.cut_off()
        soaking.look_again()
        assert soaking.outcome.lost == []
        assert 0 < len(soaking.whole) < 400
        soaking.ledger.write_bytes(b"".join(rows[1:]))
        soaking.keep_in_mind()  # as before the next kill
        assert len(soaking.outcome.lost) == 1


def test_growth_is_the_slope_of_what_is_settled() -> None:
    assert Outcome(memory=[50.0] * 20 + [100.0 + second for second in range(80)]).slope == pytest.approx(3600)
    assert Outcome(memory=[100.0] * 50).slope == 0
