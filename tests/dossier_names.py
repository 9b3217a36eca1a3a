"""Invented people for the dossier's corpus, and how papers spell them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

GIVEN = {
    "RUS": "Sergei Dmitry Alexei Andrei Yevgeny Nikolai Valery Mikhail Tatyana Yelena Oleg Viktor",
    "UKR": "Serhiy Dmytro Oleksandr Andriy Mykola Volodymyr Iryna Olha Viktor Taras",
    "PRK": "Yong-chol Song-nam Hye-jin Kwang-ho Jong-su Myong-gil Chol-min Son-hui",
    "KOR": "Yong-chol Min-ho Hye-jin Sung-hoon Jae-won Ji-young Dong-wook Soo-min",
    "CHN": "Wei Jianguo Xiaoming Guoqiang Lihua Yong Haifeng Meiling",
    "VNM": "Van_Minh Thi_Lan Quoc_Hung Duc_Anh Minh_Tuan",
    "IRN": "Hossein Mohammad Reza Ahmad Ali Fatemeh Saeed Javad",
    "SAU": "Faisal_bin_Khalid Khalid_bin_Nasser Abdullah_bin_Saud Nasser_bin_Turki",
    "DEU": "Jürgen Günther Annette Sabine Thomas Björn Katrin Matthias",
    "USA": "George_W. George_H. James Robert Susan William Thomas Karen",
    "BRA": "José Antônio Luís_Inácio João Fernanda Márcia Paulo",
    "NGA": "Adebayo Chukwuemeka Ngozi Folasade Ibrahim Yusuf Amina",
    "SRB": "Aleksandar Ivica Marija Nikola Jelena Dušan",
    "IDN": "Budi Joko Siti Agus Retno Bambang",
}
FAMILY = {
    "RUS": "Morozov Vasilyev Grishayev Tarasenko Belyakov Zhdanov Kuznetsov Lebedev",
    "UKR": "Kovalenko Zelinsky Bondar Shevchuk Hrytsenko Melnyk",
    "PRK": "Kim Ri Choe Pak",
    "KOR": "Kim Lee Choi Park",
    "CHN": "Wang Li Zhang Chen Xu",
    "VNM": "Nguyen Tran Pham",
    "IRN": "Hosseini Karimi Rahimi Moradi Jafari",
    "SAU": "Al-Saud Al-Otaibi",
    "DEU": "Müller Köhler von_der_Heide Schäfer Brandt",
    "USA": "Bush Carter Walker Harlan Mitchell",
    "BRA": "da_Silva Gonçalves Figueiredo Pereira Araújo",
    "NGA": "Okonkwo Adeyemi Bello Danjuma Eze",
    "SRB": "Vučinić Jovanović Đorđević Petrović",
    "IDN": "Santoso Wijaya Marsudi Hartono",
}
ADJECTIVE = {
    "RUS": "Russian", "UKR": "Ukrainian", "PRK": "North Korean", "KOR": "South Korean", "CHN": "Chinese",
    "VNM": "Vietnamese", "IRN": "Iranian", "SAU": "Saudi", "DEU": "German", "USA": "U.S.", "BRA": "Brazilian",
    "NGA": "Nigerian", "SRB": "Serbian", "IDN": "Indonesian",
}  # fmt: skip
CITIES = {
    "RUS": "Moscow Vladivostok Sochi", "UKR": "Kyiv Lviv", "PRK": "Pyongyang Wonsan", "KOR": "Seoul Busan",
    "CHN": "Beijing Shanghai Guangzhou", "VNM": "Hanoi Hue", "IRN": "Tehran Isfahan", "SAU": "Riyadh Jeddah",
    "DEU": "Berlin Munich Hamburg", "USA": "Washington Houston", "BRA": "Brasilia Recife", "NGA": "Abuja Lagos",
    "SRB": "Belgrade Nis", "IDN": "Jakarta Surabaya",
}  # fmt: skip
OFFICES = {
    "head_of_state": "President", "head_of_government": "Prime Minister", "foreign_minister": "Foreign Minister",
    "defence_minister": "Defence Minister", "minister": "Trade Minister", "deputy_minister": "Deputy Foreign Minister",
    "envoy": "special envoy", "spokesperson": "Foreign Ministry spokesperson", "military": "General",
    "legislator": "lawmaker", "ambassador": "Ambassador to the UN",
}  # fmt: skip
FAMILY_FIRST = ("PRK", "KOR", "CHN", "VNM")
STATES = tuple(GIVEN)
_RESPELT = (
    ("Sergei", "Sergey"), ("Alexei", "Aleksey"), ("Andrei", "Andrey"), ("Yevgeny", "Evgeny"), ("Dmitry", "Dmitri"),
    ("Nikolai", "Nikolay"), ("Mikhail", "Michail"), ("Vasilyev", "Vasiliev"), ("Zhdanov", "Jdanov"),
    ("Serhiy", "Serhii"), ("Andriy", "Andrii"), ("Zelinsky", "Zelinskyy"), ("Melnyk", "Melnik"),
    ("Hossein", "Hussein"), ("Mohammad", "Mohammed"), ("Ahmad", "Ahmed"), ("Hosseini", "Husseini"),
    ("Saeed", "Said"), ("Yusuf", "Youssef"), ("Al-", "al-"), ("Khalid", "Khaled"), ("Aleksandar", "Alexander"),
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Figure:
    """A person of the invented world; `offices` are (first day, role), in order."""

    id: str
    given: str
    family: str
    country: str
    offices: list[tuple[int, str]] = field(default_factory=list)

    def role(self, day: int) -> str:
        return [role for since, role in self.offices if since <= day][-1]

    @property
    def full(self) -> str:
        parts = (self.family, self.given) if self.country in FAMILY_FIRST else (self.given, self.family)
        return " ".join(parts)


def figure(id: str, given: str, family: str, country: str, role: str) -> Figure:
    return Figure(id, given.replace("_", " "), family.replace("_", " "), country, [(0, role)])


def spelt(person: Figure, chance: random.Random) -> str:
    """The full name as some paper writes it: another transliteration, hyphens, no accents, a middle name left out."""
    name = person.full
    if chance.random() < 0.35:
        for one, other in _RESPELT:
            name = name.replace(one, other)
    if person.country in ("PRK", "KOR") and chance.random() < 0.5:
        name = name.replace("-", " ")
        if chance.random() < 0.6:
            name = " ".join(part.capitalize() for part in name.split())
    if chance.random() < 0.3:
        name = name.translate(str.maketrans("üöäéçãâôíáčćšđĐ", "uoaecaaoiaccsdD"))
    if person.country == "SAU" and chance.random() < 0.3:
        name = name.replace(" bin ", " ibn ")
    if person.country == "USA" and person.given.endswith("."):
        draw = chance.random()
        if draw < 0.15:
            name = name.replace(" W.", "").replace(" H.", "")
    if person.country == "USA" and chance.random() < 0.15:
        name = name.replace("James", "Jim").replace("Robert", "Bob").replace("William", "Bill")
    if person.country in ("DEU", "NGA", "BRA") and chance.random() < 0.06:
        first, _, rest = name.partition(" ")
        name = f"{first[0]}. {rest}"
    return name


def title(person: Figure, day: int, chance: random.Random) -> str | None:
    """As some paper puts it."""
    office = OFFICES[person.role(day)]
    draw = chance.random()
    if draw < 0.15:
        return None
    return office if draw < 0.4 else f"{ADJECTIVE[person.country]} {office}"
