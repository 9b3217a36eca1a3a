"""The tables and the views of a database, in the SQL of SQLite and of DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from summarise.export.tables import TABLES, Kind, Link, Table
from summarise.questions import COMING, HORIZON, STANDING, TOOK_PLACE, UNANSWERED

Dialect = Literal["sqlite", "duckdb"]

ORDER = ("articles", "invitations", "visits", "officials", "own_records", "parties", "evidence", "concerns")
"""Tables in an order in which each comes after those it points at."""

_TYPES: dict[Dialect, dict[Kind, str]] = {
    "sqlite": {"text": "TEXT", "texts": "TEXT", "day": "DATE", "whole": "INTEGER", "real": "REAL"},
    "duckdb": {"text": "VARCHAR", "texts": "VARCHAR[]", "day": "DATE", "whole": "BIGINT", "real": "DOUBLE"},
}


def table_statements(dialect: Dialect) -> Iterator[str]:
    """What makes the tables, with their keys and what they point at."""
    for name in ORDER:
        yield _table(TABLES[name], dialect)


def index_statements(dialect: Dialect) -> Iterator[str]:
    """What makes the indexes: on columns that are asked for often, and on those that point at a record."""
    for table in TABLES.values():
        for column in table.indexes:
            yield f"CREATE INDEX {table.name}_by_{column} ON {table.name} ({column})"
        if dialect == "sqlite":  # DuckDB makes those of its foreign keys itself
            for link in table.links:
                if link.columns != ("article",):
                    columns = ", ".join(link.columns)
                    yield f"CREATE INDEX {table.name}_by_{link.columns[-1]} ON {table.name} ({columns})"


def view_statements(dialect: Dialect) -> Iterator[str]:
    """What makes the views for the common questions; today is the database's own day, when it is asked."""
    for name, query in views(dialect).items():
        yield f"CREATE VIEW {name} AS {query}"


def views(dialect: Dialect, today: str = "current_date") -> dict[str, str]:
    """The query of each view, `today` being SQL for a day; the rules are those of `summarise.questions`."""
    return {
        "upcoming_visits": f"""
SELECT v.article, v.visit, v.visitors, v.country, v.places, v.status, v.when_start, v.when_end, v.when_text,
       v.when_not_before, v.when_not_after, v.when_not_after IS NULL AS undated, v.possible_dates, v.hosts, v.purpose,
       v.published, a.headline, v.sources, v.caveat, v.quotes
FROM visits v JOIN articles a ON a.article = v.article
WHERE v.status IN ({_listed(COMING)}) AND {_lies_ahead("v", "when", today)}
      AND {_is_fresh(dialect, today)}
ORDER BY undated, v.when_not_before IS NOT NULL, v.when_not_before, v.when_not_after, v.article, v.visit""",
        "open_invitations": f"""
SELECT i.article, i.invitation, i.inviters, i.invitees, i.country, i.places, i.occasion, i.status, i.response,
       i.proposed_start, i.proposed_end, i.proposed_text, i.proposed_not_before, i.proposed_not_after,
       i.proposed_not_after IS NULL AS undated, i.extended_start, i.extended_text, i.visit, i.published, a.headline,
       i.sources, i.caveat, i.quotes
FROM invitations i JOIN articles a ON a.article = i.article
     LEFT JOIN visits v ON v.article = i.article AND v.visit = i.visit
WHERE i.status IN ({_listed(STANDING)}) AND i.response IN ({_listed(UNANSWERED)})
      AND (v.status IS NULL OR v.status NOT IN ({_listed(TOOK_PLACE)}))
      AND {_lies_ahead("i", "proposed", today)}
ORDER BY undated, i.proposed_not_before IS NOT NULL, i.proposed_not_before, i.proposed_not_after, i.article,
         i.invitation""",
        "who_visited_whom": f"""
SELECT v.article, v.visit, guest.name AS visitor, guest.title AS visitor_title, guest.country AS visitor_country,
       host.name AS host, host.title AS host_title, host.country AS host_country, v.country AS destination, v.places,
       v.status, v.when_start, v.when_end, v.when_text, v.published, a.headline, v.quotes
FROM visits v JOIN articles a ON a.article = v.article
     JOIN parties guest ON guest.article = v.article AND guest.visit = v.visit AND guest.part = 'visitor'
     LEFT JOIN parties host ON host.article = v.article AND host.visit = v.visit AND host.part = 'host'
WHERE v.status IN ({_listed(TOOK_PLACE)})
ORDER BY v.when_not_before, v.article, v.visit, guest.position, host.position""",
    }


def _lies_ahead(alias: str, span: str, today: str) -> str:
    """Not over, and told by an article of that day or before, as far as its day is known."""
    known = f"COALESCE({alias}.published <= {today}, TRUE)"
    return f"({known} AND COALESCE({alias}.{span}_not_after >= {today}, TRUE))"


def _is_fresh(dialect: Dialect, today: str) -> str:
    """A visit with a last day, or one that was announced not too long ago."""
    since = f"date({today}, '-{HORIZON} days')" if dialect == "sqlite" else f"{today} - {HORIZON}"
    return (
        "(v.when_not_after IS NOT NULL OR (v.published IS NULL AND v.when_not_before IS NULL)"
        f" OR v.published >= {since} OR v.when_not_before >= {since})"
    )


def _table(table: Table, dialect: Dialect) -> str:
    types = _TYPES[dialect]
    lines = [
        f"  {column.name} {types[column.kind]}{' NOT NULL' if column.name in table.key else ''}"
        for column in table.columns
    ]
    lines.append(f"  PRIMARY KEY ({', '.join(table.key)})")
    lines += [_reference(link, dialect) for link in table.links if not _is_circular(table, link, dialect)]
    return f"CREATE TABLE {table.name} (\n" + ",\n".join(lines) + "\n)"


def _reference(link: Link, dialect: Dialect) -> str:
    there = ", ".join(TABLES[link.table].key)
    # Visits and invitations point at each other, so what holds can be told at the end only.
    later = " DEFERRABLE INITIALLY DEFERRED" if dialect == "sqlite" else ""
    return f"  FOREIGN KEY ({', '.join(link.columns)}) REFERENCES {link.table} ({there}){later}"


def _is_circular(table: Table, link: Link, dialect: Dialect) -> bool:
    """DuckDB has foreign keys to tables that are there already, and no others."""
    return dialect == "duckdb" and ORDER.index(link.table) > ORDER.index(table.name)


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
