from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.judge.places import codes_for, compatible, country_name, find_places, is_country


def read(text: str, language: str | None = "en") -> list[str]:
    """Each mention as `words=CODE/CODE`."""
    return [f"{text[m.start : m.end]}={'/'.join(m.codes)}" for m in find_places(text, language)]


NAMES = """
AFG Afghanistan; Afghan; Afghans; Kabul
ALB Albania; Albanian; Tirana
DZA Algeria; Algerian; Algiers; Oran
AND Andorra; Andorran; Andorra la Vella
AGO Angola; Angolan; Luanda; Cabinda
ARG Argentina; Argentine; Argentinian; Buenos Aires; Casa Rosada; Patagonia
ARM Armenia; Armenian; Armenians; Yerevan
AUS Australia; Australian; Canberra; Melbourne; New South Wales; Queensland
AUT Austria; Austrian; Vienna; Salzburg; Tyrol
AZE Azerbaijan; Azerbaijani; Azeri; Baku; Nakhchivan
BHS Bahamas; Bahamian; Nassau
BGD Bangladesh; Bangladeshi; Dhaka; Chittagong
BLR Belarus; Belarusian; Minsk
BEL Belgium; Belgian; Brussels; Antwerp; Flanders
BIH Bosnia; Bosnia and Herzegovina; Bosnia-Herzegovina; Sarajevo; Republika Srpska
BRA Brazil; Brazilian; Brasilia; Brasília; São Paulo; Planalto
BFA Burkina Faso; Burkinabe; Ouagadougou
BDI Burundi; Bujumbura; Gitega
CPV Cape Verde; Cabo Verde; Praia
CAF Central African Republic; Bangui
TCD Chad; Chadian; N'Djamena; Ndjamena
CHL Chile; Chilean; La Moneda; Easter Island
CHN China; Chinese; Beijing; Peking; Zhongnanhai; Xinjiang; Tibet; Shanghai; PRC; People's Republic of China
CIV Ivory Coast; Côte d'Ivoire; Cote d'Ivoire; Ivorian; Abidjan; Yamoussoukro
COD DRC; DR Congo; Democratic Republic of the Congo; Congo-Kinshasa; Kinshasa; Zaire; Goma
COG Republic of the Congo; Congo-Brazzaville; Brazzaville
COL Colombia; Colombian; Bogota; Bogotá; Cartagena
CRI Costa Rica; Costa Ricans
CUB Cuba; Cuban; Havana
CZE Czechia; Czech Republic; Czech; Czechs; Prague
DNK Denmark; Danish; Dane; Danes; Copenhagen
DOM Dominican Republic; Santo Domingo; Punta Cana
EGY Egypt; Egyptian; Cairo; Sharm el-Sheikh; Sinai
GNQ Equatorial Guinea; Equatorial Guinean; Malabo
SWZ Eswatini; Swaziland; Swazi; Mbabane
ETH Ethiopia; Ethiopian; Addis Ababa; Tigray
FIN Finland; Finnish; Finn; Finns; Helsinki; Lapland
FRA France; French; Frenchman; Frenchmen; Paris; Élysée; Elysee; Quai d'Orsay; Matignon; Strasbourg
DEU Germany; German; Germans; Berlin; Bonn; Bundestag; Bavaria; Munich
GHA Ghana; Ghanaian; Accra
GRC Greece; Greek; Greeks; Athens; Crete
GIN Guinea; Guinean; Guineans; Conakry
GNB Guinea-Bissau; Bissau-Guinean; Bissau
HTI Haiti; Haitian; Port-au-Prince
HUN Hungary; Hungarian; Budapest
IND India; Indian; New Delhi; Delhi; Mumbai; Lok Sabha; Rashtrapati Bhavan; Tamil Nadu
IDN Indonesia; Indonesian; Jakarta; Bali
IRN Iran; Iranian; Tehran; Majlis; Persian; Isfahan
IRQ Iraq; Iraqi; Baghdad; Erbil; Basra
ISR Israel; Israeli; Jerusalem; Tel Aviv; Knesset
ITA Italy; Italian; Rome; Palazzo Chigi; Sicily; Farnesina
JPN Japan; Japanese; Tokyo; Hokkaido; Okinawa; Hiroshima
JOR Jordan; Jordanian; Amman; Aqaba
KAZ Kazakhstan; Kazakh; Astana; Nur-Sultan; Almaty; Akorda
KGZ Kyrgyzstan; Kyrgyz; Bishkek; Issyk-Kul
PRK North Korea; North Korean; North Koreans; DPRK; D.P.R.K.; N. Korea; N Korea; N. Korean; Pyongyang; Wonsan
KOR South Korea; South Korean; ROK; Republic of Korea; S. Korea; Seoul; Blue House; Busan; Jeju
XKX Kosovo; Kosovar; Pristina
KWT Kuwait; Kuwaiti; Kuwait City
LAO Laos; Laotian; Lao; Vientiane
LBY Libya; Libyan; Benghazi; Misrata
LUX Luxembourg; Luxembourger; Luxembourg City
MDG Madagascar; Malagasy; Antananarivo
MYS Malaysia; Malaysian; Kuala Lumpur; Putrajaya
MLI Mali; Malian; Bamako; Timbuktu
MEX Mexico; Mexican; Mexico City; Cancun; Cancún
MDA Moldova; Moldovan; Chisinau; Chișinău
MNG Mongolia; Mongolian; Ulaanbaatar; Ulan Bator
MMR Myanmar; Burma; Burmese; Naypyidaw; Nay Pyi Taw; Yangon
NLD Netherlands; Dutch; Holland; The Hague; Amsterdam; Binnenhof
NZL New Zealand; New Zealander; New Zealanders; Wellington; Auckland
NER Niger; Nigerien; Niamey
NGA Nigeria; Nigerian; Abuja; Lagos; Aso Rock; Niger State
MKD North Macedonia; Macedonian; Skopje
OMN Oman; Omani; Muscat; Sultanate of Oman
PAK Pakistan; Pakistani; Islamabad; Karachi; Balochistan
PSE Palestine; Palestinian; Palestinians; West Bank; Gaza; Ramallah; Palestinian Authority; East Jerusalem
PNG Papua New Guinea; Papua New Guinean; Port Moresby
PHL Philippines; Filipino; Filipina; Philippine; Manila; Malacañang; Malacanang; Mindanao
POL Poland; Polish; Pole; Poles; Warsaw; Sejm; Krakow
RUS Russia; Russian; Moscow; Kremlin; Duma; State Duma; Siberia; Russian Far East; Sochi; Vostochny; Vladivostok
KNA St. Kitts and Nevis; Saint Kitts and Nevis; St Kitts & Nevis; Basseterre
WSM Samoa; Samoan; Apia
STP São Tomé and Príncipe; Sao Tome and Principe; Sao Tome
SAU Saudi Arabia; Saudi; Saudis; Saudi Arabian; Riyadh; Jeddah
SRB Serbia; Serbian; Serb; Serbs; Belgrade
SVK Slovakia; Slovak; Bratislava
SVN Slovenia; Slovenian; Slovene; Ljubljana
ZAF South Africa; South African; Pretoria; Cape Town; Johannesburg
SSD South Sudan; South Sudanese; Juba
ESP Spain; Spanish; Spaniard; Spaniards; Madrid; Catalonia; Moncloa
SDN Sudan; Sudanese; Khartoum; Darfur
CHE Switzerland; Swiss; Bern; Geneva; Davos
SYR Syria; Syrian; Damascus; Aleppo
TWN Taiwan; Taiwanese; Taipei; Republic of China
TZA Tanzania; Zanzibar; Dodoma; Dar es Salaam
THA Thailand; Thai; Thais; Bangkok
TLS Timor-Leste; East Timor; Dili
TUR Turkey; Türkiye; Turkish; Turk; Turks; Ankara; Istanbul
UKR Ukraine; Ukrainian; Kyiv; Kiev; Verkhovna Rada; Lviv; Odesa
ARE United Arab Emirates; UAE; U.A.E.; Emirates; Emirati; Emiratis; Abu Dhabi; Dubai
GBR United Kingdom; UK; U.K.; Britain; British; Briton; England; Scotland; Scottish; London; Downing Street; Whitehall
USA United States; US; U.S.; USA; U.S.A.; America; American; Washington; White House; Pentagon; Foggy Bottom; Texas;
USA New Mexico; Camp David; Mar-a-Lago; State Department; Washington, D.C.; New York
VAT Vatican; Holy See; Vatican City
VNM Vietnam; Viet Nam; Vietnamese; Hanoi; Ho Chi Minh City
YEM Yemen; Yemeni; Sanaa; Sana'a; Sana’a; Houthis
ZMB Zambia; Zambian; Lusaka
ZWE Zimbabwe; Zimbabwean; Harare
HKG Hong Kong
GRL Greenland; Nuuk
PRI Puerto Rico; Puerto Rican
GUM Guam
NCL New Caledonia
SUN Soviet Union; USSR; Soviet
YUG Yugoslavia; Yugoslav
CSK Czechoslovakia; Czechoslovak
DDR East Germany; East German; GDR
"""
ROWS = [(name.strip(), line[:3]) for line in NAMES.strip().splitlines() for name in line[4:].split(";") if name.strip()]


@pytest.mark.parametrize(("name", "code"), ROWS)
def test_a_name_tells_its_state(name: str, code: str) -> None:
    found = [mention.codes for mention in find_places(f"the minister of {name} said")]
    assert found
    assert set(found) == {(code,)}


SHARED = {
    "Georgia": ("GEO", "USA"), "Korea": ("KOR", "PRK"), "Korean": ("KOR", "PRK"), "Koreas": ("KOR", "PRK"),
    "Congo": ("COG", "COD"), "Congolese": ("COD", "COG"), "Dominican": ("DOM", "DMA"), "Panmunjom": ("KOR", "PRK"),
    "Tripoli": ("LBY", "LBN"), "Birmingham": ("GBR", "USA"), "Hyderabad": ("IND", "PAK"), "St. Martin": ("MAF", "SXM"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "codes"), SHARED.items())
def test_a_shared_name_keeps_every_state_likeliest_first(name: str, codes: tuple[str, ...]) -> None:
    assert codes_for(name) == codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow invited Kabul to the talks.", ["Moscow=RUS", "Kabul=AFG"]),
        ("He left Pyongyang for home.", ["Pyongyang=PRK"]),
        ("Talks with Tbilisi will continue in Baku.", ["Tbilisi=GEO", "Baku=AZE"]),
        ("The Georgian leader toured Atlanta, Georgia.", ["Georgian=GEO", "Atlanta=USA", "Georgia=USA"]),
        ("He flew to Tbilisi, Georgia.", ["Tbilisi=GEO", "Georgia=GEO"]),
        ("a fair in Birmingham, Alabama", ["Birmingham=USA", "Alabama=USA"]),
        ("ties with Moscow, China and Iran", ["Moscow=RUS", "China=CHN", "Iran=IRN"]),
        ("from Athens, Kyiv and Rome", ["Athens=GRC", "Kyiv=UKR", "Rome=ITA"]),
        ("Korea's president", ["Korea=KOR/PRK"]),
        ("Korea-Vietnam tour", ["Korea=KOR/PRK", "Vietnam=VNM"]),
        ("A minister of Congo flew to Kinshasa.", ["Congo=COG/COD", "Kinshasa=COD"]),
        ("the ministry of [North Korea] said", ["North Korea=PRK"]),
        ("N. Korea, the DPRK and the North", ["N. Korea=PRK", "DPRK=PRK"]),
        ("his visit to Japan, a trip to Guam", ["Japan=JPN", "Guam=GUM"]),
        ("North Korea’s and South Korea's", ["North Korea=PRK", "South Korea=KOR"]),
        ("MOSCOW, October 3. /TASS/.", ["MOSCOW=RUS"]),
        ("NORTH KOREA TALKS WITH US IN NEW YORK", ["NORTH KOREA=PRK", "US=USA", "NEW YORK=USA"]),
        ("GUINEA-BISSAU, SOUTH SUDAN AND GEORGIA", ["GUINEA-BISSAU=GNB", "SOUTH SUDAN=SSD", "GEORGIA=GEO/USA"]),
        ("Sino-Russian, Russia-Ukraine and Franco–German", [
            "Sino=CHN", "Russian=RUS", "Russia=RUS", "Ukraine=UKR", "Franco=FRA", "German=DEU"]),
        ("Francisco Franco, Franco and Sino", []),
        ("a US-led, pro-Russian, UK-based group", ["US=USA", "Russian=RUS", "UK=GBR"]),
        ("left the U.S. The U.K. stayed", ["U.S.=USA", "U.K.=GBR"]),
        ("north\u00a0of North\u00a0Korea and South\nSudan", ["North\u00a0Korea=PRK", "South\nSudan=SSD"]),
        ("across the North\n\nKorea said", ["Korea=KOR/PRK"]),
        ("He stayed in the South. Africa gained.", []),
        ("turkey, china plates, told us to chad", []),
        ("Us and Uk", []),
        ("Latin American and South American leaders", []),
        ("the South China Morning Post and The Moscow Times", []),
        ("Michael Jordan wrote in the Korea Herald", []),
        ("Papua New Guinea and Guinea", ["Papua New Guinea=PNG", "Guinea=GIN"]),
        ("Nancy spoke; he flew to Nancy", ["Nancy=FRA"]),
        ("NANCY", []),
        ("Trinidad & Tobago", ["Trinidad & Tobago=TTO"]),
        ("McAmerica xRussia", []),
    ],
)  # fmt: skip
def test_names_in_sentences(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("fr", "Le ministre russe se rendra à Alger mardi, puis aux Pays-Bas et aux États-Unis.", "RUS DZA NLD USA"),
        ("es", "Viajó a Pekín, a Moscú y a EE.UU.", "CHN RUS USA"),
        ("pt", "O presidente visita a Coreia do Norte e Moscovo.", "PRK RUS"),
        ("de", "Der russische Präsident reist nach Nordkorea und Moskau, nicht nach Essen.", "RUS PRK RUS"),
        ("it", "Il ministro cinese a Mosca e negli Stati Uniti", "CHN RUS USA"),
        ("nl", "Bezoek aan Duitsland", "DEU"),
        ("ru", "Визит в Россию, Китай, Саудовскую Аравию; в Пекине, из Алжира и США", "RUS CHN SAU CHN DZA USA"),
        ("ru", "МОСКВА. Президент России, российский лидер в Китае", "RUS RUS RUS CHN"),
        ("ru", "в Северной Корее и Южной Корее", "PRK KOR"),
        ("uk", "в Росії та Китаї, у Москві", "RUS CHN RUS"),
        ("pl", "do Rosji, w Chinach, w Moskwie, w Korei Północnej", "RUS CHN RUS PRK"),
        ("hu", "Oroszországba, Kínában, Moszkvában", "RUS CHN RUS"),
        ("fi", "Venäjän presidentti Kiinassa", "RUS CHN"),
        ("tr", "Rusya'ya, Çin’de, Ankara'da", "RUS CHN TUR"),
        ("el", "στη Μόσχα, Ρωσία, Κίνα", "RUS RUS CHN"),
        ("vi", "Tổng thống Nga thăm Việt Nam, Hà Nội", "RUS VNM VNM"),
        ("ar", "زار روسيا والصين وبالجزائر وموسكو شمالي مالي", "RUS CHN DZA RUS MLI"),
        ("fa", "رئیس جمهور روسیه به چین", "RUS CHN"),
        ("he", "בישראל וברוסיה", "ISR RUS"),
        ("hi", "रूस के राष्ट्रपति भारत में", "RUS IND"),
        ("bn", "রাশিয়ার প্রেসিডেন্ট চীনে", "RUS CHN"),
        ("th", "ประธานาธิบดีรัสเซียเยือนจีน", "RUS CHN"),
        ("zh", "俄罗斯总统将访华，赴北京、平壤、马里兰和尼日利亚", "RUS CHN CHN PRK NGA"),
        ("zh-TW", "俄羅斯與美國", "RUS USA"),
        ("ja", "ロシア大統領が北朝鮮を訪問、モスクワ、マリア、マリ", "RUS PRK RUS MLI"),
        ("ko", "푸틴 대통령이 북한을 방문하고 베이징에서 인도적 지원, 인도네시아는", "PRK CHN IDN"),
        ("no", "Statsministeren i Frankrike", "FRA"),
    ],
)
def test_other_languages(language: str, text: str, codes: str) -> None:
    assert " ".join(mention.codes[0] for mention in find_places(text, language)) == codes


@pytest.mark.parametrize("language", [None, "xx", "EN", "en-GB"])
def test_without_a_table_names_are_read_as_english(language: str | None) -> None:
    assert read("from Moscow to Rome", language) == ["Moscow=RUS", "Rome=ITA"]


STATES = [
    line.split("\t")[1]
    for line in files("summarise").joinpath("data/places.tsv").read_text(encoding="utf-8").splitlines()
    if line.startswith("=")
]
UNPEOPLED = {"ATF", "BVT", "HMD", "IOT", "SGS", "UMI", "ATA"}
WITHOUT_CAPITAL = {"ATA", "BVT", "HMD", "TKL", "UMI", "SUN", "YUG", "CSK", "SGP", "VAT", "HKG", "MAC", "GIB"}
WITHOUT_DEMONYM = UNPEOPLED - {"ATA", "IOT"}


def test_the_table_is_whole() -> None:
    assert len(STATES) == len(set(STATES)) == 249 + 1 + 4


@pytest.mark.parametrize("code", STATES)
def test_every_state_has_a_name_a_people_and_a_capital(code: str) -> None:
    kinds: dict[str, list[str]] = {}
    for line in files("summarise").joinpath("data/places.tsv").read_text(encoding="utf-8").splitlines():
        kind, codes, names = line.split("\t")[:3]
        if kind != "=" and code in codes.split():
            kinds.setdefault(kind, []).extend(names.split("|"))
    assert is_country(code)
    assert code in codes_for(country_name(code))
    assert code in WITHOUT_DEMONYM or any(code in codes_for(name) for name in kinds["d"])
    assert code in WITHOUT_CAPITAL or any(
        code in codes_for(name) for name in kinds.get("k", []) + kinds.get("a", []) + kinds.get("t", [])
    )


def test_codes_for_takes_a_whole_name_only() -> None:
    assert codes_for("the Netherlands") == ("NLD",)
    assert codes_for("[North Korea]") == ("PRK",)
    assert codes_for("Nancy") == ("FRA",)
    assert codes_for("Chine", "fr") == ("CHN",)
    assert codes_for("President of France") == ()
    assert codes_for("") == ()


def test_the_mentions_of_one_state_are_told_from_others() -> None:
    text = "Korea and Pyongyang, not Seoul"
    mentions = find_places(text)
    assert [text[m.start : m.end] for m in mentions if "PRK" in m.codes] == ["Korea", "Pyongyang"]
    assert [m for m in mentions if "FRA" in m.codes] == []


def test_kinds() -> None:
    kinds = [m.kind for m in find_places("The Kremlin and Russia, Russian Moscow, Siberia, Kazan")]
    assert kinds == ["government", "country", "demonym", "capital", "region", "city"]


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("FRA", "FRA", True), ("SUN", "RUS", True), ("RUS", "SUN", True), ("YUG", "SRB", True), ("CSK", "CZE", True),
        ("DDR", "DEU", True), ("HKG", "CHN", True), ("MAC", "CHN", True), ("GRL", "DNK", True), ("PRI", "USA", True),
        ("GBR", "BMU", True), ("PSE", "ISR", False), ("XKX", "SRB", False), ("TWN", "CHN", False),
        ("PRK", "KOR", False), ("GRL", "USA", False), ("ZZZ", "USA", False), ("USA", "ZZZ", False),
    ],
)  # fmt: skip
def test_compatible(one: str, other: str, answer: bool) -> None:
    assert compatible(one, other) is answer


def test_unknown_codes() -> None:
    assert not is_country("ZZZ")
    assert not is_country("fra")
    with pytest.raises(KeyError):
        country_name("ZZZ")


WORDS = st.sampled_from(
    ["North", "Korea", "South", "U.S.", "the", "Sino-", "\n\n", "’s", "Republic", "of", "MOSCOW", "&"]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=6))).map(" ".join), st.sampled_from(["en", "ru", "ko", "ar", "fr"]))
def test_mentions_stand_in_order_and_lie_in_the_text(text: str, language: str) -> None:
    done = 0
    for mention in find_places(text, language):
        assert done <= mention.start < mention.end <= len(text)
        assert mention.codes
        assert all(map(is_country, mention.codes))
        done = mention.end


@pytest.mark.parametrize(
    ("piece", "mentions"),
    [
        ("San Marino ", 1),
        ("San ", 0),
        ("U.", 0),
        ("NORTH KOREA ", 1),
        ("Republic of the ", 0),
        ("North  ", 0),
        (" ", 0),
    ],
)
def test_a_million_characters_are_no_trouble(piece: str, mentions: int) -> None:
    times = 1_000_000 // len(piece)
    assert len(find_places(piece * times)) == mentions * times
