"""What goes in: an article's text as it came, and what can be read off it without a model."""

from summarise.article.injection_kinds import Injection
from summarise.article.reading import Article, Sentence, read_article

__all__ = ["Article", "Injection", "Sentence", "read_article"]
