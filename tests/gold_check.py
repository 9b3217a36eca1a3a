"""How a summary of a seed article compares with its hand annotation: `python -m tests.gold_check LEDGER`.

A visit is found if visitor and country agree. A date is right if its start is one of the accepted ones and its end
the annotated one; it is partly right if one of the two dates lies in the other. Visits that the annotation marks as
optional are neither asked for nor counted as wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from summarise.corpus.ledger import read_ledger
from summarise.judge.people import same_person
from summarise.records import ArticleSummary, Visit
from summarise.settings import DEFAULT_MODEL
from summarise.tokens import cost

GOLD = Path(__file__).parent / "gold" / "seed_gold.json"


@dataclass
class Comparison:
    """Counts of one article, or summed over several."""

    required: int = 0
    found: int = 0
    aligned: int = 0
    dates_right: int = 0
    dates_partly: int = 0
    statuses_right: int = 0
    officials: int = 0
    officials_found: int = 0
    invitations: int = 0
    invitations_found: int = 0
    extra: list[str] = field(default_factory=list)

    def __add__(self, other: Comparison) -> Comparison:
        return Comparison(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


def gold_of(name: str) -> Mapping[str, Any]:
    """The annotation of a seed, by the stem of its file."""
    seeds = json.loads(GOLD.read_text(encoding="utf-8"))["seeds"]
    return next(seed for seed in seeds if seed["seed"] == f"{name}.txt")


def compare(seed: Mapping[str, Any], summary: ArticleSummary) -> Comparison:
    """Aligns the visits, invitations and officials of a summary with the annotation."""
    result = Comparison()
    free = list(summary.visits)
    optional = set(seed["scoring"]["optional"])
    visits = sorted(seed["record"]["visits"], key=lambda visit: f"visits.{visit['id']}" in optional)
    for visit in visits:
        required = f"visits.{visit['id']}" not in optional
        result.required += required
        accepted = _Accepted(seed, visit)
        candidates = [given for given in free if accepted.same_visit(given)]
        if not candidates:
            continue
        best = max(candidates, key=accepted.agreement)
        free.remove(best)
        result.found += required
        result.aligned += 1
        result.dates_right += accepted.exact_date(best)
        result.dates_partly += accepted.date(best) and not accepted.exact_date(best)
        result.statuses_right += best.status in accepted.statuses
    result.extra = [f"{visit.visitors[0].name} to {visit.country}: {visit.evidence[0].text}" for visit in free]
    _invitations(seed, summary, result)
    _officials(seed, summary, result)
    return result


class _Accepted:
    """What counts as right for one annotated visit."""

    def __init__(self, seed: Mapping[str, Any], visit: Mapping[str, Any]) -> None:
        alternatives = seed["scoring"]["alternatives"]
        self.visit = visit
        self.starts = alternatives.get(f"visits.{visit['id']}.when.start", [visit["when"]["start"]])
        self.statuses = alternatives.get(f"visits.{visit['id']}.status", [visit["status"]])

    def same_visit(self, given: Visit) -> bool:
        same = any(same_person(a.name, b["name"]) for a in given.visitors for b in self.visit["visitors"])
        return same and given.country == self.visit["country"]

    def date(self, given: Visit) -> bool:
        start = given.when.start
        if start is None:
            return None in self.starts
        return any(day and (day.startswith(start) or start.startswith(day)) for day in self.starts)

    def exact_date(self, given: Visit) -> bool:
        annotated = self.visit["when"]
        same_end: bool = given.when.start != annotated["start"] or given.when.end == annotated["end"]
        return given.when.start in self.starts and same_end

    def agreement(self, given: Visit) -> int:
        same_focus: bool = given.focus == self.visit["focus"]
        return 2 * self.date(given) + (given.status in self.statuses) + same_focus


def _invitations(seed: Mapping[str, Any], summary: ArticleSummary, result: Comparison) -> None:
    merged = {name for group in seed["scoring"].get("merge_ok", []) for name in group[1:]}
    free = list(summary.invitations)
    for invitation in seed["record"]["invitations"]:
        match = next(
            (
                given
                for given in free
                if given.country == invitation["country"]
                and any(same_person(a.name, b["name"]) for a in given.invitees for b in invitation["invitees"])
            ),
            None,
        )
        if match is None and f"invitations.{invitation['id']}" in merged:
            continue
        result.invitations += 1
        if match is not None:
            free.remove(match)
            result.invitations_found += 1
    result.extra += [f"invitation to {given.country}: {given.evidence[0].text}" for given in free]


def _officials(seed: Mapping[str, Any], summary: ArticleSummary, result: Comparison) -> None:
    optional = set(seed["scoring"]["optional"])
    named = {official["name"]: f"officials.{official['id']}" for official in seed["record"]["officials"]}
    for name, key in named.items():
        if key not in optional:
            result.officials += 1
            result.officials_found += any(same_person(name, given.name) for given in summary.officials)
    result.extra += [
        f"official {given.name}"
        for given in summary.officials
        if not any(same_person(given.name, name) for name in named)
    ]


def lines(ledger: Path) -> Iterator[str]:
    """A line per seed of a ledger, and one for all."""
    total = Comparison()
    for row in read_ledger(ledger):
        summary = row.parsed(ArticleSummary)
        if summary is not None:
            result = compare(gold_of(row.id), summary)
            total += result
            used = row.usage
            price = cost(
                DEFAULT_MODEL,
                input_tokens=used.input_tokens,
                cached_tokens=used.cached_tokens,
                output_tokens=used.output_tokens,
            )
            spent = f"{used.input_tokens} tokens in, {used.output_tokens} out, ${price:.5f} at {DEFAULT_MODEL}'s price"
            yield f"{row.id}: {_shown(result)}; {spent}"
    yield f"all: {_shown(total)}"


def _shown(result: Comparison) -> str:
    return (
        f"visits {result.found}/{result.required}, dates {result.dates_right}/{result.aligned} "
        f"(and {result.dates_partly} partly), "
        f"statuses {result.statuses_right}/{result.aligned}, "
        f"invitations {result.invitations_found}/{result.invitations}, "
        f"officials {result.officials_found}/{result.officials}, not in the annotation {result.extra}"
    )


if __name__ == "__main__":
    for line in lines(Path(sys.argv[1])):
        sys.stdout.write(line + "\n")
