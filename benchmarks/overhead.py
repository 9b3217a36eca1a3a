"""What the library itself costs: no client, no network, one core.

    python benchmarks/overhead.py

Per article of about 400 words with six records, the median over 200 different articles of reading the text, filling in
the prompt and judging a good reply; in the same run the time of reading the article by rules instead (which is also
what a second opinion costs), the time that `json.loads` and pydantic take for the same reply, and the time of
`import summarise` beside that of `import pydantic`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.invented import pairs  # noqa: E402
from summarise.article import read_article  # noqa: E402
from summarise.judge import judge  # noqa: E402
from summarise.offline.reader import read_offline  # noqa: E402
from summarise.prompt import load_prompt  # noqa: E402
from summarise.records import ArticleSummary  # noqa: E402
from summarise.schema import contract, flatten  # noqa: E402

WARM_UP, MEASURED = 100, 200
IMPORTS = 15


def main() -> None:
    """Prints both tables."""
    print(f"{'stage (CPU time)':<34}{'median ms':>10}{'90% ms':>10}")
    for stage, times in overhead().items():
        ordered = sorted(times)
        print(f"{stage:<34}{median(ordered):>10.3f}{ordered[len(ordered) * 9 // 10]:>10.3f}")
    seconds = import_seconds()
    print(f"\n{'import':<34}{'median ms':>10}")
    for module, spent in seconds.items():
        print(f"{module:<34}{1000 * spent:>10.1f}")
    print(f"{'summarise / pydantic':<34}{seconds['import summarise'] / seconds['import pydantic']:>10.2f}")


def overhead() -> dict[str, list[float]]:
    """Milliseconds of each stage for each article; the first ones only warm up what is read once per process."""
    asked = contract()
    prompt = load_prompt(asked)
    times: dict[str, list[float]] = {}
    for number, pair in enumerate(list(pairs(WARM_UP + MEASURED))):
        spent: dict[str, float] = {}
        article = _timed(spent, "read_article", partial(read_article, pair.text))
        _timed(spent, "prompt", partial(prompt.request, article, "json_schema", 8192))
        verdict = _timed(spent, "judge", partial(judge, pair.reply, article, asked))
        spent["total"] = sum(spent.values())
        assert verdict.accepted, [str(fault) for fault in verdict.faults]
        assert verdict.summary is not None
        assert _records(verdict.summary) == 6
        _timed(spent, "offline: rules and judge", partial(read_offline, article, asked))
        plain = json.dumps(flatten(json.loads(pair.reply), asked).value)
        check = asked.reply_model.model_validate_json
        _timed(spent, "yardstick: json.loads", partial(json.loads, plain))
        _timed(spent, "yardstick: model_validate_json", partial(check, plain))
        if number >= WARM_UP:
            for stage, milliseconds in spent.items():
                times.setdefault(stage, []).append(milliseconds)
    return times


def _timed(spent: dict[str, float], stage: str, work: Callable[[], Any]) -> Any:
    begin = process_time()
    result = work()
    spent[stage] = 1000 * (process_time() - begin)
    return result


def _records(summary: ArticleSummary) -> int:
    return len(summary.officials) + len(summary.visits) + len(summary.invitations)


def import_seconds() -> dict[str, float]:
    """Seconds that each import takes in a fresh interpreter, the interpreter's own start left out."""
    statements = ("import summarise", "import pydantic")
    times: dict[str, list[float]] = {statement: [] for statement in statements}
    for _ in range(IMPORTS):
        for statement in statements:
            times[statement].append(_import_once(statement))
    return {statement: median(found) for statement, found in times.items()}


def _import_once(statement: str) -> float:
    code = f"from time import perf_counter as now; begin = now(); {statement}; print(now() - begin)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    main()
