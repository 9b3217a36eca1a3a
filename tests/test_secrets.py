"""No key, password or account in anything that is written, raised, logged or kept: every road, every place."""

from __future__ import annotations

import asyncio
import base64
import gc
import io
import logging
import os
import pickle
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import FrameType, TracebackType

import openai
import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from summarise import (
    Settings,
    SummariseError,
    Summariser,
    asummarise_corpus,
    summarise_article,
    summarise_corpus,
    write_report,
)
from summarise.cli import main
from summarise.exchange import Reply
from summarise.model.ladder import endpoint
from tests.batch_server import BatchServer, serving_batches
from tests.secrets_server import MODES, echoing

KEY = "sk-Qz7Wm4Xn9Rt2Vb6Yc3Kd8"
PLAIN_KEY = "0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d"  # of Azure's kind
USER, PASSWORD, QUERY = "someuser99", "p4ssWord-Hidden", "query-key-9xZ7w"
ORGANISATION, PROJECT = "org-Secret4711", "proj_Secret0815"
SECRETS = {
    "key": KEY,
    "its beginning": KEY[:11],
    "plain key": PLAIN_KEY,
    "user": USER,
    "password": PASSWORD,
    "query": QUERY,
    "basic": base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode(),
    "organisation": ORGANISATION,
    "project": PROJECT,
}
TEXT = "NAIROBI, March 12, 2024. President Amina Okello of Kenya will visit Norway on March 19.\n"
ADDRESSES = ("http://{host}/v1", f"http://{{host}}/v1?api-key={QUERY}", f"http://{USER}:{PASSWORD}@{{host}}/v1")


class Eyes:
    """Looks for secrets, and remembers where there was one."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def look(self, where: str, *things: object) -> None:
        for thing in things:
            shown = (
                thing
                if isinstance(thing, str)
                else thing.decode("latin-1")
                if isinstance(thing, bytes)
                else repr(thing)
            )
            self.found += [
                f"{name} in {where}: …{_around(shown, secret)}…" for name, secret in SECRETS.items() if secret in shown
            ]

    def look_at_error(self, where: str, error: BaseException) -> None:
        """The error and everything it is tied to, and what our own frames of its tracebacks hold."""
        tied: list[BaseException | None] = [error]
        for each in tied:
            if each is None:
                continue
            self.look(f"{where}, {type(each).__name__}", str(each), each, vars(each), pickle.dumps(each))
            tied += [other for other in (each.__cause__, each.__context__) if other not in tied]
            self._look_at_frames(where, each.__traceback__)
        self.look(f"{where}, traceback", "".join(traceback.format_exception(error)))

    def _look_at_frames(self, where: str, step: TracebackType | None) -> None:
        while step is not None:
            frame = step.tb_frame
            if f"{os.sep}summarise{os.sep}" in frame.f_code.co_filename:
                for name, value in frame.f_locals.items():
                    self.look(f"{where}, {name} in {frame.f_code.co_name}", value)
            step = step.tb_next

    def look_at_files(self, folder: Path) -> None:
        for path in folder.rglob("*"):
            self.look("a file name", str(path))
            if path.is_file():
                self.look(str(path.relative_to(folder)), path.read_bytes())


def _around(shown: str, secret: str) -> str:
    at = shown.index(secret)
    return shown[max(0, at - 60) : at + len(secret)]


@pytest.fixture
def eyes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Eyes]:
    """Eyes that see every log at every level as well."""
    monkeypatch.setenv("OPENAI_ORG_ID", ORGANISATION)
    monkeypatch.setenv("OPENAI_PROJECT_ID", PROJECT)
    seeing = Eyes()
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(1)
    yield seeing
    root.setLevel(level)
    root.removeHandler(handler)
    for line in written.getvalue().splitlines():
        seeing.look("a log", line)
    assert seeing.found == []


def settings_for(address: str, key: str | None = KEY) -> Settings:
    return Settings(api_key=key, base_url=address, model="m", transient_retries=1, backoff=0, complaints=1)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_an_article_whatever_the_endpoint_says_back(mode: str, asynchronous: bool, eyes: Eyes) -> None:
    with echoing(mode) as (host, seen):
        for address in ADDRESSES:
            for key in (KEY, PLAIN_KEY):
                settings = settings_for(address.format(host=host), key)
                told: list[object] = []
                reader = Summariser(settings=settings, on_attempt=lambda *given, told=told: told.append(given))
                eyes.look("settings", settings, str(settings), reader, vars(reader), reader.fingerprint)

                async def read(reader: Summariser = reader) -> object:
                    async with reader:
                        return await reader.aread(TEXT)

                try:
                    summary = asyncio.run(read()) if asynchronous else reader.read(TEXT)
                    eyes.look(f"the summary ({mode})", summary, summary.model_dump_json(), pickle.dumps(summary))  # type: ignore[attr-defined]
                except SummariseError as error:
                    eyes.look_at_error(f"the error ({mode})", error)
                eyes.look("what a hook was told", told)
                reader.close()
        sent = " ".join(str(headers) for headers in seen)
        assert all(secret in sent for name, secret in SECRETS.items() if name not in ("user", "password")), (
            "it was sent, and said back"
        )


def test_a_key_from_the_environment(eyes: Eyes, monkeypatch: pytest.MonkeyPatch) -> None:
    with echoing("wrong key") as (host, _):
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://{host}/v1?api-key={QUERY}")
        with pytest.raises(SummariseError) as caught:
            summarise_article(TEXT)
        eyes.look_at_error("the error", caught.value)


def test_a_client_of_ones_own(eyes: Eyes) -> None:
    with echoing("bad request") as (host, _):
        own = openai.OpenAI(
            api_key=KEY, base_url=f"http://{host}/v1", default_headers={"X-Team-Key": PASSWORD}, max_retries=0
        )
        with pytest.raises(SummariseError) as caught:
            summarise_article(TEXT, client=own, settings=Settings(model="m", transient_retries=0))
        eyes.look_at_error("the error", caught.value)


@pytest.mark.parametrize(
    ("key", "address"),
    [
        (f"{KEY}\n", "http://127.0.0.1:9/v1"),
        (f"{KEY} ", "http://127.0.0.1:9/v1"),
        (KEY, f"http://{USER}:{PASSWORD}/x@h:1/v1"),
        (KEY, f"ftp://{USER}:{PASSWORD}@h/v1"),
        (KEY, f"http://{USER}:{PASSWORD}@/v1?api-key={QUERY}"),
        (KEY, f"http://{USER}:{PASSWORD}@127.0.0.1:1/v1?api-key={QUERY}"),
    ],
)
def test_settings_with_which_nothing_can_be_asked(key: str, address: str, eyes: Eyes) -> None:
    with pytest.raises(SummariseError) as caught:
        Summariser(settings=settings_for(address, key)).read(TEXT)
    eyes.look_at_error("the error", caught.value)


def test_a_proxy_that_cannot_be_used(eyes: Eyes, monkeypatch: pytest.MonkeyPatch) -> None:
    for proxy in (f"ftp://{USER}:{PASSWORD}@127.0.0.1:1", f"http://{USER}:{PASSWORD}@127.0.0.1:1"):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("http_proxy", proxy)
        with pytest.raises(SummariseError) as caught:
            summarise_article(TEXT, settings=settings_for("http://192.0.2.1/v1"))
        eyes.look_at_error("the error", caught.value)


@pytest.mark.parametrize("mode", ["completion", "wrong key", "broken", "no json", "refusal"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_corpus_its_ledger_and_what_is_made_of_it(mode: str, address: str, eyes: Eyes, tmp_path: Path) -> None:
    articles = tmp_path / "in"
    articles.mkdir()
    for number in range(3):
        (articles / f"{number}.txt").write_text(f"{TEXT}\nNumber {number} of the day.\n")
    ledger = tmp_path / "ledger.jsonl"
    with echoing(mode) as (host, _):
        told: list[object] = []

        async def run() -> None:
            rows = asummarise_corpus(
                articles, out=ledger, settings=settings_for(address.format(host=host)), on_result=told.append
            )
            async for row in rows:
                eyes.look("a row", row, row.model_dump_json())

        try:
            asyncio.run(run())
        except SummariseError as error:
            eyes.look_at_error("the run", error)
        command = ["-v", "corpus", str(articles), "--out", str(tmp_path / "by_command.jsonl"), "--model", "m"]
        environment: Mapping[str, str] = {
            "OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": address.format(host=host), "SUMMARISE_BACKOFF": "0",
            "SUMMARISE_TRANSIENT_RETRIES": "1",
        }  # fmt: skip
        said = CliRunner().invoke(main, command, env=environment)
        eyes.look("what the command says", said.output)
        if said.exception is not None:
            eyes.look("what the command raises", repr(said.exception))
    eyes.look("what a hook was told", told)
    if ledger.exists():
        write_report(ledger, tmp_path / "report.html")
        for name in ("all.csv", "all.xlsx", "all.sqlite", "dossier.md"):
            verb = "dossier" if name.endswith("md") else "export"
            made = CliRunner().invoke(main, [verb, str(ledger), str(tmp_path / name)])
            assert made.exit_code == 0, made.output
    eyes.look_at_files(tmp_path)


def test_spans_hold_none(eyes: Eyes, monkeypatch: pytest.MonkeyPatch) -> None:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    monkeypatch.setattr("opentelemetry.trace.get_tracer", lambda *names: provider.get_tracer("summarise"))
    monkeypatch.setenv("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true")
    for mode in ("completion", "refusal", "wrong key", "format refused", "broken"):
        with echoing(mode) as (host, _):
            for address in ADDRESSES:
                try:
                    summarise_article(TEXT, settings=settings_for(address.format(host=host)))
                except SummariseError as error:
                    eyes.look_at_error(mode, error)
    assert len(spans.get_finished_spans()) > 20
    for span in spans.get_finished_spans():
        eyes.look("a span", span.to_json())


def _read(settings: Settings, folder: Path) -> None:
    with Summariser(settings=settings) as reader:
        reader.read(TEXT)


def _aread(settings: Settings, folder: Path) -> None:
    async def read() -> None:
        async with Summariser(settings=settings) as reader:
            await reader.aread(TEXT)

    asyncio.run(read())


def _corpus(settings: Settings, folder: Path) -> None:
    list(summarise_corpus(_three(folder), out=folder / "ledger.jsonl", settings=settings))


def _acorpus(settings: Settings, folder: Path) -> None:
    async def read() -> None:
        async for _ in asummarise_corpus(_three(folder), out=folder / "ledger.jsonl", settings=settings):
            pass

    asyncio.run(read())


def _three(folder: Path) -> Path:
    (folder / "in").mkdir()
    for number in range(3):
        (folder / "in" / f"{number}.txt").write_text(f"{TEXT}\nNumber {number} of the day.\n")
    return folder / "in"


ROADS: Mapping[str, Callable[[Settings, Path], None]] = {
    "sync": _read, "async": _aread, "corpus": _corpus, "async corpus": _acorpus
}  # fmt: skip


@pytest.mark.parametrize("mode", ["wrong key", "completion"])
@pytest.mark.parametrize("road", ROADS)
def test_no_object_keeps_the_key_when_the_reader_is_gone(road: str, mode: str, eyes: Eyes, tmp_path: Path) -> None:
    """What outlives a call: the settings' SecretStr, and nothing else that we made."""
    secret = "sk-" + "".join(["Aa9", "Kp2"] * 4)  # not a constant of this code
    with echoing(mode) as (host, seen):
        settings = settings_for(f"http://{host}/v1", secret)
        with suppress(SummariseError):
            ROADS[road](settings, tmp_path)
        assert secret in str(seen), "it was sent"
    del seen
    assert _left(secret) == []


def test_no_object_keeps_the_key_when_a_batch_was_sent_and_fetched(
    eyes: Eyes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "sk-" + "".join(["Bb8", "Lq3"] * 4)
    monkeypatch.setenv("OPENAI_API_KEY", secret)
    monkeypatch.setenv("SUMMARISE_MODEL", "m")
    monkeypatch.setenv("SUMMARISE_BACKOFF", "0")
    ledger, articles = str(tmp_path / "ledger.jsonl"), str(_three(tmp_path))
    with serving_batches(BatchServer(lambda question: "I would rather not.")) as provider:
        sent = CliRunner().invoke(main, ["batch", "submit", articles, "--out", ledger, "--base-url", provider.url])
        assert sent.exit_code == 0, sent.output
        fetched = CliRunner().invoke(main, ["batch", "collect", ledger])
        assert fetched.exit_code in (0, 1), fetched.output
    del provider, sent, fetched
    del os.environ["OPENAI_API_KEY"]  # a look at openai's own lazy client would make it, with this key
    assert _left(secret) == []


def test_an_object_that_keeps_the_key_is_found(tmp_path: Path) -> None:
    secret = "sk-" + "".join(["Cc7", "Mr4"] * 4)
    client = openai.OpenAI(api_key=secret)
    kept = [("Authorization", f"Bearer {secret}"), (b"authorization", f"Bearer {secret}".encode())]
    assert len(_holders(secret)) >= 3
    del client, kept
    assert _holders(secret) == []


def _left(secret: str) -> list[str]:
    """What holds the key for good: a thread of the server may be about to end, and to let go."""
    for _ in range(10):
        if not _holders(secret):  # what this gives holds the key itself, and must not be there at the next look
            return []
        time.sleep(0.3)
    return _holders(secret)


def _holders(secret: str) -> list[str]:
    """What holds the key, as text or as bytes: objects of whatever type, but for a SecretStr and this test's own.

    The collector knows no tuple of mere texts, and no dict of such: they are looked into from where they are held.
    """
    gc.collect()
    encoded = secret.encode()
    environment = vars(os.environ)["_data"]  # where a key may have come from
    to_see = gc.get_objects()
    seen: set[int] = set()
    held = []
    while to_see:
        thing = to_see.pop()
        if thing is environment or thing is seen or thing is to_see or _is_ours(thing):
            continue
        for each in gc.get_referents(thing):
            if (isinstance(each, str) and secret in each) or (isinstance(each, bytes) and encoded in each):
                held.append(f"{type(thing)} {str(thing)[:200]}")
            elif isinstance(each, tuple | dict) and not gc.is_tracked(each) and id(each) not in seen:
                seen.add(id(each))
                to_see.append(each)
    return held


def _is_ours(thing: object) -> bool:
    """Whether it is a frame of this test, or a SecretStr, whose attributes may be a dict."""
    if isinstance(thing, FrameType):
        return thing.f_code.co_filename == __file__
    return isinstance(thing, SecretStr) or (type(thing) is dict and "_secret_value" in thing)


@pytest.mark.parametrize(
    "quoted",
    [
        f"{KEY[:8]}*****{KEY[-4:]}",
        f"{KEY[:8]}…",
        f"****{KEY[-4:]}",
        f"...{KEY[-4:]}",
        f"Bearer {KEY}",
        f"{PLAIN_KEY[:8]}...{PLAIN_KEY[-4:]}",
    ],
)
def test_a_part_of_a_key_is_hidden_too(quoted: str) -> None:
    cleaned = endpoint("http://h/v1", "m", KEY, PLAIN_KEY).clean(f"Incorrect API key provided: {quoted}.")
    assert KEY[-4:] not in cleaned
    assert PLAIN_KEY[-4:] not in cleaned
    assert KEY[:8] not in cleaned
    assert PLAIN_KEY[:8] not in cleaned


@pytest.mark.parametrize("key", ["1", "ollama", "EMPTY", "2024", "2024-03-19", "minister"])
def test_a_short_key_does_not_change_what_a_model_says(key: str) -> None:
    said = Reply(content=f'{{"text": "The minister left on 2024-03-19 for {key}, at 1."}}', model=key)
    assert endpoint("http://h/v1", "m", key, accounts=["minister"]).hide_in(said) == said


def test_what_can_only_be_a_key_is_hidden_in_a_reply() -> None:
    hidden = endpoint(f"http://u:{PASSWORD}@h/v1", "m", KEY, accounts=[ORGANISATION]).hide_in(
        Reply(content=f"{KEY} {PASSWORD} {ORGANISATION}", model=KEY)
    )
    assert (hidden.content, hidden.model) == ("[key] [key] [key]", "[key]")
