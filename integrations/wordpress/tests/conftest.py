"""A real WordPress with the plugin as it is built, its database and a live OnRecord server, all on this machine for one run.

WORDPRESS (the environment) is the folder of an unpacked WordPress; it is copied and not changed. License: GPL-2.0-or-later.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from checker.settings import Settings
from corpus.store import Corpus
from corpus.types import Document, PartialDate, Span, Turn
from web.store import accounts, keys, store_of

PLUGIN = Path(__file__).parent.parent
PASSWORD = "a long enough password"
PEOPLE = {"Ada": "administrator", "Rolf": "author", "Kit": "contributor", "Sub": "subscriber"}
SAID = (
    "We will not raise the toll by 2.4 percent this year, because the islands need the bridge more than the treasury does. "
    "The ferry of Tarn sails every morning until the first of May."
)
DAY = date.today() - timedelta(days=2)
"""An article appears today, and says what was said shortly before."""
RECORD = Document(
    "tarn-1", "Chancery of Quenland (invented)", "Briefing on the harbour of Tarn", SAID,
    (Turn(0, "Mirela Tosk", "speech", Span(0, len(SAID))),), date=PartialDate(DAY.year, DAY.month, DAY.day), speakers=("Mirela Tosk",),
)  # fmt: skip
SENDS_NOTHING = ("-d", "sendmail_path=/bin/true")
THEME = {
    "style.css": "/*\nTheme Name: Plain\nVersion: 1\n*/",
    "theme.json": '{"version": 3}',
    "index.php": "<?php",
    "templates/index.html": "<!-- wp:post-title /--><!-- wp:post-content /-->",
}
CONFIG = """<?php
define( 'DB_NAME', 'wordpress' ); define( 'DB_USER', 'root' ); define( 'DB_PASSWORD', '' ); define( 'DB_HOST', 'localhost:%(socket)s' );
define( 'DB_CHARSET', 'utf8mb4' ); define( 'DB_COLLATE', '' );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $n ) { define( $n . '_KEY', 'k' . $n ); define( $n . '_SALT', 's' . $n ); }
define( 'WP_HOME', '%(address)s' ); define( 'WP_SITEURL', '%(address)s' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true ); define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1' );
define( 'DISABLE_WP_CRON', true ); define( 'AUTOMATIC_UPDATER_DISABLED', true ); define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false ); define( 'WP_DEBUG_LOG', '%(log)s' );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) { define( 'ABSPATH', __DIR__ . '/' ); }
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """
define( 'WP_INSTALLING', true );
require 'wp-load.php'; require_once 'wp-admin/includes/upgrade.php';
wp_install( 'The Lantern (invented)', 'Root', 'root@lantern.example', true, '', 'a long enough password' );
foreach ( json_decode( $argv[1], true ) as $name => $role ) {
  $id = wp_insert_user( array( 'user_login' => $name, 'user_pass' => 'a long enough password', 'role' => $role, 'display_name' => $name, 'user_email' => $name . '@lantern.example' ) );
  update_user_meta( $id, 'wp_persisted_preferences', array( 'core/edit-post' => array( 'welcomeGuide' => false ), '_modified' => gmdate( 'c' ) ) );
}
switch_theme( 'plain' );
"""


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


def until(true: Callable[[], object], what: str) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(what)


def answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def served(command: list[str], **settings: str) -> Iterator[None]:
    """A process that runs meanwhile, and those that it starts."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdout=quiet, stderr=quiet, env=os.environ | settings, start_new_session=True
    ) as process:
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)


@dataclass
class OnRecord:
    """A live server over an invented record, and a key for it; it can be ended and started again at the same address."""

    corpus: Path
    port: int
    key: str
    server: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-c", "from web.serve import serve; serve()", "--port", str(self.port), "--corpus", str(self.corpus)]  # fmt: skip
        models = {name: "none" for name in ("ONRECORD_ENCODER", "ONRECORD_MULTILINGUAL", "ONRECORD_JUDGE")}
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | models)
        assert self.server.stdout is not None
        assert re.search(r"http://\S+/", self.server.stdout.readline()), "the server did not start"

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.communicate()
            self.server = None


@pytest.fixture(scope="session")
def onrecord(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnRecord]:
    folder = tmp_path_factory.mktemp("corpus")
    with Corpus.open(folder, create=True) as corpus:
        list(corpus.add([RECORD]))
    with store_of(Settings(corpus=str(folder))).writing() as connection:
        accounts.add(connection, "WordPress", PASSWORD, role="reporter", by="the test")
        _, key = keys.make(connection, "WordPress", label="the site", scopes=["check"], by="the test")
    running = OnRecord(folder, free_port(), key)
    running.start()
    yield running
    running.stop()


@dataclass(frozen=True)
class Site:
    """A WordPress at an address, in a folder."""

    address: str
    folder: Path

    def php(self, code: str, *given: str) -> Any:
        """What a piece of PHP gives within this WordPress, through JSON."""
        whole = "require 'wp-load.php'; echo json_encode( ( static function ( $argv ) { " + code + " } )( $argv ) );"
        return json.loads(self.run(whole, *given))

    def run(self, code: str, *given: str) -> str:
        """Run PHP in this folder, and give what it prints."""
        done = subprocess.run(
            ["php", *SENDS_NOTHING, "-r", code, "--", *given],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 and not done.stderr, done.stdout + done.stderr
        return done.stdout

    @property
    def complaints(self) -> str:
        """What PHP had to say about the plugin."""
        log = self.folder / "debug.log"
        return "\n".join(line for line in log.read_text().splitlines() if "onrecord" in line) if log.exists() else ""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, onrecord: OnRecord) -> Iterator[Site]:
    source = Path(os.environ.get("WORDPRESS", "/usr/share/wordpress"))
    if not (source / "wp-settings.php").is_file():
        pytest.exit(
            f"No WordPress in {source}: name the folder of one in WORDPRESS (docs/integrations/wordpress.md).", 2
        )
    assert (PLUGIN / "onrecord.zip").is_file(), "there is no zip of the plugin: npm run build && npm run zip"
    base = tmp_path_factory.mktemp("site")
    folder, data, plug, port = base / "wordpress", base / "data", base / "s", free_port()
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("wp-config.php"))
    for name, text in THEME.items():
        path = folder / "wp-content" / "themes" / "plain" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with ZipFile(PLUGIN / "onrecord.zip") as packed:
        packed.extractall(folder / "wp-content" / "plugins")
    address = f"http://127.0.0.1:{port}"
    (folder / "wp-config.php").write_text(CONFIG % {"socket": plug, "address": address, "log": folder / "debug.log"})
    user = ["--user=root"] if os.geteuid() == 0 else []
    subprocess.run(["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db", *user],
                   check=True, capture_output=True)  # fmt: skip
    with ExitStack() as end:
        end.callback(shutil.rmtree, base)
        end.enter_context(served(["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={plug}", "--skip-networking", *user]))  # fmt: skip
        until(plug.exists, "the database did not start")
        subprocess.run(["mariadb", "--no-defaults", f"--socket={plug}", "-uroot", "-e", "CREATE DATABASE wordpress"], check=True)  # fmt: skip
        made = Site(address, folder)
        made.run(INSTALL, json.dumps(PEOPLE))
        active = (
            "require_once ABSPATH . 'wp-admin/includes/plugin.php'; return activate_plugin( 'onrecord/onrecord.php' );"
        )
        assert made.php(active) is None
        end.enter_context(
            served(["php", *SENDS_NOTHING, "-S", f"127.0.0.1:{port}", "-t", str(folder)], PHP_CLI_SERVER_WORKERS="4")
        )
        until(lambda: answers(port), "the site did not start")
        yield made


@pytest.fixture
def settled(site: Site, onrecord: OnRecord) -> Iterator[Callable[..., None]]:
    """Sets the plugin up for the live server; PHP must have nothing to complain of in the end."""

    def settle(**changed: str) -> None:
        options = {"server": onrecord.address, "key": onrecord.key, "level": "altered"} | changed
        set_all = (
            'foreach ( json_decode( $argv[1], true ) as $n => $v ) { update_option( "onrecord_$n", $v ); } return 1;'
        )
        site.php(set_all, json.dumps(options))

    settle()
    yield settle
    assert site.complaints == ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=60_000)  # two cores, on which all of this runs
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[[str, str], Page]]:
    """Signs somebody in and opens a page of the site as they see it; every request must go to the site."""
    contexts, foreign = [], list[str]()

    def turn_away(route: Route) -> None:
        if not re.search(r"//(s\.w\.org|secure\.gravatar\.com)/", route.request.url):  # pictures of WordPress's own
            foreign.append(route.request.url)
        route.abort()

    def open(who: str, path: str) -> Page:
        context = browser.new_context(locale="en", viewport={"width": 1400, "height": 1000})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.route(re.compile(f"^https?://(?!{re.escape(site.address.removeprefix('http://'))}/)"), turn_away)
        page.goto(f"{site.address}/wp-login.php")
        page.locator("#user_login").fill(who)
        page.locator("#user_pass").fill(PASSWORD)
        page.locator("#wp-submit").click()
        page.wait_for_url("**/wp-admin/**")
        page.goto(f"{site.address}/wp-admin/{path}")
        return page

    yield open
    for context in contexts:
        context.close()
    assert foreign == []
