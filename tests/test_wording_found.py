"""A wording stands in an article as whole words, or it does not stand there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.judge.names import find_wording


@pytest.mark.parametrize(
    ("text", "wording", "language", "at"),
    [
        ("Martin Kimani spoke", "Martin Kim", "en", -1),
        ("Martin Kimani spoke", "tin Kimani", "en", -1),
        ("Martin Kimani spoke", "Martin Kimani", "en", 0),
        ("Kimani met Kim", "Kim", "en", 11),
        ("Sa\u0301nchez", "Sa", "es", -1),
        ("Al\u00adbares", "Al", "es", -1),
        ("the Saudi-led talks", "Saudi", "en", 4),
        ("Hän kävi Pariisissa", "Pariisi", "fi", 9),
        ("Kimanissa", "Kim", "fi", -1),
        ("在北京会见李强总理", "李强", "zh", 5),
        ("김정은은 갔다", "김정은", "ko", 0),
        ("التقى بلينكن", "لينكن", "ar", 7),
        ("anything", " ", "en", -1),
    ],
)
def test_whole_words(text: str, wording: str, language: str, at: int) -> None:
    assert find_wording(text, wording, language) == at


@given(st.text("ab -", max_size=30), st.text("ab", min_size=1, max_size=3))
def test_it_is_where_a_search_for_whole_words_finds_it(text: str, wording: str) -> None:
    import re

    found = re.search(rf"(?<!\w){wording}(?!\w)", text)
    assert find_wording(text, wording, "en") == (found.start() if found else -1)
