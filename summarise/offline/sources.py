"""Who says so: the sources of a sentence, the agencies and the reporter of an article."""

from __future__ import annotations

import re
from typing import Any, Final

from summarise.article.reading import is_nameless
from summarise.judge.index import ArticleIndex
from summarise.offline.cast import Cast
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence
from summarise.offline.verbs import BE, FORMS, HAVE

_SAID: Final = words("""
    said says told announced announces confirmed stated reported reports added hinted disclosed revealed declared
    insisted suggested noted dismissed rejected denied
    """)
_ANONYMOUS: Final = words(
    "source sources aide aides diplomat diplomats official officials insiders people analysts observers"
)
_BODIES: Final = words("""
    ministry office government department embassy secretariat presidency palace statement cabinet spokesman spokeswoman
    parliament chancellery bureau delegation
    """)
_IN_PHRASE: Final = _BODIES | _ANONYMOUS | words("the his her its 's of a an for foreign two several senior close to")
_NO_BEGINNING: Final = words("of 's for to the")
_LONGEST_PHRASE = 9  # tokens

_REPORTING: Final = (" reported", " reports", "news agency", "news site", " newspaper", " daily", "told ")
_AGENCY: Final = re.compile(
    r"\b(?:the\s+)?([A-Z][\w’'-]{1,60}+(?:\s[A-Z][\w’'-]{1,60}+){0,3}?)"
    r"(?:,?\s(?:state\s)?(?:news\s)?agency)?\s(?:reported|reports)\b"
    r"|\b([A-Z][\w’'-]{1,60}+(?:\s[A-Z][\w’'-]{1,60}+){0,2})\s(?:state\s)?(?:news\sagency|news\ssite|newspaper|daily)\b"
    r"|\btold\s((?:RIA\s)?[A-Z][\w’'-]{1,60}+)(?=[.,;]|\son\b)"
)
""" "Vedomasti reported", "the Sana news agency", "told RIA Novosti": the name as it is spelt (hard case 57)."""
_NO_AGENCY: Final = ("The ", "He", "She", "It", "They", "Officials", "Police")
_NO_NAME: Final = words("the president minister spokesman spokeswoman state")
_OWNED: Final = re.compile(r"\A.*['’]s\s")
""" "Russia's" in "Russia's RIA Novosti"."""
_KNOWN_NAMES: Final = (
    "AFP", "AP", "Reuters", "TASS", "ITAR-TASS", "Xinhua", "Yonhap", "Kyodo", "Interfax", "RIA Novosti", "Anadolu",
    "UPI", "DPA", "EFE", "ANSA", "KCNA", "IRNA", "BelTA", "MENA", "PTI", "Tanjug", "CTK", "PAP", "Agence France-Presse",
    "Associated Press",
)  # fmt: skip
_KNOWN: Final = re.compile(rf"\b({'|'.join(_KNOWN_NAMES)})\b")
_BYLINE: Final = re.compile(
    r"^\s{0,4}(?:By|BY)\s+([A-ZÀ-Þ][^\W\d_]+(?:[ .'’-]{1,2}[A-ZÀ-Þ][\w’'-]*){1,3})", re.MULTILINE
)
_PREDICATE: Final = BE | HAVE | frozenset(FORMS) | words("will would may might could had")
_BYLINE_WITHIN = 2_000  # characters
_MOST_AGENCIES = 6


def source_of(s: Sentence, cast: Cast) -> dict[str, Any] | str | None:
    """Who says what a sentence tells, in the form of a reply; None if the article itself does."""
    for at, token in enumerate(s.tokens):
        if token.low in _SAID and at not in s.mention_at:
            found = _person_beside(s, at, cast) or _body_before(s, at)
            if found is not None:
                return found
    return None


def _person_beside(s: Sentence, at: int, cast: Cast) -> dict[str, Any] | str | None:
    """ "the minister said", "said Rao"; who is "close to the minister" is not the minister."""
    neighbours = (at - 1, at + 1) if s.tokens[at].low == "said" else (at - 1,)
    for neighbour in neighbours:
        mention = s.mention_at.get(neighbour)
        if mention is None or mention.person is None:
            continue
        begin = mention.first
        if neighbour > at and mention.last < len(s.tokens) and s.tokens[mention.last].low in _PREDICATE:
            continue  # "an official said Ito will": Ito begins what is said
        if [token.low for token in s.tokens[max(0, begin - 2) : begin]] == ["close", "to"]:
            return {"name": s.words(max(0, begin - 3), mention.last), "kind": "anonymous"}
        person = cast.people[mention.person]
        if person.role is None:
            continue
        if person.named:
            return person.name
        kind = "institution" if person.role == "spokesperson" else "anonymous"  # hard case 43
        return {"name": s.words(begin, mention.last), "kind": kind}
    return None


def _body_before(s: Sentence, at: int) -> dict[str, Any] | None:
    """ "the foreign ministry said", "two senior officials said", "Moscow said"."""
    tokens, begin = s.tokens, at
    while begin and at - begin < _LONGEST_PHRASE and begin - 1 not in s.mention_at:
        if not tokens[begin - 1].cap and tokens[begin - 1].low not in _IN_PHRASE:
            break
        begin -= 1
    while begin < at and tokens[begin].low in _NO_BEGINNING:
        begin += 1
    if begin == at:
        group = s.mention_at.get(at - 1)
        if group is None or group.kind != "group":
            return None
        anonymous = not _ANONYMOUS.isdisjoint(token.low for token in tokens[group.first : group.last])
        return {"name": s.words(group.first, group.last), "kind": "anonymous"} if anonymous else None
    spoken = {token.low for token in tokens[begin:at]}
    if not _ANONYMOUS.isdisjoint(spoken):
        return {"name": s.words(begin, at), "kind": "anonymous"}
    if not _BODIES.isdisjoint(spoken) or tokens[at - 1].place is not None:
        return {"name": s.words(begin, at), "kind": "institution"}
    return None


def agencies_of(index: ArticleIndex, cast: Cast) -> dict[str, Any]:
    """Outlet, agencies and byline of an article as a reply gives them; what is not told is left out."""
    article = index.article
    root: dict[str, Any] = {}
    agencies = _agencies(index, cast)
    if agencies:
        root["agencies"] = [name for name in agencies if name in article.text][:_MOST_AGENCIES]
    if article.outlet_hint:
        root["outlet"] = article.outlet_hint
    byline = _BYLINE.search(article.text[:_BYLINE_WITHIN])
    if byline is not None:
        root["byline"] = byline[1]
    return root


def _agencies(index: ArticleIndex, cast: Cast) -> list[str]:
    """The outlet itself, whoever "reported", and the well-known agencies; persons are none."""
    article = index.article
    texts = [index.text(s.number) for s in article.sentences if not s.boilerplate]
    found = dict.fromkeys([article.outlet_hint] if article.outlet_hint else [])
    people = {form for person in cast.people for form in (person.name, *person.name.split())}
    places = {article.text[place.start : place.end] for place in index.places}
    whole = article.text
    words = [word for word in _REPORTING if word in whole]
    for text in texts if words else ():
        for match in _AGENCY.finditer(text) if any(word in text for word in words) else ():
            name = _OWNED.sub("", next(group for group in match.groups() if group))
            if name in people or name in places or name.lower() in _NO_NAME or is_nameless(name):
                continue
            if not name.startswith(_NO_AGENCY):
                found.setdefault(name)
    if any(name in whole for name in _KNOWN_NAMES):
        for text in texts:
            found.update(dict.fromkeys(match[1] for match in _KNOWN.finditer(text)))
    return list(found)
