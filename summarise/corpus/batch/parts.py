"""The files of a part: what is to be kept of its articles, and the requests that go up, both written as they come."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from summarise.corpus.batch.journal import Journal, Part, Prepared, cannot_write
from summarise.corpus.batch.pending import Pending, from_line, to_line
from summarise.errors import LedgerError
from summarise.model.batch_lines import request_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarise.corpus.batch.journal import Asking
    from summarise.corpus.batch.talk import Talk

_CUSTOM_ID = re.compile(r"([0-9a-f]{0,16})-(\d+)-(\d+)")


class Writer:
    """Writes the files of one part after the other; `prepared` are those that are finished.

    Nothing counts before it stands in the journal: files that a killed run left behind are written anew.
    """

    def __init__(self, journal: Journal, asking: Asking, first: int, follows: Sequence[int] = ()) -> None:
        self.prepared: list[Prepared] = []
        self.next_part = first
        self._journal = journal
        self._asking = asking
        self._cuts = asking.cuts
        self._follows = list(follows)
        self._articles: BinaryIO | None = None
        self._requests: BinaryIO | None = None
        self._number = self._size = 0

    def add(self, talk: Talk) -> bool:
        """Write an article and what is to be asked next about it; whether that finished a part before it."""
        pending = talk.pending
        custom_id = custom_id_of(pending, self.next_part, self._number)
        line = request_line(custom_id, talk.request, talk.conversation.settings, pending.limit)
        full = self._number and (self._number >= self._cuts.requests or self._size + len(line) > self._cuts.size)
        if full:
            self.finish()
            custom_id = custom_id_of(pending, self.next_part, 0)
            line = request_line(custom_id, talk.request, talk.conversation.settings, pending.limit)
        try:
            if self._articles is None or self._requests is None:
                self._journal.folder.mkdir(parents=True, exist_ok=True)
                self._articles = self._journal.file(self.next_part, "articles").open("wb")
                self._requests = self._journal.file(self.next_part, "requests").open("wb")
            self._articles.write(to_line(pending))
            self._requests.write(line)
        except OSError as problem:
            raise cannot_write(self._journal.folder, problem) from problem
        self._number += 1
        self._size += len(line)
        return bool(full)

    def finish(self) -> None:
        """Bring the files of the part onto the disk; the next article begins another one."""
        if self._articles is None or self._requests is None:
            return
        try:
            for file in (self._articles, self._requests):
                file.flush()
                os.fsync(file.fileno())
                file.close()
        except OSError as problem:
            raise cannot_write(self._journal.folder, problem) from problem
        self.prepared.append(
            Prepared(
                part=self.next_part,
                asking=self._asking.number,
                requests=self._number,
                size=self._size,
                at=time.time(),
                follows=self._follows,
            )
        )
        self._articles = self._requests = None
        self.next_part += 1
        self._number = self._size = 0


class Articles:
    """The articles of a part by their place in its file; use it in a `with` statement.

    Raises `LedgerError` if the file is not as it was written: what came for an article would be lost in silence.
    """

    def __init__(self, journal: Journal, part: Part) -> None:
        self._path = journal.file(part.number, "articles")
        self._file = _opened(self._path)
        self._starts = [0]
        for line in self._file:
            self._starts.append(self._starts[-1] + len(line))
        self._part = part
        if len(self) != part.prepared.requests:
            self._file.close()
            raise _damaged(self._path, f"it has {len(self):,} articles of {part.prepared.requests:,}")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __enter__(self) -> Articles:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getitem__(self, place: int) -> Pending:
        self._file.seek(self._starts[place])
        return _pending(self._file.readline(), self._path)

    def place(self, custom_id: str) -> int | None:
        """Where the article of a request is; None for a request of another part."""
        found = _CUSTOM_ID.fullmatch(custom_id)
        if found is None or int(found[2]) != self._part.number or int(found[3]) >= len(self):
            return None
        return int(found[3])


def pending_in(journal: Journal, part: Part) -> Iterator[Pending]:
    """The articles of a part, one in memory at a time. Raises `LedgerError` as `Articles` does."""
    path = journal.file(part.number, "articles")
    with _opened(path) as lines:
        for line in lines:
            yield _pending(line, path)


def ids_out(ledger: Path) -> set[str]:
    """The ids of all articles that are out for a ledger."""
    journal = Journal(ledger)
    return {pending.id for part in journal.parts.values() for pending in pending_in(journal, part)}


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as problem:
        raise _damaged(path, problem.strerror or str(problem)) from problem


def _pending(line: bytes, path: Path) -> Pending:
    try:
        return from_line(line)
    except (ValueError, KeyError, TypeError) as problem:
        raise _damaged(path, f"a line of it is no article ({problem})") from problem


def _damaged(path: Path, reason: str) -> LedgerError:
    return LedgerError(
        f"{path} cannot be used, and articles that are out are in it: {reason}",
        hint=f"Put it back as it was. To give up what is out, and what it cost, remove {path.parent}.",
    )


def custom_id_of(pending: Pending, part: int, place: int) -> str:
    """What a request is called: the beginning of the hash of its article, its part, its place in it."""
    return f"{pending.fingerprint.get('article', '')[:16]}-{part:04}-{place:06}"
