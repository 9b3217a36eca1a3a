"""What mkdocs cannot do by itself for the site: files from outside docs/, and the notebook as a page.

A hook of `mkdocs.yml`. The pages of the project that stand at the top of the checkout, where people look for them, and
the schemas become part of the site; links in them are turned to where their targets are in the site.
"""

from __future__ import annotations

import json
import posixpath
import re
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent

BROUGHT_IN = {
    "project/contributing.md": "CONTRIBUTING.md",
    "project/changelog.md": "CHANGELOG.md",
    "project/security.md": "SECURITY.md",
    "reference/record.schema.json": "schemas/record.schema.json",
    "reference/reply.schema.json": "schemas/reply.schema.json",
}
"""Path in the site: path in the checkout. What is not there is left out."""

_LINK = re.compile(r"(?<=\]\()(?!\w+:|#)([^)#\s]+)")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Adds what comes from outside docs/, and puts pages in the place of notebooks."""
    for uri, name in BROUGHT_IN.items():
        source = ROOT / name
        if source.is_file():
            text = source.read_text(encoding="utf-8")
            files.append(File.generated(config, uri, content=turned(text, uri) if uri.endswith(".md") else text))
    for file in [file for file in files if file.src_uri.endswith(".ipynb")]:
        text = notebook_page(json.loads(Path(str(file.abs_src_path)).read_text(encoding="utf-8")))
        files.append(File.generated(config, file.src_uri.replace(".ipynb", ".md"), content=text))
    return files


def on_page_markdown(markdown: str, **_other: Any) -> str:
    """Links to notebooks lead to their pages."""
    return re.sub(r"(\]\([^)\s]+)\.ipynb\)", r"\1.md)", markdown)


def turned(text: str, uri: str) -> str:
    """The Markdown of a file at the top of the checkout, its links turned to be right at `uri` in the site."""
    places = {name: page for page, name in BROUGHT_IN.items()}
    here = posixpath.dirname(uri)

    def link(found: re.Match[str]) -> str:
        target = places.get(found[1], found[1].removeprefix("docs/"))
        return posixpath.relpath(target, here)

    return _LINK.sub(link, text)


def notebook_page(notebook: dict[str, Any]) -> str:
    """A notebook as Markdown: its text, its code, and below each piece of code what it gave."""
    parts: list[str] = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        parts += [output_block(output) for output in cell["outputs"]]
    return "\n\n".join(part for part in parts if part) + "\n"


def output_block(output: dict[str, Any]) -> str:
    """One output: HTML as it is (our tables escape what articles say), pictures in place, everything else as text."""
    data = output.get("data", {})
    if "text/html" in data:
        rows = (line.strip() for line in "".join(data["text/html"]).splitlines())
        return f'<div class="output">{" ".join(rows)}</div>'
    if "image/png" in data:
        picture = "".join(data["image/png"]).strip()
        return f'<div class="output"><img alt="figure" src="data:image/png;base64,{picture}"></div>'
    text = "".join(output.get("text") or data.get("text/plain") or "")
    return f'<div class="output"><pre>{escape(text)}</pre></div>' if text.strip() else ""
