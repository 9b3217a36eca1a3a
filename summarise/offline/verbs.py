"""Verbs of travel, hosting and inviting in all forms, and what their helpers say: when, whether, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from summarise.offline.lexicon import words
from summarise.offline.tokens import Token

Form = Literal["base", "s", "ed", "ing"]
Frame = Literal["visit", "to", "in", "leave", "return", "host", "meet", "attend", "invite", "send"]
Mood = Literal["past", "now", "present", "future", "due", "maybe", "never", "denied", "unreal", "missed", "gerund"]
"""What a verb group says of the event: it happened; it goes on; the simple present; it will; it is planned; it may; it
never did; it will not; it would have; it was to have; nothing by itself (a participle)."""

_FRAMES: Final[dict[Frame, str]] = {
    "visit": "visit/visits/visited/visiting tour/tours/toured/touring reach/reaches/reached/reaching",
    "to": "go/goes/went/going/gone travel/travels/travelled/travelling travel/travels/traveled/traveling "
    "fly/flies/flew/flying/flown head/heads/headed/heading journey/journeys/journeyed/journeying "
    "come/comes/came/coming proceed/proceeds/proceeded/proceeding sail/sails/sailed/sailing "
    "drive/drives/drove/driving/driven move/moves/moved/moving jet/jets/jetted/jetting "
    "cross/crosses/crossed/crossing slip/slips/slipped/slipping continue/continues/continued/continuing "
    "rush/rushes/rushed/rushing lead/leads/led/leading hurry/hurries/hurried/hurrying race/races/raced/racing "
    "dash/dashes/dashed/dashing wing/wings/winged/winging steam/steams/steamed/steaming hop/hops/hopped/hopping "
    "ride/rides/rode/riding/ridden ferry/ferries/ferried/ferrying shuttle/shuttles/shuttled/shuttling "
    "commute/commutes/commuted/commuting double/doubles/doubled/doubling sneak/sneaks/sneaked/sneaking "
    "accompany/accompanies/accompanied/accompanying escort/escorts/escorted/escorting",
    "in": "arrive/arrives/arrived/arriving land/lands/landed/landing stop/stops/stopped/stopping "
    "stay/stays/stayed/staying remain/remains/remained/remaining touch/touches/touched/touching "
    "set/sets/set/setting call/calls/called/calling spend/spends/spent/spending turn/turns/turned/turning "
    "look/looks/looked/looking drop/drops/dropped/dropping descend/descends/descended/descending "
    "put/puts/put/putting get/gets/got/getting/gotten pass/passes/passed/passing swing/swings/swung/swinging "
    "show/shows/showed/showing/shown transit/transits/transited/transiting alight/alights/alighted/alighting "
    "disembark/disembarks/disembarked/disembarking deplane/deplanes/deplaned/deplaning "
    "step/steps/stepped/stepping",
    "leave": "leave/leaves/left/leaving depart/departs/departed/departing",
    "return": "return/returns/returned/returning",
    "host": "host/hosts/hosted/hosting receive/receives/received/receiving welcome/welcomes/welcomed/welcoming "
    "greet/greets/greeted/greeting entertain/entertains/entertained/entertaining",
    "meet": "meet/meets/met/meeting sit/sits/sat/sitting resume/resumes/resumed/resuming shake/shakes/shook/shaking "
    "hold/holds/held/holding confer/confers/conferred/conferring open/opens/opened/opening sign/signs/signed/signing "
    "begin/begins/began/beginning/begun start/starts/started/starting have/has/had/having "
    "conclude/concludes/concluded/concluding wrap/wraps/wrapped/wrapping end/ends/ended/ending "
    "finish/finishes/finished/finishing converse/converses/conversed/conversing see/sees/saw/seeing/seen",
    "attend": "attend/attends/attended/attending address/addresses/addressed/addressing join/joins/joined/joining "
    "participate/participates/participated/participating speak/speaks/spoke/speaking/spoken "
    "gather/gathers/gathered/gathering convene/convenes/convened/convening "
    "represent/represents/represented/representing take/takes/took/taking/taken "
    "inspect/inspects/inspected/inspecting inaugurate/inaugurates/inaugurated/inaugurating "
    "unveil/unveils/unveiled/unveiling lay/lays/laid/laying deliver/delivers/delivered/delivering "
    "lecture/lectures/lectured/lecturing appear/appears/appeared/appearing chair/chairs/chaired/chairing "
    "co-chair/co-chairs/co-chaired/co-chairing co-host/co-hosts/co-hosted/co-hosting "
    "preside/presides/presided/presiding witness/witnesses/witnessed/witnessing "
    "observe/observes/observed/observing watch/watches/watched/watching "
    "dine/dines/dined/dining lunch/lunches/lunched/lunching negotiate/negotiates/negotiated/negotiating "
    "mediate/mediates/mediated/mediating pray/prays/prayed/praying officiate/officiates/officiated/officiating "
    "plant/plants/planted/planting testify/testifies/testified/testifying march/marches/marched/marching "
    "review/reviews/reviewed/reviewing cut/cuts/cut/cutting",
    "send": "send/sends/sent/sending dispatch/dispatches/dispatched/dispatching",
    "invite": "invite/invites/invited/inviting",
}
_LIKE_CONCLUDE: Final = words("wrap end finish")


def _forms() -> dict[str, tuple[Frame, str, Form]]:
    table: dict[str, tuple[Frame, str, Form]] = {}
    names: tuple[Form, ...] = ("base", "s", "ed", "ing", "ed")
    for frame, rows in _FRAMES.items():
        for row in rows.split():
            forms = row.split("/")
            base = "conclude" if forms[0] in _LIKE_CONCLUDE else forms[0]
            for form, name in zip(forms, names, strict=False):
                table.setdefault(form, (frame, base, name))
    return table


FORMS: Final = _forms()
"""Word to its frame, base and form."""

ASKING: Final = words(
    "asked asks ask asking urged urges urging pressed presses pressing begged begs begging requested requests "
    "requesting implored implores entreated entreats exhorted"
)
"""Of one who is asked to come; whether he comes, the rules of invitations say."""
BE: Final = words("is are was were be been being am")
HAVE: Final = words("has have had having")
_NEGATIONS: Final = words(
    "not never no n't cannot won't wouldn't didn't doesn't don't hasn't haven't isn't aren't wasn't weren't nor "
    "neither rarely"
)
_AUXILIARIES: Final = (
    BE
    | HAVE
    | _NEGATIONS
    | words(
        "do does did doing will shall would may might could can should must 'll won wouldn didn doesn don hasn haven "
        "isn aren wasn weren t"
    )
)
_ADVERBS: Final = words(
    "also then later now soon already still only just even once twice first again himself herself themselves both all "
    "always ever yet finally next shortly afterwards thereafter nevertheless nonetheless meanwhile earlier "
    "together instead therefore last "
    "reportedly back jointly today yesterday tomorrow tonight long since never not n't no nor longer before out too"
)
_DUE: Final = words(
    "expected due scheduled set slated supposed going about planning plans plan planned preparing prepares intends "
    "intend intended agreed agrees promised decided decides booked billed certain bound poised arranged vowed vows "
    "confirmed committed announced"
)
_MAYBE: Final = words(
    "hoping hopes hope hoped want wants wanted wishes wish wished ready willing keen eager considering likely able "
    "interested like reluctant desire undecided mulling weighing contemplating prepared inclined free tempted proposed "
    "proposes offered offers chance opportunity"
)
_REFUSED: Final = words("refuses refused refuse declined declines decline unlikely unable failed fails unwilling")
_SAYING: Final = words(
    "said says told tells announced announces added confirmed stated declared reported noted revealed disclosed "
    "indicated insisted promised wrote recalled explained claimed hinted that whether"
)
_GOVERNORS: Final = _DUE | _MAYBE | _REFUSED
"""Govern an infinitive: "is expected to", "hopes to", "refused to"."""
_BEFORE_TO: Final = _ADVERBS | {"to"}
_OUTER: Final = _ADVERBS - _NEGATIONS
_ASIDES: Final = words("also however too therefore though")
_IS_SHORT: Final = words("he she it who that")
_MOST_HELPERS: Final = 12

_UNSURE: Final = words("may might could")
_MODALS: Final = _UNSURE | words("should must")
_POSSIBLE: Final = _MODALS | _MAYBE | {"can"}
_WILL: Final = words("will shall 'll won't")
_WOULD: Final = words("would wouldn't")
_ONE_FORM: Final = words("set cut put")
_DID: Final = words("did didn't")
_WAS: Final = words("was were")
_NOW: Final = words("is are am 's isn't aren't")
_BE_OR_NOT: Final = BE | words("isn't aren't wasn't weren't")

_NOUNS_TOO: Final = words(
    "visit tour journey head stay stop travel call drive lead move rush address start open sign end land return host "
    "welcome reach swing drop pass look step turn review cut race ride dash hop ferry transit lecture"
)
_LENGTH_ENDINGS: Final = ("-day", "-hour", "-week", "-minute", "-nation", "-country")
_NOUN_BEFORE: Final = words(
    "the a an his her its their this that first second official state brief two-day three-day of to's 's"
)
_JOINING: Final = words("and or then")
_SHARED: Final = words("will would shall may might could")
_CLAUSE_ENDS: Final = words("; : who which that but while when said says")
_SHARED_REACH: Final = 20
_BEFORE_PLURAL: Final = words("after before with of including for two three several brief his her their")
_PLURALS: Final = words("they who both also and we i you")


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its helpers: token of the first helper, the verb's own token, and what they say."""

    first: int
    verb: int
    base: str
    frame: Frame
    form: Form
    helpers: tuple[str, ...]
    passive: bool
    mood: Mood
    infinitive: bool
    """Whether it begins with a bare "to", so that a noun or a verb before it governs it."""


def verb_group(tokens: Sequence[Token], at: int) -> VerbGroup | None:
    """The group around the verb at this token; None if the word is no verb of the lexicon there."""
    entry = FORMS.get(tokens[at].low)
    if entry is None:
        return None
    frame, base, form = entry
    helpers, first = helpers_before(tokens, at)
    if form == "base" and not helpers:
        if at and _is_noun(tokens, at, base):
            return None
        helpers = _shared_helper(tokens, at)
        if base in _ONE_FORM and not helpers:
            form = "ed"
    if form == "s" and at and not helpers and base in _NOUNS_TOO and tokens[at - 1].low in _BEFORE_PLURAL:
        return None  # "after stops in Riyadh"
    passive = form == "ed" and bool(helpers) and helpers[0] not in HAVE and not BE.isdisjoint(helpers[:3])
    mood = mood_of(tokens, first, helpers, form)
    return VerbGroup(first, at, base, frame, form, helpers, passive, mood, helpers[-1:] == ("to",))


def _is_noun(tokens: Sequence[Token], at: int, base: str) -> bool:
    """Whether a word without helpers is the noun: "a visit"; not "leaders visit", "they visit"."""
    before = tokens[at - 1]
    if before.low in _NOUN_BEFORE or before.low.endswith(_LENGTH_ENDINGS):
        return True
    return base in _NOUNS_TOO and not (before.cap or before.low in _PLURALS or before.low.endswith("s"))


def _shared_helper(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """ "will meet Ito in Lima and visit Quito": the helper of the verb that a bare one is joined to."""
    if not at or tokens[at - 1].low not in _JOINING:
        return ()
    for before in range(at - 2, max(-1, at - _SHARED_REACH), -1):
        low = tokens[before].low
        if low in _SHARED:
            return (low,)
        if low in _CLAUSE_ENDS:
            break
    return ()


def helpers_before(tokens: Sequence[Token], at: int) -> tuple[tuple[str, ...], int]:
    """The helpers before a verb, nearest first, and the token of the farthest."""
    helpers: list[str] = []
    first, position = at, at - 1
    while position >= 0 and len(helpers) < _MOST_HELPERS:
        low = tokens[position].low
        if low in _AUXILIARIES or low in _ADVERBS or (low.endswith("ly") and len(low) > 4 and not tokens[position].cap):
            helpers.append(low)
        elif low == "to":
            if "to" in helpers and helpers[-1] not in ("be", "have"):
                break
            helpers.append(low)
        elif low in _GOVERNORS:
            if "to" not in helpers or helpers[-1] not in _BEFORE_TO:
                break
            helpers.append(low)
        elif low == "'s" and position and tokens[position - 1].low in _IS_SHORT:
            helpers.append("is")
        elif low == "," and position >= 2 and tokens[position - 1].low in _ASIDES:
            position -= 2 if tokens[position - 2].low == "," else 1
        else:
            break
        first = position
        position -= 1
    while helpers and helpers[-1] in _OUTER:  # adverbs at the outer edge belong to the clause
        helpers.pop()
        first += 1
    return tuple(helpers), first


def mood_of(tokens: Sequence[Token], first: int, helpers: Sequence[str], form: Form) -> Mood:
    """What the helpers and the form say of the event."""
    said = frozenset(helpers)
    negated = not said.isdisjoint(_NEGATIONS)
    perfect = form == "ed" and not said.isdisjoint(HAVE)
    if perfect and not said.isdisjoint(_WAS) and "to" in said and not negated:
        return "missed"  # "was to have visited", "was due to have arrived"
    if perfect and ("would" in said or not said.isdisjoint(_MODALS)):
        return "unreal"  # "would have visited", "should have gone" (hard case 13)
    if not said.isdisjoint(_REFUSED):
        return "denied"
    if not said.isdisjoint(_POSSIBLE):
        return "denied" if negated and said.isdisjoint(_UNSURE) else "maybe"  # "may not" leaves it open
    if not said.isdisjoint(_WILL):
        return "denied" if negated else "future"
    if not said.isdisjoint(_WOULD):
        return "denied" if negated else _mood_of_would(tokens, first)
    if "to" in said:
        return "denied" if negated else "due"
    return _mood_of_form(said, form, negated=negated)


def _mood_of_would(tokens: Sequence[Token], first: int) -> Mood:
    """ "said he would go" is the "will" of reported speech; "If invited, I would go" is not (hard case 14)."""
    reported = any(token.low in _SAYING for token in tokens)
    return "future" if reported and all(token.low != "if" for token in tokens[:first]) else "maybe"


def _mood_of_form(said: frozenset[str], form: Form, *, negated: bool) -> Mood:
    """What the form says where no helper does: "has visited", "is visiting", "did not visit", "visits"."""
    if form == "ed" or (form == "base" and not said.isdisjoint(HAVE)):
        if not negated:
            return "past"
        return "unreal" if "yet" in said else "never"  # "has not visited since 2010" (hard case 19)
    if form == "ing":
        if said.isdisjoint(_BE_OR_NOT):
            return "gerund"
        if negated:
            return "unreal" if "yet" in said else "denied"
        return "past" if said.isdisjoint(_NOW) else "now"
    if not said.isdisjoint(_DID):
        return "never" if negated else "past"
    return "denied" if negated else "present"
