"""The dates and the countries that the values of a record hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from summarise.records import DateSpan, Party


def spans_in(values: Mapping[str, Any]) -> Iterator[DateSpan]:
    """Every date among the values."""
    for value in values.values():
        for span in value if isinstance(value, list) else [value]:
            if isinstance(span, DateSpan):
                yield span


def dates_in(values: Mapping[str, Any]) -> Iterator[str]:
    """The beginning and the end of every date, as far as they are known."""
    for span in spans_in(values):
        yield from (day for day in (span.start, span.end) if day)


def codes_in(values: Mapping[str, Any]) -> Iterator[str]:
    """The country of the record, and those of its parties."""
    country = values.get("country")
    if isinstance(country, str):
        yield country
    for value in values.values():
        if isinstance(value, list):
            yield from (item.country for item in value if isinstance(item, Party) and item.country)
