"""The process that fuzzes: `python -m fuzz.guided TARGET [OPTIONS OF LIBFUZZER] CORPUS`, begun by `python -m fuzz`.

Instrumented is `summarise` alone, so that coverage means ours. A finding ends the process.
"""

from __future__ import annotations

import sys
from random import Random

import atheris


def main() -> None:
    """Fuzzes until libFuzzer's options say that it is enough."""
    name, *options = sys.argv[1:]
    with atheris.instrument_imports(include=["summarise"]):  # modules that are imported later included
        from fuzz import articles
        from fuzz.targets import target

        wanted = target(name)
        articles.TIMED = True
        mutate = wanted.mutate

        def mutated(data: bytes, longest: int, seed: int) -> bytes:
            if mutate is None or seed % 2:
                return atheris.Mutate(data, longest)  # type: ignore[no-any-return]
            return mutate(data, Random(seed))[:longest]

        more = {} if mutate is None else {"custom_mutator": mutated}
        atheris.Setup([sys.argv[0], *options], wanted.check, **more)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
