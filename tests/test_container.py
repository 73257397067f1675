"""The container file, as far as it can be judged without a container: it gives nothing away, and names what there is.

No container engine is needed here, and none has built it where this was written (docs/operations.md says so).
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import threading
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from checker.cli import onrecord
from checker.settings import load_settings
from web import serve
from web.access import RULES
from web.health import health

ROOT = Path(__file__).parents[1]
WRITTEN = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
COMPOSED = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
IGNORED = [
    line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
]


def instructions() -> list[tuple[str, str]]:
    """Each instruction with what follows it, lines that are continued as one."""
    lines = [line for line in WRITTEN.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines())]


WHOLE = instructions()
LAST = WHOLE[max(at for at, (name, _) in enumerate(WHOLE) if name == "FROM") :]
"""The stage that becomes the image."""


def only(name: str) -> str:
    (found,) = [rest for each, rest in LAST if each == name]
    return found


def environment() -> dict[str, str]:
    return dict(each.split("=", 1) for each in shlex.split(only("ENV")))


def is_sent(path: str) -> bool:
    """Whether a file of the checkout gets to the builder: the last pattern that fits decides."""
    sent = True
    for pattern in IGNORED:
        plain = pattern.removeprefix("!")
        parts = ["/".join(path.split("/")[: n + 1]) for n in range(path.count("/") + 1)]
        names = path.split("/") if plain.startswith("**/") else parts
        if plain == "*" or any(fnmatch(each, plain.removeprefix("**/")) for each in names):
            sent = pattern.startswith("!")
    return sent


def test_it_does_not_run_as_root_and_its_number_is_seen_from_outside() -> None:
    user, group = only("USER").split(":")
    assert user.isdigit() and group.isdigit() and int(user) > 999 and int(group) > 999
    after = [name for name, _ in LAST[[name for name, _ in LAST].index("USER") :]]
    assert "RUN" not in after and "COPY" not in after
    assert f"useradd --uid {user} " in WRITTEN and f"--chown={user}:{group}" in WRITTEN


def test_it_copies_what_there_is_and_what_is_sent() -> None:
    copied = [shlex.split(rest)[:-1] for name, rest in WHOLE if name == "COPY" and "--from" not in rest]
    files = [file for files in copied for file in files]
    assert {"checker", "corpus", "web", "constraints.txt", "pyproject.toml"} <= set(files)
    for file in files:
        assert (ROOT / file).exists() and is_sent(f"{file}/a.py" if (ROOT / file).is_dir() else file), file


@pytest.mark.parametrize(
    "file",
    [
        ".git/config", ".venv/bin/python", "var/corpus/corpus.sqlite3", "var/corpus/desk.sqlite3", "tests/conftest.py", "desk.sqlite3",
        "integrations/wordpress/plugin.php", "web/integrations/prosemirror/node_modules/a/index.js", "web/__pycache__/a.cpython-311.pyc",
        "environment", ".env",
    ],
)  # fmt: skip
def test_what_is_private_or_not_needed_is_not_sent(file: str) -> None:
    assert not is_sent(file)


def test_its_command_is_one_that_the_program_takes() -> None:
    assert json.loads(only("ENTRYPOINT")) == [onrecord.name]
    command, *arguments = json.loads(only("CMD"))
    assert command == serve.serve.name
    read = serve.serve.make_context("serve", arguments).params  # wrong options raise
    assert read["require_sign_in"] and str(read["port"]) == only("EXPOSE")


def test_only_its_volumes_are_written_and_the_settings_lie_there() -> None:
    volumes = json.loads(only("VOLUME"))
    given = {name: value for name, value in environment().items() if name.startswith("ONRECORD_")}
    settings = load_settings(given)
    assert set(given) == {"ONRECORD_CORPUS", "ONRECORD_DESK", "ONRECORD_CACHE"}
    assert sorted(volumes) == sorted([settings.corpus, str(Path(settings.desk).parent), settings.cache])
    made = re.search(r"install -d -o 10001 -g 10001 -m 0700 (.*)", WRITTEN)
    assert made and made[1].split() == volumes
    assert environment()["PYTHONDONTWRITEBYTECODE"] == "1" and environment()["HOME"] == "/tmp"
    assert re.search(r"^RUN python3 -m compileall .* /opt/onrecord/lib", WRITTEN, re.MULTILINE)


def test_packages_are_pinned_and_come_from_nowhere_that_is_written_here() -> None:
    installs = re.findall(r"pip install [^&\n\\]*", WRITTEN)
    assert len(installs) == 3
    assert all("--constraint constraints.txt" in each or "--no-deps --requirement" in each for each in installs)
    hosts = set(re.findall(r"[\w-]+(?:\.[\w-]+)+/[\w/.-]+", WRITTEN.replace("127.0.0.1", "")))
    assert {each for each in hosts if not each.startswith(("docs", "deploy"))} == {"docker.io/library/python"}
    assert "://" not in WRITTEN


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1), (None, 1)])
def test_it_is_healthy_while_the_service_answers(status: int | None, code: int) -> None:
    _, _, command = only("HEALTHCHECK").partition("CMD ")
    program, option, says = json.loads(command)
    assert (program, option) == ("python3", "-c") and "'/healthz'" in says and only("EXPOSE") in says
    assert RULES[f"{health.name}.lives"] == "open"

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status or 500)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        port = server.server_port
        if status is not None:
            thread = threading.Thread(target=server.handle_request)
            thread.start()
        else:
            server.server_close()
        ran = subprocess.run(
            [sys.executable, option, says.replace("8000", str(port))], capture_output=True, timeout=20, check=False
        )
        if status is not None:
            thread.join()
    assert ran.returncode == code


def test_composed_it_can_write_nothing_else_and_gain_nothing() -> None:
    for line in (
        "read_only: true",
        "cap_drop: [ALL]",
        'security_opt: ["no-new-privileges:true"]',
        "init: true",
        '"127.0.0.1:8000:8000"',
    ):
        assert re.search(rf"^ +(- )?{re.escape(line)}", COMPOSED, re.MULTILINE), line
    mounted = re.findall(r"^ +- (\w+):(/\S+)$", COMPOSED, re.MULTILINE)
    assert [place for _, place in mounted] == json.loads(only("VOLUME"))
    assert re.findall(r"^  (\w+):$", COMPOSED.partition("\nvolumes:")[2], re.MULTILINE) == [name for name, _ in mounted]
    assert "privileged: true" not in COMPOSED and "docker.sock" not in COMPOSED
    given = dict(re.findall(r'^ +(ONRECORD_\w+): "?(\w+)', COMPOSED, re.MULTILINE))
    assert load_settings(given).egress == "off"
    (grace,) = re.findall(r"stop_grace_period: (\d+)s", COMPOSED)
    assert int(grace) > serve._DRAIN + 2 * 5 * 2  # as of the unit for systemd
    assert (
        (ROOT / "deploy" / re.findall(r"context: (\S+)", COMPOSED)[0] / "deploy" / "Containerfile").resolve().exists()
    )
