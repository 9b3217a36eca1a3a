"""One record of a reply -> the values of a record, and what is wrong with them. Serves every record model alike.

A fault in a field that a record must have is fatal to the record. Elsewhere the faulty value is withheld: an element
leaves its list, a text becomes null, a date keeps its words and loses its days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from summarise.judge.cast import Cast
from summarise.judge.dates import Direction, Reading, agree, anchor_in, describe, has_no_day, readings, well_formed
from summarise.judge.fields import FieldPlan, reading_order
from summarise.judge.index import ArticleIndex
from summarise.judge.places import country_name, is_country
from summarise.judge.verdict import Fault
from summarise.records import NO_DATE, Attribution, Concern, DateSpan, Party

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_PAST_STATES = frozenset({"completed", "ongoing"})
_OPEN_STATES = frozenset({"cancelled", "denied", "unknown"})
_PAST_FIELDS = frozenset({"extended", "responded"})
_LONGEST_QUOTE = 80


@dataclass(slots=True)
class Draft:
    """A record on its way: the values that stand so far, and the faults found."""

    path: str
    model: type[BaseModel]
    reply: Mapping[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Concern] = field(default_factory=list)  # for the reader; nothing to ask the model about
    dropped: list[Draft] = field(default_factory=list)  # optional records that could not be kept
    fatal: bool = False
    numbers: tuple[int, ...] = ()  # valid evidence

    def complain(
        self, name: str, rule: str, problem: str, allowed: str, *, fatal: bool = False, sentence: int | None = None
    ) -> None:
        """Notes a fault of a field; a fatal one keeps the record out if the model stays with it."""
        path = f"{self.path}.{name}" if self.path else name
        self.faults.append(Fault(path, rule, problem, allowed, sentence))
        self.fatal = self.fatal or fatal


def quoted(text: str) -> str:
    """A value as it is shown in a complaint: in quotes, and short."""
    shown = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return f'"{shown}"'


class RecordBuilder:
    """Builds the records of one reply against one article."""

    def __init__(self, index: ArticleIndex, cast: Cast) -> None:
        self.index = index
        self.cast = cast

    def build(self, model: type[BaseModel], reply: Mapping[str, Any], path: str) -> Draft:
        """Reads every field that the reply gives; derived fields are left to others."""
        draft = Draft(path, model, reply)
        for plan in reading_order(model):
            if plan.name not in reply:
                continue
            raw = reply[plan.name]
            value = raw if plan.kind == "plain" else self._value(draft, plan, raw)
            if value == [] and not plan.required and plan.kind not in ("evidence", "date"):
                continue  # an emptied list is as good as one left out: the default stands
            draft.values[plan.name] = value
        return draft

    def _value(self, draft: Draft, plan: FieldPlan, raw: Any) -> Any:
        if plan.kind == "evidence":
            return self._evidence(draft, plan, raw)
        if plan.kind == "date":
            return self._dates(draft, plan, raw)
        if plan.kind == "record":
            return self._nested(draft, plan, raw)
        if raw is None:
            return None
        read = _READERS[plan.kind]
        if not plan.many:
            value = read(self, draft, plan.name, raw)
            if value is None and plan.required:
                draft.fatal = True
            return value
        given = [(position, element) for position, element in enumerate(raw) if element is not None]
        values = [read(self, draft, f"{plan.name}[{position}]", element) for position, element in given]
        kept = [value for value in values if value is not None]
        if plan.kind == "party" and plan.required and len(kept) < len(values):
            draft.fatal = True  # a visit of fewer people would be another visit
        if len(kept) < plan.minimum:
            if not raw:
                draft.complain(plan.name, "empty", "the list is empty", "It needs at least one entry", fatal=True)
            draft.fatal = True
        return _without_repeats(kept)

    def _nested(self, draft: Draft, plan: FieldPlan, raw: Any) -> Any:
        assert plan.model is not None
        if raw is None:
            return None
        built = []
        for position, element in enumerate(raw if plan.many else [raw]):
            if element is None:
                continue
            where = f"{plan.name}[{position}]" if plan.many else plan.name
            inner = self.build(plan.model, element, f"{draft.path}.{where}" if draft.path else where)
            draft.faults.extend(inner.faults)
            if inner.fatal and not plan.many and not plan.required:
                draft.dropped.append(inner)
                return None
            draft.fatal = draft.fatal or inner.fatal
            built.append(inner.values)
        return built if plan.many else built[0]

    def _evidence(self, draft: Draft, plan: FieldPlan, raw: Any) -> Any:
        cited = [] if raw is None else raw if plan.many else [raw]
        for position, number in enumerate(cited):
            name = f"{plan.name}[{position}]" if plan.many else plan.name
            if number is None:
                continue
            if number in self.index.barred:
                draft.complain(
                    name,
                    "injection",
                    f"sentence {number} speaks to the program that reads, not to readers: it is no evidence",
                    "Cite a sentence of the news itself, or leave the record out",
                    sentence=number,
                )
            elif not self.index.exists(number):
                draft.complain(
                    name, "no_such_sentence", f"there is no sentence {number}", f"Sentences are {self.index.citable}"
                )
            elif self.index.article.sentences[number - 1].boilerplate:
                draft.complain(
                    name,
                    "boilerplate",
                    f"sentence {number} is boilerplate",
                    "Cite a sentence of the news itself, or leave the record out",
                    sentence=number,
                )
            elif number not in draft.numbers:
                draft.numbers = (*draft.numbers, number)
        draft.numbers = tuple(sorted(draft.numbers))
        good = [self.index.evidence(number) for number in draft.numbers]
        if not cited and plan.minimum:
            draft.complain(plan.name, "empty", "no sentence is cited", "Cite the sentences that carry the record")
        if not good and plan.minimum:
            draft.fatal = True
        return good if plan.many else (good[0] if good else None)

    def _verbatim(self, draft: Draft, name: str, raw: str) -> str | None:
        written = self.index.as_written(raw)
        if written is not None and (not draft.path or self.index.holds_in_news(raw)):
            return written
        draft.complain(
            name, "not_in_article", f"{quoted(raw)} does not stand in the article", "Copy it, or leave it out"
        )
        return None

    def _country(self, draft: Draft, name: str, raw: str) -> str | None:
        if is_country(raw):
            return raw
        draft.complain(
            name, "no_such_country", f"{quoted(raw)} is no country code", "Use ISO 3166-1 alpha-3, or null if not given"
        )
        return None

    def _party(self, draft: Draft, name: str, raw: str | Mapping[str, Any]) -> Party | None:
        found = self.cast.party(raw)
        if isinstance(found, Party):
            if isinstance(raw, str) or self._party_details(draft, name, raw):
                return found
            return None
        draft.complain(name, found.rule, found.problem, found.allowed)
        return None

    def _party_details(self, draft: Draft, name: str, raw: Mapping[str, Any]) -> bool:
        code = raw.get("country")
        return code is None or self._country(draft, f"{name}.country", code) is not None

    def _source(self, draft: Draft, name: str, raw: str | Mapping[str, Any]) -> Attribution | None:
        found = self.cast.source(raw, draft.numbers)
        if isinstance(found, Attribution):
            return found
        draft.complain(name, found.rule, found.problem, found.allowed)
        return None

    def _dates(self, draft: Draft, plan: FieldPlan, raw: Any) -> Any:
        if raw is None:
            return None if plan.many else NO_DATE
        if plan.many:
            return [
                self._date(draft, f"{plan.name}[{position}]", plan.name, element)
                for position, element in enumerate(raw)
                if element is not None
            ]
        return self._date(draft, plan.name, plan.name, raw)

    def _date(self, draft: Draft, name: str, field_name: str, raw: Mapping[str, Any]) -> DateSpan:
        """The date with what code can tell of it; a faulty one keeps its words and loses its days."""
        text, given = raw["text"], raw["date"]
        start, _, end = (given or "").partition("/")
        start, end = start or None, end or None
        place = self._place_of(draft, name, text)
        if place is None:
            return NO_DATE
        text = self.index.as_written(text) or text
        fault = well_formed(start, end)
        if fault is not None:
            draft.complain(
                f"{name}.date", "date_form", f"{quoted(given)} cannot be: {fault}", "Write 2023, 2023-10 or 2023-10-18"
            )
            return _span(text, None, None)
        problem, filled, checked = self._compare(text, start, end, place, _direction(draft, field_name))
        if problem is not None:
            draft.complain(f"{name}.date", "date_disagrees", *problem)
            return _span(text, None, None)
        if not checked:
            message = f"code cannot resolve {quoted(text)}; {given} is the model's reading"
            draft.remarks.append(Concern(path=f"{draft.path}.{name}", kind="date_unchecked", message=message))
        return _span(text, *filled)

    def _place_of(self, draft: Draft, name: str, text: str) -> int | None:
        """Offset of the expression in or next to the cited sentences; complains if it is not there."""
        article = self.index.article
        spans = [span for span in self.index.spans(text) if self.index.is_news(span[0])] if text.strip() else []
        if not spans:
            draft.complain(
                f"{name}.text",
                "date_text",
                f"{quoted(text)} does not stand in the article",
                "Copy the words, or use null",
            )
            return None
        if not draft.numbers:
            return spans[0][0]
        near = self.index.near(draft.numbers)
        for start, _ in spans:
            if article.sentence_at(start) in near:
                return start
        number = article.sentence_at(spans[0][0])
        draft.complain(
            f"{name}.text",
            "date_text",
            f"{quoted(text)} stands in sentence {number}, far from the cited ones",
            f"If it is the date of this record, cite sentence {number} too; else use null",
            sentence=number,
        )
        return None

    def _compare(
        self, text: str, start: str | None, end: str | None, place: int, direction: Direction
    ) -> tuple[tuple[str, str] | None, tuple[str | None, str | None], bool]:
        """Resolves the expression again.

        Returns how the model's date departs from it, or what date stands, and whether code could tell.
        """
        article = self.index.article
        number = article.sentence_at(place)
        sentence_start = article.sentences[number - 1].start
        sentence = article.text[sentence_start : article.sentences[number - 1].end]
        anchor = anchor_in(sentence, place - sentence_start, self.index.anchor)
        found = readings(text, anchor, direction=direction)
        if start is None:
            certain = len(found) == 1 and len(anchor.dates) <= 1 and found[0].precision in ("day", "month", "year")
            return None, ((found[0].start, found[0].end) if certain else (None, None)), True
        if found:
            fits = agree(start, end, found) or agree(start, end, readings(text, anchor, direction="unknown")[:1])
            if fits and _bound_fits(start, found):
                return None, _bounded(start, end, found), True
            expected = " or ".join(dict.fromkeys(_shown(reading.start, reading.end) for reading in found[:3]))
            reference = f", counted from {anchor.dates[0]}" if len(anchor.dates) == 1 and not _YEAR.search(text) else ""
            return (
                (
                    f"{quoted(text)} is {expected}{reference}, not {_shown(start, end)}",
                    f"Write {expected}, or null if the article does not tell",
                ),
                (None, None),
                True,
            )
        if has_no_day(text):
            return None, (None, None), True
        if self._year_is_known(start):
            return None, (start, end), False
        return (
            (
                f"the year {start[:4]} for {quoted(text)} stands nowhere in the article",
                "Use null where the article gives no year and no reference date",
            ),
            (None, None),
            True,
        )

    def _year_is_known(self, start: str) -> bool:
        year = int(start[:4])
        anchors = self.index.anchor.dates
        if any(abs(year - day.year) <= 1 for day in anchors):
            return True
        return str(year) in set(_YEAR.findall(self.index.article.text))


def _direction(draft: Draft, name: str) -> Direction:
    if name in _PAST_FIELDS:
        return "past"
    status = draft.values.get("status")
    if name == "when" and status in _PAST_STATES:
        return "past"
    if name == "proposed" or (name == "when" and status is not None and status not in _OPEN_STATES):
        return "future"
    return "unknown"


def _span(text: str, start: str | None, end: str | None) -> DateSpan:
    precision, basis = describe(text, start, end)
    return DateSpan(text=text, start=start, end=end, precision=precision, basis=basis)


def _bounded(start: str, end: str | None, found: Sequence[Reading]) -> tuple[str | None, str | None]:
    """The model's date within what the expression allows.

    A vague expression has no days ("in a few weeks"), or a first one at most ("since May"). What the expression tells
    more exactly than the model did is taken from it: the end of "September 12-17".
    """
    if all(reading.precision in ("vague", "season") for reading in found):
        return (start, None) if any(reading.start for reading in found) else (None, None)
    only = found[0] if len(found) == 1 else None
    if only is not None and only.start is not None and end is None and only.start.startswith(start):
        return only.start, only.end
    return start, end


def _bound_fits(start: str, found: Sequence[Reading]) -> bool:
    """Whether the start is the bound that a vague expression gives, "since May", where it gives one."""
    bounds = [reading.start for reading in found if reading.precision == "vague" and reading.start]
    return not bounds or any(start.startswith(bound) or bound.startswith(start) for bound in bounds)


def _shown(start: str | None, end: str | None) -> str:
    if start is None:
        return "null"
    return start if end is None else f"{start}/{end}"


def _without_repeats(values: list[Any]) -> list[Any]:
    return values if len(values) < 2 else list(dict.fromkeys(values))


_READERS = {
    "verbatim": RecordBuilder._verbatim,
    "country": RecordBuilder._country,
    "party": RecordBuilder._party,
    "source": RecordBuilder._source,
}


def country_shown(code: str) -> str:
    """A country in a complaint: code and name."""
    return f"{code} ({country_name(code)})"
