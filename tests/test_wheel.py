"""The wheel: it holds every file that the library reads, and an article can be summarised from it alone."""

from __future__ import annotations

import ast
import importlib.metadata
import itertools
import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from summarise.records import ArticleSummary
from tests.loopback import Loopback, completion
from tests.test_converse import GOOD, TEXT

ROOT = Path(__file__).parent.parent
BUILT = ("summarise", "prompts", "schemas", "README.md", "LICENSE", "pyproject.toml")
READ = """
import sys
from pathlib import Path
import summarise, summarise.prompt, summarise.resources
assert Path(summarise.__file__).is_relative_to(sys.prefix), summarise.__file__
assert summarise.resources.resource_folder("schemas").is_relative_to(sys.prefix)
with summarise.Summariser() as reader:
    print(reader.read(Path(sys.argv[1])).model_dump_json())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the files of the checkout. Without isolation, so that nothing is downloaded."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in BUILT:
        (source / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; the dependencies are those of the running one."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=False, symlinks=True)
    scheme = {"base": str(place), "platbase": str(place)}
    site = Path(sysconfig.get_path("purelib", vars=scheme, scheme="venv"))
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", "--target", str(site)]
    run = subprocess.run([*command, str(wheel)], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    # Behind the fresh folder on the path, so that the wheel wins over an editable installation.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Path(place, "bin", "python")


def test_every_file_that_is_read_is_in_the_wheel(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (
        ("prompts", "summarise/prompts"),
        ("schemas", "summarise/schemas"),
        ("summarise", "summarise"),
    ):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert files
        assert {f"{inside}/{path.relative_to(ROOT / folder).as_posix()}" for path in files} <= packed
    assert any(name.endswith("licenses/LICENSE") for name in packed)


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"summarise"}
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if "test" in name or "cassette" in name]


def test_the_package_says_that_it_is_typed(wheel: Path) -> None:
    assert "summarise/py.typed" in zipfile.ZipFile(wheel).namelist()


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = itertools.chain(project["dependencies"], *project["optional-dependencies"].values())
    declared = {_normal(re.split(r"[^\w.-]", line)[0]) for line in lines}
    providers = importlib.metadata.packages_distributions()
    imported = {
        name.partition(".")[0]
        for path in (ROOT / "summarise").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        for name in _imported(node)
    }
    foreign = imported - sys.stdlib_module_names - {"summarise"}
    assert "pydantic_core" in foreign
    assert {name for name in foreign if not declared & set(map(_normal, providers.get(name, [])))} == set()
    used = {_normal(provider) for name in foreign for provider in providers[name]}
    assert declared <= used, "declared, and never imported"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_an_article_is_summarised_from_the_wheel_alone(python: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(TEXT, encoding="utf-8")
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("SUMMARISE_", "OPENAI_", "PYTHON"))
    }
    with Loopback(completion(GOOD)) as server:
        environment = {
            **clean,
            "OPENAI_BASE_URL": server.base_url,
            "SUMMARISE_MODEL": "from-the-wheel",
            "NO_PROXY": "*",
        }
        run = subprocess.run(
            [str(python), "-c", READ, str(article)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment,
            timeout=60,
        )
    assert run.returncode == 0, run.stderr
    summary = ArticleSummary.model_validate(json.loads(run.stdout))
    assert [visit.country for visit in summary.visits] == ["PER", "PER"]
    assert summary.provenance is not None
    assert summary.provenance.warnings == ["the endpoint reported no token counts: they were counted here"] + [
        warning for warning in summary.provenance.warnings if "from-the-wheel" in warning
    ]
    assert len(server.seen) == 1
