"""Records and findings in a line of words."""

from __future__ import annotations

from typing import Any

from summarise.evaluation import score
from summarise.evaluation.fields import FIELDS
from summarise.evaluation.gold import GoldOfficial
from summarise.evaluation.result import Finding
from summarise.records import Official

_NOTHING = "nothing"


def finding_of(article: str, found: score.Finding) -> Finding:
    """A finding with its record told in a line."""
    record = found.gold if found.gold is not None else found.given
    return Finding(
        article=article,
        outcome=found.outcome,
        type=found.type,
        path=found.path,
        record=describe(record),
        wrong=[
            f"{name} {_value(found, name, found.gold)}, given {_value(found, name, found.given)}"
            for name in found.wrong
        ],
        sentences=found.sentences,
    )


def describe(record: Any) -> str:
    """Such as `Sergei Lavrov to PRK, 2023-10-18 to 2023-10-19, confirmed`."""
    if isinstance(record, Official | GoldOfficial):
        return ", ".join([record.name, *record.titles[:1], record.role])
    if hasattr(record, "visitors"):
        return f"{_names(record.visitors)} to {record.country or _NOTHING}, {_dates(record.when)}, {record.status}"
    asked = f"{_names(record.inviters)} invites {_names(record.invitees)} to {record.country or _NOTHING}"
    return f"{asked}, {record.response}"


def _value(found: score.Finding, name: str, record: Any) -> str:
    field = next(each for each in FIELDS[found.type] if each.path == name)
    value = field.value(record)
    if value is None:
        return _NOTHING
    return _names(value) if field.kind == "parties" else str(value)


def _names(parties: Any) -> str:
    return ", ".join(party.name for party in parties) or _NOTHING


def _dates(span: Any) -> str:
    start = span.start or "no date"
    return start if span.end in (None, span.start) else f"{start} to {span.end}"
