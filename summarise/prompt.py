"""The prompt files filled in: a fixed beginning, then the article as data.

The system message depends on the prompt files, the schema and the rung alone, so it is the same bytes for every article
and a provider's prompt cache can serve it. The article follows in a message of its own: one numbered sentence a line,
white space folded (a line break inside a sentence cannot forge a number), between tags that carry a part of the
article's own hash (a text cannot contain the tag that would close it).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import JsonValue

from summarise.article import Article, read_article
from summarise.errors import PromptError
from summarise.exchange import Request, Rung
from summarise.resources import resource_folder
from summarise.schema import ReplyContract, flatten, validate

_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
_NEEDED = {
    "system.md": {"fields", "examples", "format"},
    "article.md": {"reference", "language", "tag", "sentences"},
    "complaint.md": {"faults"},
}
_FORMATS: Mapping[Rung, str] = {
    "json_schema": "",
    "json_object": "The object must satisfy this JSON Schema:\n",
    "text": "Write the object alone, without code fence or comment. It must satisfy this JSON Schema:\n",
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """Prompt files filled in for one reply contract.

    `prompt_id` is the hash of the files; `left_out` names worked examples that do not fit the contract.
    """

    prompt_id: str
    contract: ReplyContract
    system: Mapping[Rung, str]
    article_template: str
    complaint_template: str
    left_out: tuple[str, ...]

    def request(
        self, article: Article, rung: Rung, max_output_tokens: int, shown: Iterable[int] | None = None
    ) -> Request:
        """The first question about an article, or about those of its sentences that are `shown`."""
        messages = (
            {"role": "system", "content": self.system[rung]},
            {"role": "user", "content": self.article_message(article, shown)},
        )
        contract = self.contract
        return Request(messages, rung, contract.wire_schema, contract.schema_name, max_output_tokens)

    def complaint(
        self,
        article: Article,
        rung: Rung,
        max_output_tokens: int,
        reply: str,
        faults: tuple[str, ...],
        shown: Iterable[int] | None = None,
    ) -> Request:
        """The question again, with the last reply and what is wrong with it; never a growing history."""
        first = self.request(article, rung, max_output_tokens, shown)
        messages = (
            *first.messages,
            {"role": "assistant", "content": reply},
            {"role": "user", "content": self.complaint_message(faults)},
        )
        return Request(messages, rung, first.schema, first.schema_name, max_output_tokens, "complaint")

    def complaint_message(self, faults: Iterable[str]) -> str:
        """What is wrong with a reply, one fault a line."""
        return _fill(self.complaint_template, {"faults": "\n".join(f"- {fault}" for fault in faults)})

    def article_message(self, article: Article, shown: Iterable[int] | None = None) -> str:
        """The article as data: what is known of it, then its numbered sentences between tags.

        `shown` are the numbers of the sentences to show, in order (default: all); what is left out is named.
        """
        values = {
            "reference": _reference(article),
            "language": article.language or "unknown",
            "tag": f"article-{article.id[:12]}",
            "sentences": numbered_sentences(article) if shown is None else _some_sentences(article, shown),
        }
        return _fill(self.article_template, values)


def numbered_sentences(article: Article) -> str:
    """One line per sentence: `[7] …`, or `[7 boilerplate] …` for one that is no part of the news."""
    return "\n".join(sentence_lines(article))


def sentence_lines(article: Article, shown: Iterable[int] | None = None) -> list[str]:
    """The line of each sentence, or of those that are `shown`, as `numbered_sentences` has them."""
    text = article.text
    sentences = article.sentences if shown is None else [article.sentences[number - 1] for number in shown]
    return [
        f"[{number}{' boilerplate' if boilerplate else ''}] {_on_one_line(text[start:end])}"
        for number, start, end, boilerplate in sentences
    ]


def gap_line(first: int, last: int) -> str:
    """The line for sentences that are left out. No article can hold it: each of its own lines begins with a number."""
    return f"(sentence {first} is not shown)" if first == last else f"(sentences {first} to {last} are not shown)"


def _some_sentences(article: Article, shown: Iterable[int]) -> str:
    numbers = list(shown)
    lines: list[str] = []
    before = 0
    for number, line in zip(numbers, sentence_lines(article, numbers), strict=True):
        if number > before + 1:
            lines.append(gap_line(before + 1, number - 1))
        lines.append(line)
        before = number
    if before < len(article.sentences):
        lines.append(gap_line(before + 1, len(article.sentences)))
    return "\n".join(lines)


def _on_one_line(sentence: str) -> str:
    sentence = sentence.strip()
    if sentence.isprintable() and "  " not in sentence:  # then its white space is single blanks
        return sentence
    return " ".join(sentence.split())


def _reference(article: Article) -> str:
    if article.published is not None:
        return article.published
    if article.possible_published:
        return f"unknown; by its weekday one of {', '.join(article.possible_published)}"
    return "unknown"


def load_prompt(contract: ReplyContract, folder: Path | None = None) -> Prompt:
    """Reads the prompt files of `folder` (default: those of the package) and fills in what is fixed.

    Raises `PromptError` if a file is missing or lacks a placeholder. Those of the package are read once.
    """
    return _packaged(contract) if folder is None else _load(contract, folder)


@lru_cache(maxsize=32)
def _packaged(contract: ReplyContract) -> Prompt:
    return _load(contract, resource_folder("prompts"))


def _load(contract: ReplyContract, place: Path) -> Prompt:
    files = {name: _read(place / name) for name in _NEEDED}
    for name, needed in _NEEDED.items():
        _require_placeholders(place / name, files[name], needed)
    example_files = _example_files(place / "examples")
    examples, left_out = _examples(example_files, contract)
    parts = [*files.values(), *(_read(path) for text in example_files for path in (text, text.with_suffix(".json")))]
    digest = hashlib.sha256("\x00".join(parts).encode()).hexdigest()
    schema_text = json.dumps(contract.wire_schema, ensure_ascii=False, separators=(",", ":"))
    system = {
        rung: _fill(
            files["system.md"],
            {
                "fields": contract.fields_text,
                "examples": examples,
                "format": (lead + schema_text) if lead else "",
            },
        ).strip()
        for rung, lead in _FORMATS.items()
    }
    return Prompt(f"sha256:{digest[:16]}", contract, system, files["article.md"], files["complaint.md"], left_out)


def _example_files(folder: Path) -> list[Path]:
    """The articles of the worked examples; each has its reply beside it. There need be none."""
    if not folder.is_dir():
        raise PromptError(
            f"the prompt folder {folder.parent} has no folder examples/", hint="Make it; it may be empty."
        )
    texts = sorted(folder.glob("*.txt"))
    alone = sorted({path.stem for path in folder.glob("*.json")} - {path.stem for path in texts})
    if alone:
        raise PromptError(
            f"the worked example {folder / alone[0]}.json has no article beside it",
            hint=f"Put {alone[0]}.txt there, or take the reply away.",
        )
    return texts


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8"
        raise PromptError(
            f"the prompt file {path} cannot be read: {why}",
            hint="Give a folder with system.md, article.md, complaint.md and examples/, or install summarise again.",
        ) from None


def _require_placeholders(path: Path, text: str, needed: set[str]) -> None:
    found = set(_PLACEHOLDER.findall(text))
    if found != needed:
        missing, unknown = sorted(needed - found), sorted(found - needed)
        raise PromptError(
            f"the prompt file {path} has other placeholders than it should: missing {missing}, unknown {unknown}",
            hint="Write them as {{name}}.",
        )


def _fill(template: str, values: Mapping[str, str]) -> str:
    # One pass: a placeholder inside a value (an article may hold one) is never filled in.
    return _PLACEHOLDER.sub(lambda match: values[match.group(1)], template)


def _examples(texts: list[Path], contract: ReplyContract) -> tuple[str, tuple[str, ...]]:
    shown, left_out = [], []
    for path in texts:
        reply = _example_reply(path.with_suffix(".json"))
        if _fits(reply, contract):
            article = read_article(_read(path), name=path.name)
            compact = json.dumps(reply, ensure_ascii=False, separators=(",", ":"))
            shown.append(f"Article of {_reference(article)}:\n{numbered_sentences(article)}\nReply:\n{compact}")
        else:
            left_out.append(path.stem)
    return "\n\n".join(shown), tuple(left_out)


def _example_reply(path: Path) -> JsonValue:
    try:
        reply: JsonValue = json.loads(_read(path))
    except ValueError as problem:
        raise PromptError(f"the worked example {path} is no JSON: {problem}", hint="Write one reply in it.") from None
    return reply


def _fits(reply: JsonValue, contract: ReplyContract) -> bool:
    flat = flatten(reply, contract)
    return not flat.faults and not validate(flat.value, contract).faults
