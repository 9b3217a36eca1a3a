"""A ledger as one page to read: a file that works offline and asks nobody for anything.

`write_report` is the only way in. The rows are read twice: first to choose them and to find their texts, then to pack
what the page shows of each. `records.py` shapes a row for the page, `blocks.py` packs it, `page.py` fills in the
template, and `assets/` holds the page's own template, styles and scripts.
"""

from summarise.report.write import ReportFigures, write_report

__all__ = ["ReportFigures", "write_report"]
