"""The articles of the soak: invented ones, in odd encodings, with names of 10,000 characters, of 300 kB, of 10 MB."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.invented import pairs
from summarise.article import read_article
from summarise.errors import ArticleTooLong
from summarise.judge import judge
from summarise.schema import contract

ENCODINGS = ("utf-8-sig", "utf-16", "utf-32", "cp1252", "cp1251")
MARKS = {"cp1252": "« Déjà vu », dit le café à l’été.", "cp1251": "Премьер сказал об этом вчера в городе."}
"""What makes a text one of that encoding and no other; a byte order mark does it for the others."""
LONG_NAME = "Maximilianissimus" * 589
"""10,013 characters."""
HUGE = 10_000_000
LONG = 300_000


class Material:
    """Articles in a folder, the file of the replies to them, and what must become of each.

    `expected` are the records that the judge makes of the faultless reply; `refused` the ids of articles that are too
    long to be read; `odd` those that a reply is about which the judge does not accept as it is.
    """

    def __init__(self, place: Path, count: int) -> None:
        self.folder, self.replies = place / "articles", place / "replies.json"
        self.expected: dict[str, dict[str, Any]] = {}
        self.refused: set[str] = set()
        self.odd: set[str] = set()
        self.bytes = 0
        self._replies: dict[str, str] = {}
        self.folder.mkdir(parents=True)
        for pair in pairs(3 * count, seed=6):
            headline = pair.text.partition("\n")[0]
            if headline not in self._replies and len(self._replies) < count:  # the server tells them apart by it
                self._add(len(self._replies), headline, pair.text, pair.reply)
        self.replies.write_text(json.dumps(self._replies))

    @property
    def ids(self) -> set[str]:
        """All articles."""
        return {*self.expected, *self.refused, *self.odd}

    def _add(self, number: int, headline: str, text: str, reply: str) -> None:
        name, encoding = f"{number:05}", "utf-8"
        match number % 25:
            case 1:
                encoding = ENCODINGS[number // 25 % len(ENCODINGS)]
                text += f"\n\n{MARKS.get(encoding, '')}"
            case 2 if number % 50 == 2:
                text += "\n\n" + "The programme lists a dinner, a wreath and a round table on fishing.\n" * (LONG // 70)
            case 3 if number % 50 == 3:
                text += "\n\nA dinner was held. " * (HUGE // 21)
            case 4:
                text += f"\n\n{LONG_NAME} of Peru spoke."
                reply = _with_a_long_name(reply)
        content = text.encode(encoding)
        self.bytes += len(content)
        (self.folder / f"{name}.txt").write_bytes(content)
        self._replies[headline] = reply
        try:
            verdict = judge(reply, read_article(content), contract())
        except ArticleTooLong:
            self.refused.add(name)
            return
        if verdict.accepted and verdict.summary is not None:
            self.expected[name] = records_of(verdict.summary.model_dump(mode="json"))
        else:
            self.odd.add(name)


def _with_a_long_name(reply: str) -> str:
    value = json.loads(reply)
    value["officials"][0]["name"] = LONG_NAME
    value["visits"][0]["visitors"] = [LONG_NAME]
    return json.dumps(value)


def records_of(summary: dict[str, Any]) -> dict[str, Any]:
    """A stored summary without its provenance, and without what a second opinion remarks."""
    own = [concern for concern in summary["concerns"] if not concern["kind"].startswith("second_opinion")]
    return {name: value for name, value in summary.items() if name != "provenance"} | {"concerns": own}
