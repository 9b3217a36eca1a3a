"""What runs on a worker, without Ray around it."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from summarise.api import Summariser
from summarise.cli.cluster import refuse_with_cluster
from summarise.corpus.cluster.answers import UNREAD, Answer, Claimed, Kept, Stopped, packed, unpacked
from summarise.corpus.cluster.coordinator import Coordinator
from summarise.corpus.cluster.known import known_rows
from summarise.corpus.cluster.reader import ArticleReader
from summarise.corpus.cluster.run_reader import RunReader
from summarise.corpus.cluster.sharing import Sharing
from summarise.corpus.cluster.source import found_in_file
from summarise.corpus.cluster.stores import cluster_files
from summarise.corpus.files import form_of
from summarise.corpus.fingerprint import fingerprint_of
from summarise.corpus.items import Complaint, SourceItem
from summarise.corpus.ledger import LedgerRow
from summarise.corpus.limits import Limits
from summarise.corpus.rows import Fields
from summarise.corpus.selection import Selection
from summarise.corpus.sources import articles, count_all
from summarise.errors import (
    AuthenticationFailed,
    ClusterFailed,
    SummariseError,
    UnreadableRow,
)
from summarise.records import ArticleSummary
from summarise.settings import Settings
from tests.corpus_server import Endpoint, article, serving
from tests.test_cluster_results import row


class Done:
    """What an actor answered: it can be awaited, and need not be."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __await__(self) -> Generator[Any, None, object]:
        yield from asyncio.sleep(0).__await__()
        return self.value


class Handle:
    """Stands in for the handle of an actor: `handle.method.remote(…)` calls the method of an object of this process."""

    def __init__(self, target: object) -> None:
        self._target = target

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._target, name)

        class Method:
            def remote(self, *arguments: object) -> Done:
                return Done(method(*arguments))

        return Method()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving() as found:
        yield found


def settings(endpoint: Endpoint) -> Settings:
    return Settings(base_url=endpoint.url, model="gpt-4o-mini", api_key="sk-x", backoff=0)


def item(id: str, text: str, source: str = "in.jsonl") -> SourceItem:
    return SourceItem(id, f"{source}:{len(id)}", text)


def batch(*found: Claimed | Complaint) -> Any:
    return pyarrow.table({"found": pyarrow.array(packed(found), pyarrow.binary())})


QUICK_AND_SLOW = [("quick", ""), ("slow", "[wait]")]


def answers_in(table: Any) -> list[Answer]:
    return unpacked(table.column("answer").to_pylist())


class TestRunReader:
    def reader(self, endpoint: Endpoint, coordinator: Coordinator, rows: list[LedgerRow] | None = None) -> RunReader:
        from summarise.corpus.ledger import Entry

        fingerprint = Summariser(settings=settings(endpoint)).fingerprint
        entries = {each.id: Entry.of(each, 0) for each in rows or []}
        known = known_rows(entries, fingerprint)
        return RunReader(ArticleSummary, settings(endpoint), 4, Handle(coordinator), known, False)

    def kept(self, endpoint: Endpoint, one: SourceItem, **changes: str) -> LedgerRow:
        fingerprint = fingerprint_of(one, Summariser(settings=settings(endpoint)))
        return row(one.id, source=one.source, fingerprint={**fingerprint, **changes})

    async def test_what_is_read_kept_refused_or_shared(self, endpoint: Endpoint) -> None:
        old, older, foreign = item("old", article(1)), item("older", article(2)), item("else", article(3), "b.jsonl")
        hotter = item("hotter", article(6))
        rows = [
            self.kept(endpoint, old),
            self.kept(endpoint, older, model="another"),
            self.kept(endpoint, hotter, settings="temperature=1.0"),
            self.kept(endpoint, item("else", "another text")),
        ]
        reader = self.reader(endpoint, Coordinator(4), rows)
        table = await reader(
            batch(
                Claimed(old, "read"),
                Claimed(older, "read"),
                Claimed(hotter, "read"),
                Claimed(foreign, "read"),
                Claimed(item("new", article(4)), "read"),
                Claimed(item("twin", article(4)), "twin", "new"),
                Claimed(item("heir", article(2)), "twin", "older"),  # of a row that stays as it is: nobody's result
                Claimed(item("heir2", article(6)), "twin", "hotter"),
                Claimed(item("old", article(1)), "repeated row"),
                Claimed(item("new", article(5)), "repeated id"),
                Complaint("f:1", UnreadableRow("f:1: no JSON")),
                Complaint("f:2", UnreadableRow("f:2: no text"), "bad"),
                Complaint("f:3", UnreadableRow("f:3: no text"), "old"),
            )
        )
        assert len(set(table.column("begun").to_pylist())) == 1
        told = [
            (type(each).__name__, getattr(each, "id", None), getattr(each, "status", None))
            for each in answers_in(table)
        ]
        assert told == [
            ("Kept", "old", None),
            ("Kept", "older", None),
            ("Kept", "hotter", None),
            ("Complaint", None, None),
            ("LedgerRow", "new", "ok"),
            ("Twin", "twin", None),
            ("LedgerRow", "heir", "ok"),
            ("LedgerRow", "heir2", "ok"),
            ("Complaint", None, None),
            ("Complaint", None, None),
            ("Complaint", None, None),
            ("LedgerRow", "bad", "failed"),
            ("Complaint", "old", None),
        ]
        kept = [(each.older, each.set_otherwise) for each in answers_in(table) if isinstance(each, Kept)]
        assert kept == [(False, False), (True, False), (False, True)]
        assert len(endpoint.questions) == 3

    async def test_an_error_for_all_stops_every_reader(self, endpoint: Endpoint) -> None:
        coordinator = Coordinator(1)
        reader, other = self.reader(endpoint, coordinator), self.reader(endpoint, coordinator)
        table = await reader(batch(*(Claimed(item(f"a{n}", article(n, "[status 401]")), "read") for n in range(3))))
        first, *rest = answers_in(table)
        assert isinstance(first, Stopped)
        assert isinstance(first.error, AuthenticationFailed)
        assert rest == [UNREAD, UNREAD]
        table = await other(batch(Claimed(item("b", article(9)), "read")))
        assert answers_in(table) == [UNREAD]
        assert table.column("begun").to_pylist() == [None]
        assert len(endpoint.questions) == 1

    async def test_a_stop_gives_up_what_takes_too_long_and_keeps_what_is_done(self, endpoint: Endpoint) -> None:
        coordinator = Coordinator(4)
        reader = self.reader(endpoint, coordinator)
        two = batch(*(Claimed(item(id, article(n, mark)), "read") for n, (id, mark) in enumerate(QUICK_AND_SLOW)))
        reading = asyncio.create_task(reader(two))
        await until(lambda: endpoint.asked.is_set() and reader.sharing._under_way == 1)
        coordinator.stop(0.0)
        table = await reading
        done, given_up = answers_in(table)
        assert isinstance(done, LedgerRow)
        assert (done.id, done.status, given_up) == ("quick", "ok", UNREAD)
        assert table.column("begun")[0].as_py() is not None  # so that the driver does not wait for it

    async def test_a_server_that_is_down_fails_articles_and_then_stops_the_run(self, endpoint: Endpoint) -> None:
        reader = self.reader(endpoint, Coordinator(1))
        reader.reader.settings.__dict__["transient_retries"] = 0
        table = await reader(batch(*(Claimed(item(f"a{n}", article(n, "[status 422]")), "read") for n in range(12))))
        answers = answers_in(table)
        assert [type(each).__name__ for each in answers] == ["LedgerRow"] * 10 + ["Stopped", "Unread", "Unread"]
        assert isinstance(answers[10], Stopped)
        assert "10 articles in a row came to nothing" in answers[10].error.message


class TestArticleReader:
    async def test_each_row_gives_one(self, endpoint: Endpoint) -> None:
        reader = ArticleReader(settings=settings(endpoint), concurrency=2)
        table = await reader({"id": ["a", "b"], "text": [article(1), ""]})
        assert table.column("status").to_pylist() == ["ok", "failed"]
        assert table.column("usage").to_pylist()[0]["input_tokens"] == 1000
        assert endpoint.most_at_once == 1

    async def test_an_error_for_all_is_raised(self, endpoint: Endpoint) -> None:
        reader = ArticleReader(settings=settings(endpoint))
        with pytest.raises(AuthenticationFailed):
            await reader(pyarrow.table({"text": [article(1, "[status 401]")]}))


class TestSharing:
    async def test_a_reader_keeps_to_its_share_and_gives_up_what_it_does_not_need(self) -> None:
        shares: list[tuple[int, float]] = []
        coordinator = Coordinator(4, lasts=2.0)
        one = Sharing(Handle(coordinator), lambda calls, part: shares.append((calls, part)), 4)
        two = Sharing(Handle(coordinator), lambda calls, part: None, 4)
        assert shares == [(0, 0.0)]
        async with one.work():
            async with one.turn():
                await until(lambda: shares[-1] == (4, 1.0))
            async with two.work(), two.turn():
                await until(lambda: shares[-1] == (2, 0.5))
            await until(lambda: shares[-1] == (4, 1.0))

    async def test_without_the_coordinator_nothing_is_sent_once_the_lease_has_run_out(self) -> None:
        class Gone(Coordinator):
            gone = False

            def renew(self, reader: str, busy: bool) -> Any:
                if self.gone:
                    raise ConnectionError("the actor is gone")
                return super().renew(reader, busy)

        shares: list[tuple[int, float]] = []
        coordinator = Gone(4, lasts=0.5)
        sharing = Sharing(Handle(coordinator), lambda calls, part: shares.append((calls, part)), 4)
        async with sharing.work():
            async with sharing.turn():
                coordinator.gone = True
            await until(lambda: shares[-1] == (0, 0.0))
            coordinator.gone = False
            await until(lambda: shares[-1] == (4, 1.0))


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.01)


class TestSource:
    def test_a_file_holds_what_it_holds_on_one_machine(self, tmp_path: Path) -> None:
        lines = "".join(json.dumps({"id": f"a{n}", "text": article(n)}) + "\n" for n in range(3)) + "no json\n"
        (tmp_path / "a.jsonl").write_text(lines)
        (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines.replace('"a', '"b').encode()))
        (tmp_path / "c.csv").write_text('id,text\nc,"one, two"\n')
        table = pyarrow.table({"url": ["d0", "d1"], "body": ["text", None]})
        pyarrow.parquet.write_table(table, tmp_path / "d.parquet")
        names = [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl.gz", "c.csv", "d.parquet")]
        files = cluster_files(names)
        assert count_all(files, Fields()) is None
        assert count_all(files[:1], Fields()) == 4
        found: list[Any] = []
        for file in files:
            packing = "gzip" if form_of(file.path) == ".jsonl.gz" else None
            found += found_in_file(
                pyarrow.input_stream(file.path, packing) if packing else opened(file.path), file, Fields()
            )
        expected = list(articles(names))
        assert [told(each) for each in found] == [told(each) for each in expected]

    def test_a_text_is_its_bytes_and_what_is_no_parquet_is_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"text")
        (tmp_path / "b.parquet").write_bytes(b"none")
        pyarrow.parquet.write_table(pyarrow.table({"x": [1]}), tmp_path / "c.parquet")
        text, broken, lacking = (
            each
            for name in ("a.txt", "b.parquet", "c.parquet")
            for file in cluster_files([str(tmp_path / name)])
            for each in found_in_file(opened(file.path), file, Fields())
        )
        assert text == SourceItem("a", str(tmp_path / "a.txt"), b"text")
        assert isinstance(broken, Complaint)
        assert "is no parquet file" in broken.error.message
        assert isinstance(lacking, Complaint)
        assert "has no column 'text'" in lacking.error.message


def opened(path: Path) -> Any:
    return pyarrow.OSFile(str(path), "rb")


def told(found: SourceItem | Complaint) -> tuple[object, ...]:
    if isinstance(found, Complaint):
        return (found.id, found.source, found.error.message)
    return (found.id, found.source, found.content, found.published)


def test_options_are_refused_before_anything_is_loaded() -> None:
    import click

    def refuse(cluster: str | None, workers: int | None, *, given: bool = False, published: date | None = None) -> None:
        refuse_with_cluster(
            cluster, workers, Selection(), Limits(), estimate=given, show_visits=given, published=published
        )

    refuse(None, None, given=True, published=date(2024, 3, 12))
    refuse("local", 2)
    with pytest.raises(click.UsageError, match="needs an address"):
        refuse("", 2)
    with pytest.raises(click.UsageError, match="--published does not go with --cluster"):
        refuse("local", 2, published=date(2024, 3, 12))
    assert issubclass(ClusterFailed, SummariseError)
