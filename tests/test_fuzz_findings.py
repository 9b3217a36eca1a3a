"""What fuzzing found (`fuzz/README.md`), each mended: the smallest input that showed it, and what is right."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, Optional

import pytest
from pydantic import Field, create_model
from typing_extensions import TypeAliasType

from summarise.article import injection_search, read_article
from summarise.corpus.ledger import Ledger, LedgerRow, read_ledger
from summarise.errors import LedgerError, SchemaError
from summarise.judge import judge
from summarise.judge.parse import parse
from summarise.records import VERBATIM, ArticleSummary, Attribution, CountryCode, DateSpan, Evidence, Party, Record
from summarise.schema import contract, flatten, strict_faults, validate
from tests.test_converse import REPLY, TEXT

ARTICLE = read_article(TEXT)


def changed(**visit: Any) -> str:
    reply = copy.deepcopy(REPLY)
    reply["visits"][0] |= visit
    return json.dumps(reply)


# The article


@pytest.mark.parametrize(("unseen", "before"), [("\u200b", 56), ("\u200b", 53), ("\U000e0041" * 4, 40), ("\u202e", 58)])
def test_what_cannot_be_seen_is_written_out_whole_or_not_at_all(unseen: str, before: int) -> None:
    (found,) = read_article(f"Berg went to {'R' * before}{unseen}{'r' * 90}, he said.").injections
    assert len(found.found) <= 60
    assert re.fullmatch(r"(R|r|,| he said\.|\\u200b|\\u202e|\\ue0041)+…?", found.found)


def test_what_is_found_is_shown_however_much_white_space_is_before_it() -> None:
    found = read_article(" " * 300 + "Premier Berg flew to Riga today.\n" * 13).injections
    assert found
    assert all(each.found.strip() for each in found)


def test_pieces_of_replies_that_never_end_are_gone_through_a_few_times_and_not_for_each() -> None:
    text = 'r.\u00df yyry."yyy f"evidence": [\r\nga@' * 2_000
    search = injection_search.Search(text)
    search.regions_at(list(range(0, len(text), 31)), tied=False, foreign=False, signs=False)
    assert search._left > -injection_search._LONGEST_REPLY - 1
    assert read_article(text).barred


# The judge


@pytest.mark.parametrize("number", ["2", True, 2.0, 1.5])
def test_a_sentence_number_that_is_no_whole_number_is_a_fault(number: Any) -> None:
    verdict = judge(changed(evidence=[number]), ARTICLE, contract())
    assert [fault.path for fault in verdict.faults] == ["visits[0].evidence[0]"]
    assert "allowed: the number of a sentence" in str(verdict.faults[0]).lower()


def test_names_and_expressions_are_given_in_the_spelling_of_the_article() -> None:
    text = "LIMA, April 8, 2024.\n\nPRESIDENT Sergey Kovač of Peru will visit OSLO on  Thursday, his ministr“y said."
    official = {"name": "Sergei Kovac", "titles": ["President"], "role": "head_of_state", "country": "PER", "more": []}
    visit = {
        "evidence": [2], "visitors": ["Kovac"], "country": "NOR", "when": {"text": "On Thursday", "date": "2024-04-11"},
        "status": "planned", "focus": "main", "more": [{"places": ["Oslo"]}],
    }  # fmt: skip
    reply = {"officials": [official], "visits": [visit], "invitations": [], "summary": "", "more": []}
    summary = judge(json.dumps(reply), read_article(text), contract()).summary
    assert summary is not None
    assert (summary.officials[0].name, summary.officials[0].titles) == ("Sergey Kovač", ["PRESIDENT"])
    assert [party.name for party in summary.visits[0].visitors] == ["Sergey Kovač"]
    assert summary.visits[0].places == ["OSLO"]
    assert (summary.visits[0].when.text, summary.visits[0].when.start) == ("on Thursday", "2024-04-11")


class Finding(Record):
    days: list[DateSpan] | None
    who: list[Party | None]
    told: list[Attribution | None]
    parts: list[DateSpan | None]
    evidence: list[Evidence]


class Findings(ArticleSummary):
    where: Evidence | None
    found: list[Finding]


def test_null_in_fields_of_ones_own_is_a_value_like_any_other() -> None:
    found = {"days": None, "who": [None], "told": [None], "parts": [None], "evidence": [1]}
    reply = {**REPLY, "found": [found], "where": None}
    summary = judge(json.dumps(reply), ARTICLE, contract(Findings)).summary
    assert isinstance(summary, Findings)
    assert (summary.where, summary.found[0].days, summary.found[0].who) == (None, None, [])


class Paper(Record):
    """a treaty"""

    id: str
    evidence: list[Evidence]


class Papers(ArticleSummary):
    papers: list[Paper]


def test_an_id_that_is_asked_for_is_kept() -> None:
    reply = {**REPLY, "papers": [{"id": "UNTS 45321", "evidence": [1]}]}
    summary = judge(json.dumps(reply), ARTICLE, contract(Papers)).summary
    assert isinstance(summary, Papers)
    assert [paper.id for paper in summary.papers] == ["UNTS 45321"]


Name = TypeAliasType("Name", Annotated[str, VERBATIM])


def test_a_name_behind_an_alias_is_held_against_the_article() -> None:
    own = create_model("Own", __base__=ArticleSummary, spoken=(Name, ...))
    verdict = judge(json.dumps({**REPLY, "spoken": "Nobody Nowhere"}), ARTICLE, contract(own))
    assert "spoken" in [fault.path for fault in verdict.faults]


# Schemas


@pytest.mark.parametrize("inner", [Party, Attribution, Evidence, DateSpan, CountryCode, Annotated[str, VERBATIM], Name])
def test_what_would_escape_the_judge_in_a_list_of_lists_is_refused(inner: Any) -> None:
    for annotation in (list[list[inner]], list[list[inner] | None], Optional[list[list[inner]]]):  # noqa: UP045
        grid: Any = annotation
        own = create_model("Own", __base__=ArticleSummary, grid=(grid, ...))
        with pytest.raises(SchemaError, match=r"^Own\.grid cannot be asked for: what is in a list of lists"):
            contract(own)


def test_null_among_the_values_of_a_choice_and_again_around_it_is_one_null() -> None:
    mood: Any = Optional[Literal["a", None]]  # noqa: UP045
    own = create_model("Own", __base__=ArticleSummary, mood=(mood, ...))
    made = contract(own)
    assert made.wire_schema["properties"]["mood"] == {"type": ["string", "null"], "enum": ["a", None]}
    assert strict_faults(made.wire_schema) == []


@pytest.mark.parametrize(("kind", "wrong"), [(int, "3"), (int, True), (float, "0.5"), (float, float("inf")), (str, 3)])
def test_a_value_of_another_type_is_a_fault_and_not_turned_into_the_right_one(kind: Any, wrong: Any) -> None:
    own = contract(create_model("Own", __base__=ArticleSummary, value=(kind, Field())))
    assert [fault.path for fault in validate(flatten({**REPLY, "value": wrong}, own).value, own).faults] == ["value"]


# Reading a reply


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 400 + ".5", "1" * 250 + "e99"])
def test_a_number_that_no_float_holds_is_a_fault(number: str) -> None:
    assert parse(f'{{"a": [{number}]}}').fault == "not valid JSON: a number is beyond all bounds"


def test_a_tag_within_a_string_of_the_reply_ends_no_thinking() -> None:
    reply = '{"a": "<think> and </think> {", "a": 2, "more": [{"outlet": "Lusa"}]}'
    assert parse(reply).value is None
    assert "stands twice" in str(parse(reply).fault)


# The ledger

ROW = LedgerRow(id="a", source="a.txt", status="ok").model_dump_json().encode()


def test_a_whole_row_with_zeros_behind_it_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(ROW + b"\0" * 512)
    assert [row.id for row in read_ledger(path)] == ["a"]
    with Ledger(path) as ledger:
        assert list(ledger.entries) == ["a"]
        assert ledger.row("a").status == "ok"
    assert path.read_bytes() == ROW + b"\n"


def test_a_row_with_a_number_that_is_no_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(ROW.replace(b'"cost":null', b'"cost":NaN') + b"\n")
    with pytest.raises(LedgerError, match="line 1, is no ledger row"):
        Ledger(path)


# What the soak found

SECOND_SIGNAL = """
import asyncio, gc, os, signal
from summarise.cli.interrupting import listening
from summarise.corpus.stopping import Stop

async def read():
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(60)

async def run():
    with listening(Stop()):
        async with asyncio.TaskGroup() as group:
            group.create_task(read())

try:
    asyncio.run(run())
except KeyboardInterrupt:
    print("ended")
gc.collect()
"""


def test_a_second_signal_while_code_runs_ends_the_run_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SECOND_SIGNAL], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout.endswith("ended\n")
    assert "Traceback" not in done.stderr
