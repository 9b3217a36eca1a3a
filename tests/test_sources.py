"""What the paths of a corpus stand for, and what each kind of file gives, real files all of them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarise.corpus.given import found_in
from summarise.corpus.items import Complaint, Found, SourceItem
from summarise.corpus.rows import Fields
from summarise.corpus.sources import articles, survey
from summarise.errors import ConfigurationError

Row = dict[str, object]


def write_json_lines(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def write_packed(path: Path, rows: Iterable[Row]) -> None:
    with gzip.open(path, "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def write_table(path: Path, rows: list[Row]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter="\t" if path.suffix == ".tsv" else ",")
        writer.writeheader()
        writer.writerows(rows)


def write_parquet(path: Path, rows: list[Row]) -> None:
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=2)


WRITERS: dict[str, Callable[[Path, list[Row]], None]] = {
    ".jsonl": write_json_lines,
    ".jsonl.gz": write_packed,
    ".csv": write_table,
    ".tsv": write_table,
    ".parquet": write_parquet,
}


def good(found: Iterable[Found]) -> list[SourceItem]:
    items = list(found)
    assert [item for item in items if isinstance(item, Complaint)] == []
    return [item for item in items if isinstance(item, SourceItem)]


def told(found: Iterable[Found]) -> list[tuple[str | None, str, str]]:
    """Of each complaint the id, the kind and the message."""
    return [(item.id, item.error.kind, item.error.message) for item in found if isinstance(item, Complaint)]


class TestRows:
    @pytest.mark.parametrize("suffix", WRITERS)
    def test_every_row_is_an_article(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"news.v1{suffix}"
        rows: list[Row] = [
            {"id": f"n{number}", "text": f'Line "one",\nand\t{number}.\n', "date": "2024-03-12T08:00:00+01:00"}
            for number in range(5)
        ]
        WRITERS[suffix](path, rows)
        items = good(articles([path]))
        assert [item.id for item in items] == ["n0", "n1", "n2", "n3", "n4"]
        assert items[3].content == rows[3]["text"]
        assert items[3].published == date(2024, 3, 12)
        assert items[0].source == f"{path}:{2 if suffix in ('.csv', '.tsv') else 1}"
        assert survey([path]) == (None if suffix == ".jsonl.gz" else 5)

    @pytest.mark.parametrize("suffix", WRITERS)
    def test_without_an_id_a_row_is_called_by_its_file_and_number(self, tmp_path: Path, suffix: str) -> None:
        WRITERS[suffix](tmp_path / f"news.v1{suffix}", [{"body": "One."}, {"body": "Two."}])
        first = 2 if suffix in (".csv", ".tsv") else 1
        ids = [item.id for item in good(articles([tmp_path / f"news.v1{suffix}"]))]
        assert ids == [f"news.v1/{first}", f"news.v1/{first + 1}"]

    @pytest.mark.parametrize("suffix", WRITERS)
    def test_the_fields_can_be_named(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"news{suffix}"
        row: Row = {"id": "no", "text": "no", "published": "no", "Text": "Yes.", "key": "yes", "day": "2024-01-02"}
        WRITERS[suffix](path, [row])
        fields = Fields("Text", "key", "day")
        survey([path], fields)
        assert good(articles([path], fields)) == [
            SourceItem("yes", good(articles([path], fields))[0].source, "Yes.", date(2024, 1, 2))
        ]
        (plain,) = good(articles([path], Fields(id="", date="")))
        assert plain.id.startswith("news/")
        assert plain.published is None

    @given(st.permutations(["text", "body", "content", "article"]), st.integers(1, 4))
    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_the_first_of_the_usual_names_is_the_text(self, tmp_path: Path, names: list[str], number: int) -> None:
        present = names[:number]
        write_json_lines(tmp_path / "a.jsonl", [{name: f"from {name}" for name in present}])
        (item,) = good(articles([tmp_path / "a.jsonl"]))
        assert item.content == f"from {min(present, key=['text', 'body', 'content', 'article'].index)}"

    @given(
        st.lists(st.tuples(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip)), min_size=1)
    )
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_every_row_is_found_again_or_complained_about(self, tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
        for suffix in (".jsonl", ".jsonl.gz", ".parquet"):
            path = tmp_path / f"a{suffix}"
            WRITERS[suffix](path, [{"id": id, "text": text} for id, text in pairs])
            found = list(articles([path]))
            assert len(found) == len(pairs)
            first: dict[str, str] = {}
            for id, text in pairs:
                first.setdefault(id, text)
            assert {item.id: item.content for item in found if isinstance(item, SourceItem)} == first
            repeated = [item.error.kind for item in found if isinstance(item, Complaint)]
            again = [text == first[id] for place, (id, text) in enumerate(pairs) if id in dict(pairs[:place])]
            assert repeated == ["RepeatedRow" if same else "RepeatedId" for same in again]

    @given(st.lists(st.binary(max_size=40), max_size=12))
    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_no_bytes_are_fatal(self, tmp_path: Path, lines: list[bytes]) -> None:
        content = b"\n".join(lines)
        for name, before in (("a.jsonl", b""), ("a.csv", b"id,text\n"), ("a.tsv", b"id\ttext\n")):
            (tmp_path / name).write_bytes(before + content)
            survey([tmp_path / name])
            for item in articles([tmp_path / name]):
                assert item.source.startswith(f"{tmp_path / name}:")
        assert len(list(articles([tmp_path / "a.jsonl"]))) == survey([tmp_path / "a.jsonl"])


class TestBadRows:
    LINES = (
        b'\xef\xbb\xbf{"id": "a", "text": "One."}',
        b'{"id": "b", "te',
        b"",
        b'{"id": "c", "title": "x"}',
        b'{"id": "d", "text": ["x"]}',
        b'{"id": "e", "text": "Two.", "date": "yesterday"}',
        b'{"id": "f", "text": " "}',
        b'{"id": "g", "text": "caf\xe9"}',
        b'{"id": 4.5, "text": "Three."}',
        b"[1]",
        b'{"id": "a", "text": "One."}',
        b'{"id": "a", "text": "Another."}',
        b'{"id": "a", "text": null}',
        b'{"id": 7, "text": null, "body": "Four.", "date": null}',
    )

    @pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
    def test_each_is_told_with_its_place_and_reason(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        content = b"\n".join(self.LINES)
        path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
        found = list(articles([path]))
        assert [item.id for item in found if isinstance(item, SourceItem)] == ["a", "7"]
        expected = [
            (None, "UnreadableRow", 2, "no JSON: EOF while parsing"),
            ("c", "UnreadableRow", 4, "no field 'text' or 'body' or 'content' or 'article'; its fields are 'id', "),
            ("d", "UnreadableRow", 5, "the field 'text' is of the type list, not text"),
            ("e", "UnreadableRow", 6, "the field 'date' holds 'yesterday', which is no date"),
            ("f", "EmptyArticle", 7, "the field 'text' is empty"),
            (None, "UnreadableRow", 8, "not in UTF-8, from byte 25"),
            (None, "UnreadableRow", 9, "the field 'id' is of the type float"),
            (None, "UnreadableRow", 10, "a list, and not a JSON object"),
            (None, "RepeatedRow", 11, "the id 'a' again, with the same text"),
            (None, "RepeatedId", 12, "the id 'a' stands before it already, with another text"),
            (None, "EmptyArticle", 13, "the field 'text' is empty"),
        ]
        for (id, kind, message), (wanted_id, wanted_kind, line, reason) in zip(told(found), expected, strict=True):
            assert (id, kind) == (wanted_id, wanted_kind)
            assert message.startswith(f"{path}:{line}: {reason}")
        assert all(item.error.hint for item in found if isinstance(item, Complaint))

    def test_bad_rows_of_a_table(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes(
            b"\xef\xbb\xbfid, text\r\na,One.\r\n\r\nb,two,three\r\n"
            b'c,"four" five\r\nd,caf\xe9\r\ne,"six\r\nseven"\r\nf,"never closed'
        )
        found = list(articles([path]))
        assert [(item.id, item.content) for item in found if isinstance(item, SourceItem)] == [
            ("a", "One."),
            ("e", "six\r\nseven"),
        ]
        assert [(id, message.removeprefix(f"{path}:")) for id, _, message in told(found)] == [
            (None, "4: 3 values under 2 columns"),
            (None, "5: no row of a table: ',' expected after '\"'"),
            ("d", "6: the field 'text' is not in UTF-8, from its character 4 on"),
            (None, "9: no row of a table: unexpected end of data"),
        ]

    def test_a_long_value_is_read_and_the_limit_of_others_is_left_alone(self, tmp_path: Path) -> None:
        before = csv.field_size_limit()
        write_table(tmp_path / "a.csv", [{"id": "a", "text": "x " * 200_000}])
        (item,) = good(articles([tmp_path / "a.csv"]))
        assert len(str(item.content)) == 400_000
        assert csv.field_size_limit() == before

    def test_a_line_longer_than_memory_should_hold(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("summarise.corpus.json_lines.MOST_BYTES", 100)
        long: Row = {"id": "b", "text": "x" * 1000}
        write_json_lines(tmp_path / "a.jsonl", [{"id": "a", "text": "One."}, long, {"id": "c", "text": "Two."}])
        found = list(articles([tmp_path / "a.jsonl"]))
        assert [item.id for item in found if isinstance(item, SourceItem)] == ["a", "c"]
        ((_, kind, message),) = told(found)
        assert kind == "UnreadableRow"
        assert "a.jsonl:2: a line of more than 100 bytes" in message

    def test_a_packed_file_that_breaks_off_gives_what_it_has(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl.gz"
        rows = [{"id": str(number), "text": f"Number {number}."} for number in range(50)]
        content = "".join(json.dumps(row) + "\n" for row in rows).encode()
        path.write_bytes(gzip.compress(content, 0)[:500])
        (tmp_path / "b.txt").write_text("text")
        found = list(articles([path, tmp_path / "b.txt"]))
        ((id, kind, message),) = told(found)
        assert (id, kind) == (None, "UnreadableRow")
        assert "from here on it cannot be read" in message
        assert [item.id for item in found[:2]] == ["0", "1"]
        assert found[-1].id == "b"

    def test_parquet_values_of_many_types(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        moment = datetime(2024, 3, 12, 23, 30, tzinfo=UTC)
        bad = pyarrow.Array.from_buffers(
            pyarrow.string(), 3, pyarrow.array([b"One.", b"caf\xe9", b"Three."], pyarrow.binary()).buffers()
        )
        columns = {
            "url": pyarrow.array([1, 2, None], pyarrow.int64()),
            "text": bad,
            "date": pyarrow.array([moment] * 3, pyarrow.timestamp("ns", "UTC")),
            "more": pyarrow.array([1.5] * 3),
        }
        pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=2)
        found = list(articles([path]))
        assert [(item.id, item.content, item.published) for item in found if isinstance(item, SourceItem)] == [
            ("1", "One.", date(2024, 3, 12)),
            ("a/3", "Three.", date(2024, 3, 12)),
        ]
        ((id, _, message),) = told(found)
        assert id == "2"
        assert message == f"{path}:2: the field 'text' is not in UTF-8, from its character 4 on"

    def test_a_damaged_row_group_is_one_complaint(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        rows = [{"id": f"row {number}", "text": f"Number {number} " * 30} for number in range(6)]
        pyarrow.parquet.write_table(
            pyarrow.Table.from_pylist(rows), path, row_group_size=2, compression="zstd", use_dictionary=False
        )
        offset = pyarrow.parquet.ParquetFile(path).metadata.row_group(1).column(1).data_page_offset
        content = bytearray(path.read_bytes())
        content[offset + 5 : offset + 60] = bytes(55)
        path.write_bytes(content)
        found = list(articles([path]))
        assert [item.id for item in found if isinstance(item, SourceItem)] == ["row 0", "row 1", "row 4", "row 5"]
        ((id, _, message),) = told(found)
        assert id is None
        assert message.startswith(f"{path}:3: from here to the end of row group 2 unreadable: ")


class TestArchives:
    def test_it_is_like_a_folder(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
            for name in ("b.txt", "2024/a.md", "2024/x.pdf", "__MACOSX/._b.txt", ".git/c.txt"):
                archive.writestr(name, f"text of {name}")
        items = good(articles([tmp_path / "news.zip"]))
        assert [(item.id, item.content) for item in items] == [
            ("news/2024/a", b"text of 2024/a.md"),
            ("news/b", b"text of b.txt"),
        ]
        assert items[0].source == f"{tmp_path / 'news.zip'}/2024/a.md"
        assert survey([tmp_path / "news.zip"]) == 2

    def test_a_damaged_member_fails_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "news.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", "text of a")
            archive.writestr("b.txt", "text of b")
        path.write_bytes(path.read_bytes().replace(b"text of a", b"test of a"))
        found = list(articles([path]))
        ((id, kind, message),) = told(found)
        assert (id, kind) == ("news/a", "UnreadableRow")
        assert message.startswith(f"{path}/a.txt: it cannot be unpacked: Bad CRC-32")
        assert found[1].id == "news/b"

    def test_a_member_that_unpacks_without_end_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("summarise.corpus.zipped.MOST_BYTES", 1000)
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", "x" * 100_000)
        ((id, kind, _),) = told(articles([tmp_path / "a.zip"]))
        assert (id, kind) == ("a/a", "ArticleTooLong")


class TestPatterns:
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        for name in ("in/2023/a.txt", "in/2024/05/a.txt", "in/2024/b.txt", "in/.hidden/c.txt"):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(name)
        for year in ("2023", "2024"):
            write_json_lines(Path(f"in/{year}/news.jsonl"), [{"text": f"of {year}"}])

    @pytest.mark.parametrize(
        ("pattern", "ids"),
        [
            ("in/2023/*.txt", ["a"]),
            ("in/*/a.txt", ["2023/a"]),
            ("in/**/*.txt", ["2023/a", "2024/05/a", "2024/b"]),
            ("in/*", ["2023/a", "2024/b", "2024/05/a"]),
            ("in/**", ["2023/a", "2023/news/1", "2024/b", "2024/05/a", "2024/news/1"]),
            ("in/202[34]/*.jsonl", ["2023/news/1", "2024/news/1"]),
            ("*/2023/?.txt", ["in/2023/a"]),
        ],
    )
    def test_it_stands_for_what_matches(self, pattern: str, ids: list[str]) -> None:
        assert sorted(item.id for item in good(articles([pattern]))) == sorted(ids)
        absolute = sorted(item.id for item in good(articles([Path.cwd() / pattern])))
        assert absolute == sorted(ids)

    def test_a_file_of_that_name_comes_first(self) -> None:
        Path("a[1].txt").write_text("text")
        assert [item.id for item in good(articles(["a[1].txt"]))] == ["a[1]"]

    @pytest.mark.parametrize("pattern", ["in/*.pdf", "no/**/x.txt"])
    def test_one_that_nothing_matches_is_an_error(self, pattern: str) -> None:
        with pytest.raises(ConfigurationError, match="nothing matches"):
            survey([pattern])

    def test_the_ledger_is_no_source(self) -> None:
        assert survey(["in/*/*.jsonl"], leave_out=["in/2024/news.jsonl"]) == 1


class TestWhatCannotBeUsed:
    """Told by the survey, before anything is spent."""

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("a.csv", b"", "has no column 'text' or 'body' or 'content' or 'article'; its columns are none"),
            ("a.csv", b"id;text\n1;x\n", "its columns are 'id;text'"),
            ("a.tsv", b"id,text\n", "its columns are 'id,text'"),
            ("a.csv", b'"id"x,text\n', "line 1, is no header of a table"),
            ("a.parquet", b"id,text\n", "is no parquet file"),
            ("a.zip", b"id,text\n", "is no zip archive"),
            ("a.jsonl.gz", b"id,text\n", "Not a gzipped file"),
            ("a.jsonl.gz", gzip.compress(b"x" * 99, mtime=0)[:8], "ended before"),
        ],
    )
    def test_a_file_that_is_not_what_its_name_says(
        self, tmp_path: Path, name: str, content: bytes, message: str
    ) -> None:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ConfigurationError) as caught:
            survey([tmp_path / name])
        assert message in caught.value.message
        assert str(tmp_path / name) in caught.value.message
        assert caught.value.hint

    @pytest.mark.parametrize("suffix", [".csv", ".parquet"])
    @pytest.mark.parametrize(
        ("fields", "option"),
        [(Fields(text="x"), "text"), (Fields(id="x"), "id"), (Fields(date="x"), "date")],
    )
    def test_a_column_that_is_not_there(self, tmp_path: Path, suffix: str, fields: Fields, option: str) -> None:
        WRITERS[suffix](tmp_path / f"a{suffix}", [{"id": "1", "text": "One."}])
        with pytest.raises(ConfigurationError, match="no column 'x'; its columns are 'id', 'text'") as caught:
            survey([tmp_path / f"a{suffix}"], fields)
        assert f"--{option}-field" in caught.value.hint

    def test_an_archive_without_texts(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("a.pdf", "x")
        with pytest.raises(ConfigurationError, match="no article in the archive"):
            survey([tmp_path / "a.zip"])

    def test_without_pyarrow_the_error_names_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_parquet(tmp_path / "a.parquet", [{"text": "One."}])
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(ConfigurationError, match="needs pyarrow") as caught:
            survey([tmp_path / "a.parquet"])
        assert "summarise[parquet]" in caught.value.hint


class Counting(io.BytesIO):
    """Lines without end, and how many were asked for."""

    asked = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.asked += 1
        return json.dumps({"id": self.asked, "text": f"Number {self.asked}."}).encode() + b"\n"


def test_standard_input_is_read_line_by_line() -> None:
    stream = Counting()
    found: Iterator[Found] = articles(["-"], stdin=stream)
    first = next(found)
    assert isinstance(first, SourceItem)
    assert (first.id, first.source) == ("1", "stdin:1")
    assert stream.asked == 1
    assert survey(["-"]) is None


def test_a_file_that_is_gone_when_its_turn_comes_is_a_complaint(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_json_lines(tmp_path / f"{name}.jsonl", [{"id": name, "text": name}])
    found = articles(sorted(tmp_path.iterdir()))
    assert next(found).id == "a"
    (tmp_path / "b.jsonl").rename(tmp_path / "c.jsonl")
    with pytest.raises(ConfigurationError, match=r"b\.jsonl: No such file"):
        next(found)


class TestWhatIsNoFile:
    """Whoever opened a named pipe would wait for its writer, and nothing but SIGKILL would end that."""

    @pytest.mark.parametrize("name", ["b.txt", "b.jsonl", "b.csv", "b.zip"])
    def test_below_a_folder_or_pattern_it_is_passed_over_and_named(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "a.txt").write_text("Text.")
        os.mkfifo(tmp_path / name)
        (tmp_path / "c.txt").symlink_to(tmp_path / name)
        for path, complaints in ((tmp_path, ["c.txt", "b.txt"]), (tmp_path / "*", ["c.txt", name])):
            if name != "b.txt" and path == tmp_path:
                complaints = ["c.txt"]  # a folder stands for its texts
            found = list(articles([path]))
            assert survey([path]) == len(found)
            assert [item.id for item in found if isinstance(item, SourceItem)] == ["a"]
            told = {item.error.message for item in found if isinstance(item, Complaint)}
            assert told == {f"{tmp_path / name} is a named pipe, not a file" for name in complaints}

    @pytest.mark.parametrize("name", ["pipe", "pipe.jsonl"])
    def test_a_path_of_its_own_is_an_error(self, tmp_path: Path, name: str) -> None:
        os.mkfifo(tmp_path / name)
        for read in (survey, lambda paths: list(articles(paths))):
            with pytest.raises(ConfigurationError, match=f"{name} is a named pipe") as caught:
                read([tmp_path / name])
            assert "standard input" in caught.value.hint

    def test_one_given_with_an_id_is_a_complaint(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        (found,) = found_in([("a", tmp_path / "pipe")], Fields())
        assert isinstance(found, Complaint)
        assert found.error.message == f"{tmp_path / 'pipe'} is a named pipe, not a file"


CELLS = st.text(st.sampled_from('ab ,"\t\r\n\x00é'), max_size=6)


@given(text=st.lists(CELLS, max_size=12).map("".join), suffix=st.sampled_from([".csv", ".tsv"]))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_has_as_many_rows_as_are_counted(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"table{suffix}"
    path.write_bytes(f"text\n{text}".encode())
    assert survey([path]) == len(list(articles([path])))
