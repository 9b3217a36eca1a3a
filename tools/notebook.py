"""The notebook of the tutorial, run from top to bottom by a kernel of its own, without a network.

    python tools/notebook.py

Writes what each cell gives into docs/tutorial/articles-to-figures.ipynb. `tests/test_tutorial_notebook.py` runs it as
well, and compares. Needs the packages of the `dev` group.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "tutorial" / "articles-to-figures.ipynb"


def stored(path: Path = NOTEBOOK) -> Any:
    """The notebook as it is in the checkout."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def after_running(path: Path = NOTEBOOK) -> Any:
    """The notebook with what its cells give now. Raises `nbclient.exceptions.CellExecutionError` if one fails."""
    notebook = stored(path)
    for name in [name for name in os.environ if name.startswith(("SUMMARISE_", "OPENAI_"))]:
        del os.environ[name]
    os.environ["PYTHONPATH"] = str(ROOT)
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": path.parent}},
        coalesce_streams=True,  # what is printed in several pieces, as the clock has it, is one output
    )
    client.execute()
    for cell in notebook.cells:
        cell.metadata.clear()  # times of execution, which differ
        for output in cell.get("outputs", []):
            output.get("metadata", {}).clear()
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return notebook


def outputs(notebook: Any) -> list[list[dict[str, Any]]]:
    """What each cell gave, as plain values."""
    return [[dict(output) for output in cell.get("outputs", [])] for cell in notebook.cells]


def main() -> None:
    """Runs the notebook and stores what it gives."""
    nbformat.write(after_running(), NOTEBOOK)
    sys.stdout.write(f"{NOTEBOOK.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
