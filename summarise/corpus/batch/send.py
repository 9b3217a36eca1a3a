"""Bringing what is prepared to the provider: each file once, each batch once, whatever ended the last attempt."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from summarise.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from summarise.corpus.batch.journal import Asking, Journal, Part
    from summarise.model.batches import BatchClient

    Clients = Callable[[Asking], BatchClient]

log = logging.getLogger(__name__)


def send(journal: Journal, part: Part, client: BatchClient, *, fresh: bool = False) -> None:
    """Upload the file of a part and make a batch of it, as far as that is not done yet.

    Unless the part is `fresh`, the provider is asked first whether it has the file, or the batch: whoever tried before
    may have been ended between the call and the note of it.
    """
    if part.file is None:
        path = journal.file(part.number, "requests")
        if not path.exists():
            raise LedgerError(
                f"{path} is missing, so part {part.number} cannot be submitted",
                hint=f"Put it back. To give up what is out, and what it cost, remove {journal.folder}.",
            )
        file = None if fresh else client.uploaded(journal.name(part), part.prepared.size)
        journal.uploaded(part, file or client.upload(path, journal.name(part)))
    assert part.file is not None
    if part.batch is None:
        metadata, known = journal.metadata(part), part.refusals
        found = None if fresh else client.created(part.file, metadata, known, part.prepared.at)
        batch = found or client.create(part.file, metadata, known)
        journal.created(part, batch.id)
        log.info("part %d is batch %s", part.number, batch.id)
    journal.file(part.number, "requests").unlink(missing_ok=True)


def send_all(
    journal: Journal,
    clients: Clients,
    hold: Collection[int] = (),
    admitted: Callable[[Part], Part | None] = lambda part: part,
) -> list[Part]:
    """Send every part that is not with the provider yet, except those to `hold`; returns the parts.

    `admitted` gives what may go up of a part: the part, another one with so much of it, or None. One that was refused
    for want of room waits as long as another one of ours is on its way.
    """
    sent = []
    for part in list(journal.parts.values()):
        if part.batch is not None or part.live or part.number in hold:
            continue
        if part.refusals and any(other.batch for other in journal.parts.values()):
            continue
        if (allowed := admitted(part)) is not None:
            send(journal, allowed, clients(journal.askings[allowed.prepared.asking]))
            sent.append(allowed)
    return sent
