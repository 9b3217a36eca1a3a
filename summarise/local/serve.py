"""The program that serves a model with llama.cpp, in a process of its own, until its standard input ends.

It is told in one line of JSON what to serve, and answers in one line: its address, or why there is none. What llama.cpp
writes, to whatever output, goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit


def main() -> None:
    """Serve, and end at once when there is no more input, even if the program that started this one was killed."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    wanted = json.loads(sys.stdin.buffer.readline())
    try:
        server = started(wanted)
        told = {"url": server.listening_address, "context": _context(server.listening_address, wanted["key"])}
    except Exception as problem:  # noqa: BLE001 - it is told to the program that wants to know
        told = {"error": f"{type(problem).__name__}: {problem}"}
    answers.write(json.dumps(told) + "\n")
    answers.close()
    if "error" in told:
        return  # in good order: what llama.cpp says of the reason is written at the end
    sys.stdin.buffer.read()
    os._exit(0)  # whatever is being written still, nobody waits for it any more


def started(wanted: dict[str, Any]) -> Any:
    """The server, as soon as the model is loaded. `threads` may be None, `port` 0; `context` is that of each slot."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = wanted["path"]
    parameters.model_alias = {wanted["name"]}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = wanted["port"]
    parameters.api_keys = [wanted["key"]]
    parameters.cors_origins = ""  # no web page has any business here
    parameters.ui = False
    parameters.verbosity = 2  # errors and warnings
    # llama.cpp shares its context out among its slots: so each of them gets all that was wanted.
    parameters.n_parallel = wanted["slots"]
    parameters.n_ctx = wanted["context"] * wanted["slots"]
    parameters.cache_ram_mib = 0  # 8 GiB by default, for prompts that come again: ours share their beginning alone
    parameters.enable_reasoning = 0  # the grammar wants the reply at once
    if wanted["threads"] is not None:
        parameters.cpuparams.n_threads = wanted["threads"]
        parameters.cpuparams_batch.n_threads = wanted["threads"]
    return xllamacpp.Server(parameters)


def _context(address: str, key: str) -> int:
    """The context of one slot, as the server has it; that it answers shows that it works on its queue."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)  # which knows nothing of proxies
    connection.request("GET", "/slots", headers={"Authorization": f"Bearer {key}"})
    slots = json.loads(connection.getresponse().read())
    connection.close()
    return int(slots[0]["n_ctx"])


if __name__ == "__main__":
    main()
