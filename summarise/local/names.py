"""How the file of a local model is called."""

SUFFIX = ".gguf"


def is_model_file(model: str) -> bool:
    """Whether the name of a model is that of a file."""
    return model.casefold().endswith(SUFFIX)
