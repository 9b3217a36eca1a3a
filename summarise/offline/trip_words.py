"""The words around "visit", "trip", "tour": what makes one, puts it off, is said of it before and behind."""

from __future__ import annotations

from typing import Final

from summarise.offline.lexicon import words

ADJECTIVES: Final[dict[str, str]] = {
    **dict.fromkeys(
        words(
            "possible potential eventual hoped-for proposed would-be hypothetical prospective mooted rumoured rumored"
        ),
        "speculated",
    ),
    **dict.fromkeys(
        words("planned forthcoming upcoming coming scheduled impending expected intended next pending"), "planned"
    ),
    **dict.fromkeys(
        words("last recent previous earlier past concluded just-concluded recently-concluded secret"), "completed"
    ),
    **dict.fromkeys(words("postponed delayed deferred long-delayed"), "postponed"),
    **dict.fromkeys(words("cancelled canceled aborted abandoned scrapped"), "cancelled"),
    **dict.fromkeys(words("alleged supposed"), "denied"),
    **dict.fromkeys(words("ongoing current"), "ongoing"),
}
"""Adjectives that tell the state: "a possible visit", "the planned trip"."""
OFF_VERBS: Final[dict[str, str]] = {
    **dict.fromkeys(
        words(
            "postpone postpones postponed postponing delay delayed delays delaying defer deferred deferring reschedule "
            "rescheduled rebooked"
        ),
        "postponed",
    ),
    **dict.fromkeys(
        words(
            "cancel cancels cancelled canceled cancelling canceling scrap scrapped scrapping shelve shelved abandon "
            "abandoned drop dropped axed aborted"
        ),
        "cancelled",
    ),
    **dict.fromkeys(words("deny denied denies denying dismissed dismiss"), "denied"),
}
"""Verbs that take a visit back."""
CONFIRMING: Final = words("confirm confirmed confirms confirming announce announced announces")
PLAN_VERBS: Final = words("plan plans planned planning prepare preparing prepared prepares schedule scheduled arranged")
OPEN_VERBS: Final = words(
    "propose proposed consider considering considers considered discuss discussed arrange arranging invite"
)
DONE_VERBS: Final = words(
    "conclude concluded concludes concluding end ended ends ending wrap wrapped wraps wrapping complete completed "
    "finish finished finishing return returned returning returns wound wind winds winding wrapping completing"
)
MAKERS: Final = (
    words(
        "pay pays paid paying make makes made making begin begins began beginning begun start starts started starting "
        "cut cuts cutting embark embarks embarked embarking undertake undertakes undertook undertaking undertaken kick "
        "kicks kicked kicking continue continues continued completes completing finishes finishing resume resumes take "
        "takes took taking arrive arrives arrived arriving come comes came coming go goes went going leave leaves left "
        "leaving fly flies flew flying depart departs departed set sets setting due is was are were be been interrupt "
        "interrupts interrupted extend extends extended prolonged shorten shortened launch launched open opened enjoy "
        "enjoyed welcome call calls called calling put puts putting announcing push pushed pushing give "
        "gives gave given giving abandon drop has have had bring forward "
        "following visit sent rule ruled broke break breaks hold held"
    )
    | PLAN_VERBS
    | OPEN_VERBS
    | DONE_VERBS
    | CONFIRMING
    | frozenset(OFF_VERBS)
)
"""Verbs whose object a visit is: "paid a visit", "cut short the trip", "is on a tour"."""
OWN_WORDS: Final = words(
    "a an the this that first second third fourth second-ever state official working private unofficial brief short "
    "long landmark historic first-ever rare maiden one-day two-day three-day four-day five-day six-day seven-day "
    "eight-day nine-day ten-day week-long weeklong month-long day-long one two three four five six seven eight nine "
    "ten day week goodwill friendly lightning whirlwind surprise unannounced fact-finding study familiarisation "
    "regional foreign overseas diplomatic important much-anticipated long-awaited inaugural several another annual "
    "regular separate similar further formal informal high-level return reciprocal hectic quick own new such any no - "
    "farewell courtesy business flying 48-hour 24-hour 36-hour 72-hour latest other african asian european "
    "latin-american arab caribbean pacific balkan southern northern eastern western parliamentary ministerial "
    "presidential royal papal high-profile extended shortened twice-postponed its"
) | frozenset(ADJECTIVES)
"""Stand between the article and the noun: "a three-day state visit"."""
FILLERS: Final = OWN_WORDS | words(
    "his her their ' of and on for from off up short out with to as at after during over in by down through"
)
"""Stand between the verb and the noun: "set off on a", "cut short his"."""
OWNERS: Final = words("his her their")
