"""Whether the cited sentences carry the visit or the invitation that a reply read out of them.

An invented visit is worse than a missing one. So what is said here keeps a record out, if the model stays with it: a
traveller or a country that the cited sentences and those before them do not name, a visit to one's own country or to
one that the article has nobody go to, who only speaks, who receives or invites, a resident envoy, what never took
place, a state that the date does not allow, one visit told twice. A country that is gone to in other sentences than
the cited ones is asked about and then named in a concern. Three faults cost a value only: the date of another visit
or of a saying loses its days, a place elsewhere or never visited is dropped. Words of travel are known in English
only; elsewhere names, countries and dates alone are judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarise.judge.build import Draft, country_shown, quoted
from summarise.judge.cast import names_of
from summarise.judge.destinations import Destinations
from summarise.judge.index import ArticleIndex
from summarise.judge.inviting import told_sides
from summarise.judge.places import compatible, find_places
from summarise.judge.presence import Presence
from summarise.judge.support import has_pronoun, only_speaks, receives, speaks_of_receiving, speaks_of_travel
from summarise.judge.timing import dated_by_a_saying, status_and_date, without_days
from summarise.records import Official, Party

_INVITING = re.compile(
    r"\binvit\w*|\b(?:guests?|ask(?:s|ed|ing)?|want(?:s|ed)|request\w*|"
    r"urg\w+|press(?:es|ed|ing)|beg(?:s|ged|ging)|implor\w+|call(?:s|ed) on|welcom\w+|accept\w*|declin\w*|rsvp|"
    r"summon\w*|bid|bade|offer\w*|propos\w+|extend\w*)\b",
    re.IGNORECASE,
)
_FUTURE = frozenset({"speculated", "planned", "confirmed"})
_REAL = frozenset({"ongoing", "completed"})
_MEANT_FROM = 12  # sentences back to the name that "he" or "the visitors" can mean
_NAMED_FROM = 5  # sentences back to the name of the country that an event or a trip told of is in


class TravelJudge:
    """Checks visits and invitations of one reply against one article."""

    def __init__(self, index: ArticleIndex, officials: Sequence[Official]) -> None:
        self._index = index
        self._who = Presence(index, officials)
        self._places = Destinations(index)
        self._codes: dict[str, frozenset[str]] = {}

    def visit(self, draft: Draft) -> None:
        """Adds what is wrong with a visit as a whole."""
        if not draft.numbers or draft.fatal:
            return
        visitors: list[Party] = draft.values["visitors"]
        hosts: list[Party] = draft.values.get("hosts", [])
        self._own_country(draft, visitors)
        if self._traveller(draft, "visitors", visitors) and self._index.english:
            self._not_the_speaker(draft, visitors)
            self._not_the_host(draft, visitors, hosts)
        self._destination(draft, visitors, hosts)
        self._places_there(draft)
        self._resident(draft, visitors)
        dated_by_a_saying(draft, self._index)
        status_and_date(draft, self._index)

    def invitation(self, draft: Draft) -> None:
        """Adds what is wrong with an invitation as a whole."""
        if not draft.numbers or draft.fatal:
            return
        inviters, invitees = draft.values["inviters"], draft.values["invitees"]
        if self._traveller(draft, "invitees", invitees) and (not inviters or self._inviter(draft, inviters)):
            self._other_way_round(draft, inviters, invitees)
        text = " ".join(self._index.text(number) for number in draft.numbers)
        if self._index.english and not _INVITING.search(text):
            draft.complain(
                "evidence", "no_invitation", "no cited sentence speaks of an invitation", "Cite the one that does"
            )
        self._invited_to(draft)

    # ---------------------------------------------------------------------------------------------------------- people

    def _own_country(self, draft: Draft, visitors: list[Party]) -> None:
        country = draft.values["country"]
        if country is not None and all(visitor.country == country for visitor in visitors):
            who = names_of(visitors)
            draft.complain(
                "country",
                "own_country",
                f"{who} would visit {country_shown(country)}, the own country",
                "Check who travels and who receives; a stay at home is no visit",
                fatal=True,
            )

    def _traveller(self, draft: Draft, name: str, parties: list[Party]) -> bool:
        """Whether one of the parties is in the cited sentences, by name, title or pronoun."""
        present = {number for party in parties for number in self._who.mentions(party)}
        if present.intersection(draft.numbers):
            return True
        pronoun = not self._index.english or any(has_pronoun(self._index.text(number)) for number in draft.numbers)
        near = self._index.near(draft.numbers, before=_MEANT_FROM, after=0 if self._index.english else 1)
        if pronoun and (present.intersection(near) or self._who.bare_title(draft.numbers, parties, present)):
            return True
        who = names_of(parties)
        draft.complain(
            "evidence",
            "not_about",
            f"no cited sentence is about {quoted(who)}",
            f"Cite the sentence that carries the {name}, or leave the record out",
            fatal=True,
        )
        return False

    def _inviter(self, draft: Draft, inviters: list[Party]) -> bool:
        """Whether one of the inviters stands in or near the cited sentences."""
        near = self._index.near(draft.numbers, before=3, after=1)
        present = {number for party in inviters for number in self._who.mentions(party)}
        if present.intersection(near) or self._who.bare_title(draft.numbers, inviters, present):
            return True
        who = names_of(inviters)
        draft.complain(
            "inviters",
            "not_about",
            f"{quoted(who)} is neither in the cited sentences nor next to them",
            "Name the one who invites there, or cite the sentence that does",
            fatal=True,
        )
        return False

    def _other_way_round(self, draft: Draft, inviters: list[Party], invitees: list[Party]) -> None:
        """Who asks is asked, and who is asked asks (English)."""
        if self._index.english and told_sides(self._index, self._who, draft.numbers, inviters, invitees) < 0:
            who = names_of(inviters)
            draft.complain(
                "inviters",
                "inviter_invited",
                f"in the cited sentences {quoted(who)} is asked, or {quoted(invitees[0].name)} asks",
                "Check who invites and who is invited",
                fatal=True,
            )

    def _not_the_speaker(self, draft: Draft, visitors: list[Party]) -> None:
        """A person who is in the cited sentences as the one who says it is not thereby the one who travels."""
        speaking = 0
        for number in draft.numbers:
            spans, text = self._who.spans(number, visitors), self._index.text(number)
            if not only_speaks(text, spans) if spans else has_pronoun(text):
                return  # "…," Osei said. He will fly to Lima.
            speaking += bool(spans)
        if speaking:
            who = names_of(visitors)
            draft.complain(
                "visitors",
                "speaker",
                f"in the cited sentences {who} only speaks",
                "Name the one who travels",
                fatal=True,
            )

    def _not_the_host(self, draft: Draft, visitors: list[Party], hosts: list[Party]) -> None:
        country = draft.values["country"]
        codes = self._places.codes(country) if any(host.country == country for host in hosts) else frozenset()
        for number in draft.numbers if hosts else ():
            text = self._index.text(number)
            if not speaks_of_receiving(text) or (codes and self._places.tells_of((number,), codes)):
                continue  # "greets King Jan in Ghent": the place says who has come
            if receives(text, self._who.spans(number, visitors), self._who.spans(number, hosts)):
                draft.complain(
                    "visitors",
                    "host_travels",
                    f"in sentence {number} {visitors[0].name} receives {hosts[0].name}",
                    "Check who travels and who receives",
                    fatal=True,
                    sentence=number,
                )
                return
        self._not_the_inviter(draft, visitors, hosts)

    def _not_the_inviter(self, draft: Draft, visitors: list[Party], hosts: list[Party]) -> None:
        """Who asks someone to come does not travel to him for that, unless the sentences tell of it besides."""
        country = draft.values["country"]
        if not hosts or country is None:
            return
        found = told_sides(self._index, self._who, draft.numbers, hosts, visitors)
        if found >= 0:
            return
        told = self._places.tells_of(draft.numbers, self._places.codes(country))
        if (found == -2 and draft.values["status"] in _FUTURE) or not told:
            draft.complain(
                "visitors",
                "host_travels",
                f"in the cited sentences {visitors[0].name} invites {hosts[0].name}",
                "Check who travels and who receives",
                fatal=True,
            )

    def _resident(self, draft: Draft, visitors: list[Party]) -> None:
        """An ambassador lives in the country that his title names."""
        country = draft.values["country"]
        for visitor in visitors if country is not None else ():
            title = visitor.title or ""
            if "mbassador to" in title and any(
                compatible(country, mention.codes[0]) for mention in find_places(title.partition("mbassador to")[2])
            ):
                draft.complain(
                    "visitors",
                    "resident",
                    f"{visitor.name} is ambassador to {country_shown(country)}",
                    "A resident envoy does not visit; leave the record out",
                    fatal=True,
                )

    # ------------------------------------------------------------------------------------------------------ destination

    def _destination(self, draft: Draft, visitors: list[Party], hosts: list[Party]) -> None:
        country = draft.values["country"]
        if country is None:
            return
        codes = self._places.codes(country)
        own = {visitor.country for visitor in visitors}
        near = self._index.near(draft.numbers, before=_NAMED_FROM, after=1)
        hosted = self._host_from(hosts, codes, near)
        if not hosted and not self._places.names(near, codes):
            self._unnamed(draft, country)
        elif not self._index.english:
            if not self._places.may_be_goal(draft.numbers, codes, own, hosted=hosted):
                self._not_a_destination(draft, country)
        elif not any(speaks_of_travel(self._index.text(number)) for number in draft.numbers):
            draft.complain(
                "evidence",
                "no_travel",
                "no cited sentence speaks of travelling, meeting or hosting",
                "Cite the one that does, or leave the record out",
                fatal=True,
            )
        elif self._goal_is_aside(draft.numbers, codes) or not self._places.is_goal(
            draft.numbers,
            codes,
            own,
            hosted=hosted and self._host_from(hosts, codes, draft.numbers),
            took_place=draft.values["status"] in _REAL,
        ):
            self._not_a_destination(draft, country)
        else:
            self._really_there(draft, codes)
            self._dated_there(draft, codes, own)

    def _goal_is_aside(self, numbers: tuple[int, ...], codes: frozenset[str]) -> bool:
        """Whether the country is a place in such cited sentences alone as speak of no travel: "cars sold in Japan"."""
        silent = {number for number in numbers if not speaks_of_travel(self._index.text(number))}
        if not silent:
            return False
        telling = {number for number in numbers if self._places.tells_of((number,), codes)}
        return bool(telling) and telling <= silent

    def _really_there(self, draft: Draft, codes: frozenset[str]) -> None:
        """A visit that took place is not told by "never", and none but a speculated one by "had he" or "if"."""
        status = draft.values["status"]
        if status in _REAL and self._places.never(draft.numbers, codes):
            draft.complain(
                "status",
                "never",
                "the cited sentences say that it never took place",
                "Leave the record out, or cite the sentence that tells of it",
                fatal=True,
            )
        if status in _REAL | {"planned", "confirmed"} and self._places.unreal(draft.numbers):
            draft.complain(
                "status",
                "counterfactual",
                "the cited sentences tell what would be, or would have been",
                "Leave the record out; if the visit may still come, it is speculated",
                fatal=True,
            )

    def _dated_there(self, draft: Draft, codes: frozenset[str], own: set[str | None]) -> None:
        words = draft.values["when"].text
        number = self._places.date_of_another(words, draft.numbers, codes, own) if words else None
        if number is not None:
            draft.complain(
                "when",
                "date_of_another",
                f"in sentence {number} {quoted(words)} is the date of another visit",
                "Correct the country or the date",
                sentence=number,
            )
            draft.values["when"] = without_days(draft.values["when"])

    def _unnamed(self, draft: Draft, country: str) -> None:
        draft.complain(
            "country",
            "country_not_named",
            f"nothing in or next to the cited sentences names {country_shown(country)}",
            "Correct the country, or cite the sentence that names it",
            fatal=True,
        )

    def _not_a_destination(self, draft: Draft, country: str) -> None:
        """Keeps a record out only where the article has nobody go there; else the citation may just be too short."""
        codes = self._places.codes(country)
        told = not self._index.english or any(
            self._places.tells_of((number,), codes) and speaks_of_travel(self._index.text(number))
            for number in range(1, len(self._index.article.sentences) + 1)
        )
        draft.complain(
            "country",
            "not_a_destination",
            f"the cited sentences do not speak of {country_shown(country)} as the place to go to",
            "Correct the country, or cite the sentence that says so",
            fatal=not told,
        )

    def _host_from(self, hosts: list[Party], codes: frozenset[str], numbers: tuple[int, ...]) -> bool:
        """Whether a host who serves this country is in the sentences: his being there says where it is."""
        return any(host.country in codes and self._who.mentions(host).intersection(numbers) for host in hosts)

    def _codes_of(self, place: str) -> frozenset[str]:
        """The states that the mentions of a place in the article can mean; the same place comes up again and again."""
        if place not in self._codes:
            self._codes[place] = frozenset(
                code
                for start, end in self._index.spans(place)
                for mention in self._index.places_between(start, end)
                if mention.end <= end
                for code in mention.codes
            )
        return self._codes[place]

    def _places_there(self, draft: Draft) -> None:
        country = draft.values["country"]
        if country is None:
            return
        took_place = self._index.english and draft.values["status"] in _REAL
        for place in list(draft.values.get("places", [])):
            if took_place and self._places.never_in(place, draft.numbers):
                draft.complain(
                    "places",
                    "never",
                    f"the cited sentences say that it never took place in {quoted(place)}",
                    "Leave the place out",
                )
                draft.values["places"].remove(place)
                continue
            codes = self._codes_of(place)
            if codes and not any(compatible(country, code) for code in codes):
                lies = " or ".join(country_shown(code) for code in sorted(codes))
                draft.complain(
                    "places",
                    "place_elsewhere",
                    f"{quoted(place)} lies in {lies}, not in {country_shown(country)}",
                    "Correct the country or the place",
                )
                draft.values["places"].remove(place)

    def _invited_to(self, draft: Draft) -> None:
        country = draft.values["country"]
        if country is None:
            return
        codes = self._places.codes(country)
        near = self._index.near(draft.numbers, before=3, after=1)
        inviters: list[Party] = draft.values["inviters"]
        own = {invitee.country for invitee in draft.values["invitees"]}
        hosted = self._host_from(inviters, codes, near)
        if own == {country}:
            self._not_a_destination(draft, country)
        elif hosted and (self._index.english or self._places.may_be_goal(draft.numbers, codes, own, hosted=True)):
            return
        elif not hosted and not self._places.names(near, codes):
            self._unnamed(draft, country)
        elif not self._index.english:
            if not self._places.may_be_goal(draft.numbers, codes, own, hosted=False) or (
                all(inviter.country for inviter in inviters) and not self._places.names(draft.numbers, codes)
            ):  # one asks to one's own country, or says where to
                self._not_a_destination(draft, country)
        elif not self._places.is_goal(
            draft.numbers, codes, own, hosted=False, took_place=False
        ) and not self._places.is_goal_beside(draft.numbers, codes, own):
            self._not_a_destination(draft, country)
