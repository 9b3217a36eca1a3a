"""What an evaluation reads: gold files, ledgers, and the checks that every record must pass."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from summarise.errors import ConfigurationError, LedgerError
from summarise.evaluation import Evaluation, GoldArticle, evaluate, read_gold
from tests.gold_ledgers import QUOTE, Raw, gold, invitation, official, perfect, row, summary, visit, write_ledger

GOLD = Path(__file__).parent / "gold"
FILES = sorted(path for folder in ("seeds", "development") for path in (GOLD / folder).rglob("*.json"))


def raw_gold(name: str = "a", **more: Any) -> Raw:
    return {**gold(name, visits=[visit()], officials=[official()]).model_dump(mode="json"), **more}


def write(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


# ---------------------------------------------------------------------------------------------------------------- gold


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_gold_file_loads_and_is_right_against_itself(path: Path) -> None:
    articles = read_gold(path)
    assert [article.id for article in articles] == [path.stem]
    scored = evaluate(articles, [perfect(article) for article in articles], resamples=1)
    assert scored.core_visits.f1.value == 1
    assert scored.records["all records"].f1.value == 1
    assert scored.slots.f1.value == 1
    assert scored.findings == []
    assert scored.validity.share == 1
    assert scored.validity.verbatim == scored.validity.quotes


def test_gold_is_read_from_a_folder_a_file_and_a_list(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "b.json", raw_gold("b"))
    write(tmp_path / "a.json", raw_gold("a"))
    write(tmp_path / "more.json", {"articles": [raw_gold("d"), raw_gold("c")]})
    write(tmp_path / "notes.txt", "no gold")
    articles = read_gold(tmp_path)
    assert [article.id for article in articles] == ["a", "b", "c", "d"]
    assert [article.id for article in read_gold(tmp_path / "more.json")] == ["c", "d"]
    assert articles[1].names == ("b", "deep/b")
    assert articles[0].names == ("a",)
    assert articles[0].file == tmp_path / "a.json"


def test_what_is_left_out_is_nothing() -> None:
    raw = {
        "id": "a",
        "record": {
            "visits": [
                {"id": "v1", "visitors": [{"name": "Ana Reyes", "kind": "person"}], "country": None,
                 "status": "planned", "focus": "main", "evidence": ["x"], "when": None,
                 "sources": [{"kind": "narrator"}]}
            ],
            "invitations": [],
            "officials": [],
        },
    }  # fmt: skip
    record = GoldArticle.model_validate(raw).record.visits[0]
    assert (record.when.start, record.hosts, record.kind, record.places) == (None, [], "unspecified", [])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": ""}, "id: String should have at least 1 character"),
        ({"extra": 1}, "extra: Extra inputs are not permitted"),
        ({"record.visits.0.status": "soon"}, "record.visits.0.status: Input should be 'speculated'"),
        ({"record.visits.0.when.start": "May"}, "record.visits.0.when.start: String should match pattern"),
        ({"record.visits.0.when.start": "2024-02-30"}, "record.visits.0.when: 2024-02-30 is not in the calendar"),
        ({"record.visits.0.evidence": []}, "record.visits.0.evidence: List should have at least 1 item"),
        ({"record.visits.0.invitation": "i7"}, "record.visits.v1: there is no invitations.i7"),
        (
            {"record.officials.0.id": "v1", "record.officials.0.role": "boss"},
            "record.officials.0.role: Input should be",
        ),
        ({"scoring.optional": ["visits.v2"]}, "scoring.optional: there is no record 'visits.v2'"),
        ({"scoring.merge_ok": [["visits.v1", "visits.v2"]]}, "scoring.merge_ok: there is no record 'visits.v2'"),
        ({"scoring.merge_ok": [["visits.v1"]]}, "is no group of two or more records of one type"),
        ({"scoring.merge_ok": [["visits.v1", "officials.o1"]]}, "is no group of two or more records of one type"),
        ({"scoring.alternatives": {"visits.v2.status": ["planned"]}}, "visits.v2.status leads nowhere"),
        ({"scoring.alternatives": {"visits.v1.state": ["planned"]}}, "visits.v1.state leads nowhere"),
        ({"scoring.alternatives": {"visits.v1.status.x": ["planned"]}}, "visits.v1.status.x leads nowhere"),
        ({"scoring.alternatives": {"visits.v1.visitors.3.name": ["x"]}}, "visits.v1.visitors.3.name leads nowhere"),
        ({"scoring.alternatives": {"visits": [[]]}}, "visits names no field"),
        ({"scoring.alternatives": {"visits.v1.status": ["soon"]}}, "visits.v1.status cannot be 'soon'"),
        ({"scoring.alternatives": {"visits.v1.hosts": ["Jan Berg"]}}, "visits.v1.hosts takes lists of names"),
        ({"scoring.alternatives": {"visits.v1.when.start": ["May"]}}, "visits.v1.when.start: May is no date"),
        (
            {"scoring.alternatives": {"visits.v1.status": "planned"}},
            "scoring.alternatives.visits.v1.status: Input should",
        ),
    ],
)
def test_malformed_gold_is_named_with_its_file_and_place(tmp_path: Path, change: Raw, message: str) -> None:
    raw = raw_gold()
    for path, value in change.items():
        *way, last = path.split(".")
        place: Any = raw
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[last] = value
    file = write(tmp_path / "a.json", raw)
    with pytest.raises(ConfigurationError) as caught:
        read_gold(tmp_path)
    assert caught.value.message.startswith(f"{file} is no gold: ")
    assert message in caught.value.message
    assert caught.value.hint


def test_two_records_with_one_id_are_named(tmp_path: Path) -> None:
    raw = raw_gold()
    raw["record"]["visits"] *= 2
    with pytest.raises(ConfigurationError, match=r"record\.visits\.v1: two records have this id"):
        read_gold(write(tmp_path / "a.json", raw))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "it holds no object"),
        ({"articles": [raw_gold(), {}]}, "articles.1.id: Field required (and 1 more)"),
        ({"articles": [7]}, "articles.0."),
    ],
)
def test_a_file_that_holds_something_else_is_named(tmp_path: Path, content: Any, message: str) -> None:
    file = write(tmp_path / "a.json", content)
    with pytest.raises(ConfigurationError) as caught:
        read_gold(file)
    assert str(file) in caught.value.message
    assert message in caught.value.message


def test_gold_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no gold at"):
        read_gold(tmp_path / "none")
    with pytest.raises(ConfigurationError, match="no gold in the folder"):
        read_gold(tmp_path)
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(ConfigurationError, match=r"cannot read .*folder\.json: Is a directory"):
        read_gold(tmp_path)


def test_two_articles_with_one_id_are_named_with_both_files(tmp_path: Path) -> None:
    one, other = write(tmp_path / "a.json", raw_gold("a")), write(tmp_path / "b.json", raw_gold("a"))
    with pytest.raises(ConfigurationError, match="two gold articles have the id 'a'") as caught:
        read_gold(tmp_path)
    assert str(one) in caught.value.message
    assert str(other) in caught.value.message


# -------------------------------------------------------------------------------------------------------------- ledger


def test_a_ledger_is_a_path_or_rows(tmp_path: Path) -> None:
    article = gold(visits=[visit()])
    path = write_ledger(tmp_path / "ledger.jsonl", row("a", summary()), perfect(article))
    file = write(tmp_path / "gold" / "a.json", article.model_dump(mode="json"))
    assert (
        evaluate(file, path) == evaluate(str(tmp_path / "gold"), str(path)) == evaluate([article], [perfect(article)])
    )


def test_a_ledger_may_name_an_article_by_its_path_below_the_gold(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "a.json", raw_gold())
    (article,) = read_gold(tmp_path)
    by_path = row("deep/a", summary(article))
    assert evaluate(tmp_path, [by_path], resamples=1).absent == []
    scored = evaluate(tmp_path, [row("a", summary()), by_path], resamples=1)
    assert scored.records["visits"].missed == 1  # its id goes before its path


def test_a_ledger_without_any_gold_article_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="has none of the 1 gold articles"):
        evaluate([gold()], [row("x", summary())])
    with pytest.raises(ConfigurationError, match="the other ledger holds no whole row"):
        evaluate([gold()], [row("a", summary())], compare=[])
    with pytest.raises(LedgerError):
        evaluate([gold()], tmp_path / "none.jsonl")
    with pytest.raises(ConfigurationError, match="0 resamples"):
        evaluate([gold()], [row("a", summary())], resamples=0)


# -------------------------------------------------------------------------------------------------------- valid output


PAIR = gold(visits=[visit(invitation="i1")], invitations=[invitation(visit="v1")], officials=[official()])


def checked(change: Raw, article: GoldArticle = PAIR) -> Evaluation:
    return evaluate([article], [row("a", summary(article) | change)], resamples=1)


def test_a_record_that_cannot_be_read_is_dropped_and_counted() -> None:
    scored = checked({"visits": [summary(PAIR)["visits"][0] | {"status": "soon"}, 7]})
    assert scored.validity.dropped == {"parse": 2, "dates": 0, "quotes": 0, "links": 0}
    assert (scored.validity.valid, scored.validity.share, scored.validity.records) == (0, 0, 4)
    assert (scored.records["visits"].found, scored.records["visits"].false) == (0, 0)
    assert scored.records["invitations"].found == 1


@pytest.mark.parametrize("stored", [None, "many", {}])
def test_a_type_that_is_no_list_is_a_fault_of_the_article(stored: Any) -> None:
    scored = checked({"visits": stored})
    assert scored.validity.dropped["parse"] == 1
    assert scored.validity.valid == 0


@pytest.mark.parametrize(
    "when", [{"start": "2024-02-30"}, {"start": "2024-05-04", "end": "2024-05-03"}, {"start": "2024-13"}]
)
def test_a_date_that_is_none_drops_its_record(when: Raw) -> None:
    for change in ({"when": when}, {"possible_dates": [when]}):
        scored = checked({"visits": [summary(PAIR)["visits"][0] | change]})
        assert scored.validity.dropped["dates"] == 1
        assert scored.records["visits"].missed == 1


def test_a_link_that_leads_nowhere_drops_its_record() -> None:
    stored = summary(PAIR)
    assert checked({"visits": [stored["visits"][0] | {"invitation": "i9"}]}).validity.dropped["links"] == 1
    assert checked({"invitations": [stored["invitations"][0] | {"visit": "v9"}]}).validity.dropped["links"] == 1
    twice = checked({"officials": stored["officials"] * 2})
    assert twice.validity.dropped["links"] == 2  # which of the two is meant cannot be told


def test_quotes_are_checked_against_the_text_beside_the_gold(tmp_path: Path) -> None:
    text = "Ana Reyes flies to Oslo. Nobody else does."
    write(tmp_path / "a.txt", text)
    article = gold(visits=[visit(evidence=["Ana Reyes flies"])], officials=[official(evidence=["Ana Reyes"])])
    (read,) = read_gold(write(tmp_path / "a.json", article.model_dump(mode="json")))
    assert read.text_file == tmp_path / "a.txt"
    right = evaluate([read], [perfect(read)], resamples=1)
    assert (right.validity.quotes, right.validity.verbatim, right.validity.unchecked) == (2, 2, 0)
    wrong = evaluate([read], [row("a", summary(read))], resamples=1)
    assert (wrong.validity.quotes, wrong.validity.verbatim) == (2, 0)
    assert wrong.validity.dropped["quotes"] == 2
    assert wrong.records["visits"].missed == 1
    assert wrong.findings[0].sentences == ["Ana Reyes flies to Oslo."]


@pytest.mark.parametrize(("made_from", "quotes"), [("right", 1), ("other", 0), (None, 1)])
def test_quotes_are_checked_against_the_source_if_it_is_the_text_that_was_read(
    tmp_path: Path, made_from: str | None, quotes: int
) -> None:
    text = "Ana Reyes flies to Oslo."
    source = write(tmp_path / "source.txt", text)
    article = gold(visits=[visit(evidence=["Ana Reyes flies"])])
    ids = {"right": sha256(text.encode()).hexdigest(), "other": "0"}
    stored = summary(article, text) | ({} if made_from is None else {"provenance": {"article_id": ids[made_from]}})
    scored = evaluate([article], [row("a", stored, source=str(source))], resamples=1)
    assert scored.validity.quotes == quotes
    assert scored.validity.unchecked == 1 - quotes
    assert scored.validity.share == 1


def test_a_source_that_is_no_article_any_more_is_not_at_hand(tmp_path: Path) -> None:
    source = tmp_path / "source.txt"
    source.write_bytes(b"\0\1\2" * 50)
    article = gold(visits=[visit()])
    scored = evaluate([article], [row("a", summary(article), source=str(source))], resamples=1)
    assert (scored.validity.quotes, scored.validity.unchecked) == (0, 1)


def test_records_and_keys_of_other_schemas_do_no_harm() -> None:
    stored = summary(PAIR) | {"treaties": [{"id": "t1"}]}
    stored["visits"][0]["mood"] = "good"
    scored = evaluate([PAIR], [row("a", stored)], resamples=1)
    assert scored.validity.share == 1
    assert scored.records["all records"].f1.value == 1


def test_a_quote_that_is_not_in_the_text_is_shown_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Ana Reyes flies to Oslo.")
    article = gold(visits=[visit(evidence=["Ana Reyes sails", "flies"])])
    (read,) = read_gold(write(tmp_path / "a.json", article.model_dump(mode="json")))
    scored = evaluate([read], [row("a", summary())], resamples=1)
    assert scored.findings[0].sentences == ["Ana Reyes sails", "Ana Reyes flies to Oslo."]
    assert QUOTE["text"] not in scored.findings[0].sentences


def test_a_code_that_is_no_state_is_refused(tmp_path: Path) -> None:
    content = json.loads(json.dumps(gold("a", visits=[visit("Ana Reyes", "NOR", "2020")]).model_dump(mode="json")))
    content["record"]["visits"][0]["country"] = "XXX"
    (tmp_path / "a.json").write_text(json.dumps(content))
    with pytest.raises(ConfigurationError, match=r"a\.json is no gold: record\.visits\.0\.country: XXX is no state"):
        read_gold(tmp_path)


def test_gold_without_an_article_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text('{"articles": []}')
    with pytest.raises(ConfigurationError, match="the gold holds no article"):
        evaluate(tmp_path, [row("x", summary())])
