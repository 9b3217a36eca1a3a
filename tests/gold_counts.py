"""How much gold there is: `python -m tests.gold_counts [--write]`.

Prints the table of `tests/gold/README.md`, or brings it up to date there. It tells totals and nothing of the articles
themselves, so that it may read the unseen ones.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from typing import get_args

from summarise.evaluation import GoldArticle, read_gold
from summarise.evaluation.gold import RECORD_TYPES, RecordType
from summarise.records import InvitationResponse, VisitStatus

GOLD = Path(__file__).parent / "gold"
README = GOLD / "README.md"
EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"
FOLDERS = ("seeds", "development", "ordinary", "unseen")


def text_of(article: GoldArticle) -> str:
    """The article's text: beside the gold file, for a seed among the examples."""
    path = article.text_file or EXAMPLES / f"{article.id}.txt"
    return path.read_text(encoding="utf-8")


def is_negative(article: GoldArticle) -> bool:
    """Whether it was written as one in which there is no visit and no invitation to find."""
    return article.about.get("negative") is True


def cases_of(article: GoldArticle) -> set[int]:
    """The numbers of the hard cases that it was written for."""
    cases = article.about.get("cases", [])
    assert isinstance(cases, list)
    return {case for case in cases if isinstance(case, int)}


def table() -> str:
    """The counts as a Markdown table, a column for each folder and one for all."""
    columns = {folder: counts(read_gold(GOLD / folder)) for folder in FOLDERS}
    names = dict.fromkeys(name for column in columns.values() for name in column)
    lines = ["| | " + " | ".join((*FOLDERS, "all")) + " |", "|---" * (len(FOLDERS) + 2) + "|"]
    for name in sorted(names, key=_place):
        figures = [columns[folder].get(name, 0) for folder in FOLDERS]
        lines.append(f"| {name[1]} | " + " | ".join(map(str, (*figures, sum(figures)))) + " |")
    return "\n".join(lines)


def counts(articles: list[GoldArticle]) -> Counter[tuple[int, str]]:
    """How many of what; each name with the number of its group, by which they are printed."""
    found: Counter[tuple[int, str]] = Counter()
    found.update({(0, "articles"): len(articles), (0, "of them negative"): sum(map(is_negative, articles))})
    found[0, "of them not in English"] = sum(article.record.language != "en" for article in articles)
    for kind in RECORD_TYPES:
        every, optional = _records(articles, kind)
        found.update({(1, kind): every - optional, (1, f"optional {kind}"): optional})
    found.update({(2, f"visits {status}"): 0 for status in get_args(VisitStatus)})
    found.update((2, f"visits {visit.status}") for article in articles for visit in article.record.visits)
    found.update({(3, f"invitations {response}"): 0 for response in get_args(InvitationResponse)})
    found.update((3, f"invitations {one.response}") for article in articles for one in article.record.invitations)
    found.update((4, f"form: {article.about.get('form', 'web page')}") for article in articles)
    found.update(sorted((5, f"decade: {_decade(article)}") for article in articles))
    return found


def _place(name: tuple[int, str]) -> tuple[int, str]:
    """Forms and decades by name, anything else as it comes."""
    group, words_of = name
    return group, words_of if group > 3 else ""


def _records(articles: list[GoldArticle], kind: RecordType) -> tuple[int, int]:
    paths = [
        (f"{kind}.{record.id}", article.scoring.optional) for article in articles for record in article.record.of(kind)
    ]
    return len(paths), sum(path in optional for path, optional in paths)


def _decade(article: GoldArticle) -> str:
    published = article.record.published
    told = article.about.get("decade") or (f"{published[:3]}0s" if published else "undated")
    return str(told)


def words(folder: str) -> tuple[int, int, int]:
    """The least, the median and the largest number of words of its articles."""
    lengths = [len(text_of(article).split()) for article in read_gold(GOLD / folder)]
    return min(lengths), round(median(lengths)), max(lengths)


def table_in(readme: str) -> str:
    """The table that stands in the README."""
    found = re.search(r"^\| \| seeds.*(?:\n\|.*)*", readme, re.MULTILINE)
    assert found is not None, "there is no table in tests/gold/README.md"
    return found[0]


def main() -> None:
    """Prints the table and the lengths, or writes the table."""
    if "--write" in sys.argv[1:]:
        readme = README.read_text(encoding="utf-8")
        README.write_text(readme.replace(table_in(readme), table()), encoding="utf-8")
        return
    sys.stdout.write(table() + "\n")
    for folder in FOLDERS:
        least, middle, most = words(folder)
        sys.stdout.write(f"words in {folder}: {least} to {most}, median {middle}\n")


if __name__ == "__main__":
    main()
