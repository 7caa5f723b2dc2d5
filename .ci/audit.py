"""Ask a public service about known vulnerabilities of everything in a lock; `make audit` runs it.

Exit codes: 0 none is known, 1 some are, 3 it could not be found out. It says "none" only where it can be believed: a
release that everybody knows to be vulnerable is asked about too, so that a mirror without such data, a filter or an
empty answer is no good news. Whatever the lock holds for other systems is asked about as well.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

KNOWN_TO_BE_VULNERABLE = ("django", "1.11")  # not in any lock of ours
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", flags=re.MULTILINE)
SHOWN = 5
VULNERABLE, UNKNOWN = 1, 3

Pin = tuple[str, str]
Answer = dict[str, object]


def main() -> int:
    """Audit a lock; return the exit code."""
    parser = argparse.ArgumentParser(description="Known vulnerabilities of what is locked.")
    parser.add_argument("lock", type=Path)
    parser.add_argument("--service", default="pypi", choices=["pypi", "osv"])
    parser.add_argument("--osv-url", help="another address of the service osv")
    given = parser.parse_args()
    pins = PIN.findall(given.lock.read_text("utf-8"))
    if not pins:
        return not_known(f"{given.lock} pins nothing.")
    options = ["--vulnerability-service", given.service, *(["--osv-url", given.osv_url] if given.osv_url else [])]
    answer: list[Answer] = []
    for some in apart(pins):
        found = asked([*some, KNOWN_TO_BE_VULNERABLE], options)
        if isinstance(found, str):
            return not_known(found)
        control = next((each for each in found if each["name"] == KNOWN_TO_BE_VULNERABLE[0]), {})
        if not control.get("vulns"):
            return not_known("It answers, but knows no vulnerability of a release that has many: it may be a mirror.")
        answer += [each for each in found if each is not control]
    if len(answer) != len(pins):
        return not_known(f"It was asked about {len(pins)} releases and answered for {len(answer)}.")
    if skipped := [str(each["name"]) for each in answer if "vulns" not in each]:
        more = f" and {len(skipped) - SHOWN} more" if len(skipped) > SHOWN else ""
        return not_known(f"It does not know {', '.join(skipped[:SHOWN])}{more}.")
    return told(answer)


def asked(pins: list[Pin], options: list[str]) -> list[Answer] | str:
    """Return what the service says of each pin, or why it says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        requirements, found = Path(folder, "requirements.txt"), Path(folder, "found.json")
        requirements.write_text("".join(f"{name}=={version}\n" for name, version in pins), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements), "--no-deps", "--disable-pip"]
        command += ["--progress-spinner", "off", "--format", "json", "--output", str(found), *options]
        ran = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
        if not found.exists() or not (text := found.read_text("utf-8")).strip():
            said = [line for line in ran.stderr.splitlines() if line.strip()] or ["it said nothing"]
            return f"It cannot be asked: {said[-1].strip().rstrip('.')}."
    dependencies: list[Answer] = json.loads(text)["dependencies"]
    return dependencies


def apart(pins: list[Pin]) -> list[list[Pin]]:
    """Return the pins in as many lists as are needed for none to name anything twice, as other systems have others."""
    lists: list[dict[str, Pin]] = []
    for pin in pins:
        place = next((each for each in lists if pin[0] not in each), None)
        if place is None:
            lists.append(place := {})
        place[pin[0]] = pin
    return [[*each.values()] for each in lists]


def told(answer: list[Answer]) -> int:
    """Print every known vulnerability, and return the exit code."""
    count = 0
    for each in answer:
        vulnerabilities = each["vulns"]
        assert isinstance(vulnerabilities, list)  # noqa: S101 - pip-audit's form
        for one in vulnerabilities:
            count += 1
            mended = ", ".join(one["fix_versions"]) or "no release yet"
            names = ", ".join(dict.fromkeys([one["id"], *one["aliases"]]))
            print(f"{each['name']} {each['version']}: {names}; mended in {mended}. {one['description'][:200]}")
    if count:
        many = "vulnerability" if count == 1 else "vulnerabilities"
        print(f"{count} known {many} in {len(answer)} locked releases; `make lock` takes the newest.")
        return VULNERABLE
    print(f"No known vulnerability in any of {len(answer)} locked releases.")
    return 0


def not_known(why: str) -> int:
    """Say that nothing was found out, and why."""
    print(f"NOT AUDITED: the vulnerability service gave no answer that can be relied on. {why}", file=sys.stderr)
    print("This says nothing about the lock. It needs the internet, and no mirror; try again there.", file=sys.stderr)
    return UNKNOWN


if __name__ == "__main__":
    sys.exit(main())
