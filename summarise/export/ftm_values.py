"""Values as FollowTheMoney takes them: its codes of states and languages, its dates, and text as it cleans it.

Written out here, so that an export needs none of the library's dependencies (rdflib, SQLAlchemy, babel and others); the
tests read everything back with the library, which must find nothing to mend.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

_COUNTRIES: Final = (
    "ABW:aw AFG:af AGO:ao AIA:ai ALA:ax ALB:al AND:ad ARE:ae ARG:ar ARM:am ASM:as ATA:aq ATF:tf ATG:ag AUS:au "
    "AUT:at AZE:az BDI:bi BEL:be BEN:bj BES:bq BFA:bf BGD:bd BGR:bg BHR:bh BHS:bs BIH:ba BLM:bl BLR:by BLZ:bz "
    "BMU:bm BOL:bo BRA:br BRB:bb BRN:bn BTN:bt BVT:bv BWA:bw CAF:cf CAN:ca CCK:cc CHE:ch CHL:cl CHN:cn CIV:ci "
    "CMR:cm COD:cd COG:cg COK:ck COL:co COM:km CPV:cv CRI:cr CSK:cshh CUB:cu CUW:cw CXR:cx CYM:ky CYP:cy CZE:cz "
    "DDR:dd DEU:de DJI:dj DMA:dm DNK:dk DOM:do DZA:dz ECU:ec EGY:eg ERI:er ESH:eh ESP:es EST:ee ETH:et FIN:fi "
    "FJI:fj FLK:fk FRA:fr FRO:fo FSM:fm GAB:ga GBR:gb GEO:ge GGY:gg GHA:gh GIB:gi GIN:gn GLP:gp GMB:gm GNB:gw "
    "GNQ:gq GRC:gr GRD:gd GRL:gl GTM:gt GUF:gf GUM:gu GUY:gy HKG:hk HMD:hm HND:hn HRV:hr HTI:ht HUN:hu IDN:id "
    "IMN:im IND:in IOT:io IRL:ie IRN:ir IRQ:iq ISL:is ISR:il ITA:it JAM:jm JEY:je JOR:jo JPN:jp KAZ:kz KEN:ke "
    "KGZ:kg KHM:kh KIR:ki KNA:kn KOR:kr KWT:kw LAO:la LBN:lb LBR:lr LBY:ly LCA:lc LIE:li LKA:lk LSO:ls LTU:lt "
    "LUX:lu LVA:lv MAC:mo MAF:mf MAR:ma MCO:mc MDA:md MDG:mg MDV:mv MEX:mx MHL:mh MKD:mk MLI:ml MLT:mt MMR:mm "
    "MNE:me MNG:mn MNP:mp MOZ:mz MRT:mr MSR:ms MTQ:mq MUS:mu MWI:mw MYS:my MYT:yt NAM:na NCL:nc NER:ne NFK:nf "
    "NGA:ng NIC:ni NIU:nu NLD:nl NOR:no NPL:np NRU:nr NZL:nz OMN:om PAK:pk PAN:pa PCN:pn PER:pe PHL:ph PLW:pw "
    "PNG:pg POL:pl PRI:pr PRK:kp PRT:pt PRY:py PSE:ps PYF:pf QAT:qa REU:re ROU:ro RUS:ru RWA:rw SAU:sa SDN:sd "
    "SEN:sn SGP:sg SGS:gs SHN:sh SJM:sj SLB:sb SLE:sl SLV:sv SMR:sm SOM:so SPM:pm SRB:rs SSD:ss STP:st SUN:suhh "
    "SUR:sr SVK:sk SVN:si SWE:se SWZ:sz SXM:sx SYC:sc SYR:sy TCA:tc TCD:td TGO:tg THA:th TJK:tj TKL:tk TKM:tm "
    "TLS:tl TON:to TTO:tt TUN:tn TUR:tr TUV:tv TWN:tw TZA:tz UGA:ug UKR:ua UMI:um URY:uy USA:us UZB:uz VAT:va "
    "VCT:vc VEN:ve VGB:vg VIR:vi VNM:vn VUT:vu WLF:wf WSM:ws XKX:xk YEM:ye YUG:yucs ZAF:za ZMB:zm ZWE:zw "
)
"""ISO 3166-1 alpha-3 to FollowTheMoney's code: alpha-2 in lower case, with codes of its own for the dead states."""

_LANGUAGES: Final = (
    "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa "
    "et:est fa:fas fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat "
    "kk:kaz km:khm kn:kan ko:kor ky:kir lb:ltz lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt my:mya nb:nor "
    "ne:nep nl:nld nn:nor no:nor pl:pol ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe "
    "sw:swa ta:tam te:tel tg:tgk th:tha tk:tuk tl:tgl tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho "
)
"""ISO 639-1 to ISO 639-3, for the languages that FollowTheMoney knows."""

_COUNTRY: Final = dict(pair.split(":") for pair in _COUNTRIES.split())
_LANGUAGE: Final = dict(pair.split(":") for pair in _LANGUAGES.split())

LONGEST: Final = {"name": 384, "string": 1024, "text": 65000, "address": 250}
"""Most characters of one value, by the type of the property."""

_SPACES: Final = re.compile(r"[\s\u2000-\u200a\u2028\u2029\u0a00\u1680\u202f\u205f\u3000]+")
_UNWANTED: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\u2060-\u2064\u00ad\ufeff\ud800-\udfff]"
)
_QUOTED: Final = re.compile(r"^[\"'](.*)[\"']$")
_LINE_BREAKS: Final = re.compile(r"<BR/>|<BR>|ESQ\.,|ESQ,|;")
_URL: Final = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+/[\w./-]*(\?[\w=&.-]+)?", re.ASCII)
_COMMAS: Final = re.compile(r",\s?[,.]")


def country(code: str | None) -> str | None:
    """FollowTheMoney's code of a state, None for none and for one that it does not know."""
    return None if code is None else _COUNTRY.get(code)


def language(code: str | None) -> str | None:
    """Its code of a language, None for none and for one that it does not know."""
    return None if code is None else _LANGUAGE.get(code)


def day(text: str | None) -> str | None:
    """A year, month or day as it is, if the calendar has it and FollowTheMoney does: its years are 1000 to 2999."""
    if text is None or not re.fullmatch(r"[12]\d{3}(-\d{2}){0,2}", text):
        return None
    try:
        date.fromisoformat(f"{text}-01-01"[: len("YYYY-MM-DD")])
    except ValueError:
        return None
    return text


def text(value: str | None) -> str | None:
    """On one line and without invisible characters; None where nothing is left."""
    return _within(_line(value or ""), "text")


def string(value: str | None) -> str | None:
    """The same of a short text."""
    return _within(_line(value or ""), "string")


def name(value: str | None) -> str | None:
    """The same of a name, without quotation marks around it."""
    line = _line(value or "")
    while (bare := _QUOTED.sub(r"\1", line).strip()) != line:
        line = bare
    return _within(line, "name")


def address(value: str | None) -> str | None:
    """The same of a place, its parts divided by single commas."""
    line = _line(value or "")
    while (plain := _line(_COMMAS.sub(", ", _LINE_BREAKS.sub(", ", line)))) != line:
        line = plain
    return _within(line, "address")


def url(value: str | None) -> str | None:
    """An address of the web as it is, if it is written plainly; another would be read differently by others."""
    return value if value is not None and _URL.fullmatch(value) else None


def known(values: Iterable[str | None]) -> list[str]:
    """Those that are there, each once, in their order."""
    return list(dict.fromkeys(value for value in values if value))


def _line(value: str) -> str:
    line = _SPACES.sub(" ", _UNWANTED.sub("", unicodedata.normalize("NFC", value)))
    return line.strip(" ")


def _within(line: str, kind: str) -> str | None:
    longest = LONGEST[kind]
    return (line if len(line) <= longest else f"{line[: longest - 1].rstrip(' ')}…") or None
