"""Random record models: summary classes of a user's own, as odd as Python lets them be."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Optional, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model
from typing_extensions import TypeAliasType

from summarise.records import (
    DERIVED,
    VERBATIM,
    ArticleSummary,
    Attribution,
    CountryCode,
    DateSpan,
    Evidence,
    PartialDate,
    Party,
    Record,
)

NAMES = st.sampled_from(
    "a b c id text date name kind country evidence status when summary2 été класс class_ Field type title items "
    "properties enum visitors x_y A0 description required anyOf".split()
)
TEXTS = st.sampled_from(["", "a", "two words", "x" * 60, "é", '"', "\\", "a|b", "null", "\n", "1"])
DESCRIPTIONS = st.sampled_from([None, None, "", "told by the article", "a: b; c", "{curly}", "«é»\nnext", "x" * 300])
LEVELS = 3
"""Of records within records, at most; the limit of strict schemas is ten."""


class Stranger(BaseModel):
    """No Record."""

    x: str = ""


class Selfish(Record):
    """Contains itself."""

    inner: list[Selfish]


class Hollow(Record):
    """Asks for nothing."""

    id: Annotated[str, DERIVED] = ""


class Light(ArticleSummary):
    """a summary without the standard records, which takes little time to make anything of"""

    officials: list[str] = Field(default=[])  # type: ignore[assignment]
    visits: list[str] = Field(default=[])  # type: ignore[assignment]
    invitations: list[str] = Field(default=[])  # type: ignore[assignment]


class OwnParty(Party):
    """A party with more in it."""

    rank: int = 0


REFUSED: tuple[Any, ...] = (
    dict, dict[str, int], dict[str, str] | None, tuple[int, str], tuple[str, ...], set[str], frozenset[int], list, Any,
    bytes, date, Decimal, complex, object, int | str, list[int] | str, Literal[True], Literal["a", 1], Stranger,
    list[Stranger], Selfish, list[Selfish], Hollow, OwnParty, list[dict[str, int]], type,
)  # fmt: skip
"""Types that strict structured outputs cannot express."""


@dataclass(frozen=True)
class Made:
    """A model, and whether all of its fields can be asked for and whether any of them is bounded."""

    model: type[ArticleSummary]
    can_be_asked: bool
    bounded: bool


@dataclass(frozen=True)
class _Kind:
    """A type, and the same of it."""

    annotation: Any
    fits: bool = True
    bounded: bool = False
    judged: bool = False
    listed: bool = False

    def in_list(self) -> _Kind:
        """A list of it; what is judged may be in one list, and not in a list of lists."""
        fits = self.fits and not (self.judged and self.listed)
        return replace(self, annotation=list[self.annotation], fits=fits, listed=True)  # type: ignore[name-defined]


@st.composite
def _choices(draw: st.DrawFn) -> _Kind:
    one = draw(st.sampled_from([TEXTS, st.integers(-3, 9)]))
    values: list[Any] = draw(st.lists(one, min_size=1, max_size=4, unique=True))
    if draw(st.booleans()):
        members = {f"M{number}": value for number, value in enumerate(values)}
        return _Kind(enum.Enum("Own", members))
    return _Kind(Literal[(*values, None)] if draw(st.booleans()) else Literal[tuple(values)])


@st.composite
def _bounded(draw: st.DrawFn) -> _Kind:
    low, high = sorted((draw(st.integers(-5, 5)), draw(st.integers(-5, 9))))
    bounds: Any = draw(
        st.sampled_from(
            [
                Annotated[int, Field(ge=low, le=high)], Annotated[float, Field(gt=low, lt=high + 1)],
                Annotated[int, Field(multiple_of=5)], Annotated[str, Field(min_length=1, max_length=3 + abs(high))],
                Annotated[str, Field(pattern="^[a-z]+$")], Annotated[float, Field(allow_inf_nan=False, ge=low)],
                Annotated[list[str], Field(min_length=1)], Annotated[list[int], Field(max_length=abs(high))],
                CountryCode, PartialDate, Evidence, list[Evidence], DateSpan, list[DateSpan], list[CountryCode],
            ]
        )
    )  # fmt: skip
    judged = bounds in (CountryCode, Evidence, list[Evidence], DateSpan, list[DateSpan], list[CountryCode])
    return _Kind(bounds, bounded=True, judged=judged, listed=get_origin(_bare(bounds)) is list)


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _kinds(level: int) -> st.SearchStrategy[_Kind]:
    plain = st.sampled_from([str, int, float, bool]).map(_Kind)
    named = st.sampled_from([Attribution, Annotated[str, VERBATIM]]).map(lambda kind: _Kind(kind, judged=True))
    named |= st.just(_Kind(Party, bounded=True, judged=True))
    kinds = plain | named | _choices() | _bounded()
    if level < LEVELS:
        kinds |= _records(level + 1).map(lambda made: _Kind(made.model, made.can_be_asked, made.bounded, judged=True))
    kinds |= kinds.map(lambda kind: replace(kind, annotation=TypeAliasType("Alias", kind.annotation)))
    kinds |= kinds.map(_Kind.in_list)
    kinds |= kinds.map(lambda kind: replace(kind, annotation=Optional[kind.annotation]))  # noqa: UP045
    kinds |= kinds.map(_Kind.in_list)
    return kinds


REFUSABLE = st.sampled_from(REFUSED).map(lambda annotation: _Kind(annotation, fits=False))


@st.composite
def _field(draw: st.DrawFn, level: int, odd: bool) -> tuple[_Kind, Any]:
    """A field's type and its `Field(...)`."""
    kind = draw(REFUSABLE if odd and draw(st.integers(0, 3)) == 0 else _kinds(level))
    more: dict[str, Any] = {"description": draw(DESCRIPTIONS)}
    if draw(st.integers(0, 9)) == 0:  # code fills it in: it may be of any type
        derived: Any = Annotated[Any, DERIVED]
        return _Kind(derived), Field(default=None, **more)
    if draw(st.booleans()) and (default := _default(kind.annotation)) is not ...:
        if isinstance(default, list) and draw(st.booleans()):
            return kind, Field(default_factory=lambda: list(default), **more)
        return kind, Field(default=default, **more)
    if odd and draw(st.integers(0, 9)) == 0:
        return _Kind(kind.annotation, fits=False), Field(alias="other", **more)
    return kind, Field(**more)


def _default(annotation: Any) -> Any:
    """A value of simple types; `...` for others."""
    known: tuple[tuple[Any, Any], ...] = ((str, "x"), (int, 3), (float, 0.5), (bool, True), (DateSpan, DateSpan()))
    for kind, value in known:
        if annotation is kind:
            return value
    if getattr(annotation, "__origin__", None) is list:
        return []
    return None if type(None) in getattr(annotation, "__args__", ()) else ...


@st.composite
def _records(draw: st.DrawFn, level: int) -> Made:
    return draw(_models(Record, draw(st.sampled_from(["Inner", "Date", "Visit", "Été", "name"])), level, odd=False))


@st.composite
def _models(draw: st.DrawFn, base: type[Any], name: str, level: int, odd: bool) -> Made:
    names = draw(st.lists(NAMES, min_size=1, max_size=5 if level == 0 else 3, unique=True))
    fields: dict[str, Any] = {}
    fits, bounded, asked = True, False, False
    for each in names:
        if each in base.model_fields:
            continue
        kind, info = draw(_field(level, odd))
        fields[each] = (kind.annotation, info)
        fits, bounded = fits and kind.fits, bounded or kind.bounded
        asked = asked or kind.annotation != Annotated[Any, DERIVED]
    if odd and draw(st.integers(0, 12)) == 0:
        fields["more"], fits = (str, ...), False
    doc = draw(st.sampled_from([None, "", "one of these", "a\nb", '"""']))
    create: Any = create_model
    try:
        made = create(name, __base__=base, __doc__=doc, **fields)
    except (TypeError, NameError):  # a shadowed name, an impossible bound: pydantic's own refusal
        made, fits, bounded, asked = create(name, __base__=base, a=(str, ...)), True, False, True
    return Made(made, fits and (asked or base is not Record), bounded)


@st.composite
def summaries(draw: st.DrawFn) -> Made:
    """A subclass of `ArticleSummary` with fields of its own; the standard records stay, or leave room for others."""
    odd = draw(st.booleans())
    base: type[Any] = ArticleSummary if draw(st.integers(0, 7)) == 0 else Light
    made = draw(_models(base, draw(st.sampled_from(["Own", "Été", "A" * 80, "ArticleSummary"])), 0, odd))
    return Made(made.model, made.can_be_asked, made.bounded or base is ArticleSummary)


def replies(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a wire schema allows: what a server that obeys it can send."""
    definitions = schema.get("$defs", {})

    def of(node: dict[str, Any]) -> st.SearchStrategy[Any]:
        if "$ref" in node:
            return of(definitions[node["$ref"].removeprefix("#/$defs/")])
        if "anyOf" in node:
            return st.one_of([of(branch) for branch in node["anyOf"]])
        if "enum" in node:
            return st.sampled_from(node["enum"])
        types = node["type"] if isinstance(node["type"], list) else [node["type"]]
        return st.one_of([_of_type(name, node) for name in types])

    def _of_type(name: str, node: dict[str, Any]) -> st.SearchStrategy[Any]:
        match name:
            case "object":
                return st.fixed_dictionaries({key: of(inner) for key, inner in node["properties"].items()})
            case "array":
                return st.lists(of(node["items"]), max_size=2)
            case "string":
                return st.sampled_from(["Rojas", "Lima", "PER", "2024", "2024-04-11", "abc", "", "é"])
            case "integer":
                return st.sampled_from([1, 2, 3, 0, 5, -1, 10**20])
            case "number":
                return st.sampled_from([0.5, 1, -2.25, 1e300])
            case "boolean":
                return st.booleans()
            case _:
                return st.none()

    return of(schema)
