"""The words that dates are written with, and the tokens that a text is cut into.

A token carries a one-letter *tag*; the grammar in `summarise.judge.date_phrases` is written over the string of tags.
English has relative words ("next", "ago"); of other languages only months, weekdays and the small words between them
are known, so that a relative expression of theirs is seen as not understood instead of being guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

MONTHS_ENGLISH = (
    "january jan;february feb;march mar;april apr;may;june jun;july jul;august aug;september sep sept;october oct;"
    "november nov;december dec"
)
MONTHS_FOREIGN = (  # one string per language family, months separated by semicolons, forms by spaces
    "janvier;février fevrier;mars;avril;mai;juin;juillet;août aout;septembre;octobre;novembre;décembre decembre",
    "enero;febrero;marzo;abril;mayo;junio;julio;agosto;septiembre setiembre;octubre;noviembre;diciembre",
    "janeiro;fevereiro;março marco;abril;maio;junho;julho;agosto;setembro;outubro;novembro;dezembro",
    "januar jänner;februar;märz maerz;april;mai;juni;juli;august;september;oktober;november;dezember",
    "gennaio;febbraio;marzo;aprile;maggio;giugno;luglio;agosto;settembre;ottobre;novembre;dicembre",
    "январь января январе;февраль февраля феврале;март марта марте;апрель апреля апреле;май мая мае;июнь июня июне;"
    "июль июля июле;август августа августе;сентябрь сентября сентябре;октябрь октября октябре;"
    "ноябрь ноября ноябре;декабрь декабря декабре",
    "ocak;şubat subat;mart;nisan;mayıs mayis;haziran;temmuz;ağustos agustos;eylül eylul;ekim;kasım kasim;aralık aralik",
    "januari;februari;maret;april;mei;juni;juli;agustus;september;oktober;november;desember",
    "januari;februari;maart;april;mei;juni;juli;augustus;september;oktober;november;december",
    "styczeń stycznia styczniu;luty lutego lutym;marzec marca marcu;kwiecień kwietnia kwietniu;maj maja maju;"
    "czerwiec czerwca czerwcu;lipiec lipca lipcu;sierpień sierpnia sierpniu;wrzesień września wrześniu;"
    "październik października październiku;listopad listopada listopadzie;grudzień grudnia grudniu",
    "січень січня січні;лютий лютого лютому;березень березня березні;квітень квітня квітні;травень травня травні;"
    "червень червня червні;липень липня липні;серпень серпня серпні;вересень вересня вересні;"
    "жовтень жовтня жовтні;листопад листопада листопаді;грудень грудня грудні",
    "يناير;فبراير;مارس;أبريل ابريل إبريل;مايو;يونيو;يوليو;أغسطس اغسطس;سبتمبر;أكتوبر اكتوبر;نوفمبر;ديسمبر",
    ";شباط;آذار;نيسان;أيار;حزيران;تموز;آب;أيلول;;;",
)
WEEKDAYS_ENGLISH = (
    "monday mon;tuesday tue tues;wednesday wed;thursday thu thur thurs;friday fri;saturday sat;sunday sun"
)
WEEKDAYS_FOREIGN = (
    "lundi;mardi;mercredi;jeudi;vendredi;samedi;dimanche",
    "lunes;martes;miércoles miercoles;jueves;viernes;sábado sabado;domingo",
    "segunda-feira;terça-feira;quarta-feira;quinta-feira;sexta-feira;sábado;domingo",
    "montag;dienstag;mittwoch;donnerstag;freitag;samstag sonnabend;sonntag",
    "lunedì lunedi;martedì martedi;mercoledì mercoledi;giovedì giovedi;venerdì venerdi;sabato;domenica",
    "понедельник;вторник;среда среду;четверг;пятница пятницу;суббота субботу;воскресенье",
    "pazartesi;salı sali;çarşamba;perşembe;cuma;cumartesi;pazar",
    "senin;selasa;rabu;kamis;jumat;sabtu;",  # "minggu" is Sunday and week at once: left out
    "maandag;dinsdag;woensdag;donderdag;vrijdag;zaterdag;zondag",
    "poniedziałek;wtorek;środa środę;czwartek;piątek;sobota sobotę;niedziela niedzielę",
    "понеділок;вівторок;середа середу;четвер;ятниця ятницю;субота суботу;неділя неділю",  # after п'
    "الاثنين الإثنين;الثلاثاء;الأربعاء;الخميس;الجمعة;السبت;الأحد",
)

NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth"
UNITS = ("day", "week", "month", "year")

SMALL_WORDS = {  # tag: English words
    "T": "the",
    "a": "a an",
    "f": "of",
    "p": "in on at over during for around about",
    "w": "within",
    "s": "since after",
    "b": "by before",
    ">": "to through until till",
    "r": "from between starting beginning",
    "&": "and or",
    "l": "last past",
    "x": "next",
    "c": "coming upcoming forthcoming",
    "t": "this",
    "R": "recent",
    "E": "earlier later",
    "e": "early late mid middle beginning start end",
    "g": "ago",
    "q": "few several couple some many",
    "S": "spring summer autumn fall winter",
    "P": "morning afternoon evening night noon midday midnight",
    "B": "following previous preceding same prior that those every each eve anniversary",
    "v": "soon shortly recently someday lately eventually imminently",
    "A": "convenient mutually appropriate suitable near foreseeable due unspecified earliest",
    "D": "time date future course moment opportunity convenience",
    "h": "half quarter",
    "Q": "q h",
    "k": "weekend",
    "z": "s",
    "o": "st nd rd th",
}
SMALL_WORDS_FOREIGN = {
    "T": "le la el il lo den der die dem o os as",
    "f": "de del di do da des г",
    "p": "en em im am à w we на в во у on op di pada tanggal في на",
    "r": "du vom von dal desde dari с з od van",
    ">": "au al bis по до ao hingga sampai tot إلى 至 到 から 부터",
    "&": "et y e und и і ve dan و",
    "o": "er º ª ème",
}
DAY_WORDS = {"today": 0, "tonight": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
CALENDAR_MARKS = {"年": "J", "년": "J", "月": "K", "월": "K", "日": "L", "号": "L", "號": "L", "일": "L"}
PUNCTUATION = {
    **dict.fromkeys("-‐‑‒–—―−~〜～", "-"),
    **dict.fromkeys("'’ʼ", "'"),
    **{mark: mark for mark in "/,().:"},
}
ARABIC_PAIRS = {"كانون الثاني": 1, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12}
NEED_A_NUMBER = frozenset(("jan", "mar", "sat", "sun", "mon", "wed"))  # names and verbs, unless a number is near
VERBS_TOO = frozenset(("may", "march"))  # months only with a capital or beside a number


class Entry(NamedTuple):
    """What the lexicon knows of a word: its tag, its number (month 1-12, weekday 0-6, amount), its language."""

    tag: str
    value: int = 0
    foreign: bool = False


class Token(NamedTuple):
    """One word, number or mark of a text; `word` is case-folded, `start` and `end` are offsets into the text."""

    tag: str
    value: int
    word: str
    start: int
    end: int
    foreign: bool


def _listed(table: str, tag: str, first: int, foreign: bool) -> dict[str, Entry]:
    forms = enumerate(table.split(";"), first)
    return {form.casefold(): Entry(tag, number, foreign) for number, group in forms for form in group.split()}


@cache
def _english() -> dict[str, Entry]:
    lexicon = {word: Entry(tag) for tag, words in SMALL_WORDS.items() for word in words.split()}
    lexicon |= {word: Entry("n", number) for number, word in enumerate(NUMBER_WORDS.split(), 1)}
    lexicon |= {word: Entry("O", number) for number, word in enumerate(ORDINAL_WORDS.split(), 1)}
    lexicon |= {word: Entry("d", shift) for word, shift in DAY_WORDS.items()}
    lexicon |= {unit: Entry("y" if unit == "year" else "u", place) for place, unit in enumerate(UNITS)}
    lexicon |= {unit + "s": Entry("U", place) for place, unit in enumerate(UNITS)}
    return lexicon | _listed(MONTHS_ENGLISH, "M", 1, False) | _listed(WEEKDAYS_ENGLISH, "W", 0, False)


@cache
def _all_languages() -> dict[str, Entry]:
    lexicon = {w.casefold(): Entry(tag, 0, True) for tag, words in SMALL_WORDS_FOREIGN.items() for w in words.split()}
    for table in WEEKDAYS_FOREIGN:
        lexicon |= _listed(table, "W", 0, True)
    for table in MONTHS_FOREIGN:
        lexicon |= _listed(table, "M", 1, True)
    return lexicon | _english()


TOKEN = re.compile(
    r"(?P<plain>[A-Za-z]++(?!\w|-feira))"  # as good as the next but one, and four times as fast
    r"|(?P<number>\d+(?:,\d{3})*)|(?P<mark>[年月日号號년월일])|(?P<word>[^\W\d_年月日号號년월일]+(?:-feira)?)|\S"
)
UNKNOWN = Entry("_")


def _number(digits: str) -> Entry:
    """Two digits may be a day or an amount, four a year; anything else is no part of a date."""
    if len(digits) <= 2:
        return Entry("N", int(digits))
    return Entry("Y", int(digits)) if len(digits) == 4 and digits != "0000" and "," not in digits else UNKNOWN


def tokens(text: str, *, english_only: bool = False) -> list[Token]:
    """Cut the text into tagged tokens, in one pass."""
    entry_of = _english_entry if english_only else _entry
    found: list[Token] = []
    unsettled: list[int] = []
    new = tuple.__new__  # as the class does it, but for its checks: a third of the time of this loop
    for match in TOKEN.finditer(text):
        tag, value, word, foreign = entry_of(match[0])
        start, end = match.span()
        if tag == "_" and found and not english_only:
            pair = ARABIC_PAIRS.get(f"{found[-1].word} {word}")
            if pair:
                start = found.pop().start
                tag, value, foreign = "M", pair, True
        if tag == "." or tag[0] == "?":
            unsettled.append(len(found))
        found.append(new(Token, (tag, value, word, start, end, foreign)))
    return _settled(found, unsettled)


@lru_cache(maxsize=8192)
def _english_entry(word: str) -> tuple[str, int, str, bool]:
    return _looked_up(word, _english())


@lru_cache(maxsize=8192)
def _entry(word: str) -> tuple[str, int, str, bool]:
    return _looked_up(word, _all_languages())


def _looked_up(word: str, lexicon: Mapping[str, Entry]) -> tuple[str, int, str, bool]:
    """Tag, number, the word as a token has it, and whether it is foreign."""
    match = TOKEN.match(word)
    kind = match.lastgroup if match is not None else None
    if kind == "number":
        entry = _number(word)
    elif kind == "mark":
        entry = Entry(CALENDAR_MARKS[word], 0, True)
    elif kind in ("plain", "word"):
        folded = word.casefold()
        entry = lexicon.get(folded, UNKNOWN)
        if folded in VERBS_TOO and word == folded:
            entry = Entry("?M", entry.value)
        elif folded in NEED_A_NUMBER:
            entry = Entry("?" + entry.tag, entry.value)
        word = folded
    else:
        entry = Entry(PUNCTUATION.get(word, ";"))
    return entry.tag, entry.value, word, entry.foreign


def _settled(found: list[Token], places: Iterable[int]) -> list[Token]:
    """Decide the words that are dates only in company, and the full stops that do not end a sentence."""
    for place in places:
        token = found[place]
        if token.tag[0] == "?":
            beside = {neighbour.tag for neighbour in found[max(0, place - 2) : place + 3] if neighbour is not token}
            near = found[place - 1].tag if place else ""
            far = next((t.tag for t in found[place + 1 : place + 3] if t.tag not in ".,"), "")
            is_date = near in {"N", "o"} or far in {"N", "Y", "M"} or (near == "f" and "o" in beside)
            found[place] = token._replace(tag=token.tag[1] if is_date else "_")
        elif token.tag == ".":
            before = found[place - 1] if place else None
            short = before is not None and (
                before.tag == "N"
                or (before.tag in "MW" and before.end - before.start <= 4 and before.word not in ("june", "july"))
            )
            if not short:
                found[place] = token._replace(tag=";")
    return found


def composed(text: str) -> str:
    """The text with accents joined to their letters, as the lexicon writes them."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
