"""The prompt's list of fields, made from the forms: what a model reads about each of them."""

from __future__ import annotations

from collections.abc import Iterator

from summarise.schema.derive import DATE
from summarise.schema.forms import Choice, FieldForm, Mention, RecordForm, Scalar, unwrapped

_DATE = (
    'date: {"text": the expression, verbatim, "date": 2023, 2023-10 or 2023-10-18, '
    "or two of them with / between; null if it cannot be told}"
)
_COUNTRY = "country: ISO 3166-1 alpha-3, also XKX, SUN, YUG, CSK, DDR"
_MORE = 'more: list of objects with one key each, [{"key": value}, …], for what the article tells; [] if nothing'


def fields_text(form: RecordForm, records: list[RecordForm]) -> str:
    """The list of fields as it stands in the prompt: shared types first, then the reply, then each record.

    `records` are all forms inside `form`, itself included, outermost first.
    """
    mentions = [record for record in records if _is_mentioned(record, records)]
    others = [record for record in records if record is not form and record is not DATE and record not in mentions]
    blocks = [
        "\n".join(_types(records, mentions)),
        *(_block(record.word, record, "") for record in mentions),
        _block("reply", form, form.doc),
    ]
    return "\n\n".join([*blocks, *(_block(record.word, record, record.doc) for record in others)])


def _types(records: list[RecordForm], mentions: list[RecordForm]) -> Iterator[str]:
    forms = [unwrapped(field.form) for record in records for field in record.fields]
    yield "text unless a type is given; ?: may be null"
    if any(isinstance(form, Scalar) and form.meaning == "country" for form in forms):
        yield _COUNTRY
    if DATE in records:
        yield _DATE
    if mentions:
        names = " or ".join(record.word for record in mentions)
        yield f"{names}: short name of an official or of one described elsewhere, or an object"
    if any(record.more for record in records):
        yield _MORE


def _is_mentioned(record: RecordForm, records: list[RecordForm]) -> bool:
    forms = (unwrapped(field.form) for outer in records for field in outer.fields)
    return any(isinstance(form, Mention) and form.record is record for form in forms)


def _block(title: str, record: RecordForm, doc: str) -> str:
    return f"{title}:{' ' if doc else ''}{doc}\n{_fields(record)}"


def _fields(record: RecordForm) -> str:
    lines = [_line(field, field.form.words) for field in record.plain]
    if record.more:
        lines += ["more:", *(_line(field, field.told.words) for field in record.more)]
    return "\n".join(filter(None, lines))


def _line(field: FieldForm, words: str) -> str:
    default = f"default {field.default_words}" if field.default_words else ""
    if isinstance(unwrapped(field.form), Choice):
        if not field.description:
            return ""
        words = ""  # the values stand in the schema, which goes with the prompt: twice would cost 300 tokens
        default = "" if field.description else default
    told = [] if words in ("text", "") and field.description else [words]
    return f"{field.name}: {'. '.join(filter(None, [*told, field.description, default]))}".rstrip(" :")
