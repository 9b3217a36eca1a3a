"""Whether the cited sentences carry the visit or the invitation that a reply read out of them.

Hard faults keep a record out: a traveller or a country that the cited sentences and their neighbours do not name, a
visit to one's own country. Doubts are asked about once; if the model stays with its reading, the record is kept and
the doubt becomes a concern. Words of travel are known in English only; elsewhere names and countries alone are judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarise.judge.build import Draft, country_shown, quoted
from summarise.judge.index import ArticleIndex
from summarise.judge.people import short_forms
from summarise.judge.places import PlaceMention, compatible
from summarise.judge.support import has_pronoun, only_speaks, parts_of, refers_back, speaks_of_travel
from summarise.records import DateSpan, Official, Party

_INVITING = re.compile(
    r"\binvit\w*|\b(?:guests?|ask(?:s|ed)?|request\w*|urg\w+|call(?:s|ed) on|welcom\w+|accept\w*|declin\w*|rsvp|"
    r"summon\w*|bid|bade|offer\w*|propos\w+|extend\w*)\b",
    re.IGNORECASE,
)
_FUTURE = frozenset({"speculated", "planned", "confirmed"})
_CLASSES = (_FUTURE, frozenset({"ongoing", "completed"}), frozenset({"postponed", "cancelled", "denied"}))


class TravelJudge:
    """Checks visits and invitations of one reply against one article."""

    def __init__(self, index: ArticleIndex, officials: Sequence[Official]) -> None:
        self._index = index
        self._forms = {
            official.name: [official.name, *official.variants, *short_forms(official.name)] for official in officials
        }

    def visit(self, draft: Draft) -> None:
        """Adds what is wrong with a visit as a whole."""
        if not draft.numbers or draft.fatal:
            return
        visitors: list[Party] = draft.values["visitors"]
        self._own_country(draft, visitors)
        if self._traveller(draft, "visitors", visitors) and self._index.english:
            self._not_the_speaker(draft, visitors)
        self._destination(draft, draft.values.get("hosts", []))
        self._places(draft)

    def invitation(self, draft: Draft) -> None:
        """Adds what is wrong with an invitation as a whole."""
        if not draft.numbers or draft.fatal:
            return
        self._traveller(draft, "invitees", [*draft.values["invitees"], *draft.values["inviters"]])
        text = " ".join(self._index.text(number) for number in draft.numbers)
        if self._index.english and not _INVITING.search(text):
            draft.complain(
                "evidence", "no_invitation", "no cited sentence speaks of an invitation", "Cite the one that does"
            )
        self._invited_to(draft)

    def _own_country(self, draft: Draft, visitors: list[Party]) -> None:
        country = draft.values["country"]
        if country is not None and all(visitor.country == country for visitor in visitors):
            who = ", ".join(visitor.name for visitor in visitors)
            draft.complain(
                "country",
                "own_country",
                f"{who} would visit {country_shown(country)}, the own country",
                "Check who travels and who receives; a stay at home is no visit",
                fatal=True,
            )

    def _traveller(self, draft: Draft, name: str, parties: list[Party]) -> bool:
        """Whether one of the parties is in the cited sentences, by name, title or pronoun."""
        near = self._index.near(draft.numbers, before=3, after=0 if self._index.english else 1)
        present = {number for party in parties for number in self._mentions(party)}
        if present.intersection(draft.numbers):
            return True
        pronoun = not self._index.english or any(has_pronoun(self._index.text(number)) for number in draft.numbers)
        if pronoun and present.intersection(near):
            return True
        who = ", ".join(party.name for party in parties)
        draft.complain(
            "evidence",
            "not_about",
            f"no cited sentence is about {quoted(who)}",
            f"Cite the sentence that carries the {name}, or leave the record out",
            fatal=True,
        )
        return False

    def _mentions(self, party: Party) -> set[int]:
        forms = self._forms.get(party.name) or [party.name, *self._shorter(party)]
        return {number for form in forms for number in self._index.sentences_with(form)}

    def _shorter(self, party: Party) -> list[str]:
        return short_forms(party.name) if party.kind == "person" else []

    def _not_the_speaker(self, draft: Draft, visitors: list[Party]) -> None:
        """A person who is in the cited sentences as the one who says it is not thereby the one who travels."""
        article = self._index.article
        speaking = 0
        for number in draft.numbers:
            start, end = article.trimmed(number)
            spans = [
                (first - start, last - start)
                for visitor in visitors
                for form in self._forms.get(visitor.name, [visitor.name])
                for first, last in self._index.spans(form)
                if start <= first < end
            ]
            if spans and not only_speaks(article.text[start:end], spans):
                return
            speaking += bool(spans)
        if speaking:
            who = ", ".join(visitor.name for visitor in visitors)
            draft.complain(
                "visitors", "speaker", f"in the cited sentences {who} only speaks", "Name the one who travels"
            )

    def _destination(self, draft: Draft, hosts: list[Party]) -> None:
        country = draft.values["country"]
        if country is None:
            return
        codes = self._codes(country)
        text = self._index.article.text
        cited = [self._index.places_in(number) for number in draft.numbers]
        near = self._index.near(draft.numbers, before=3, after=1)
        if not self._index.english:
            if not self._named(near, codes) and not self._host_from(hosts, codes, near):
                self._unnamed(draft, country)
            return
        travel = any(speaks_of_travel(self._index.text(number)) for number in draft.numbers)
        parts = {part for mentions in cited for part in parts_of(text, mentions, codes)}
        if "destination" in parts:
            if not travel:
                self._no_travel(draft)
            return
        if not self._named(near, codes):
            if not (travel and self._host_from(hosts, codes, near)):
                self._unnamed(draft, country)
            return
        if not travel:
            self._no_travel(draft)
        elif "open" not in parts and not self._named_before(draft, hosts, codes, near):
            draft.complain(
                "country",
                "not_a_destination",
                f"the cited sentences do not speak of {country_shown(country)} as the place visited",
                "Correct the country, or cite the sentence that says so",
            )

    def _named_before(self, draft: Draft, hosts: list[Party], codes: frozenset[str], near: tuple[int, ...]) -> bool:
        if self._host_from(hosts, codes, draft.numbers):
            return True
        return any(refers_back(self._index.text(number)) for number in draft.numbers) and self._named(near, codes)

    def _unnamed(self, draft: Draft, country: str) -> None:
        draft.complain(
            "country",
            "country_not_named",
            f"nothing in or next to the cited sentences names {country_shown(country)}",
            "Correct the country, or cite the sentence that names it",
            fatal=True,
        )

    def _no_travel(self, draft: Draft) -> None:
        draft.complain(
            "evidence",
            "no_travel",
            "no cited sentence speaks of travelling, meeting or hosting",
            "Cite the one that does, or leave the record out",
        )

    def _codes(self, country: str) -> frozenset[str]:
        """The codes in the article that count as this country (SUN and RUS, say)."""
        met = {code for mention in self._index.places for code in mention.codes}
        return frozenset(code for code in met if compatible(country, code))

    def _named(self, numbers: tuple[int, ...], codes: frozenset[str]) -> bool:
        mentions: list[PlaceMention] = [place for number in numbers for place in self._index.places_in(number)]
        return any(not codes.isdisjoint(mention.codes) for mention in mentions)

    def _host_from(self, hosts: list[Party], codes: frozenset[str], numbers: tuple[int, ...]) -> bool:
        """Whether a host who serves this country is in the sentences: his being there says where it is."""
        return any(host.country in codes and self._mentions(host).intersection(numbers) for host in hosts)

    def _places(self, draft: Draft) -> None:
        country = draft.values["country"]
        if country is None:
            return
        for place in draft.values.get("places", []):
            spans = self._index.spans(place)
            codes = {
                code
                for mention in self._index.places
                if any(start <= mention.start and mention.end <= end for start, end in spans)
                for code in mention.codes
            }
            if codes and not any(compatible(country, code) for code in codes):
                lies = " or ".join(country_shown(code) for code in sorted(codes))
                draft.complain(
                    "places",
                    "place_elsewhere",
                    f"{quoted(place)} lies in {lies}, not in {country_shown(country)}",
                    "Correct the country or the place",
                )

    def _invited_to(self, draft: Draft) -> None:
        country = draft.values["country"]
        if country is None:
            return
        codes = self._codes(country)
        near = self._index.near(draft.numbers, before=3, after=1)
        inviters: list[Party] = draft.values["inviters"]
        if self._host_from(inviters, codes, near):
            return
        if not self._named(near, codes):
            self._unnamed(draft, country)
            return
        if not self._index.english:
            return
        text = self._index.article.text
        parts = {part for number in near for part in parts_of(text, self._index.places_in(number), codes)}
        invitees_own = all(invitee.country == country for invitee in draft.values["invitees"])
        if parts.isdisjoint({"destination", "open"}) or (invitees_own and draft.values["invitees"]):
            draft.complain(
                "country",
                "not_a_destination",
                f"the cited sentences do not speak of an invitation to {country_shown(country)}",
                "Correct the country, or cite the sentence that says so",
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
    for later, draft in enumerate(drafts):
        for earlier in range(later):
            other = drafts[earlier]
            if other.fatal or draft.fatal or not _same_travellers(other, draft):
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
                )


def _same_travellers(first: Draft, second: Draft) -> bool:
    if first.values["country"] != second.values["country"] or first.values["country"] is None:
        return False
    names = [{visitor.name for visitor in draft.values["visitors"]} for draft in (first, second)]
    return names[0] == names[1]
