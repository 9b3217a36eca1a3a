"""The way to a model: the only package that does network."""

from summarise.model.client import Conversation, ModelClient

__all__ = ["Conversation", "ModelClient"]
