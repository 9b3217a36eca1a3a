"""What reading by rules costs (`model="offline"`): no client, no network, one core.

    python benchmarks/offline.py [--quick]

Speed: per article of about 400 words, the median of every stage of reading it by rules, beside the time that
`json.loads` and pydantic take for the summary that comes out, in the same run; on invented articles, each with other
names, and on the articles of the development gold, whose mean length is printed. The garbage collector is set as the
command sets it.

Length: seconds per megabyte of an article repeated to 10 KB, 100 KB and 1 MB, of different articles joined, and of
texts made to be hard. `growth` is what a megabyte costs in a text of 1 MB in proportion to one of 100 KB: 1.0 if the
time grows with the text alone. A text that would take longer than two minutes, going by the shorter ones, is left
out (-), and the growth is that of the longest two that were tried.

Memory: the largest that the process has been after so many different articles. What is remembered of names is bounded,
and full after about 3,000 articles with three people each.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.invented import pairs  # noqa: E402
from summarise.__main__ import OBJECTS_BETWEEN_COLLECTIONS  # noqa: E402
from summarise.article import read_article  # noqa: E402
from summarise.judge import judge_value  # noqa: E402
from summarise.judge.index import ArticleIndex  # noqa: E402
from summarise.offline.extractor import extract  # noqa: E402
from summarise.offline.reader import read_offline  # noqa: E402
from summarise.records import ArticleSummary  # noqa: E402
from summarise.schema import contract  # noqa: E402

DEVELOPMENT = ROOT / "tests/gold/development"
WARM_UP, MEASURED, ROUNDS = 100, 300, 5
SIZES = {"10 KB": 10_000, "100 KB": 100_000, "1 MB": 1_000_000}
QUICK = {"2 KB": 2_000, "10 KB": 10_000, "50 KB": 50_000}
MEMORY_AT = (200, 2_000, 4_000, 6_000)
NO_LIMIT = 100_000_000
PATIENCE = 120.0

Timed = dict[str, list[float]]


def main() -> None:
    """Prints all tables; `--quick` leaves out the longest texts and most articles."""
    quick = "--quick" in sys.argv[1:]
    gc.set_threshold(*OBJECTS_BETWEEN_COLLECTIONS)
    peaks = memory((20, 200) if quick else MEMORY_AT)
    invented = [pair.text for pair in pairs(120 if quick else WARM_UP + MEASURED)]
    show_speed("invented articles", speed(invented, warm_up=20 if quick else WARM_UP))
    development = development_texts()
    if development:
        show_speed("development gold", speed(development * (2 if quick else ROUNDS + 1), warm_up=len(development)))
    joined = {"different invented articles": "\n\n".join(pair.text for pair in pairs(400, seed=9)) + "\n\n"}
    pieces = {**repeated(invented[0], development), **joined}
    show_lengths(lengths(pieces, QUICK if quick else SIZES))
    show_lengths(lengths(NASTY, QUICK if quick else SIZES))
    print(f"\n{'articles':<34}{'peak MB':>10}")
    for count, megabytes in peaks.items():
        print(f"{count:<34}{megabytes:>10.1f}")


# --------------------------------------------------------------------------------------------------------------- speed


def speed(texts: Iterable[str], *, warm_up: int = 0) -> tuple[Timed, float]:
    """Milliseconds of each stage for each article, and the mean number of words; the first articles only warm up."""
    wanted = contract(ArticleSummary)
    times: Timed = {}
    words = []
    for number, text in enumerate(texts):
        spent: dict[str, float] = {}
        article = _timed(spent, "read_article", partial(read_article, text))
        index = _timed(spent, "index", partial(ArticleIndex, article))
        found = _timed(spent, "rules", partial(extract, index))
        _timed(spent, "judge", partial(judge_value, found, index, wanted))
        total = sum(spent.values())
        whole: dict[str, float] = {}
        summary = _timed(whole, "read_offline", partial(read_offline, article, wanted))
        spent["whole: read_article, read_offline"] = spent["read_article"] + whole["read_offline"]
        assert total > 0
        stored = summary.model_dump_json()
        _timed(spent, "yardstick: json.loads", partial(json.loads, stored))
        _timed(spent, "yardstick: model_validate_json", partial(ArticleSummary.model_validate_json, stored))
        if number >= warm_up:
            words.append(len(text.split()))
            for stage, milliseconds in spent.items():
                times.setdefault(stage, []).append(milliseconds)
    return times, mean(words)


def _timed(spent: dict[str, float], stage: str, work: Callable[[], Any]) -> Any:
    begin = process_time()
    result = work()
    spent[stage] = 1000 * (process_time() - begin)
    return result


def show_speed(name: str, measured: tuple[Timed, float]) -> None:
    """Prints the stages of one collection, and the articles per second."""
    times, words = measured
    whole = times["whole: read_article, read_offline"]
    print(f"\n{f'{name}, {words:.0f} words':<40}{'median ms':>10}{'90% ms':>10}")
    for stage, found in times.items():
        ordered = sorted(found)
        print(f"{stage:<40}{median(ordered):>10.3f}{ordered[len(ordered) * 9 // 10]:>10.3f}")
    print(f"{'articles per second':<40}{1000 / mean(whole):>10.1f}")


# -------------------------------------------------------------------------------------------------------------- length


def development_texts() -> list[str]:
    """The texts of the development gold."""
    return [path.read_text(encoding="utf-8") for path in sorted(DEVELOPMENT.glob("*.txt"))]


def repeated(article: str, others: list[str]) -> dict[str, str]:
    """What is repeated to a text of any length: one article, and many different ones."""
    several = {"development gold": "\n\n".join(others) + "\n\n"} if others else {}
    return {"one invented article": article + "\n\n", **several}


def lengths(pieces: Mapping[str, str], sizes: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """Seconds per megabyte of every text, repeated to every size; none where it would take too long."""
    found: dict[str, dict[str, float]] = {}
    for name, piece in pieces.items():
        spent, before = 0.0, 0
        for size, characters in sizes.items():
            if before and spent * (characters / before) ** 2 > PATIENCE:  # as if it were quadratic
                break
            text = (piece * (characters // len(piece) + 1))[:characters]
            spent = min(_seconds(text) for _ in range(3 if characters <= 100_000 else 1))
            before = characters
            found.setdefault(name, {})[size] = spent / (characters / 1_000_000)
    return found


def _seconds(text: str) -> float:
    begin = process_time()
    read_offline(read_article(text, max_characters=NO_LIMIT), contract(ArticleSummary))
    return process_time() - begin


def show_lengths(found: Mapping[str, Mapping[str, float]]) -> None:
    """Prints seconds per megabyte, and how they grow from the second largest size that was tried to the largest."""
    sizes = list(dict.fromkeys(size for by_size in found.values() for size in by_size))
    print(f"\n{'seconds per MB, repeated to':<34}" + "".join(f"{size:>10}" for size in sizes) + f"{'growth':>10}")
    for name, by_size in found.items():
        told = [f"{by_size[size]:.2f}" if size in by_size else "-" for size in sizes]
        figures = list(by_size.values())
        growth = f"{figures[-1] / figures[-2]:.2f}" if len(figures) > 1 else "-"
        print(f"{name:<34}" + "".join(f"{figure:>10}" for figure in (*told, growth)))


_PERSON = "Norwegian Foreign Minister Ola Berg"
NASTY = {
    "all capitals": "NORWEGIAN FOREIGN MINISTER OLA BERG WILL VISIT LIMA ON MONDAY FOR TALKS WITH PRESIDENT ROJAS. ",
    "capitals without a stop": "NORWEGIAN FOREIGN MINISTER OLA BERG WILL VISIT LIMA ON MONDAY ",
    "all quotation marks": "“",
    "straight quotation marks": '"',
    "visit visit visit": "visit ",
    "one endless sentence": f"and then {_PERSON} flew to Lima for talks with the president, who said he was glad, ",
    "names joined with and": "Ola Berg and Elena Rojas and ",
    "the same name": "Berg ",
    "titles": "Foreign Minister President Ambassador ",
    "titles with commas": "the foreign minister, the president, ",
    "titles in sentences": "The foreign minister met the president. ",
    "a list of states": "Norway, Peru, Chad and Mali, ",
    "commas only": ",",
    "digits": "1234567890 ",
    "digits without a space": "1234567890",
    "dates": "on May 4, 2023, ",
    "pronouns": "he said she said ",
    "his": "his ",
    "invited": "invited ",
    "full sentences of invitations": f"{_PERSON} invited President Elena Rojas to Oslo and she accepted. ",
    "who": "who ",
    "one word without end": "a",
    "brackets": "[",
    "short lines": "Berg\n",
    "empty lines": "Berg\n\n\n\n\n\n\n\n\n\n",
    "dots": ". ",
    "hyphens": "a-",
    "of the": "minister of the ",
}
"""What is repeated to texts that are hard for one rule or another."""


# -------------------------------------------------------------------------------------------------------------- memory


def memory(counts: Iterable[int]) -> dict[int, float]:
    """The largest that the process has been, in megabytes, after so many different articles."""
    peaks: dict[int, float] = {}
    stream = pairs(max(counts), seed=3)
    read = 0
    for count in counts:
        for pair in islice(stream, count - read):
            read_offline(read_article(pair.text), contract(ArticleSummary))
        read = count
        gc.collect()
        unit = 1_048_576 if sys.platform == "darwin" else 1_024
        peaks[count] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return peaks


if __name__ == "__main__":
    main()
