"""`python -m summarise`: the same as the command `summarise`."""

from summarise.cli import main

if __name__ == "__main__":
    main()
