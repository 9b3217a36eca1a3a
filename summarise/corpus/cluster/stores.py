"""Which files the paths and URLs of a cluster's corpus stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from summarise.corpus.files import TEXTS, TablesLeft, files_of, form_of, special
from summarise.corpus.items import STANDARD_INPUT, SourceFile
from summarise.corpus.parquet import needed_pyarrow
from summarise.errors import ConfigurationError


def cluster_files(
    paths: Iterable[str], leave_out: Collection[str | Path] = (), *, left: TablesLeft | None = None
) -> list[SourceFile]:
    """Every file: local ones as `files_of` names them, and those behind URLs such as `s3://bucket/folder`.

    A folder stands for the texts below it, or, where it has none, for the tables. Raises `ConfigurationError` for what
    cannot be read, and for what cannot be read by many: standard input, archives.
    """
    paths = list(paths)
    if STANDARD_INPUT in paths:
        raise ConfigurationError(
            "standard input cannot be read by a cluster", hint="Write it to a file, or leave --cluster out."
        )
    local = [path for path in paths if "://" not in path]
    files = list(files_of(local, leave_out, tables=True, left=left)) if local else []
    for url in (path for path in paths if "://" in path):
        files += _behind(url)
    for file in files:
        if form_of(file.path) == ".zip":
            raise ConfigurationError(
                f"{file.source} is an archive, which a cluster does not read", hint="Unpack it, or leave --cluster out."
            )
        if not file.url and (kind := special(file.path)):
            raise ConfigurationError(f"{file.source} is {kind}, not a file", hint="Take it out of the folder.")
    return files


def _behind(url: str) -> Iterator[SourceFile]:
    needed_pyarrow()
    from pyarrow import fs

    try:
        store, path = fs.FileSystem.from_uri(url)
        found = store.get_file_info(path)
        if found.type == fs.FileType.Directory:
            entries = store.get_file_info(fs.FileSelector(path, recursive=True))
        else:
            entries, path = [found], str(PurePosixPath(path).parent)
    except (OSError, ValueError) as problem:
        raise ConfigurationError(
            f"cannot read {url}: {problem}", hint="Check the URL, and that this machine may read there."
        ) from problem
    files = _articles(entries, fs.FileType.File)
    if not files:
        raise ConfigurationError(
            f"there is no article at {url}",
            hint="Give a file, or a folder with texts (.txt, .md) or tables (.jsonl, .jsonl.gz, .csv, .tsv, .parquet).",
        )
    root = url.removesuffix("/") if found.type == fs.FileType.Directory else url.rpartition("/")[0]
    for name in files:
        below = str(PurePosixPath(name).relative_to(path))
        form = form_of(Path(name)) or PurePosixPath(name).suffix
        yield SourceFile(Path(name), below.removesuffix(form) if form else below, f"{root}/{below}")


def _articles(entries: Iterable[Any], file: Any) -> list[str]:
    """The texts, else the tables, without what is hidden; a single file whatever it is."""
    names = sorted(
        entry.path
        for entry in entries
        if entry.type == file and not entry.path.rpartition("/")[2].startswith((".", "_"))
    )
    if len(names) == 1:
        return names
    texts = [name for name in names if PurePosixPath(name).suffix.lower() in TEXTS]
    return texts or [name for name in names if form_of(Path(name))]
