"""How Ray Data's work is ended from outside: what still asks Ray after its shutdown would start another one."""

from __future__ import annotations

import threading
from typing import Any

PATIENCE_SECONDS = 20.0
"""How long the end may take; a step of Ray Data takes a tenth of a second, giving up its readers some more."""


class Ending:
    """What Ray Data calls at each step, once it is in `custom_execution_callback_classes`; it ends the work by raising.

    Ray makes it itself, from the class alone, which goes to the workers by name: hence `asked` is the program's, which
    does one run at a time.
    """

    asked = threading.Event()

    def before_execution_starts(self, executor: Any) -> None:
        """Nothing is to be done."""

    def on_execution_step(self, executor: Any) -> None:
        """Raises `Ended`, which comes out where the results are waited for."""
        if self.asked.is_set():
            raise Ended

    def after_execution_succeeds(self, executor: Any) -> None:
        """Nothing is to be done."""

    def after_execution_fails(self, executor: Any, error: Exception) -> None:
        """Nothing is to be done."""


class Ended(Exception):
    """The run is over, and nobody waits for more."""
