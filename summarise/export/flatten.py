"""From a ledger row to rows of tables. Pure: the same row gives the same keys, in every format and on every machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from summarise.corpus.ledger import LedgerRow
from summarise.export.tables import OWN_RECORDS, TableRows, Value, Values, no_rows
from summarise.export.values import (
    Fields,
    as_json,
    clean,
    day,
    key,
    real_of,
    text_of,
    texts_of,
    whole_of,
)
from summarise.partial_dates import bounds_of, day_of

Raw = dict[str, Any]

_TYPES = {"visits": "visit", "invitations": "invitation", "officials": "official"}
_OWN = "own_record"
_BELONGS = (*_TYPES.values(), _OWN)
_PARTS = {"visitors": "visitor", "hosts": "host", "inviters": "inviter", "invitees": "invitee"}
_NO_RECORDS = (*_TYPES, "concerns", "rejected")
_PLACE = re.compile(r"(\w+)\[(\d+)\]")


class _Keys:
    """What each record of an article is called: its own id, unless it has none or another record has it already."""

    def __init__(self, records: Mapping[str, list[Raw]]) -> None:
        self._at: dict[tuple[str, int], str] = {}
        self._of_id: dict[tuple[str, str], str] = {}
        taken: set[str] = set()
        for kind, listed in records.items():
            for number, raw in enumerate(listed, start=1):
                own = raw.get("id")
                wanted = key(own) if isinstance(own, str) and own else f"{key(kind)}~{number}"
                name, more = wanted, 2
                while name in taken:
                    name, more = f"{wanted}~{more}", more + 1
                taken.add(name)
                self._at[kind, number] = name
                if isinstance(own, str) and own:
                    self._of_id.setdefault((kind, own), name)

    def at(self, kind: str, number: int) -> str:
        """The key of the record at this place of its list, counted from 1."""
        return self._at[kind, number]

    def linked(self, kind: str, id: object) -> str | None:
        """The key of the record that has this id; None if there is none."""
        return self._of_id.get((kind, id)) if isinstance(id, str) else None

    def named_in(self, path: str) -> Values:
        """The columns that say which record a path such as `visits[0].when` is about."""
        found = _PLACE.match(path)
        name = self._at.get((found[1], int(found[2]) + 1)) if found else None
        return _belongs(found[1], name) if found and name else _belongs("", None)


def table_rows(row: LedgerRow) -> TableRows:
    """The rows that one article gives to each table. A failed article stands in `articles`, with its error."""
    rows = no_rows()
    summary: Raw = row.summary or {}
    article = key(row.id)
    records = {kind: _objects(summary.get(kind)) for kind in _TYPES}
    own = {name: _objects(value) for name, value in summary.items() if name not in _NO_RECORDS and _objects(value)}
    keys = _Keys({**records, **own})
    rows["articles"].append(_article(article, row, summary, {*own}))
    published = _published(summary)
    makers: dict[str, Callable[[str, Fields, _Keys], Iterator[Value]]] = {
        "visits": _visit,
        "invitations": _invitation,
        "officials": _official,
    }
    for kind, listed in (*records.items(), *own.items()):
        for number, raw in enumerate(listed, start=1):
            name = keys.at(kind, number)
            _add_parties(rows, article, kind, name, raw)
            quotes = _add_evidence(rows, article, kind, name, raw)
            if kind in makers:
                fields = Fields(raw)
                fields.drop("id", *(["evidence"] if quotes or raw.get("evidence") == [] else []))
                made = list(makers[kind](name, fields, keys))
                rows[kind].append((article, *made, quotes, published, fields.rest_as_json()))
            else:
                rows[OWN_RECORDS].append((article, name, clean(kind), as_json(raw), quotes, published))
    _add_concerns(rows, article, summary, keys)
    return rows


def _objects(value: object) -> list[Raw]:
    """The list, if it is one of objects; a list that also holds something else is none."""
    return value if isinstance(value, list) and all(isinstance(item, dict) for item in value) else []


def _published(summary: Raw) -> str | None:
    value = summary.get("published")
    found = day_of(value) if isinstance(value, str) else None
    return found.isoformat() if found else None


def _article(article: str, row: LedgerRow, summary: Raw, own: set[str]) -> Values:
    fields = Fields(summary)
    kept = {name: fields.take(name) for name in ("headline", "published_text", "outlet", "byline", "dateline")}
    published, agencies = fields.take("published", day), fields.take("agencies", texts_of)
    language, told = fields.take("language"), fields.take("summary")
    counts = [len(fields.objects(name)) for name in (*_TYPES, "concerns", "rejected")]
    made = Fields(fields.object("provenance"))
    used = Fields(row.usage.model_dump())
    fields.drop(*own)
    return (
        article,
        clean(row.source),
        row.status,
        *((clean(row.error.kind), clean(row.error.message), clean(row.error.hint)) if row.error else (None,) * 3),
        kept["headline"],
        published,
        kept["published_text"],
        kept["outlet"],
        agencies,
        kept["byline"],
        kept["dateline"],
        language,
        told,
        *counts,
        made.take("engine"),
        made.take("model"),
        made.take("reference_date", day),
        made.take("reference_basis"),
        made.take("warnings", texts_of),
        used.take("input_tokens", whole_of),
        used.take("output_tokens", whole_of),
        used.take("cost", real_of),
        fields.rest_as_json(),
    )


def _visit(name: str, fields: Fields, keys: _Keys) -> Iterator[Value]:
    yield name
    yield fields.take("status")
    yield _names(fields, "visitors")
    yield fields.take("country")
    yield fields.take("places", texts_of)
    yield from _span(fields, "when", bounds=True)
    yield [_span_text(span) for span in fields.objects("possible_dates")]
    yield _names(fields, "hosts")
    for column in ("purpose", "event", "kind", "focus", "trip"):
        yield fields.take(column)
    yield fields.take("leg", whole_of)
    yield keys.linked("invitations", fields.take("invitation"))
    yield [_source(source) for source in fields.objects("sources")]
    yield fields.take("caveat")


def _invitation(name: str, fields: Fields, keys: _Keys) -> Iterator[Value]:
    yield name
    yield fields.take("status")
    yield fields.take("response")
    yield _names(fields, "inviters")
    yield _names(fields, "invitees")
    yield fields.take("country")
    yield fields.take("places", texts_of)
    yield fields.take("occasion")
    yield from _span(fields, "proposed", bounds=True)
    yield from _span(fields, "extended")
    yield from _span(fields, "responded")
    yield fields.take("channel")
    yield fields.take("via")
    yield keys.linked("visits", fields.take("visit"))
    yield [_source(source) for source in fields.objects("sources")]
    yield fields.take("caveat")


def _official(name: str, fields: Fields, _: _Keys) -> Iterator[Value]:
    yield name
    yield fields.take("name")
    yield fields.take("variants", texts_of)
    yield fields.take("titles", texts_of)
    for column in ("role", "country", "organisation", "tenure"):
        yield fields.take(column)


def _names(fields: Fields, name: str) -> Value:
    return [text_of(party.get("name")) or "" for party in fields.objects(name)]


def _span(fields: Fields, name: str, *, bounds: bool = False) -> Iterator[Value]:
    span = fields.object(name)
    start, end, precision = (text_of(span.get(part)) for part in ("start", "end", "precision"))
    exact = precision == "day"  # of a week or a vague date the days are bounds
    for text in (start, end):
        known = day_of(text) if exact else None
        yield known.isoformat() if known else None
    yield from (start, end, precision, text_of(span.get("basis")), text_of(span.get("text")))
    if bounds:
        for bound in bounds_of(start, end, precision or "none"):
            yield bound.isoformat() if bound else None


def _span_text(span: Raw) -> str:
    """A span as `2023-10` or `2023-10-18/2023-10-19`; without dates, the article's own words."""
    dates = [text_of(span.get(part)) for part in ("start", "end")]
    return "/".join(date for date in dates if date) or text_of(span.get("text")) or ""


def _source(source: Raw) -> str:
    """Who says so: by name, else by kind, and the outlet that carries it."""
    who = text_of(source.get("name")) or text_of(source.get("kind")) or ""
    outlet = text_of(source.get("outlet"))
    return f"{who} ({outlet})" if outlet and outlet != who else who


def _belongs(kind: str, name: str | None) -> Values:
    """The columns that say which record a row belongs to; all but one of them are empty."""
    column = _TYPES.get(kind, _OWN)
    return tuple(name if each == column else None for each in _BELONGS)


def _add_parties(rows: TableRows, article: str, kind: str, name: str, raw: Raw) -> None:
    for field, value in raw.items():
        for position, party in enumerate(_nested(value, _is_party), start=1):
            part = _PARTS.get(field) or (f"{key(field)}~2" if field in _PARTS.values() else key(field))
            fields = Fields(party)
            told = [fields.take(each) for each in ("name", "kind", "title", "country")]
            id = f"{name}.{part}.{position}"
            own = fields.rest_as_json()
            rows["parties"].append((article, id, *_belongs(kind, name), part, position, *told, own))


def _add_evidence(rows: TableRows, article: str, kind: str, name: str, raw: Raw) -> list[str]:
    """Adds the evidence of a record; gives its sentences."""
    pieces = [piece for value in raw.values() for piece in _nested(value, _is_evidence)]
    for position, piece in enumerate(pieces, start=1):
        fields = Fields(piece)
        numbers = [fields.take(each, whole_of) for each in ("sentence", "start", "end")]
        id = f"{name}.{position}"
        text = text_of(piece.get("text"))
        rows["evidence"].append((article, id, *_belongs(kind, name), position, *numbers, text))
    return [text_of(piece.get("text")) or "" for piece in pieces]


def _nested(value: object, wanted: Callable[[Raw], bool]) -> list[Raw]:
    items = value if isinstance(value, list) else [value]
    found = [item for item in items if isinstance(item, dict) and wanted(item)]
    return found if len(found) == len(items) else []


def _is_party(value: Raw) -> bool:
    return {"name", "kind", "country"} <= value.keys()


def _is_evidence(value: Raw) -> bool:
    return {"sentence", "text"} <= value.keys()


def _add_concerns(rows: TableRows, article: str, summary: Raw, keys: _Keys) -> None:
    for number, raw in enumerate(_objects(summary.get("concerns")), start=1):
        fields = Fields(raw)
        path = text_of(raw.get("path"))
        told = [fields.take("kind"), fields.take("message"), fields.take("sentence", whole_of)]
        rows["concerns"].append((article, f"c{number}", *keys.named_in(path or ""), path, *told))
