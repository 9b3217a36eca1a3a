"""The schemas: what is asked of a model, how a reply is read, and what a change of fields breaks."""

import enum
import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import Field, create_model
from typing_extensions import TypeAliasType

from summarise.errors import SchemaError
from summarise.records import (
    DERIVED,
    ArticleSummary,
    Attribution,
    CountryCode,
    DateSpan,
    Evidence,
    PartialDate,
    Party,
    Record,
    Visit,
)
from summarise.schema import (
    check,
    contract,
    diff,
    flatten,
    record_schema,
    reply_schema_file,
    strict_faults,
    validate,
    write,
)

STANDARD = contract()


class MyVisit(Visit):
    """one per journey"""

    airline: str | None = Field(default=None, description="carrier, verbatim")


class Treaty(Record):
    """an agreement that is signed"""

    title: str
    signed: DateSpan
    lapses: DateSpan = DateSpan(start="2030", end="2031", text="by 2031")
    evidence: list[Evidence] = Field(min_length=1)
    first: Evidence = Evidence(sentence=4, start=0, end=1, text="x")
    parties: list[Party] = Field(min_length=2, max_length=9)
    witness: Party | None = None
    extension: DateSpan | None = None
    host: Party = Party(name="Bern", kind="government", country="CHE")


class Mood(enum.Enum):
    WARM = "warm"
    COLD = "cold"


Score = TypeAliasType("Score", Annotated[int, Field(ge=0, le=10)])


class Tone(Record):
    """how it is told"""

    mood: Mood = Mood.WARM
    stars: Literal[1, 2, 3, None]
    score: Score
    share: float = Field(gt=0, lt=1)
    step: Annotated[int, Field(multiple_of=5)]
    code: str = Field(pattern="^[a-z]+$", min_length=2)
    calm: bool
    home: CountryCode
    year: PartialDate
    grid: list[list[str]]


class MySummary(ArticleSummary):
    """What one article says."""

    visits: list[MyVisit]  # type: ignore[assignment]
    treaties: list[Treaty]
    tone: Tone
    urgency: Literal["low", "high"]


MINE = contract(MySummary)

VISIT: dict[str, Any] = {
    "evidence": [1, 2],
    "visitors": ["Ana Horvat", {"name": "aides", "kind": "delegation", "title": None, "country": "HRV"}],
    "country": "PRT",
    "when": {"text": "May 2-4", "date": "2024-05-02/2024-05-04"},
    "status": "planned",
    "focus": "main",
    "more": [{"hosts": ["Rui Costa"]}, {"purpose": "talks"}, {"sources": [{"name": None, "kind": "media"}]}],
}
INVITATION: dict[str, Any] = {
    "evidence": [2], "inviters": ["Rui Costa"], "invitees": ["Ana Horvat"], "country": "PRT", "response": "accepted",
    "more": [{"proposed": {"text": "in May", "date": "2024-05"}}, {"channel": "letter"}],
}  # fmt: skip
OFFICIAL: dict[str, Any] = {
    "name": "Ana Horvat", "titles": ["Prime Minister"], "role": "head_of_government", "country": "HRV", "more": [],
}  # fmt: skip
REPLY: dict[str, Any] = {
    "officials": [OFFICIAL, {**OFFICIAL, "name": "Rui Costa", "country": "PRT", "more": [{"tenure": "former"}]}],
    "visits": [VISIT, {**VISIT, "when": None, "country": None, "more": []}],
    "invitations": [INVITATION],
    "summary": "Horvat goes to Lisbon.",
    "more": [{"agencies": ["Hina"]}],
}
EMPTY: dict[str, Any] = {"officials": [], "visits": [], "invitations": [], "summary": "Nothing.", "more": []}
TONE: dict[str, Any] = {
    "stars": None, "score": 7, "share": 0.5, "step": 10, "code": "ab", "calm": True, "home": "CHE", "year": "2024",
    "grid": [["a"], []], "mood": "cold",
}  # fmt: skip
TREATY: dict[str, Any] = {
    "evidence": [1],
    "title": "Pact",
    "signed": None,
    "parties": ["Ana Horvat", "Rui Costa"],
    "more": [{"witness": "Rui Costa"}],
}
MY_REPLY: dict[str, Any] = {
    **EMPTY,
    "visits": [{**VISIT, "more": [{"airline": "TAP"}]}],
    "treaties": [TREATY],
    "tone": TONE,
    "urgency": "low",
}


def read(reply: Any, made: Any = STANDARD) -> tuple[Any, list[str]]:
    flat = flatten(reply, made)
    checked = validate(flat.value, made)
    return checked.reply, [str(fault) for fault in (*flat.faults, *checked.faults)]


def mended(reply: Any, made: Any = STANDARD) -> list[str]:
    return [repair.kind for repair in flatten(reply, made).repairs]


# What is sent


@pytest.mark.parametrize("made", [STANDARD, MINE], ids=["standard", "own"])
def test_wire_schema_is_strict_and_valid(made: Any) -> None:
    assert strict_faults(made.wire_schema) == []
    Draft202012Validator.check_schema(made.wire_schema)
    text = json.dumps(made.wire_schema)
    assert '"default"' not in text
    assert '"pattern"' not in text


@pytest.mark.parametrize(("made", "reply"), [(STANDARD, REPLY), (STANDARD, EMPTY), (MINE, MY_REPLY)])
def test_replies_fit_the_wire_schema_and_are_read(made: Any, reply: dict[str, Any]) -> None:
    Draft202012Validator(made.wire_schema).validate(reply)
    before = json.dumps(reply)
    instance, faults = read(reply, made)
    assert faults == []
    assert mended(reply, made) == []
    assert instance.summary == reply["summary"]
    assert json.dumps(reply) == before


def test_reply_holds_what_was_told_and_the_defaults() -> None:
    instance, _ = read(REPLY)
    told, bare = instance.visits
    assert told.hosts == ["Rui Costa"]
    assert told.visitors[1].kind == "delegation"
    assert told.when.date == "2024-05-02/2024-05-04"
    assert told.sources[0].kind == "media"
    assert bare.when is None
    assert bare.sources[0].kind == "narrator"
    assert instance.invitations[0].proposed.date == "2024-05"
    assert instance.invitations[0].extended is None
    assert instance.agencies == ["Hina"]


def test_own_fields_and_records_are_asked_for() -> None:
    instance, _ = read(MY_REPLY, MINE)
    treaty = instance.treaties[0]
    assert instance.visits[0].airline == "TAP"
    assert (treaty.witness, treaty.first, treaty.extension) == ("Rui Costa", 4, None)
    assert (treaty.lapses.text, treaty.lapses.date) == ("by 2031", "2030/2031")
    assert (treaty.host.name, treaty.host.title) == ("Bern", None)
    assert instance.tone.mood == "cold"
    assert MINE.record_types["visits"] is MyVisit
    assert MINE.record_types["treaties"] is Treaty
    assert set(STANDARD.record_types) == {"officials", "visits", "invitations"}


def test_evidence_comes_first_and_more_last() -> None:
    properties = STANDARD.wire_schema["properties"]["visits"]["items"]["properties"]
    assert (next(iter(properties)), list(properties)[-1]) == ("evidence", "more")
    assert "invitation" not in json.dumps(properties)
    assert "mood" in MINE.wire_schema["properties"]["tone"]["required"]  # a single sparse field is an ordinary one


def test_bounds_move_into_descriptions() -> None:
    tone = MINE.wire_schema["properties"]["tone"]["properties"]
    assert tone["score"] == {"type": "integer", "description": "at least 0; at most 10"}
    assert tone["code"]["description"] == "at least 2 characters; matching ^[a-z]+$"
    assert tone["stars"] == {"type": ["integer", "null"], "enum": [1, 2, 3, None]}
    parties = MINE.wire_schema["properties"]["treaties"]["items"]["properties"]["parties"]
    assert parties["description"] == "at least 2 items; at most 9 items"


def test_field_list_tells_every_field_and_leaves_values_to_the_schema() -> None:
    for word in (
        "possible_dates",
        "[sentence numbers]",
        "text?",
    ):
        assert word in STANDARD.fields_text
    assert "provenance" not in STANDARD.fields_text
    assert "head_of_government" not in STANDARD.fields_text
    assert "head_of_government" in json.dumps(STANDARD.wire_schema)
    assert "airline: carrier, verbatim" in MINE.fields_text
    assert "Treaty: an agreement that is signed" in MINE.fields_text


def test_field_list_explains_only_what_is_used() -> None:
    bare = create_model("Bare", __base__=Record, __doc__="", word=(str, ...))
    texts = (list[str], ...)
    small = create_model("Small", __base__=ArticleSummary, visits=(list[bare], ...), invitations=texts, officials=texts)
    text = contract(small).fields_text
    assert "party" not in text
    assert "ISO 3166" not in text
    assert "Bare:\nword: text" in text


def test_a_contract_is_made_once_and_named() -> None:
    assert contract(MySummary) is MINE
    assert STANDARD.schema_name == "article_summary"
    odd = type("Été" + "X" * 80, (ArticleSummary,), {"__module__": __name__})
    name = contract(odd).schema_name
    assert len(name) == 64
    assert name.isascii()


def test_definitions_of_one_name_are_kept_apart() -> None:
    own = create_model("Date", __base__=Record, day=(int, ...), notes=(list[list[str] | None], ...))
    made = contract(create_model("Dated", __base__=ArticleSummary, days=(list[own], ...), last=(own, ...)))
    assert {"Date", "Date2"} <= made.wire_schema["$defs"].keys()
    assert made.record_types["days"] is own
    day = {"day": 3, "notes": [["a"], None]}  # null in a list is a value, not a gap
    reply = {**EMPTY, "visits": [VISIT], "days": [day], "last": day}
    Draft202012Validator(made.wire_schema).validate(reply)
    assert read(reply, made)[0].days[0].notes == [["a"], None]


# Ids


def variant(description: str = "d", values: Any = Literal["a", "b"], default: Any = None, doc: str = "") -> str:
    fields: dict[str, Any] = {
        "one": (values, Field(description=description)),
        "two": (str | None, default),
        "hidden": (Annotated[str, DERIVED], doc),
    }
    return contract(create_model("Variant", __base__=ArticleSummary, __doc__=doc or None, **fields)).schema_id


def test_schema_id_follows_what_a_model_is_told_and_nothing_else() -> None:
    assert variant() == variant()
    others = {variant("e"), variant(values=Literal["a"]), variant(default="x"), variant(doc="Told.")}
    assert len(others | {variant()}) == 5
    plain = contract(create_model("ArticleSummary", __base__=ArticleSummary, __doc__=ArticleSummary.__doc__))
    hidden = create_model("ArticleSummary", __base__=ArticleSummary, __doc__=ArticleSummary.__doc__,
                          hidden=(Annotated[str, DERIVED], "x"))  # fmt: skip
    assert plain.schema_id == STANDARD.schema_id == contract(hidden).schema_id
    assert STANDARD.schema_id.startswith("sha256:")
    assert len(STANDARD.schema_id) == 23


# What cannot be asked for


class OwnDate(DateSpan):
    pass


class Loop(Record):
    inner: "list[Loop]"


class Hollow(Record):
    id: Annotated[str, DERIVED] = ""


class Stranger(create_model("Plain", x=(str, ...))):  # type: ignore[misc]
    pass


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (dict[str, str], "open dict"), (dict, "open dict"), (tuple[int, str], "tuple"), (list, "type for its items"),
        (set[str], "set"), (frozenset[str], "frozenset"), (Any, "anything"), (date, "reduced precision"),
        (int | str, "union"), (bytes, "bytes"), (OwnDate, "OwnDate"), (Stranger, "no Record"),
        (Literal[True], "not all text"), (Literal["a", 1], "not all text"), (list[dict[str, int]], "open dict"),
        (dict[str, str] | None, "open dict"),
    ],
)  # fmt: skip
def test_what_strict_mode_cannot_express_is_refused_by_name(annotation: Any, words: str) -> None:
    odd = create_model("Odd", __base__=ArticleSummary, strange=(annotation, ...))
    with pytest.raises(SchemaError, match=r"^Odd\.strange cannot be asked for: ") as refused:
        contract(odd)
    assert words in str(refused.value)
    assert "DERIVED" in refused.value.hint


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"more": (str, ...)}, "Odd.more"),
        ({"strange": (str, Field(alias="s"))}, "alias"),
        ({"strange": (str, Field(default_factory=lambda data: data["summary"]))}, "depends on other fields"),
        ({"strange": (list[Loop], ...)}, "Loop.inner cannot be asked for: Loop contains itself"),
        ({"strange": (Hollow, ...)}, "Hollow has no field"),
        ({"strange": (Literal[tuple(f"v{n}" for n in range(1001))], ...)}, "enum values"),
    ],
)
def test_other_fields_that_cannot_be_asked_for(field: dict[str, Any], words: str) -> None:
    with pytest.raises(SchemaError) as refused:
        contract(create_model("Odd", __base__=ArticleSummary, **field))
    assert words in str(refused.value)


# Mending


def with_visit(**changes: Any) -> dict[str, Any]:
    visit = {**VISIT, **changes}
    return {**EMPTY, "visits": [{key: value for key, value in visit.items() if value is not ...}]}


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"purpose": "tea", "more": []}, ["lifted_field"]),
        ({"purpose": "tea", "more": ...}, ["lifted_field", "missing_more"]),
        ({"more": {"purpose": "tea"}}, ["wrapped_value"]),
        ({"more": [{"purpose": "tea"}, {"purpose": "tea"}]}, ["duplicate_key"]),
        ({"more": [{"purpose": "tea", "event": None}, {"kind": None}, {"odd": None}]}, []),
        ({"purpose": None, "more": [{"purpose": "tea"}]}, []),
        ({"status": ..., "more": [{"purpose": "tea"}, {"status": "planned"}]}, ["lifted_field"]),
        ({"evidence": 3, "more": [{"purpose": "tea"}]}, ["wrapped_value"]),
        ({"visitors": "Ana Horvat", "more": [{"purpose": "tea"}]}, ["wrapped_value"]),
        ({"when": {"text": "x", "date": None, "more": []}, "more": [{"purpose": "tea"}]}, ["dropped_key"]),
    ],
)
def test_small_slips_are_mended_and_told(changes: dict[str, Any], kinds: list[str]) -> None:
    reply = with_visit(**changes)
    assert mended(reply) == kinds
    instance, faults = read(reply)
    assert faults == []
    assert (instance.visits[0].purpose, instance.visits[0].kind) == ("tea", "unspecified")


def test_lists_given_twice_are_joined() -> None:
    reply = with_visit(more=[{"places": ["Porto"]}, {"places": ["Faro"]}])
    assert read(reply)[0].visits[0].places == ["Porto", "Faro"]
    assert mended(reply) == ["duplicate_key"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", 1), ([1], {}), ({"a": 1}, {"b": 1}), ({"a": [1]}, {"a": [1, 2]}), ({"a": 1}, {"a": 2}), ("a", "b")],
)
def test_a_field_given_twice_with_different_values_is_a_fault(one: Any, other: Any) -> None:
    flat = flatten(with_visit(more=[{"purpose": one}, {"purpose": other}]), STANDARD)
    assert [fault.path for fault in flat.faults] == ["visits[0].purpose"]
    assert "twice" in flat.faults[0].message


@pytest.mark.parametrize(("more", "path"), [("tea", "visits[0].more"), ([3], "visits[0].more[0]")])
def test_a_more_that_cannot_be_read_is_a_fault(more: Any, path: str) -> None:
    assert [fault.path for fault in flatten(with_visit(more=more), STANDARD).faults] == [path]


def test_the_root_has_a_more_list_too() -> None:
    assert mended({**EMPTY, "outlet": "Hina", "more": None}) == ["lifted_field", "missing_more"]
    assert [f.path for f in flatten({**EMPTY, "more": "x"}, STANDARD).faults] == ["more"]
    assert [f.path for f in flatten({**EMPTY, "more": [{"byline": "x"}, {"byline": "y"}]}, STANDARD).faults] == [
        "byline"
    ]


# Faults


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": "plan"}, 'visits[0].status: "plan" does not fit; allowed: speculated | planned | confirmed'),
        ({"status": ...}, "visits[0].status: is missing; allowed: speculated"),
        ({"satus": "x"}, "visits[0].satus: is no known key; did you mean status?; allowed: evidence, visitors"),
        ({"qqqq" * 40: "x"}, "is no known key; allowed"),
        ({"country": "Portugal"}, 'visits[0].country: "Portugal" does not fit; allowed: an ISO 3166-1'),
        ({"visitors": []}, "visits[0].visitors: is empty; allowed: a list"),
        ({"visitors": [{"name": "A", "kind": "x", "country": None}]}, 'visits[0].visitors[0].kind: "x" does not fit'),
        ({"visitors": [{"name": "A", "kind": "person"}]}, "visits[0].visitors[0].country: is missing"),
        ({"visitors": [{"name": "A", "kind": "person", "country": None, "nam": 1}]}, "did you mean name?"),
        ({"visitors": [7]}, "visits[0].visitors[0]: 7 does not fit; allowed: a name described elsewhere"),
        ({"evidence": ["two"]}, 'visits[0].evidence[0]: "two" does not fit; allowed: the number of a sentence'),
        ({"evidence": [0]}, "visits[0].evidence[0]: 0 does not fit"),
        ({"when": {"text": "then", "date": "May 2"}}, "visits[0].when.date: "),
        ({"when": "May 2"}, 'visits[0].when: "May 2" does not fit; allowed: an object with text, date, or null'),
        ({"more": [{"purpose": ["x"]}]}, "visits[0].purpose: a list of 1 does not fit; allowed: text"),
        ({"more": [{"purpose": {}}]}, "visits[0].purpose: an empty object does not fit"),
        ({"more": [{"purpose": {"a" * 99: 1}}]}, "an object with aaa"),
        ({"status": 10**400}, "a number beyond all bounds does not fit"),
        ({"status": "x" * 500}, "xxx… does not fit"),
    ],
)
def test_faults_say_where_what_and_what_is_allowed(changes: dict[str, Any], told: str) -> None:
    reply, faults = read(with_visit(**{"more": [], **changes}))
    assert reply is None
    assert len(faults) == 1
    assert told in faults[0]
    assert len(faults[0]) < 420


def test_a_reply_that_is_no_object_is_one_fault() -> None:
    assert read([1, 2])[1] == ["a list of 2 does not fit; allowed: an object with officials, visits, invitations, "
                               "summary, outlet, agencies, byline"]  # fmt: skip


def test_twenty_faults_are_told_and_the_rest_counted() -> None:
    faults = read({**EMPTY, "agencies": [1] * 50})[1]
    assert len(faults) == 21
    assert faults[-1] == "and 30 faults more"


def test_own_bounds_hold_after_parsing() -> None:
    _, faults = read({**MY_REPLY, "tone": {**TONE, "score": 11}, "treaties": [{**TREATY, "parties": ["A"]}]}, MINE)
    assert faults == [
        "treaties[0].parties: a list of 1 does not fit; allowed: a list, each item a name described elsewhere in the "
        "reply, or an object with name, kind, title, country; at least 2 items; at most 9 items",
        "tone.score: 11 does not fit; allowed: whole number (at least 0; at most 10)",
    ]


def deep(levels: int) -> Any:
    value: Any = "core"
    for level in range(levels):
        value = [value] if level % 2 else {"more": value}
    return value


@pytest.mark.parametrize("key", ["visits", "officials", "summary", "more"])
def test_deep_nesting_does_not_overflow(key: str) -> None:
    assert read({**EMPTY, key: deep(20_000)})[1]
    twice = with_visit(more=[{"purpose": deep(20_000)}, {"purpose": deep(20_000)}])
    assert mended(twice) == ["duplicate_key"]
    assert read(twice)[1]


def json_values() -> st.SearchStrategy[Any]:
    keys = st.sampled_from([*REPLY, *VISIT, *INVITATION, "purpose", "hosts", "name", "text", "date"]) | st.text()
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=100)
    return st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)


@settings(max_examples=80, deadline=None)
@given(json_values(), st.sampled_from(["", "visits", "invitations", "more", "officials"]))
def test_any_json_gives_a_reply_or_faults(value: Any, place: str) -> None:
    reply, faults = read({**REPLY, place: value} if place else value)
    assert faults or reply is not None


# The strict checker


def closed(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def nested(levels: int) -> dict[str, Any]:
    return closed() if levels == 1 else closed(x=nested(levels - 1))


TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({**closed(a=TEXT), "required": []}, "$: required must name every property"),
        ({**closed(a=TEXT), "additionalProperties": True}, "$: additionalProperties must be false"),
        (closed(a={"type": "object", "additionalProperties": TEXT}), "$.a: additionalProperties must be false"),
        (closed(a={"type": ["object", "null"], "properties": []}), "$.a: properties is no object"),
        (closed(a={**TEXT, "default": "x"}), "$.a: `default` is not permitted"),
        (closed(a={**TEXT, "title": "A"}), "$.a: `title` is not permitted"),
        (closed(a={"oneOf": [TEXT]}), "$.a: `oneOf` is not permitted"),
        (closed(a={"type": "array"}), "$.a: an array needs typed items"),
        (closed(a={"type": "array", "items": {}}), "$.a[]: has no type"),
        (closed(a={"type": "array", "items": TEXT, "prefixItems": []}), "`prefixItems` is not permitted"),
        (closed(a={**TEXT, "format": "uri"}), "format 'uri' is not permitted"),
        (closed(a={**TEXT, "pattern": "(?=x)"}), "look-around"),
        (closed(a={"type": "text"}), "'text' is no type"),
        (closed(a=[]), "$.a: not a schema"),
        (closed(a={"$ref": "#/$defs/b"}), "leads nowhere"),
        ({**closed(a={"$ref": "#/$defs/b", "description": "x"}), "$defs": {"b": TEXT}}, "beside $ref"),
        ({**closed(), "$defs": {"b": {}}}, "$defs.b: has no type"),
        ({**closed(), "anyOf": [TEXT]}, "the root must be an object"),
        (TEXT, "the root must be an object"),
        (nested(11), "$: 11 levels of objects, at most 10"),
        (nested(300), "nested too deeply"),
        (closed(**{f"p{n}": TEXT for n in range(5001)}), "5001 properties"),
        (closed(a={**TEXT, "enum": [f"v{n}" for n in range(1001)]}), "1001 enum values"),
        (closed(a={**TEXT, "enum": ["x" * 120_001]}), "characters in names and values"),
    ],
)
def test_strict_faults_are_found(schema: dict[str, Any], told: str) -> None:
    assert any(told in fault for fault in strict_faults(schema))


def test_strict_schemas_pass() -> None:
    tree = {**closed(a={"$ref": "#/$defs/b"}, c={"const": 1}, r={"anyOf": [{"$ref": "#"}, {"type": "null"}]}),
            "$defs": {"b": closed(again={"anyOf": [{"$ref": "#/$defs/b"}, {"type": "null"}]})}}  # fmt: skip
    assert strict_faults(tree) == []
    assert strict_faults(nested(10)) == []


# Files


def test_written_files_are_current_and_valid(tmp_path: Path) -> None:
    paths = write(ArticleSummary, tmp_path / "new" / "schemas")
    assert [path.name for path in paths] == ["reply.schema.json", "record.schema.json"]
    assert check(ArticleSummary, tmp_path / "new" / "schemas") == []
    reply, record = (json.loads(path.read_text(encoding="utf-8")) for path in paths)
    assert reply == reply_schema_file(ArticleSummary)
    assert reply["$id"] == f"urn:summarise:reply:{STANDARD.schema_id[7:]}"
    assert record["$id"].startswith("urn:summarise:record:")
    Draft202012Validator.check_schema(record)
    assert paths[0].read_text(encoding="utf-8").endswith("}\n")


@pytest.mark.parametrize("damage", [None, b"{", b"\xff\xfe", b""])
def test_stale_missing_and_damaged_files_are_shown(tmp_path: Path, damage: bytes | None) -> None:
    path = write(ArticleSummary, tmp_path)[0]
    path.unlink() if damage is None else path.write_bytes(damage)
    lines = check(ArticleSummary, tmp_path)
    assert str(path) in lines[0]
    assert any(line.startswith("+") and "urn:summarise:reply" in line for line in lines)
    assert any("airline" in line for line in check(MySummary, tmp_path))


def test_a_file_that_differs_only_in_its_last_newline_is_named(tmp_path: Path) -> None:
    path = write(ArticleSummary, tmp_path)[1]
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    assert check(ArticleSummary, tmp_path) == [f"{path}: the line ends differ"]


def test_stored_summaries_fit_the_record_schema() -> None:
    summary = ArticleSummary(officials=[], visits=[], invitations=[], summary="Nothing.")
    Draft202012Validator(record_schema(ArticleSummary)).validate(summary.model_dump(mode="json"))
    assert record_schema(MySummary)["$id"] != record_schema(ArticleSummary)["$id"]


# Changes


def changes(old: Any, new: Any) -> list[tuple[str, str, bool]]:
    return [tuple(change) for change in diff(schema_of(old), schema_of(new))]  # type: ignore[misc]


def schema_of(field: Any) -> dict[str, Any]:
    model = create_model("Summary", __base__=Record, **({"f": field} if field else {}))
    return model.model_json_schema(mode="serialization")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (None, (str, ...), ("f", "required field added", True)),
        (None, (str, ""), ("f", "field added, with a default", False)),
        ((str, ...), None, ("f", "field removed", True)),
        ((str, ""), (str, ...), ("f", "required now", True)),
        ((str, ...), (str, ""), ("f", "no longer required", False)),
        ((str, "a"), (str, "b"), ("f", "default changed", False)),
        ((str, ...), (str | None, ...), ("f", "may be null now", False)),
        ((str | None, ...), (str, ...), ("f", "may no longer be null", True)),
        ((str, ...), (Any, ...), ("f", "may be anything now", False)),
        ((Any, ...), (str, ...), ("f", "may only be string now", True)),
        ((int, ...), (float, ...), ("f", "integer became number", False)),
        ((Literal["a"], ...), (Literal["a", "b"], ...), ("f", "value b added", False)),
        ((Literal["a", "b"], ...), (Literal["a"], ...), ("f", "value b removed", True)),
        ((str, ...), (Literal["a", "b"], ...), ("f", "only listed values are allowed now", True)),
        ((Literal["a", "b"], ...), (str, ...), ("f", "any value is allowed now", False)),
        ((list[str], ...), (list[str | None], ...), ("f[]", "may be null now", False)),
        ((int, ...), (int, Field(ge=1)), ("f", "minimum is 1", True)),
        ((int, Field(ge=2)), (int, Field(ge=1)), ("f", "minimum was 2, is 1", False)),
        ((int, Field(le=2)), (int, Field(le=1)), ("f", "maximum was 2, is 1", True)),
        ((str, Field(pattern="a")), (str, Field(pattern="b")), ("f", "pattern was a, is b", True)),
        ((CountryCode | None, ...), (str | None, ...), ("f", "pattern dropped", False)),
        ((str, ...), (str, Field(description="x")), ("f", "description changed", False)),
        ((list[str] | list[int], ...), (list[str], ...), None),
        ((Loop, ...), (Loop | None, ...), ("f", "may be null now", False)),
        ((Attribution, ...), (Tone, ...), ("f.name", "field removed", True)),
    ],
)
def test_changes_are_named_and_weighed(old: Any, new: Any, expected: tuple[str, str, bool] | None) -> None:
    found = changes(old, new)
    assert expected in found if expected else any(breaking for _, _, breaking in found)


def test_no_change_where_nothing_changed() -> None:
    assert diff(record_schema(MySummary), record_schema(MySummary)) == []
    assert changes((Loop, ...), (Loop, ...)) == []
    paths = {(change.path, change.breaking) for change in diff(record_schema(ArticleSummary), record_schema(MySummary))}
    assert ("visits[].airline", False) in paths
    assert ("treaties", True) in paths
