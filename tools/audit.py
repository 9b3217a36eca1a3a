"""Known vulnerabilities of everything that is installed with the package, by pip-audit.

    python tools/audit.py SITE_PACKAGES [--osv-url URL]

An advisory service that cannot be reached, or that knows no advisories (a mirror of an index may have none), must not
look like a clean result: pip-audit itself reports such packages as skipped and ends well. So each service is first
asked about a release that is known to be vulnerable. Exit status: 0 audited, nothing found that is not explained; 1
something found; 3 not audited, and why.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

CONTROL = "jinja2==2.4.1"
"""Has had advisories for years (CVE-2014-1402 and others)."""

EXPLAINED: dict[str, str] = {}
"""Advisories that do not concern us: id, and why."""


def report_of(service: list[str], what: list[str]) -> dict[str, Any] | str:
    """What pip-audit reports, or why it does not."""
    command = [sys.executable, "-m", "pip_audit", *service, *what, "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run([*command, "--timeout", "15"], capture_output=True, text=True, check=False)
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        lines = done.stderr.strip().splitlines()
        return lines[-1][:300] if lines else f"pip-audit ended with {done.returncode}"
    return report


def knows_advisories(service: list[str]) -> str:
    """Empty if the service reports what is known of the control; else why it is no use."""
    with tempfile.TemporaryDirectory() as place:
        listed = Path(place, "control.txt")
        listed.write_text(CONTROL + "\n", encoding="utf-8")
        report = report_of(service, ["--requirement", str(listed), "--no-deps", "--disable-pip"])
    if isinstance(report, str):
        return report
    found = [each for each in report["dependencies"] if each.get("vulns")]
    return "" if found else f"it reports nothing about {CONTROL}, which is known to be vulnerable"


def audit(site_packages: str, service: list[str]) -> tuple[list[str], list[str], int]:
    """Findings as lines, names that could not be audited, and how many were."""
    report = report_of(service, ["--path", site_packages])
    if isinstance(report, str):
        return [], [report], 0
    dependencies = [each for each in report["dependencies"] if each["name"] != "summarise"]
    skipped = [each["name"] for each in dependencies if "skip_reason" in each]
    findings = [
        f"{each['name']} {each['version']}: {vulnerability['id']}, mended in {vulnerability['fix_versions'] or 'none'}"
        for each in dependencies
        for vulnerability in each.get("vulns", [])
        if not {vulnerability["id"], *vulnerability.get("aliases", [])} & set(EXPLAINED)
    ]
    return findings, skipped, len(dependencies) - len(skipped)


def main(arguments: list[str]) -> int:
    """Asks the first service that is of use; says what was asked."""
    services = [["--vulnerability-service", name] for name in ("osv", "pypi")]
    if "--osv-url" in arguments:
        services = [["--vulnerability-service", "osv", "--osv-url", arguments[arguments.index("--osv-url") + 1]]]
    reasons = []
    for service in services:
        if reason := knows_advisories(service):
            reasons.append(f"  {service[1]}: {reason}")
            continue
        findings, skipped, audited = audit(arguments[0], service)
        sys.stdout.write(f"audited by {service[1]}: {audited} packages, {len(findings)} findings\n")
        sys.stdout.writelines(f"  {line}\n" for line in findings)
        if skipped:
            sys.stdout.write(f"  NOT AUDITED: {', '.join(skipped)}\n")
        return 1 if findings else 3 if skipped else 0
    sys.stdout.write("NOT AUDITED for known vulnerabilities: no advisory service is of use here\n")
    sys.stdout.writelines(f"{reason}\n" for reason in reasons)
    return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
