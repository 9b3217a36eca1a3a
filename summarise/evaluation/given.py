"""What a ledger gives for an article: its records, each checked; what fails a check is dropped and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from summarise.article import Article, read_article
from summarise.corpus.ledger import LedgerRow
from summarise.errors import ArticleError
from summarise.evaluation.dates import fault_of_span
from summarise.evaluation.gold import RECORD_TYPES, GoldArticle, RecordType
from summarise.records import DateSpan, Evidence, Invitation, Official, Visit

Fault = Literal["parse", "dates", "quotes", "links"]
FAULTS: tuple[Fault, ...] = ("parse", "dates", "quotes", "links")
GivenRecord = Visit | Invitation | Official
_Ids = Mapping[RecordType, Counter[object]]
_MODELS: dict[RecordType, type[GivenRecord]] = {"visits": Visit, "invitations": Invitation, "officials": Official}


@dataclass
class Given:
    """The usable records of one article, and what was wrong with the others."""

    state: Literal["ok", "failed", "absent"]
    records: dict[RecordType, list[Any]] = field(default_factory=lambda: {kind: [] for kind in RECORD_TYPES})
    header: dict[str, Any] = field(default_factory=dict)
    """The article's own fields, such as `published`."""
    total: int = 0
    """Records in the ledger, dropped ones included."""
    dropped: list[tuple[str, Fault]] = field(default_factory=list)
    """Where, such as `visits[2]`, and the first check that it failed."""
    quotes: int = 0
    """Quotes that could be checked, because the article's text is at hand."""
    verbatim: int = 0
    checked: bool = False
    """Whether the text that the summary was made from is at hand."""
    article: Article | None = None

    @property
    def faults(self) -> Counter[Fault]:
        """How many records failed which check."""
        return Counter(fault for _, fault in self.dropped)


def given_of(gold: GoldArticle, row: LedgerRow | None) -> Given:
    """The records that a ledger row gives for a gold article; none for a failed row and for no row."""
    if row is None:
        return Given("absent", article=text_of(gold, None))
    given = Given("failed" if row.summary is None else "ok", article=text_of(gold, row))
    if row.summary is None:
        return given
    text = given.article.text if given.article and _is_text_of(row.summary, given.article.text) else None
    given.checked = text is not None
    given.header = {name: value for name, value in row.summary.items() if name not in RECORD_TYPES}
    ids = {kind: Counter(map(_id_of, _listed(row.summary, kind))) for kind in RECORD_TYPES}
    for kind in RECORD_TYPES:
        if not isinstance(row.summary.get(kind), list):
            given.dropped.append((kind, "parse"))
        for at, raw in enumerate(_listed(row.summary, kind)):
            given.total += 1
            record, fault = _checked(raw, kind, ids, given, text)
            if fault is not None or record is None:
                given.dropped.append((f"{kind}[{at}]", fault or "parse"))
            else:
                given.records[kind].append(record)
        given.records[kind].sort(key=lambda record: record.model_dump_json(exclude={"id", "visit", "invitation"}))
    return given


def _listed(summary: Mapping[str, Any], kind: RecordType) -> list[Any]:
    found = summary.get(kind)
    return found if isinstance(found, list) else []


def _id_of(raw: object) -> object:
    found = raw.get("id") if isinstance(raw, dict) else None
    return found if isinstance(found, str) else None


def _checked(
    raw: object, kind: RecordType, ids: _Ids, given: Given, text: str | None
) -> tuple[GivenRecord | None, Fault | None]:
    try:
        record = _MODELS[kind].model_validate(raw, extra="ignore")
    except ValidationError:
        return None, "parse"
    fault: Fault | None = None
    if text is not None:
        right = [piece.text == text[piece.start : piece.end] for piece in record.evidence]
        given.quotes += len(right)
        given.verbatim += sum(right)
        fault = None if all(right) else "quotes"
    if _dangles(record, ids) or (record.id and ids[kind][record.id] > 1):
        fault = "links"
    if any(fault_of_span(span) for span in _spans(record)):
        fault = "dates"
    return record, fault


def _dangles(record: GivenRecord, ids: _Ids) -> bool:
    match record:
        case Visit(invitation=str(link)):
            return link not in ids["invitations"]
        case Invitation(visit=str(link)):
            return link not in ids["visits"]
    return False


def _spans(record: BaseModel) -> Iterator[DateSpan]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, DateSpan):
                yield item


def text_of(gold: GoldArticle, row: LedgerRow | None) -> Article | None:
    """The article, if its text is at hand: beside the gold file, else where the ledger says it was read from."""
    if gold.text_file is not None:
        return read_article(gold.text_file)
    if row is None or row.summary is None or not Path(row.source).is_file():
        return None
    try:
        article = read_article(Path(row.source))
    except ArticleError:  # another file may have taken that name since
        return None
    return article if _is_text_of(row.summary, article.text) else None


def _is_text_of(summary: Mapping[str, Any], text: str) -> bool:
    """Whether the summary was made from this text, as far as it tells."""
    provenance = summary.get("provenance")
    made_from = provenance.get("article_id") if isinstance(provenance, dict) else None
    return made_from in (None, sha256(text.encode()).hexdigest())


def sentence_of(article: Article | None, quote: str) -> str:
    """The sentence in which a quote begins; the quote itself if the text is not at hand or does not hold it."""
    at = -1 if article is None else article.text.find(quote)
    if article is None or at < 0 or not quote:
        return quote
    return article.sentence_text(article.sentence_at(at))


def sentences_of(article: Article | None, record: Any) -> list[str]:
    """The sentences that a record rests on, of the gold or of a ledger."""
    quotes = [piece.text if isinstance(piece, Evidence) else piece for piece in record.evidence]
    return list(dict.fromkeys(sentence_of(article, quote) for quote in quotes))
