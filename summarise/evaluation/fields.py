"""The fields that are scored, and how a given value compares with the right ones (MUC: correct to spurious).

Not scored: free text (`purpose`, `caveat`, `occasion`, the summary), sources, links, and a date's text, precision and
basis, which follow from its value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from summarise.evaluation.dates import contains
from summarise.evaluation.gold import RecordType
from summarise.evaluation.normalise import overlap, same_text, shares_words

Outcome = Literal["correct", "partial", "incorrect", "missing", "spurious", "nothing"]
"""`nothing`: neither side has a value; there is no slot to be scored."""

StatusClass = Literal["upcoming", "happened", "off", "unknown"]
CLASSES: tuple[StatusClass, ...] = ("upcoming", "happened", "off", "unknown")
_CLASS_OF: dict[str, StatusClass] = {
    **dict.fromkeys(("speculated", "planned", "confirmed"), "upcoming"),
    **dict.fromkeys(("ongoing", "completed"), "happened"),
    **dict.fromkeys(("postponed", "cancelled", "denied"), "off"),
    "unknown": "unknown",
}


def class_of(status: str) -> StatusClass:
    """The class of a visit's status: yet to come, going on or over, called off, or unknown."""
    return _CLASS_OF[status]


class Field(NamedTuple):
    """One field that is scored: where it stands in a record, and what kind of value it has."""

    path: str
    kind: Literal["value", "status", "date", "text", "texts", "parties"]

    def value(self, record: Any) -> Any:
        """The value in a record; None for null, an empty list, `unspecified`, and an end that is the start."""
        found = record
        for name in self.path.split("."):
            found = getattr(found, name)
        if self.path.endswith(".end") and found == getattr(record, self.path.partition(".")[0]).start:
            return None
        return self.plain(found)

    def plain(self, value: Any) -> Any:
        """`value`, with the ways to say nothing made one."""
        return None if value in ("unspecified", [], "") else value


FIELDS: dict[RecordType, tuple[Field, ...]] = {
    "visits": (
        Field("visitors", "parties"),
        Field("country", "value"),
        Field("when.start", "date"),
        Field("when.end", "date"),
        Field("status", "status"),
        Field("hosts", "parties"),
        Field("places", "texts"),
        Field("event", "text"),
        Field("kind", "value"),
        Field("focus", "value"),
    ),
    "invitations": (
        Field("inviters", "parties"),
        Field("invitees", "parties"),
        Field("country", "value"),
        Field("response", "value"),
        Field("status", "value"),
        Field("channel", "value"),
        Field("proposed.start", "date"),
        Field("proposed.end", "date"),
        Field("extended.start", "date"),
        Field("responded.start", "date"),
        Field("places", "texts"),
    ),
    "officials": (
        Field("name", "text"),
        Field("titles", "texts"),
        Field("role", "value"),
        Field("country", "value"),
        Field("organisation", "text"),
        Field("tenure", "value"),
    ),
}


class Verdict(NamedTuple):
    """What became of one slot, and what it earns: 0 to 1."""

    outcome: Outcome
    credit: float

    @property
    def right(self) -> bool:
        """Whether nothing is wrong, a slot that is rightly empty included."""
        return self.outcome in ("correct", "nothing")


_NOTHING = Verdict("nothing", 0.0)
CORRECT = Verdict("correct", 1.0)
SameParty = Callable[[Any, Any], bool]


def compare(field: Field, accepted: Sequence[Any], given: Any, same_party: SameParty) -> Verdict:
    """How `given` compares with the accepted values, the first of which is the annotated one: the best verdict counts.

    If all fail, the verdict is that against the annotated value.
    """
    verdicts = [_against(field, right, given, same_party) for right in accepted]
    best = max(verdicts, key=lambda verdict: (verdict.right, verdict.credit))
    return best if best.right or best.credit else verdicts[0]


def _against(field: Field, right: Any, given: Any, same_party: SameParty) -> Verdict:
    if right is None or given is None:
        if right is given:
            return _NOTHING
        return Verdict("spurious" if right is None else "missing", 0.0)
    credit = _credit(field, right, given, same_party)
    return Verdict("correct" if credit == 1 else "partial" if credit else "incorrect", credit)


def _credit(field: Field, right: Any, given: Any, same_party: SameParty) -> float:
    match field.kind:
        case "parties":
            return overlap(right, given, same_party)
        case "texts":
            return overlap(right, given, same_text)
        case "text":
            return 1.0 if same_text(right, given) else 0.5 * shares_words(right, given)
        case "date":
            return 1.0 if right == given else 0.5 * contains(right, given)
        case "status":
            return 1.0 if right == given else 0.5 * (class_of(right) == class_of(given))
        case "value":
            return float(right == given)
