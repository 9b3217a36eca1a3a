"""Officials: variants of one person brought together, and what code can tell of each: other forms, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from summarise.judge.build import Draft, country_shown, quoted
from summarise.judge.index import ArticleIndex
from summarise.judge.namesakes import Namesakes, merge
from summarise.judge.places import compatible
from summarise.judge.variants import first_mention, variants_in
from summarise.records import Concern, Evidence

_DISPUTABLE = ("role", "tenure", "organisation")


def build_officials(
    drafts: Sequence[Draft], index: ArticleIndex, *, in_windows: bool = False
) -> Iterator[tuple[Draft, dict[str, Any]]]:
    """One draft with its values for each person; what cannot be an official comes out with its faults.

    Where the drafts come from several windows, what these tell differently of a person is remarked on.
    """
    for draft in drafts:
        _stands_in_news(draft, index)
    good = [draft for draft in drafts if not draft.fatal]
    bad = [draft for draft in drafts if draft.fatal]
    names = [draft.values["name"] for draft in good]
    groups = merge(names, lambda a, b: _may_be_one(good[a].values, good[b].values))
    merged = [_united([good[position] for position in group], in_windows) for group in groups]
    all_names = [values["name"] for _, values in merged]
    namesakes = Namesakes(all_names)
    for draft, values in merged:
        _country_fits(draft, values, index)
        near = (all_names[at] for at in namesakes.sharing_a_sound(values["name"]))
        others = (name for name in near if name != values["name"])
        variants = variants_in(values["name"], values["titles"], index.folded, others)
        given = values.pop("also", [])
        values["variants"] = list(dict.fromkeys([*given, *variants]))
        values["evidence"] = _evidence(values, index)
        yield draft, values
    for draft in bad:
        yield draft, draft.values


def _stands_in_news(draft: Draft, index: ArticleIndex) -> None:
    name = draft.values.get("name")
    if name is not None and not index.sentences_with(name):
        draft.complain(
            "name",
            "boilerplate",
            f"{quoted(name)} stands in boilerplate alone",
            "Leave out people who are not in the news itself",
            fatal=True,
        )


def _may_be_one(first: dict[str, Any], second: dict[str, Any]) -> bool:
    if first.get("country") and second.get("country") and first["country"] != second["country"]:
        return False
    tenures = {first.get("tenure", "current"), second.get("tenure", "current")}
    return tenures != {"current", "deceased"}


def _united(drafts: list[Draft], in_windows: bool) -> tuple[Draft, dict[str, Any]]:
    """The first draft of a person, with what the others add; the longest name leads."""
    if len(drafts) == 1:
        return drafts[0], dict(drafts[0].values)
    lead = max(drafts, key=lambda draft: len(draft.values["name"].split()))
    values = dict(lead.values)
    for other in drafts:
        if other is lead:
            continue
        values["titles"] = list(dict.fromkeys([*values["titles"], *other.values["titles"]]))
        for name, value in other.values.items():
            if values.get(name) is None or (in_windows and name == "role" and values[name] == "other"):
                values[name] = value
            elif in_windows and name in _DISPUTABLE and value not in (None, "other", values[name]):
                message = f"{quoted(values[name])} stands; another part of the article has {quoted(value)}"
                lead.remarks.append(Concern(path=f"{lead.path}.{name}", kind="windows_differ", message=message))
        if other.values["name"] != values["name"]:
            values["also"] = [*values.get("also", []), other.values["name"]]
        lead.faults.extend(other.faults)
    return lead, values


def _country_fits(draft: Draft, values: dict[str, Any], index: ArticleIndex) -> None:
    """The country served must be in the article, and may not contradict the titles ("Russian Foreign Minister")."""
    country = values.get("country")
    if country is None:
        return
    # Adjectives of other languages are known in part ("estnische"), so there only a contradiction counts.
    named = country in index.codes
    if not named and index.english and index.places and not any(compatible(country, code) for code in index.codes):
        draft.complain(
            "country",
            "country_not_named",
            f"nothing in the article names {country_shown(country)}",
            "Correct the country, or use null",
        )
        values["country"] = None
        return
    for title in values["titles"]:
        for start, end in index.spans(title):
            said = [place for place in index.places_between(start, end) if place.kind == "demonym"]
            if said and not any(compatible(country, code) for code in said[0].codes):
                draft.complain(
                    "country",
                    "country_not_of_title",
                    f"the title {quoted(title)} does not speak of {country_shown(country)}",
                    "Correct the country served",
                )
                values["country"] = None
                return


def _evidence(values: dict[str, Any], index: ArticleIndex) -> list[Evidence]:
    found = first_mention(values["name"], values["titles"], index.folded)
    numbers = index.sentences_with(values["name"])
    if found is not None and (number := index.article.sentence_at(found[0])) in numbers:
        return [index.evidence(number)]
    return [index.evidence(number) for number in numbers[:1]]
