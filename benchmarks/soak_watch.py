"""What a soak watches: servers that can be begun again, the rows of a ledger, memory, processes left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from summarise.corpus.ledger import LedgerRow
from tests.server import FAULTS

ROOT = Path(__file__).resolve().parent.parent
RATES = dict.fromkeys(FAULTS, 0.02) | {"limited": 0.04, "malformed": 0.04, "drip": 0.005, "hang": 0.01}
"""Of each fault, among all answers: 33 in a hundred are bad, or do not arrive."""


class Serving:
    """A server in a process of its own, at the same port each time it is begun; the counts of all of them."""

    def __init__(self, replies: Path, seed: int) -> None:
        self._replies, self._seed, self._times = replies, seed, 0
        self.port = 0
        self.seen: list[dict[str, Any]] = []
        self.begin()

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.port}/v1"

    def begin(self) -> None:
        """Start it; the faults come in another order each time."""
        self._times += 1
        rates = [f"--fault={name}={rate}" for name, rate in RATES.items()]
        command = [sys.executable, "-m", "tests.server", str(self._replies), "--latency=0.05", "--sigma=0.5", *rates]
        command += [f"--port={self.port}", f"--seed={self._seed + self._times}"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline().strip().removesuffix("/v1").rpartition(":")[2])

    def end(self) -> None:
        """Stop it, whoever is connected, and keep its counts."""
        self.seen.append(json.loads(self._process.communicate("")[0]))


def rows_of(ledger: Path) -> list[LedgerRow]:
    """Every row that stands in the file, the earlier ones of an article included."""
    if not ledger.exists():
        return []
    lines = ledger.read_bytes().split(b"\n")
    return [LedgerRow.model_validate_json(line) for line in lines[:-1] if line.strip()]


def whole_rows(ledger: Path) -> list[bytes]:
    """The lines of the file that are whole, as bytes."""
    return ledger.read_bytes().split(b"\n")[:-1] if ledger.exists() else []


def gone(rows: list[bytes], ledger: Path) -> list[str]:
    """Which of these rows do not stand in the file any more, byte for byte."""
    standing = set(whole_rows(ledger))
    return [f"a row that was whole is gone: {row[:80]!r}" for row in rows if row not in standing]


def megabytes(process: int) -> float:
    """The memory that a process has in use; 0 when it is over."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


def processes_with(variable: str) -> list[str]:
    """The command lines of all processes that have this in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if variable.encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:  # it has just ended, or is another user's
            continue
    return found
