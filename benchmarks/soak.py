"""A corpus run that is put to everything at once, for a time: is a row lost or written twice, does memory grow?

    python benchmarks/soak.py [--seconds 1200] [--articles 400] [--seed S]

Two processes read the same articles (`benchmarks.soak_material`), again and again, each from a server of its own that
commits every fault of `tests.server` at seeded rates. One is `summarise corpus`, which is killed (SIGKILL or SIGTERM)
and begun again; each other time the end of its ledger is cut off at a random byte. The other is never killed
(`benchmarks.soak_steady`): its memory is looked at every second. At random moments the wall clock of both jumps, by
hours or days in either direction (libfaketime; the monotonic clock goes on), the disk with their ledgers is full for a
while (a tmpfs of its own where that may be mounted, else a limit on the size of their files), and the servers are begun
again. Every row that stood whole before a kill, and was not cut off, must be there afterwards, byte for byte; when a
ledger is complete it is checked, row by row, against the replies and against what the servers saw.

At last a ledger is cut off at each byte of its last 2 kB, opened, and completed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.soak_disk import Disk  # noqa: E402
from benchmarks.soak_material import Material, records_of  # noqa: E402
from benchmarks.soak_outcome import Outcome, table  # noqa: E402
from benchmarks.soak_steady import AT_ONCE, PATIENT  # noqa: E402
from benchmarks.soak_truncated import END, cut_at_each_byte  # noqa: E402
from benchmarks.soak_watch import Serving, gone, megabytes, processes_with, rows_of, whole_rows  # noqa: E402

FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
GOOD = ("good", "drip", "content_type", "reset_after", "closed_after")
"""How the ids of answers end whose content is good."""
JUMPS = ("-40d", "-26h", "-3600", "+0", "+90", "+3600", "+25h", "+400d")


class Soak:
    """One soak: the two runs, their servers and the chance."""

    def __init__(self, place: Path, disk: Disk, seconds: float, count: int, seed: int) -> None:
        self.place, self.disk, self.seconds = place, disk, seconds
        self.chance = random.Random(seed)
        self.outcome = Outcome()
        self.material = Material(place / "material", count)
        self.clock = place / "clock"
        self.clock.write_text("+0\n")
        self.servers = [Serving(self.material.replies, seed + 1000 * number) for number in (1, 2)]
        self.ledger = disk.folder / "killed.jsonl"
        self.run: subprocess.Popen[bytes] | None = None
        self.whole: list[bytes] = []  # rows of the killed run that stood whole in its ledger, and must stay

    def go(self) -> Outcome:
        """Trouble for so long, then calm until both runs have finished; everything is ended."""
        begin = time.monotonic()
        steady = self._steady()
        try:
            self._trouble(steady, begin + self.seconds)
            self._calm(steady)
        finally:
            for process in (steady, self.run):
                if process is not None and process.poll() is None:
                    process.kill()
                    process.wait()
            for server in self.servers:
                server.end()
        self.outcome.seconds = time.monotonic() - begin
        self._count()
        return self.outcome

    def _steady(self) -> subprocess.Popen[str]:
        arguments = [str(self.material.folder), str(self.disk.folder), self.servers[1].url, str(self.seconds)]
        command = [sys.executable, "-m", "benchmarks.soak_steady", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self._environment(), stdout=subprocess.PIPE, text=True)

    def _environment(self) -> dict[str, str]:
        more = {f"SUMMARISE_{name.upper()}": str(value) for name, value in PATIENT.items()}
        more |= {"OPENAI_API_KEY": "sk-soak", "SUMMARISE_MODEL": "gpt-4o-mini", "PYTHONPATH": str(ROOT)}
        if FAKETIME:
            more |= {
                "LD_PRELOAD": str(FAKETIME[0]), "FAKETIME_TIMESTAMP_FILE": str(self.clock), "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
            }  # fmt: skip
        return {**os.environ, **more, "SOAK": str(self.place)}

    def _trouble(self, steady: subprocess.Popen[str], end: float) -> None:
        next_trouble = next_look = time.monotonic()
        full_until = 0.0
        while (now := time.monotonic()) < end:
            if now >= next_look:
                next_look = now + 1
                self.outcome.memory.append(megabytes(steady.pid))
                self._check_steady()
            if full_until and now >= full_until:
                self.disk.free()
                full_until = 0.0
            self._keep_running()
            if now >= next_trouble:
                next_trouble = now + self.chance.uniform(1, 6)
                full_until = self._trouble_once(steady, now, full_until)
            time.sleep(0.02)
        self.disk.free()

    def _trouble_once(self, steady: subprocess.Popen[str], now: float, full_until: float) -> float:
        done = self.outcome.done
        what = self.chance.choice(("kill", "kill", "term", "clock", "clock", "disk", "server"))
        if what in ("kill", "term") and self.run is not None and self.run.poll() is None:
            done["SIGKILL" if what == "kill" else "SIGTERM"] += 1
            self.keep_in_mind()
            self.run.send_signal(signal.SIGKILL if what == "kill" else signal.SIGTERM)
            if what == "term" and self.chance.random() < 0.5:
                time.sleep(0.2)
                self.run.send_signal(signal.SIGTERM)  # impatient
            self.run.wait()
            self.look_again()
            self.cut_off()
        elif what == "clock" and FAKETIME:
            done["clock jumps"] += 1
            self.clock.write_text(self.chance.choice(JUMPS) + "\n")
        elif what == "disk" and not full_until:
            done["disk full"] += 1
            self.disk.fill([steady.pid, *([self.run.pid] if self.run else [])])
            return now + self.chance.uniform(0.5, 3)
        elif what == "server":
            done["server restarts"] += 1
            server = self.chance.choice(self.servers)
            server.end()
            time.sleep(self.chance.uniform(0, 1))
            server.begin()
        return full_until

    def cut_off(self) -> None:
        """What a crash of the machine does to the end of a file."""
        if self.chance.random() < 0.5 and self.ledger.exists():
            size = self.ledger.stat().st_size
            os.truncate(self.ledger, max(0, size - self.chance.randrange(2048)))
            self.outcome.done["ledger cut off"] += 1
            self.whole = whole_rows(self.ledger)  # what was cut off is lost by the machine, and read again

    def keep_in_mind(self) -> None:
        """What is whole now, beside what was so before."""
        self.look_again()
        self.whole = whole_rows(self.ledger)

    def look_again(self) -> None:
        """A row that was whole is there still: a run that is begun again would read it again, and pay for it."""
        self.outcome.looked_for += len(self.whole)
        self.outcome.lost += gone(self.whole, self.ledger)

    def _keep_running(self) -> None:
        """Begins the command again when it has ended; a ledger that is complete is checked, and a new one begun."""
        if self.run is not None and self.run.poll() is None:
            return
        if self.run is not None:
            self.outcome.done[f"ended with status {self.run.returncode}"] += 1
            if self.run.returncode in (0, 1) and self._complete(self.ledger):
                self._check_killed()
        arguments = [str(self.material.folder), "--out", str(self.ledger), "--base-url", self.servers[0].url]
        command = [sys.executable, "-m", "summarise", "corpus", *arguments, "--concurrency", str(AT_ONCE)]
        with (self.place / "killed.log").open("ab") as log:
            self.run = subprocess.Popen(command, env=self._environment(), stdout=subprocess.DEVNULL, stderr=log)

    def _check_killed(self) -> None:
        self.look_again()
        self._check(self.ledger)
        self.ledger.unlink()
        self.whole = []

    def _complete(self, ledger: Path) -> bool:
        return set(self.material.expected) <= {row.id for row in rows_of(ledger) if row.status == "ok"}

    def _calm(self, steady: subprocess.Popen[str]) -> None:
        """No more trouble but for the servers' faults: both runs come to the end of their round."""
        end = time.monotonic() + 300
        while time.monotonic() < end:
            if self.run is not None and self.run.poll() is not None and self._complete(self.ledger):
                self._check_killed()
                break
            self._keep_running()
            self.outcome.memory.append(megabytes(steady.pid) or self.outcome.memory[-1])
            time.sleep(1)
        else:
            self.outcome.lost += sorted(self.material.ids - {row.id for row in rows_of(self.ledger)})
            self.outcome.lost.append("the killed run came to no end")
        told = json.loads(steady.communicate(timeout=300)[0])
        self._check_steady()
        self.outcome.before, self.outcome.after = told["before"], told["after"]
        self.outcome.done |= Counter({f"steady run ended by {kind}": number for kind, number in told["early"].items()})

    def _check_steady(self) -> None:
        for done in self.disk.folder.glob("steady-*.done"):
            self._check(done)
            done.unlink()

    def _check(self, ledger: Path) -> None:
        """Every article once, with the records of the faultless reply, from a reply that was good."""
        material, outcome = self.material, self.outcome
        rows = rows_of(ledger)
        ok = Counter(row.id for row in rows if row.status == "ok")
        outcome.lost += sorted(set(material.expected) - set(ok)) + sorted(material.ids - {row.id for row in rows})
        outcome.twice += [name for name, number in ok.items() if number > 1]
        outcome.wrong += sorted({row.id for row in rows} - material.ids)
        for row in rows:
            if row.summary is None:
                continue
            last = row.summary["provenance"]["attempts"][-1]
            if row.id in material.expected and last["outcome"] != "accepted":
                outcome.done["ok in part, which the row says"] += 1
                if not any(row.summary[name] for name in ("concerns", "rejected")):
                    outcome.wrong.append(f"{row.id}: is not all, and says nothing of it")
            elif row.id in material.expected and records_of(row.summary) != material.expected[row.id]:
                outcome.wrong.append(f"{row.id}: other records")
            elif row.id in material.expected and str(last["request_id"]).rpartition("-")[2] not in GOOD:
                outcome.wrong.append(f"{row.id}: rests on {last['request_id']}")
            if row.id in material.refused:
                outcome.wrong.append(f"{row.id}: was to be refused")
        outcome.rounds += 1
        outcome.articles += len(ok)

    def _count(self) -> None:
        for seen in (seen for server in self.servers for seen in server.seen):
            self.outcome.faults += Counter(seen["faults"])
            self.outcome.requests += seen["requests"]
            self.outcome.good += seen["good"]
        time.sleep(1)  # what a killed run left behind sees that it is alone
        self.outcome.left = processes_with(f"SOAK={self.place}")


def soak(seconds: float, count: int, seed: int, cuts: int = END) -> Outcome:
    """Soaks for so long, lets both runs finish, and then cuts a ledger off at each of so many bytes."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        with Disk(place / "disk") as disk:
            outcome = Soak(place, disk, seconds, count, seed).go()
            outcome.done[disk.kind] += 1
        outcome.cuts = cut_at_each_byte(place / "cut.jsonl", cuts)
    return outcome


def main() -> int:
    """Prints the table; status 1 if something was lost, written twice, wrong or left behind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=1200)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.seconds < 1 or given.articles < 1:
        parser.error("--seconds and --articles must be at least 1")
    outcome = soak(given.seconds, given.articles, given.seed)
    print(f"Soaked for {outcome.seconds:,.0f} s, {given.articles} articles, {AT_ONCE} at once, seed {given.seed}")
    if not FAKETIME:
        print("libfaketime is not installed (apt-get install libfaketime): the clock did not jump")
    print(table(outcome))
    return bool(outcome.lost or outcome.twice or outcome.wrong or outcome.left)


if __name__ == "__main__":
    sys.exit(main())
