"""The command `summarise`, and `python -m summarise`."""

import gc
import sys

OBJECTS_BETWEEN_COLLECTIONS = (50_000, 20, 20)
"""Thresholds of the garbage collector. An article that was read leaves no cycles behind; Python's own 700 objects, of
which one article makes thousands, cost a twentieth of the time of a run (`benchmarks/offline.py`)."""


def program() -> None:
    """Run the command; Ctrl-C while it is still loading ends it without a traceback, too."""
    gc.set_threshold(*OBJECTS_BETWEEN_COLLECTIONS)
    try:
        from summarise.cli import main

        main()
    except KeyboardInterrupt:
        sys.stderr.write("summarise: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    program()
