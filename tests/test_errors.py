"""The errors: the tree that the docstring draws, what a class says to do, and that errors travel."""

from __future__ import annotations

import pickle
import re

import pytest

from summarise import errors
from summarise.errors import SummariseError
from summarise.records import Attempt

CLASSES = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, SummariseError)]


def _drawn() -> dict[str, str]:
    """Class -> parent, as the module docstring draws them."""
    parents: dict[str, str] = {}
    above: list[tuple[int, str]] = [(-1, "Exception")]
    tree = str(errors.__doc__).split("\n\n")[1]
    for line in tree.splitlines():
        match = re.match(r"(?P<lead>[ │├└─]*)(?P<name>\w+)", line)
        assert match is not None, line
        depth = len(match["lead"])
        while above[-1][0] >= depth:
            above.pop()
        parents[match["name"]] = above[-1][1]
        above.append((depth, match["name"]))
    return parents


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    assert _drawn() == {kind.__name__: kind.__bases__[0].__name__ for kind in CLASSES}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_says_when_it_is_raised(kind: type[SummariseError]) -> None:
    assert kind.__doc__


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if not kind.__subclasses__()])
def test_an_error_says_what_to_do(kind: type[SummariseError]) -> None:
    error = kind("it went wrong", hint="Do this.")
    assert (str(error), error.kind, error.hint) == ("it went wrong", kind.__name__, "Do this.")
    assert kind("it went wrong").hint == kind.default_hint
    if issubclass(kind, errors.ModelError | errors.ArticleError) and kind is not errors.ServerFailed:
        assert kind.default_hint


def test_only_transient_errors_are_worth_another_try() -> None:
    assert {kind for kind in CLASSES if kind.retryable} == {
        kind for kind in CLASSES if issubclass(kind, errors.TransientModelError)
    }


def test_a_run_stops_for_what_every_article_would_meet_and_for_nothing_else() -> None:
    stops = {kind.__name__ for kind in CLASSES if kind.stops_run}
    assert {"ConfigurationError", "SchemaError", "PromptError", "LedgerError", "AuthenticationFailed"} <= stops
    assert {"QuotaExhausted", "UnknownModel", "PermissionRefused", "RequestRefused"} <= stops
    assert stops.isdisjoint({"BadReply", "RefusedReply", "ContextTooLong", "RateLimited", "EmptyArticle"})


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_survives_the_way_from_another_process(kind: type[SummariseError]) -> None:
    attempt = Attempt(number=1, rung="text", outcome="failed", error=kind.__name__)
    error = kind("it went wrong", hint="Do this.", request_id="req-1", attempts=[attempt])
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert (copy.message, copy.hint, copy.request_id, copy.attempts) == (
        "it went wrong",
        "Do this.",
        "req-1",
        (attempt,),
    )
    assert str(copy) == "it went wrong"


def test_one_except_clause_catches_everything_that_is_raised_on_purpose() -> None:
    assert all(issubclass(kind, SummariseError) for kind in CLASSES)
    assert not issubclass(SummariseError, ValueError)
