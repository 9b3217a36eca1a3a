"""With what articles were asked about: kept, so that a reply is judged by the same on another day.

The prompt files are copied, the settings that matter are noted, and so is the class of the records. A changed prompt or
a changed default therefore changes nothing for what is out already; changed records are an error.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarise.address import bare_url
from summarise.corpus.batch.finish import Finisher
from summarise.corpus.batch.journal import Asking, Cuts, Journal, cannot_write
from summarise.errors import ConfigurationError
from summarise.model import ladder
from summarise.model.batches import BatchClient
from summarise.records import ArticleSummary
from summarise.resources import resource_folder
from summarise.settings import Settings, changed_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from summarise.api import Summariser

MATTER = (
    "model", "context", "complaints", "max_output_tokens", "max_article_characters", "second_opinion",
    "temperature", "seed", "reasoning_effort",
)  # fmt: skip
"""The settings that decide what is sent, and how a reply is judged. The key is none of them."""


def note(reader: Summariser[Any], journal: Journal, cuts: Cuts) -> Asking:
    """What this reader asks with, in the journal: what stands there last, if it is the same.

    The day of today is part of it: it decides the year of an article that tells its weekday alone.
    """
    settings = reader.settings
    today = settings.today or date.today()
    kept = {name: getattr(settings, name) for name in MATTER}
    kept |= {"today": today.isoformat(), "base_url": settings.base_url and bare_url(settings.base_url)}
    schema = reader.schema
    asking = Asking(
        number=len(journal.askings) + 1,
        settings=kept,
        fingerprint=reader.fingerprint,
        prompts=_keep_prompts(reader, journal),
        records=_name(schema),
        cuts=cuts,
    )
    last = journal.askings.get(len(journal.askings))
    if last is not None and asking.model_copy(update={"number": last.number}) == last:
        return last
    journal.ask(asking)
    return asking


class Desk:
    """For everything that was asked: who asks and judges by it, and the way to the provider.

    Key, time-outs and pace are those of `settings`. `load_records` finds the class that `module:Class` names.
    """

    def __init__(
        self, journal: Journal, settings: Settings, load_records: Callable[[str], type[ArticleSummary]]
    ) -> None:
        self._journal = journal
        self._settings = settings
        self._load_records = load_records
        self._readers: dict[int, Finisher[Any]] = {}
        self._clients: dict[int, BatchClient] = {}
        for learned in journal.learned:  # on another day, in a process that is over
            if "rung" in learned:
                ladder.refused(learned["url"], learned["model"], learned["rung"])
            else:
                ladder.limit_refused(learned["url"], learned["model"])

    def reader(self, asking: Asking) -> Finisher[Any]:
        """A reader that asks and judges as was asked. Raises `ConfigurationError` if the records have changed since."""
        if asking.number not in self._readers:
            self._readers[asking.number] = self._reader(asking)
        return self._readers[asking.number]

    def client(self, asking: Asking) -> BatchClient:
        """The way to the provider that was asked."""
        if asking.number not in self._clients:
            self._clients[asking.number] = BatchClient(settings_of(asking, self._settings))
        return self._clients[asking.number]

    def close(self) -> None:
        """Close all connections."""
        for reader in self._readers.values():
            reader.close()
        for client in self._clients.values():
            client.close()

    def _reader(self, asking: Asking) -> Finisher[Any]:
        schema = self._load_records(asking.records) if asking.records else ArticleSummary
        folder = self._journal.folder
        settings = settings_of(asking, self._settings)
        reader = Finisher(schema, settings=settings, prompts=folder / asking.prompts)
        asked, now = asking.fingerprint["schema"], reader.fingerprint["schema"]
        if asked != now:
            raise ConfigurationError(
                f"the records have changed since the batches of {folder} were submitted: they were asked for by "
                f"schema {asked}, and {asking.records or 'those of this version'} have schema {now}",
                hint="Collect with the records, or the version of summarise, that they were submitted with. "
                f"To give up what is out, and what it cost, remove {folder}.",
            )
        reader.asked = asking.fingerprint
        return reader


def settings_of(asking: Asking, settings: Settings) -> Settings:
    """The settings that were asked with, and of `settings` whatever does not matter for it, such as the key."""
    kept = dict(asking.settings)
    asked = kept.pop("base_url") or ladder.OPENAI_URL
    # Nothing secret is stored: an address with a password in it is given again, and is the one asked then.
    given = settings.base_url if settings.base_url and bare_url(settings.base_url) == asked else asked
    # What was not set then is not set now, whatever the environment says by now.
    unset = settings.model_copy(update={name: None for name, value in kept.items() if value is None})
    return changed_settings(unset, **kept, base_url=given)


def _keep_prompts(reader: Summariser[Any], journal: Journal) -> str:
    name = f".prompts-{reader.fingerprint['prompt'].rpartition(':')[2]}"
    place = journal.folder / name  # hidden: its files would be articles to a run over the folder above
    if not place.exists():
        unfinished = journal.folder / f"{name}-unfinished"
        try:
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(reader.prompts or resource_folder("prompts"), unfinished)
            unfinished.rename(place)
        except OSError as problem:
            raise cannot_write(Path(place), problem) from problem
    return name


def _name(schema: type[ArticleSummary]) -> str | None:
    return None if schema is ArticleSummary else f"{schema.__module__}:{schema.__qualname__}"
