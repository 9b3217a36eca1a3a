"""The mentions of a sentence: a title, a name, or both in apposition; groups that travel; pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summarise.offline.appointments import APPOINTS, begin_of_office
from summarise.offline.bodies import behind_place, place_behind_the
from summarise.offline.groups import GROUP_HEADS, GroupReader
from summarise.offline.honours import STYLES, behind_postnominals, honour_length
from summarise.offline.lexicon import DETERMINERS, HEADS, HONORIFICS, MODIFIERS, PARTICLES, PRIVATE_BODIES, words
from summarise.offline.names import Name, NameReader
from summarise.offline.nouns import Mention, Title
from summarise.offline.titles import PLURAL_HEADS, TitleReader
from summarise.offline.tokens import Token

_PRONOUNS: Final = words("he she they them him i me")
_PAIR_WORDS: Final = {"two": 2, "pair": 2, "three": 3}
_PAIRED: Final = words(
    "leaders men women ministers presidents premiers statesmen politicians officials diplomats monarchs envoys "
    "chancellors"
)
_SAID_OF_TWO: Final = words(
    "last first also both then later earlier have had will would are were met meet held hold spoke discussed agreed "
    "signed exchanged conferred attended previously next most flew travelled traveled visited may might could did do"
)
_OF_AMERICAN_STATES: Final = words("gov sen rep lt")
_OWNERS: Final = words("his her its their")
_STARTERS: Final = (
    DETERMINERS | HEADS | MODIFIERS | GROUP_HEADS | PARTICLES | _PRONOUNS | words("heads [ two three four five dozen")
)
_QUALIFIERS: Final = words("late former veteran")
_RANKS: Final = words("""
    general admiral colonel brigadier marshal major captain lieutenant justice sheikh chief prince senator commander
    comrade judge cardinal archbishop bishop lieutenant-general major-general brigadier-general lieutenant-colonel
    rear-admiral vice-admiral ambassador
    """)
_CALLINGS: Final = words("diplomat politician statesman")
_PRIVATE_LEARNED: Final = words("chamber university institute college federation association")
_LANDED: Final = words("duke duchess")
_PRIVATE: Final = PRIVATE_BODIES | {"olympic"}
_OPENS_APPOSITION: Final = words(", ( - – —")
_CLOSES_APPOSITION: Final = words(""", . ) ; - – — and who ' " ” ’ : said told in on at there (""")
_SENT: Final = words("envoy emissary messenger representative aide adviser advisor spokesman spokeswoman relative")
_SENDER_REACH = 6  # tokens from "of" to the office of the one who sends
_BEFORE_SECOND: Final = DETERMINERS | words("now then later currently")


class MentionReader:
    """Finds the mentions of one sentence; `said` are its words. Without `trust_capitals` there are no names."""

    def __init__(self, tokens: Sequence[Token], said: frozenset[str], *, trust_capitals: bool = True) -> None:
        self._tokens = tokens
        self._names = NameReader(tokens, trust_capitals=trust_capitals)
        self._titles = TitleReader(tokens, said, self._names)
        self._groups = GroupReader(tokens, said, self._names)
        self._appoints = not APPOINTS.isdisjoint(said)

    def mentions(self) -> list[Mention]:
        """All mentions from left to right, none overlapping another."""
        found: list[Mention] = []
        behind = 0
        for at in [at for at, token in enumerate(self._tokens) if token.cap or token.low in _STARTERS]:
            if at < behind:
                continue
            low = self._tokens[at].low
            mention: Mention | None = None
            if low in _PRONOUNS:
                mention = Mention("pronoun", at, at + 1)
            else:
                if low == "the":
                    mention = self._aged(at)
                if mention is None and low in ("the", "both"):
                    mention = self._pair(at)
                if mention is None and self._groups.any:
                    mention = self._groups.group(at)
                mention = mention or self._person(at)
            if mention is not None:
                mention.first = max(mention.first, behind)
                found.append(mention)
                behind = mention.last
        return found

    def _pair(self, at: int) -> Mention | None:
        """ "the two leaders", "both ministers", "the pair": as good as "they"."""
        tokens, size = self._tokens, len(self._tokens)
        last, count = at + 1, 2
        if tokens[at].low == "the":
            if last >= size or tokens[last].low not in _PAIR_WORDS:
                return None
            count = _PAIR_WORDS[tokens[last].low]
            last += 1
            if tokens[last - 1].low == "pair" or (count == 2 and last < size and tokens[last].low in _SAID_OF_TWO):
                return Mention("pronoun", at, last, count=count)  # "The two last met in Lima"
        while last < size and tokens[last].low in ("foreign", "prime", "defence", "defense"):
            last += 1
        if last >= size or tokens[last].low not in _PAIRED:
            return None
        last += 1
        named = last + 1 < size and tokens[last].low in _OPENS_APPOSITION and tokens[last + 1].cap
        if named or (last < size and (tokens[last].low in ("of", "from") or tokens[last].cap)):
            return None  # "the two leaders of Chad and Niger", "both ministers, Ito and Rao"
        return Mention("pronoun", at, last, count=count)

    def _aged(self, at: int) -> Mention | None:
        """ "the 54-year-old", "the 54-year-old politician": as good as a pronoun."""
        tokens = self._tokens
        if at + 1 >= len(tokens) or not tokens[at + 1].low.endswith("-year-old"):
            return None
        last = at + 2
        last += last < len(tokens) and tokens[last].low.isalpha() and not tokens[last].cap
        return Mention("pronoun", at, last)

    # ---------------------------------------------------------------------------------------------------------- persons

    def _person(self, begin: int) -> Mention | None:
        """Whoever is named or titled from this token on."""
        low = self._tokens[begin].low
        styled = self._styled(begin)
        if styled:
            mention = self._person(styled)
            if mention is not None:
                mention.first = begin
            return mention
        if low not in DETERMINERS:
            title = self._titles.title(begin) if not self._of_private_people(begin) else None
            if title is not None:
                return self._titled(begin, "", title)
            return self._named(begin, begin) if self._tokens[begin].cap or low == "[" else None
        owned = low in _OWNERS
        title = self._titles.title(begin + 1, owned=owned)
        if title is not None:
            title.owner = begin if owned else None
            return self._titled(begin, low, title)
        return self._honoured(begin)

    def _of_private_people(self, at: int) -> bool:
        """ "Chamber of Commerce president Bud Ames": no president of a state."""
        tokens = self._tokens
        link = at - 1
        while link > at - 4 and link > 0 and tokens[link].cap:
            link -= 1
        return link > 0 and tokens[link].low == "of" and tokens[link - 1].low in _PRIVATE_LEARNED

    def _styled(self, at: int) -> int:
        """Where it is told who "His Excellency", "Her Royal Highness" is; 0 if neither stands here."""
        tokens = self._tokens
        if tokens[at].low not in ("his", "her") or at + 1 >= len(tokens) or not tokens[at + 1].cap:
            return 0
        end = at + 1
        while end < len(tokens) and tokens[end].low in STYLES:
            end += 1
        return end if at + 1 < end < len(tokens) and (tokens[end].cap or tokens[end].low == "the") else 0

    def _titled(self, begin: int, determiner: str, title: Title) -> Mention | None:
        """ "Omani Deputy Prime Minister Sayyid Fahd", "his foreign minister"."""
        if determiner in ("a", "an") and title.head in _SENT and (cut := self._sender(title)):
            title.last = cut
            return Mention("nominal", begin, cut, None, [title], determiner=determiner)
        titles, end = [title], title.last
        name = self._names.name(end)
        if name is not None and title.head in PLURAL_HEADS and self._is_shouted(title.first, name):
            name = None  # "MINISTERS MEET IN ROME"
        if name is None and self._names.names_a_facility(end):
            return None  # "King Khalid Airport"
        if name is None and (further := self._second_office(title)) is not None:
            name = self._names.name(further.last)
            titles.append(further)
        if self._is(end, ","):
            if title.head in ("guest", "visitor") and (
                self._titles.begins_title(end + 1) or self._names.name(end + 1) is not None
            ):
                return None  # the one who is named behind is the guest
            if name is None:
                name = self._apposed_name(end + 1, titles)
        if name is None and (named := self._named_by_land(title)) is not None:
            return Mention("name", begin, end, named, titles, determiner=determiner)
        if name is None:
            return Mention("nominal", begin, end, None, titles, determiner=determiner)
        mention = Mention(
            "name", begin, name.last, (name.first, name.last), titles, honorific=name.honorific, determiner=determiner
        )
        self._read_behind(mention)
        return mention

    def _sender(self, title: Title) -> int:
        """ "A special envoy of Sudanese President Bashir": the token at which it is told whose; the name is his."""
        tokens = self._tokens
        of = next((at for at in range(title.first + 1, title.last) if tokens[at].low == "of"), 0)
        for at in range(of + 1, min(of + _SENDER_REACH, len(tokens) - 1) if of else 0):
            if tokens[at].low in HEADS:
                return of if self._names.name(at + 1) is not None else 0
        return 0

    def _is_shouted(self, begin: int, name: Name) -> bool:
        """Whether a headline in capitals goes on with one word, which need be no name."""
        return name.last - name.first == 1 and all(self._tokens[at].text.isupper() for at in (begin, name.first))

    def _second_office(self, title: Title) -> Title | None:
        """ "Deputy Premier and Foreign Minister Ito", "Defence Minister Army General Malina": one man, two titles."""
        tokens, at = self._tokens, title.last
        joined = self._is(at, "and")
        if joined and not tokens[title.first].low.startswith(("deputy", "vice")):
            return None  # "the president and Foreign Minister Ito": two
        if at + joined >= len(tokens) or not tokens[at + joined].cap:
            return None
        further = self._titles.title(at + joined)
        if further is None or (not joined and further.head not in _RANKS) or self._names.name(further.last) is None:
            return None
        return further

    def _named_by_land(self, title: Title) -> tuple[int, int] | None:
        """ "the Duke of Rothbury": has no other name. "The Duke", "the Grand Duke of Luxembourg" are titles."""
        tokens, first = self._tokens, title.first
        if tokens[first].low not in _LANDED or not tokens[first].cap or title.last < first + 3:
            return None
        return (first, title.last) if tokens[first + 2].cap or tokens[first + 2].low == "the" else None

    def _honoured(self, begin: int) -> Mention | None:
        """ "the late Mr. Ito": a determiner before a name wants an honorific."""
        tokens, at = self._tokens, begin + 1
        while at < len(tokens) and tokens[at].low in _QUALIFIERS:
            at += 1
        if at == len(tokens) or not (tokens[at].low in HONORIFICS or honour_length(tokens, at)):
            return None
        return self._named(begin, at)

    def _named(self, begin: int, at: int) -> Mention | None:
        """ "Vladimir Putin", "Russia's Lavrov"."""
        tokens, name = self._tokens, self._names.name(at)
        if name is None:
            return None
        mention = Mention("name", begin, name.last, (name.first, name.last), honorific=name.honorific)
        self._read_behind(mention)
        before = tokens[begin - 1].place if begin and name.honorific in _OF_AMERICAN_STATES else None
        if before is not None and "USA" in before.codes:  # "Georgia Gov. Zell Miller"
            mention.codes = ("USA",)
        if begin >= 2 and tokens[begin - 1].low == "'s" and (owner := tokens[begin - 2].place) is not None:
            mention.codes = owner.codes
            mention.first = begin - 2
            while mention.first and tokens[mention.first - 1].place is owner:
                mention.first -= 1
        return mention

    def _apposed_name(self, at: int, titles: list[Title]) -> Name | None:
        """ "the Chief of Naval Staff, Vice Admiral Oyewole Adetokunbo": the name behind a comma, a rank before it."""
        rank = self._titles.title(at)
        if rank is None:
            return self._names.name(at, apposed=True) or self._described_name(at)
        if rank.head not in _CALLINGS and (rank.head not in _RANKS or rank.codes):
            return None
        name = self._names.name(rank.last)
        if name is not None:
            titles.append(rank)
        return name

    def _described_name(self, at: int) -> Name | None:
        """ "The envoy, Finnish diplomat Aino Lehto": a nationality and a calling before the name."""
        tokens = self._tokens
        place = tokens[at].place if at < len(tokens) else None
        if place is None or place.kind != "demonym":
            return None
        begin = at = behind_place(tokens, at)
        while at < min(len(tokens), begin + 3) and tokens[at].low.isalpha() and not tokens[at].cap:
            at += 1
        return self._names.name(at, apposed=True) if at > begin else None

    # ---------------------------------------------------------------------------------------------- what follows a name

    def _read_behind(self, mention: Mention) -> None:
        """Notes the state or body and the titles that stand behind a name."""
        if self._is(mention.last, "of"):
            self._of_a_state(mention)
        mention.last = behind_postnominals(self._tokens, mention.last)
        at, owner = self._apposition(mention.last - (self._is(mention.last - 1, ",")))
        title = self._titles.title(at) if at else None
        if title is None or not self._closes(mention, title):
            self._appointed_as(mention)
            return
        title.owner = owner
        mention.titles.append(title)
        mention.last = title.last + self._is(title.last, ")")
        second = self._second_title(title.last)
        if second is not None:
            mention.titles.append(second)
            mention.last = second.last
        self._appointed_as(mention)

    def _appointed_as(self, mention: Mention) -> None:
        """ "The ministry named Ama Sow, a career diplomat, as the next ambassador to Peru"."""
        at = begin_of_office(self._tokens, mention.first, mention.last) if self._appoints else 0
        title = self._titles.title(at) if at else None
        if title is not None and self._names.name(title.last) is None:
            mention.titles.append(title)
            mention.last = title.last

    def _of_a_state(self, mention: Mention) -> None:
        """ "Kim of North Korea"; "President Ito of the Olympic committee" is no state's (hard case 59)."""
        tokens, at = self._tokens, mention.last
        mention.private = any(token.low in _PRIVATE for token in tokens[at : at + 7])
        place = place_behind_the(tokens, at + 1)
        if place is not None and place.kind == "country":
            mention.codes = place.codes

    def _apposition(self, at: int) -> tuple[int, int | None]:
        """Where the title in "Name, the Omani minister,", "Name, 54, now minister", "Name (minister)" or "Name, who is
        the minister" would begin (0: nowhere), and the token of "his" before it.
        """
        tokens, size = self._tokens, len(self._tokens)
        if at >= size or tokens[at].low not in _OPENS_APPOSITION:
            return 0, None
        at += 1
        if at + 1 < size and tokens[at].low.isdigit() and tokens[at + 1].low == ",":
            at += 2
        if at < size and tokens[at].low in ("then", "now"):
            at += 1
        if self._is(at, "who"):
            if not (self._is(at + 1, "is") or self._is(at + 1, "was")):
                return 0, None
            at += 2
            return at + (at < size and tokens[at].low in DETERMINERS), None
        if at < size and tokens[at].low in DETERMINERS:
            return at + 1, at if tokens[at].low in _OWNERS else None
        return at, None

    def _closes(self, mention: Mention, title: Title) -> bool:
        """Whether a title behind a name ends as an apposition does, and is not the title of the next name."""
        if self._names.name(title.last) is not None:
            return False
        if title.last < len(self._tokens) and self._tokens[title.last].low not in _CLOSES_APPOSITION:
            return False
        # "… Yuldoshev, the Minister of Foreign Affairs, Bobur Haydarov"
        behind = self._names.name(title.last + 1, apposed=True) if self._is(title.last, ",") else None
        return behind is None or not (mention.titles or (mention.honorific and behind.honorific))

    def _second_title(self, at: int) -> Title | None:
        """ "…, then prime minister, now president" (hard case 58), "…, chairman and president"."""
        tokens, size = self._tokens, len(self._tokens)
        begin = at + 1
        if begin >= size:
            return None
        if not self._is(at, "and") and not (self._is(at, ",") and tokens[begin].low in ("now", "then", "later")):
            return None
        while begin < size and tokens[begin].low in _BEFORE_SECOND:
            begin += 1
        second = self._titles.title(begin)
        return second if second is not None and self._names.name(second.last) is None else None

    def _is(self, at: int, mark: str) -> bool:
        return at < len(self._tokens) and self._tokens[at].low == mark
