"""`summarise evaluate`: intervals, comparison, breakdowns, the list of misses, and how all of it looks."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

import summarise
from summarise.cli import main
from summarise.evaluation import GoldArticle, evaluate
from summarise.evaluation.bootstrap import Resamples
from summarise.evaluation.measures import Ratio
from summarise.evaluation.report import evaluation_view
from tests.gold_ledgers import gold, official, perfect, row, summary, visit, write_ledger
from tests.test_cli import on_terminal

ARTICLES = [
    gold(
        f"a{number}",
        visits=[visit("Ana Reyes", "NOR", f"202{number}"), visit("Jan Berg", "PER", status="completed")],
        officials=[official()],
        header={"outlet": "The Paper" if number % 2 else None},
    )
    for number in range(8)
]
QUIET = gold("quiet")
ALL = [*ARTICLES, QUIET]


def poor(article: GoldArticle) -> Any:
    """A row with one visit missed, one of the wrong class, and a false one."""
    late = visit("Ana Reyes", "NOR", "1999", status="completed")
    return row(article.id, summary(article, visits=[late, visit("Lee Ho", "KOR", status="planned")]))


MIXED = [perfect(article) if number < 5 else poor(article) for number, article in enumerate(ARTICLES)]
MIXED.append(row("quiet", summary(visits=[visit("Lee Ho", "KOR", "2020")])))
PERFECT = [perfect(article) for article in ALL]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with gold and two ledgers."""
    monkeypatch.chdir(tmp_path)
    Path("gold").mkdir()
    for article in ALL:
        Path(f"gold/{article.id}.json").write_text(article.model_dump_json(), encoding="utf-8")
    write_ledger(Path("mixed.jsonl"), *MIXED)
    write_ledger(Path("perfect.jsonl"), *PERFECT)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["evaluate", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


# --------------------------------------------------------------------------------------------- intervals, comparison


def test_intervals_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    one, same, other = (evaluate(ALL, MIXED, seed=seed, resamples=200) for seed in (1, 1, 2))
    assert one == same
    assert one.records["visits"].f1.value == other.records["visits"].f1.value
    assert one.model_dump(exclude={"seed"}) != other.model_dump(exclude={"seed"})


def test_the_order_of_articles_and_rows_does_not_matter() -> None:
    assert evaluate(ALL, MIXED, resamples=50) == evaluate(ALL[::-1], MIXED[::-1], resamples=50)


def test_an_interval_holds_its_value_and_narrows_with_more_articles() -> None:
    def width(times: int) -> float:
        values = [1.0, 0.0, 0.0, 1.0, 1.0] * times
        low, high = Resamples(len(values), 500, 0).interval(Ratio(values, [1.0] * len(values), None)) or (0, 0)
        assert low <= 0.6 <= high
        return high - low

    assert width(40) < width(4) < width(1)


def test_a_figure_without_a_value_has_no_interval() -> None:
    scored = evaluate([gold("q")], [row("q", summary())], resamples=5)
    assert scored.records["visits"].precision.model_dump() == {"value": None, "low": None, "high": None}
    assert scored.records["visits"].f1.value == 1


def test_a_comparison_is_paired_by_article() -> None:
    scored = evaluate(ALL, PERFECT, compare=MIXED, resamples=300)
    by_name = {one.measure: one for one in scored.differences}
    core = by_name["core visits, f1"]
    assert core.value == 1
    assert core.other is not None
    assert core.difference.value == pytest.approx(1 - core.other)
    assert core.difference.low is not None
    assert core.difference.low > 0
    assert by_name["officials, f1"].difference.model_dump() == {"value": 0, "low": 0, "high": 0}
    assert by_name["false visits per negative article"].difference.value == -1
    back = {one.measure: one for one in evaluate(ALL, MIXED, compare=PERFECT, resamples=300).differences}
    assert back["core visits, f1"].difference.value == pytest.approx(core.other - 1)
    same = evaluate(ALL, MIXED, compare=MIXED, resamples=20)
    assert {one.difference.value for one in same.differences} <= {0, None}
    assert same.compared_with == "the other ledger"


# -------------------------------------------------------------------------------------------------------- breakdowns


def test_visits_by_country_status_and_outlet() -> None:
    def groups(by: Any) -> dict[str | None, tuple[int, int, int]]:
        scored = evaluate(ALL, MIXED, by=by, resamples=1)
        assert scored.by == by
        return {group.name: (group.found, group.false, group.missed) for group in scored.groups}

    assert groups("country") == {"NOR": (8, 0, 0), "PER": (5, 0, 3), "KOR": (0, 4, 0)}
    assert groups("status") == {"confirmed": (8, 1, 0), "completed": (5, 0, 3), "planned": (0, 3, 0)}
    assert groups("outlet") == {None: (7, 2, 1), "The Paper": (6, 2, 2)}
    korea = next(group for group in evaluate(ALL, MIXED, by="country", resamples=1).groups if group.name == "KOR")
    assert (korea.precision, korea.recall, korea.f1, korea.core_f1) == (0, None, 0, 0)


# ----------------------------------------------------------------------------------------------------------- command


def test_a_pipe_gets_json(place: Path) -> None:
    result = run("gold", "mixed.jsonl", "--resamples", "20", "--seed", "3", "--by", "country")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert (told["gold"], told["resamples"], told["seed"], told["by"]) == (9, 20, 3, "country")
    assert told["records"]["visits"]["found"] == 13
    assert "findings" not in told
    assert told == json.loads(
        evaluate("gold", "mixed.jsonl", resamples=20, seed=3, by="country").as_json(findings=False)
    )


def test_the_misses_are_listed_on_request(place: Path) -> None:
    told = json.loads(run("gold", "mixed.jsonl", "--misses", "--resamples", "1").stdout)
    assert [(one["outcome"], one["type"]) for one in told["findings"] if one["article"] == "a5"] == [
        ("missed", "visits"),
        ("false", "visits"),
        ("wrong", "visits"),
    ]
    assert all(one["sentences"] == ["quote"] for one in told["findings"])


def test_a_terminal_gets_tables(place: Path) -> None:
    arguments = ["evaluate", "gold", "mixed.jsonl", "--compare", "perfect.jsonl", "--by", "outlet", "--misses"]
    status, text = on_terminal(*arguments, "--resamples", "20", columns=120)
    assert status == 0, text
    flat = " ".join(text.split())
    for piece in (
        "9 gold articles, 9 in the ledger", "valid output: 9 of 9 articles (100.0%)", "core visits",
        "false visits in articles with neither visit nor invitation (1): 1 (1.000",
        "Fields of the records that were found", "visits.when.start", "Status class: right (down), given (across)",
        "Visits by outlet", "none told", "Difference to perfect.jsonl (this minus that), paired by article",
        "core visits, f1",
        "Missed, false and wrong records", "visits.v2: Jan Berg to PER, no date, completed",
        "when.start 2025, given 1999", "quote",
    ):  # fmt: skip
        assert piece in flat, piece
    status, text = on_terminal("evaluate", "gold", "mixed.jsonl", "--json", "--resamples", "1")
    assert status == 0
    assert json.loads(text)["gold"] == 9


@pytest.mark.parametrize("width", [80, 120])
def test_everything_fits_the_width_and_nothing_paints_on_the_terminal(width: int) -> None:
    wicked = "\x1b[31mred\x1b]0;title\x07 [bold]no[/bold]"
    article = gold("a", visits=[visit(wicked), visit("Jan Berg", "PER")], header={"outlet": wicked})
    stored = [perfect(article), row(wicked, summary()), row("b", None)]
    articles = [article, gold("b"), *(gold(f"c{number}") for number in range(7))]
    scored = evaluate(articles, stored, by="outlet", resamples=2)
    dropped = summary(visits=[visit(wicked, "PER"), visit() | {"status": "soon"}])
    missed = evaluate(articles, [row("a", dropped)], by="outlet", resamples=2)
    for one in (scored, missed):
        out = io.StringIO()
        Console(file=out, width=width).print(evaluation_view(one, findings=True))
        assert max(map(len, out.getvalue().splitlines())) <= width
        assert not {"\x1b", "\x07"} & set(out.getvalue())
        assert "[bold]no" in out.getvalue()
        flat = " ".join(out.getvalue().split())
    assert "8 not in the ledger, counted as nothing found: b, c0, c1, c2, c3 and 3 more" in flat
    assert "dropped of 2 records: 1 parse" in flat


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none", "mixed.jsonl"], "there is no gold at none"),
        (["gold", "none.jsonl"], "cannot read the ledger none.jsonl"),
        (["gold", "gold/a1.json"], "line 1, is no ledger row"),
        (["mixed.jsonl", "mixed.jsonl"], "mixed.jsonl is no JSON"),
        (["gold", "other.jsonl"], "other.jsonl has none of the 9 gold articles"),
        (["gold", "mixed.jsonl", "--compare", "other.jsonl"], "other.jsonl has none of the 9 gold articles"),
        (["gold", "mixed.jsonl", "--by", "mood"], "'mood' is not one of"),
        (["gold", "mixed.jsonl", "--resamples", "0"], "0 is not in the range"),
        (["gold"], "Missing argument 'LEDGER'"),
    ],
)
def test_what_cannot_be_evaluated_says_why(place: Path, arguments: list[str], message: str) -> None:
    write_ledger(Path("other.jsonl"), row("x", summary()))
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr.splitlines()[0]
    assert result.stderr.splitlines()[1].startswith("  hint: ")


def test_differences_and_status_confusions_are_shown() -> None:
    scored = evaluate(ALL, MIXED, compare=PERFECT, resamples=50)
    nothing = evaluate([gold("q")], [row("q", summary())], compare=[row("q", summary())], resamples=2)
    out = io.StringIO()
    for one in (scored, nothing):
        Console(file=out, width=120).print(evaluation_view(one))
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    core = next(one.difference.value for one in scored.differences if one.measure == "core visits, f1")
    assert core is not None
    assert any(line.startswith(f"core visits, f1 {1 + core:.3f} 1.000 {core:+.3f} -0.") for line in lines)
    assert "core visits, precision – – – –" in lines
    assert "confirmed completed 3" in lines


def test_the_function_is_the_public_one_and_loads_late() -> None:
    assert summarise.evaluate is evaluate
    assert sys.modules["summarise.evaluation"].evaluate is evaluate
