"""From corpus files to quotes.jsonl, key.jsonl and dirty.jsonl."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from benchmarks.seeded import attacks, dirt, quotas
from benchmarks.seeded.cases import Case, write_cases, write_rows
from benchmarks.seeded.documents import Document
from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.faithful import MAKERS
from benchmarks.seeded.flips import CHANGES
from benchmarks.seeded.flips.altered import altered
from benchmarks.seeded.flips.claims import other_date, reporters_words
from benchmarks.seeded.flips.context import out_of_context
from benchmarks.seeded.flips.omissions import misused_bracket, misused_ellipsis
from benchmarks.seeded.flips.speaker import misattributed, persons_of
from benchmarks.seeded.flips.splice import spliced
from benchmarks.seeded.occurrences import Occurrence, occurrences
from benchmarks.seeded.sampling import LANGUAGES, Sample, all_documents, sample_documents
from benchmarks.seeded.sentences import Spot, spots_of
from benchmarks.seeded.wording import folded

MOST_DOCUMENTS_OF_A_TRUE_QUOTE = 6
FORMS = {"whole": 50, "fragment": 25, "ellipsis": 15, "brackets": 10}
SCAN_SHARE = 0.08
DATED_SHARE = 0.5
REPORTERS_SHARE = 0.3
TOLD_DOCUMENT_SHARE = 0.1
SURPLUS = 1.15
"""Some candidates turn out to stand elsewhere."""
OPTIONS = 8


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for."""

    corpus: tuple[Path, ...]
    seed: int
    true: int
    flips: int
    attacks: int
    documents: int
    """At most so many of each corpus file and language are looked at."""
    out: Path


def one_of(drafts: Iterator[Draft], rng: random.Random) -> Draft | None:
    """Any of the first few."""
    found = list(islice(drafts, OPTIONS))
    return rng.choice(found) if found else None


def some_truth(spot: Spot, rng: random.Random) -> Draft:
    """The sentence in one of the forms that a flip may have."""
    form = rng.choices(list(FORMS), weights=list(FORMS.values()))[0]
    return one_of(MAKERS[form](spot, rng), rng) or next(MAKERS["whole"](spot, rng))


def some_flip(kind: str, spot: Spot, spots: list[Spot], rng: random.Random) -> Draft | None:
    """One flip of the kind, if this sentence has any."""
    if kind == "splice":
        return one_of(spliced(spots, spot, rng), rng)
    if kind == "speaker":
        if rng.random() < REPORTERS_SHARE and (asked := one_of(reporters_words(spot, rng), rng)):
            return asked
        return Draft("speaker", "whole", spot.text, spot, (spot.text,), truth="flip", expect="not-verified")
    if kind in ("context", "ellipsis", "bracket", "claim"):
        makers = {
            "context": out_of_context,
            "ellipsis": misused_ellipsis,
            "bracket": misused_bracket,
            "claim": other_date,
        }
        return one_of(makers[kind](spot, rng), rng)
    bases = [some_truth(spot, rng), next(MAKERS["whole"](spot, rng))]
    return next(filter(None, (one_of(altered(base, kind, rng), rng) for base in bases)), None)


def some_attack(kind: str, spot: Spot, spots: list[Spot], rng: random.Random) -> Draft | None:
    """One attack of the kind."""
    truth = some_truth(spot, rng)
    if kind == "hidden-in-true":
        return one_of(attacks.hidden(truth, rng), rng)
    if kind == "look-alike":
        return one_of(attacks.look_alike(truth, rng), rng)
    if kind == "sign":
        return one_of(attacks.signs(next(MAKERS["whole"](spot, rng)), rng), rng)
    flip = some_flip(rng.choice(list(CHANGES[spot.language])), spot, spots, rng)
    return one_of(attacks.hidden(flip, rng), rng) if flip else None


def drafts_of(sample: Sample, order: Order, rng: random.Random) -> list[Draft]:
    """All drafts, some more than asked for."""

    def true(kind: str, spot: Spot, spots: list[Spot]) -> Draft | None:
        return one_of(MAKERS[kind](spot, rng), rng)

    def flip(kind: str, spot: Spot, spots: list[Spot]) -> Draft | None:
        return some_flip(kind, spot, spots, rng)

    def attack(kind: str, spot: Spot, spots: list[Spot]) -> Draft | None:
        return some_attack(kind, spot, spots, rng)

    made: list[Draft] = []
    for language in LANGUAGES:
        share = quotas.RUSSIAN_SHARE if language == "ru" else 1 - quotas.RUSSIAN_SHARE
        share = share if sample.documents["ru"] else float(language == "en")
        documents = sample.documents[language]
        for weights, total, make in (
            (quotas.TRUE, (1 - SCAN_SHARE) * order.true, true),
            (quotas.FLIPS, order.flips, flip),
            (quotas.ATTACKS, order.attacks, attack),
        ):
            wanted = int(total * share * SURPLUS)
            each = max(3, -(-2 * wanted // max(len(documents), 1)))
            filled = quotas.fill(documents, quotas.shares(weights[language], wanted), make, rng, each=each)
            spare = quotas.shares(weights[language], filled.lacking)
            again = rng.sample(documents, len(documents))
            made += [*filled.drafts, *quotas.fill(again, spare, make, rng, each=each).drafts]
    return made


def dirty_documents(sample: Sample, order: Order, rng: random.Random) -> tuple[list[Document], list[Draft]]:
    """Copies soiled by scanning, of every corpus, and the clean sentences as quotes."""
    wanted = int(SCAN_SHARE * order.true)
    documents = [*sample.documents["ru"][: wanted // 20], *sample.documents["en"]]
    copies, drafts = list[Document](), list[Draft]()
    for document in documents:
        if len(drafts) >= wanted:
            break
        if len(document.stored_text) <= dirt.LONGEST_DOCUMENT:
            copy, found = dirt.soil(document, list(spots_of(document)), rng)
            copies += [copy] if found else []
            drafts += found
    return copies, drafts


def looked_for(draft: Draft) -> list[str]:
    """The words whose places matter."""
    return [text for text in (*draft.parts, draft.changed) if len(folded(text).split()) >= 3]


def places(draft: Draft, found: dict[str, list[Occurrence]]) -> list[Occurrence]:
    """The documents in which all parts stand."""
    parts = [found.get(folded(part), []) for part in draft.parts if len(folded(part).split()) >= 3]
    if not parts:
        return []
    common = set.intersection(*({occurrence.document for occurrence in part} for part in parts))
    return [occurrence for occurrence in parts[0] if occurrence.document in common]


def resolved(draft: Draft, found: dict[str, list[Occurrence]], persons: list[str], rng: random.Random) -> Draft | None:
    """The draft, if the corpora as a whole bear it out."""
    if draft.kind == "scan-dirt":
        return draft
    if draft.changed and found.get(folded(draft.changed)) and draft.kind != "sign":
        return None
    standing = places(draft, found)
    if draft.alone and (len(standing) != 1 or standing[0].times != 1):
        return None
    if draft.kind == "speaker" and not draft.speaker:
        return next(misattributed(draft, standing, persons, rng), None)
    if draft.expect != "not-verified":
        here = any(occurrence.document == draft.spot.document.id for occurrence in standing)
        return draft if here and len(standing) <= MOST_DOCUMENTS_OF_A_TRUE_QUOTE else None
    return draft


def case_from(draft: Draft, name: str, standing: list[Occurrence], rng: random.Random) -> Case:
    """The case with what it claims."""
    documents = (draft.document,) if draft.document else tuple(sorted({place.document for place in standing}))
    told = draft.document or (draft.spot.document.id if rng.random() < TOLD_DOCUMENT_SHARE and not draft.date else None)
    date = draft.date or (draft.spot.document.date if rng.random() < DATED_SHARE else None)
    return Case(
        id=name, kind=draft.kind, form=draft.form, truth=draft.truth, expect=draft.expect, warning=draft.warning,
        language=draft.spot.language, quote=draft.quote, speaker=draft.claimed_speaker, documents=documents,
        parts=draft.parts, original=draft.spot.text, change=draft.change, date=date, document=told,
    )  # fmt: skip


def trimmed(drafts: list[Draft], order: Order, rng: random.Random) -> list[Draft]:
    """No more than asked for of each sort, in no telling order."""
    kept: list[Draft] = []
    attacking = set(quotas.ATTACKS["en"])
    for sort, most in (("true", order.true), ("flip", order.flips), ("attack", order.attacks)):
        of_sort = [draft for draft in drafts if ("attack" if draft.kind in attacking else draft.truth) == sort]
        scanned = [draft for draft in of_sort if draft.kind == "scan-dirt"]
        others = [draft for draft in of_sort if draft.kind != "scan-dirt"]
        kept += [*scanned, *rng.sample(others, min(len(others), max(most - len(scanned), 0)))]
    return rng.sample(kept, len(kept))


def generate(order: Order) -> int:
    """Write the three files; 1 if fewer cases were found than asked for."""
    rng = random.Random(order.seed)
    sample = sample_documents(list(order.corpus), rng, most=order.documents)
    copies, scanned = dirty_documents(sample, order, rng)
    drafts = [*drafts_of(sample, order, rng), *scanned]
    texts = {text for draft in drafts for text in looked_for(draft)}
    found = occurrences(chain(all_documents(order.corpus), copies), texts)
    persons = {language: persons_of(sample.documents[language]) for language in LANGUAGES}
    sound = [new for draft in drafts if (new := resolved(draft, found, persons[draft.spot.language], rng))]
    cases = [
        case_from(draft, f"q{number:05d}", places(draft, found), rng)
        for number, draft in enumerate(trimmed(sound, order, rng), 1)
    ]
    write_cases(order.out, cases)
    write_rows(order.out / "dirty.jsonl", (copy.record() for copy in copies))
    report(cases, len(drafts) - len(sound), len(copies))
    counted = Counter(case.truth for case in cases)
    return int(counted["true"] < order.true or counted["flip"] < order.flips)


def report(cases: list[Case], dropped: int, copies: int) -> None:
    """Say what was made."""
    print(f"{len(cases)} cases, {copies} dirty documents; {dropped} drafts left out for where else their words stand")
    counted = Counter((case.truth, case.kind, case.language) for case in cases)
    for truth in ("true", "flip", "attack"):
        kinds = sorted({case.kind for case in cases if case.truth == truth})
        row = [f"{kind} {counted[truth, kind, 'en']}+{counted[truth, kind, 'ru']}" for kind in kinds]
        print(f"{truth} (en+ru): {', '.join(row)}")
