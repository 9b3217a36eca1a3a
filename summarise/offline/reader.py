"""One article read by rules and judged like a model's reply: the offline twin of a conversation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from summarise.article import Article
from summarise.errors import BadReply, ConfigurationError
from summarise.judge import judge_value
from summarise.judge.fields import field_plans
from summarise.judge.index import ArticleIndex
from summarise.offline.extractor import extract
from summarise.offline.version import OFFLINE_VERSION
from summarise.provenance import provenance_of
from summarise.records import ArticleSummary, Record, Usage
from summarise.schema import ReplyContract, contract, validate
from summarise.settings import OFFLINE

NO_PROMPT = "none"
"""The `prompt_id` of what was read without asking anyone."""


def reads_language(article: Article) -> bool:
    """Whether the rules know the article's language: English, or too little text to tell."""
    return article.language in (None, "en")


def check_fields(wanted: ReplyContract) -> None:
    """Raises `ConfigurationError`, naming the field, for a summary class with a field that rules can never fill in.

    Records of types of one's own come out as an empty list; every other field of one's own needs a default.
    """
    faults = validate(_blank(wanted), wanted).faults
    if faults:
        field, problem = faults[0].path, faults[0].message
        without = "has no default" if problem == "is missing" else f"cannot be left empty: {problem}"
        raise _unfillable(f"{wanted.summary.__name__}.{field}", without)
    for name, model in _filled_records(wanted).items():
        known = _own().record_types[name].model_fields
        for plan in field_plans(model):
            if plan.required and not plan.derived and plan.name not in known:
                raise _unfillable(f"{model.__name__}.{plan.name}", "has no default")


def _unfillable(field: str, problem: str) -> ConfigurationError:
    return ConfigurationError(
        f"the offline extractor cannot fill in {field}, which {problem}",
        hint="Give the field a default, or read with a model, which can be asked for it.",
    )


def read_offline(article: Article, wanted: ReplyContract) -> ArticleSummary:
    """The summary of one article, read by rules and judged as a model's reply would be. Asks nobody, costs nothing.

    An article in another language than English comes out empty, with a warning in its provenance. Raises `BadReply`
    if a rule of the user's own summary class does not take what was read.
    """
    index = ArticleIndex(article)
    value, warnings = _blank(wanted), []
    if reads_language(article):
        value.update(_taken(extract(index), wanted))
    else:
        warnings.append(
            f"the article is in another language than English ({article.language}), which the offline extractor "
            "does not read: nothing was looked for; read it with a model"
        )
    verdict = judge_value(value, index, wanted)
    if verdict.summary is None:
        raise BadReply(
            f"{wanted.summary.__name__} does not take what the rules read: {'; '.join(map(str, verdict.faults[:3]))}",
            hint="Loosen that rule of the class, or read this article with a model.",
        )
    provenance = provenance_of(
        article,
        engine="offline",
        model=OFFLINE,
        answered_by=OFFLINE_VERSION,
        prompt_id=NO_PROMPT,
        schema_id=wanted.schema_id,
        usage=Usage(cost=0.0),
        warnings=warnings,
    )
    return verdict.summary.model_copy(update={"provenance": provenance})


def _blank(wanted: ReplyContract) -> dict[str, Any]:
    """A reply about an article in which nothing was found."""
    blank: dict[str, Any] = {name: [] for name in wanted.record_types}
    return {**blank, "summary": ""} if "summary" in wanted.form.by_name else blank


def _own() -> ReplyContract:
    return contract(ArticleSummary)


@cache
def _filled_records(wanted: ReplyContract) -> dict[str, type[Record]]:
    """The record class of each list that the rules fill; a list of something else stays empty."""
    types = wanted.record_types
    return {
        name: types[name] for name, model in _own().record_types.items() if issubclass(types.get(name, Record), model)
    }


def _taken(read: Mapping[str, Any], wanted: ReplyContract) -> Iterator[tuple[str, Any]]:
    """What the summary class takes of what was read: it may derive a field that the rules fill, or hold others."""
    records = _filled_records(wanted)
    for name, given in read.items():
        if name not in wanted.form.by_name:
            continue
        if name not in _own().record_types:
            yield name, given
        elif name in records:
            told = {plan.name for plan in field_plans(records[name]) if not plan.derived}
            yield name, [{key: item[key] for key in item if key in told} for item in given]
