"""Names in articles: finding them, telling people apart, resolving short references."""

import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.judge.names import LONG_TEXT, FoldedText, fold, sound, split_words
from summarise.judge.namesakes import Namesakes, merge
from summarise.judge.people import same_person, short_forms
from summarise.judge.titles import strip_titles
from summarise.judge.variants import first_mention, variants_in

ARTICLES = pathlib.Path(__file__).parent.parent / "examples" / "articles"

SAME = """
Sergei Lavrov = Sergey Lavrov
Sergej Lawrow = Sergey Lavrov
Lavrov = Sergey Lavrov
S. Lavrov = Sergei Lavrov
Lavrov, Sergey = Sergei Lavrov
Sergei Viktorovich Lavrov = Sergey Lavrov
Russian Foreign Minister Sergey Lavrov = Sergei Lavrov
Russia’s Lavrov = Sergei Lavrov
Vladimir Vladimirovich Putin = Vladimir Putin
V. V. Putin = Vladimir Putin
President Putin = Vladimir Putin
Dmitry Peskov = Dmitri Peskov
Dmitriy Medvedev = Dmitry Medvedev
Andrei Rudenko = Andrey Rudenko
Yuri Ushakov = Yury Ushakov
Yuriy Ushakov = Iurii Ushakov
Sergei Shoigu = Sergey Shoygu
Alexei Overchuk = Aleksey Overchuk
Alexander Novak = Aleksandr Novak
Yevgeny Prigozhin = Evgeny Prigozhin
Mikhail Mishustin = Mihail Mishustin
Valentina Matviyenko = Valentina Matvienko
Mikhail Khodorkovsky = Mikhail Khodorkovskiy
Путин = Владимир Путин
Сергея Лаврова = Сергей Лавров
Volodymyr Zelensky = Volodymyr Zelenskyy
Volodymyr Zelenskiy = Volodymyr Zelenskyi
Vladimir Zelensky = Volodymyr Zelenskyy
Zelensky = Volodymyr Zelenskyy
Dmytro Kuleba = Dmitry Kuleba
Andriy Sybiha = Andrii Sybiha
Andriy Yermak = Andrii Ermak
Alexander Lukashenko = Aliaksandr Lukashenka
Ilham Aliyev = Ilham Aliev
Ilham Əliyev = Ilham Aliyev
Kassym-Jomart Tokayev = Kasym-Zhomart Tokaev
Sadyr Japarov = Sadyr Zhaparov
Emomali Rahmon = Rahmon
Shavkat Mirziyoyev = Mirziyoyev
Nikol Pashinyan = Nikol Pashinian
Mikheil Saakashvili = Mikhail Saakashvili
Kim Jong Un = Kim Jong-un
Kim Jong Un = Kim Jongun
Kim Jong Un = Kim
Kim of North Korea = Kim Jong Un
North Korean leader Kim Jong-un = Kim Jong Un
Kim Yo Jong = Kim Yo-jong
Park Geun-hye = Geun-hye Park
Moon Jae-in = Moon Jae In
Moon Jae-in = President Moon
Yoon Suk Yeol = Yoon Suk-yeol
Lee Jae Myung = Lee Jae-myung
Lee Jae Myung = Lee Jaemyung
Xi Jinping = Xi
Chinese President Xi Jinping = Xi Jinping
Xi Jinping = Xi Jin-ping
China’s Wang Yi = Wang Yi
Wang Yi = Wang
Li Keqiang = Premier Li Keqiang
Tsai Ing-wen = Tsai Ing Wen
Nguyen Phu Trong = Nguyễn Phú Trọng
Nguyen Phu Trong = Trong
Nguyen Phu Trong = Nguyen
Pham Minh Chinh = Chinh
Vo Van Thuong = Võ Văn Thưởng
Shinzo Abe = Abe Shinzo
Shinzō Abe = Shinzo Abe
Fumio Kishida = Kishida
Tarō Kōno = Taro Kono
Prime Minister Ito = Ito
Abdel Fattah al-Sisi = Abdel Fattah el-Sissi
Al-Sisi = el-Sissi
Abdel Fattah al-Sisi = Sisi
Abdul Fattah El Sisi = Abdel-Fattah al-Sissi
Mohammed bin Salman = Mohammed bin Salman Al Saud
Mohammed bin Salman = Mohammad bin Salman
Crown Prince Mohammed bin Salman = Muhammad ibn Salman
Sheikh Mohammed bin Zayed Al Nahyan = Mohamed bin Zayed
Bashar al-Assad = Bashar Assad
Bashar al-Assad = Assad
Bashar al-Assad = Bashar al-Asad
Muammar Gaddafi = Muammar Qaddafi
Mahmoud Abbas = Mahmud Abbas
Khalid al-Mishri = Khaled al-Mishri
Faisal bin Farhan = Faysal bin Farhan
Ali Khamenei = Ayatollah Ali Khamenei
Ali Khamenei = Sayyid Ali Hosseini Khamenei
Hossein Amir-Abdollahian = Hussein Amir Abdollahian
Hassan Rouhani = Hassan Ruhani
Ebrahim Raisi = Ibrahim Raisi
Mohammad Javad Zarif = Javad Zarif
Mohammad Javad Zarif = Zarif
Qassem Soleimani = Qasem Soleimani
Recep Tayyip Erdoğan = Recep Tayyip Erdogan
Recep Tayyip Erdoğan = Erdogan
Recep Tayyip Erdogan = Tayyip Erdogan
Mevlüt Çavuşoğlu = Mevlut Cavusoglu
Hakan Fidan = Fidan
Binali Yıldırım = Binali Yildirim
Narendra Modi = Modi
Narendra Damodardas Modi = Narendra Modi
S. Jaishankar = Subrahmanyam Jaishankar
Rajeev Chandra = Rajiv Chandra
Imran Khan = Khan
Pedro Sánchez Pérez-Castejón = Pedro Sánchez
Pedro Sánchez = Pedro Sanchez
Andrés Manuel López Obrador = López Obrador
Andrés Manuel López Obrador = Lopez Obrador
Nicolás Maduro Moros = Nicolas Maduro
Nicolás Maduro Moros = Maduro
Gustavo Petro Urrego = Petro
Luiz Inácio Lula da Silva = Lula da Silva
Luiz Inácio Lula da Silva = Lula
Luiz Inácio Lula da Silva = Luiz Inacio Lula Da Silva
Marcelo Rebelo de Sousa = Rebelo de Sousa
António Guterres = Antonio Guterres
Secretary-General António Guterres = Guterres
Jair Messias Bolsonaro = Jair Bolsonaro
Sukarno = President Sukarno
Prabowo Subianto = Prabowo Subianto Djojohadikusumo
Orbán Viktor = Viktor Orban
Viktor Orbán = Orban
Péter Szijjártó = Szijjarto Peter
Guðni Jóhannesson = Gudni Johannesson
Katrín Jakobsdóttir = Katrin Jakobsdottir
Cyril Ramaphosa = Ramaphosa
Uhuru Muigai Kenyatta = Uhuru Kenyatta
Bola Ahmed Tinubu = Bola Tinubu
Aung San Suu Kyi = Suu Kyi
Aung San Suu Kyi = Daw Aung San Suu Kyi
Prayut Chan-o-cha = Prayut Chan-ocha
Hun Sen = Prime Minister Hun Sen
Gerhard Schröder = Gerhard Schroeder
Lars Løkke Rasmussen = Lars Lokke Rasmussen
Jonas Gahr Støre = Jonas Gahr Stoere
Mateusz Morawiecki = Morawiecki
Donald Tusk = Tusk
Radosław Sikorski = Radoslaw Sikorski
Aleksandar Vučić = Aleksandar Vucic
Novak Đoković = Novak Dokovic
Joseph R. Biden Jr. = Joe Biden
Joseph R. Biden Jr. = Biden
Antony Blinken = Tony Blinken
King Charles III = King Charles
Martin Luther King Jr. = Martin Luther King
Ursula von der Leyen = von der Leyen
Josep Borrell = Josep Borrell Fontelles
Emmanuel Macron = President of France Emmanuel Macron
Joe Biden = President of the United States Joe Biden
Maria Zakharova = Foreign Ministry spokeswoman Maria Zakharova
Jens Stoltenberg = Jens Stoltenberg, Secretary General of NATO
习近平 = 习近平
"""

DIFFERENT = """
Kim Jong Un = Kim Jong Il
Kim Jong Un = Kim Yo Jong
Kim Jong Un = Kim Il Sung
Kim Jong-un = Kim Jong-nam
Kim Jong Il = Kim Il Sung
Kim Yong Nam = Kim Jong Nam
Kim Jong = Kim Jong Un
Park Geun-hye = Park Chung-hee
Moon Jae-in = Moon Chung-in
Lee Jae Myung = Lee Nak-yon
Li Qiang = Li Keqiang
Li Keqiang = Li Zhanshu
Wang Yi = Wang Wenbin
Wang Yi = Wang Qishan
Xi Jinping = Xi Jinpin
Xi Jinping = Xi Zhongxun
Li Hui = Li Hai
Zhao Lijian = Zhao Leji
Nguyen Phu Trong = Nguyen Xuan Phuc
Nguyen Phu Trong = Nguyen Phu
Pham Minh Chinh = Pham Binh Minh
Tran Dai Quang = Tran Duc Luong
Sergei Lavrov = Sergei Shoigu
Sergei = Sergei Lavrov
S. Lavrov = Sergei Shoigu
Vladimir Putin = Vladimir Medinsky
Vladimir Putin = Lyudmila Putin
Dmitry Peskov = Dmitry Medvedev
Andrei Rudenko = Yuri Rudenko
Maria Zakharova = Maria Lvova-Belova
Volodymyr Zelensky = Olena Zelenska
Petro Poroshenko = Maryna Poroshenko
Alexander Lukashenko = Viktor Lukashenko
Ilham Aliyev = Heydar Aliyev
Nursultan Nazarbayev = Dariga Nazarbayeva
Raúl Castro = Fidel Castro
Bashar al-Assad = Hafez al-Assad
Bashar al-Assad = Maher al-Assad
Mohammed bin Salman = Salman
King Salman = Mohammed bin Salman
Mohammed bin Salman = Mohammed bin Zayed
Mohammed bin Salman Al Saud = Salman bin Abdulaziz Al Saud
Mohammed bin Rashid Al Maktoum = Hamdan bin Mohammed Al Maktoum
Tamim bin Hamad Al Thani = Mohammed bin Abdulrahman Al Thani
Abdullah bin Zayed = Mohammed bin Zayed
King Abdullah II = King Abdullah III
Saddam Hussein = Uday Hussein
Ali Khamenei = Mojtaba Khamenei
Ruhollah Khomeini = Ali Khamenei
Hassan Rouhani = Hossein Rouhani
Hun Sen = Hun Manet
Justin Trudeau = Pierre Trudeau
George W. Bush = George H. W. Bush
George H.W. Bush = Jeb Bush
John Adams Jr. = John Adams Sr.
Hillary Clinton = Bill Clinton
Donald Trump = Melania Trump
Donald Trump Jr. = Ivanka Trump
Joe Biden = Hunter Biden
John Kerry = John Kirby
Nicolas Sarkozy = Cécilia Sarkozy
Emmanuel Macron = Brigitte Macron
Lech Kaczyński = Jarosław Kaczyński
Indira Gandhi = Rajiv Gandhi
Rahul Gandhi = Rajiv Gandhi
Benazir Bhutto = Bilawal Bhutto
Nawaz Sharif = Shehbaz Sharif
Imran Khan = Ayub Khan
Sheikh Hasina = Khaleda Zia
Mahinda Rajapaksa = Gotabaya Rajapaksa
Gloria Arroyo = Joker Arroyo
Ferdinand Marcos Jr. = Imelda Marcos
Bongbong Marcos = Imee Marcos
Juan Manuel Santos = Francisco Santos
Néstor Kirchner = Cristina Kirchner
Cristina Fernández de Kirchner = Néstor Kirchner
Daniel Ortega = Humberto Ortega
Eduardo Bolsonaro = Jair Bolsonaro
Fernando Lugo = Fernando Collor
Joseph Kabila = Laurent Kabila
Uhuru Kenyatta = Jomo Kenyatta
Ali Bongo = Omar Bongo
Faure Gnassingbé = Gnassingbé Eyadéma
Thaksin Shinawatra = Yingluck Shinawatra
Aung San = Thein Sein
Sukarno = Suharto
Megawati Sukarnoputri = Sukarno
Lee Kuan Yew = Lee Hsien Loong
Shinzo Abe = Shintaro Abe
Taro Aso = Taro Kono
Prime Minister Ito = President Ito of the Olympic committee
Russian Foreign Minister Ivanov = Bulgarian Foreign Minister Ivanov
President Li = Premier Li
Wolfgang Schüssel = Wolfgang Schäuble
Orbán Viktor = Orbán Balázs
Johanna Sigurdardottir = Emil Sigurdardottir
Recep Tayyip Erdoğan = Bilal Erdoğan
Abdullah Gül = Abdullah Öcalan
Alparslan Türkeş = Tuğrul Türkeş
Путин = Медведев
Иван Петров = Иванов Сергей
Li = Libya
Ban = Lebanon
习近平 = 习仲勋
"""


def pairs(table: str) -> list[tuple[str, str]]:
    return [(a.strip(), b.strip()) for line in table.strip().splitlines() for a, b in [line.split(" = ")]]


@pytest.mark.parametrize(("a", "b"), pairs(SAME))
def test_names_of_one_person(a: str, b: str) -> None:
    assert same_person(a, b)
    assert same_person(b, a)


@pytest.mark.parametrize(("a", "b"), pairs(DIFFERENT))
def test_names_of_two_people(a: str, b: str) -> None:
    assert not same_person(a, b)
    assert not same_person(b, a)


def test_precision_and_recall_on_the_table() -> None:
    right = sum(same_person(a, b) for a, b in pairs(SAME))
    wrong = sum(same_person(a, b) for a, b in pairs(DIFFERENT))
    assert len(pairs(SAME)) + len(pairs(DIFFERENT)) >= 150
    assert right / (right + wrong) == 1.0  # precision
    assert right / len(pairs(SAME)) == 1.0  # recall


FOUND = [
    ("Sergei Lavrov", "Foreign Minister [Sergey] Lavrov's visit", "[Sergey] Lavrov"),
    ("[North Korea]", "a trip to North Korea.", "North Korea"),
    ("North Korea", "a trip to [North Korea].", "North Korea"),
    ("North Korea", "a trip to North\n Korea.", "North\n Korea"),
    ("Kim Jong-un", "KIM JONG UN smiled", "KIM JONG UN"),
    ("Kim Jong Un", "Mr Kim Jongun smiled", "Kim Jongun"),
    ("Kim Jongun", "Mr Kim Jong‑un smiled", "Kim Jong‑un"),
    ("Putin", "Putin’s trip", "Putin"),
    ("Putin's", "Putin came", "Putin"),
    ("Macron", "l’envoyé d’Emmanuel Macron", "Macron"),
    ("el-Sisi", "Mr Al-Sissi", "Al-Sissi"),
    ("J.R. Biden", "J. R. Biden", "J. R. Biden"),
    ("Lula da Silva", "Luiz “Lula” da Silva", "Lula” da Silva"),
    ("Recep Erdogan", "Recep\u00a0Erdoğan", "Recep\u00a0Erdoğan"),
    ("Støre", "Jonas Store", "Store"),
    ("Владимир Путин", "Встреча Владимира Путина", "Владимира Путина"),
    ("Зеленский", "визит Зеленского", "Зеленского"),
    ("Μητσοτάκης", "του Μητσοτάκη", "Μητσοτάκη"),
    ("习近平", "国家主席习近平将访问俄罗斯", "习近平"),
    ("ウラジーミル プーチン", "ウラジーミル・プーチン大統領", "ウラジーミル・プーチン"),
    ("김정은", "북한 김정은이 방문", "김정은"),
    ("Putin", "普京（Putin）访华", "Putin"),
    ("Yevhe\u0301n", "Mr Yevhén", "Yevhén"),
]
NOT_FOUND = [
    ("Li", "Libya and Mali"), ("Jong Il", "Kim Jong Un"), ("Ana Li", "An Ali"), ("Kim Jong Un", "Kim, Jong, Un"),
    ("Lee", "Li Qiang"), ("Wang Yi", "He met Wang. Yi left"), ("Иван", "Иванов"), ("", "text"),
    (" ", "a b"), ("-", "a-b"),
    ("・", "プーチン"), ("Kim Jong Un", "Kim\tJongUnited"), ("习近平", "北京"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "slice_"), FOUND)
def test_a_name_is_found_in_other_spellings(name: str, text: str, slice_: str) -> None:
    folded = FoldedText(text)
    assert [text[start:end] for start, end in folded.find(name)] == [slice_]


@pytest.mark.parametrize(("name", "text"), NOT_FOUND)
def test_no_name_is_found_in_other_words(name: str, text: str) -> None:
    assert FoldedText(text).find(name) == []


@given(
    st.lists(
        st.sampled_from(
            "Kim Jong Un Jong-un Jongun Li Lima Lavrov Sergey Sergei [Sergey] an Ali a 习近平 , . é".split()
        )
    ),
    st.sampled_from(["Kim Jong Un", "Jongun", "Jong-un", "Li", "Lima", "Sergei Lavrov", "Ana Li", "a", "Ali a", "é"]),
)
def test_in_a_long_text_the_same_is_found(words: list[str], name: str) -> None:
    text = " ".join(words)
    long = text + "\n" + "zz " * (LONG_TEXT // 3 + 1)
    assert FoldedText(long).is_long
    assert FoldedText(long).find(name) == FoldedText(text).find(name)


def test_all_spellings_are_found_in_order() -> None:
    text = "Zelenskyy met Li. Later Zelensky left; [Zelensky] and a Zelenskiy."
    spans = FoldedText(text).find("Zelensky")
    assert [text[start:end] for start, end in spans] == ["Zelenskyy", "Zelensky", "Zelensky", "Zelenskiy"]


def test_a_bracket_that_closes_behind_the_name_is_taken_in() -> None:
    text = "Foreign Minister Sergey [Lavrov] came"
    assert [text[start:end] for start, end in FoldedText(text).find("Sergey Lavrov")] == ["Sergey [Lavrov]"]


def test_folding() -> None:
    assert fold("  SØREN Łukasz\u00a0“Đoković” O’Brien–Straße Ægir Yıldırım\u200b ") == (
        'soren lukasz "dokovic" o\'brien-strasse aegir yildirim'
    )
    assert split_words("Xi’ans O'Brien-Li") == ["xians", "obrien", "li"]


def test_sound_keys_hold_strangers_apart() -> None:
    assert sound("sergei") == sound("sergey") == sound("sergej")
    assert sound("park") != sound("perk")
    assert sound("мир") == "мир"
    assert sound("аеия") == "аеия"


TITLED = """
Russian Foreign Minister Sergey Lavrov > Sergey Lavrov
Sergey Lavrov, Russian Foreign Minister > Sergey Lavrov
Lavrov, Sergey > Sergey Lavrov
North Korea's leader Kim Jong Un > Kim Jong Un
Russia’s Lavrov > Lavrov
Kim of North Korea > Kim
President of Russia Vladimir Putin > Vladimir Putin
Secretary-General of the United Nations António Guterres > António Guterres
then-President Trump > Trump
former French President Hollande > Hollande
H.E. Dr. Anna Roth > Anna Roth
Mr. Putin. > Putin
Pope Francis > Francis
Prime Minister John Major > John Major
John Major > John Major
Stephen King > Stephen King
Martin Luther King Jr. > Martin Luther King Jr.
Martin Luther King, Jr. > Martin Luther King Jr.
Dean Acheson > Dean Acheson
Dean of the Academy Anna Roth > Anna Roth
Prime Minister Major > Major
King > King
President > President
President of > President
Dr. King Jr. > King Jr.
Dr. Jr. > Dr. Jr.
Jr. > Jr.
"""


@pytest.mark.parametrize("line", TITLED.strip().splitlines())
def test_titles_are_stripped(line: str) -> None:
    name, bare = line.split(" > ")
    assert strip_titles(name) == bare


def test_short_forms() -> None:
    assert short_forms("Sergey Lavrov") == ["Lavrov"]
    assert short_forms("Kim Jong Un") == ["Kim"]
    assert short_forms("Nguyen Phu Trong") == ["Trong", "Nguyen"]
    assert short_forms("Luiz Inácio Lula da Silva") == ["da Silva", "Silva", "Lula", "Lula da Silva"]
    assert short_forms("Mohammed bin Salman Al Saud") == ["Mohammed", "bin Salman"]
    assert short_forms("Bashar al-Assad") == ["al-Assad", "Assad"]
    assert short_forms("Sukarno") == []


def test_resolving_references() -> None:
    names = ["Kim Jong Un", "Kim Jong Il", "Sergey Lavrov", "Alexander Matsegora", "Russian Foreign Ministry"]
    known = Namesakes(names)
    assert known.resolve("Kim") == [0, 1]
    assert known.resolve("KIM JONG-IL") == [1]
    assert known.resolve("Minister Lavrov") == [2]
    assert known.resolve("Alexander") == [3]
    assert known.resolve("the Foreign Ministry") == [4]
    assert known.resolve("Putin") == []
    assert known.resolve("") == []


def always(_: int, __: int) -> bool:
    return True


def test_merging() -> None:
    assert merge(["Kim", "Kim Jong Un", "Kim Jong Il", "Kim Jong-un"], always) == [[0], [1, 3], [2]]
    assert merge(["Lavrov", "Sergei Lavrov", "Sergey Lavrov"], always) == [[0, 1, 2]]
    assert merge(["Ito", "Ito"], lambda i, j: False) == [[0], [1]]
    assert merge(["Kim", "Kim Jong Un", "Kim Jong Il"], lambda i, j: (i, j) != (0, 2)) == [[0, 1], [2]]
    assert merge(["Kim", "Kim", "Kim Jong Un", "Kim Jong Il"], always) == [[0, 1], [2], [3]]
    assert merge([], always) == []


SEED_VARIANTS = [
    ("000_8b60f6041e6cf6ed", "Vladimir Putin", ["Russian President"], [], ["Putin", "the Russian president"]),
    ("000_8b60f6041e6cf6ed", "Dmitry Peskov", ["Kremlin Spokesman"], [], ["the Kremlin spokesman", "Peskov"]),
    ("000_8b60f6041e6cf6ed", "Xi Jinping", ["Chinese President"], [], []),
    ("001_12a61b80a6d06b2b", "Sergei Lavrov", ["Russian Foreign Minister"], [], ["Lavrov"]),
    ("002_b9da4b6a33a3ed77", "Kim Jong-un", ["North Korean President"], [], ["Kim", "Kim Jong Un"]),
    ("002_b9da4b6a33a3ed77", "Kim Jong-un", ["North Korean President"], ["Kim Jong Il"], ["Kim Jong Un"]),
    ("002_b9da4b6a33a3ed77", "Vladimir Putin", ["Russian President"], [], ["Putin", "The Russian President"]),
    ("002_b9da4b6a33a3ed77", "Alexander Matsegora", ["the Russian ambassador to North Korea"], [], ["Alexander"]),
]


@pytest.mark.parametrize(("article", "name", "titles", "others", "variants"), SEED_VARIANTS)
def test_variants_in_articles(
    article: str, name: str, titles: list[str], others: list[str], variants: list[str]
) -> None:
    folded = FoldedText((ARTICLES / f"{article}.txt").read_text(encoding="utf-8"))
    assert variants_in(name, titles, folded, others) == variants


def test_a_short_form_inside_a_strangers_name_is_no_variant() -> None:
    text = (
        "President Ivan Petrov left. Meanwhile, Anna Petrov spoke. Kim Yo Jong met Kim Jong Un.\nThen Petrov returned."
    )
    assert variants_in("Ivan Petrov", ["President"], FoldedText(text), []) == ["Petrov"]
    assert variants_in("Kim Jong Un", [], FoldedText(text), []) == []
    assert variants_in("Ivan Petrov", ["president"], FoldedText("Ivan Petrov met the president of Chad."), []) == []
    assert variants_in("Petrov", [], FoldedText("Petrov spoke."), []) == []


def test_the_mention_next_to_the_title() -> None:
    text = "Kim smiled. Kim Jong Un waved. Later North Korean leader Kim Jong Un left."
    folded = FoldedText(text)
    assert first_mention("Kim Jong Un", ["North Korean leader"], folded) == (57, 68)
    assert first_mention("Kim Jong Un", [], folded) == (12, 23)
    assert first_mention("Putin", ["leader"], folded) is None


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40), st.text(max_size=200))
def test_spans_lie_in_the_text(name: str, text: str) -> None:
    spans = FoldedText(text).find(name)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.lists(st.from_regex(r"[A-Z][a-zéöł]{1,8}", fullmatch=True), min_size=1, max_size=4))
def test_a_name_is_found_where_it_was_put(words: list[str]) -> None:
    text = f"On Monday ({' '.join(words).upper()}), 7"
    found = FoldedText(text).find("-".join(words))
    assert [fold(text[start:end]) for start, end in found] == [fold(" ".join(words))]


@given(st.text(max_size=40), st.text(max_size=40))
def test_sameness_is_symmetric(a: str, b: str) -> None:
    assert same_person(a, b) == same_person(b, a)
    assert isinstance(strip_titles(a), str)
    assert all(isinstance(form, str) for form in short_forms(a))


def test_a_letter_that_is_but_a_mark_is_no_word() -> None:
    assert not same_person("ʼ Ana", "Li Bo")
    assert same_person("Ana ʼ Lind", "Ana Lind")
    assert split_words("ʼ") == []
    assert FoldedText("Ana ʼ Lind spoke").find("Ana Lind") == [(0, 10)]


def test_letters_that_grow_in_lower_case_leave_offsets_right() -> None:
    assert FoldedText("İ Istanbul, Érdi Ána met").find("Erdi Ana") == [(12, 20)]
    assert FoldedText("In Łódź Érdi Ána met").find("ERDI ANA") == [(8, 16)]


def test_very_long_names_and_texts() -> None:
    text = "a " * 100_000
    assert not FoldedText(text).find("a " * 100 + "b")
    assert not FoldedText(text).find("b " * 5_000)
    assert same_person("x " * 5_000, "x " * 5_000)
    assert len(FoldedText("word " * 10 + "Kim" * 4_000).find("Kim" * 4_000)) == 1
    assert FoldedText("Kim" * 400).find("Kim" * 150) == []


_WORDS = st.sampled_from(
    "Kim Jong Un Jong-un Sergei Sergey Lavrov de la Cruz bin Salman Joe Joseph Jr. III 金 Al".split()
)
_NAMES = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join)


@given(st.lists(_NAMES, max_size=12), _NAMES)
def test_whoever_is_one_person_is_found(names: list[str], other: str) -> None:
    found = Namesakes(names).candidates(other)
    assert {at for at, name in enumerate(names) if same_person(name, other)} <= set(found)


def test_people_of_one_surname_are_not_compared() -> None:
    names = [f"Kim {given} Su" for given in ("Badomi", "Rasote", "Lukano", "Vipegu")]
    assert Namesakes(names).candidates("Kim Rasote") == [1]
    assert Namesakes(names).candidates("Kim") == [0, 1, 2, 3]
    assert sorted(set(Namesakes(names).sharing_a_sound("Kim Rasote"))) == [0, 1, 2, 3]
