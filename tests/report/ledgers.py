"""Ledgers made up for the tests of the report: rows whose evidence stands in a text, and rows that wish no good."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

Raw = dict[str, Any]

NONE: Raw = {"text": None, "start": None, "end": None, "precision": "none", "basis": "none"}

OSLO = """Peru's minister in Oslo

OSLO, March 12, 2024 – Foreign Minister Ana Reyes of Peru arrived in Oslo on Monday.

King Harald had invited her in January. She will fly to Lima in April 2024, and may go to Quito soon. 🌲 A visit to \
Hanoi was cancelled.
"""


def cited(text: str, *sentences: str) -> list[Raw]:
    """Evidence for each of these parts of the text."""
    return [
        {"sentence": 1 + text.count(".", 0, start), "start": start, "end": start + len(sentence), "text": sentence}
        for sentence in sentences
        for start in [text.index(sentence)]
    ]


def person(name: str, country: str | None = "PER", title: str | None = None) -> Raw:
    return {"name": name, "kind": "person", "title": title, "country": country}


def span(start: str | None = None, end: str | None = None, precision: str = "day", text: str | None = None) -> Raw:
    return {"text": text, "start": start, "end": end, "precision": precision, "basis": "explicit"}


def visit(country: str | None, when: Raw, status: str, evidence: list[Raw], **more: Any) -> Raw:
    return {
        "visitors": [person("Ana Reyes")],
        "country": country,
        "when": when,
        "status": status,
        "focus": "main",
        "evidence": evidence,
        **more,
    }


def summary(text: str | None = None, **more: Any) -> Raw:
    article_id = sha256(text.encode()).hexdigest() if text is not None else "0" * 64
    provenance = {"version": "0", "model": "m", "prompt_id": "p", "schema_id": "s", "article_id": article_id}
    empty: Raw = {"visits": [], "invitations": [], "officials": [], "concerns": [], "rejected": [], "summary": ""}
    return {**empty, "provenance": provenance, **more}


def row(id: str, summary: Raw | None, source: str = "nowhere.txt", **more: Any) -> Raw:
    status = "failed" if summary is None else "ok"
    return {"id": id, "source": source, "status": status, "summary": summary, **more}


def failed(id: str) -> Raw:
    return row(
        id, None, error={"kind": "BinaryArticle", "message": "looks like a PDF file", "hint": "Extract the text."}
    )


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    lines = (json.dumps(each, separators=(",", ":")) for each in rows)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def oslo(id: str = "oslo", source: str = "oslo.txt") -> Raw:
    """A row about the text `OSLO`, with something of everything."""
    arrived = "Foreign Minister Ana Reyes of Peru arrived in Oslo on Monday."
    invited = "King Harald had invited her in January."
    coming = "She will fly to Lima in April 2024, and may go to Quito soon."
    off = "A visit to Hanoi was cancelled."
    harald = person("King Harald", "NOR")
    return row(
        id,
        summary(
            OSLO,
            headline="Peru's minister in Oslo",
            published="2024-03-12",
            outlet="The Courier",
            summary="Peru's foreign minister is in Oslo.",
            visits=[
                visit(
                    "NOR",
                    span("2024-03-11"),
                    "ongoing",
                    cited(OSLO, arrived, invited),
                    places=["Oslo"],
                    invitation="i1",
                ),
                visit("PER", span("2024-04", precision="month"), "planned", cited(OSLO, coming)),
                visit("ECU", span(precision="vague", text="soon"), "speculated", cited(OSLO, coming)),
                visit("VNM", NONE, "cancelled", cited(OSLO, off), focus="background"),
            ],
            invitations=[
                {
                    "id": "i1",
                    "inviters": [harald],
                    "invitees": [person("Ana Reyes")],
                    "country": "NOR",
                    "response": "accepted",
                    "evidence": cited(OSLO, invited),
                    "extended": span("2024-01", precision="month", text="in January"),
                    "status": "extended",
                },
                {
                    "inviters": [person("a host", None)],
                    "invitees": [person("Ana Reyes")],
                    "country": "ECU",
                    "response": "pending",
                    "evidence": cited(OSLO, coming),
                },
            ],
            officials=[
                {
                    "name": "Ana Reyes",
                    "variants": ["Reyes"],
                    "titles": ["Foreign Minister"],
                    "role": "foreign_minister",
                    "country": "PER",
                    "tenure": "current",
                    "evidence": cited(OSLO, arrived),
                }
            ],
            concerns=[
                {"path": "visits[2].when", "kind": "vague_date", "message": "soon may mean anything", "sentence": 3},
                {"path": "published", "kind": "year_inferred", "message": "the year is only likely", "sentence": None},
            ],
            rejected=[{"type": "visits", "reasons": ["nobody travels"], "reply": {"who": "nobody"}}],
        ),
        source,
    )


def many(count: int) -> list[Raw]:
    """So many articles with one visit each, a day apart."""
    rows = []
    for number in range(count):
        day = f"20{10 + number // 336:02}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        text = f"Envoy Number{number} came to Oslo."
        going = visit("NOR", span(day), "completed", cited(text, text), visitors=[person(f"Number{number}", "FIN")])
        rows.append(row(f"a{number}", summary(text, headline=f"Visit {number}", published=day, visits=[going])))
    return rows


EVIL = (
    "<script>window.ran = 'script'</script>",
    "</script><script>window.ran = 'broken out'</script>",
    "<!--<script>",
    "<img src=x onerror=\"window.ran = 'handler'\">",
    "\"><svg onload=window.ran='svg'>",
    "javascript:window.ran='link'",
    "' onmouseover='window.ran=1' x='",
    "\u2028window.ran='separator'\u2029//",
    "{{ 7 * 7 }}{% raw %}",
    "\u202ekcab\u202c \u2066isolated \u200b\u0000",
)


def evil(value: Any, attack: str) -> Any:
    """The value with every text in it replaced by the attack; what a page decides by stays."""
    kept = (
        "id",
        "path",
        "status",
        "focus",
        "response",
        "precision",
        "basis",
        "article_id",
        "start",
        "end",
        "published",
    )
    match value:
        case dict():
            return {key: each if key in kept else evil(each, attack) for key, each in value.items()}
        case list():
            return [evil(each, attack) for each in value]
        case str():
            return attack
    return value


def hostile_rows(attacks: Sequence[str] = EVIL) -> list[Raw]:
    """For each attack a row with a text, one without, one that failed, and one whose closed lists are attacked too."""
    rows: list[Raw] = []
    for number, attack in enumerate(attacks):
        good = oslo()["summary"]
        own = {
            "agreements": [{"subject": attack, attack: attack, "evidence": good["visits"][0]["evidence"]}],
            attack: attack,
        }
        rows += [
            row(f"{attack} {number}", {**evil(good, attack), "provenance": good["provenance"], **own}, attack),
            row(f"{attack} bare {number}", evil({**good, "provenance": None}, attack), attack),
            row(f"{attack} failed {number}", None, attack, error={"kind": attack, "message": attack, "hint": attack}),
            row(f"closed {number}", _everything(good, attack), attack),
        ]
    return rows


def _everything(value: Any, attack: str) -> Any:
    match value:
        case dict():
            return {key: _everything(each, attack) for key, each in value.items()}
        case list():
            return [_everything(each, attack) for each in value]
        case str() | None:
            return attack
    return value


SHAPES: tuple[Any, ...] = (
    None,
    7,
    -1.5,
    True,
    "text",
    "2024-99",
    [],
    [1, None, "x"],
    {},
    {"a": {"b": [1, None]}},
    [[{}]],
    [{}],
)


def misshapen_rows() -> list[Raw]:
    """For each shape a row whose summary has it everywhere, and one whose records have it, one field at a time."""
    rows = []
    for number, shape in enumerate(SHAPES):
        good = oslo()["summary"]
        rows.append(row(f"all-{number}", dict.fromkeys(good, shape) | {"own": shape}))
        records = {
            name: _spoilt(good[name], shape) for name in ("visits", "invitations", "officials", "concerns", "rejected")
        }
        rows.append(row(f"records-{number}", {**good, **records}))
        inner = {"when": dict.fromkeys(NONE, shape), "visitors": [dict.fromkeys(person(""), shape)]}
        deep = [
            {**good["visits"][0], **inner, "evidence": [dict.fromkeys(("sentence", "start", "end", "text"), shape)]}
        ]
        rows.append(
            row(f"deep-{number}", {**good, "visits": deep, "provenance": dict.fromkeys(good["provenance"], shape)})
        )
    return rows


def _spoilt(records: list[Raw], shape: Any) -> list[Raw]:
    return [{**records[0], field: shape} for field in records[0]]
