"""One request and one result of a batch, as they stand in its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from summarise import errors
from summarise.model import ladder
from summarise.model.batches import URL
from summarise.model.retry import Failure, Refusal, classify, no_completion, status_within

if TYPE_CHECKING:
    from summarise.exchange import FormatRefused, Reply, Request, Rung
    from summarise.model.ladder import Endpoint, LimitName
    from summarise.settings import Settings


def request_line(custom_id: str, request: Request, settings: Settings, limit: LimitName) -> bytes:
    """The line that asks for a request."""
    head = json.dumps({"custom_id": custom_id, "method": "POST", "url": URL})
    return b"".join((head[:-1].encode(), b', "body": ', ladder.request_content(request, settings, limit), b"}\n"))


def result_of(line: bytes) -> Mapping[str, Any] | None:
    """The result in a line of a batch's files; None for a line that is none."""
    try:
        result = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return result if isinstance(result, dict) and isinstance(result.get("custom_id"), str) else None


def was_made(result: Mapping[str, Any]) -> bool:
    """Whether the request was made at all before the batch expired or was cancelled."""
    error = result.get("error")
    return not (isinstance(error, dict) and error.get("code") in ("batch_expired", "batch_cancelled"))


def read_result(
    result: Mapping[str, Any], batch: str, endpoint: Endpoint, rung: Rung, limit: LimitName
) -> Reply | FormatRefused | Failure:
    """What came of a request that was made on `rung`, with its token limit under the name `limit`."""
    error, response = result.get("error"), result.get("response")
    if isinstance(error, dict):
        return _refused(Refusal(status_within(error), {}, {"error": error}), batch, endpoint, rung, limit)
    told = response if isinstance(response, dict) else {}
    status, body = told.get("status_code"), told.get("body")
    request_id = endpoint.clean(str(told["request_id"])) if told.get("request_id") else None
    headers = {} if request_id is None else {"x-request-id": request_id}
    if isinstance(status, int) and status >= 400:
        return _refused(Refusal(status, headers, body), batch, endpoint, rung, limit)
    if (reply := ladder.read_reply(body, request_id)) is not None:
        return endpoint.hide_in(replace(reply, batch=batch))
    if isinstance(body, dict) and body.get("error"):
        return _refused(Refusal(status_within(body["error"]), headers, body), batch, endpoint, rung, limit)
    return no_completion(status if isinstance(status, int) else 200, b"", body, request_id, endpoint)


def unanswered(batch: str, why: str) -> Failure:
    """The failure of a request that a batch did not get to."""
    return Failure(errors.BatchUnanswered, f"{batch} did not get to it: {why}", "later")


def _refused(refusal: Refusal, batch: str, endpoint: Endpoint, rung: Rung, limit: LimitName) -> FormatRefused | Failure:
    found = classify(refusal, endpoint, rung, limit)
    return found if isinstance(found, Failure) else replace(found, batch=batch)
