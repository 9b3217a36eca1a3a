"""A file in which an analyst undoes or forces merges: JSON or TOML, two lists of groups of keys of reports.

    apart = [["a/12#o1", "b/7#o2"]]        # no two of a group are one
    together = [["a/12#v1", "c/3#v4"]]     # all of a group are one

Keys stand in the dossier beside every report. A key that the ledger lacks is an error, and so is what contradicts
itself.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from summarise.dossier.components import Components, Tie
from summarise.errors import ConfigurationError

_HINT = 'It holds `apart` and `together`, each a list of groups of keys such as ["a/12#v1", "c/3#v4"].'
_MOST_NAMED = 10


class Overrides(BaseModel):
    """Which reports are not one and which are, by their keys: persons, visits or invitations, never mixed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    apart: list[list[StrictStr]] = []
    together: list[list[StrictStr]] = []

    def named(self) -> list[str]:
        """All keys, each once."""
        return list(dict.fromkeys(key for group in (*self.apart, *self.together) for key in group))


def overrides_of(given: Overrides | Mapping[str, Any] | str | Path | None) -> Overrides:
    """What is given, or what stands in the file. Raises `ConfigurationError`, naming the file and the fault."""
    if given is None:
        return Overrides()
    if isinstance(given, Overrides):
        return given
    name, raw = ("the overrides", given) if isinstance(given, Mapping) else (str(given), _read(Path(given)))
    try:
        found = Overrides.model_validate(raw)
    except ValidationError as problem:
        faults = [
            f"{'.'.join(map(str, fault['loc'])) or 'it'}: {fault['msg']}" for fault in problem.errors(include_url=False)
        ]
        raise ConfigurationError(f"{name} holds no overrides: {_some(faults, '; ')}", hint=_HINT) from problem
    small = [group for group in (*found.apart, *found.together) if len(set(group)) < 2]
    if small:
        raise ConfigurationError(
            f"{name}: a group needs two different keys, and this has not: {json.dumps(small[0], ensure_ascii=False)}",
            hint=_HINT,
        )
    return found


def _read(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise ConfigurationError(f"cannot read the overrides {path}: {problem.strerror}", hint=_HINT) from problem
    except UnicodeDecodeError as problem:
        raise ConfigurationError(f"the overrides {path} are not in UTF-8", hint=_HINT) from problem
    try:
        return tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except (ValueError, RecursionError) as problem:
        form = "TOML" if path.suffix.lower() == ".toml" else "JSON (a file in TOML ends in .toml)"
        raise ConfigurationError(f"{path} is no {form}: {problem}", hint=_HINT) from problem


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the overrides say about one kind of reports, by their numbers."""

    apart: Sequence[tuple[int, int]]
    together: Sequence[tuple[int, int]]

    def components(self, marks: Sequence[int | None]) -> Components:
        """Groups in which what must be together is so already."""
        made = Components(len(marks), marks, self.apart)
        for one, other in self.together:
            made.join(Tie(one, other, "override", "the overrides say so"), forced=True)
        return made


def check_overrides(overrides: Overrides, known: Collection[Collection[str]]) -> None:
    """Raise `ConfigurationError` for keys that no kind of reports has, and for groups that mix kinds."""
    unknown = [key for key in overrides.named() if not any(key in kind for kind in known)]
    if unknown:
        raise ConfigurationError(
            f"the overrides name what the ledger lacks: {_some(unknown)}",
            hint="Keys are those of the dossier's reports, such as a/12#v1: the article's id, # and the record's id.",
        )
    for group in (*overrides.apart, *overrides.together):
        if not any(all(key in kind for key in group) for kind in known):
            raise ConfigurationError(
                f"the overrides mix persons, visits and invitations: {_some(group)}",
                hint="All keys of a group must be of one kind.",
            )


def ruling(
    overrides: Overrides,
    numbers: Mapping[str, Sequence[int]],
    alike: Callable[[int, int], bool] = lambda _one, _other: True,
) -> Ruling:
    """What they say about the reports with these keys. Raises `ConfigurationError` if that contradicts itself.

    A key can stand for several reports, such as a visit of guests from several states: then those that are `alike` are
    brought together, and none of them with any other where they are to be apart.
    """
    apart = [
        pair
        for group in overrides.apart
        for one, other in combinations(_known(group, numbers), 2)
        for pair in product(numbers[one], numbers[other])
    ]
    together = [
        pair
        for group in overrides.together
        for one, other in pairwise(_known(group, numbers))
        for pair in _matching(numbers[one], numbers[other], alike)
    ]
    names = {number: key for key, found in numbers.items() for number in found}
    made = Components(len(names), [None] * len(names))
    for one_number, other_number in together:
        made.join(Tie(one_number, other_number, "", ""))
    for one_number, other_number in apart:
        if made.together(one_number, other_number):
            raise ConfigurationError(
                f"the overrides say that {names[one_number]} and {names[other_number]} are one, and that they are not",
                hint="Take one of the two out.",
            )
    return Ruling(apart, together)


def _known(group: Sequence[str], numbers: Mapping[str, Sequence[int]]) -> list[str]:
    return [key for key in dict.fromkeys(group) if key in numbers]


def _matching(
    ones: Sequence[int], others: Sequence[int], alike: Callable[[int, int], bool]
) -> Sequence[tuple[int, int]]:
    pairs = list(product(ones, others))
    return [pair for pair in pairs if alike(*pair)] or pairs[:1]


def _some(names: Sequence[str], between: str = ", ") -> str:
    shown = between.join(names[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else f"{shown}{between}and {len(names) - _MOST_NAMED} more"
