"""Sending articles out: what the ledger lacks, each text once, in files that the provider takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from summarise.corpus.batch.asking import note
from summarise.corpus.batch.journal import Cuts
from summarise.corpus.batch.parts import Writer, pending_in
from summarise.corpus.batch.price import Price, limit_passed, plus
from summarise.corpus.batch.rows import key_of
from summarise.corpus.batch.send import send, send_all
from summarise.corpus.batch.talk import Talk, begin
from summarise.corpus.fingerprint import fingerprint_of, id_is_taken, is_another, keeps, with_content
from summarise.corpus.items import Complaint, Found, SourceItem
from summarise.corpus.twins import Twins, text_of
from summarise.errors import ArticleError, BudgetReached, ContextTooLong, NoBatchApi, StillOut
from summarise.records import Usage

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.corpus.batch.journal import Journal, Part
    from summarise.corpus.batch.rows import Book
    from summarise.corpus.batch.send import Clients
    from summarise.corpus.limits import Limits


@dataclass(slots=True)
class Submitted:
    """What a submission did: requests sent now, of which `expected` is the cost; articles out before; new twins.

    `sent` is the expected use of these requests alone: a long article takes another one for each further window.
    `resumed` are batches that an earlier command had prepared and not sent. `limit` says which limit of money ended it,
    `enough` that as many articles were sent as there may be.
    """

    requests: int = 0
    batches: int = 0
    resumed: int = 0
    out_before: int = 0
    twins: int = 0
    expected: Usage = Usage(cost=0.0)  # noqa: RUF009 - frozen
    sent: Usage = Usage(cost=0.0)  # noqa: RUF009 - frozen
    limit: BudgetReached | None = None
    enough: bool = False


def submit(
    items: Iterable[Found],
    reader: Summariser[Any],
    journal: Journal,
    book: Book,
    clients: Clients,
    *,
    limits: Limits,
    cuts: Cuts = Cuts(),  # noqa: B008 - frozen
    refresh: bool = False,
    done: Submitted | None = None,
    on_sent: Callable[[Part], None] = lambda part: None,
) -> Submitted:
    """Send `items` out in batches, except for what the ledger has as ok and what is out already.

    What an earlier submission left half done is finished first. Nothing is in memory but the article at hand, and a few
    bytes for each. What is no article becomes a failed row at once. `on_sent` is called for each batch. Raises what the
    provider answers, as a `ModelError`: what was sent by then is in the journal, and the same call goes on.
    """
    done = done or Submitted()
    clients(note(reader, journal, cuts)).check()
    done.resumed = len(send_all(journal, clients))
    submission = _Submission(reader, journal, book, clients, limits, cuts, refresh, done, on_sent)
    for found in items:
        if not submission.take(found):
            break
    submission.end()
    return done


class _Submission:
    def __init__(
        self,
        reader: Summariser[Any],
        journal: Journal,
        book: Book,
        clients: Clients,
        limits: Limits,
        cuts: Cuts,
        refresh: bool,
        done: Submitted,
        on_sent: Callable[[Part], None],
    ) -> None:
        self.reader, self.journal, self.book = reader, journal, book
        self.refresh, self.done, self.on_sent = refresh, done, on_sent
        self.asking = note(reader, journal, cuts)
        self.client = clients(self.asking)
        self.writer = Writer(journal, self.asking, journal.last_part + 1)
        self.twins = Twins(book.ledger, reader.fingerprint)
        self.price = _Price(reader, limits)
        self.out: dict[bytes, bytes] = {}
        """For the digest of each id that is out the key of its text."""
        self.texts: set[bytes] = set()
        for part in journal.parts.values():
            same = journal.askings[part.prepared.asking].fingerprint == reader.fingerprint
            for pending in pending_in(journal, part):
                self.note_out(pending.id, key_of(pending.fingerprint), same)
        for waiting in journal.twins.values():
            for id, _, fingerprint in waiting:
                if (text := key_of(fingerprint)) in self.texts:
                    self.out[_digest(id)] = text

    def note_out(self, id: str, text: bytes, shared: bool = True) -> None:
        self.out[_digest(id)] = text
        if shared:
            self.texts.add(text)

    def take(self, found: Found) -> bool:
        """Deal with what a source gives; False once no further article is to be sent."""
        if isinstance(found, Complaint):
            self.book.complain(found, self.reader)
            return True
        item = with_content(found, self.reader.settings.max_article_characters)
        fingerprint = fingerprint_of(item, self.reader)
        entry = self.book.ledger.entries.get(item.id)
        if is_another(item, entry, fingerprint):
            self._refuse(found)
        elif entry is not None and keeps(entry, fingerprint, self.refresh):
            self.book.keep(item, entry, fingerprint)
        elif (text := self.out.get(_digest(item.id))) is not None:
            self._is_out(item, same=text == text_of(fingerprint))
        elif (twin := self.twins.row_for(item, fingerprint)) is not None:
            self.book.share(twin, [(item.id, item.source, fingerprint)], self.reader)
        elif (text := text_of(fingerprint)) is not None and text in self.texts:
            self.journal.wait(text, (item.id, item.source, fingerprint))
            self.out[_digest(item.id)] = text
            self.done.twins += 1
        else:
            return self._ask(item, fingerprint)
        return True

    def _ask(self, item: SourceItem, fingerprint: dict[str, str]) -> bool:
        try:
            talk = begin(item, fingerprint, self.reader)
        except (ArticleError, ContextTooLong) as error:
            self.book.failed(item, error, fingerprint, (), self.reader)
            return True
        if not self.price.admits(talk, self.done):
            return False
        self.note_out(item.id, key_of(fingerprint))
        self.writer.add(talk)
        self._send_finished()
        return True

    def end(self) -> None:
        """Send what is left."""
        self.writer.finish()
        self._send_finished()

    def _send_finished(self) -> None:
        while self.writer.prepared:
            prepared = self.writer.prepared.pop(0)
            self.journal.prepare(prepared)
            part = self.journal.parts[prepared.part]
            try:
                send(self.journal, part, self.client, fresh=True)
            except NoBatchApi:  # it never will: `summarise corpus` may read them
                self.journal.collect({part.number: "withdrawn"}, [])
                raise
            self.done.requests += prepared.requests
            self.done.batches += 1
            self.on_sent(part)

    def _is_out(self, item: SourceItem, *, same: bool) -> None:
        if same:
            self.done.out_before += 1
            return
        changed = StillOut(f"{item.source}: {item.id!r} is out in a batch with another text")
        self.book.complain(Complaint(item.source, changed), self.reader)

    def _refuse(self, item: SourceItem) -> None:
        error = id_is_taken(item, self.book.ledger)
        if not isinstance(error, ArticleError):
            raise error
        self.book.complain(Complaint(item.source, error), self.reader)


class _Price:
    """What a submission is expected to cost, and when that is enough; tokens are counted only if they are limited."""

    def __init__(self, reader: Summariser[Any], limits: Limits) -> None:
        self.limits = limits
        self.articles = 0
        self._price = Price(reader)

    def admits(self, talk: Talk, done: Submitted) -> bool:
        """Whether one more article may go out, which is counted then; else `done` says why not."""
        limits = self.limits
        if limits.max_articles is not None and self.articles >= limits.max_articles:
            done.enough = True
            return False
        if limits.of_money:
            each = self._price.of(talk)
            windows = max(1, len(talk.conversation.windows()))
            expected = plus(done.expected, self._price.of(talk, windows))
            done.limit = limit_passed(limits, expected)
            if done.limit is not None:
                return False
            done.expected, done.sent = expected, plus(done.sent, each)
        self.articles += 1
        return True


def _digest(id: str) -> bytes:
    return blake2b(id.encode(), digest_size=16).digest()
