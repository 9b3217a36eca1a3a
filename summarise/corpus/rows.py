"""From a row of a table, or a line of JSON, to an article: which field is the text, the id and the date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from summarise.corpus.items import Complaint, Found, SourceFile, SourceItem
from summarise.errors import ArticleError, ConfigurationError, EmptyArticle, RowOfLedger, UnreadableRow

TEXT_FIELDS = ("text", "body", "content", "article")
ID_FIELDS = ("id", "url")
DATE_FIELDS = ("published", "date")

MOST_BYTES = 64 * 1024 * 1024
"""A longer line, cell or archive member is refused unread: what is in memory must not depend on what a file holds."""

_MOST_NAMED = 8  # fields that a message names
_OF_LEDGER = frozenset({"id", "source", "status", "summary", "error", "usage", "fingerprint"})

Row = Mapping[str, object]
Numbered = tuple[int, Row | ArticleError]
"""The number of a row, counted from 1, and the row, or what is wrong with it; the error does not name the place."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a row are read. None stands for the usual names, the first that a row has; "" for no field.

    Without an id of its own a row is called by its file and its number; without a date, by what the text says.
    """

    text: str | None = None
    id: str | None = None
    date: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Where the text may be, best first."""
        return TEXT_FIELDS if self.text is None else (self.text,)

    @property
    def ids(self) -> tuple[str, ...]:
        """Where the id may be, best first."""
        return ID_FIELDS if self.id is None else _one(self.id)

    @property
    def dates(self) -> tuple[str, ...]:
        """Where the date may be, best first."""
        return DATE_FIELDS if self.date is None else _one(self.date)

    def among(self, columns: Iterable[str]) -> list[str]:
        """Those of the columns that are read."""
        read = {*self.texts, *self.ids, *self.dates}
        return [name for name in columns if name in read]

    def check_columns(self, columns: Iterable[str], source: str) -> None:
        """Raises `ConfigurationError` if a table with these columns lacks the text, or a column that was named."""
        columns = list(columns)
        if set(columns) >= _OF_LEDGER and not set(self.texts) & set(columns):
            raise ConfigurationError(f"{source} is of a ledger that a run wrote", hint=RowOfLedger.default_hint)
        wanted = {"text_field (--text-field)": self.texts}
        wanted |= {"id_field (--id-field)": (self.id,)} if self.id else {}
        wanted |= {"date_field (--date-field)": (self.date,)} if self.date else {}
        for option, names in wanted.items():
            if not set(names) & set(columns):
                raise ConfigurationError(
                    f"{source} has no column {_either(names)}; its columns are {_named(columns)}",
                    hint=f"Name the right one with {option}.",
                )


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def items_of(rows: Iterator[Numbered], file: SourceFile, fields: Fields) -> Iterator[Found]:
    """The article of each row, or the complaint about it."""
    for number, row in rows:
        source = f"{file.source}:{number}"
        if isinstance(row, ArticleError):
            yield Complaint(source, type(row)(f"{source}: {row.message}", hint=row.hint))
        else:
            yield item_of(row, fields, source, f"{file.id}/{number}")


def item_of(row: Row, fields: Fields, source: str, default_id: str) -> Found:
    """The article in a row, called `default_id` where it has no id of its own, or the complaint about it.

    A complaint about a row of a ledger has no id: the row's is that of an article, which is read elsewhere.
    """
    if row.keys() >= _OF_LEDGER and row["status"] in ("ok", "failed") and not row.keys() & set(fields.texts):
        return Complaint(source, RowOfLedger(f"{source} is a row of a ledger, which a run wrote, and no article"))
    id = None
    try:
        id = _id(row, fields) or default_id
        text = _text(row, fields)
        return SourceItem(id, source, text, _published(row, fields))
    except ArticleError as problem:
        return Complaint(source, type(problem)(f"{source}: {problem.message}", hint=problem.hint), id)


def _text(row: Row, fields: Fields) -> str | bytes:
    present = [name for name in fields.texts if name in row]
    if not present:
        raise UnreadableRow(
            f"no field {_either(fields.texts)}; its fields are {_named(row)}",
            hint="Name the field with the text: text_field (--text-field).",
        )
    for name in present:
        value = row[name]
        if isinstance(value, str | bytes) and value.strip():
            return _clean(value, name) if isinstance(value, str) else value
        if value is not None and not isinstance(value, str | bytes):
            raise _wrong_type(name, value, "text")
    raise EmptyArticle(f"the field {present[0]!r} is empty")


def _id(row: Row, fields: Fields) -> str | None:
    for name in fields.ids:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return _clean(value, name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is not None and not isinstance(value, str):
            raise _wrong_type(name, value, "text or a whole number")
    if fields.id:
        raise UnreadableRow(f"the field {fields.id!r} with the id is missing or empty")
    return None


def _published(row: Row, fields: Fields) -> date | None:
    for name in fields.dates:
        value = row.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            if not value.strip():
                continue
            try:
                return datetime.fromisoformat(value.strip()).date()
            except ValueError:
                raise UnreadableRow(
                    f"the field {name!r} holds {value[:40]!r}, which is no date such as 2023-10-03",
                    hint="Mend it, or name another field with date_field (--date-field); '' leaves dates out.",
                ) from None
        if value is not None:
            raise _wrong_type(name, value, "a date")
    return None


def _clean(value: str, name: str) -> str:
    """The value, unless it holds bytes that were no UTF-8."""
    try:
        value.encode()
    except UnicodeEncodeError as problem:
        raise UnreadableRow(
            f"the field {name!r} is not in UTF-8, from its character {problem.start + 1} on",
            hint="Save the file as UTF-8 and run the same command again: what is done is kept.",
        ) from None
    return value


def _wrong_type(name: str, value: object, wanted: str) -> UnreadableRow:
    if isinstance(value, Exception):
        return UnreadableRow(f"the field {name!r} cannot be read: {value}")
    return UnreadableRow(f"the field {name!r} is of the type {type(value).__name__}, not {wanted}")


def _either(names: Iterable[str]) -> str:
    return " or ".join(map(repr, names))


def _named(names: Iterable[str]) -> str:
    names = list(names)
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return (", ".join(repr(name[:40]) for name in names[:_MOST_NAMED]) or "none") + more
