"""The part of the plugin that runs on the site: who may ask what, what is kept, and that the key stays there. License: GPL-2.0-or-later."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OnRecord = Any  # of conftest.py, which tests cannot import
Site = Any
Visit = Callable[[str, str], Page]
Settled = Callable[..., None]

REQUEST = """
wp_set_current_user( $argv[1] ? get_user_by( 'login', $argv[1] )->ID : 0 );
$request = new WP_REST_Request( $argv[2], $argv[3] );
$request->set_header( 'Content-Type', 'application/json' );
$request->set_body( $argv[4] );
$answer = rest_do_request( $request );
return array( $answer->get_status(), $answer->get_data() );
"""
TEXT = {"title": "Tolls", "text": "“We will raise the toll by 4.2 percent this year,” Mirela Tosk said."}
OVERRIDE = TEXT | {"reason": "Seen.", "why": "findings", "findings": ["We will raise"]}


def asked(site: Site, who: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
    status, data = site.php(REQUEST, who, method, f"/onrecord/v1{path}", json.dumps(body or {}))
    return status, data


@pytest.fixture
def posted(site: Site) -> Callable[..., int]:
    """Makes a post of somebody's and gives its number."""

    def post(who: str, kind: str = "post") -> int:
        made = "return wp_insert_post( array( 'post_title' => 'Tolls', 'post_content' => 'x', 'post_type' => $argv[2], 'post_author' => get_user_by( 'login', $argv[1] )->ID ) );"
        number: int = site.php(made, who, kind)
        return number

    return post


def test_only_who_may_edit_a_post_has_it_checked_and_only_who_may_publish_it_lets_it_through(
    site: Site, settled: Settled, posted: Callable[..., int]
) -> None:
    of = {"Rolf": posted("Rolf"), "Kit": posted("Kit")}
    may = {
        ("Ada", "Rolf"): (202, 201), ("Rolf", "Rolf"): (202, 201), ("Kit", "Kit"): (202, 403),
        ("Kit", "Rolf"): (403, 403), ("Rolf", "Kit"): (403, 403), ("Sub", "Rolf"): (403, 403), ("", "Rolf"): (401, 401),
    }  # fmt: skip
    for (who, author), statuses in may.items():
        checks = asked(site, who, "POST", f"/posts/{of[author]}/checks", TEXT)
        overrides = asked(site, who, "POST", f"/posts/{of[author]}/overrides", OVERRIDE)
        assert (checks[0], overrides[0]) == statuses, (who, author)
        read = asked(site, who, "GET", f"/posts/{of[author]}/overrides")
        assert read[0] == (200 if statuses[0] == 202 else statuses[0])
    assert asked(site, "Ada", "POST", "/posts/999999/checks", TEXT)[0] == 403
    kept = asked(site, "Ada", "GET", f"/posts/{of['Rolf']}/overrides")[1]
    assert [each["by"] for each in kept] == ["Ada", "Rolf"] and all("key" not in each for each in kept)


def test_kinds_of_posts_that_are_not_checked_have_no_routes(site: Site, settled: Settled, posted: Callable[..., int]) -> None:  # fmt: skip
    assert asked(site, "Ada", "POST", f"/posts/{posted('Ada', 'page')}/checks", TEXT)[0] == 202
    assert asked(site, "Ada", "POST", f"/posts/{posted('Ada', 'wp_block')}/checks", TEXT)[0] == 403


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"title": "Tolls"}, "text"), ({"title": "T", "text": ""}, "text"), (TEXT | {"date": "yesterday"}, "date"),
        ({"title": "T", "text": ["a"]}, "text"), ({"title": "T" * 1001, "text": "a"}, "title"),
    ],
)  # fmt: skip
def test_a_wrong_request_names_its_field(
    site: Site, settled: Settled, posted: Callable[..., int], body: object, says: str
) -> None:
    status, data = asked(site, "Rolf", "POST", f"/posts/{posted('Rolf')}/checks", body)
    assert status == 400 and says in data["message"]


def test_a_reason_of_nothing_but_blanks_is_none(site: Site, settled: Settled, posted: Callable[..., int]) -> None:
    number = posted("Rolf")
    assert asked(site, "Rolf", "POST", f"/posts/{number}/overrides", OVERRIDE | {"reason": " \n "})[0] == 400
    assert asked(site, "Rolf", "GET", f"/posts/{number}/overrides") == (200, [])


def test_the_same_text_is_sent_once_and_again_when_asked(site: Site, settled: Settled, posted: Callable[..., int]) -> None:  # fmt: skip
    path = f"/posts/{posted('Rolf')}/checks"
    first, second = (asked(site, "Rolf", "POST", path, TEXT)[1]["id"] for _ in range(2))
    again = asked(site, "Rolf", "POST", path, TEXT | {"again": True})[1]["id"]
    assert first == second != again
    status, data = asked(site, "Rolf", "GET", f"{path}/{first}")  # the last check is another one now
    assert (status, data["code"]) == (409, "onrecord_replaced")
    assert asked(site, "Rolf", "GET", f"{path}/{again}")[0] == 200


def test_a_check_of_another_post_is_not_to_be_had(site: Site, settled: Settled, posted: Callable[..., int]) -> None:
    id = asked(site, "Ada", "POST", f"/posts/{posted('Ada')}/checks", TEXT)[1]["id"]
    assert asked(site, "Rolf", "GET", f"/posts/{posted('Rolf')}/checks/{id}")[0] == 409


@pytest.mark.parametrize(
    ("changed", "code", "says"),
    [
        ({"key": "onr_live_000000000000_" + "0" * 64}, "onrecord_refused", "There is no such key"),
        ({"server": "http://127.0.0.1:9"}, "onrecord_unreachable", "cannot be reached, so nothing was checked"),
        ({"server": ""}, "onrecord_not_set_up", "not set up"),
        ({"server": "SITE"}, "onrecord_not_there", "is not OnRecord"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_said(
    site: Site, settled: Settled, posted: Callable[..., int], changed: dict[str, str], code: str, says: str
) -> None:
    settled(**{name: value.replace("SITE", site.address) for name, value in changed.items()})
    status, data = asked(site, "Rolf", "POST", f"/posts/{posted('Rolf')}/checks", TEXT)
    assert status >= 400 and data["code"] == code and says in data["message"]
    assert "onr_live_" not in json.dumps(data)


def test_no_other_machine_of_the_own_network_is_asked(site: Site, settled: Settled, onrecord: OnRecord) -> None:
    """WordPress's own rule against addresses of the own network is lifted for the configured server alone, while it is asked."""
    settled(server=onrecord.address.replace("127.0.0.1", "localhost"))
    code = """
    $may = static function () { return array_map( static function ( $address ) { return (bool) wp_http_validate_url( $address ); },
      array( OnRecord\\server(), 'http://127.0.0.2:' . wp_parse_url( OnRecord\\server(), PHP_URL_PORT ) . '/', 'http://10.0.0.1/' ) ); };
    $during = null;
    add_filter( 'pre_http_request', static function ( $no ) use ( &$during, $may ) { $during = $may(); return $no; } );
    $answer = OnRecord\\ask( 'POST', '/articles', array( 'text' => 'a' ) );
    return array( $during, $may(), isset( $answer['id'] ) );
    """
    assert site.php(code) == [[True, False, False], [False, False, False], True]


def test_the_key_stays_on_the_site(visit: Visit, settled: Settled, onrecord: OnRecord) -> None:
    page = visit("Ada", "post-new.php")
    page.wait_for_function("window.wp?.data?.select('core/editor')?.getCurrentPostId()")
    assert page.evaluate("window.onrecord.server") == onrecord.address and onrecord.key not in page.content()
    answer = page.evaluate(
        "async () => { const { nonce, root } = window.wpApiSettings;"
        " const path = `${root}onrecord/v1/posts/${wp.data.select('core/editor').getCurrentPostId()}/overrides`;"
        " return [(await fetch(path)).status, (await fetch(path, { headers: { 'X-WP-Nonce': nonce } })).status]; }"
    )
    assert answer == [401, 200]  # a cookie alone, which another site can make a browser send, opens nothing


def test_settings_are_checked_kept_and_tried(visit: Visit, settled: Settled, site: Site, onrecord: OnRecord) -> None:
    settled(server="", key="")
    page = visit("Ada", "options-general.php?page=onrecord")
    notices = page.locator(".notice")
    expect(notices.first).to_contain_text("Not set up")
    page.get_by_label("Address of your server").fill(f"{onrecord.address}/?q=1")
    page.get_by_label("Key").fill("onr_test_0123456789abcdef0123")
    page.get_by_role("button", name="Save Changes").click()
    expect(page.locator("#wpbody")).to_contain_text("is no address of a server")
    expect(page.locator("#wpbody")).to_contain_text("This is no key for articles")
    page.get_by_label("Address of your server").fill(f"{onrecord.address}/")
    page.get_by_label("Key").fill(onrecord.key)
    page.get_by_label("Publishing is held back by").select_option("unsourced")
    page.get_by_role("button", name="Save Changes").click()
    expect(page.locator("#wpbody")).to_contain_text(f"{onrecord.address} answers and takes the key.")
    expect(page.get_by_label("Key")).to_have_value("")
    assert onrecord.key not in page.content()
    page.get_by_role("button", name="Save Changes").click()  # an empty field keeps the key
    expect(page.locator("#wpbody")).to_contain_text("answers and takes the key.")
    got = site.php("return array( OnRecord\\server(), OnRecord\\key(), OnRecord\\level() );")
    assert got == [onrecord.address, onrecord.key, "unsourced"]
    page.get_by_label("Key").fill("-")
    page.get_by_role("button", name="Save Changes").click()
    assert site.php("return OnRecord\\key();") == ""


def test_only_admins_see_the_settings(visit: Visit, settled: Settled) -> None:
    page = visit("Rolf", "options-general.php?page=onrecord")
    expect(page.locator("body")).to_contain_text("not allowed")


def test_constants_come_first(site: Site, settled: Settled) -> None:
    code = "define( 'ONRECORD_SERVER', 'https://desk.example/' ); define( 'ONRECORD_KEY', 'onr_live_constant' ); return array( OnRecord\\server(), OnRecord\\key() );"
    assert site.php(code) == ["https://desk.example", "onr_live_constant"]


def test_what_is_left_when_the_plugin_goes(site: Site, settled: Settled, posted: Callable[..., int]) -> None:
    number = posted("Rolf")
    asked(site, "Rolf", "POST", f"/posts/{number}/checks", TEXT)
    asked(site, "Rolf", "POST", f"/posts/{number}/overrides", OVERRIDE)
    gone = "define( 'WP_UNINSTALL_PLUGIN', 'onrecord' ); require WP_PLUGIN_DIR . '/onrecord/uninstall.php'; return array( get_option( 'onrecord_key' ), array_keys( get_post_meta( (int) $argv[1] ) ) );"
    key, meta = site.php(gone, str(number))
    assert key is False and "_onrecord_check" not in meta and "_onrecord_override" in meta
