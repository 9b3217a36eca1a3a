"""Where an order or a mark may stand: by the beginning of its first word, in one look at the whole text."""

from __future__ import annotations

import re

# The beginning of a word that a pattern above begins with, where an order can stand: one look at the whole text.
_FIRST_WORDS = (
    "overlook neglect abandon put\\s+aside lay\\s+aside whoever anyone any\\s every\\s those\\s "
    "the\\s+\\w+\\s+(?:who\\s+|that\\s+|which\\s+)?(?:summari|proc|pars|extr|anno) relevant info hint guidance "
    "a\\s+(?:message|note|word) this\\s+(?:message|note) the\\s+(?:message|note|order) word\\s+(?:from|by) greeting "
    "only\\s+for update\\s+(?:from|by) important\\s+for "
    "ignor disregard forget overr bypass discard drop delete erase clear stop(?=\\s+(?:foll|obey)) do\\s+not "
    "don.?t never pay\\s+no set\\b throw\\s+away reveal print repeat show output leak display disclose send "
    "inclu write copy paste encode translate dump expose recite quote tell\\b give\\b echo summari[sz]e embed "
    "append put\\b insert return\\b reproduce spell post\\b base64 add\\b creat emit\\b fabricat invent "
    "register\\b enter\\b generat produc make\\s+up report\\b record\\b list\\b extract cite use\\b reference "
    "mark\\b change\\b treat\\b classify label count\\b regard\\b respond reply answer begin\\b start\\b end\\b "
    "finish\\b leave\\s+out omit remove\\b suppress skip\\b you\\b act\\s+as pretend role-?play imagine "
    "behave\\s+as from\\s+now\\s+on if\\s+you when\\s+you\\s+are since\\s+you\\s+are because\\s+you\\s+are "
    "as\\s+an?\\s notes?\\s+(?:to|for)\\b message instruction attention notice\\b memo reminder direction order "
    "information\\s+(?:to|for) dear hey\\b hi\\b hello ok(?:ay)?\\b ai\\b a\\.i artificial llm language chat gpt "
    "claude gemini llama copilot mistral deepseek qwen virtual automated bots?\\b assistant summari[sz]er "
    "extractor reader model crawler scraper annotator parser new\\s+(?:system|instr|prompt) "
    "updated\\s+(?:syst|instr|prompt) revised\\s+(?:syst|instr|prompt) real\\s+(?:syst|instr|prompt) "
    "actual\\s+(?:syst|instr|prompt) true\\s+(?:syst|instr|prompt) hidden\\s+(?:syst|instr|prompt) secret "
    "final\\s+(?:syst|instr|prompt|json|out|answ) additional\\s+(?:syst|instr|prompt) your\\b you\\b "
    "correct\\s+(?:json|rep|out|answ|resp|ext|rec) right\\b expected\\s+(?:json|rep|out|answ|resp|ext|rec) "
    "required proper only\\s+valid desired "
    "the\\s+(?:correct|right|expected|required|proper|only\\s+valid|model|assistant|ai\\b|your) "
    "machine computer pls\\b plz\\b please for\\s+(?:all\\s+|any\\s+|the\\s+)?(?:llm|language|ai|bots|chat|crawl|"
    "model|mach) "
    "agent\\s the\\s+(?:json|extraction|output|machine|computer|program|neural|algorithm|bot|summar|"
    "reply) program algorithm "
    "visits\\s*[+.] invitations\\s*[+.] records\\s*[+.] officials\\s*[+.] neural bot\\s "
    "state\\s+(?:in|that) say\\b conclude confirm\\b claim\\b assume mention\\b sentence line\\b "
    "evidence\\S*\\s*[:=] warning at\\s+this for\\s+this before\\s+(?:answ|repl) system developer tool function "
    "admin\\b reference user human begin\\b visits\\S*\\s*[:=] visitors\\S*\\s*[:=] invitations\\S*\\s*[:=] "
    "invitees\\S*\\s*[:=] inviters\\S*\\s*[:=] officials\\S*\\s*[:=] possible_\\S*\\s*[:=] evidence\\S*\\s*[:=] "
    "hosts\\S*\\s*[:=] focus\\S*\\s*[:=] tenure\\S*\\s*[:=] bitte missachte vergiss vergessen befolge "
    "überschreibe veuillez oublie ne\\s+t fais\\s+abs por\\s+favor olvid desestim descart esque descons desobed "
    "per\\s+fav dimentica trascura negeer vergeet glöm glem zignoruj zapom abaikan lupakan unohda hagyd felejtsd "
    "пожалуйста проигнор игнор забудь ігнор αγνό ξέχνα bỏ hãy"
).split()


def _begin_with(words: list[str]) -> str:
    """One alternative for each first letter, so that a look at a word costs little."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


_MAY_STAND = (
    r"[.!?:;…—–|>*#=(\[{\"“”„«»‘\n`][\s\xa0]{0,24}+['\-_*]?+"
    r"(?:(?=[pntfiajkmshb])(?:please|n(?:ow|ext|ote)|t(?:hen|hus|herefore)|f(?:irst|inally)|i(?:nstead|mportant|mmediately)|"
    r"a(?:lso|lways|nd)|just|kindly|must|s(?:imply|o)|henceforth|but),?\s+)?"
)
MAY_BE_ORDER = re.compile(f"{_MAY_STAND}({_begin_with(_FIRST_WORDS)})")
"""Where an order may stand, in a text in small letters with a line break before it."""

_WESTERN_WORDS = [word for word in _FIRST_WORDS if word.encode("cp1252", "ignore").decode("cp1252") == word]
MAY_BE_ORDER_BYTES = re.compile(f"{_MAY_STAND}({_begin_with(_WESTERN_WORDS)})".encode("cp1252"))
"""The same for a text in Windows-1252, in which most of English copy can be written: it is found sooner."""
