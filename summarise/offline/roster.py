"""The people who are named in an article: all spellings and surnames of one person brought together (hard case 56)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from summarise.judge.names import fold
from summarise.judge.namesakes import Namesakes
from summarise.judge.people import same_person, short_forms
from summarise.judge.places import compatible
from summarise.offline.lexicon import INTERNATIONAL, PRIVATE_BODIES, words
from summarise.offline.nouns import Mention, Title
from summarise.offline.offices import role_of
from summarise.offline.person import Person
from summarise.offline.sentence import Sentence
from summarise.offline.shared_offices import share_offices
from summarise.offline.statesmen import is_statesman, statesman
from summarise.records import Role

NATIONAL: Final = words("head_of_state head_of_government monarch_or_royal")

_RANK_ROLES: Final[dict[str, Role]] = {
    "gen": "military", "lt-gen": "military", "maj-gen": "military", "brig-gen": "military",
    "lt-col": "military", "lt": "military", "col": "military", "maj": "military", "adm": "military", "capt": "military",
    "brig": "military", "sen": "legislator", "sens": "legislator", "reps": "legislator",
    "rep": "legislator", "gov": "subnational", "amb": "ambassador", "pres": "head_of_state",
}  # fmt: skip
_OF_ONE_STATE: Final = {"pope": "VAT", "pontiff": "VAT", "taoiseach": "IRL"}
_PRESIDES: Final = words("president chairman chairwoman vice-president")
_OF_A_STATE: Final = (
    words("""
    kingdom island continent land world region north south today tomorrow week month year
    republic nation nations country union federation federal state states council islands presidium soviet ministers
    assembly senate parliament congress government board commission committee national people's house bank court bureau
    organization organisation conference party
    """)
    | INTERNATIONAL
)
_TWO_GEORGIAS: Final = ("GEO", "USA")
_BEFORE_TITLE: Final = words("visiting then the ex 's")
_TWO_KOREAS: Final = frozenset(("KOR", "PRK"))


class Roster:
    """The people of one article, `people`, in order of first mention; `certain` are the states that it names."""

    def __init__(self, sentences: Sequence[Sentence], certain: frozenset[str]) -> None:
        self.people: list[Person] = []
        self._sentences = sentences
        self._by_number = {sentence.number: sentence for sentence in sentences}
        self._certain = certain
        self._by_form: dict[str, list[int]] = {}
        self._names = Namesakes()
        self._bearers: list[Person] = []
        """Whose each of these names is."""
        self._register()
        share_offices(sentences, self.people)
        self._recognise()
        self._owned_offices()
        self._tell_namesakes_apart()

    def _tell_namesakes_apart(self) -> None:
        """ "President Bush", "First lady Barbara Bush": of husband and wife each keeps the title in the name."""
        families = {fold(each.name.split()[-1]) for each in self.people if " " in each.name and "lady" in each.heads}
        for person in self.people if families else ():
            if fold(person.name.split()[-1]) not in families or not person.places:
                continue
            for number, token in person.places:
                sentence = self._by_number[number]
                mention = sentence.mention_at.get(token)
                if (
                    mention is not None
                    and mention.titles
                    and mention.name
                    and mention.titles[-1].last == mention.name[0]
                ):
                    person.name = sentence.words(mention.titles[-1].first, mention.name[1])
                    break

    def _owned_offices(self) -> None:
        """ "Dee Dee Myers, President Clinton's spokeswoman": an office told by whose it is."""
        for sentence in self._sentences:
            if "'s" not in sentence.vocabulary and "’s" not in sentence.vocabulary:
                continue
            for named, owner, office in zip(
                sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False
            ):
                if _tells_whose(sentence, named, owner, office) and named.person is not None:
                    person = self.people[named.person]
                    if not person.titles:
                        self._note_title(person, sentence, office.titles[0], private=False)
                        office.person = person.index
                        master = self.people[owner.person] if owner.person is not None else None
                        person.codes = person.codes or (master.codes if master is not None else ())

    def _recognise(self) -> None:
        """ "Tony Blair", "President Reagan": state and office of the well-known, where the article leaves them out."""
        published = self._sentences[0].index.article.published if self._sentences else None
        year = int(published[:4]) if published else None
        for person in self.people:
            if (person.codes and person.roles) or (person.titles and not person.roles):
                continue
            if (known := statesman(person.name, person.heads, person.roles, year, self._certain)) is not None:
                person.recognised = not person.codes
                person.codes = person.codes or ((known.code,) if known.code else ())
                person.roles = person.roles or [known.role]

    def sentence(self, number: int) -> Sentence:
        """The sentence of that number."""
        return self._by_number[number]

    def certainly(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Of "Korea" the one that the article names elsewhere, else neither (hard case 36)."""
        if not _TWO_KOREAS.issubset(codes[:2]):
            return codes
        return tuple(code for code in codes if code in self._certain)[:1]

    def _register(self) -> None:
        """Makes a person of every full name, then of every single name with a title that is nobody's so far."""
        single: list[tuple[Sentence, Mention, str]] = []
        for sentence in self._sentences:
            for mention in sentence.mentions:
                if mention.name is None:
                    continue
                first, last = mention.name
                name = sentence.words(first, last)
                if last - first == 1:
                    single.append((sentence, mention, name))
                elif sentence.plain or sentence.tokens[last - 1].low in self._capital_words or is_statesman(name):
                    self._meet(sentence, mention, name)
        for sentence, mention, name in single:
            known = self._known(name, mention, sentence)
            if known is None and (mention.honorific or mention.titles):
                known = self._by_first_name(name, mention)
            if known is not None:
                self._add(known, sentence, mention)
            elif (mention.titles or mention.honorific) and sentence.plain:
                self._meet(sentence, mention, name)

    @cached_property
    def _capital_words(self) -> frozenset[str]:
        """Words with a capital in the text: in a headline of capitals only a surname that recurs makes a name."""
        return frozenset(t.low for sentence in self._sentences if sentence.plain for t in sentence.tokens if t.cap)

    # ----------------------------------------------------------------------------------------------------- who is meant

    def _known(self, name: str, mention: Mention, sentence: Sentence) -> Person | None:
        """Whom a single name means: the one last met before it, else the first one after."""
        found = [
            person
            for person in map(self.people.__getitem__, self._by_form.get(fold(name), ()))
            if not self._another_office(person, mention, sentence)
        ]
        if alone := [person for person in found if person.name == name]:
            return alone[0]  # "President Reagan" in an article that knows Nancy Reagan as well
        if len(found) < 2:
            return found[0] if found else None
        here = (sentence.number, mention.first)
        before = [person for person in found if person.places and person.places[0] < here]
        return max(before, key=lambda person: person.last_before(here) or (0, 0)) if before else found[0]

    def _by_first_name(self, name: str, mention: Mention) -> Person | None:
        """ "Datuk Rahman", "Sir Humphrey", "Minister Lim" (Lim Teck Huat): the only person of that first name."""
        key = fold(name)
        found = [person for person in self.people if person.named and fold(person.name.split()[0]) == key]
        if len(found) != 1 or mention.honorific:
            return found[0] if len(found) == 1 else None
        return found[0] if any(title.head in found[0].heads for title in mention.titles) else None

    def _met(self, name: str, mention: Mention, sentence: Sentence) -> Person | None:
        """Who has been met under a name or another spelling of it."""
        found = self._by_form.get(fold(name))
        if found:
            person = self.people[found[-1]]
            if len(name.split()) > 1 or not self._another_office(person, mention, sentence):
                return person
        bare = name.replace("[", "").replace("]", "")
        single = mention.name is not None and mention.name[1] - mention.name[0] == 1
        bearers = {self._bearers[at].index for at in self._names.candidates(bare)}
        for person in map(self.people.__getitem__, sorted(bearers)):
            if single and self._another_office(person, mention, sentence):
                continue
            if same_person(person.name, bare) and not _of_other_states(person, mention):
                return person
        return None

    def _another_office(self, person: Person, mention: Mention, sentence: Sentence) -> bool:
        """ "President Ito of the Olympic committee" is not "Prime Minister Ito" (hard case 59)."""
        if _is_relative(person, mention, sentence):
            return True
        if "lady" in person.heads and mention.titles and all(title.head != "lady" for title in mention.titles):
            return True  # "President Bush" is not First Lady Barbara Bush
        if person.codes:
            told = (mention.codes, *(title.codes for title in mention.titles))
            if any(codes and not compatible(codes[0], person.codes[0]) for codes in told):
                return True
        known = person.role
        if known not in NATIONAL or person.former or "leader" in person.heads:
            return False
        return any(
            title.head != "leader"
            and title.head not in person.heads
            and (role := role_of(sentence.words(title.first, title.last).lower())) in NATIONAL
            and role != known
            for title in mention.titles
        )

    # ------------------------------------------------------------------------------------------ what is told of someone

    def _meet(self, sentence: Sentence, mention: Mention, name: str) -> None:
        """Notes a name: someone new, or a fuller name of someone known."""
        person = self._met(name, mention, sentence)
        if person is None:
            person = Person(len(self.people), name, True, sentence.number)
            self.people.append(person)
            self._list(person, *short_forms(name))
        elif len(name) > len(person.name) and "[" not in name and fold(name) != fold(person.name):
            if len(name.split()) > len(person.name.split()):
                person.name = name
            self._list(person, *short_forms(name))
        self._list(person, name)
        self._names.add(name)
        self._bearers.append(person)
        self._add(person, sentence, mention)

    def _list(self, person: Person, *forms: str) -> None:
        """Makes a person known under these forms."""
        for form in forms:
            listed = self._by_form.setdefault(fold(form), [])
            if person.index not in listed:
                listed.append(person.index)

    def _add(self, person: Person, sentence: Sentence, mention: Mention) -> None:
        """Adds a mention to a person, and what it tells."""
        mention.person = person.index
        person.note_place(sentence.number, mention.first)
        for title in mention.titles:
            body = _body_of(sentence, mention, title)
            self._note_title(person, sentence, title, private=mention.private, of_body=body)
        person.codes = person.codes or mention.codes
        if mention.honorific in _RANK_ROLES and mention.name is not None:
            _note_rank(person, sentence, mention.name[0] - 1)
        person.note_gender(mention.honorific, *(title.head for title in mention.titles))

    def _note_title(
        self, person: Person, sentence: Sentence, title: Title, *, private: bool, of_body: bool = False
    ) -> None:
        """Adds a title as it is written, without "the" and "visiting" (hard case 58), and the office that it names."""
        tokens = sentence.tokens
        first, last = title.first, title.last
        while first < last - 1 and tokens[first].low in _BEFORE_TITLE:
            first += 1
        if first < last - 1 and tokens[first].low == "late":
            person.deceased = True
        if any(
            token.low in ("former", "ex") or token.low.startswith("ex-")
            for token in tokens[max(0, title.first - 1) : last]
        ):
            person.former = True
        text = sentence.words(first, last)
        if text not in person.titles:
            person.titles.append(text)
        person.heads.add(title.head)
        nobody = private or _of_a_club(title, text) or _of_a_house(sentence, title.first)
        role = None if nobody else role_of(text.lower())
        if of_body and role in NATIONAL:
            role = "other"
        if role is not None and role not in person.roles:
            person.roles.append(role)
        if not person.codes:
            codes = title.codes
            if codes == _TWO_GEORGIAS and role in ("subnational", "legislator"):
                codes = ("USA",)  # "the Georgia governor"
            person.codes = self.certainly(codes)
        if not person.codes and text.lower() == "secretary of state" and "USA" in self._certain:
            person.codes = ("USA",)  # no other state's foreign minister is called so without its name
        if not person.codes and title.head in _OF_ONE_STATE:
            person.codes = (_OF_ONE_STATE[title.head],)


def _of_a_club(title: Title, text: str) -> bool:
    """ "Barcelona president", "president of Club Bruges": a president of neither a state nor a body of states."""
    if title.head not in _PRESIDES or title.bare:
        return False
    if title.of_a_city:
        return True
    low = text.lower()
    return " of " in low and not title.codes and not text.islower() and _OF_A_STATE.isdisjoint(low.split())


def _of_a_house(sentence: Sentence, at: int) -> bool:
    """ "the theatre's president": whose house is no state."""
    if at and sentence.tokens[at].low in _PRESIDES and sentence.tokens[at - 1].low in PRIVATE_BODIES:
        return True  # "the college president"
    if at < 2 or sentence.tokens[at - 1].low not in ("'s", "’s") or sentence.tokens[at].low not in _PRESIDES:
        return False
    owner = sentence.tokens[at - 2]
    return not owner.cap and owner.place is None and owner.low.isalpha() and owner.low not in _OF_A_STATE


def _tells_whose(sentence: Sentence, named: Mention, owner: Mention, office: Mention) -> bool:
    """Whether a name, a comma, another's name with "'s" and an office follow each other."""
    tokens = sentence.tokens
    if named.kind != "name" or named.titles or office.kind != "nominal" or office.last >= len(tokens):
        return False
    if owner.first != named.last + 1 or tokens[named.last].low != "," or owner.kind not in ("name", "nominal"):
        return False
    ends = tokens[office.last].low in (",", ".", ";", "and", "who")
    return (
        ends
        and owner.last < office.first + 1
        and tokens[owner.last].low in ("'s", "’s")
        and office.first <= owner.last + 2
    )


def group_before(sentence: Sentence, mention: Mention) -> Mention | None:
    """The group right before: of "A delegation of the Cuban Institute led by its president" the delegation."""
    before = [each for each in sentence.mentions if each.last <= mention.first and each.kind != "pronoun"]
    return before[-1] if before and before[-1].kind == "group" and before[-1].codes else None


def _body_of(sentence: Sentence, mention: Mention, title: Title) -> bool:
    """Whether "its president" is the president of a body that sends a group, and of no state."""
    owner = sentence.tokens[title.owner].low if title.owner is not None else ""
    group = group_before(sentence, mention) if owner == "its" else None
    return group is not None and group.honorific.endswith("+")


def _is_relative(person: Person, mention: Mention, sentence: Sentence) -> bool:
    """Whether a full name is another's than "President Reagan": told later, and without any office."""
    if " " not in person.name or not NATIONAL.isdisjoint(person.roles) or not mention.titles or sentence.is_headline:
        return False
    role = role_of(sentence.words(mention.titles[0].first, mention.titles[0].last).lower())
    return role in NATIONAL and bool(person.places) and person.places[0] > (sentence.number, mention.first)


def _of_other_states(person: Person, mention: Mention) -> bool:
    """Whether the titles of a mention are of other states than a person's."""
    codes = {title.codes[0] for title in mention.titles if title.codes}
    return bool(person.codes and codes) and not any(compatible(code, person.codes[0]) for code in codes)


def _note_rank(person: Person, sentence: Sentence, at: int) -> None:
    """ "Gen. Haas": a rank before the name is the title of someone who has none."""
    if at < 0 or (role := _RANK_ROLES.get(sentence.tokens[at].low)) is None:
        return
    if not person.titles and role not in person.roles:
        person.roles.append(role)
        person.titles.append(sentence.tokens[at].text)
