"""Pure code that decides whether a model's reply becomes records."""

from summarise.judge.court import judge, judge_parts, judge_value
from summarise.judge.leaks import Instructions, repeats, runs_of
from summarise.judge.verdict import Fault, Verdict

__all__ = ["Fault", "Instructions", "Verdict", "judge", "judge_parts", "judge_value", "repeats", "runs_of"]
