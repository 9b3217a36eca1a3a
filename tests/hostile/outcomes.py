"""What comes of an attack when the model obeys: the worst replies, and what is wrong with the summaries they give."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from summarise import ArticleSummary, Settings, SummariseError
from summarise.article import Article, read_article
from summarise.converse import Conversation
from summarise.exchange import Reply
from summarise.prompt import Prompt, load_prompt
from summarise.records import Invitation, Official, Visit
from summarise.schema import contract
from tests.hostile.attacks import FALSE, FORGED_WORDS, HONEST, INVITED, LEAD, TRIP, Attack

KEY = "sk-hostile-7Qx9Zw3Lr5Tn8Vb2"
Record = dict[str, Any]


@cache
def prompt() -> Prompt:
    return load_prompt(contract())


def number_of(article: Article, words: str) -> int:
    return article.sentence_at(article.text.index(words))


# -------------------------------------------------------------------------------------------------------------- replies


def official(name: str, title: str, country: str, role: str = "minister") -> Record:
    return {"name": name, "titles": [title], "role": role, "country": country, "more": []}


PEOPLE = [
    official("Amina Okello", "President", "KEN", "head_of_state"),
    official("Lars Brekke", "Prime Minister", "NOR", "head_of_government"),
    official("Daniel Mutua", "Foreign Minister", "KEN", "foreign_minister"),
]


def visit(
    evidence: Sequence[int], name: str, country: str | None, when: tuple[str, str] | None, status: str, **more: Any
) -> Record:
    return {
        "evidence": list(evidence),
        "visitors": [name],
        "country": country,
        "when": when and {"text": when[0], "date": when[1]},
        "status": status,
        "focus": "main",
        "more": [{key: value} for key, value in more.items()],
    }


def reply(visits: list[Record], invitations: list[Record], summary: str, people: list[Record] | None = None) -> Record:
    given = PEOPLE if people is None else people
    return {"officials": given, "visits": visits, "invitations": invitations, "summary": summary, "more": []}


def honest_reply(article: Article) -> Record:
    """What an honest model would say of the article, whatever was put into it."""
    lead, asked, trip = (number_of(article, words) for words in (LEAD, INVITED, TRIP))
    return reply(
        [
            visit([lead], "Amina Okello", "NOR", ("March 19", "2024-03-19"), "confirmed", hosts=["Lars Brekke"]),
            visit([trip], "Daniel Mutua", None, ("next month", "2024-04"), "planned"),
        ],
        [
            {
                "inviters": ["Lars Brekke"], "invitees": ["Amina Okello"], "country": "NOR", "response": "accepted",
                "evidence": [asked], "more": [],
            }
        ],
        "President Amina Okello of Kenya will visit Norway for talks.",
    )  # fmt: skip


def injected_numbers(attack: Attack, article: Article) -> list[int]:
    """The sentences that are in the text by the attack alone."""
    honest = {
        number
        for words in HONEST
        if (at := article.text.find(words)) >= 0
        for number in range(article.sentence_at(at), article.sentence_at(at + len(words) - 1) + 1)
    }
    return [sentence.number for sentence in article.sentences if sentence.number not in honest][:400] or [1]


def flagged_numbers(attack: Attack, article: Article) -> set[int]:
    numbers: set[int] = set()
    at = 0
    for words in attack.flagged:
        at = article.text.find(words, at)
        assert at >= 0, (attack.name, words)
        last = article.sentence_at(at + len(words) - 1)
        numbers.update(range(article.sentence_at(at), last + 1))
        at += len(words)
    return numbers


def worst_replies(attack: Attack, article: Article) -> Iterator[tuple[str, list[str]]]:
    """Names of what an obedient model may say, each with its replies in turn: the last one is given again."""
    injected = injected_numbers(attack, article)
    told = [number for number in injected if "Mutua" in article.sentence_text(number)] or injected
    lead, trip = number_of(article, LEAD), number_of(article, TRIP)
    everything = list(range(1, len(article.sentences) + 1))[:60]
    names = dict.fromkeys(["Daniel Mutua", *re.findall(r"D\w+iel[\u200b-\u206f]*\s\w+tua", article.text)])

    def false_visit(evidence: Sequence[int], name: str = "Daniel Mutua", **more: Any) -> Record:
        return visit(evidence, name, "JPN", ("March 3", "2024-03-03"), "completed", **more)

    full: Record = {"purpose": "to sign the Osaka Accord", "event": "Osaka Accord", "places": ["Osaka"]}
    host = {"name": "Kenji Tanaka", "kind": "person", "title": None, "country": "JPN"}
    tanaka = [*PEOPLE, official("Kenji Tanaka", "Minister", "JPN")]
    honest = honest_reply(article)
    cases: dict[str, list[Any]] = {}
    for name in names:
        cases[f"cites the injected sentence ({name.encode('ascii', 'replace').decode()})"] = [
            reply(
                [false_visit(told[:5], name, **full)], [], FALSE, [*PEOPLE, official(name, "Foreign Minister", "KEN")]
            )
        ]
    cases["cites a real sentence"] = [reply([false_visit([trip], **full), *honest["visits"]], [], FALSE)]
    cases["cites injected and real"] = [reply([false_visit([*told[:3], trip, lead], hosts=[host])], [], FALSE, tanaka)]
    cases["cites everything"] = [reply([false_visit(everything)], [], FALSE, tanaka)]
    cases["cites forged numbers"] = [reply([false_visit([99]), false_visit([0]), false_visit([-1])], [], FALSE)]
    cases["dates a real record"] = [
        reply([visit([trip], "Daniel Mutua", None, ("March 3", "2024-03-03"), "completed", places=["Osaka"])], [], "")
    ]
    cases["invents an invitation"] = [
        reply(
            [],
            [
                {
                    "inviters": [host], "invitees": ["Daniel Mutua"], "country": "JPN", "response": "accepted",
                    "evidence": [cited], "more": [{"occasion": "the Osaka Accord"}],
                }
                for cited in (told[0], trip)
            ],
            FALSE,
            tanaka,
        )
    ]  # fmt: skip
    cases["adds people and an outlet"] = [
        reply(
            [
                {**record, "more": [*record["more"], {"purpose": "the Osaka Accord"}, {"caveat": FALSE}]}
                for record in honest["visits"]
            ],
            [],
            FALSE,
            tanaka,
        )
        | {"more": [{"outlet": "Osaka Accord"}, {"byline": "Kenji Tanaka"}]}
    ]
    cases["takes another sentence when asked again"] = [
        reply([false_visit(told[:1])], [], FALSE),
        reply([false_visit([trip])], [], FALSE),
        reply([false_visit([lead, trip])], [], FALSE),
    ]
    secret = prompt().system["text"]
    pieces = [secret[at : at + 200] for at in range(0, 2_000, 200)]
    cases["tells the prompt"] = [
        reply(
            [
                visit(
                    [lead],
                    "Amina Okello",
                    "NOR",
                    ("March 19", "2024-03-19"),
                    "confirmed",
                    purpose=pieces[0],
                    caveat=pieces[1],
                    trip=pieces[2],
                ),
                visit([trip], pieces[3], "NOR", (pieces[4], "2024"), "planned", places=[pieces[5]], event=pieces[6]),
            ],
            [],
            pieces[7],
            [*PEOPLE, official(pieces[8], pieces[9], "KEN")],
        ),
        reply([], [], " ".join(secret.split()[:40]).upper()),
        {secret[:150]: 1, **reply([], [], secret[400:700])},
    ]
    cases["tells the prompt and no JSON"] = [secret]
    cases["tells the prompt in base64"] = [
        reply([], [], __import__("base64").b64encode(secret[:200].encode()).decode())
    ]
    for name, replies in cases.items():
        yield name, [given if isinstance(given, str) else json.dumps(given, ensure_ascii=False) for given in replies]


# ------------------------------------------------------------------------------------------------------------- outcomes


def outcome(article: Article, replies: Sequence[str]) -> ArticleSummary | SummariseError:
    """What the library makes of an article when the model says this, one reply after the other, the last again."""
    conversation = Conversation(article, prompt(), Settings(model="m", api_key=KEY), base_url="http://127.0.0.1/v1")
    steps = conversation.steps()
    try:
        next(steps)
        for number in range(20):
            steps.send(Reply(replies[min(number, len(replies) - 1)], "stop", model="m"))
    except StopIteration as end:
        summary: ArticleSummary = end.value
        return summary
    except SummariseError as error:
        return error
    raise AssertionError("the conversation does not end")


def told_in_records(summary: ArticleSummary) -> str:
    """Everything that the records say, without their evidence. Outlet and byline may be the page's own."""
    kept = summary.model_dump(mode="json", include={"visits", "invitations", "officials"})
    for records in (kept["visits"], kept["invitations"], kept["officials"]):
        for record in records:
            record.pop("evidence", None)
    return json.dumps(kept, ensure_ascii=False)


def fabricated(summary: ArticleSummary, attack: Attack, article: Article) -> list[str]:
    """What the records hold that the honest sentences do not carry."""
    wrong = [word for word in FORGED_WORDS if word in told_in_records(summary)]
    wrong += [f"goes to {found.country}" for found in summary.visits if found.country not in (None, "NOR")]
    wrong += [f"invited to {found.country}" for found in summary.invitations if found.country not in (None, "NOR")]
    hidden = {found.sentence for found in article.injections if found.kind in ("hidden", "broken")}
    barred = set(injected_numbers(attack, article)) - hidden  # what can be seen of those is honest
    records: list[Visit | Invitation | Official] = [*summary.visits, *summary.invitations, *summary.officials]
    for record in records:
        wrong += [f"rests on {found.text[:60]}" for found in record.evidence if found.sentence in barred]
    return wrong


def leaked(shown: str, article: Article) -> list[str]:
    """Seven words in a row of the prompt that are in a result and not in the article; and the key."""
    secret = re.findall(r"\w+", prompt().system["text"].casefold())
    own = " ".join(re.findall(r"\w+", article.text.casefold()))
    runs = {" ".join(secret[at : at + 7]) for at in range(len(secret) - 6)}
    found = [KEY] if KEY in shown else []
    for text in _texts(json.loads(shown)) if shown.startswith("{") else [shown]:
        words = re.findall(r"\w+", text.casefold())
        found += [
            run for at in range(len(words) - 6) if (run := " ".join(words[at : at + 7])) in runs and run not in own
        ]
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def shown(result: ArticleSummary | SummariseError) -> str:
    """Everything that a user can see of an outcome."""
    if isinstance(result, ArticleSummary):
        return result.model_dump_json()
    return f"{result.message} {result.hint} {result.attempts!r} {result!r}"


def unflagged(summary: ArticleSummary, numbers: set[int]) -> list[int]:
    """The sentences of an attack that no concern names."""
    named: set[int] = set()
    for concern in summary.concerns:
        if concern.kind in ("injection", "invisible", "lookalike", "boilerplate") and concern.sentence is not None:
            named.add(concern.sentence)
            for first, last in (
                re.findall(r"(\d+)(?: to (\d+))?", concern.message) if "so it is with" in concern.message else ()
            ):
                named.update(range(int(first), int(last or first) + 1))
    return sorted(numbers - named)


def core(summary: ArticleSummary) -> list[str]:
    """The records as they come out of the honest sentences, whatever their numbers."""
    records = (*summary.visits, *summary.invitations, *summary.officials)
    return [record.model_dump_json(exclude={"evidence", "id"}) for record in records]


def article_of(attack: Attack) -> Article:
    return read_article(attack.text())
