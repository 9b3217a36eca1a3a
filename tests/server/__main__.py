"""The server as a program, in a process of its own until its standard input ends.

It serves the replies of a JSON file, `{headline: content}`, else those about the articles of `tests.corpus_server`;
prints its address, and at the end its counts as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.corpus_server import answer
from tests.server.chat import by_headline
from tests.server.faults import FAULTS, MIX, Fault, Faults
from tests.server.quota import Quota
from tests.server.server import Server


def main() -> None:
    """Serve until there is no more input."""
    given = _parser().parse_args()
    rates = dict(MIX) if given.mix else {}
    rates |= dict(given.fault)

    def quota(limit: float | None) -> Quota | None:
        return None if limit is None else Quota(limit, given.window, given.counting)

    server = Server(
        by_headline(json.loads(given.replies.read_text())) if given.replies else answer,
        latency=given.latency,
        sigma=given.sigma,
        faults=Faults(rates, given.seed, given.same),
        requests=quota(given.requests),
        tokens=quota(given.tokens),
        prompt_tokens=3500,
        reply_tokens=800,
        cached_tokens=given.cached_tokens,
        telling=not given.silent,
    )
    with server.running(given.port) as url:
        sys.stdout.write(url + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    sys.stdout.write(json.dumps(server.seen.plain()) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.server", description=__doc__)
    parser.add_argument("replies", type=Path, nargs="?")
    parser.add_argument("--port", type=int, default=0, help="to listen at; 0 for any")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds to each reply; with --sigma the median")
    parser.add_argument("--sigma", type=float, default=0.0, help="spread of the latency, log-normal")
    parser.add_argument("--mix", action="store_true", help=f"the mix of faults: {_listed(MIX)}")
    parser.add_argument("--fault", type=_rate, action="append", default=[], metavar="NAME=RATE", help=", ".join(FAULTS))
    parser.add_argument("--seed", type=int, default=0, help="of faults and latency")
    parser.add_argument("--same", action="store_true", help="spoil the replies about one article in the same way")
    parser.add_argument("--requests", type=float, help="quota in a window")
    parser.add_argument("--tokens", type=float, help="quota in a window")
    parser.add_argument("--window", type=float, default=60.0, help="seconds")
    parser.add_argument("--counting", choices=("sliding", "fixed", "bucket"), default="sliding")
    parser.add_argument("--cached-tokens", type=int, default=0, help="of each prompt, as reported")
    parser.add_argument("--silent", action="store_true", help="say nothing of quotas")
    return parser


def _rate(text: str) -> tuple[Fault, float]:
    name, _, rate = text.partition("=")
    if name not in FAULTS:
        raise argparse.ArgumentTypeError(f"there is no fault {name!r}")
    return name, float(rate)


def _listed(rates: dict[Fault, float]) -> str:
    return ", ".join(f"{name}={rate:g}" for name, rate in rates.items()).replace("%", "%%")


if __name__ == "__main__":
    main()
