"""What the analyst opens: a ledger as tables, databases and other files, and as data frames.

`export_ledger` writes files, `to_frames` gives data frames. `tables` says what the tables hold, `formats` which suffix
stands for what.
"""

from __future__ import annotations

from summarise.export.frames import to_frames
from summarise.export.run import export_ledger

__all__ = ["export_ledger", "to_frames"]
