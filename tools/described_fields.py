"""A griffe extension for the reference: what `Field(description=...)` says is the docstring of its attribute.

And its default is the default that is shown. griffe-pydantic does more than that, and fails on a validator that a class
inherits from one without the field.
"""

from __future__ import annotations

import ast
from typing import Any

import griffe


class DescribedFields(griffe.Extension):
    """Reads the call of `Field` that a pydantic model gives a field as its value."""

    def on_attribute_instance(self, *, attr: griffe.Attribute, **_other: Any) -> None:
        """Called for each attribute when its module has been read."""
        call = attr.value
        if not isinstance(call, griffe.ExprCall) or str(call.function) != "Field":
            return
        given = {part.name: part.value for part in call.arguments if isinstance(part, griffe.ExprKeyword)}
        attr.value = given.get("default")
        if "description" in given and attr.docstring is None:
            said = str(ast.literal_eval(str(given["description"])))
            attr.docstring = griffe.Docstring(said, parent=attr, lineno=attr.lineno)
