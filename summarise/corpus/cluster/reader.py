"""What a worker runs: a `Summariser` that takes batches of a Ray dataset, many articles at once."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarise.corpus.cluster.sharing import Sharing
from summarise.corpus.fingerprint import fingerprint_of
from summarise.corpus.items import Complaint, Found, SourceFile, SourceItem
from summarise.corpus.parquet import needed_pyarrow, table_rows
from summarise.corpus.part_files import table_of
from summarise.corpus.reading import Endurance, complaint_row, read_row
from summarise.corpus.rows import Fields, items_of
from summarise.errors import ConfigurationError
from summarise.records import ArticleSummary

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.corpus.ledger import LedgerRow
    from summarise.errors import SummariseError
    from summarise.settings import Settings


class ArticleReader:
    """Reads articles in `Dataset.map_batches` of Ray Data: a batch of rows in, their ledger rows out.

        import ray
        from summarise import ArticleReader, Settings

        rows = ray.data.read_parquet("s3://news/2023/").map_batches(
            ArticleReader,
            fn_constructor_kwargs={"settings": Settings(requests_per_minute=500), "concurrency": 16},
            batch_size=16,
            compute=ray.data.ActorPoolStrategy(size=1, max_concurrent_calls_per_actor=4),
        )
        rows.write_parquet("s3://news/records/")

    A batch may be a dict of numpy arrays, a pyarrow table or a pandas frame. Of a row are read the text from
    `text_field` (by default `text`, `body`, `content` or `article`), the id from `id_field` (`id` or `url`, else a
    digest of the row) and the day of publication from `date_field` (`published` or `date`). Each row gives one with the
    columns of a ledger row: `id`, `source`, `status`, `summary` (JSON text), `error`, `usage` and `fingerprint`. An
    article that failed is a row with the status `failed`; an error that every article would meet, such as a wrong key,
    is raised.

    At most `concurrency` calls are under way at once, and the limits of `settings` are kept, by each reader for itself.
    Several readers share them with `quota=summarise.corpus.cluster.shared_quota(CONCURRENCY)`. Without `settings` they
    come from the environment of the worker, the key as well. Raises what `Summariser` raises.
    """

    def __init__(
        self,
        schema: type[ArticleSummary] = ArticleSummary,
        *,
        settings: Settings | None = None,
        text_field: str | None = None,
        id_field: str | None = None,
        date_field: str | None = None,
        concurrency: int = 8,
        quota: Any = None,
    ) -> None:
        from summarise.api import Summariser

        self._fields = Fields(text_field, id_field, date_field)
        self._concurrency = concurrency
        self._quota = quota
        self._open = ExitStack()
        self._sharing: Sharing | None = None
        self._endurance = Endurance(concurrency)
        self.reader: Summariser[Any] = Summariser(schema, settings=settings)
        check_for_cluster(self.reader.settings)

    async def __call__(self, batch: Any) -> Any:
        """The ledger rows of a batch, as a pyarrow table."""
        async with self.sharing.work():
            rows = await asyncio.gather(*map(self._row, found_in(batch, self._fields)))
        return table_of(row.model_dump(mode="json") for row in rows)

    @property
    def sharing(self) -> Sharing:
        """The share of this reader; asked for with the first batch, when the event loop runs."""
        if self._sharing is None:
            change = self._open.enter_context(self.reader.pacing(self._concurrency))
            self._sharing = Sharing(self._quota, change, self._concurrency)
        return self._sharing

    async def read(self, item: SourceItem, fingerprint: dict[str, str]) -> tuple[LedgerRow, SummariseError | None]:
        """The row of one article in its turn, and the error for which the run ends, if it met one."""
        row, error = await read_row(item, fingerprint, self.reader)
        if error is not None:
            return row, self._endurance.end(error)
        self._endurance.good(row)
        return row, None

    async def _row(self, found: Found) -> LedgerRow:
        if isinstance(found, Complaint):
            return complaint_row(found, found.id or "", self.reader.fingerprint)
        async with self.sharing.turn():
            row, end = await self.read(found, fingerprint_of(found, self.reader))
        if end is not None:
            raise end
        return row


def check_for_cluster(settings: Settings) -> None:
    """Raises `ConfigurationError` for a model on this machine: other machines need not have it."""
    if settings.local:
        raise ConfigurationError(
            f"a cluster does not read with {settings.model}, a file on this machine",
            hint="Serve the model where every machine reaches it, and give its base URL; or run on this machine alone.",
        )


def found_in(batch: Any, fields: Fields) -> Iterator[Found]:
    """The articles of a batch, in any form that Ray Data has; a row without an id is called by a digest of it."""
    pyarrow = needed_pyarrow()
    if isinstance(batch, Mapping):
        batch = pyarrow.table({name: pyarrow.array(column, from_pandas=True) for name, column in batch.items()})
    elif not isinstance(batch, pyarrow.Table):
        batch = pyarrow.Table.from_pandas(batch, preserve_index=False)
    for number, row in enumerate(table_rows(batch.combine_chunks(), fields.among(batch.column_names)), start=1):
        name = hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()[:16]
        (found,) = items_of(iter([(number, row)]), SourceFile(Path("row"), name), fields)
        yield replace(found, id=name) if found.id in (None, f"{name}/{number}") else found
