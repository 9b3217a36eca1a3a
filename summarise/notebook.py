"""How records look in a notebook: tables in HTML, of any pydantic model, one's own fields and record types included.

Everything is escaped: what an article says is text here, whatever it looks like. No script, no style sheet, no link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from pydantic import BaseModel

_EMPTY = "–"
_TABLE = "border-collapse:collapse;margin:.3em 0 1em"
_HEAD = "text-align:left;padding:.2em .8em .2em 0;border-bottom:1px solid currentColor;vertical-align:bottom"
_CELL = "text-align:left;padding:.3em .8em .3em 0;vertical-align:top;border-bottom:1px solid rgba(128,128,128,.3)"
_QUOTE = "opacity:.75;font-style:italic"
_REMARK = "opacity:.75"
_MOST_ROWS = 200
_BEYOND = "… and {} more"
_FIRST, _LAST = ("visits", "invitations"), ("concerns",)
_EVIDENCE = "evidence"
_SPOKEN_OF_APART = ("headline", "summary", "rejected", "provenance")
# Direction marks could show a name or a date in another order than it is written in.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def record_html(record: BaseModel) -> str:
    """One record: a line for each field that holds something."""
    lines = "".join(
        f'<tr><th style="{_CELL}">{_text(name)}</th><td style="{_CELL}">{_value(value)}</td></tr>'
        for name, value in _fields(record)
        if not _is_empty(value)
    )
    title = f'<caption style="text-align:left"><b>{_text(type(record).__name__)}</b></caption>'
    return f'<table style="{_TABLE}">{title}{lines}</table>'


def summary_html(summary: BaseModel) -> str:
    """A summary: its headline and facts, then a table for each type of record, each record with its sentences."""
    fields = dict(_fields(summary))
    lists = {name: value for name, value in fields.items() if _is_records(value) and name not in _SPOKEN_OF_APART}
    order = sorted(lists, key=lambda name: (name not in _FIRST, name in _LAST))
    parts = [f"<h4>{_value(fields.get('headline')) if fields.get('headline') else '(no headline)'}</h4>"]
    facts = [
        f"{_text(name)} {_value(value, ', ')}"
        for name, value in fields.items()
        if name not in lists and name not in _SPOKEN_OF_APART and not _is_empty(value) and not _is_records(value)
    ]
    parts.append(f'<p style="{_REMARK}">{" · ".join(facts)}</p>' if facts else "")
    parts.append(f"<p>{_value(fields['summary'])}</p>" if fields.get("summary") else "")
    parts += [f"<p><b>{_text(name)}</b> ({len(lists[name])})</p>{_table(lists[name])}" for name in order]
    if rejected := fields.get("rejected"):
        parts.append(f'<p style="{_REMARK}">rejected: {len(rejected)}</p>')
    return f"<div>{''.join(parts)}</div>"


def row_html(id: str, state: str, source: str, body: str) -> str:
    """A row of a ledger: which article it is and what became of it, then what `body` shows, which is HTML."""
    return f'<p style="{_REMARK}">{_text(id)} · {_text(state)} · {_text(source)}</p>{body}'


def remark_html(remark: str) -> str:
    """A remark as a paragraph."""
    return f"<p>{_text(remark)}</p>"


def _table(records: Sequence[BaseModel]) -> str:
    """One row for each record, with what every record has in columns of their own and the rest in the last one.

    What every record has are its fields up to its evidence; columns that are empty in all of them are left out.
    """
    names = [name for name, _ in _fields(records[0])]
    main = names[: names.index(_EVIDENCE) + 1] if _EVIDENCE in names else names
    shown = [name for name in main if not all(_is_empty(getattr(record, name, None)) for record in records)]
    details = {id(record): _details(record, names[len(main) :]) for record in records[:_MOST_ROWS]}
    more_column = ["more"] if any(details.values()) else []
    head = "".join(f'<th style="{_HEAD}">{_text(name)}</th>' for name in shown + more_column)
    body = "".join(
        _row(
            [_value(getattr(record, name, None)) for name in shown] + [details[id(record)] or _EMPTY] * len(more_column)
        )
        for record in records[:_MOST_ROWS]
    )
    more = len(records) - _MOST_ROWS
    note = f'<p style="{_REMARK}">{_BEYOND.format(more)}</p>' if more > 0 else ""
    return f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}'


def _row(cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"


def _details(record: BaseModel, names: Iterable[str]) -> str:
    """What a record tells beyond what it must: a line for each field that is not as it is without a word on it."""
    told = []
    for name in names:
        field, value = type(record).model_fields.get(name), getattr(record, name, None)
        if not _is_empty(value) and (field is None or value != field.default):
            told.append(f'<span style="{_REMARK}">{_text(name)}:</span> {_value(value, ", ")}')
    return "<br>".join(told)


def _value(value: object, between: str = "<br>") -> str:
    if _is_empty(value):
        return _EMPTY
    if isinstance(value, BaseModel):
        return _model(value)
    if isinstance(value, list | tuple):
        return between.join(map(_value, value))
    if isinstance(value, dict):
        return "<br>".join(f"{_text(str(name))}: {_value(each)}" for name, each in value.items())
    return _text(str(value))


def _model(value: BaseModel) -> str:
    """The short forms of what stands in records; anything else field by field."""
    fields = dict(_fields(value))
    if {"sentence", "start", "end", "text"} <= fields.keys():
        return f'<span style="{_QUOTE}">{_text(str(fields["sentence"]))}: {_text(str(fields["text"]))}</span>'
    if {"start", "end", "precision", "text"} <= fields.keys():
        return _span(fields)
    if {"name", "kind", "country"} <= fields.keys():
        country = f" ({_text(str(fields['country']))})" if fields["country"] else ""
        return f"{_text(str(fields['name']))}{country}"
    if {"name", "kind", "outlet"} <= fields.keys():
        outlet = f" ({_text(str(fields['outlet']))})" if fields["outlet"] else ""
        return f"{_text(str(fields['name'] or fields['kind']))}{outlet}"
    return "<br>".join(f"{_text(name)}: {_value(each)}" for name, each in fields.items() if not _is_empty(each))


def _span(fields: dict[str, Any]) -> str:
    dates = " to ".join(_text(str(fields[part])) for part in ("start", "end") if fields[part])
    if dates and fields["precision"] == "vague":
        dates = f"since {dates}"
    words = f'<span style="{_REMARK}">{_text(str(fields["text"]))}</span>' if fields["text"] else ""
    return "<br>".join(filter(None, (dates, words))) or _EMPTY


def _fields(model: BaseModel) -> list[tuple[str, Any]]:
    return [(name, getattr(model, name, None)) for name in type(model).model_fields]


def _is_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], BaseModel)


def _is_empty(value: object) -> bool:
    """Whether there is nothing to show: nothing, no text, no date."""
    if isinstance(value, BaseModel):
        fields = dict(_fields(value))
        return {"start", "end", "precision", "text"} <= fields.keys() and not any(
            fields[name] for name in ("start", "end", "text")
        )
    return value is None or value == "" or value == [] or value == {}


def _text(text: str) -> str:
    return escape(_UNSEEN.sub("\ufffd", text))
