"""The server of a local model, as the program that needs it sees it: started when first needed, one for each model."""

from __future__ import annotations

import atexit
import json
import logging
import os
import re
import secrets
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from summarise.errors import ConfigurationError, LocalModelFailed
from summarise.local.model_file import ModelFile

if TYPE_CHECKING:
    from pydantic import SecretStr

log = logging.getLogger(__name__)

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from summarise.local.serve import main; main()"
_SAID = re.compile(r"^[\d.]+ E (.+)$", re.MULTILINE)
_ABORTED = re.compile(r"^.*GGML_ASSERT.*$", re.MULTILINE)
_LOADING = "error loading model: "
_NO_PORT = ("bind", "address already in use", "port")
_KILLED = -9
_ENDING_SECONDS = 10
"""For a process that has told why it cannot serve."""
_NOT_ITS_BUSINESS = re.compile(r".*OPENAI_.*|SUMMARISE_.*|.*_PROXY", re.IGNORECASE | re.DOTALL)
"""Variables that hold keys and passwords, or may; llama.cpp asks nobody, and is told what to do in a line of input."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to serve, and how: tokens of context for each of the slots, threads (None: as llama.cpp chooses), and the
    port, None for a free one."""

    file: ModelFile
    context: int
    slots: int
    threads: int | None
    port: int | None


@dataclass(frozen=True, slots=True)
class Address:
    """Where the model answers, the key it wants, and the context that it has in the end."""

    base_url: str
    key: SecretStr
    context: int


class LocalServer:
    """llama.cpp, serving one model; may be used from several threads."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._address: Address | None = None
        self._stopped = False
        self._owner = os.getpid()

    def address(self, within: float) -> Address:
        """Where it answers; starts it if need be, which takes as long as the model takes to load, in seconds at most
        `within`.

        Raises `ConfigurationError` for a file that changed meanwhile and for a port that is taken, and
        `LocalModelFailed` for a model that llama.cpp cannot load, or not in that time.
        """
        with self._lock:
            if self._address is None or self.failure() is not None:
                self.wanted.file.check_unchanged()
                self._address = self._start(within)
            return self._address

    @property
    def pid(self) -> int | None:
        """The process in which it runs; None if there is none."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def failure(self, within: float = 0) -> LocalModelFailed | None:
        """Why it does not answer any more; None if it does, for all that can be seen here `within` so many seconds."""
        process = self._process
        if self._address is None or process is None or self._stopped:
            return None
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            return None
        return self._failed(f"llama.cpp has ended {_how(process.returncode)}")

    def stop(self) -> None:
        """End it, even while it is starting."""
        self._stopped = True
        process = self._process
        if process is None or self._owner != os.getpid():  # a fork has no say in it
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, self._said):
            if stream is not None:
                stream.close()

    def _start(self, within: float) -> Address:
        from pydantic import SecretStr

        wanted, key = self.wanted, SecretStr(secrets.token_urlsafe(24))
        log.info("llama.cpp loads %s", wanted.file.path)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (open until the end)
        process = self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the run, which gives the articles under way time to finish
        )
        if self._stopped:  # meanwhile
            process.kill()
        line, in_time = self._answer(process, key, within)
        answer = json.loads(line) if line.endswith(b"\n") else {}
        if "url" not in answer:
            raise self._no_start(process, answer.get("error", "")) if in_time else self._too_slow(process, within)
        log.info("llama.cpp serves %s at %s, %d tokens of context", wanted.file.path, answer["url"], answer["context"])
        return Address(f"{answer['url']}/v1", key, answer["context"])

    def _answer(self, process: subprocess.Popen[bytes], key: SecretStr, within: float) -> tuple[bytes, bool]:
        """What the process says when it is told what to serve, empty if it ended, and whether it did so in time."""
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()  # whoever reads what it says then comes to the end of it

        timer = threading.Timer(min(within, threading.TIMEOUT_MAX), end)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(json.dumps(self._told(key)).encode() + b"\n")
            process.stdin.flush()
            return process.stdout.readline(), not late.is_set()
        except (BrokenPipeError, ValueError):  # it ended, or was stopped
            return b"", not late.is_set()
        finally:
            timer.cancel()

    def _told(self, key: SecretStr) -> dict[str, object]:
        wanted = self.wanted
        return {
            "path": os.fspath(wanted.file.path),
            "name": wanted.file.name,
            "context": wanted.context,
            "slots": wanted.slots,
            "threads": wanted.threads,
            "port": wanted.port or 0,
            "key": key.get_secret_value(),
        }

    def _too_slow(self, process: subprocess.Popen[bytes], within: float) -> LocalModelFailed:
        process.wait()
        return LocalModelFailed(
            f"{self.wanted.file.path}: llama.cpp had not loaded the model after {within:,.10g} seconds, and was ended",
            hint="Give it longer (SUMMARISE_DEADLINE, in seconds). Where the disk is slow or memory is short, copy the "
            "file to a faster one or take a smaller model. What is done is kept.",
        )

    def _no_start(self, process: subprocess.Popen[bytes], error: str) -> ConfigurationError | LocalModelFailed:
        if self._stopped:
            return LocalModelFailed(f"llama.cpp was stopped while it loaded {self.wanted.file.path}")
        try:
            status = process.wait(_ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        reason = self._reason()
        port = self.wanted.port
        if port is not None and any(word in reason.casefold() for word in _NO_PORT):
            return ConfigurationError(
                f"port {port} is taken, so {self.wanted.file.path.name} cannot be served there",
                hint="Set another one (SUMMARISE_PORT), or none: then a free one is found.",
            )
        if error.startswith(("ImportError", "ModuleNotFoundError", "AttributeError")):
            return ConfigurationError(
                f"llama.cpp cannot be used: {error}", hint="pip install --upgrade 'summarise[local]'"
            )
        how = "" if status == 0 else f": it ended {_how(status)}"
        return self._failed(f"llama.cpp cannot load the model{how}", reason or error)

    def _failed(self, what: str, reason: str | None = None) -> LocalModelFailed:
        reason = self._reason() if reason is None else reason
        return LocalModelFailed(f"{self.wanted.file.path}: {what}" + (f" ({reason})" if reason else ""))

    def _reason(self) -> str:
        """The most telling of what llama.cpp said last; empty if it said nothing."""
        if self._said is None or self._said.closed:
            return ""
        self._said.seek(max(0, os.fstat(self._said.fileno()).st_size - 20_000))
        text = self._said.read().decode(errors="replace")
        said = _SAID.findall(text)
        loading = [line.partition(_LOADING)[2] for line in said if _LOADING in line]
        specific = [line for line in loading if "failed to load model" not in line] or said[:1] or loading
        found = _ABORTED.findall(text)[-1:] or specific[-1:] or [text.strip().rpartition("\n")[2]]
        return " ".join(found[0].split())[:300]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not _NOT_ITS_BUSINESS.fullmatch(name)}
    return {**kept, "GGML_NO_BACKTRACE": "1"}  # it would start a debugger


def _how(status: int) -> str:
    if status == _KILLED:
        return "by signal 9, most often for lack of memory"
    return f"by signal {-status}" if status < 0 else f"with status {status}"


_lock = threading.Lock()
_servers: dict[Wanted, tuple[LocalServer, int]] = {}


def shared_server(wanted: Wanted) -> LocalServer:
    """The one server of this process for what is wanted; to be given back."""
    with _lock:
        server, users = _servers.get(wanted) or (LocalServer(wanted), 0)
        _servers[wanted] = (server, users + 1)
        return server


def given_back(server: LocalServer) -> None:
    """It is not needed here any more: the last one to say so stops it."""
    with _lock:
        found, users = _servers.get(server.wanted, (None, 0))
        if found is server and users > 1:
            _servers[server.wanted] = (server, users - 1)
            return
        if found is server:
            del _servers[server.wanted]
    server.stop()


@atexit.register
def _stop_all() -> None:
    while _servers:
        _servers.popitem()[1][0].stop()
