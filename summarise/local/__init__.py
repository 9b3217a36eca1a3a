"""A model on one's own machine: a `.gguf` file, served by llama.cpp on loopback as long as it is needed.

llama.cpp comes with the package xllamacpp and runs in a process of its own. A damaged file makes it abort now and then
(7 of 168 that were damaged on purpose did), a large one may be ended by the system for lack of memory, and it writes to
the terminal as it likes: none of that may take a run over a corpus along.
"""

from summarise.local.extra import check_extra
from summarise.local.model_file import ModelFile, model_file
from summarise.local.server import Address, LocalServer, Wanted, given_back, shared_server

__all__ = [
    "Address",
    "LocalServer",
    "ModelFile",
    "Wanted",
    "check_extra",
    "given_back",
    "model_file",
    "shared_server",
]
