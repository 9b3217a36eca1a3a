"""Whether two visits that are told can be one: the class of their states, their days; a visit that is given twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarise.judge.build import Draft
from summarise.records import DateSpan

_CLASSES = (
    frozenset({"speculated", "planned", "confirmed"}),
    frozenset({"ongoing", "completed"}),
    frozenset({"postponed", "cancelled", "denied"}),
)


def status_class(status: str) -> int:
    """0 for what may come, 1 for what is or was, 2 for what was put off, called off or denied, 3 for unknown."""
    return next((number for number, states in enumerate(_CLASSES) if status in states), len(_CLASSES))


def dates_overlap(first: DateSpan, second: DateSpan) -> bool:
    """Whether two dates can mean the same days: one lies in the other, at the coarser precision."""
    if first.start is None or second.start is None:
        return first.start == second.start and first.text == second.text
    low_first, high_first = first.start, first.end or first.start
    low_second, high_second = second.start, second.end or second.start
    return not (_before(high_first, low_second) or _before(high_second, low_first))


def _before(a: str, b: str) -> bool:
    size = min(len(a), len(b))
    return a[:size] < b[:size]


def twice(drafts: Sequence[Draft]) -> None:
    """Complains about a visit that a reply gives twice, and about two legs of one trip in the same country."""
    alike: dict[tuple[str, frozenset[tuple[str, str | None]]], list[Draft]] = {}
    for draft in drafts:
        country = draft.values["country"]
        if country is None:
            continue
        before = alike.setdefault((country, frozenset(_travellers(draft))), [])
        before.append(draft)
        for other in before[:-1]:
            if other.fatal or draft.fatal:
                continue
            first, second = other.values, draft.values
            same_trip = first.get("trip") is not None and first.get("trip") == second.get("trip")
            overlap = dates_overlap(first["when"], second["when"])
            same_class = status_class(first["status"]) == status_class(second["status"])
            if same_class and (overlap or same_trip):
                draft.complain(
                    "country" if same_trip else "visitors",
                    "twice",
                    f"this is {other.path} again: same visitors, same country, dates that do not differ",
                    "Give one record for one visit, or correct what differs",
                    fatal=True,
                )


def _travellers(draft: Draft) -> set[tuple[str, str | None]]:
    """Names, and the country that a description gives: "ministers" of two states are not the same ministers."""
    given = [raw.get("country") if isinstance(raw, Mapping) else None for raw in draft.reply["visitors"]]
    return set(zip((visitor.name for visitor in draft.values["visitors"]), given, strict=False))
