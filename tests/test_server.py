"""The server that other tests and the benchmarks rest on: what each fault looks like from outside, and its counts."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.article import read_article
from summarise.judge import judge
from summarise.prompt import load_prompt
from summarise.schema import contract
from tests.corpus_server import answer, article
from tests.server import FAULTS, MIX, Fault, Faults, Request, Server, as_json
from tests.server.faults import HARMLESS, SPOILT, spoilt

QUESTION = load_prompt(contract()).article_message(read_article(article()))
BODY = {"messages": [{"role": "system", "content": "Read."}, {"role": "user", "content": QUESTION}]}
GOOD = answer(QUESTION)[1]


def always(fault: Fault) -> Server:
    return Server(answer, faults=Faults({fault: 1.0}), drip=0.0001)


@pytest.fixture
def client() -> Iterator[httpx2.Client]:
    with httpx2.Client(timeout=10) as made:
        yield made


def ask(client: httpx2.Client, url: str) -> httpx2.Response:
    return client.post(f"{url}/chat/completions", json=BODY)


def message(response: httpx2.Response) -> dict[str, Any]:
    found = response.json()["choices"][0]
    return {**found["message"], "finish_reason": found["finish_reason"]}


class TestReplies:
    def test_a_faultless_reply_and_its_counts(self, client: httpx2.Client) -> None:
        server = Server(answer)
        with server.running() as url:
            first, second = ask(client, url), ask(client, url)
            seen = client.get(f"{url}/seen").json()
        assert message(first)["content"] == GOOD
        assert [reply.headers["x-request-id"] for reply in (first, second)] == ["1-1-good", "1-2-good"]
        assert (seen["requests"], seen["good"], seen["most_at_once"], seen["under_way"]) == (2, 2, 1, 0)
        assert server.seen.plain()["articles"]["1"] == {"requests": 2, "good": 2, "faults": {}}

    def test_the_spread_of_latency_is_seeded(self) -> None:
        server = Server(answer, latency=0.001, sigma=0.5)
        request = Request("POST", "/v1/chat/completions", "", {}, json.dumps(BODY).encode())
        delays = [server.chat(request).delay for _ in range(3)]
        assert len(set(delays)) == 3
        assert delays[0] == Server(answer, latency=0.001, sigma=0.5).chat(request).delay

    def test_another_route_can_be_mounted_and_what_is_not_there_is_a_404(self, client: httpx2.Client) -> None:
        server = Server(answer)
        server.mount("GET", r"/v1/files/[^/]+", lambda request: as_json({"id": request.path.rpartition("/")[2]}))
        with server.running() as url:
            assert client.get(f"{url}/files/f-1?after=2").json() == {"id": "f-1"}
            assert client.post(f"{url}/files/f-1").status_code == 404


class TestFaults:
    @pytest.mark.parametrize(
        ("fault", "status"), [("limited", 429), ("limited_silent", 429), ("500", 500), ("503", 503)]
    )
    def test_a_refusal_has_its_status(self, client: httpx2.Client, fault: Fault, status: int) -> None:
        with always(fault).running() as url:
            response = ask(client, url)
        assert response.status_code == status
        assert ("retry-after" in response.headers) == (fault == "limited")
        assert response.json()["error"]["message"]

    @pytest.mark.parametrize("fault", ["reset", "cut"])
    def test_a_connection_is_reset(self, client: httpx2.Client, fault: Fault) -> None:
        server = always(fault)
        with server.running() as url, pytest.raises(httpx2.NetworkError, match=r"104|reset"):
            ask(client, url)
        assert (server.seen.good, server.seen.abandoned) == (0, 1)

    @pytest.mark.parametrize("fault", ["reset_after", "closed_after"])
    def test_a_connection_ends_after_a_good_reply(self, client: httpx2.Client, fault: Fault) -> None:
        server = always(fault)
        with server.running() as url:
            assert message(ask(client, url))["content"] == GOOD
        assert (server.seen.good, server.seen.abandoned) == (1, 0)

    def test_a_hang_lasts_until_the_client_gives_up(self, client: httpx2.Client) -> None:
        server = always("hang")
        with server.running() as url:
            with pytest.raises(httpx2.ReadTimeout):
                client.post(f"{url}/chat/completions", json=BODY, timeout=0.05)
            while server.seen.under_way:  # until the server has noticed
                client.get(f"{url}/seen")
        assert (server.seen.good, server.seen.abandoned) == (0, 1)

    @pytest.mark.parametrize("fault", ["drip", "content_type"])
    def test_a_good_reply_comes_in_an_odd_way(self, client: httpx2.Client, fault: Fault) -> None:
        with always(fault).running() as url:
            response = ask(client, url)
        assert message(response)["content"] == GOOD
        assert response.headers["content-type"].startswith("text/html") == (fault == "content_type")

    @pytest.mark.parametrize(
        ("fault", "finish"),
        [("truncated", "length"), ("filter", "content_filter"), ("refusal", "stop"), ("empty", "stop")],
    )
    def test_a_completion_that_is_none(self, client: httpx2.Client, fault: Fault, finish: str) -> None:
        with always(fault).running() as url:
            found = message(ask(client, url))
        assert found["finish_reason"] == finish
        assert found["content"] != GOOD
        assert bool(found.get("refusal")) == (fault == "refusal")

    def test_a_web_page(self, client: httpx2.Client) -> None:
        with always("page").running() as url:
            assert ask(client, url).text.startswith("<html>")

    @given(seed=st.integers(0, 10**6))
    def test_no_spoilt_reply_passes_the_judge(self, seed: int) -> None:
        made, contract_ = read_article(article()), contract()
        assert judge(GOOD, made, contract_).accepted
        for fault in ("malformed", "schema", "truncated"):
            bad = spoilt(fault, GOOD, random.Random(seed))
            assert bad is not None
            assert not judge(bad, made, contract_).accepted, bad


class TestDraws:
    def test_they_depend_on_seed_article_and_attempt_alone(self) -> None:
        faults = Faults(MIX, seed=3)
        first = [faults.draw(name, attempt)[0] for name in "abc" for attempt in range(50)]
        assert first == [faults.draw(name, attempt)[0] for name in "abc" for attempt in range(50)]
        assert first != [Faults(MIX, seed=4).draw(name, attempt)[0] for name in "abc" for attempt in range(50)]

    def test_each_comes_as_often_as_it_should(self) -> None:
        faults, number = Faults(MIX, seed=1), 20_000
        drawn = Counter(faults.draw(str(article), 1)[0] for article in range(number))
        for fault, rate in MIX.items():
            assert abs(drawn[fault] - rate * number) < 5 * (rate * number) ** 0.5
        assert abs(drawn[None] / number - 0.73) < 0.02

    def test_the_next_attempt_knows_nothing_of_the_last(self) -> None:
        faults, number = Faults(MIX, seed=1), 20_000
        after_fault = [faults.draw(str(each), 2)[0] for each in range(number) if faults.draw(str(each), 1)[0]]
        assert abs(sum(found is None for found in after_fault) / len(after_fault) - 0.73) < 0.03

    def test_spoilt_replies_vary_unless_they_shall_not(self) -> None:
        for same in (False, True):
            faults = Faults({"malformed": 1.0}, same=same)
            contents = {spoilt("malformed", GOOD, faults.draw("a", attempt)[1]) for attempt in range(20)}
            assert (len(contents) == 1) == same


def test_the_program_serves_what_it_is_told_and_counts(tmp_path: Path, client: httpx2.Client) -> None:
    replies = tmp_path / "replies.json"
    replies.write_text(json.dumps({article().partition("\n")[0]: GOOD}))
    command = [sys.executable, "-m", "tests.server", str(replies), "--mix", "--fault=limited=0", "--seed=2"]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        status = ask(client, url).status_code
        seen = json.loads(process.communicate("")[0])
    assert seen["requests"] == 1
    assert (seen["good"] == 1) == (status == 200 and not seen["faults"])


def test_every_fault_is_of_one_kind() -> None:
    assert SPOILT.isdisjoint(HARMLESS)
    assert set(FAULTS) > SPOILT | HARMLESS
    assert set(MIX) < set(FAULTS)
