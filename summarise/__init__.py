"""Turns news articles about diplomacy into records one can trust: visits, invitations and officials.

    from summarise import summarise_article

    summary = summarise_article(text)
    for visit in summary.visits:
        print(visit.visitors[0].name, visit.country, visit.when.start, visit.status, visit.evidence[0].text)

The names below are the public ones; each is imported when it is first used, so `import summarise` costs little.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarise.api import Summariser, asummarise_article, summarise_article
    from summarise.corpus.cluster import ArticleReader
    from summarise.corpus.ledger import LedgerRow, read_ledger
    from summarise.corpus.stream import asummarise_corpus, summarise_corpus
    from summarise.dossier import Dossier, build_dossier
    from summarise.errors import SummariseError
    from summarise.evaluation import evaluate
    from summarise.export import export_ledger, to_frames
    from summarise.records import (
        DERIVED,
        VERBATIM,
        ArticleSummary,
        Attribution,
        DateSpan,
        Evidence,
        Invitation,
        Official,
        Party,
        Provenance,
        Record,
        Visit,
    )
    from summarise.report import write_report
    from summarise.settings import Settings
    from summarise.version import VERSION as __version__  # noqa: N811

_HOMES = {
    "Summariser": "api",
    "asummarise_article": "api",
    "summarise_article": "api",
    "ArticleReader": "corpus.cluster",
    "LedgerRow": "corpus.ledger",
    "read_ledger": "corpus.ledger",
    "asummarise_corpus": "corpus.stream",
    "summarise_corpus": "corpus.stream",
    "Dossier": "dossier",
    "build_dossier": "dossier",
    "SummariseError": "errors",
    "evaluate": "evaluation",
    "export_ledger": "export",
    "to_frames": "export",
    "write_report": "report",
    "Settings": "settings",
    **dict.fromkeys(
        (
            "DERIVED",
            "VERBATIM",
            "ArticleSummary",
            "Attribution",
            "DateSpan",
            "Evidence",
            "Invitation",
            "Official",
            "Party",
            "Provenance",
            "Record",
            "Visit",
        ),
        "records",
    ),
}

__all__ = [
    "DERIVED",
    "VERBATIM",
    "ArticleReader",
    "ArticleSummary",
    "Attribution",
    "DateSpan",
    "Dossier",
    "Evidence",
    "Invitation",
    "LedgerRow",
    "Official",
    "Party",
    "Provenance",
    "Record",
    "Settings",
    "SummariseError",
    "Summariser",
    "Visit",
    "__version__",
    "asummarise_article",
    "asummarise_corpus",
    "build_dossier",
    "evaluate",
    "export_ledger",
    "read_ledger",
    "summarise_article",
    "summarise_corpus",
    "to_frames",
    "write_report",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())  # silent, unless the program sets logging up


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from summarise.version import VERSION

        return VERSION
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
