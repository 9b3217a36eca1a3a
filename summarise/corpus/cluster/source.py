"""The files of a corpus as a dataset: Ray Data opens them, on whatever machine, and their rows are read as ever."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import ray
from ray.data.datasource import FileBasedDatasource

from summarise.corpus import delimited, json_lines, parquet
from summarise.corpus.cluster.answers import Claimed, packed
from summarise.corpus.cluster.claims import Claim
from summarise.corpus.files import form_of
from summarise.corpus.fingerprint import content_fingerprint
from summarise.corpus.items import Complaint, Found, SourceFile, SourceItem
from summarise.corpus.rows import MOST_BYTES, Fields, items_of
from summarise.corpus.twins import text_of
from summarise.errors import ArticleTooLong, ConfigurationError, UnreadableArticle, UnreadableRow

FOUND = "found"
"""The column of the dataset: an article or a complaint in each row, packed."""

_AT_A_TIME = 64


def articles_dataset(files: Sequence[SourceFile], fields: Fields, coordinator: Any) -> Any:
    """What all the files hold, a claimed article or a complaint in each row.

    The claims are made here, since within a file the rows are in order here: of rows with one id the first counts.
    """
    stores: dict[str, list[SourceFile]] = {}
    for file in files:
        stores.setdefault(file.url.partition("://")[0], []).append(file)
    first, *others = (
        ray.data.read_datasource(ArticleFiles([_address(file) for file in some], some, fields, coordinator))
        for some in stores.values()
    )
    return first.union(*others) if others else first


def _address(file: SourceFile) -> str:
    return file.url or _place(file)


def _place(file: SourceFile) -> str:
    """The path that Ray asks the file system for."""
    return str(file.path) if file.url else str(file.path.absolute())


class ArticleFiles(FileBasedDatasource):  # type: ignore[misc]
    """Ray finds, opens and distributes the files; how rows become articles is told by the modules for one machine."""

    def __init__(self, paths: list[str], files: Sequence[SourceFile], fields: Fields, coordinator: Any) -> None:
        super().__init__(paths)
        self._coordinator = coordinator
        self._files = ray.put({_place(file): file for file in files})
        self._fields = fields
        self._problems: dict[str, OSError] = {}

    def _open_input_source(self, filesystem: Any, path: str, **open_args: Any) -> Any:
        try:
            if form_of(Path(path)) == ".parquet":
                return filesystem.open_input_file(path)
            return super()._open_input_source(filesystem, path, **open_args)
        except OSError as problem:
            if self._is_passing(str(problem)):
                raise
            self._problems[path] = problem
            return pyarrow.BufferReader(b"")

    def _read_stream(self, f: Any, path: str) -> Iterator[Any]:
        file: SourceFile = ray.get(self._files)[path]
        some: list[Found] = []
        for found in self._found(f, file, path):
            if isinstance(found, Complaint) and self._is_passing(found.error.message):
                raise OSError(found.error.message)
            some.append(found)
            if len(some) == _AT_A_TIME:
                yield self._block(some)
                some = []
        yield self._block(some)

    def _block(self, found: Sequence[Found]) -> Any:
        claims = [_claim(each) for each in found if isinstance(each, SourceItem)]
        verdicts = iter(ray.get(self._coordinator.claim.remote(claims)) if claims else ())
        claimed = [each if isinstance(each, Complaint) else Claimed(each, *next(verdicts)) for each in found]
        return pyarrow.table({FOUND: pyarrow.array(packed(claimed), pyarrow.binary())})

    def _is_passing(self, message: str) -> bool:
        """Whether Ray tries again after such an error."""
        return any(passing in message for passing in self._data_context.retried_io_errors)

    def _found(self, f: Any, file: SourceFile, path: str) -> Iterable[Found]:
        problem = self._problems.pop(path, None)
        return found_in_file(f, file, self._fields) if problem is None else [_unreadable(file, problem)]


def found_in_file(f: Any, file: SourceFile, fields: Fields) -> Iterable[Found]:
    """What an open file holds, a `pyarrow.NativeFile` that is unpacked already; the same as on one machine."""
    match form_of(file.path):
        case ".jsonl" | ".jsonl.gz":
            return items_of(json_lines.rows_in(io.BufferedReader(f)), file, fields)
        case ".csv" | ".tsv":
            return items_of(delimited.rows_in(delimited.as_text(io.BufferedReader(f)), file.path), file, fields)
        case ".parquet":
            return _of_parquet(f, file, fields)
        case _:
            return [_text(f, file)]


def _of_parquet(f: Any, file: SourceFile, fields: Fields) -> Iterator[Found]:
    try:
        opened = pyarrow.parquet.ParquetFile(f)
        fields.check_columns(opened.schema_arrow.names, file.source)
    except (pyarrow.ArrowException, OSError) as problem:
        yield Complaint(file.source, UnreadableRow(f"{file.source} is no parquet file that can be read: {problem}"))
    except ConfigurationError as problem:
        yield Complaint(file.source, UnreadableRow(problem.message, hint=problem.hint))
    else:
        yield from items_of(parquet.rows_in(opened, fields), file, fields)


def _text(f: Any, file: SourceFile) -> Found:
    try:
        content = f.read(MOST_BYTES + 1)
    except OSError as problem:
        return _unreadable(file, problem)
    if len(content) > MOST_BYTES:
        return Complaint(file.source, ArticleTooLong(f"{file.source} has more than {MOST_BYTES:,} bytes"), file.id)
    return SourceItem(file.id, file.source, content)


def _unreadable(file: SourceFile, problem: OSError) -> Complaint:
    message = f"{file.source}: it cannot be read: {problem.strerror or problem}"
    if form_of(file.path):
        return Complaint(file.source, UnreadableRow(message))
    return Complaint(file.source, UnreadableArticle(message), file.id)


def _claim(item: SourceItem) -> Claim:
    return Claim(item.id, item.source, text_of(content_fingerprint(item)))
