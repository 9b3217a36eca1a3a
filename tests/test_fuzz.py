"""The rules that fuzzing tries (`fuzz/`), on inputs that hypothesis makes; and the command that tries them.

`pytest tests/test_fuzz.py --hypothesis-profile thorough` tries fifty times as many.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import articles, judging, schemas
from fuzz.__main__ import main
from fuzz.campaign import try_again
from fuzz.models import Made, summaries
from fuzz.target import Target
from fuzz.targets import NAMES, target
from summarise.article import Article, injections, read_article, trusted
from summarise.article.injection_kinds import Span
from summarise.judge import judge
from summarise.schema import contract
from tests.soundness import check_trusted
from tests.test_converse import REPLY, TEXT

ROOT = Path(__file__).resolve().parent.parent
TIMES = 50 if settings.get_current_profile_name() == "thorough" else 1


def tries(number: int) -> settings:
    return settings(max_examples=number * TIMES, deadline=None, suppress_health_check=list(HealthCheck))


def inputs(wanted: Target) -> st.SearchStrategy[bytes]:
    """Bytes, words of the target, and its seeds, changed."""
    seeds = [content for _, content in wanted.seeds()]
    words = st.lists(st.sampled_from(wanted.words), max_size=12).map(
        lambda found: "".join(found).encode("utf-8", "replace")
    )
    drawn = st.tuples(st.sampled_from(seeds), st.integers(0, 2**32), st.integers(1, 4))
    return st.binary(max_size=200) | words | drawn.map(lambda given: _changed(wanted, *given))


def _changed(wanted: Target, content: bytes, seed: int, times: int) -> bytes:
    chance = Random(seed)
    for _ in range(times):
        if wanted.mutate is not None:
            content = wanted.mutate(content, chance)
        else:
            at = chance.randrange(len(content) + 1)
            word = chance.choice(wanted.words).encode()
            content = content[:at] + word + content[at + chance.choice((0, 1, len(word))) :]
    return content[: wanted.longest]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "schemas"])
def test_the_rule_holds(name: str) -> None:
    wanted = target(name)

    @tries(60)
    @given(inputs(wanted))
    def holds(data: bytes) -> None:
        wanted.check(data)

    holds()


@tries(15)
@given(summaries(), st.data())
def test_the_rule_about_schemas_holds(made: Made, data: st.DataObject) -> None:
    schemas.check_model(made, data, slowly=True)


@pytest.mark.parametrize("name", NAMES)
def test_the_rule_holds_of_the_inputs_that_a_corpus_begins_with(name: str) -> None:
    wanted = target(name)
    for _, content in wanted.seeds():
        wanted.check(content)


def _barred() -> tuple[Article, str]:
    """An article whose only sentence about a visit speaks to the program, and a reply that cites it."""
    sentence = read_article(TEXT).sentence_text(2)
    return read_article(TEXT.replace(sentence, f"<|im_start|> {sentence}")), json.dumps(REPLY)


@pytest.mark.parametrize(
    "changed",
    [lambda spans: [], lambda spans: [(0, end) for _, end in spans], lambda spans: [(a, b - 1) for a, b in spans]],
    ids=["nothing blotted", "too much", "too little"],
)
def test_the_rule_about_articles_sees_a_copy_that_is_blotted_otherwise(
    changed: Callable[[Sequence[Span]], list[Span]], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = _barred()[0].text.encode()
    articles.check(text)
    blotted = trusted.trusted_text
    monkeypatch.setattr(injections, "trusted_text", lambda text, spans: blotted(text, changed(spans)))
    with pytest.raises(AssertionError):
        articles.check(text)


def test_the_rule_about_the_judge_sees_a_record_that_rests_on_a_barred_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article, reply = _barred()
    assert article.barred == {2}
    judging.check_verdict(article, reply)
    monkeypatch.setattr(Article, "barred", frozenset())
    trusting = judge(reply, replace(article, trusted=article.text), contract()).summary
    assert trusting is not None
    assert trusting.visits
    monkeypatch.undo()
    with pytest.raises(AssertionError, match="sentence 2 is no evidence"):
        check_trusted(trusting, replace(article, trusted=article.text))
    with pytest.raises(AssertionError, match="which only a barred sentence has"):
        check_trusted(trusting, article)


def test_inputs_from_files_are_tried_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good").write_bytes(b'{"a": 1}')
    assert main(["replies", str(tmp_path / "good"), str(tmp_path)]) == 0
    assert capsys.readouterr().out == "replies: 2 inputs tried, no finding\n"
    assert main([]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(NAMES)
    for wrong in (["replies"], ["replies", str(tmp_path / "none")], ["nothing"], ["replies", "--seconds", "0"]):
        with pytest.raises(SystemExit):
            main(wrong)


def test_a_finding_names_the_file(tmp_path: Path) -> None:
    def check(data: bytes) -> None:
        assert not data

    (tmp_path / "bad").write_bytes(b"x")
    with pytest.raises(AssertionError) as found:
        try_again(Target("", check, lambda: iter(())), [tmp_path])
    assert str(tmp_path / "bad") in found.value.__notes__[0]


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is for Linux and macOS")
def test_the_fuzzer_runs_and_counts() -> None:
    command = [sys.executable, "-m", "fuzz", "replies", "--seconds", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "edges covered" in done.stdout
    assert not done.stdout.startswith("replies: 0 executions")
