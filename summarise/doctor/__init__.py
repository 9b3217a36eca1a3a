"""`summarise doctor`: whether everything is in place to read an article, and what to mend."""

from summarise.doctor.examine import examine
from summarise.doctor.findings import Finding, State

__all__ = ["Finding", "State", "examine"]
