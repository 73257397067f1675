"""A statement is found in its file, whatever the file's marks are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.export.regions import Markup, Original, Places, Region
from corpus.types import Span


def region(text: str, words: str, original: str, markup: Markup = "plain", nth: int = 0) -> Region | None:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Places(text, Original(original, markup)).region(Span(start, start + len(words)))


CASES: tuple[tuple[str, str, str, str, Markup, str], ...] = (
    ("as it is", "It rained. She left.", "She left", "It rained. She left.", "plain", "She left"),
    ("Windows line ends", "One.\nShe left.", "She left", "One.\r\nShe left.", "plain", "She left"),
    ("what surrounds the text is cut off", "She left.", "She left", "\n\n  She left.\n", "plain", "She left"),
    ("words in bold", "She never left.", "She never left", "# T\n\nShe **never** left.", "markdown", "She **never** left"),
    ("a link inside", "She left the harbour.", "left the harbour", "She left [the *harbour*](http://left.example/the).",
     "markdown", "left [the *harbour"),
    ("a target that reads alike", "See left. Then left.", "Then left", "See [left](/then-left). Then left.", "markdown", "Then left"),
    ("an escaped mark", "He has 3 * 4 boats.", "3 * 4 boats", "He has 3 \\* 4 boats.", "markdown", "3 \\* 4 boats"),
    ("an entity in Markdown", "A née Brim.", "née Brim", "A n&eacute;e Brim.", "markdown", "n&eacute;e Brim"),
    ("tags", "She never left.", "She never left", "<p>She <b>never</b> left.</p>", "html", "She <b>never</b> left"),
    ("entities", "“It’s over,” née Brim.", "It’s over", "<p>&ldquo;It&#8217;s over,&rdquo; n&eacute;e Brim.", "html",
     "It&#8217;s over"),
    ("a script that says the same", "She left.", "She left", "<script>'She left'</script><i>She left</i>", "html", "She left"),
    ("an attribute that says the same", "She left.", "She left", "<p title='She left'>She left</p>", "html", "She left"),
    ("letters beyond the first plane", "𝕏𝕐. She left.", "She left", "<i>𝕏𝕐</i>. She left.", "html", "She left"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "words", "original", "markup", "there"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])  # fmt: skip
def test_a_statement_is_found_where_it_stands(text: str, words: str, original: str, markup: Markup, there: str) -> None:
    found = region(text, words, original, markup)
    assert found is not None
    assert found.span.of(original) == there
    assert found.span.start == original.rindex(there)


def test_of_places_that_read_alike_the_one_with_the_same_neighbours_is_taken() -> None:
    text = "Brim said: yes. Tosk asked. Corvane said: yes. The end."
    original = text.replace("Tosk asked. ", "**Tosk** asked. ")
    first, second = (region(text, "yes", original, "markdown", nth) for nth in (0, 1))
    assert first is not None and second is not None
    assert (first.span.start, second.span.start) == (original.index("yes"), original.rindex("yes"))


def test_marks_at_its_ends_belong_to_a_statement_where_the_file_has_them() -> None:
    found = region("Brim: “Yes!” Rain.", "“Yes!”", "Brim: <b>“Yes!”</b> Rain.", "html")
    assert found is not None and found.span == Span(9, 15)
    found = region("Brim: “Yes!” Rain.", "“Yes!”", "Brim: &ldquo;Yes!&rdquo; Rain.", "html")
    assert found is not None and found.span == Span(13, 17)


def test_lines_and_columns_count_from_1_and_the_end_is_behind_the_last_character() -> None:
    original = "One 𝕏.\r\n\r\nShe said: it\nrained. Yes."
    found = region(original.replace("\r\n", "\n"), "it\nrained", original)
    assert found is not None
    assert (found.start_line, found.start_column, found.end_line, found.end_column) == (3, 11, 4, 7)
    assert found.span.of(original) == "it\nrained"


@pytest.mark.parametrize("original", ["", "Other words.", "<p></p>"])
def test_what_is_not_in_the_file_has_no_place_there(original: str) -> None:
    assert region("She left.", "She left", original, "html") is None


def test_words_without_letters_have_no_place_in_another_text() -> None:
    assert region("She … left.", "…", "She  left.", "html") is None


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12), min_size=1), st.data())
def test_in_its_own_text_every_stretch_is_where_it_is(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = Places(text, Original(text)).region(Span(start, end))
    if start == end:
        assert found is None
        return
    assert found is not None and found.span == Span(start, end)
    parts = text.split("\n")
    assert sum(len(part) + 1 for part in parts[: found.start_line - 1]) + found.start_column - 1 == start
    assert sum(len(part) + 1 for part in parts[: found.end_line - 1]) + found.end_column - 1 == end


WRAPPED = ("{}", "<b>{}</b>", "<i title='a b c'>{}</i>", "<!-- a b -->{}", "&eacute;{}", "{}<br>\r\n")


@given(
    st.lists(st.tuples(st.text("abc", min_size=1, max_size=3), st.sampled_from(WRAPPED)), min_size=1, max_size=12),
    st.data(),
)
def test_of_words_that_are_all_alike_the_very_ones_are_found(words: list[tuple[str, str]], data: st.DataObject) -> None:
    shown = ["é" + word if "&" in wrapped else word for word, wrapped in words]
    original, places, text, spans = "", [], "", []
    for (word, wrapped), visible in zip(words, shown, strict=True):
        places.append(len(original) + wrapped.index("&" if "&" in wrapped else "{}"))
        spans.append(Span(len(text), len(text) + len(visible)))
        original, text = f"{original}{wrapped.format(word)} ", f"{text}{visible} "
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    found = Places(text, Original(original, "html")).region(Span(spans[first].start, spans[last].end))
    assert found is not None and found.span.start == places[first]
