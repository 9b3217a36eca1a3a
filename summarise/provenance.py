"""How a summary came to be, as far as that is the same whoever read the article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from summarise.article import Article
from summarise.records import Provenance
from summarise.version import VERSION


def provenance_of(article: Article, *, warnings: Iterable[str] = (), **details: Any) -> Provenance:
    """The provenance of a summary of this article; `warnings` follow those of the article itself."""
    return Provenance(
        version=VERSION,
        article_id=article.id,
        reference_date=article.published,
        reference_basis=article.published_basis,
        possible_references=list(article.possible_published),
        encoding=article.encoding,
        warnings=[*article.warnings, *warnings],
        **details,
    )
