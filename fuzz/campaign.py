"""Fuzzing for a time: the corpus is laid out, the process that fuzzes goes on after a finding, all is counted."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from fuzz.target import ROOT, Target

PLACE = ROOT / ".fuzz"
MOST_FINDINGS = 5
SLOWEST = 20
"""Seconds that one input may take."""
MEGABYTES = 2048
"""Of memory, at most."""

_COVERED = re.compile(r"\bcov: (\d+) ft: (\d+) corp: (\d+)")
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


@dataclass
class Outcome:
    """What came of it: seconds, inputs tried, edges of `summarise` covered, inputs kept, findings as files."""

    seconds: float = 0.0
    executed: int = 0
    edges: int = 0
    kept: int = 0
    findings: list[Path] = field(default_factory=list)

    def __str__(self) -> str:
        rate = self.executed / max(self.seconds, 1e-9)
        return (
            f"{self.executed:,} executions in {self.seconds:,.0f} s ({rate:,.0f}/s), {self.edges:,} edges covered, "
            f"{self.kept:,} inputs kept, {len(self.findings)} findings"
        )


def fuzz(name: str, target: Target, seconds: int) -> Outcome:
    """Fuzzes one target for so many seconds, or until there are so many findings that they want to be read."""
    place = PLACE / name
    corpus, findings = place / "corpus", place / "findings"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for seed, content in target.seeds():
        (corpus / f"seed-{seed}").write_bytes(content)
    words = place / "words.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words))
    outcome, begin = Outcome(), time.monotonic()
    while seconds - outcome.seconds >= 1 and len(outcome.findings) < MOST_FINDINGS:
        left = int(seconds - outcome.seconds)
        before = set(findings.iterdir())
        log = place / f"{int(time.time())}.log"
        options = [
            f"-max_total_time={left}", f"-max_len={target.longest}", f"-timeout={SLOWEST}",
            *([f"-dict={words}"] if target.words else []),
            f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={findings}/", "-print_final_stats=1",
        ]  # fmt: skip
        status = _run([sys.executable, "-m", "fuzz.guided", name, *options, str(corpus)], log)
        _count(log.read_text(errors="replace"), outcome)
        outcome.seconds = time.monotonic() - begin
        new = sorted(set(findings.iterdir()) - before)
        outcome.findings += new
        if status and not new:
            raise RuntimeError(f"the fuzzer ended with status {status} and no finding: see {log}")
        for each in new:
            shutil.copy(log, each.with_suffix(".log"))
            outcome.findings = [path for path in outcome.findings if path.suffix != ".log"]
    return outcome


def _run(command: list[str], log: Path) -> int:
    with log.open("wb") as out:
        return subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, check=False).returncode


def _count(log: str, outcome: Outcome) -> None:
    outcome.executed += sum(map(int, _EXECUTED.findall(log)))
    for edges, _, kept in _COVERED.findall(log):
        outcome.edges, outcome.kept = max(outcome.edges, int(edges)), max(outcome.kept, int(kept))


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word.encode())


def try_again(target: Target, paths: Iterable[Path]) -> int:
    """Tries inputs from files, and all files of a folder. How many there were; the first finding is raised."""
    tried = 0
    for path in paths:
        for each in sorted(path.iterdir()) if path.is_dir() else [path]:
            content = each.read_bytes()
            try:
                target.check(content)
            except BaseException as problem:
                problem.add_note(f"in {each} (sha256 {hashlib.sha256(content).hexdigest()[:16]})")
                raise
            tried += 1
    return tried
