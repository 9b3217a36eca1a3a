"""A corpus on many machines: a real Ray in a process of its own, one of whose readers is killed; and its parts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.corpus.cluster.claims import Claim, Claims
from summarise.corpus.cluster.coordinator import Coordinator
from summarise.corpus.cluster.leases import Leases
from summarise.corpus.cluster.reader import found_in
from summarise.corpus.cluster.stores import cluster_files
from summarise.corpus.items import Complaint, SourceItem
from summarise.corpus.ledger import read_ledger
from summarise.corpus.rows import Fields
from summarise.errors import ConfigurationError
from tests.corpus_server import Endpoint, article, serving
from tests.ray_cluster import Cluster, cluster

ARTICLES = 300
KEY = "sk-not-to-be-seen"
HERE = Path(__file__).parent.parent

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@linux
def test_a_reader_is_killed_and_every_article_is_there_once(tmp_path: Path) -> None:
    write_corpus(tmp_path / "in.jsonl", ARTICLES)
    out = tmp_path / "out.parquet"
    with cluster() as ray:
        # 20 in a second, of which a second's may run ahead; with the whole quota for each reader it would be 240.
        with quota_server("--requests=150", "--window=6", "--latency=0.2", "--silent") as server:  # told by --rpm alone
            first = run(ray, server.url, tmp_path / "in.jsonl", out, "--concurrency=16", "--rpm=1200")
            wait_until(lambda: sorted(share_of_each(ray)) == [0.5, 0.5])
            before = set(shares(ray))
            os.kill(ray.readers()[0], signal.SIGKILL)
            wait_until(lambda: len(before & set(shares(ray))) == 1 and sum(share_of_each(ray)) == 1)
            said, complained = first.communicate()
        assert first.returncode == 0, complained
        assert f"{ARTICLES} articles: {ARTICLES} read, 0 kept from before, 0 failed" in said
        assert server.seen["limited"] == 0
        assert ARTICLES <= server.seen["good"] <= ARTICLES + 2 * 16

        rows = all_rows(out)
        assert sorted(row["id"] for row in rows) == sorted(f"a{number}" for number in range(ARTICLES))
        assert {row["status"] for row in rows} == {"ok"}
        assert KEY not in said + complained + "".join(map(str, rows))
        assert [part.name for part in out.iterdir() if not part.name.startswith(".")] == ["part-00001.parquet"]

        with serving() as endpoint:
            check_rerun(ray, endpoint, tmp_path)
            check_wrong_key(ray, endpoint.url, tmp_path)
            check_in_python(ray, endpoint.url, tmp_path)


def check_rerun(ray: Cluster, endpoint: Endpoint, folder: Path) -> None:
    """What is there is not read again; what is no article is a failed row or passed over; a text is sent once."""
    (folder / "texts").mkdir()
    (folder / "texts" / "good.txt").write_text(article(901))
    (folder / "texts" / "binary.txt").write_bytes(b"\x00\x01")
    lines = [
        {"id": "x1", "text": article(911)},
        {"id": "x2", "text": article(912)},
        {"id": "x1", "text": article(911)},
        {"id": "x2", "text": article(913)},
        {"id": "twin", "text": article(911)},
        {"id": "empty"},
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines) + "no json\n")
    out = folder / "out.parquet"
    sources = (f"file://{folder}/texts", folder / "rows.jsonl", folder / "in.jsonl")
    process = run(ray, endpoint.url, *sources, out)
    said, complained = process.communicate()
    assert process.returncode == 1, complained
    assert complained == ""
    assert f"{ARTICLES + 9} articles: 4 read, {ARTICLES} kept from before, 2 failed, 3 passed over" in said
    assert len(endpoint.questions) == 3
    rows = {row.id: row for row in read_ledger(out) if not row.id.startswith("a")}
    assert {id: row.status for id, row in rows.items()} == dict.fromkeys(("good", "x1", "x2", "twin"), "ok") | (
        dict.fromkeys(("binary", "empty"), "failed")
    )
    assert rows["twin"].summary == rows["x1"].summary
    assert rows["twin"].usage.requests == 0
    assert rows["x2"].source.endswith("rows.jsonl:2")


def check_wrong_key(ray: Cluster, url: str, folder: Path) -> None:
    """An error that every article would meet ends the run with one message."""
    write_corpus(folder / "refused.jsonl", 60, "[status 401]")
    process = run(ray, url, folder / "refused.jsonl", folder / "refused", "--concurrency=4")
    said, complained = process.communicate()
    assert process.returncode == 2
    assert complained.count("summarise: ") == 1
    assert "stopped with 60 articles unread: 401" in complained
    assert "Traceback" not in said + complained


PROGRAM = """
import json, sys
import numpy, pandas, pyarrow, ray
from summarise import ArticleReader, Settings
from summarise.corpus.cluster import shared_quota

ray.init(sys.argv[1], log_to_driver=False, logging_level="ERROR")
ray.data.DataContext.get_current().enable_progress_bars = False
texts = json.loads(sys.argv[3])
frame = pandas.DataFrame({"key": ["p0", "p1", None], "body": texts, "day": pandas.to_datetime(["2024-03-12"] * 3)})
settings = Settings(base_url=sys.argv[2], model="gpt-4o-mini", api_key="sk-x")
rows = ray.data.from_pandas(frame).map_batches(
    ArticleReader,
    fn_constructor_kwargs={
        "settings": settings, "text_field": "body", "date_field": "day", "id_field": "key",
        "concurrency": 2, "quota": shared_quota(2),
    },
    batch_format=sys.argv[4],
    compute=ray.data.ActorPoolStrategy(size=1, max_concurrent_calls_per_actor=2),
)
print(json.dumps([{**row, "fingerprint": dict(row["fingerprint"])} for row in rows.take_all()]))
"""


def check_in_python(ray: Cluster, url: str, folder: Path) -> None:
    """`ArticleReader` in `map_batches`."""
    texts = json.dumps([article(71), "  ", article(72)])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, ray.address, url, texts, "pandas"],
        env=environment(ray), cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [row["status"] for row in rows] == ["ok", "failed", "failed"]
    assert [row["id"] for row in rows[:2]] == ["p0", "p1"]
    assert rows[0]["fingerprint"]["published"] == "2024-03-12"
    assert json.loads(rows[0]["summary"])["visits"][0]["country"] == "NOR"
    assert rows[1]["error"]["kind"] == "EmptyArticle"
    assert "'key' with the id is missing" in rows[2]["error"]["message"]


class Server:
    """The quota server in a process of its own; `seen` are its counts once it has ended."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self.url = process.stdout.readline().strip()
        self.seen: dict[str, Any] = {}


@contextmanager
def quota_server(*options: str) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.server", *options],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE,
    )  # fmt: skip
    server = Server(process)
    try:
        yield server
    finally:
        said, _ = process.communicate()
    server.seen = json.loads(said)


def environment(ray: Cluster) -> dict[str, str]:
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "SUMMARISE_"))}
    return {**mine, **ray.token, "OPENAI_API_KEY": KEY, "PYTHONPATH": str(HERE)}


def run(ray: Cluster, url: str, *paths_and_options: str | Path) -> subprocess.Popen[str]:
    """The command; the last path is the folder to write."""
    paths = [str(each) for each in paths_and_options if not str(each).startswith("--")]
    options = [str(each) for each in paths_and_options if str(each).startswith("--")]
    command = [sys.executable, "-m", "summarise", "corpus", *paths[:-1], "--out", paths[-1], "--cluster", ray.address]
    command += ["--workers", "2", "--base-url", url, "--model", "gpt-4o-mini", *options]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(ray), stdout=pipe, stderr=pipe, text=True)


def shares(ray: Cluster) -> dict[str, float]:
    """The parts of the quota, by reader; the runs of a cluster that is waited for come one after the other."""
    return {name: part for run in ray.parts() for name, part in run.items() if part}


def share_of_each(ray: Cluster) -> list[float]:
    return list(shares(ray).values())


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 300
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


def write_corpus(path: Path, number: int, marks: str = "") -> None:
    path.write_text("".join(json.dumps({"id": f"a{n}", "text": article(n, marks)}) + "\n" for n in range(number)))


def all_rows(folder: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet

    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(folder).to_pylist()
    return rows


Steps = st.lists(st.tuples(st.sampled_from("abcd"), st.booleans(), st.floats(0, 4)), max_size=40)


class TestLeases:
    @given(Steps, st.integers(1, 9))
    def test_never_is_more_given_away_than_there_is(self, steps: list[tuple[str, bool, float]], calls: int) -> None:
        leases, now = Leases(calls, lasts=5), 0.0
        held: dict[str, tuple[float, float, int]] = {}
        for name, busy, pause in steps:
            now += pause
            share = leases.renew(name, busy, now)
            held[name] = (now + share.lasts, share.part, share.calls)
            live = [each for each in held.values() if each[0] > now]
            assert sum(part for _, part, _ in live) <= 1 + 1e-9
            assert sum(number for _, _, number in live) <= calls
            assert bool(share.part) == bool(share.calls) <= busy

    @given(Steps, st.sets(st.sampled_from("abcd"), min_size=1), st.integers(1, 9))
    def test_those_who_go_on_asking_come_to_have_all_of_it(
        self, steps: list[tuple[str, bool, float]], alive: set[str], calls: int
    ) -> None:
        leases, now = Leases(calls, lasts=5), 0.0
        for name, busy, pause in steps:
            now += pause
            leases.renew(name, busy, now)
        for second in range(9):
            got = [leases.renew(name, True, now + second) for name in sorted(alive)]
        assert sum(share.part for share in got) == pytest.approx(1)
        assert sum(share.calls for share in got) == calls
        assert len({share.part for share in got if share.part}) == 1

    def test_what_a_dead_reader_had_goes_to_the_others_after_its_lease(self) -> None:
        leases = Leases(9, lasts=5)
        assert leases.renew("dead", True, 0).part == 1
        assert leases.renew("other", True, 0).part == 0
        assert leases.renew("dead", True, 1).part == 0.5
        assert leases.renew("other", True, 1) == leases.renew("other", True, 5.9)
        assert (leases.renew("other", True, 6.1).part, leases.renew("other", True, 6.1).calls) == (1, 9)


class TestClaims:
    def test_an_id_counts_once_and_a_text_is_sent_once(self) -> None:
        claims = Claims()
        first = Claim("a", "f:1", b"text")
        assert claims.claim(first) == ("read", "")
        assert claims.claim(first) == ("read", "")  # a worker was lost, and another does it again
        assert claims.claim(Claim("a", "f:2", b"text")) == ("repeated row", "")
        assert claims.claim(Claim("a", "f:3", b"other")) == ("repeated id", "")
        assert claims.claim(Claim("b", "f:4", b"text")) == ("twin", "a")
        assert claims.claim(Claim("c", "f:5", None)) == ("read", "")

    def test_nothing_is_begun_after_the_end(self) -> None:
        coordinator = Coordinator(4, clock=lambda: 0.0)
        assert coordinator.begin(b"1") == (True, True)
        assert coordinator.begin(b"1") == (True, True)
        coordinator.stop()
        assert coordinator.begin(b"1") == (False, True)
        assert coordinator.begin(b"2") == (False, False)
        assert coordinator.begun() == 1
        assert coordinator.renew("a", True).stopped
        assert coordinator.renew("a", True).left is None

    def test_what_is_under_way_at_a_stop_has_so_much_time(self) -> None:
        now = 5.0
        coordinator = Coordinator(4, clock=lambda: now)
        coordinator.stop(8.0)
        coordinator.stop()  # as of an error that every article meets
        now = 7.0
        assert coordinator.renew("a", True).left == 6.0
        now = 20.0
        assert coordinator.renew("a", True).left == 0.0


class TestFiles:
    def test_a_folder_without_texts_stands_for_its_tables(self, tmp_path: Path) -> None:
        (tmp_path / "deep").mkdir()
        (tmp_path / "deep" / "a.jsonl").write_text("{}\n")
        (tmp_path / "b.csv").write_text("text\n")
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "part-00001.jsonl").write_text("{}\n")
        found = {file.id: file.source for file in cluster_files([str(tmp_path)], [tmp_path / "out"])}
        assert found == {"b": str(tmp_path / "b.csv"), "deep/a": str(tmp_path / "deep" / "a.jsonl")}
        (tmp_path / "deep" / "c.txt").write_text("text")
        assert [file.id for file in cluster_files([str(tmp_path)])] == ["deep/c"]
        os.mkfifo(tmp_path / "pipe.txt")
        with pytest.raises(ConfigurationError, match=r"pipe\.txt is a named pipe, not a file"):
            cluster_files([str(tmp_path)])

    def test_a_url_gives_the_ids_that_the_path_gives(self, tmp_path: Path) -> None:
        (tmp_path / "deep").mkdir()
        for name in ("deep/a.txt", "b.txt", "_hidden.txt", "table.csv"):
            (tmp_path / name).write_text("text")
        ids = ["b", "deep/a"]
        assert sorted(file.id for file in cluster_files([f"file://{tmp_path}"])) == ids
        (one,) = cluster_files([f"file://{tmp_path}/deep/a.txt"])
        assert (one.id, one.source) == ("a", f"file://{tmp_path}/deep/a.txt")

    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("-", "standard input cannot be read by a cluster"),
            ("{folder}/a.zip", "is an archive"),
            ("file://{folder}/none", "there is no article at file://"),
            ("nostore://bucket/a", "cannot read nostore://"),
            ("file://{folder}/empty", "there is no article at file://"),
        ],
    )
    def test_what_a_cluster_cannot_read_is_said_first(self, tmp_path: Path, path: str, reason: str) -> None:
        (tmp_path / "a.zip").write_bytes(b"")
        (tmp_path / "empty").mkdir()
        with pytest.raises(ConfigurationError, match=reason) as caught:
            cluster_files([path.format(folder=tmp_path)])
        assert caught.value.hint


class TestBatches:
    def test_every_format_of_a_batch_gives_the_same_articles(self) -> None:
        import numpy
        import pandas
        import pyarrow

        columns = {"url": ["u1", "u2"], "published": ["2024-03-12", None], "content": ["one", "two"], "more": [1, 2]}
        days = [date(2024, 3, 12), None]
        arrays = {name: numpy.array(values, dtype=object) for name, values in columns.items()}
        for batch in (arrays, pyarrow.table(columns), pandas.DataFrame(columns)):
            items = [item for item in found_in(batch, Fields()) if isinstance(item, SourceItem)]
            assert [(item.id, item.content) for item in items] == [("u1", "one"), ("u2", "two")]
            assert [item.published for item in items] == days

    def test_a_row_without_an_id_is_called_by_what_is_in_it(self) -> None:
        import pyarrow

        table = pyarrow.table({"text": ["one", "two", "", "one"]})
        first, second, empty, again = found_in(table, Fields())
        assert first.id == again.id != second.id
        assert isinstance(empty, Complaint)
        assert empty.id


class TestCommand:
    @pytest.mark.parametrize(
        "option",
        ["--limit=1", "--max-cost=1", "--max-tokens=1", "--estimate", "--sample=1", "--retry-failed", "--show-visits"],
    )
    def test_options_of_one_machine_are_refused(self, tmp_path: Path, option: str) -> None:
        done = command(tmp_path, "in.jsonl", "--out=out", "--cluster=local", option)
        assert done.returncode == 2
        assert f"{option.partition('=')[0]} does not go with --cluster" in done.stderr

    def test_workers_are_those_of_a_cluster(self, tmp_path: Path) -> None:
        done = command(tmp_path, "in.jsonl", "--out=out", "--workers=2")
        assert done.returncode == 2
        assert "--workers goes with --cluster" in done.stderr

    def test_without_ray_the_extra_is_named(self, tmp_path: Path) -> None:
        write_corpus(tmp_path / "in.jsonl", 1)
        done = command(tmp_path, "in.jsonl", "--out=out", "--cluster=local", "--model=offline", without="ray")
        assert done.returncode == 2
        assert "pip install 'summarise[ray]'" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "out").exists()


def command(folder: Path, *arguments: str, without: str = "nothing") -> subprocess.CompletedProcess[str]:
    program = f"import sys; sys.modules[{without!r}] = None; from summarise.__main__ import program; program()"
    return subprocess.run(
        [sys.executable, "-c", program, "corpus", *arguments],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(HERE)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
