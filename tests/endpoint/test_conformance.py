"""Whether an endpoint does what this library relies on: what it takes, obeys, limits, refuses and tells.

By default a real llama.cpp server is asked, whose tiny model talks nonsense. What is asserted is the endpoint's part,
which holds for a sensible model and for that one; how good the model is stands apart, as `quality`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from typing import Any

import jsonschema
import pytest

from summarise.article import read_article
from summarise.converse import Conversation
from summarise.errors import BadReply, ContextTooLong, ModelError, RefusedReply, TruncatedReply
from summarise.exchange import FormatRefused, Reply, Request
from summarise.model import ModelClient, ladder
from summarise.model.retry import Failure, request_id_of
from summarise.prompt import load_prompt
from summarise.records import ArticleSummary
from summarise.schema import contract, flatten, validate
from summarise.settings import Settings
from tests.endpoint.asking import Answer, chat, post, schema_format, verdict
from tests.endpoint.plugin import Endpoint

TEXT = "SEOUL, Oct. 18, 2023 -- Foreign Minister Park Jin will visit Japan on Friday, the ministry said."
NO_VISIT = "Rain fell over the valley all week, and the river rose by a hand. The bridge stayed open."
TOLD = ("x-ratelimit", "retry-after", "x-request-id", "request-id", "apim-request-id", "openai-", "server")
LISTED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "enum": ["visit", "meeting"]},
        "days": {"type": "array", "items": {"type": "integer"}},
        "place": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    },
    "required": ["kind", "days", "place"],
    "additionalProperties": False,
}
SEEDS = range(4)
_WORD = "river "

Tell = Callable[[str, object], None]


def settings(endpoint: Endpoint, **more: Any) -> Settings:
    key = endpoint.key or None
    given = {"max_output_tokens": 2048, "complaints": 0, "transient_retries": 2, "timeout": 300, **more}
    return Settings(model=endpoint.model, base_url=endpoint.base_url, api_key=key, second_opinion=False, **given)


def conversation(endpoint: Endpoint, told: Settings, text: str = TEXT) -> Conversation:
    start = ladder.start(endpoint.base_url, endpoint.model)
    return Conversation(read_article(text), load_prompt(contract()), told, start, endpoint.base_url)


def good(answer: Answer) -> Answer:
    assert answer.status == 200, f"a plain question is refused: {answer.shown}"
    reply = ladder.read_reply(answer.body, None)
    assert reply is not None, f"this is no chat completion: {answer.shown}"
    return answer


# ----------------------------------------------------------------------------------------------------- a plain question


def test_it_answers_with_a_chat_completion(endpoint: Endpoint, record_property: Tell) -> None:
    answer = good(chat(endpoint, "Say hello.", 32))
    assert answer.finish in ("stop", "length"), (
        f"finish_reason is {answer.finish!r}, and should say why the reply ended"
    )
    if not answer.usage("prompt_tokens"):
        record_property("tokens", "not told; they are counted here, for want of better")
    else:
        record_property("tokens", "told with each reply")
    told = sorted(name for name in answer.headers if name.startswith(TOLD))
    record_property("headers", ", ".join(told) or "none that this library reads")
    identified = request_id_of(answer.headers, ladder.endpoint(endpoint.base_url, endpoint.model))
    record_property("headers", "a request id for its support" if identified else "no request id")
    limits = sorted(name for name in told if name.startswith("x-ratelimit-limit"))
    record_property("limits told", ", ".join(f"{n}={answer.headers[n]}" for n in limits) or "none: set --rpm and --tpm")


def test_any_letter_of_the_world_goes_there_and_back(endpoint: Endpoint) -> None:
    good(chat(endpoint, "東京 — Åland — Müller — 🕊 — \u202eabc", 16))


def test_a_seed_makes_it_repeatable(endpoint: Endpoint, record_property: Tell) -> None:
    two = [good(chat(endpoint, "Name a town.", 16, seed=7)).content for _ in range(2)]
    record_property("repeatable", "yes, with a seed" if two[0] == two[1] else "no, even with a seed")


# ----------------------------------------------------------------------------------------------------------- the format


def test_the_rung_of_the_ladder(endpoint: Endpoint, record_property: Tell) -> None:
    told = settings(endpoint, complaints=2)
    with ModelClient(told) as client:
        try:
            summary = client.run(conversation(endpoint, told))
            quality = f"an article was read: {len(summary.visits)} visits, {len(summary.rejected)} records refused"
        except (BadReply, TruncatedReply, RefusedReply) as error:
            quality = f"an article was not read: {error.kind}, {error.message[:150]}"
        except ModelError as error:
            pytest.fail(f"no article can be read here: {error.kind}: {error.message}. {error.hint}", pytrace=False)
        url = client.base_url
    record_property("rung", ladder.start(url, endpoint.model))
    record_property("limit of a reply", ladder.limit_name(url, endpoint.model))
    record_property("quality", quality)


@pytest.mark.parametrize("name", ["small", "reply"])
def test_a_strict_schema_is_obeyed(name: str, endpoint: Endpoint, record_property: Tell) -> None:
    schema = LISTED if name == "small" else contract().wire_schema
    whole = 0
    for seed in SEEDS:
        question = f"Answer in JSON about this article. {TEXT}"
        answer = chat(endpoint, question, 1500, response_format=schema_format(schema), seed=seed)
        if answer.status >= 400:
            refused = verdict(endpoint, answer, "json_schema")
            assert isinstance(refused, FormatRefused), f"not understood as a refusal of json_schema: {answer.shown}"
            record_property("rung", f"json_schema is refused ({refused.message[:120]}): a lower rung is used")
            pytest.skip("json_schema is refused, and understood as that")
        if good(answer).finish == "stop":
            whole += 1
            _check_obeyed(answer, schema, strictly=name == "reply")
    assert whole, f"none of {len(SEEDS)} replies ended within 1,500 tokens"


def _check_obeyed(answer: Answer, schema: dict[str, Any], *, strictly: bool) -> None:
    taken = "the endpoint takes response_format json_schema and does not obey it, so replies will cost complaints"
    try:
        value = json.loads(answer.content)
        jsonschema.validate(value, schema, jsonschema.Draft202012Validator)
    except (ValueError, jsonschema.ValidationError) as problem:
        reason = str(problem).partition("\n")[0]
        pytest.fail(f"{taken}: {reason}; the reply was {answer.content[:200]!r}", pytrace=False)
    if strictly:  # as this library reads it: bounds, such as evidence for each record, are the judge's matter
        flattened = flatten(value, contract())
        shape = ("is missing", "is no known key")
        faults = [fault for fault in validate(flattened.value, contract()).faults if fault.message.startswith(shape)]
        if flattened.faults or faults:
            pytest.fail(f"{taken}: {[*flattened.faults, *faults][0]}", pytrace=False)


def test_json_object_gives_an_object(endpoint: Endpoint) -> None:
    answer = chat(
        endpoint, "Answer with a JSON object that names a town.", 1000, response_format={"type": "json_object"}
    )
    if answer.status >= 400:
        assert isinstance(verdict(endpoint, answer, "json_object"), FormatRefused), answer.shown
        pytest.skip("json_object is refused, and understood as that")
    if good(answer).finish == "stop":
        try:
            assert isinstance(json.loads(answer.content), dict)
        except ValueError:
            pytest.fail(f"json_object gave {answer.content[:200]!r}, which is none", pytrace=False)


# ----------------------------------------------------------------------------------------------------------- its limits


def test_the_limit_of_a_reply_is_kept_and_told(endpoint: Endpoint, record_property: Tell) -> None:
    answer = good(chat(endpoint, "Count from one to a thousand, in words.", 24))
    used = answer.usage("completion_tokens")
    assert used <= 24, f"a reply of {used} tokens where 24 were allowed: the limit is not kept"
    assert answer.finish == "length", f"a reply was cut off, and finish_reason is {answer.finish!r} instead of 'length'"


def test_a_reply_that_is_cut_off_is_asked_for_once_more_and_then_given_up(endpoint: Endpoint) -> None:
    told = settings(endpoint, max_output_tokens=16)
    talk = conversation(endpoint, told)
    with ModelClient(told) as client, pytest.raises(ModelError) as caught:
        client.run(talk)
    if not isinstance(caught.value, TruncatedReply):
        pytest.fail(f"a reply of 16 tokens should be told as cut off, and was {caught.value.message}", pytrace=False)
    assert [attempt.outcome for attempt in talk.attempts if attempt.outcome != "failed"] == ["truncated", "truncated"]


def test_what_is_longer_than_the_context_is_refused(endpoint: Endpoint, record_property: Tell) -> None:
    context = endpoint.context or ladder.context(endpoint.base_url, endpoint.model, None)
    if context is None:
        record_property("context", "not known: give --endpoint-context N")
        pytest.skip("the context is not known: give --endpoint-context N")
    words = int(context * 1.3) // (1 if endpoint.served is None else len(_WORD))  # the tiny model's tokens are bytes
    answer = chat(endpoint, _WORD * words, 16)
    if answer.status == 200:
        read = answer.usage("prompt_tokens")
        pytest.fail(
            f"a question of more than {context:,} tokens was answered, with {read:,} tokens read: the endpoint cuts "
            "off what is too long and does not say so. Give its context to the library (--context), or raise it there "
            "(Ollama: OLLAMA_CONTEXT_LENGTH)",
            pytrace=False,
        )
    meant = verdict(endpoint, answer)
    assert isinstance(meant, Failure), answer.shown
    assert meant.error is ContextTooLong, f"not understood as too long: {answer.shown}"
    stated = f"stated as {meant.context:,} tokens" if meant.context else "not stated: windows are found by trying"
    record_property("context", f"more is refused; {stated}")


# ----------------------------------------------------------------------------------------------------------- its errors


def test_a_request_that_is_none_is_refused_in_words(endpoint: Endpoint, record_property: Tell) -> None:
    answer = post(endpoint, {"model": endpoint.model, "messages": "none"})
    assert answer.status >= 400, f"a request without messages was answered: {answer.shown}"
    meant = verdict(endpoint, answer)
    assert isinstance(meant, Failure)
    shape = "JSON with a message" if isinstance(answer.body, dict) else "text"
    record_property("errors", f"{shape}, {answer.status} for a bad request ({meant.error.__name__})")
    if answer.status >= 500:
        record_property("errors", "a bad request gives a 5xx, so it is tried again in vain")


def test_another_path_is_not_found(endpoint: Endpoint) -> None:
    answer = post(endpoint, {}, path="/chat/nothing")
    assert answer.status in (400, 401, 403, 404, 405), f"a path that is not there gives {answer.shown}"


def test_another_model_is_refused_or_any_name_will_do(endpoint: Endpoint, record_property: Tell) -> None:
    body = {"model": "no-such-model-here", "messages": [{"role": "user", "content": "Hi."}], "max_tokens": 16}
    answer = post(endpoint, body)
    if answer.status == 200:
        record_property("errors", "any model name is taken")
        return
    meant = verdict(endpoint, answer)
    assert isinstance(meant, Failure)
    assert meant.next_try == "never", f"an unknown model would be tried again and again: {answer.shown}"
    record_property("errors", f"{answer.status} for an unknown model ({meant.error.__name__})")


def test_another_key_is_refused_or_none_is_wanted(endpoint: Endpoint, record_property: Tell) -> None:
    question = {"model": endpoint.model, "messages": [{"role": "user", "content": "Hi."}], "max_tokens": 16}
    answer = post(endpoint, question, key="sk-wrong")
    if answer.status == 200:
        record_property("key", "none is wanted")
        return
    assert answer.status in (401, 403), f"a wrong key gives {answer.shown}"
    record_property("key", f"a wrong one gives {answer.status}")


# -------------------------------------------------------------------------------------------------------- and the judge


def test_no_record_stands_that_the_article_does_not_carry(endpoint: Endpoint, record_property: Tell) -> None:
    """The schema demands a visit, and the article tells of none: whatever is made up must not pass."""
    made_up = 0
    for seed in SEEDS:
        talk = conversation(endpoint, settings(endpoint, complaints=0), NO_VISIT)
        steps = talk.steps()
        request = next(steps)
        schema = json.loads(json.dumps(request.schema))
        schema["properties"]["visits"]["minItems"] = 1
        body = {"model": endpoint.model, "messages": [*map(dict, request.messages)], "seed": seed}
        answer = post(endpoint, {**body, "max_completion_tokens": 1500, "response_format": schema_format(schema)})
        if answer.status != 200 or answer.finish != "stop":
            continue
        try:
            reply = json.loads(answer.content)
        except ValueError:
            continue
        made_up += len(reply["visits"]) if isinstance(reply, dict) and isinstance(reply.get("visits"), list) else 0
        summary = _judged(steps, Reply(answer.content, "stop"))
        if summary is not None:
            assert summary.visits == [], f"a visit stands that the article does not tell of: {summary.visits}"
    record_property("quality", f"of {made_up} visits that were made up on demand 0 stood")
    if endpoint.served is not None:
        assert made_up, "the tiny model should have made some up"


def _judged(steps: Generator[Request, Reply | FormatRefused, ArticleSummary], reply: Reply) -> ArticleSummary | None:
    """What the judge makes of the reply; None if it lets nothing of it stand."""
    try:
        steps.send(reply)
    except StopIteration as end:
        found: ArticleSummary = end.value
        return found
    except BadReply:
        return None
    raise AssertionError("it asks again, and should not")
