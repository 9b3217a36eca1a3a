"""The notebook of the tutorial: it runs, and what it shows is what it gives."""

from __future__ import annotations

from tools.notebook import NOTEBOOK, after_running, outputs, stored


def test_what_the_notebook_shows_is_what_it_gives() -> None:
    shown = stored(NOTEBOOK)
    code = [cell for cell in shown.cells if cell.cell_type == "code"]
    assert sum(bool(cell.outputs) for cell in code) >= 10
    assert outputs(after_running()) == outputs(shown), "run `python tools/notebook.py`, and look at the difference"
