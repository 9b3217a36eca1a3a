"""What is out in batches: a journal beside the ledger, only ever appended to, written by whoever has the ledger's lock.

An article is out from the line on that says its part is prepared, and in the ledger, or in a later part, when the line
is written that says its part is collected. Between two lines of one part stands one call to the provider; whether it
was made is asked of the provider itself.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from summarise.corpus.batch.folder import folder_of
from summarise.corpus.twins import Waiting
from summarise.errors import ConfigurationError, LedgerError

VERSION = 1


class Cuts(BaseModel):
    """The most requests and bytes of one file; the defaults are the limits of OpenAI's batch API."""

    model_config = ConfigDict(frozen=True)

    requests: int = 50_000
    size: int = 200_000_000


class Asking(BaseModel):
    """With what a part was asked: everything that decides what is sent, and how a reply is judged.

    `settings` are those that matter by name, without any secret; `records` is `module:Class` of the user's own records.
    `cuts` are the most requests and bytes of one file.
    """

    model_config = ConfigDict(frozen=True)

    number: int
    settings: dict[str, Any]
    fingerprint: dict[str, str]
    prompts: str
    records: str | None = None
    cuts: Cuts = Cuts()


class Prepared(BaseModel):
    """A file of requests that is ready to go up; `follows` are the parts whose articles are asked again in it."""

    model_config = ConfigDict(frozen=True)

    part: int
    asking: int
    requests: int
    size: int
    at: float
    follows: list[int] = []


@dataclass(slots=True)
class Part:
    """One batch, or what is to become one. `refusals` are the batches that were refused for want of room."""

    prepared: Prepared
    file: str | None = None
    batch: str | None = None
    live: bool = False
    refusals: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Which part of all it is."""
        return self.prepared.part


@dataclass(frozen=True, slots=True)
class Collected:
    """A part that is over, and the state in which its batch ended."""

    part: Part
    status: str


class Journal:
    """The journal of a ledger. Open it for writing with the ledger's lock in hand, or read it with `read`.

    `parts` are those that are out, by number; `collected` those that are over. `twins` has, for the key of a text, the
    articles that wait for its result. `key` is what our files and batches are called by at the provider.
    """

    def __init__(self, ledger: Path, *, writing: bool = False) -> None:
        self.folder = folder_of(ledger)
        self.path = self.folder / "journal.jsonl"
        self.key = ""
        self.askings: dict[int, Asking] = {}
        self.parts: dict[int, Part] = {}
        self.collected: list[Collected] = []
        self.twins: dict[str, list[Waiting]] = {}
        self.learned: list[dict[str, Any]] = []
        self.last_part = 0
        self._writing = writing
        if self.path.exists():
            self._read()
        if writing and not self.key:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write({"event": "begun", "version": VERSION, "key": uuid.uuid4().hex[:12]})
        if writing:
            for over in self.collected:  # whoever noted it may have been killed before this
                self._remove_files(over.part.number)

    @property
    def out(self) -> int:
        """How many requests are out, or ready to go."""
        return sum(part.prepared.requests for part in self.parts.values())

    def name(self, part: Part) -> str:
        """What the file of a part is called at the provider."""
        return f"summarise-{self.key}-{part.number:04}.jsonl"

    def metadata(self, part: Part) -> dict[str, str]:
        """What the batch of a part is known by at the provider."""
        return {"summarise": self.key, "part": f"{part.number:04}"}

    def file(self, part: int, what: str) -> Path:
        """A file of a part: its `articles`, its `requests`, its `output` or its `errors`."""
        return self.folder / f"{part:04}.{what}.jsonl"

    def ask(self, asking: Asking) -> None:
        """Note with what the parts to come are asked."""
        self._write({"event": "asking", **asking.model_dump(mode="json")})

    def prepare(self, prepared: Prepared) -> None:
        """Note that the articles and the requests of a part are on the disk."""
        self._write({"event": "prepared", **prepared.model_dump()})

    def uploaded(self, part: Part, file: str) -> None:
        """Note the provider's id for the file of a part."""
        self._write({"event": "uploaded", "part": part.number, "file": file})

    def created(self, part: Part, batch: str) -> None:
        """Note the provider's id for the batch of a part."""
        self._write({"event": "created", "part": part.number, "batch": batch})

    def refused(self, part: Part, batch: str) -> None:
        """Note that there was no room for a batch: one is to be made of the same file again."""
        self._write({"event": "refused", "part": part.number, "batch": batch})

    def goes_live(self, part: Part) -> None:
        """Note that the articles of a part are being read with live calls."""
        self._write({"event": "live", "part": part.number})

    def learn(self, **what: Any) -> None:
        """Note what the endpoint does not take."""
        if what not in self.learned:
            self._write({"event": "learned", "what": what})

    def wait(self, text: bytes, waiting: Waiting) -> None:
        """Note an article whose text is out already, for another one."""
        self._write({"event": "twin", "text": text.hex(), "waiting": waiting}, sync=False)

    def collect(self, states: dict[int, str], follow_ups: Sequence[Prepared]) -> None:
        """Note that parts are over, with the state of each, and which new ones their articles are in: all at once."""
        prepared = [each.model_dump() for each in follow_ups]
        self._write({"event": "collected", "states": states, "prepared": prepared})
        for part in states:
            self._remove_files(part)

    def _remove_files(self, part: int) -> None:
        for what in ("articles", "requests", "output", "errors"):
            self.file(part, what).unlink(missing_ok=True)

    def _write(self, event: dict[str, Any], *, sync: bool = True) -> None:
        assert self._writing
        line = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        try:
            with self.path.open("ab", buffering=0) as file:
                before = file.seek(0, os.SEEK_END)
                try:
                    if file.write(line) < len(line):
                        raise OSError(28, "No space left on device")
                    if sync:
                        os.fsync(file.fileno())
                except OSError:
                    file.truncate(before)
                    raise
        except OSError as problem:
            raise cannot_write(self.path, problem) from problem
        self._apply(json.loads(line))

    def _read(self) -> None:
        start = 0
        for number, line in enumerate(_lines(self.path), start=1):
            if not line.endswith(b"\n"):  # cut off when it was being written: what it tells of did not begin
                if self._writing:
                    os.truncate(self.path, start)
                return
            start += len(line)
            try:
                self._apply(json.loads(line))
            except (ValueError, KeyError, TypeError, ValidationError) as problem:
                raise LedgerError(
                    f"{self.path}, line {number}, cannot be understood: {problem}",
                    hint="Use the version of summarise that wrote it, or a new ledger.",
                ) from problem

    def _apply(self, event: dict[str, Any]) -> None:
        match event["event"]:
            case "begun":
                if event["version"] != VERSION:
                    raise ValueError(f"it is of version {event['version']}")
                self.key = event["key"]
            case "asking":
                self.askings[event["number"]] = Asking.model_validate(event)
            case "prepared":
                self._add(event)
            case "uploaded":
                self.parts[event["part"]].file = event["file"]
            case "created":
                self.parts[event["part"]].batch = event["batch"]
            case "refused":
                part = self.parts[event["part"]]
                part.batch = None
                part.refusals.append(event["batch"])
            case "live":
                self.parts[event["part"]].live = True
            case "learned":
                self.learned.append(event["what"])
            case "twin":
                id, source, fingerprint = event["waiting"]
                self.twins.setdefault(event["text"], []).append((id, source, fingerprint))
            case "collected":
                for number, status in event["states"].items():
                    self.collected.append(Collected(self.parts.pop(int(number)), status))
                for prepared in event["prepared"]:
                    self._add(prepared)
            case unknown:
                raise ValueError(f"there is no event {unknown!r}")

    def _add(self, event: dict[str, Any]) -> None:
        prepared = Prepared.model_validate(event)
        self.parts[prepared.part] = Part(prepared)
        self.last_part = max(self.last_part, prepared.part)


def check_nothing_out(ledger: Path) -> None:
    """Raises `ConfigurationError` while articles of a ledger are out: a run would pay for them a second time."""
    journal = Journal(ledger)
    if journal.parts:
        raise ConfigurationError(
            f"{journal.out:,} of the articles for {ledger} are out in batches: a run would pay for them a second time",
            hint=f"Fetch them first (`summarise batch collect {ledger} --wait`), or give --out another file.",
        )


def cannot_write(path: Path, problem: OSError) -> LedgerError:
    """The error for a file of the folder that cannot be written."""
    return LedgerError(
        f"cannot write {path}: {problem.strerror}",
        hint="Make room or check the disk, then run the same command again: what is submitted is not lost.",
    )


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as lines:
            yield from lines
    except OSError as problem:
        raise LedgerError(f"cannot read {path}: {problem.strerror}", hint="Check its permissions.") from problem
