"""corpus sync, connectors and try: a recipe is tried, synced and watched from the command line."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmarks.office import LIST, PAGE, Office, open_office
from checker.cli import onrecord
from corpus.connectors import registry
from corpus.errors import CollectionNotFound, ConnectorError


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with open_office(range(1, 8), per_page=5) as serving:
        monkeypatch.setenv("ONRECORD_PRIVATE_HOSTS", f"localhost:{serving.port}")
        monkeypatch.setenv("ONRECORD_CONTACT", "desk@paper.example")
        yield serving


@pytest.fixture
def recipe(tmp_path: Path, office: Office) -> Path:
    path = tmp_path / "marlo.toml"
    head = 'name = "marlo"\ntitle = "Press office of Marlo"\nfacts = "invented"\n[documents]\npublisher = "Marlo"\nlanguage = "en"\n'
    text = f"{head}[list]\n{LIST}{PAGE}\n[manners]\npace = 0\n"
    path.write_text(text.replace("{at}", office.address), encoding="utf-8")
    return path


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(onrecord, ["corpus", *map(str, arguments)])


def test_a_recipe_is_synced_and_the_run_is_told(recipe: Path, tmp_path: Path, office: Office) -> None:
    first = invoke("sync", recipe, "--limit", 2, "--corpus", tmp_path / "c")
    assert first.exit_code == 0, first.output
    once = invoke("sync", recipe, "--limit", 1, "--corpus", tmp_path / "one")
    assert once.stdout == "marlo: 1 new, 0 changed, 0 unchanged; 1 document held; stopped at the limit\n"
    assert first.stdout == "marlo: 2 new, 0 changed, 0 unchanged; 2 documents held; stopped at the limit\n"
    second = invoke("sync", recipe, "--corpus", tmp_path / "c", "--format", "jsonl")
    told = json.loads(second.stdout)
    assert (told["source"], told["outcome"], told["new"], told["error"]) == ("marlo", "done", 5, None)
    assert told["held"] == 7
    assert all("desk@paper.example" in each["user-agent"] for each in office.headers)
    stats = json.loads(invoke("stats", "--corpus", tmp_path / "c", "--format", "json").stdout)
    assert stats["documents"] == 7


def test_a_mended_recipe_reads_anew_what_is_held(recipe: Path, tmp_path: Path, office: Office) -> None:
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace('drop = ".share"\n', ""), encoding="utf-8")
    invoke("sync", recipe, "--corpus", tmp_path / "c")
    recipe.write_text(text, encoding="utf-8")
    again = invoke("sync", recipe, "--again", "--corpus", tmp_path / "c")
    assert again.stdout == "marlo: 0 new, 7 changed, 0 unchanged; 7 documents held; done\n"
    assert invoke("changes", "--corpus", tmp_path / "c").stdout == "nothing changed, as far as is known\n"
    assert "Share this" not in invoke("show", "marlo-3", "--corpus", tmp_path / "c").stdout


def test_the_time_that_is_asked_for_is_kept_to(recipe: Path, tmp_path: Path, office: Office) -> None:
    office.publish(9, day="2031-02-28")
    invoke("sync", recipe, "--since", "2031-02", "--until", "2031-02", "--corpus", tmp_path / "c")
    listed = invoke("list", "--corpus", tmp_path / "c", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(each)["id"] for each in listed] == ["marlo-9"]


@pytest.mark.parametrize("what", ["a document", "the list"])
def test_a_run_with_failures_ends_with_3(what: str, recipe: Path, tmp_path: Path, office: Office) -> None:
    office.scripts["/news/3" if what == "a document" else "/list"] = lambda answering: answering.refuse(404)
    done = invoke("sync", recipe, "--corpus", tmp_path / "c")
    assert done.exit_code == 3
    assert "there is nothing at this address (status 404)" in done.stderr


def test_a_failure_that_is_known_is_counted_and_shown_and_ends_no_run_with_3(
    recipe: Path, tmp_path: Path, office: Office
) -> None:
    at, page = ("--corpus", tmp_path / "c"), f"{office.address}/news/3"
    for path in ("/news/3", "/news/4"):
        office.scripts[path] = lambda answering: answering.refuse(404)
    first, second = invoke("sync", recipe, *at), invoke("sync", recipe, *at)
    assert (first.exit_code, second.exit_code) == (3, 0)
    assert ", 2 failed; 5 documents held" in first.stdout and page in first.stderr
    assert ", 2 failed before and still missing; 5 documents held" in second.stdout and second.stderr == ""
    shown = json.loads(invoke("sync", recipe, *at, "--format", "jsonl").stdout)
    assert (shown["failed"], shown["known_failures"]) == (0, 2)
    assert "2 could not be had when they were tried last; --failures names them" in invoke("connectors", *at).stdout
    named = invoke("connectors", "--failures", *at).stdout.splitlines()
    assert named[0].startswith(f"marlo: {page}: there is nothing at this address (status 404); if that")
    assert "(tried 3 times, last 20" in named[0] and len(named) == 2
    listed = [
        json.loads(each) for each in invoke("connectors", "--failures", *at, "--format", "jsonl").stdout.splitlines()
    ]
    assert [(each["source"], each["id"], each["attempts"]) for each in listed] == [
        ("marlo", "marlo-3", 3),
        ("marlo", "marlo-4", 3),
    ]
    office.scripts["/news/3"] = lambda answering: answering.give("<html>rebuilt</html>")
    other = invoke("sync", recipe, *at)
    assert other.exit_code == 3
    assert ", 1 failed, 1 failed before and still missing" in other.stdout
    assert page in other.stderr and "/news/4" not in other.stderr


def test_a_run_that_does_not_come_to_its_end_ends_with_3_each_time(
    recipe: Path, tmp_path: Path, office: Office
) -> None:
    office.scripts["/list"] = lambda answering: answering.refuse(404)
    assert [invoke("sync", recipe, "--corpus", tmp_path / "c").exit_code for _ in range(2)] == [3, 3]


def test_failures_are_asked_for_where_nothing_was_synced_and_not_with_alarms(tmp_path: Path) -> None:
    assert invoke("connectors", "--failures", "--corpus", tmp_path / "none").output == ""
    assert invoke("connectors", "--failures", "--alarm", "--corpus", tmp_path / "none").exit_code == 2


def test_what_is_denied_fails_no_longer_and_is_told_once(recipe: Path, tmp_path: Path, office: Office) -> None:
    at = ("--corpus", tmp_path / "c")
    office.scripts["/news/3"] = lambda answering: answering.refuse(404)
    invoke("sync", recipe, *at)
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace("[page]", 'deny = "/news/3$"\n[page]'), encoding="utf-8")
    office.forget()
    ran = [invoke("sync", recipe, *at) for _ in range(2)]
    assert [each.exit_code for each in ran] == [0, 0]
    says = "/news/3: could not be had, and is left out now, since the source takes it no longer"
    assert [each.stderr.count(says) for each in ran] == [1, 0]
    assert all(each.stdout.endswith("; 6 documents held; done\n") and "failed" not in each.stdout for each in ran)
    assert "/news/3" not in office.asked
    assert invoke("connectors", "--failures", *at).output == ""


def test_an_unknown_connector_is_an_error_with_a_hint() -> None:
    with pytest.raises(ConnectorError, match=r"no connector “kremlin-eng”; did you mean kremlin-en"):
        registry.connector("kremlin-eng")
    assert invoke("sync", "kremlin-eng").exit_code != 0
    with pytest.raises(ConnectorError, match=r"a recipe of your own is named by its path \(NAME.toml\)"):
        registry.connector("marlo")


def test_every_connector_of_the_program_is_listed() -> None:
    shown = [
        json.loads(each)
        for each in invoke("connectors", "--corpus", "nowhere", "--format", "jsonl").stdout.splitlines()
    ]
    assert {"kremlin-en", "mid-ru", "whitehouse", "nato"} <= {each["name"] for each in shown}
    assert all(each["title"] and each["facts"] and each["last_run"] is None for each in shown)


def test_a_source_in_trouble_is_an_alarm_with_an_exit_code(recipe: Path, tmp_path: Path, office: Office) -> None:
    invoke("sync", recipe, "--corpus", tmp_path / "c")
    quiet = invoke("connectors", "--alarm", "--corpus", tmp_path / "c")
    assert (quiet.exit_code, quiet.output) == (0, "")
    office.scripts["/list"] = lambda answering: answering.give("<html>rebuilt</html>")
    invoke("sync", recipe, "--corpus", tmp_path / "c")
    loud = invoke("connectors", "--alarm", "--corpus", tmp_path / "c")
    assert loud.exit_code == 1
    assert "marlo: a recipe of your own" in loud.output
    assert "ALARM (failed): the last run" in loud.output
    assert "no div.list" in loud.output
    coverage = json.loads(invoke("coverage", "--corpus", tmp_path / "c", "--format", "json").stdout)
    assert [(each["name"], [alarm["kind"] for alarm in each["alarms"]]) for each in coverage["sources"]] == [
        ("marlo", ["failed"])
    ]
    assert "ALARM (failed)" in invoke("coverage", "--corpus", tmp_path / "c").stdout


def test_synced_documents_are_not_read_again_without_their_connector(
    recipe: Path, tmp_path: Path, office: Office
) -> None:
    invoke("sync", recipe, "--corpus", tmp_path / "c")
    office.forget()
    assert invoke("refresh", "--corpus", tmp_path / "c").exit_code == 0
    named = invoke("refresh", "marlo-3", "--corpus", tmp_path / "c")
    assert (named.exit_code, office.asked) == (3, [])
    assert "it comes from the source marlo" in named.stderr


def test_a_recipe_is_tried_without_storing_anything(recipe: Path, tmp_path: Path, office: Office) -> None:
    shown = invoke("try", recipe, "--limit", 2)
    assert shown.exit_code == 0, shown.output
    assert "5 entries, 5 in the time asked for; next: http" in shown.output
    assert "marlo-7: Statement 7" in shown.output
    assert "3 turns; speakers: MS. LORNE, Q" in shown.output
    assert office.pages() == ["/news/7", "/news/6"]
    assert "? no entry" not in shown.output
    early = invoke("try", recipe, "--until", "2030")
    assert early.exit_code == 0
    assert "5 entries, 0 in the time asked for" in early.output
    assert "? no entry of this page lies in the time asked for; a sync goes on to the older pages" in early.output
    assert "? “next”" not in shown.output
    recipe.write_text(recipe.read_text(encoding="utf-8").replace("div.text", "div.words"), encoding="utf-8")
    wrong = invoke("try", recipe, "--limit", 1)
    assert wrong.exit_code == 3
    assert "no text at div.words" in wrong.output


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("a[rel=next]@href", "a.older@href"), "? “next” (a.older@href) finds nothing on this page: right where the list ends with these 5 entries"),
        (('next = "a[rel=next]@href"\n', ""), "? the recipe names neither “next” nor “pages”: only the 5 entries of this page"),
        (("time@datetime", "time.stamp@datetime"), "no day can be read: nothing stands at time.stamp@datetime"),
        (("\n[manners]", '\n[dates]\nformats = ["%d %B %Y"]\n[manners]'),
         "no day can be read from “2031-01-08” at time@datetime: it is not of the form “%d %B %Y” ([dates] formats)"),
    ],
)  # fmt: skip
def test_a_recipe_that_is_a_little_wrong_is_told_so(wrong: tuple[str, str], says: str, recipe: Path) -> None:
    recipe.write_text(recipe.read_text(encoding="utf-8").replace(*wrong), encoding="utf-8")
    assert says in invoke("try", recipe, "--limit", 1).output


@pytest.mark.parametrize(
    ("command", "status", "says"),
    [
        ("sync", 404, "there is nothing at this address (status 404)"),
        ("try", 404, "there is nothing at this address (status 404)"),
        ("try", 403, "it refuses programs, or readers who are not logged in (status 403)"),
    ],
)
def test_who_keeps_a_source_is_told_how_to_leave_a_page_out(
    command: str, status: int, says: str, recipe: Path, tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.scripts["/news/7"] = lambda answering: answering.refuse(status)
    monkeypatch.setenv("ONRECORD_CORPUS", str(tmp_path / "c"))
    ran = invoke(command, recipe, "--limit", 1)
    assert f"{office.address}/news/7: {says}; if that stays so, “deny” in the recipe leaves it out" in ran.output
    assert "save the page" not in ran.output


def test_a_page_that_robots_may_not_read_is_told_once_and_is_no_failure(
    recipe: Path, tmp_path: Path, office: Office
) -> None:
    office.robots = "User-agent: *\nDisallow: /news/3\n"
    ran = [invoke("sync", recipe, "--corpus", tmp_path / "c") for _ in range(2)]
    assert [each.exit_code for each in ran] == [0, 0]
    assert [each.stdout.rpartition(": ")[2] for each in ran] == [
        "6 new, 0 changed, 0 unchanged, 1 barred by robots.txt; 6 documents held; done\n",
        "0 new, 0 changed, 0 unchanged, 4 not looked at, 1 barred by robots.txt; 6 documents held; done\n",
    ]
    assert [each.stderr.count("robots.txt asks programs not to read this; it is left out") for each in ran] == [1, 0]


def test_what_is_gone_is_counted_alike_wherever_it_is_counted(recipe: Path, tmp_path: Path, office: Office) -> None:
    invoke("sync", recipe, "--corpus", tmp_path / "c")
    office.scripts["/news/7"] = lambda answering: answering.refuse(410)
    invoke("sync", recipe, "--recheck", 3, "--corpus", tmp_path / "c")
    assert json.loads(invoke("stats", "--corpus", tmp_path / "c", "--format", "json").stdout)["documents"] == 7
    for command in ("coverage", "connectors"):
        shown = invoke(command, "--corpus", tmp_path / "c").stdout
        assert "7 documents (1 of them gone at the source, and kept here), the newest of" in shown


def test_a_source_is_synced_into_a_collection_that_is_there(recipe: Path, tmp_path: Path, office: Office) -> None:
    into = ("--collection", "wire", "--corpus", tmp_path / "c")
    refused = invoke("sync", recipe, *into)
    assert isinstance(refused.exception, CollectionNotFound)
    assert str(refused.exception).endswith(
        "there is no private collection “wire”; there are: none yet (“onrecord corpus collection wire --make” makes it)"
    )
    assert office.asked == [] and not (tmp_path / "c" / "collections").exists()
    made = invoke("collection", "wire", "--make", "--embargo-until", "2031-06-01", "--corpus", tmp_path / "c")
    assert "wire: 0 documents" in made.stdout and "under embargo until 2031-06-01" in made.stdout
    assert invoke("sync", recipe, *into).exit_code == 0
    assert "7 documents, the newest of" in invoke("connectors", *into).stdout
    assert invoke("connectors", "--alarm", *into).exit_code == 0
    assert '"documents":7' in invoke("stats", "--format", "json", *into).stdout.replace(" ", "")
    assert '"documents":0' in invoke("stats", "--format", "json", "--corpus", tmp_path / "c").stdout.replace(" ", "")
    assert "never synced" in invoke("connectors", "--corpus", tmp_path / "c").stdout
    assert all(b"ferry" not in path.read_bytes() for path in (tmp_path / "c").iterdir() if path.is_file())


def test_what_a_collection_no_longer_keeps_does_not_come_back(recipe: Path, tmp_path: Path, office: Office) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    for number in (1, 2, 3):
        office.publish(number, day=str(today - datetime.timedelta(days=20 * number)))
    invoke("collection", "wire", "--make", "--keep-days", 30, "--corpus", tmp_path / "c")
    into = ("--collection", "wire", "--corpus", tmp_path / "c")
    invoke("sync", recipe, *into)
    held = [json.loads(each)["id"] for each in invoke("list", "--format", "jsonl", *into).stdout.splitlines()]
    assert sorted(held) == ["marlo-1", "marlo-4", "marlo-5", "marlo-6", "marlo-7"]


def test_a_trial_says_who_speaks_where_nobody_is_named(recipe: Path, office: Office) -> None:
    text = recipe.read_text(encoding="utf-8").replace(
        'body = "div.text"', 'body = "div.text"\nspeakers = { css = "h1", take = "Remarks by (.+)" }'
    )
    recipe.write_text(text, encoding="utf-8")
    page = '<html lang="en"><h1>{title}</h1><div class="text"><p>The ferry leaves the harbour at noon, and comes back.</p></div></html>'
    for number, title in ((7, "Timetable"), (6, "Remarks by Ada Lorne")):
        office.scripts[f"/news/{number}"] = lambda answering, title=title: answering.give(page.format(title=title))
    shown = invoke("try", recipe, "--limit", 2).output
    assert "53 characters; nobody is named: Marlo speaks" in shown
    assert "53 characters; 1 turn; speakers: Ada Lorne" in shown


def test_a_private_address_is_told_what_to_name(recipe: Path, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_PRIVATE_HOSTS", "localhost")  # the port is missing
    assert f"name it with its port in ONRECORD_PRIVATE_HOSTS: localhost:{office.port}" in invoke("try", recipe).output


def test_a_connector_of_somebody_else_is_found_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    made: Any = SimpleNamespace(name="theirs", title="t", facts="f", starts=1, listing=1, document=1)

    def point(name: str, loaded: object) -> Any:
        return SimpleNamespace(name=name, value="theirs:IT", load=lambda: loaded)

    found = [point("theirs", made), point("odd", SimpleNamespace(name="odd")), point("kremlin-en", made)]
    monkeypatch.setattr(registry, "entry_points", lambda group: found)
    assert registry.connector("theirs") is made
    assert registry.connector("kremlin-en") is not made  # nobody replaces one of ours
    with pytest.raises(ConnectorError, match="is no connector: it has no title"):
        registry.connector("odd")
    assert [str(each) for each in registry.connectors() if isinstance(each, ConnectorError)] == [
        "“odd” (theirs:IT) is no connector: it has no title, facts, starts, listing, document"
    ]
