"""The desk in a real browser, over the invented documents of the starter corpus: every flow, with and without our script."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from corpus.read.records import read_records
from corpus.types import Document, PartialDate, Span, Turn

Visit = Callable[..., Page]
expect.set_options(timeout=20_000)  # machines are busy; what is right is right later too
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def quay(month: int, day: int, done: str = "opened") -> Document:
    text = f"On day {day} of month {month} we {done} a quay of Marlo."
    return Document(
        f"quay-{month}-{day}", "Quay office of Marlo (invented)", f"Quay {month}.{day}", text,
        (Turn(0, "Ada Lorne", "speech", Span(0, len(text))),), date=PartialDate(2031, month, day), kind="speech",
    )  # fmt: skip


@pytest.fixture(scope="module")
def address(serving: Callable[[Iterable[Document]], str]) -> str:
    """A server over the invented documents, and over an office that was silent for a month and changed its first words."""
    path = Path(str(files("corpus").joinpath("starter", "invented.jsonl")))
    invented = [record.document for record in read_records(path) if record.document]
    return serving(
        [*invented, *(quay(month, day) for month in (1, 2, 4) for day in range(1, 11)), quay(1, 1, "closed")]
    )


def sample(page: Page, name: str, *, scripted: bool = True) -> Page:
    page.locator(f"button[name=sample][value={name}]").click()
    page.wait_for_url("**/checks/*")
    if name == "article" and scripted:
        expect(page.locator("#more")).to_have_count(0)
    return page


def test_findings_arrive_one_after_another_and_keep_their_addresses(visit: Visit, address: str) -> None:
    page = sample(visit(address), "article")
    expect(page.locator("#progress")).to_have_text("26 of 26 checked")
    names = page.locator(".card").evaluate_all("cards => cards.map(card => card.id)")
    assert len(names) == len(set(names)) == 26
    assert page.locator(".said.tone-waiting").count() == 0
    assert page.locator(".tally li").count() >= 3
    for tone, line in (("verified", "solid"), ("paraphrased", "wavy"), ("altered", "double"), ("unsourced", "dotted")):
        style = page.locator(f".said.tone-{tone} .line").first.evaluate("e => getComputedStyle(e).textDecorationStyle")
        assert style == line
    again = page.goto(page.url)
    assert again is not None and again.status == 200
    expect(page.locator("#more")).to_have_count(0)
    assert page.locator(".card").evaluate_all("cards => cards.map(card => card.id)") == names


def test_without_a_script_an_article_comes_whole_and_can_be_corrected(visit: Visit, address: str) -> None:
    page = visit(address, java_script_enabled=False)
    page.locator("#text").fill("“We will sign the water treaty today,” Ilse Corvane said.")
    page.locator("form.check button[type=submit]").first.click()
    page.wait_for_selector(".card .lines")
    page.goto(address)
    sample(page, "article", scripted=False)
    page.wait_for_selector(".card")
    expect(page.locator(".card")).to_have_count(26)
    expect(page.locator(".tone-waiting")).to_have_count(0)
    page.locator("#filter a[data-show=problems]").click()
    page.wait_for_selector("#filter a[data-show=problems][aria-current]")
    assert page.locator(".card[data-tone=verified]").first.is_hidden() and page.locator(".card").count() == 26
    page.goto(page.url.split("?")[0] + "?whole=1")
    page.get_by_text("Correct the speaker").first.click()
    page.locator(".tool.speaker[open] input[name=speaker]").fill("Maren Stockley")
    page.locator(".tool.speaker[open] button").first.click()
    page.wait_for_selector("text=Undo the last correction")
    assert "Maren Stockley" in page.locator(".card").first.inner_text()
    page.get_by_text("Add or correct a statement").click()
    page.get_by_label("Words", exact=True).fill("covers the river and everything that floats on it")
    page.get_by_role("button", name="Add and check", exact=True).click()
    expect(page.locator(".card")).to_have_count(27)
    page.get_by_role("button", name="Undo the last correction").click()
    expect(page.locator(".card")).to_have_count(26)


def test_a_service_that_has_too_much_to_do_is_asked_again(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    for asked in ("**/findings?*", "**/marks"):
        page.route(asked, lambda route: route.fulfill(status=503, headers={"Retry-After": "0"}), times=1)
    page.goto(address)
    sample(page, "article")
    expect(page.locator("#progress")).to_have_text("26 of 26 checked")
    page.get_by_text("Correct the speaker").first.click()
    page.locator(".tool.speaker[open] input[name=speaker]").fill("Maren Stockley")
    page.locator(".tool.speaker[open] button").first.click()
    expect(page.locator(".card").first).to_contain_text("Maren Stockley")
    expect(page.get_by_role("button", name="Undo the last correction")).to_be_visible()
    context.close()


def test_the_keys_go_from_statement_to_statement_and_from_problem_to_problem(visit: Visit, address: str) -> None:
    page = sample(visit(address), "article")
    tones = page.locator(".card").evaluate_all("cards => cards.map(card => card.dataset.tone)")
    focused = "document.activeElement.dataset.number"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(focused) == "2"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "1"
    page.keyboard.press("n")
    first = next(number for number, tone in enumerate(tones, start=1) if tone != "verified")
    assert page.evaluate(focused) == str(first)
    assert page.locator(".card.current").count() == 1 and page.locator(".said.current").count() >= 1
    expect(page.locator(".card.current header")).to_be_in_viewport()
    expect(page.locator(".said.current").first).to_be_in_viewport()
    page.keyboard.press("p")
    assert page.evaluate(focused) == str(first)
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "speaker"
    page.keyboard.press("j")  # a letter, since a field has the focus
    assert page.evaluate(focused) is None
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys work on this page").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).not_to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("?")
    assert page.evaluate(focused) is None and page.locator("dialog#keys").is_hidden()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate(focused) is None, "switched off for good"


def test_a_speaker_is_corrected_in_place_and_the_correction_taken_back_by_a_key(visit: Visit, address: str) -> None:
    page = sample(visit(address), "article")
    page.keyboard.press("n")
    card = page.locator(".card.current")
    name = card.get_attribute("id")
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("Maren Stockley")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{name} .facts").first).to_contain_text("Maren Stockley")
    expect(page.locator(f"#{name}")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#undo")).to_have_count(0)
    expect(page.locator(f"#{name} .facts").first).not_to_contain_text("Maren Stockley")


def test_words_that_are_selected_become_a_statement(visit: Visit, address: str) -> None:
    page = sample(visit(address), "article")
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.getElementById("article"), NodeFilter.SHOW_TEXT);
            const wanted = "covers the river and everything that floats on it";
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(wanted);
                if (at >= 0) document.getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + wanted.length);
            }
        }"""
    )
    page.get_by_role("button", name="Add the selected words as a statement").click()
    assert page.get_by_label("Words", exact=True).input_value() == "covers the river and everything that floats on it"
    page.keyboard.type("Ilse Corvane")
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_have_count(27)


def test_a_wrong_verdict_is_reported_and_the_press_office_asked(visit: Visit, address: str) -> None:
    page = sample(visit(address), "invented")
    page.get_by_role("button", name="I have asked the press office").click()
    expect(page.get_by_text("The press office was asked on")).to_be_visible()
    page.get_by_text("This verdict is wrong").click()
    page.get_by_label("Paraphrased").check()
    page.get_by_label("Why?").fill("She said it at lunch.")
    page.get_by_role("button", name="Keep as a case").click()
    expect(page.get_by_text("Called wrong on")).to_contain_text("She said it at lunch.")


def test_a_changed_draft_stays_at_its_address(visit: Visit, address: str) -> None:
    page = sample(visit(address), "article")
    before = page.url
    page.get_by_text("Change the text and check again").click()
    box = page.get_by_label("Quote or article")
    box.fill(box.input_value().replace("34 percent", "43 percent"))
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector(".notice")
    assert page.url.partition("?")[0] == before
    assert "of 26." in page.locator(".notice").inner_text()


def test_a_file_is_dropped_into_the_box(visit: Visit, address: str, tmp_path: Path) -> None:
    page = visit(address)
    page.evaluate(
        """() => {
            const held = new DataTransfer();
            held.items.add(new File(["“We will not sign the water treaty today,” Ilse Corvane said.\\n\\nIt rained."], "note.txt"));
            document.querySelector("form.check").dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
        }"""
    )
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_url("**/checks/*")
    expect(page.locator(".card.tone-verified")).to_have_count(1)


def test_the_source_s_wording_is_copied(visit: Visit, address: str) -> None:
    page = visit(address, permissions=["clipboard-read", "clipboard-write"])
    sample(page, "altered")
    page.get_by_role("button", name="Copy source wording").click()
    assert page.evaluate("navigator.clipboard.readText()") == "We will not sign the water treaty today."


def test_the_record_is_searched_narrowed_and_opened_at_the_passage(visit: Visit, address: str) -> None:
    page = visit(f"{address}corpus", java_script_enabled=False)
    page.get_by_label("Words that stand together").fill("lorries bridge")
    page.get_by_role("button", name="Search").click()
    assert page.locator(".lines-of li").count() > 1 and page.locator("mark.found").count() > 1
    every = page.locator(".lines-of li").count()
    page.locator(".facets details").first.locator("a").first.click()
    assert 0 < page.locator(".lines-of li").count() < every
    page.locator(".lines-of h3 a").first.click()
    assert (
        page.locator("mark#passage").is_visible() and page.locator(".turns mark.found, .turns mark.sought").count() >= 1
    )


def test_the_context_opens_further_and_to_the_whole_document(visit: Visit, address: str) -> None:
    page = sample(visit(address), "altered")
    page.get_by_text("More around it").click()
    further = page.locator("div.further")
    expect(further.locator("mark")).to_have_text("We will not sign the water treaty today.")
    assert further.locator("p").count() > 3
    further.get_by_role("link").click()
    expect(page.locator("mark#passage")).to_be_visible()


def test_gaps_are_drawn_and_told(visit: Visit, address: str) -> None:
    page = visit(f"{address}coverage?publisher=quay", java_script_enabled=False)
    assert page.locator("svg .hole").count() >= 1 and page.locator("svg .bar-of").count() == 3
    assert "missing: 2031-03" in (page.locator("svg title").first.text_content() or "")
    page.get_by_text("As a table").click()
    assert page.locator("table.calendar").is_visible()


def test_light_dark_and_russian_are_a_button_away(visit: Visit, address: str) -> None:
    page = visit(address, java_script_enabled=False)
    light = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") != light
    page.get_by_role("button", name="Русский").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Они это сказали?")


def test_print_shows_the_evidence_and_no_controls(visit: Visit, address: str) -> None:
    page = sample(visit(address, color_scheme="dark"), "altered")
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible() and not page.locator("nav").first.is_visible()
    assert page.locator(".lines").first.is_visible()
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"


def test_nothing_moves_for_those_who_asked_for_that(visit: Visit, address: str) -> None:
    page = visit(address, reduced_motion="reduce")
    assert page.locator("html").evaluate("e => getComputedStyle(e).scrollBehavior") == "auto"


PAGES = (
    "",
    "corpus",
    "corpus?q=bridge",
    "coverage",
    "about",
    "document?id=x",
    "documents/invented-hv-letter-2025-06-09?q=river",
    "changes",
    "documents/quay-1-1/versions",
)


STORY = (
    "Water and light\n\n“We will sign the water treaty today,” Ilse Corvane said.\n\n"
    "“Nobody has been exchanged for anybody,” Corvane said. “Cats may stay,” Tadeus Brandt told her.\n\n"
    "She said that the second line would start work in October.\n\nRelated stories\nIt rained"
)


@pytest.mark.parametrize(
    ("theme", "language"), [("light", "en"), pytest.param("dark", "ru", marks=pytest.mark.nightly)]
)
def test_axe_finds_nothing_on_any_page_and_each_fits_the_narrowest_screen(
    visit: Visit, address: str, theme: str, language: str
) -> None:
    page = visit(address, color_scheme=theme, locale=language)
    wide = page.viewport_size or {}
    checks = []
    for name in ("altered", "invented"):
        page.goto(address)
        checks.append(sample(page, name).url.removeprefix(address))
    page.goto(address)
    page.locator("#text").fill(STORY)
    page.locator("form.check button").click()
    page.wait_for_url("**/checks/*")
    found = []
    story = page.url.removeprefix(address)
    for path in (*PAGES, *checks, f"{story}?show=problems"):
        page.set_viewport_size(wide)  # type: ignore[arg-type]
        page.goto(address + path)
        expect(page.locator("#more")).to_have_count(0)
        page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
        for each in Axe().run(page, options=RULES).response["violations"]:
            found += [f"{path}: {each['id']}: {node['html'][:160]}" for node in each["nodes"]]
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if page.locator("html").evaluate("page => page.clientWidth - page.scrollWidth") < 0:
                found.append(f"{path}: does not fit {width} pixels")
    assert "\n".join(found) == ""


def test_the_problems_alone_are_a_link_or_a_key_away(visit: Visit, address: str) -> None:
    page = sample(visit(address), "article")
    shown = "all => all.filter(each => each.offsetParent).map(each => each.dataset.tone)"
    everything = page.locator(".card[data-tone]").evaluate_all(shown)
    problems = [tone for tone in everything if tone != "verified"]
    page.keyboard.press("f")
    assert page.locator(".card[data-tone]").evaluate_all(shown) == problems
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.tone") == problems[0]
    page.locator("#filter a[data-show=verified]").press("Enter")
    assert set(page.locator(".card[data-tone]").evaluate_all(shown)) == {"verified"}
    assert page.url.endswith("?show=verified")
    page.locator(".said.tone-altered").first.click()  # what is gone to by a link is shown whatever was chosen
    expect(page.locator(".card:target")).to_be_visible()
    page.keyboard.press("f")
    page.keyboard.press("f")
    assert page.locator(".card[data-tone]").evaluate_all(shown) == everything
