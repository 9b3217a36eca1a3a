"""Ledgers in the forms that other programs open: each module writes one of them, `write(rows, out)`."""
