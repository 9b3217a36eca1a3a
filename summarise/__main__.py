"""The command `summarise`, and `python -m summarise`."""

import sys


def program() -> None:
    """Run the command; Ctrl-C while it is still loading ends it without a traceback, too."""
    try:
        from summarise.cli import main

        main()
    except KeyboardInterrupt:
        sys.stderr.write("summarise: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    program()
