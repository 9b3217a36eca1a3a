"""The reader of a corpus run: what is claimed by another, or kept from before, is not read again."""

from __future__ import annotations

import asyncio
from typing import Any

import pyarrow
import ray

from summarise.corpus.cluster.answers import Answer, Kept, Stopped, Twin, Unread, packed, unpacked
from summarise.corpus.cluster.claims import Claim, Verdict, digest
from summarise.corpus.cluster.known import Known, is_another, is_kept
from summarise.corpus.cluster.reader import ArticleReader
from summarise.corpus.fingerprint import fingerprint_of
from summarise.corpus.items import Complaint, Found, SourceItem
from summarise.corpus.reading import complaint_row
from summarise.corpus.twins import text_of
from summarise.errors import RepeatedId, RepeatedRow
from summarise.records import ArticleSummary, Usage
from summarise.settings import Settings


class RunReader(ArticleReader):
    """Takes batches of `source.articles_dataset`; gives answers, packed, each with the key of its batch."""

    def __init__(
        self, schema: type[ArticleSummary], settings: Settings, concurrency: int, quota: Any, known: Any, refresh: bool
    ) -> None:
        super().__init__(schema, settings=settings, concurrency=concurrency, quota=quota)
        self._known: Known = ray.get(known)
        self._refresh = refresh

    async def __call__(self, batch: Any) -> Any:
        """The answers about the articles of a batch."""
        found: list[Found] = unpacked(batch["found"].to_pylist())
        key = digest("\n".join(each.source for each in found))
        async with self.sharing.work():
            answers = await self._answers(key, found)
        return pyarrow.table({"batch": [key] * len(answers), "answer": packed(answers)})

    async def _answers(self, key: bytes, found: list[Found]) -> list[Answer]:
        items = [each for each in found if isinstance(each, SourceItem)]
        fingerprints = [fingerprint_of(item, self.reader) for item in items]
        claims = [Claim(item.id, item.source, text_of(print)) for item, print in zip(items, fingerprints, strict=True)]
        verdicts: list[tuple[Verdict, str]] | None = await self.sharing.coordinator.begin.remote(key, claims)
        if verdicts is None:
            return [Unread(each.id) for each in found]
        answers: list[Answer] = [self._complaint(each) for each in found if isinstance(each, Complaint)]
        dealt = await asyncio.gather(*map(self._deal_with, items, fingerprints, verdicts))
        return [*answers, *(answer for some in dealt for answer in some)]

    def _complaint(self, complaint: Complaint) -> Answer:
        known = None if complaint.id is None else self._known.get(digest(complaint.id))
        if complaint.id is None or (known is not None and known.ok):
            return complaint
        return complaint_row(complaint, complaint.id, self.reader.fingerprint)

    async def _deal_with(
        self, item: SourceItem, fingerprint: dict[str, str], verdict: tuple[Verdict, str]
    ) -> list[Answer]:
        known = self._known.get(digest(item.id))
        match verdict:
            case ("repeated row", _):
                return [
                    Complaint(item.source, RepeatedRow(f"{item.source}: the id {item.id!r} again, with the same text"))
                ]
            case ("repeated id", _):
                return [_refusal(item, f"{item.source}: the id {item.id!r} is that of another row, with another text")]
        if is_another(known, item, fingerprint):
            return [_refusal(item, f"{item.source}: the id {item.id!r} is that of an article from another file")]
        if known is not None and is_kept(known, fingerprint, self._refresh):
            return [Kept(item.id, known.older)]
        if verdict[0] == "twin":
            return [Twin(item.id, item.source, fingerprint, verdict[1])]
        return await self._read_in_turn(item, fingerprint)

    async def _read_in_turn(self, item: SourceItem, fingerprint: dict[str, str]) -> list[Answer]:
        async with self.sharing.turn():
            if self.sharing.stopped:
                return [Unread(item.id)]
            row, end = await self.read(item, fingerprint)
        if end is None:
            return [row]
        await self.sharing.stop()
        own = row.error is not None and row.error.message != end.message
        return [row, Stopped(end, Usage())] if own else [Stopped(end, row.usage)]


def _refusal(item: SourceItem, message: str) -> Complaint:
    return Complaint(item.source, RepeatedId(message))
