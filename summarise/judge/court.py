"""The whole judgement of one reply: parse, validate, build, check, settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import JsonValue, ValidationError

from summarise.article import Article
from summarise.judge.alike import twice
from summarise.judge.build import Draft, RecordBuilder
from summarise.judge.cast import Cast, described
from summarise.judge.fields import default_lists
from summarise.judge.held import codes_in, dates_in, spans_in
from summarise.judge.hostile import injection_concerns
from summarise.judge.index import ArticleIndex
from summarise.judge.leaks import NO_INSTRUCTIONS, Instructions, repeats, without_instructions
from summarise.judge.links import derived_ids, link, merge_repeats, number_legs
from summarise.judge.officials import build_officials
from summarise.judge.parse import parse
from summarise.judge.travel import TravelJudge
from summarise.judge.valid import RECORD_PATH, Part, from_schema, valid_part
from summarise.judge.verdict import Fault, Verdict
from summarise.judge.windows import Dispute, Told, United, unite, united_values
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
from summarise.schema import ReplyContract, flatten

_SMUGGLED = frozenset({"boilerplate", "injection"})
"""Faults of which a reader is told even if the record is not kept: someone may have put it there to be read."""

_FREE_TEXT = ("purpose", "occasion", "caveat")


def judge(
    content: str,
    article: Article,
    contract: ReplyContract,
    index: ArticleIndex | None = None,
    instructions: Instructions = NO_INSTRUCTIONS,
) -> Verdict:
    """Judges the text of a reply against the article it is about; `index` is that of the article, if there is one.

    What the reply repeats of the `instructions` is emptied first: it stands in no record and in no complaint.

    Never raises: whatever the text, the verdict has faults or a summary, or both. What its summary holds stands in the
    article: every piece of evidence is a slice of the text.
    """
    parsed = parse(content)
    if parsed.fault is not None:
        why = "it is no JSON object" if repeats(parsed.fault, instructions, article.trusted) else parsed.fault
        fault = Fault("the reply", "json", why, "Answer with one JSON object and nothing else")
        return Verdict(None, (fault,), parsed.repairs, None)
    value, leaks = without_instructions(parsed.value, instructions, article.trusted)
    flat = flatten(value, contract)
    verdict = judge_value(flat.value, index or ArticleIndex(article), contract)
    mixed_up = [from_schema(fault.path, fault.message, fault.allowed) for fault in flat.faults]
    repairs = (*parsed.repairs, *flat.repairs)
    summary = verdict.summary
    if summary is not None and leaks:
        summary = summary.model_copy(update={"concerns": [*summary.concerns, *map(_concern, leaks)]})
    return Verdict(value, (*leaks, *mixed_up, *verdict.faults), repairs, summary)


def judge_value(value: JsonValue, index: ArticleIndex, contract: ReplyContract) -> Verdict:
    """Judges a reply that is a value already, without `more` lists, against the article of `index`. As `judge` does."""
    return replace(judge_parts([(value, index)], index, contract), value=value)


def judge_parts(
    values: Sequence[tuple[JsonValue, ArticleIndex]], index: ArticleIndex, contract: ReplyContract
) -> Verdict:
    """Judges replies about the parts of one article, as `judge_value` does, as if one reply had given all the records.

    Each comes with the index of what was shown for it; `index` is that of the article. What several parts tell of one
    record is united (see `summarise.judge.windows`), and so are the fields of the summary itself; the summaries stand
    one after the other. A part that does not fit the schema counts for nothing.
    """
    heard: list[Part] = []
    faults: list[Fault] = []
    for value, shown in values:
        valid, misfits = valid_part(value, contract)
        faults += [fault for found in misfits.values() for fault in found]
        if valid is not None:
            heard.append(Part(valid, misfits, value, shown))
    if not heard:
        return Verdict(None, tuple(faults), (), None)
    trial = _Trial(index, contract, heard)
    trial.hear()
    summary = trial.summary()  # may add a fault: before the faults are counted
    return Verdict(None, (*faults, *trial.faults), (), summary)


class _Trial:
    """The hearing of one valid reply, or of several about the parts of one article."""

    def __init__(self, index: ArticleIndex, contract: ReplyContract, parts: Sequence[Part]) -> None:
        self.contract = contract
        self.parts = parts
        self.index = index
        self.faults: list[Fault] = []
        self.rejected: list[Rejection] = []
        self.records: dict[str, list[Record]] = {name: [] for name in contract.record_types}
        self.origins: dict[str, list[tuple[int, str]]] = {name: [] for name in contract.record_types}
        self.concerns: list[Concern] = []
        self.root: dict[str, Any] = {}
        self.summaries: list[Any] = []

    def hear(self) -> None:
        """Builds every record and collects what is wrong."""
        for _, misfits, given, _ in self.parts:
            assert isinstance(given, dict)
            for place, found in misfits.items():
                if place is not None:
                    item = given[place[0]][place[1]]  # type: ignore[index]
                    self._reject(place[0], [str(fault) for fault in found], item)
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
        self._unite()
        self._connect()
        self._summary_text(wording)
        self._uncertain_years()
        self.concerns += injection_concerns(self.index.article.injections)

    def _officials(self) -> list[Official]:
        officials: list[Official] = []
        for name, model in self.contract.record_types.items():
            if issubclass(model, Official):
                builder = RecordBuilder(self.index, Cast(self.index, ()))
                drafts = [draft for part in self._drafts(name, model, builder) for draft in part]
                for draft, built in build_officials(drafts, self.index, in_windows=len(self.parts) > 1):
                    kept = self._settle(name, draft, built)
                    if isinstance(kept, Official):
                        officials.append(kept)
        return officials

    def _drafts(self, name: str, model: type[Record], builder: RecordBuilder) -> Iterator[list[Draft]]:
        """The records of one type, part by part; their paths count on from part to part."""
        before = 0
        for part in self.parts:
            items = part.value.get(name, [])
            builder = RecordBuilder(part.shown, builder.cast)
            yield [
                builder.build(model, item, f"{name}[{before + position}]")
                for position, item in enumerate(items)
                if item is not None
            ]
            before += len(items)

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
            [found for part in self.parts for found in described("party", part.value, self.contract)],
            [found for part in self.parts for found in described("source", part.value, self.contract)],
        )

    def _root(self, builder: RecordBuilder) -> None:
        """The fields of the summary itself, without its records."""
        types, summary = self.contract.record_types, self.contract.summary
        for part in self.parts:
            reply = {name: item for name, item in part.value.items() if name not in types}
            draft = builder.build(summary, reply, "")
            values = {name: item for name, item in draft.values.items() if name not in types}
            self.summaries.append(values.pop("summary", None))
            self.concerns += [_disputed("", dispute) for dispute in united_values(summary, self.root, values)]
            self.faults += draft.faults
            self.concerns += [*map(_concern, draft.faults), *draft.remarks]
            for dropped in draft.dropped:
                self._reject(dropped.path, [str(fault) for fault in dropped.faults], dropped.reply)

    def _records(
        self, name: str, model: type[Record], builder: RecordBuilder, travel: TravelJudge, wording: Wording
    ) -> None:
        for number, drafts in enumerate(self._drafts(name, model, builder)):
            for draft in drafts:
                if issubclass(model, Visit):
                    travel.visit(draft)
                elif issubclass(model, Invitation):
                    travel.invitation(draft)
                self._free_text(draft, wording)
            if issubclass(model, Visit):
                twice([draft for draft in drafts if not draft.fatal])
            for draft in drafts:
                self._settle(name, draft, draft.values, number)

    def _free_text(self, draft: Draft, wording: Wording) -> None:
        """A purpose, an occasion or a caveat may not bring in a name or a number of its own."""
        for name in _FREE_TEXT:
            text = draft.values.get(name)
            if not isinstance(text, str):
                continue
            strange = wording.strangers(
                text, dates=dates_in(draft.values), codes=codes_in(draft.values), news_alone=True
            )
            if strange:
                draft.complain(name, "not_in_article", f"{_listed(strange)} not in the article", "Leave it out")
                draft.values[name] = None

    def _settle(self, name: str, draft: Draft, values: dict[str, Any], part: int = 0) -> Record | None:
        """Keeps the record or rejects it; its faults are told either way."""
        if part and values.get("trip") is not None and issubclass(draft.model, Visit):
            values["trip"] = f"{part}:{values['trip']}"  # each part has labels of its own
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
            place = f"rejected[{len(self.rejected) - 1}]"
            self.concerns += [_concern(fault, place) for fault in draft.faults if fault.rule in _SMUGGLED]
            return None
        self.records[name].append(record)
        self.origins[name].append((part, draft.path))
        self.concerns += [*map(_concern, draft.faults), *draft.remarks]
        return record

    def _reject(self, name: str, reasons: list[str], reply: Any) -> None:
        shown = reply if isinstance(reply, Mapping) else {"value": reply}
        self.rejected.append(Rejection.model_construct(type=name, reasons=reasons, reply=dict(shown)))

    def _unite(self) -> None:
        """Makes one record of what several parts tell of it; what was said of its pieces is said of it."""
        if len(self.parts) == 1:
            return
        moved: dict[str, str] = {}
        for name, model in self.contract.record_types.items():
            origins = self.origins[name]
            if not issubclass(model, Official):
                told = [Told(record, part) for record, (part, _) in zip(self.records[name], origins, strict=True)]
                groups = unite(told)
                self.records[name] = [group.record for group in groups]
            else:  # united already, by person
                groups = [United(record, [at], frozenset()) for at, record in enumerate(self.records[name])]
            for position, group in enumerate(groups):
                moved |= {origins[member][1]: f"{name}[{position}]" for member in group.members}
                self.concerns += [_disputed(origins[group.members[0]][1], dispute) for dispute in group.disputes]
        self.concerns = [_moved(concern, moved) for concern in self.concerns]

    def _connect(self) -> None:
        """Merges what was said twice word for word, numbers legs and records, links visits and invitations."""
        for name, model in self.contract.record_types.items():
            if issubclass(model, Visit):
                self.records[name] = number_legs(merge_repeats(self.records[name]))
        derived_ids(self.records)
        link(self.records)

    def _summary_text(self, wording: Wording) -> None:
        """Judges the text of each part, and puts those that stand one after the other."""
        texts = [text for text in self.summaries if isinstance(text, str)]
        kept = [text for text in texts if self._stands(text, wording)]
        if texts:
            self.root["summary"] = " ".join(dict.fromkeys(kept))

    def _stands(self, text: str, wording: Wording) -> bool:
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
        return not strange

    def _all_dates(self) -> Iterator[str]:
        for records in self.records.values():
            for record in records:
                yield from dates_in(vars(record))
        if self.index.article.published:
            yield self.index.article.published

    def _all_codes(self) -> Iterator[str]:
        for records in self.records.values():
            for record in records:
                yield from codes_in(vars(record))

    def _uncertain_years(self) -> None:
        """Dates counted from a reference date that only a weekday gives away: the reader is told, once."""
        possible = self.index.article.possible_published
        if not possible:
            return
        years = {
            span.start[:4]
            for records in self.records.values()
            for record in records
            for span in spans_in(vars(record))
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


def _concern(fault: Fault, path: str | None = None) -> Concern:
    return Concern.model_construct(
        path=path or fault.path, kind=fault.rule, message=fault.problem, sentence=fault.sentence
    )


def _disputed(path: str, dispute: Dispute) -> Concern:
    message = f"{_value_shown(dispute.stands)} stands; another part of the article has {_value_shown(dispute.other)}"
    place = f"{path}.{dispute.name}" if path else dispute.name
    return Concern.model_construct(path=place, kind="windows_differ", message=message)


def _value_shown(value: Any) -> str:
    said = value.text or value.start if isinstance(value, DateSpan) else value
    return f'"{str(said)[:200]}"'


def _moved(concern: Concern, moved: Mapping[str, str]) -> Concern:
    match = RECORD_PATH.match(concern.path)
    place = moved.get(match.group()) if match else None
    if match is None or place is None:
        return concern
    return concern.model_copy(update={"path": place + concern.path[match.end() :]})


def _listed(strange: list[str]) -> str:
    shown = ", ".join(f'"{word[:60]}"' for word in strange[:5])
    return f"{shown} {'is' if len(strange) == 1 else 'are'}"
