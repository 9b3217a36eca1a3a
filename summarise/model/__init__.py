"""The way to a model: the only package that does network."""

from summarise.model.client import ModelClient
from summarise.model.talk import Conversation

__all__ = ["Conversation", "ModelClient"]
