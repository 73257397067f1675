"""Whether one of the pinned packages has a known weakness: pip-audit with the advisories of osv.dev, and an answer that is never silent.

    python deploy/audit.py [--required] [--service URL]

Exit code 1 when a package has a weakness that `deploy/advisories.toml` does not set aside with a reason and a day; 0 when none has. Where the
service cannot be asked, that is said, and is exit code 0, or 2 with `--required`: a machine without a network can check everything else.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SERVICE = "https://api.osv.dev/v1/query"
_PATIENCE = "10"


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--required", action="store_true", help="exit code 2 where the service cannot be asked")
    parser.add_argument("--service", default=SERVICE)
    parser.add_argument("--packages", type=Path, default=HERE.parent / "constraints.txt")
    parser.add_argument("--advisories", type=Path, default=HERE / "advisories.toml")
    options = parser.parse_args(arguments)
    aside = set_aside(options.advisories, today=date.today())
    found = asked(options.packages, options.service)
    if found is None:
        print(f"NOT AUDITED: {options.service} cannot be asked, so nothing is known about weaknesses of the packages.")
        return 2 if options.required else 0
    weak = [(each, one) for each in found for one in each.get("vulns", ()) if not _names(one) & aside.keys()]
    for package, weakness in weak:
        better = ", ".join(weakness["fix_versions"]) or "no version yet"
        print(f"{package['name']} {package['version']}: {', '.join(sorted(_names(weakness)))}, mended in {better}")
    unasked = sorted(each["name"] for each in found if "skip_reason" in each)
    if unasked:
        print(f"not audited: {', '.join(unasked)}")
    print(f"{len(found) - len(unasked)} packages audited, {len(weak)} weaknesses, {len(aside)} set aside")
    return 1 if weak else 0


def set_aside(file: Path, *, today: date) -> Mapping[str, str]:
    """The advisories that do not concern us, with the reason; only until the day that each names."""
    listed = tomllib.loads(file.read_text(encoding="utf-8")).get("advisory", [])
    return {each["id"]: each["reason"] for each in listed if each["until"] >= today}


def asked(packages: Path, service: str) -> list[dict[str, Any]] | None:
    """What pip-audit says of each package; None where the service cannot be asked."""
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", str(packages), "--no-deps", "--disable-pip", "--format", "json",
        "--progress-spinner", "off", "--vulnerability-service", "osv", "--osv-url", service, "--timeout", _PATIENCE,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except ValueError:
        print(done.stderr.strip().rpartition("\n")[2], file=sys.stderr)
        return None
    assert isinstance(found, list)
    return found


def _names(weakness: Mapping[str, Any]) -> set[str]:
    return {weakness["id"], *weakness["aliases"]}


if __name__ == "__main__":
    sys.exit(main())
