"""The reader of a corpus run: what is claimed by another, or kept from before, is not read again."""

from __future__ import annotations

import asyncio
from typing import Any

import pyarrow
import ray

from summarise.corpus.cluster.answers import UNREAD, Answer, Claimed, Kept, Stopped, Twin, packed, unpacked
from summarise.corpus.cluster.claims import digest
from summarise.corpus.cluster.known import Known, is_another, is_kept
from summarise.corpus.cluster.reader import ArticleReader
from summarise.corpus.fingerprint import fingerprint_of
from summarise.corpus.items import Complaint, SourceItem
from summarise.corpus.reading import complaint_row
from summarise.errors import RepeatedId, RepeatedRow
from summarise.records import ArticleSummary, Usage
from summarise.settings import Settings


class RunReader(ArticleReader):
    """Takes batches of `source.articles_dataset`; gives packed answers, each with the key of its batch."""

    def __init__(
        self, schema: type[ArticleSummary], settings: Settings, concurrency: int, quota: Any, known: Any, refresh: bool
    ) -> None:
        super().__init__(schema, settings=settings, concurrency=concurrency, quota=quota)
        self._known: Known = ray.get(known) if isinstance(known, ray.ObjectRef) else known
        self._refresh = refresh

    async def __call__(self, batch: Any) -> Any:
        """The answers about the articles of a batch."""
        found: list[Claimed | Complaint] = unpacked(batch["found"].to_pylist())
        key = digest("\n".join(each.source if isinstance(each, Complaint) else each.item.source for each in found))
        async with self.sharing.work():
            may_begin, begun = await self.sharing.coordinator.begin.remote(key)
            if may_begin:
                answers = [answer for some in await asyncio.gather(*map(self._deal_with, found)) for answer in some]
            else:
                answers = [UNREAD] * len(found)
        return pyarrow.table({"begun": [key if begun else None] * len(answers), "answer": packed(answers)})

    async def _deal_with(self, found: Claimed | Complaint) -> list[Answer]:
        if isinstance(found, Complaint):
            return [self._complaint(found)]
        item, fingerprint = found.item, fingerprint_of(found.item, self.reader)
        known = self._known.get(digest(item.id))
        if found.verdict == "repeated row":
            return [Complaint(item.source, RepeatedRow(f"{item.source}: the id {item.id!r} again, with the same text"))]
        if known is not None and is_kept(known, fingerprint, self._refresh):
            return [Kept(item.id, known.older, known.set_otherwise and not known.older)]
        if found.verdict == "repeated id":
            return [_refusal(item, f"{item.source}: the id {item.id!r} is that of another row, with another text")]
        if is_another(known, item, fingerprint):
            return [_refusal(item, f"{item.source}: the id {item.id!r} is that of an article from another file")]
        if found.verdict == "twin" and not self._keeps_another(found.first, fingerprint):
            return [Twin(item.id, item.source, fingerprint, found.first)]
        return await self._read_in_turn(item, fingerprint)

    def _complaint(self, complaint: Complaint) -> Answer:
        known = None if complaint.id is None else self._known.get(digest(complaint.id))
        if complaint.id is None or (known is not None and known.ok):
            return complaint
        return complaint_row(complaint, complaint.id, self.reader.fingerprint)

    def _keeps_another(self, id: str, fingerprint: dict[str, str]) -> bool:
        """Whether the row of that article stays one of another reading, which nobody can share."""
        known = self._known.get(digest(id))
        return known is not None and not known.same_reading and is_kept(known, fingerprint, self._refresh)

    async def _read_in_turn(self, item: SourceItem, fingerprint: dict[str, str]) -> list[Answer]:
        async with self.sharing.turn():
            if self.sharing.stopped:
                return [UNREAD]
            try:
                async with self.sharing.time():
                    row, end = await self.read(item, fingerprint)
            except TimeoutError:  # the others of its batch are done, and paid
                return [UNREAD]
        if end is None:
            return [row]
        await self.sharing.stop()
        own = row.error is not None and row.error.message != end.message
        return [row, Stopped(end, Usage())] if own else [Stopped(end, row.usage)]


def _refusal(item: SourceItem, message: str) -> Complaint:
    return Complaint(item.source, RepeatedId(message))
