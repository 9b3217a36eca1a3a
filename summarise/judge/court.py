"""The whole judgement of one reply: parse, validate, build, check, settle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, JsonValue, ValidationError

from summarise.article import Article
from summarise.judge.build import Draft, RecordBuilder
from summarise.judge.cast import Cast
from summarise.judge.fields import FieldKind, default_lists, plans_of
from summarise.judge.index import ArticleIndex
from summarise.judge.links import derived_ids, link, merge_repeats, number_legs
from summarise.judge.officials import build_officials
from summarise.judge.parse import parse
from summarise.judge.travel import TravelJudge, twice
from summarise.judge.verdict import Fault, Verdict
from summarise.judge.wording import MAX_SUMMARY_WORDS, Wording, count_words
from summarise.records import (
    ArticleSummary,
    Concern,
    DateSpan,
    Invitation,
    Official,
    Party,
    Record,
    Rejection,
    Visit,
)
from summarise.schema import ReplyContract, flatten, validate

_RECORD_PATH = re.compile(r"^(\w+)\[(\d+)\]")
_FREE_TEXT = ("purpose", "occasion", "caveat")


def judge(content: str, article: Article, contract: ReplyContract) -> Verdict:
    """Judges the text of a reply against the article it is about.

    Never raises: whatever the text, the verdict has faults or a summary, or both. What its summary holds stands in the
    article: every piece of evidence is a slice of the text.
    """
    parsed = parse(content)
    if parsed.fault is not None:
        fault = Fault("the reply", "json", parsed.fault, "Answer with one JSON object and nothing else")
        return Verdict(None, (fault,), parsed.repairs, None)
    flat = flatten(parsed.value, contract)
    verdict = judge_value(flat.value, ArticleIndex(article), contract)
    mixed_up = [_from_schema(fault.path, fault.message, fault.allowed) for fault in flat.faults]
    repairs = (*parsed.repairs, *flat.repairs)
    return Verdict(parsed.value, (*mixed_up, *verdict.faults), repairs, verdict.summary)


def judge_value(value: JsonValue, index: ArticleIndex, contract: ReplyContract) -> Verdict:
    """Judges a reply that is a value already, without `more` lists, against the article of `index`. As `judge` does."""
    valid, misfits = _valid_part(value, contract)
    faults = [fault for found in misfits.values() for fault in found]
    if valid is None:
        return Verdict(value, tuple(faults), (), None)
    trial = _Trial(index, contract, valid)
    trial.hear(misfits, value)
    summary = trial.summary()  # may add a fault: before the faults are counted
    return Verdict(value, (*faults, *trial.faults), (), summary)


def _from_schema(path: str, message: str, allowed: str) -> Fault:
    return Fault(path or "the reply", "schema", message, f"Allowed: {allowed}" if allowed else "")


Place = tuple[str, int]


def _valid_part(
    value: JsonValue, contract: ReplyContract
) -> tuple[dict[str, Any] | None, dict[Place | None, list[Fault]]]:
    """The reply without the records that do not fit the schema, and what is wrong with those.

    The value is None if the reply as a whole does not fit.
    """
    misfits: dict[Place | None, list[Fault]] = {}
    found_faults = validate(value, contract).faults
    if not found_faults:
        assert isinstance(value, dict)
        return dict(value), misfits
    for found in found_faults:
        match = _RECORD_PATH.match(found.path)
        place = (match.group(1), int(match.group(2))) if match and match.group(1) in contract.record_types else None
        misfits.setdefault(place, []).append(_from_schema(found.path, found.message, found.allowed))
    if not isinstance(value, dict) or None in misfits:
        return None, misfits
    kept: dict[str, Any] = dict(value)
    for name in contract.record_types:
        if isinstance(kept.get(name), list):
            # None keeps the numbering of the paths: a complaint names the record as the model wrote it.
            kept[name] = [None if (name, at) in misfits else item for at, item in enumerate(kept[name])]
    without = {
        name: [item for item in items if item is not None] if name in contract.record_types else items
        for name, items in kept.items()
    }
    if validate(without, contract).faults:
        return None, misfits
    return kept, misfits


class _Trial:
    """The hearing of one valid reply."""

    def __init__(self, index: ArticleIndex, contract: ReplyContract, value: dict[str, Any]) -> None:
        self.contract = contract
        self.value = value
        self.index = index
        self.faults: list[Fault] = []
        self.rejected: list[Rejection] = []
        self.records: dict[str, list[Record]] = {name: [] for name in contract.record_types}
        self.concerns: list[Concern] = []
        self.root: dict[str, Any] = {}

    def hear(self, misfits: Mapping[Place | None, list[Fault]], flat: JsonValue) -> None:
        """Builds every record and collects what is wrong."""
        assert isinstance(flat, dict)
        for place, found in misfits.items():
            if place is not None:
                self._reject(place[0], [str(fault) for fault in found], flat[place[0]][place[1]])  # type: ignore[index]
        officials = self._officials()
        wording = Wording(self.index)
        builder = RecordBuilder(self.index, self._cast(officials))
        self._root(builder)
        outlets = [self.root.get("outlet"), *self.root.get("agencies", [])]
        builder.cast.carried_by([outlet for outlet in outlets if outlet])
        travel = TravelJudge(self.index, officials)
        for name, model in self.contract.record_types.items():
            if not issubclass(model, Official):
                self._records(name, model, builder, travel, wording)
        self._connect()
        self._summary_text(wording)
        self._uncertain_years()

    def _officials(self) -> list[Official]:
        officials: list[Official] = []
        for name, model in self.contract.record_types.items():
            if issubclass(model, Official):
                items = self.value.get(name, [])
                builder = RecordBuilder(self.index, Cast(self.index, ()))
                drafts = [
                    builder.build(model, item, f"{name}[{position}]")
                    for position, item in enumerate(items)
                    if item is not None
                ]
                for draft, built in build_officials(drafts, self.index):
                    kept = self._settle(name, draft, built)
                    if isinstance(kept, Official):
                        officials.append(kept)
        return officials

    def _cast(self, officials: list[Official]) -> Cast:
        known = [
            Party(
                name=official.name,
                kind="person",
                title=official.titles[0] if official.titles else None,
                country=official.country,
            )
            for official in officials
        ]
        return Cast(
            self.index,
            known,
            _described("party", self.value, self.contract),
            _described("source", self.value, self.contract),
        )

    def _root(self, builder: RecordBuilder) -> None:
        """The fields of the summary itself, without its records."""
        types = self.contract.record_types
        reply = {name: item for name, item in self.value.items() if name not in types}
        draft = builder.build(self.contract.summary, reply, "")
        self.root = {name: item for name, item in draft.values.items() if name not in types}
        self.faults += draft.faults
        self.concerns += [*map(_concern, draft.faults), *draft.remarks]
        for dropped in draft.dropped:
            self._reject(dropped.path, [str(fault) for fault in dropped.faults], dropped.reply)

    def _records(
        self, name: str, model: type[Record], builder: RecordBuilder, travel: TravelJudge, wording: Wording
    ) -> None:
        drafts = [
            builder.build(model, item, f"{name}[{position}]")
            for position, item in enumerate(self.value.get(name, []))
            if item is not None
        ]
        for draft in drafts:
            if issubclass(model, Visit):
                travel.visit(draft)
            elif issubclass(model, Invitation):
                travel.invitation(draft)
            self._free_text(draft, wording)
        if issubclass(model, Visit):
            twice([draft for draft in drafts if not draft.fatal])
        for draft in drafts:
            self._settle(name, draft, draft.values)

    def _free_text(self, draft: Draft, wording: Wording) -> None:
        """A purpose, an occasion or a caveat may not bring in a name or a number of its own."""
        for name in _FREE_TEXT:
            text = draft.values.get(name)
            if not isinstance(text, str):
                continue
            strange = wording.strangers(text, dates=_dates(draft.values), codes=_codes(draft.values))
            if strange:
                draft.complain(name, "not_in_article", f"{_listed(strange)} not in the article", "Leave it out")
                draft.values[name] = None

    def _settle(self, name: str, draft: Draft, values: dict[str, Any]) -> Record | None:
        """Keeps the record or rejects it; its faults are told either way."""
        record: Record | None = None
        if not draft.fatal:
            model = self.contract.record_types[name]
            defaults = {field: [*given] for field, given in default_lists(model).items() if field not in values}
            try:
                record = model.model_validate({**values, **defaults})
            except ValidationError as problem:  # a rule of the user's own model
                for error in problem.errors(include_url=False, include_input=False, include_context=False):
                    draft.complain(".".join(map(str, error["loc"])), "schema", error["msg"], "", fatal=True)
        self.faults += draft.faults
        if record is None:
            self._reject(name, [str(fault) for fault in draft.faults], draft.reply)
            return None
        self.records[name].append(record)
        self.concerns += [*map(_concern, draft.faults), *draft.remarks]
        return record

    def _reject(self, name: str, reasons: list[str], reply: Any) -> None:
        shown = reply if isinstance(reply, Mapping) else {"value": reply}
        self.rejected.append(Rejection.model_construct(type=name, reasons=reasons, reply=dict(shown)))

    def _connect(self) -> None:
        """Merges what was said twice word for word, numbers legs and records, links visits and invitations."""
        for name, model in self.contract.record_types.items():
            if issubclass(model, Visit):
                self.records[name] = number_legs(merge_repeats(self.records[name]))
        derived_ids(self.records)
        link(self.records)

    def _summary_text(self, wording: Wording) -> None:
        text = self.root.get("summary")
        if not isinstance(text, str):
            return
        strange = wording.strangers(text, dates=self._all_dates(), codes=self._all_codes())
        words = count_words(text)
        problem = None
        if strange:
            problem = Fault(
                "summary",
                "not_in_article",
                f"{_listed(strange)} not in the article",
                "Write it with the article's words",
            )
        elif words > MAX_SUMMARY_WORDS:
            problem = Fault("summary", "too_long", f"{words} words", f"At most {MAX_SUMMARY_WORDS} words")
        if problem is not None:
            self.faults.append(problem)
            self.concerns.append(_concern(problem))
            if strange:
                self.root["summary"] = ""

    def _all_dates(self) -> Iterator[str]:
        for records in self.records.values():
            for record in records:
                yield from _dates(vars(record))
        if self.index.article.published:
            yield self.index.article.published

    def _all_codes(self) -> Iterator[str]:
        for records in self.records.values():
            for record in records:
                yield from _codes(vars(record))

    def _uncertain_years(self) -> None:
        """Dates counted from a reference date that only a weekday gives away: the reader is told, once."""
        possible = self.index.article.possible_published
        if not possible:
            return
        years = {
            span.start[:4]
            for records in self.records.values()
            for record in records
            for span in _spans(vars(record))
            if span.start is not None and span.basis in ("relative", "inferred")
        }
        if years:
            message = (
                f"the article does not state its year; by its weekday it is of {', '.join(possible)}, "
                f"so dates without a written year ({', '.join(sorted(years))}) are only likely"
            )
            self.concerns.append(Concern.model_construct(path="published", kind="year_inferred", message=message))

    def summary(self) -> ArticleSummary | None:
        """What stands of the reply. None if the user's own summary class does not take it."""
        article = self.index.article
        values = {
            **self.root,
            **self.records,
            "headline": article.headline,
            "dateline": article.dateline,
            "published": article.published,
            "published_text": article.published_text,
            "language": article.language,
            "rejected": self.rejected,
            "concerns": self.concerns,
        }
        try:
            return self.contract.summary.model_validate(values)
        except ValidationError as problem:
            for error in problem.errors(include_url=False, include_input=False, include_context=False):
                place = ".".join(map(str, error["loc"])) or "the reply"
                self.faults.append(Fault(place, "schema", error["msg"], ""))
            return None


def _concern(fault: Fault) -> Concern:
    return Concern.model_construct(path=fault.path, kind=fault.rule, message=fault.problem, sentence=fault.sentence)


def _listed(strange: list[str]) -> str:
    shown = ", ".join(f'"{word[:60]}"' for word in strange[:5])
    return f"{shown} {'is' if len(strange) == 1 else 'are'}"


def _described(kind: FieldKind, value: Mapping[str, Any], contract: ReplyContract) -> Iterator[Mapping[str, Any]]:
    """Every party, or every source, that the reply describes as an object, wherever it stands."""
    for name, model in contract.record_types.items():
        for item in value.get(name, []) if plans_of(model, kind) else ():
            if item is not None:
                yield from _objects_in(kind, model, item)


def _objects_in(kind: FieldKind, model: type[BaseModel], item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for plan in plans_of(model, kind):
        given = item.get(plan.name)
        if not given:
            continue
        elements = given if plan.many else [given]
        if plan.kind == kind:
            yield from (element for element in elements if isinstance(element, Mapping))
        elif plan.kind == "record" and plan.model is not None:
            for element in elements:
                yield from _objects_in(kind, plan.model, element)


def _spans(values: Mapping[str, Any]) -> Iterator[DateSpan]:
    for value in values.values():
        for span in value if isinstance(value, list) else [value]:
            if isinstance(span, DateSpan):
                yield span


def _dates(values: Mapping[str, Any]) -> Iterator[str]:
    for span in _spans(values):
        yield from (day for day in (span.start, span.end) if day)


def _codes(values: Mapping[str, Any]) -> Iterator[str]:
    country = values.get("country")
    if isinstance(country, str):
        yield country
    for value in values.values():
        if isinstance(value, list):
            yield from (item.country for item in value if isinstance(item, Party) and item.country)
