"""Texts in the encodings that the web had before UTF-8."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.article import read_article
from summarise.article.western import western_encoding

GOLD = sorted(Path(__file__).parent.joinpath("gold/development").glob("*.txt"))
WESTERN = {
    path.name: text for path in GOLD if not (text := path.read_bytes().decode("utf-8-sig")).isascii() and text.strip()
}


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_articles_come_out_as_they_are(encoding: str) -> None:
    read = wrong = 0
    for text in WESTERN.values():
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        article = read_article(data)
        read += 1
        wrong += article.text != text or article.encoding != "cp1252"
    assert read > 20
    assert wrong == 0


@pytest.mark.parametrize(
    "text",
    [
        "Prime Minister Göran Persson will visit Oslo on Tuesday, the palace said.\n" * 8,
        "The president said: “We will go to São Paulo” – and left. He hasn’t said when…",
        "The aid is worth €5m or £4m, the minister’s office said. It was 20°C in Oslo.",
        "Le ministre se rendra à Alger mardi, a déclaré l’Élysée. « Rien », a-t-il dit.",
        "Der Außenminister reist am Dienstag nach Österreich, sagte „ein Sprecher“ in Wien.",
        "El ministro español viajará mañana a Perú, según informó. ¿Qué hará allí? «Nada», dijo.",
        "O presidente não irá à reunião em São João, informou a assessoria. A visita será em março.",
        "Utrikesministern åker till Århus på tisdag, sade en talesman. Mötet äger rum på slottet.",
        "Ulkoministeri vierailee Tukholmassa tiistaina, kertoi tiedottaja. Hän tapaa pääministerin.",
        "Utanríkisráðherra fer til Óslóar á þriðjudag. Það sagði talsmaður ríkisstjórnarinnar.",
        "Þórdís Gylfadóttir will visit Oslo on Tuesday, the minister said.",
        "Dušan Žižek and Mr Guðni will visit Oslo on Tuesday, the minister said.",
        "Mr. Café",
    ],
)
def test_western_languages(text: str) -> None:
    article = read_article(text.encode("cp1252"))
    assert (article.text, article.encoding) == (text, "cp1252")


@pytest.mark.parametrize("times", [1, 8])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Министр иностранных дел посетит Осло во вторник. Визит состоится по приглашению короля."),
        ("koi8-r", "Министр иностранных дел посетит Осло во вторник. Визит состоится по приглашению короля."),
        ("cp866", "Министр иностранных дел посетит Осло во вторник. Визит состоится по приглашению короля."),
        ("cp1253", "Ο υπουργός θα επισκεφθεί τη Μόσχα την Τρίτη, δήλωσε ο εκπρόσωπος της κυβέρνησης."),
        ("cp1254", "Cumhurbaşkanı Erdoğan, İsveç Başbakanı'nı kabul etti. Başbakan Türkiye'ye ziyaret için geldi."),
        ("cp1254", "Dışişleri Bakanı salı günü Moskova'ya gidecek. Görüşmede ikili ilişkiler ele alınacak."),
        ("cp1254", "President Recep Tayyip Erdoğan will visit Oslo on Tuesday, the palace said. Mr Şimşek stays."),
        ("cp1250", "Minister spraw zagranicznych złoży w środę wizytę w Pradze. Będzie rozmawiał o współpracy."),
        ("cp1250", "Ministr zahraničí příští týden navštíví Varšavu, řekl mluvčí vlády. Přijal pozvání protějšku."),
        ("cp1250", "A külügyminiszter kedden Bécsbe utazik, közölte a szóvivő. Megbeszélést folytat a jövőről."),
        ("iso8859-2", "Minister spraw zagranicznych złoży w środę wizytę w Pradze, poinformował rzecznik rządu."),
        ("cp1257", "Užsienio reikalų ministras antradienį lankysis Varšuvoje, pranešė vyriausybės atstovas."),
        (
            "cp932",
            "外務大臣は火曜日にオスロを訪問すると発表した。国王の招待によるもので、首脳会談が行われる予定である。",
        ),
        ("big5", "外交部長將於星期二訪問奧斯陸，政府發言人說。此次訪問是應國王的邀請進行的，雙方將舉行會談。"),
        ("euc-kr", "외교부 장관이 화요일 오슬로를 방문한다고 정부 대변인이 밝혔다. 이번 방문은 국왕의 초청이다."),
    ],
)
def test_texts_in_other_alphabets_are_not_taken_for_western_ones(encoding: str, text: str, times: int) -> None:
    text = (text + "\n") * times
    assert read_article(text.encode(encoding)).text == text


@given(st.text(alphabet="Aaeb ,.áéðþýžŽ’–“ß³£", min_size=1).map(lambda text: text.encode("cp1252")))
def test_whatever_is_taken_for_western_can_be_decoded(data: bytes) -> None:
    encoding = western_encoding(data)
    assert encoding is None or data.decode(encoding)
