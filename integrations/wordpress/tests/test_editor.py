"""The panel in a real WordPress's editor: what it shows, what it holds back, and what it lets through. License: GPL-2.0-or-later."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Visit = Callable[[str, str], Page]
OnRecord = Any  # of conftest.py, which tests cannot import
Site = Any
Settled = Callable[..., None]

WRONG = "“We will raise the toll by 4.2 percent this year,” Mirela Tosk said."
RIGHT = "“The ferry of Tarn sails every morning until the first of May,” Mirela Tosk said."
NOWHERE = "“Nobody has ever seen a whale as green as this one in my garden,” Mirela Tosk said."


@pytest.fixture
def write(visit: Visit, settled: Settled) -> Callable[..., Page]:
    """Opens the editor for a new post of somebody's, with paragraphs and other blocks."""

    def written(*paragraphs: str, who: str = "Rolf", more: str = "") -> Page:
        page = visit(who, "post-new.php")
        page.wait_for_function("window.wp?.data?.select('core/editor')?.getCurrentPostId()")
        page.locator(".editor-post-publish-panel__toggle, .editor-post-publish-button").first.wait_for()
        blocks = "".join(f"<!-- wp:paragraph --><p>{each}</p><!-- /wp:paragraph -->" for each in paragraphs)
        page.evaluate(
            "html => { wp.data.dispatch('core/editor').editPost({ title: 'Tolls' });"
            " wp.data.dispatch('core/block-editor').resetBlocks(wp.blocks.parse(html)); }", blocks + more,
        )  # fmt: skip
        return page

    return written


def panel(page: Page) -> Page:
    """Open the panel beside the post."""
    page.evaluate("wp.data.dispatch('core/interface').enableComplementaryArea('core', 'onrecord/panel')")
    expect(page.locator(".onrecord__body")).to_be_visible()
    return page


def before_publishing(page: Page) -> Page:
    """Press Publish once, which opens what is asked before."""
    page.locator(".editor-post-publish-panel__toggle").click()
    expect(page.locator(".editor-post-publish-panel .onrecord__server")).to_be_visible()
    return page


def publish(page: Page) -> None:
    page.locator(".editor-post-publish-panel .editor-post-publish-button").click()


def stored(site: Site, page: Page) -> dict[str, str]:
    """The post as the database has it."""
    id = page.evaluate("wp.data.select('core/editor').getCurrentPostId()")
    got = site.php("$p = get_post( (int) $argv[1] ); return array( 'status' => $p->post_status, 'text' => $p->post_content );", str(id))  # fmt: skip
    assert isinstance(got, dict)
    return got


def reasons(site: Site, page: Page) -> list[dict[str, object]]:
    id = page.evaluate("wp.data.select('core/editor').getCurrentPostId()")
    return [json.loads(each) for each in site.php("return get_post_meta( (int) $argv[1], '_onrecord_override' );", str(id))]  # fmt: skip


def test_the_panel_shows_what_was_found_and_where(write: Callable[..., Page], onrecord: OnRecord) -> None:
    more = (
        "<!-- wp:quote --><blockquote class='wp-block-quote'><!-- wp:paragraph --><p>𝕏 islands &amp; <em>tolls</em>:<br>" + RIGHT
        + "</p><!-- /wp:paragraph --></blockquote><!-- /wp:quote --><!-- wp:html --><b>Raw</b><!-- /wp:html -->"
    )  # fmt: skip
    page = panel(write("Tolls 🐳 on the 𝕏 islands: " + WRONG, more=more))
    body = page.locator(".onrecord__body")
    expect(body).to_contain_text(f"Texts are sent to {onrecord.address}")
    expect(body).to_contain_text("Not checked yet")
    expect(body).to_contain_text("Not read, and so not checked: Custom HTML.")
    body.get_by_role("button", name="Check").click()
    found = body.get_by_role("list", name="Statements").get_by_role("listitem")
    expect(found).to_have_count(2)
    expect(found.nth(0)).to_contain_text("≠ Unsourced, wording differs: a “not” differs")
    expect(found.nth(0)).to_contain_text("Mirela Tosk")
    expect(found.nth(0)).to_contain_text("Holds back publishing.")
    expect(found.nth(1)).to_contain_text("✓ Verified")
    for number, words in ((0, "We will raise the toll"), (1, "The ferry of Tarn")):
        found.nth(number).locator(".onrecord__words").click()
        page.wait_for_function(
            "words => { const editor = document.querySelector('iframe[name=editor-canvas]');"
            " return (editor?.contentWindow ?? window).getSelection().toString().includes(words) }", arg=words,
        )  # fmt: skip
    link = found.nth(0).get_by_role("link")
    assert str(link.get_attribute("href")).startswith(f"{onrecord.address}/document?id=tarn-1")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    assert Axe().run(page, context={"include": [[".onrecord__body"]]}, options=rules).response["violations"] == []


def test_what_was_found_of_another_text_is_not_passed_off_as_of_this_one(write: Callable[..., Page]) -> None:
    page = panel(write(RIGHT))
    body = page.locator(".onrecord__body")
    body.get_by_role("button", name="Check").click()
    expect(body).to_contain_text("1 statement was checked.")
    page.evaluate(
        "text => wp.data.dispatch('core/block-editor').updateBlockAttributes("
        "wp.data.select('core/block-editor').getBlockOrder()[0], { content: text })", WRONG,
    )  # fmt: skip
    expect(body).to_contain_text("The text has changed since it was checked.")
    body.locator(".onrecord__words").click()
    expect(body.get_by_role("alert")).to_have_text("These words no longer stand there.")
    body.get_by_role("button", name="Check again").click()
    expect(body).to_contain_text("1 statement needs a look")


def test_what_a_source_has_otherwise_is_published_only_with_a_reason(write: Callable[..., Page], site: Site) -> None:
    page = before_publishing(write(WRONG))
    asked = page.locator(".editor-post-publish-panel")
    expect(asked).to_contain_text("1 statement needs a look before this is published.")
    button = asked.locator(".editor-post-publish-button")
    expect(button).to_have_attribute("aria-disabled", "true")
    let = asked.get_by_role("button", name="Let it through")
    expect(let).to_be_disabled()
    asked.get_by_label("Publish all the same, because").fill("She said it to me: “tape” \\ 3")
    let.click()
    expect(asked).to_contain_text("May be published all the same, says Rolf: “She said it to me: “tape” \\ 3”")
    publish(page)
    expect(page.locator(".post-publish-panel__postpublish")).to_be_visible()
    assert stored(site, page)["status"] == "publish"
    (kept,) = reasons(site, page)
    assert (kept["by"], kept["why"], kept["level"]) == ("Rolf", "findings", "altered")
    assert kept["reason"] == "She said it to me: “tape” \\ 3" and len(kept["findings"]) == 1  # type: ignore[arg-type]


def test_what_stands_in_the_record_is_published_after_it_was_checked(write: Callable[..., Page], site: Site) -> None:
    page = before_publishing(write(RIGHT))
    expect(page.locator(".editor-post-publish-panel")).to_contain_text("1 statement was checked.")
    publish(page)
    expect(page.locator(".post-publish-panel__postpublish")).to_be_visible()
    assert stored(site, page)["status"] == "publish" and reasons(site, page) == []


@pytest.mark.parametrize(("level", "holds"), [("off", False), ("altered", False), ("unsourced", True)])
def test_the_level_says_what_holds_back(write: Callable[..., Page], settled: Settled, level: str, holds: bool) -> None:
    settled(level=level)
    page = before_publishing(write(NOWHERE))
    asked = page.locator(".editor-post-publish-panel")
    if level == "off":
        asked.get_by_role("button", name="Check").click()
    expect(asked.locator(".onrecord__finding")).to_contain_text("Unsourced: not found")
    expect(asked.locator(".editor-post-publish-button")).to_have_attribute(
        "aria-disabled", "true" if holds else "false"
    )


def test_a_server_that_is_away_neither_passes_nor_hides_it(write: Callable[..., Page], site: Site, onrecord: OnRecord) -> None:  # fmt: skip
    onrecord.stop()
    try:
        page = before_publishing(write(RIGHT))
        asked = page.locator(".editor-post-publish-panel")
        expect(asked).to_contain_text(f"OnRecord at {onrecord.address} cannot be reached, so nothing was checked")
        expect(asked.locator(".editor-post-publish-button")).to_have_attribute("aria-disabled", "true")
        asked.get_by_role("button", name="Cancel").click()
        page.evaluate("wp.data.dispatch('core/editor').savePost()")
        page.wait_for_function("wp.data.select('core/editor').didPostSaveRequestSucceed()")
        assert stored(site, page)["status"] == "draft"  # drafts are saved whatever is away
        before_publishing(page)
        asked.get_by_label("Publish all the same, because").fill("The server is being mended.")
        asked.get_by_role("button", name="Let it through").click()
        expect(asked.locator(".editor-post-publish-button")).to_have_attribute("aria-disabled", "false")
        assert [(each["why"], each["findings"]) for each in reasons(site, page)] == [("failed", [])]
    finally:
        onrecord.start()
    panel(page)
    asked.get_by_role("button", name="Cancel").click()
    page.locator(".onrecord__body").get_by_role("button", name="Check again").click()
    expect(page.locator(".onrecord__body")).to_contain_text("1 statement was checked.")


def test_a_change_of_what_is_public_is_checked_when_it_is_saved(write: Callable[..., Page], site: Site) -> None:
    page = before_publishing(write(RIGHT))
    expect(page.locator(".editor-post-publish-panel")).to_contain_text("1 statement was checked.")
    publish(page)
    expect(page.locator(".post-publish-panel__postpublish")).to_be_visible()
    page.locator(".editor-post-publish-panel").get_by_role("button", name="Close panel").click()
    change = (
        "text => wp.data.dispatch('core/block-editor').updateBlockAttributes("
        "wp.data.select('core/block-editor').getBlockOrder()[0], { content: text })"
    )
    page.evaluate(change, WRONG)
    page.locator(".editor-post-publish-button").click()
    expect(page.locator(".components-notice.is-error")).to_contain_text("OnRecord: 1 statement needs a look")
    assert "raise" not in stored(site, page)["text"]
    page.evaluate(change, RIGHT + " It rained.")
    page.locator(".editor-post-publish-button").click()
    page.wait_for_function("wp.data.select('core/editor').didPostSaveRequestSucceed()")
    assert "It rained" in stored(site, page)["text"]


def test_who_goes_without_the_panel_is_held_back_all_the_same(write: Callable[..., Page], site: Site) -> None:
    page = write(WRONG)
    page.evaluate("wp.data.dispatch('core/editor').disablePublishSidebar()")
    page.locator(".editor-post-publish-button").click()
    expect(page.locator(".components-notice.is-error")).to_contain_text("OnRecord: 1 statement needs a look")
    assert stored(site, page)["status"] in ("auto-draft", "draft")
    assert page.evaluate("wp.data.select('core/editor').getEditedPostAttribute('status')") != "publish"
    page.evaluate("wp.data.dispatch('core/editor').enablePublishSidebar()")


def test_a_site_that_is_not_set_up_says_so_and_holds_nothing_back(write: Callable[..., Page], settled: Settled) -> None:
    settled(key="")
    page = write(WRONG, who="Ada")
    page.locator(".editor-post-publish-panel__toggle").click()
    asked = page.locator(".editor-post-publish-panel")
    expect(asked).to_contain_text("OnRecord is not set up on this site: nothing is checked, and nothing is held back.")
    expect(asked.get_by_role("link", name="Set it up")).to_be_visible()
    expect(asked.locator(".editor-post-publish-button")).to_have_attribute("aria-disabled", "false")


def test_the_panel_speaks_the_language_of_who_writes(write: Callable[..., Page], site: Site) -> None:
    site.php("update_user_meta( get_user_by( 'login', 'Rolf' )->ID, 'locale', 'ru_RU' ); return 1;")
    try:
        page = write(WRONG)
        panel(page)
        body = page.locator(".onrecord__body")
        expect(body).to_contain_text("Тексты отправляются на")
        body.get_by_role("button", name="Проверить").click()
        expect(body).to_contain_text("До публикации нужно посмотреть 1 высказывание.")
        expect(body.locator(".onrecord__verdict")).to_contain_text("Без источника, слова другие: отличается «не»")
    finally:
        site.php("delete_user_meta( get_user_by( 'login', 'Rolf' )->ID, 'locale' ); return 1;")


def test_what_was_let_through_stays_so_until_something_else_is_found(write: Callable[..., Page], site: Site) -> None:
    page = before_publishing(write(WRONG))
    asked = page.locator(".editor-post-publish-panel")
    asked.get_by_label("Publish all the same, because").fill("Heard twice.")
    asked.get_by_role("button", name="Let it through").click()
    publish(page)
    expect(page.locator(".post-publish-panel__postpublish")).to_be_visible()
    id = page.evaluate("wp.data.select('core/editor').getCurrentPostId()")
    page.goto(f"{site.address}/wp-admin/post.php?post={id}&action=edit")
    page.wait_for_function("window.wp?.data?.select('core/editor')?.getCurrentPostId()")
    page.wait_for_function("wp.data.select('core/block-editor').getBlockOrder().length")
    page.evaluate("wp.data.dispatch('core/editor').editPost({ excerpt: 'Short.' })")
    page.locator(".editor-post-publish-button").click()  # the text is as it was when the reason was given
    page.wait_for_function("wp.data.select('core/editor').didPostSaveRequestSucceed()")
    add = (
        "text => wp.data.dispatch('core/block-editor').insertBlocks("
        "wp.blocks.createBlock('core/paragraph', { content: text }))"
    )
    page.evaluate(add, "“The ferry of Tarn never sails,” Mirela Tosk said.")
    page.locator(".editor-post-publish-button").click()
    expect(page.locator(".components-notice.is-error")).to_contain_text("OnRecord:")
    assert "never sails" not in stored(site, page)["text"]


def test_tables_classic_and_synced_blocks_are_read(write: Callable[..., Page], site: Site) -> None:
    made = "return wp_insert_post( array( 'post_type' => 'wp_block', 'post_status' => 'publish', 'post_title' => 'S', 'post_content' => $argv[1], 'post_author' => get_user_by( 'login', 'Rolf' )->ID ) );"
    synced = site.php(made, f"<!-- wp:paragraph --><p>{RIGHT}</p><!-- /wp:paragraph -->")
    more = (
        f"<!-- wp:table --><figure class='wp-block-table'><table><tbody><tr><td>{WRONG}</td></tr></tbody></table></figure><!-- /wp:table -->"
        '<!-- wp:paragraph {"metadata":{"bindings":{"content":{"source":"core/post-meta","args":{"key":"x"}}}}} --><p>Bound.</p><!-- /wp:paragraph -->'
        f"<p>{NOWHERE}</p>" + f'<!-- wp:block {{"ref":{synced}}} /-->'
    )
    page = panel(write("Rain.", more=more))
    page.wait_for_function(
        "() => wp.data.select('core/block-editor').getBlocksByName('core/block')"
        ".every(each => wp.data.select('core/block-editor').getBlockOrder(each).length)"
    )
    body = page.locator(".onrecord__body")
    expect(body).to_contain_text("Not read, and so not checked: Paragraph.")  # what is bound comes from elsewhere
    body.get_by_role("button", name="Check").click()
    verdicts = body.locator(".onrecord__verdict")
    expect(verdicts).to_have_count(3)
    expect(verdicts.nth(0)).to_contain_text("wording differs")
    expect(verdicts.nth(1)).to_contain_text("not found")
    expect(verdicts.nth(2)).to_contain_text("Verified")
    body.locator(".onrecord__words").first.click()  # words of a table cannot be selected: its block is
    selected = "wp.data.select('core/block-editor').getSelectedBlock()?.name"
    page.wait_for_function(f"{selected} === 'core/table'")
