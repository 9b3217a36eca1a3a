"""`summarise doctor`: whether everything is in place, and what to mend."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from summarise.cli.output import say_folded, say_json


@click.command("doctor")
@click.option(
    "--model",
    metavar="NAME",
    help="Model, as the endpoint knows it; a .gguf file on this machine; or offline. "
    "[env: SUMMARISE_MODEL; default: gpt-6-luna]",
)
@click.option("--base-url", metavar="URL", help="Root of an OpenAI-compatible endpoint. [env: OPENAI_BASE_URL]")
@click.option(
    "--context",
    metavar="N",
    type=click.IntRange(min=1),
    help="The model's context in tokens, where it is not known. [env: SUMMARISE_CONTEXT]",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, at the end.")
def doctor_command(model: str | None, base_url: str | None, context: int | None, as_json: bool) -> int:
    """Say whether all is in place, and what to mend.

    Looks at what is installed, the folder, key, address and model, and has the model read one short article, which
    costs what an article costs. A key is never shown.

    Exit status: 0 all is well, or doubtful at most; 1 something is to be mended.
    """
    from summarise.doctor import examine

    findings = []
    for finding in examine(model=model, base_url=base_url, context=context):
        findings.append(finding)
        if not as_json:
            say_folded(f"{finding.state:<5} {finding.name}: {finding.found}")
            if finding.way_on:
                say_folded(f"  {'→':>4} {finding.way_on}")
    failed = any(finding.state == "fail" for finding in findings)
    if as_json:
        say_json(json.dumps({"ok": not failed, "findings": [asdict(each) for each in findings]}, ensure_ascii=False))
    return int(failed)
