"""Measures `onrecord quotes` with sentences taken from a corpus: true ones, and the same with one thing altered.

Every true sentence must come back verified, at its own place; no altered sentence may. The sampling and the
alterations share no code and no word list with the checker: this file needs only the standard library.

    python benchmarks/seeded_sentences.py generate CORPUS.jsonl.gz --seed 7 --count 200 --extra FILE... --out DIR
    onrecord quotes DIR/quotes.jsonl --format jsonl > findings.jsonl
    python benchmarks/seeded_sentences.py score DIR/key.jsonl findings.jsonl

`generate` samples sentences of eight words or more, spoken by named persons in documents of 2016 to 2020, no two
of one turn. Of each it writes up to eight alterations (number, name, negation, modality, quantifier, speaker,
order, content), each with one change; an alteration whose words stand in CORPUS or in an `--extra` file is left
out. quotes.jsonl is the checker's input; key.jsonl says for each line what it is and in which documents the true
sentence stands. CORPUS and `--extra` should together hold everything that the checker searches.

`score` ends with 1 if an altered sentence is verified, if fewer than 99 % of the true ones are verified at the right
place, or if a line has no finding.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

KINDS = ("number", "name", "negation", "modality", "quantifier", "speaker", "order", "content")
FIRST_YEAR, LAST_YEAR = "2016", "2020"
FEWEST_WORDS = 8
NEEDED_SHARE = 0.99

Document = dict[str, Any]


# --- the corpus -------------------------------------------------------------------------------------------------


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of a JSON Lines file, plain or gzipped; other lines are counted and left out."""
    skipped = 0
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                document = json.loads(line)
            except ValueError:
                document = None
            if isinstance(document, dict) and "id" in document:
                yield document
            else:
                skipped += 1
    if skipped:
        print(f"{path.name}: {skipped} lines are no documents", file=sys.stderr)


def turns_of(document: Document) -> list[tuple[str, str]]:
    return [(turn.get("speaker") or "", turn.get("text") or "") for turn in document.get("turns") or []]


def stored_text(document: Document) -> str:
    """The summary, and the turns or else the text."""
    turns = turns_of(document)
    body = "\n\n".join(text for _, text in turns) if turns else document.get("text") or ""
    return f"{document.get('summary') or ''}\n\n{body}"


def single_spaced(text: str) -> str:
    return " ".join(text.split())


def folded(text: str) -> str:
    """Without case, quote marks, dash styles and differences of white space."""
    for mark in "\u201c\u201d\u201e\u00ab\u00bb\"'\u2018\u2019\u201b`\u00ad\u200b":
        text = text.replace(mark, "")
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212":
        text = text.replace(dash, "-")
    return single_spaced(text.casefold())


# --- who speaks -------------------------------------------------------------------------------------------------

NAMELESS = set(
    """question questions remark remarks journalist journalists reply replies response answer voice voices moderator
    reporter correspondent participant participants student students audience host presenter interpreter translator
    announcer from everyone q interviewer speaker narrator cries exclamation shouts chorus""".split()
)
NAME = r"[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]*\.?|al|bin|de|van|von|der|da|dos|ibn|el)){1,3}"
OFFICE = re.compile(
    r"\b(?:President|Minister|Governor|Head|Mayor|Chairman|Chairperson|Director|Commissioner|King|Prince|Queen|Chief|"
    r"Secretary|Chancellor|Deputy|CEO|Speaker|Patriarch|Ambassador|General|Colonel|Captain|Emir|Academician|Rector|"
    r"Envoy|Commander|Member|Plenipotentiary|Journalist|Moderator|Host|Academy|University|Bank|Company|Party|"
    r"Board|Prime|Federal|Channel|Chamber)\b"
)


def without_remark(label: str) -> str:
    """'Xi Jinping (retranslated)' is Xi Jinping."""
    return single_spaced(re.sub(r"\([^)]*\)|<[^>]*>", " ", label)).rstrip(":")


def plain_names(labels: Iterable[str]) -> set[str]:
    """Labels that are a name and nothing else."""
    cleaned = {without_remark(label) for label in labels}
    return {label for label in cleaned if re.fullmatch(NAME, label) and not OFFICE.search(label)}


def person_of(label: str, names: set[str]) -> str | None:
    """The name in a speaker's label, with the office left out where that is certain; None for the nameless."""
    label = without_remark(label)
    words = label.split()
    if not words or words[0].casefold() in NAMELESS or label.isupper():
        return None
    for start in range(len(words) - 1):
        if " ".join(words[start:]) in names:
            return " ".join(words[start:])
    return label if len(words) >= 3 and OFFICE.search(label) and words[-1][0].isupper() else None


def last_name(person: str) -> str:
    return person.split()[-1]


def unlike(one: str, other: str) -> bool:
    """Two names that no transliteration turns into each other."""
    return one[0] != other[0] and SequenceMatcher(None, one.casefold(), other.casefold()).ratio() < 0.6


# --- sentences --------------------------------------------------------------------------------------------------

BORDER = re.compile(r"(?<=[.!?])(?:[”\"’])*\s+(?=[“\"‘]?[A-Z0-9])")
TITLE_BEFORE = re.compile(r"(?:^|[\s“\"‘(])(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Lt|Rev|Fr)\.$")
UNSURE_END = re.compile(r"(?:^|[\s“\"‘(.])(?:[A-Za-z]|etc|vs|No|Nos|Inc|Ltd|Co|Jr|Sr|cf|approx|ca|[A-Z][a-z]{2})\.$")
LABEL = re.compile(r"^(?:[A-Z][\w’'.-]* ?){1,8}(?:\([^)]*\))?:")


def split_sentences(paragraph: str) -> list[str]:
    """Careful borders: where an abbreviation may or may not end the sentence, the pieces stay together."""
    pieces, start = [], 0
    for border in BORDER.finditer(paragraph):
        before = paragraph[start : border.end()].rstrip()
        bare = before.rstrip('”"’')
        if TITLE_BEFORE.search(bare) or UNSURE_END.search(bare):
            continue
        pieces.append(before)
        start = border.end()
    return [*pieces, paragraph[start:].strip()]


def is_whole(sentence: str) -> bool:
    """A sentence whose two ends are beyond doubt, and which has no marks that change how it is read."""
    inside = re.sub(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof)\.", "", sentence[:-1])
    if len(sentence.split()) < FEWEST_WORDS or re.search(
        r"[()\[\]<>{}…*|]|\.\.\.|[.!?][”\"’]*\s|[a-z][.!?][A-Z]", inside
    ):
        return False
    ends_well = re.search(r"[.!?]$", sentence) and not sentence.endswith("..")
    return bool(ends_well) and sentence[0].isupper() and not LABEL.match(sentence) and balanced(sentence)


def balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def turn_sentences(text: str) -> list[str]:
    """Whole sentences of a turn, in the speaker's own words: nothing from inside a quotation."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.split("* * *")[0]):
        if LABEL.match(paragraph) or not balanced(paragraph):
            continue
        before = ""
        for sentence in split_sentences(paragraph):
            if balanced(before) and is_whole(single_spaced(sentence)):
                found.append(single_spaced(sentence))
            before += sentence
    return found


@dataclass
class Sentence:
    """A true sentence: who said it, when, in which documents it stands, and who else says it."""

    text: str
    speaker: str
    date: str
    present: list[str]
    documents: set[str] = field(default_factory=set)
    said_by: set[str] = field(default_factory=set)


def spoken_turns(documents: list[Document], names: set[str]) -> list[tuple[Document, str, str]]:
    """(document, person, text) of every turn of a named person in the years asked for."""
    turns = []
    for document in documents:
        if FIRST_YEAR <= (document.get("date") or "")[:4] <= LAST_YEAR:
            for label, text in turns_of(document):
                person = person_of(label, names)
                if person:
                    turns.append((document, person, text))
    return turns


def sample_sentences(documents: list[Document], names: set[str], count: int, rng: random.Random) -> list[Sentence]:
    turns = spoken_turns(documents, names)
    rng.shuffle(turns)
    chosen: dict[str, Sentence] = {}
    for document, person, text in turns:
        sentences = [sentence for sentence in turn_sentences(text) if sentence not in chosen]
        if len(chosen) < count and sentences:
            words = rng.choice(sentences)
            present = sorted({other for label, _ in turns_of(document) if (other := person_of(label, names))})
            chosen[words] = Sentence(words, person, document["date"], present)
    return list(chosen.values())


# --- one change each --------------------------------------------------------------------------------------------

Edit = tuple[int, int, str]  # start, end, what stands there instead
Edits = tuple[Edit, ...]


def edited(text: str, edits: Edits) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return single_spaced(text)


def like_case(new: str, old: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new


def words_before(text: str, place: int, count: int = 1) -> str:
    """The last words before a place, lower-case, joined by one space; a comma ends them."""
    return " ".join(re.split(r"[,;:.?!–—]", text[:place])[-1].casefold().split()[-count:])


def words_after(text: str, place: int, count: int = 1) -> str:
    return " ".join(re.split(r"[,;:.?!–—]", text[place:])[0].casefold().split()[:count])


def is_alone(text: str, start: int, end: int) -> bool:
    """No hyphen, apostrophe, figure or letter touches the word."""
    return not re.match(r"[\w’'\-–/]", text[end : end + 1]) and not re.search(r"[\w’'\-–/.$€£]$", text[:start])


def agreeing(text: str, start: int, new: str) -> bool:
    """'a' and 'an' before the word still fit."""
    article = words_before(text, start)
    return article not in ("a", "an") or (article == "an") == (new[0].casefold() in "aeiou")


NUMBER_WORDS = dict(
    pair.split("/")
    for pair in """two/three three/five four/six five/seven six/nine seven/four eight/three nine/six ten/twelve
    eleven/nine twelve/ten fifteen/fifty twenty/thirty thirty/twenty forty/sixty fifty/fifteen hundred/thousand
    thousand/hundred thousands/hundreds hundreds/thousands million/billion billion/million trillion/billion
    millions/billions dozens/hundreds twice/thrice third/fourth fourth/fifth fifth/third second/third first/second
    half/quarter rubles/dollars dollars/rubles kilometres/metres tonnes/kilograms hectares/kilometres
    double/triple doubled/tripled""".split()
)
NUMBER_PHRASES = re.compile(
    r"(?<!\bthe )(?<!\bits )(?<!\bour )(?<!\btheir )(?<!\bhis )(?<!\bmy )(?<!\byour )"
    r"\b(?:first|second|third|fourth|fifth)\b|"
    r"\bfirst (?:of all|and foremost|thing|time|lady|name|hand|place|question|point|half)|"
    r"\bsecond (?:half|question|point|world)|"
    r"\b(?:the|one|two) of us two\b|\bhalf way|\bdouble[- ]check|\b(?:the|in|for) (?:first|second)(?=[\s]*[,.?!:;–—])",
    re.IGNORECASE,
)
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def other_figure(figure: str, rng: random.Random) -> str:
    """Another value with as many digits: two digits change places, or one digit becomes another."""
    digits = [place for place, sign in enumerate(figure) if sign.isdigit()]
    telling = [place for place in digits if figure[place] != "0"] or digits
    pairs = [(a, b) for a, b in pairwise(digits) if figure[a] != figure[b] and figure[b] != "0"]
    signs = list(figure)
    year = re.fullmatch(r"(?:19|20)\d\d", figure)
    if pairs and not year and rng.random() < 0.5:
        a, b = rng.choice(pairs)
        signs[a], signs[b] = signs[b], signs[a]
    else:
        place = digits[-1] if year else rng.choice(telling)
        signs[place] = rng.choice([digit for digit in "123456789" if digit != figure[place]])
    return "".join(signs)


MONTHS = "January February March April May June July August September October November December".split()


def is_day(text: str, start: int, end: int) -> bool:
    around = {text[:start].split()[-1:][0] if text[:start].split() else "", *re.findall(r"\w+", text[end:])[:1]}
    return text[start:end].isdigit() and int(text[start:end]) <= 31 and bool(around & set(MONTHS))


def number_changes(text: str, pools: Pools, rng: random.Random) -> Iterator[Edits]:
    for found in FIGURE.finditer(text):
        if is_alone(text, *found.span()) or text[found.start() - 1 : found.start()] in ("$", "€"):
            day = str(rng.choice([n for n in range(2, 28) if str(n) != found.group()]))
            yield ((*found.span(), day if is_day(text, *found.span()) else other_figure(found.group(), rng)),)
    fixed = [found.span() for found in NUMBER_PHRASES.finditer(text)]
    for found in re.finditer(r"[A-Za-z]+", text):
        new = NUMBER_WORDS.get(found.group().casefold())
        inside = any(start <= found.start() < end for start, end in fixed)
        if new and not inside and is_alone(text, *found.span()) and agreeing(text, found.start(), new):
            yield ((*found.span(), like_case(new, found.group())),)


# Names: candidates by sort. Of these only what the corpus itself writes goes into a pool.
CANDIDATES = {
    "country": """Russia Ukraine Belarus Kazakhstan Armenia Azerbaijan Kyrgyzstan Tajikistan Uzbekistan Turkmenistan
    Moldova Latvia Lithuania Estonia Poland Germany France Italy Spain Portugal Austria Hungary Serbia Bulgaria Romania
    Greece Turkey Syria Iran Iraq Israel Egypt Libya Algeria Morocco Tunisia Sudan Ethiopia Nigeria China Japan India
    Pakistan Afghanistan Mongolia Vietnam Indonesia Malaysia Singapore Thailand Brazil Argentina Mexico Cuba Venezuela
    Canada Finland Sweden Norway Denmark Switzerland Belgium Qatar Kuwait Bahrain Slovakia Slovenia Croatia""",
    "people": """Russian Ukrainian Belarusian Armenian German French Italian Spanish Austrian Hungarian Serbian
    Bulgarian Greek Turkish Syrian Iranian Iraqi Israeli Egyptian Chinese Japanese Indian Mongolian Vietnamese
    Brazilian Mexican Cuban Canadian Finnish Swedish Norwegian Danish Swiss American British Polish""",
    "continental": "European African Asian",
    "city": """Moscow Kazan Samara Sochi Vladivostok Khabarovsk Yekaterinburg Novosibirsk Omsk Tomsk Irkutsk Yakutsk
    Magadan Murmansk Arkhangelsk Kaliningrad Smolensk Voronezh Rostov Volgograd Saratov Perm Tyumen Ufa Chelyabinsk
    Sevastopol Simferopol Kerch Kiev Minsk Astana Yerevan Baku Bishkek Dushanbe Tashkent Berlin Paris London Vienna
    Rome Madrid Beijing Shanghai Tokyo Delhi Ankara Istanbul Damascus Aleppo Palmyra Tehran Baghdad Cairo Brussels
    Geneva Helsinki Warsaw Prague Budapest Belgrade Athens Washington Leningrad Norilsk Tula Kaluga""",
    "organisation": """Gazprom Rosneft Lukoil Novatek Sberbank VTB Rosatom Roscosmos Rostec Rosneftegaz Transneft
    Aeroflot Rosnano Rostelecom Rosgeologia Siemens Boeing Airbus Yandex NATO BRICS OPEC WTO UNESCO OSCE CSTO WADA
    FIFA IMF Interpol Skolkovo Rosstat Rospotrebnadzor Rosfinmonitoring""",
    "month": " ".join(MONTHS),
    "weekday": """Monday Tuesday Wednesday Thursday Friday Saturday Sunday""",
    "region": """Crimea Chechnya Dagestan Ingushetia Tatarstan Bashkortostan Yakutia Buryatia Karelia Komi Mordovia
    Chuvashia Kamchatka Sakhalin Chukotka Udmurtia Tuva Khakassia Kalmykia Adygea Donbass""",
    "waters": """Baltic Caspian Arctic Pacific Atlantic Mediterranean Antarctic""",
    "continent": "Europe Asia Africa America",
}
GIVEN_NAMES = set(
    """Vladimir Dmitry Sergei Sergey Alexei Alexander Andrei Mikhail Nikolai Igor Ivan Anton Denis Maxim Oleg Boris
    Viktor Yury Pavel Vitaly German Anatoly Leonid Konstantin Gennady Vyacheslav Roman Ilya Donald Angela Recep
    Tayyip Bashar Emmanuel Benjamin Nursultan Barack Hillary Rex Xi Shinzo Sergio Theresa Francois""".split()
)
NOT_A_NAME = re.compile(
    r"\b(?:United Russia|New York|Just Russia|Red Square|Russian Railways|Great Patriotic|Russia Today|Vladimir Region|"
    r"Leaders of Russia|May (?:I|we|you|he|she|they|it|God|the|this|all|your|our)|Saudi Arabia|South Africa|"
    r"North Korea|South Korea|Washington Post|All Russia|Novaya \w+|Latin America|North America|South America|"
    r"United States of America|March of)\b"
)


@dataclass(frozen=True)
class Pools:
    """The corpus's own names, by sort, and the sort of each."""

    names: dict[str, list[str]]
    men: list[str]
    women: list[str]

    def sort_of(self, word: str) -> str | None:
        return next((sort for sort, names in self.names.items() if word in names), None)


def is_feminine(surname: str) -> bool:
    return surname.endswith(("va", "na", "aya"))


def build_pools(documents: list[Document], persons: set[str]) -> Pools:
    counted = Counter(word for document in documents for word in re.findall(r"\b[A-Z]\w+", stored_text(document)))
    names = {sort: [n for n in text.split() if counted[n] >= 5] for sort, text in CANDIDATES.items()}
    surnames = sorted({last_name(person) for person in persons if person.isascii() and counted[last_name(person)] >= 5})
    plain = [name for name in surnames if name.isalpha() and len(name) > 3]
    return Pools(names, [n for n in plain if not is_feminine(n)], [n for n in plain if is_feminine(n)])


def another(word: str, pool: list[str], text: str, start: int, rng: random.Random) -> str | None:
    """Another name of the pool, not in the sentence, fitting its article, and no spelling of the same name."""
    fitting = [new for new in pool if new not in text and unlike(new, word) and agreeing(text, start, new)]
    return rng.choice(fitting) if fitting else None


def person_pool(text: str, start: int, surname: str, pools: Pools) -> list[str]:
    """Surnames for a word after a title or a given name; none for other words."""
    before = text[:start].split()[-1:] or [""]
    if surname in pools.men and (before[0] in ("Mr", "Mr.") or before[0] in GIVEN_NAMES):
        return pools.men
    if surname in pools.women and (before[0] in ("Ms", "Mrs", "Ms.", "Mrs.") or before[0] in GIVEN_NAMES):
        return pools.women
    return []


def name_changes(text: str, pools: Pools, rng: random.Random) -> Iterator[Edits]:
    fixed = [found.span() for found in NOT_A_NAME.finditer(text)]
    for found in re.finditer(r"\b[A-Z]\w+", text):
        word, (start, end) = found.group(), found.span()
        if any(a <= start < b for a, b in fixed) or re.search(r"[\w\-–/]$", text[:start]) or text[end : end + 1] == "-":
            continue
        pool = person_pool(text, start, word, pools) or pools.names.get(pools.sort_of(word) or "", [])
        new = another(word, pool, text, start, rng)
        if new:
            yield ((start, end, new),)


SUBJECTS = "i we you they he she it this that there who which these those".split()
AUXILIARIES = "is are was were will can could would must should has have had".split()
NEGATED = re.compile(
    r"\b(?:not|no|never|nothing|nobody|neither|nor|none|without|hardly|cannot|only)\b|n[’']t\b", re.IGNORECASE
)
CONTRACTED = {"don’t": "do", "doesn’t": "does", "didn’t": "did", "isn’t": "is", "aren’t": "are", "wasn’t": "was",
              "weren’t": "were", "can’t": "can", "won’t": "will", "couldn’t": "could", "shouldn’t": "should",
              "haven’t": "have", "hasn’t": "has", "hadn’t": "had", "wouldn’t": "would"}  # fmt: skip
OPPOSED = {"never": "always", "nothing": "something", "nobody": "somebody", "without": "with", "no": "some"}
PARTICIPLE = re.compile(
    r"\w+ed$|(?:been|had|made|become|seen|done|taken|given|gone|come|begun|found|got|held|kept|led|met|paid|put|said|"
    r"sent|set|spoken|written|heard|built|brought|grown|won|lost|left|already|just|recently|always|long)$"
)
FIXED_NEGATIONS = re.compile(
    r"\b(?:not (?:only|just|to mention|at all|least|all|every|everyone|even|yet|until|merely|simply)|or not|why not|"
    r"if not|cannot but|whether or not|nothing (?:but|to do|else|more|less|of)|"
    r"no (?:doubt|longer|less|more|one|matter|way|later|other|"
    r"better|wonder|means|secret|good)|without (?:doubt|a doubt|exception|question|saying|fail|any|exaggeration)|"
    r"never mind|by no|has nothing|have nothing|not too|not very|not quite|not so)\b",
    re.IGNORECASE,
)


def dropped_negations(text: str) -> Iterator[Edits]:
    fixed = [found.span() for found in FIXED_NEGATIONS.finditer(text)]
    for found in re.finditer(r"[\w’']+", text):
        word = found.group().casefold().replace("'", "’")
        if any(start <= found.start() < end for start, end in fixed):
            continue
        if word == "not" and words_before(text, found.start()) in [*AUXILIARIES, "do", "does", "did", "be", "am"]:
            yield ((*found.span(), ""),)
        elif word == "cannot":
            yield ((*found.span(), "can"),)
        elif (word in CONTRACTED or word in OPPOSED) and words_after(text, found.end()):
            new = CONTRACTED.get(word) or OPPOSED[word]
            yield ((*found.span(), like_case(new, found.group())),)


def added_negations(text: str) -> Iterator[Edits]:
    for found in re.finditer(r"[A-Za-z]+", text):
        before, rest = words_before(text, found.start()), text[found.end() :]
        clause = re.split(r"[,;:.–—]", rest)[0]
        plain = before in SUBJECTS and found.group() in AUXILIARIES and rest.startswith(" ")
        if not plain or NEGATED.search(clause) or len(clause.split()) < 2:
            continue
        if found.group() in ("have", "has", "had") and not PARTICIPLE.match(clause.split()[0]):
            continue
        idiom = f"{before} {found.group()} {words_after(text, found.end(), 2)} "
        if not re.match(
            r"that is (?:to say|why)|\w+ \w+ also|\w+ (?:would|had) (?:like|rather|better|also like)|"
            r"you can see|it should be",
            idiom,
        ):
            joined = "not" if found.group() == "can" else " not"
            yield ((found.end(), found.end(), joined),)


def negation_changes(text: str, pools: Pools, rng: random.Random) -> Iterator[Edits]:
    if not text.endswith("?"):
        yield from dropped_negations(text)
        yield from added_negations(text)


MODALS = {"will": ["may", "must", "should"], "must": ["may", "will"], "should": ["may", "will", "must"],
          "can": ["must", "should"], "may": ["will", "must"], "might": ["will", "must"], "could": ["must", "will"],
          "shall": ["may"], "cannot": ["must not"]}  # fmt: skip
MODAL_PHRASES = {"have to": "want to", "has to": "wants to", "had to": "wanted to", "need to": "want to",
                 "needs to": "wants to", "want to": "have to", "wants to": "has to", "wanted to": "had to",
                 "plan to": "refuse to", "plans to": "refuses to", "intend to": "may", "intends to": "may",
                 "are going to": "may", "is going to": "may", "are planning to": "will", "is planning to": "will",
                 "hope to": "will", "hopes to": "will", "probably": "certainly", "perhaps": "certainly",
                 "certainly": "perhaps", "definitely": "perhaps", "undoubtedly": "possibly", "mandatory": "optional",
                 "are ready to": "are obliged to", "is ready to": "is obliged to", "try to": "promise to",
                 "tried to": "promised to", "trying to": "promising to", "am sure": "doubt",
                 "are able to": "are obliged to",
                 "am confident": "doubt", "necessary to": "possible to", "possible to": "necessary to"}  # fmt: skip
SPEAKING = (
    "say tell assure add note see imagine think believe admit mention stress ask remind hope like know but".split()
)
FIXED_MODALS = re.compile(r"\b(?:as \w+ as|if (?:i|you)|whether|so to|god|good|political|free|own|the|his|her|their)$")

NOUN_BEFORE = re.compile(r"\bnot\b|\b(?:the|a|an|no|any|urgent|real|of|this|our|what)$")


def is_modal(text: str, start: int, end: int) -> bool:
    """A modal verb with a verb after it, not a noun ("political will") and no phrase of courtesy ("I must say")."""
    before = words_before(text, start, 4)
    fixed = FIXED_MODALS.search(" ".join(before.split()[-3:])) or re.search(r"\bas \w+ as \w+$", before)
    return is_alone(text, start, end) and not fixed and words_after(text, end) not in ("", "i", *SPEAKING)


def modality_changes(text: str, pools: Pools, rng: random.Random) -> Iterator[Edits]:
    for found in re.finditer(r"\b[a-z]+\b", text):
        if found.group() in MODALS and is_modal(text, *found.span()):
            yield ((*found.span(), rng.choice(MODALS[found.group()])),)
    for old, new in MODAL_PHRASES.items():
        for found in re.finditer(rf"\b{old}\b", text, re.IGNORECASE):
            spoken = words_after(text, found.end()) in (*SPEAKING, "do", "still", "the", "a")
            noun = NOUN_BEFORE.search(words_before(text, found.start(), 2))
            if is_alone(text, *found.span()) and not spoken and not noun:
                yield ((*found.span(), like_case(new, found.group())),)


FREE_ALL = (
    r"(?<!of )(?<!at )(?<!after )(?<!above )(?<!not )(?<!for )(?<!in )(?<!us )(?<!that )"
    r"(?<!we )(?<!you )(?<!they )\ball "
)
AFTER_EVERY = (
    "time|second|third|fourth|fifth|two|three|four|five|ten|single|other|success|now|day|right|reason|bit|effort"
)
QUANTIFIERS = [
    (FREE_ALL + r"of (?=the|our|these|those|us|them)", "some of "),
    (FREE_ALL + r"(?=the (?!best|more|same|time|way|while)|our|these|those|your|their)", "some of "),
    (FREE_ALL + r"(?=[a-z]+s\b)(?!kinds|sorts|is |was |along|across|this|sides|means|times|ways|as )", "some "),
    (r"\bsome (?=of (?:the|our|these|those|them|us|my)\b)", "all "),
    ((r"(?<!are )(?<!were )(?<!have )(?<!be )(?<!been )\bsome (?=[a-z]+s\b)"
     r"(?!times|ways|kinds|sorts|respects|as |is |was )"),
     "all "),
    ((r"(?<!so )(?<!how )(?<!as )(?<!too )(?<!very )(?<!great )(?<!not )(?<!good )(?<!that )"
     r"\bmany (?=of|[a-z]+s\b)(?!as )"),
     "few "),
    (r"(?<!the )(?<!very )\bmost of (?=the|our|these|those|them|us)", "some of "),
    (r"(?<!the )\bmost (?=people|countries|citizens|families|companies|regions|experts|cases)", "few "),
    (rf"(?<!not )(?<!almost )(?<!wish )(?<!you )\bevery (?=(?!{AFTER_EVERY})[a-z])",
     "hardly any "),
    (r"(?<!not )(?<!as )\balways\b", "sometimes"),
    (r"(?<!as )(?<!how )(?<!very )(?<!too )\boften\b", "rarely"),
    (r"(?<!as )\busually\b", "rarely"),
    (r"\bsometimes\b", "always"),
    (r"\bmore than (?=\d|half|a (?:third|quarter|hundred|thousand|million)|[a-z]+ (?:million|hundred)|two|three|ten)",
     "less than "),
    (r"(?<=\s)over (?=\d+(?:[.,]\d+)* (?:percent|million|billion|trillion|thousand|people|hectares|kilometres))",
     "under "),
    (r"\bless than (?=\d|half|a )", "more than "),
    (r"\bat least (?=\d|one|two|three|half|a )", "at most "),
    (r"\bseveral (?=[a-z]+s\b)(?!times|years|days|months|weeks|minutes|words|hours)", "most "),
    (r"(?<!not )(?<!almost )(?<!for )(?<!hello )(?<!thank )(?<!, )\beveryone\b(?=\s[a-z])(?! else| here)",
     "hardly anyone"),
    (r"(?<!not )(?<!almost )(?<!do )\beverything\b(?=\s)(?! else| possible| that is)", "hardly anything"),
    (r"(?<!not )\bboth (?=of )", "neither "),
    (r"(?<!not )\bboth (?=the |our |these |their )(?!\S+ \S+ and )", "neither of "),
    (r"(?<!not )\bboth (?=countries|sides|parties|nations|peoples|states|presidents)", "neither of the "),
    (r"\bthe majority of\b", "a minority of"),
    (r"\bentire\b", "partial"),
    (r"\bonly (?=\d|one|two|three|half|a few|part)", "at least "),
    (r"\bcompletely\b", "partly"),
    (r"\bfully\b", "partly"),
    (r"\balmost all\b", "hardly any"),
]  # fmt: skip


def quantifier_changes(text: str, pools: Pools, rng: random.Random) -> Iterator[Edits]:
    for pattern, new in QUANTIFIERS:
        for found in re.finditer(pattern, text, re.IGNORECASE):
            if not re.search(r"[\w’'\-]$", text[: found.start()]):
                yield ((*found.span(), like_case(new, found.group())),)


PRONOUNS = {"i": "me", "we": "us", "you": "you", "they": "them"}
ROLES = re.compile(
    r"\b(I|[Ww]e|[Yy]ou|[Tt]hey) ((?!am\b|are\b|were\b|was\b)[a-z]+(?: [a-z]+){0,4}?) (me|us|you|them)\b"
    r"(?=[,.;]| (?:for|to|with|about|on|in|at|from|this|again|very)\b)"
)
FROM_TO = re.compile(r"\bfrom ((?:\$)?\d[\d.,]*|[A-Z]\w+|[a-z]+) to ((?:\$)?\d[\d.,]*\d|\d|[A-Z]\w+|[a-z]+)(?=[\s,.;])")
NOT_BUT = re.compile(
    r"\bnot (in|for|to|by|with|on|about|a|an|the|from|as|of) ((?:[a-z]+ ){0,2}[a-z]+),? "
    r"but \1 ((?:[a-z]+ ){0,2}[a-z]+)(?=[,.;])"
)
ROLE_NOUNS = """government president company companies region regions country countries people state society economy
    industry business businesses market markets parliament army world nation party parties team university universities
    school schools city cities minister ministers law agency citizens leaders leader authorities organisation court
    system programme project projects problem issue crisis conflict future history work results development growth
    culture science education security energy families dead heroes""".split()
OF_THE = re.compile(rf"\bthe ({'|'.join(ROLE_NOUNS)}) of (?:the |our |this )({'|'.join(ROLE_NOUNS)})(?=[\s,.;])")
CLAUSES = re.compile(
    r"\b(I|[Ww]e|[Yy]ou|[Tt]hey) ((?:all |also |really )?(?:hope|think|believe|know|see|understand|understood|said|"
    r"thought|promised|agreed|feel)(?: that)?) (I|we|you|they) (?!am\b|are\b|were\b|was\b)(?=[a-z])"
)
POSSESSIVES = re.compile(r"\b(our|your|their|my)\b")
LOOSE_ENDS = (
    "time day year month week now one start beginning start this that the a an our its my all here there what".split()
)


def role_swaps(text: str) -> Iterator[Edits]:
    """'We will help them' becomes 'They will help us'."""
    for found in ROLES.finditer(text):
        subject, verb, thing = found.groups()
        back = {"me": "I", "us": "we", "you": "you", "them": "they"}[thing]
        if PRONOUNS[subject.casefold()] == thing or re.search(rf"\b(?:{'|'.join(SUBJECTS)}|let|to|and|but)\b", verb):
            continue
        if re.match(r"(?:know|see|think|mean|hope|believe|said)\b", verb) and " " in verb:
            continue
        yield ((*found.span(1), like_case(back, subject) if back != "I" and found.start() == 0 else back),
               (*found.span(3), PRONOUNS[subject.casefold()]))  # fmt: skip


def clause_swaps(text: str) -> Iterator[Edits]:
    """'I hope you will come' becomes 'You hope I will come'."""
    for found in CLAUSES.finditer(text):
        subject, other = found.group(1), found.group(3)
        back = subject if subject == "I" else subject.casefold()
        if back != other:
            yield ((*found.span(1), like_case(other, subject) if found.start() == 0 else other), (*found.span(3), back))


def swapped(found: re.Match[str], one: int, other: int) -> Edits:
    return ((*found.span(one), found.group(other)), (*found.span(other), found.group(one)))


def pattern_swaps(text: str) -> Iterator[Edits]:
    for pattern, one, other in ((FROM_TO, 1, 2), (NOT_BUT, 2, 3), (OF_THE, 1, 2)):
        for found in pattern.finditer(text):
            head, tail = found.group(one), found.group(other)
            if (
                head != tail
                and head not in LOOSE_ENDS
                and tail not in LOOSE_ENDS
                and head[0].isdigit() == tail[0].isdigit()
            ):
                yield swapped(found, one, other)


def word_swaps(text: str) -> Iterator[Edits]:
    """Two opposites, or two possessives, with different parts in the sentence."""
    words = list(re.finditer(r"\b[a-z]+\b", text))
    for place, one in enumerate(words):
        for other in words[place + 1 :]:
            opposites = OTHER_CONTENT.get(one.group()) == other.group()
            possessives = one.group() != other.group() and all(POSSESSIVES.fullmatch(w.group()) for w in (one, other))
            alone = all(is_alone(text, *found.span()) for found in (one, other))
            if (opposites or possessives) and alone and not is_list(text[one.end() : other.start()]):
                yield ((*one.span(), other.group()), (*other.span(), one.group()))


def is_list(between: str) -> bool:
    """Two names that are only counted up, so that their order says nothing."""
    return not re.search(r"[a-z]{3,}", re.sub(r"\b(?:and|the|of|with|as|well|between|both|or)\b", "", between))


def person_sort(text: str, start: int, word: str, pools: Pools) -> str | None:
    return "person" if person_pool(text, start, word, pools) else None


def figure_sort(figure: str) -> str:
    return "year" if re.fullmatch(r"(?:19|20)\d\d", figure) else "figure"


def name_swaps(text: str, pools: Pools) -> Iterator[Edits]:
    """Two names of one sort, or two figures, which play different parts, change places."""
    places = [(m.start(), m.end(), m.group(), pools.sort_of(m.group())) for m in re.finditer(r"\b[A-Z]\w+", text)]
    places = [(a, b, word, person_sort(text, a, word, pools) or sort) for a, b, word, sort in places]
    places += [(m.start(), m.end(), m.group(), figure_sort(m.group())) for m in FIGURE.finditer(text)]
    named = [place for place in places if place[3] and is_alone(text, place[0], place[1])]
    for (start, end, word, sort), (start2, end2, word2, sort2) in pairwise(named):
        once = text.count(word) == text.count(word2) == 1
        if sort == sort2 and word != word2 and once and not is_list(text[end:start2]) and not NOT_A_NAME.search(text):
            yield ((start, end, word2), (start2, end2, word))


def order_changes(text: str, pools: Pools, rng: random.Random) -> Iterator[Edits]:
    yield from role_swaps(text)
    yield from clause_swaps(text)
    yield from word_swaps(text)
    yield from pattern_swaps(text)
    yield from name_swaps(text, pools)


# Each word and what contradicts it or is plainly something else; both ways, except after '>'.
CONTENT = """
increase/decrease increases/decreases increased/decreased increasing/decreasing growth/decline growing/shrinking
rise/fall rises/falls rose/fell grew/shrank grow/shrink support/oppose supports/opposes supported/opposed
supporting/opposing strengthen/weaken strengthening/weakening strengthened/weakened expand/reduce expanding/reducing
expanded/reduced improve/worsen improved/worsened improving/worsening improvement/deterioration success>failure
successful>unsuccessful successfully>unsuccessfully failure/success peace/war peaceful/violent friend/enemy
friends/enemies friendly/hostile ally/adversary allies/adversaries partner/rival partners/rivals strong/weak
stronger/weaker strength/weakness large/small larger/smaller huge>tiny big/small bigger/smaller high/low higher/lower
highest/lowest positive/negative positively/negatively easy/difficult easier/harder difficult/easy hard>easy
important>unimportant significant>insignificant significantly>slightly substantial>negligible considerably>slightly
useful/useless necessary/unnecessary possible/impossible legal/illegal fair/unfair stable/unstable
stability/instability effective/ineffective efficient/inefficient public/private domestic/foreign
internal/external national/regional military/civilian young/elderly rich/poor expensive/cheap fast/slow quickly/slowly
rapidly/slowly early/late earlier/later before/after began>ended begins/ends started>ended ended>started
accept/reject accepted/rejected agree/disagree agreed/disagreed allow/forbid allowed/forbade approve/reject
approved/rejected win/lose won/lost winning/losing victory/defeat gain/loss profit/loss profits/losses
import/export imports/exports imported/exported buy/sell bought/sold build/demolish built/demolished
 create/destroy created/destroyed creating/destroying develop>abandon developed>abandoned
protect/endanger protecting/endangering help>hinder helped>hindered helps>hinders remember/forget
trust/distrust confidence/doubt advantage/disadvantage advantages/disadvantages benefit/harm benefits/harms
opportunity/threat opportunities/threats hope/fear solution/problem progress>stagnation similar/different
same/different modern/obsolete ancient/modern true/false truth/lie correct/wrong correctly/wrongly healthy/sick
happy/unhappy pleased>disappointed glad>sorry proud>ashamed grateful>ungrateful interesting/boring beautiful/ugly
teacher/doctor teachers/doctors school/hospital schools/hospitals gas/coal oil/uranium wheat/barley sugar/salt
river/lake winter/summer spring/autumn north/south northern/southern eastern/western east/west father/brother
mother/sister daughter/nephew wife/uncle husband/aunt men/women farmers/miners miners/farmers students/pensioners
children/veterans veterans/children soldiers/nurses engineers/lawyers businesses/churches roads/museums road/museum
bridge/tunnel railway/motorway aircraft/ships ships/tanks missiles/helicopters airport/stadium factory/museum
trade>tourism economy>army economic>cultural cultural>economic defence>transport tax>pension taxes>pensions
budget>parliament bank>university banks>universities music>chess theatre>circus football>hockey hockey>football
science>sport sport>science tourism>forestry agriculture>aviation housing>aviation education>fishing medicine>aviation
medical>musical medicines>weapons weapons>medicines nuclear>solar terrorists>volunteers terrorism>poverty
volunteers>deputies election>trial elections>trials law>film laws>films parliament>orchestra minister>ambassador
governor>ambassador courts>newspapers year>month month>year week>decade days>weeks hours>minutes morning>evening
tomorrow>yesterday yesterday>tomorrow always>never daily>yearly annual>weekly local>federal federal>local
international>municipal global>local bilateral>secret joint>separate jointly>separately together>separately
common>conflicting equal>unequal free>paid responsible>irresponsible reliable/unreliable
visible>invisible convenient>inconvenient justified>unjustified satisfied>dissatisfied
sincerely>insincerely officially>unofficially directly>indirectly voluntary>compulsory temporary/permanent
"""
FIXED_CONTENT = re.compile(
    r"\b(?:of course|open (?:to|up|air|letter)|long before|the public|public (?:opinion|relations)|high time|same time|"
    r"before (?:me|us|you|the court)|all the same|in the end|at the end|in turn|hard[- ]working|earlier than|"
    r"sooner or later|good luck|start(?:ed)? with|to start|to begin|begin with|large[- ]scale|by and large|at large|"
    r"in common|common sense|year (?:after|by|on|over) year|day (?:after|by) day|rule of law|one year|"
    r"early on|higher education|high school|low[- ]income|true that|free of|feel free|free will|the same|so high|"
    r"the spring|oil and gas|gas and oil|build on|building on|in order|look after|after all|before long|"
    r"day before|shortly after|soon after|help but|so help|trust (?:me|fund)|hope (?:that )?(?:so|not)|"
    r"winter olympic\w*|young people|north caucasus|far east|middle east|near east|big deal|success(?= to\b)|"
    r"spring(?=s\b)|year(?= (?:19|20)\d\d)|(?:began|begins|started|ended)(?= to\b)|hard(?= (?:work|to)\b)|"
    r"lost and found|stand(?:ing)? together|get together|close together|early childhood|"
    r"wish you (?:every |all |great |further |new |continued |much )*(?:success|victory)|in law|rise to|"
    r"support (?:from|of|for|to)|the road|benefits? from)\b",
    re.IGNORECASE,
)


def content_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for pair in CONTENT.split():
        one, _, other = pair.partition("/" if "/" in pair else ">")
        words.setdefault(one, other)
        if "/" in pair:
            words.setdefault(other, one)
    return words


OTHER_CONTENT = content_words()


def content_changes(text: str, pools: Pools, rng: random.Random) -> Iterator[Edits]:
    fixed = [found.span() for found in FIXED_CONTENT.finditer(text)]
    for found in re.finditer(r"\b[A-Za-z]+\b", text):
        word, (start, end) = found.group(), found.span()
        new = OTHER_CONTENT.get(word if start else word.casefold())
        inside = any(a <= start < b for a, b in fixed)
        if new and not inside and is_alone(text, start, end) and agreeing(text, start, new):
            yield ((start, end, like_case(new, word)),)


CHANGES: dict[str, Callable[[str, Pools, random.Random], Iterator[Edits]]] = {
    "number": number_changes,
    "name": name_changes,
    "negation": negation_changes,
    "modality": modality_changes,
    "quantifier": quantifier_changes,
    "order": order_changes,
    "content": content_changes,
}


# --- generate ---------------------------------------------------------------------------------------------------


@dataclass
class Alteration:
    kind: str
    of: Sentence
    text: str
    speaker: str
    change: str


def described(text: str, edits: Edits) -> str:
    return "; ".join(f"{text[start:end].strip() or '∅'} → {new.strip() or '∅'}" for start, end, new in sorted(edits))


def candidates(sentence: Sentence, pools: Pools, rng: random.Random) -> Iterator[list[Alteration]]:
    """For each kind but the speaker, every alteration found, shuffled."""
    for kind, change in CHANGES.items():
        found = []
        for edits in change(sentence.text, pools, rng):
            new = edited(sentence.text, edits)
            if folded(new) != folded(sentence.text):
                found.append(Alteration(kind, sentence, new, sentence.speaker, described(sentence.text, edits)))
        rng.shuffle(found)
        yield found


class Search:
    """Which of many texts occur in a document: first by three words in a row, then by the whole text."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.by_words: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for text in {folded(text) for text in texts}:
            words = text.split()[1:-1]
            triples = list(zip(words, words[1:], words[2:], strict=False))
            self.by_words[max(triples, key=lambda triple: len("".join(triple)))].add(text)

    def found_in(self, text: str) -> set[str]:
        text = folded(text)
        words = text.split()
        shared = self.by_words.keys() & set(zip(words, words[1:], words[2:], strict=False))
        return {whole for triple in shared for whole in self.by_words[triple] if whole in text}


def everything(document: Document) -> str:
    turns = "\n".join(text for _, text in turns_of(document))
    return "\n\n".join([stored_text(document), turns, document.get("text") or "", document.get("title") or ""])


def note_place(document: Document, sentence: Sentence, names: set[str]) -> None:
    """Notes a document in which the identical sentence stands, and who may be saying it there."""
    if sentence.text not in single_spaced(stored_text(document)):
        sentence.said_by.update(document.get("speakers") or [])
        return
    sentence.documents.add(document["id"])
    for label, text in turns_of(document):
        if sentence.text in single_spaced(text):
            sentence.said_by.add(person_of(label, names) or label)
    if not turns_of(document):
        sentence.said_by.update(document.get("speakers") or [])


def look_everywhere(
    documents: Iterable[Document], sentences: list[Sentence], texts: set[str], names: set[str]
) -> set[str]:
    """Completes the sentences' places; returns the folded texts that occur."""
    by_text = defaultdict(list)
    for sentence in sentences:
        by_text[folded(sentence.text)].append(sentence)
    search = Search([*texts, *by_text])
    occurring: set[str] = set()
    for document in documents:
        hits = search.found_in(everything(document))
        occurring |= hits
        for hit in hits & by_text.keys():
            for sentence in by_text[hit]:
                note_place(document, sentence, names)
    return occurring


def other_speaker(sentence: Sentence, persons: list[str], rng: random.Random) -> Alteration | None:
    """The same words claimed for another person: where possible one who speaks in the same document."""
    taken = [
        last_name(without_remark(label)).casefold() for label in {*sentence.said_by, sentence.speaker} if label.strip()
    ]
    saying = " ".join(sentence.said_by).casefold()

    def is_another(person: str) -> bool:
        surname = last_name(person).casefold()
        return surname not in saying and all(unlike(surname, other) for other in taken)

    here = [person for person in sentence.present if person in persons and is_another(person)]
    anyone = [person for person in persons if is_another(person)]
    pool = here or anyone
    if not pool:
        return None
    new = rng.choice(pool)
    return Alteration("speaker", sentence, sentence.text, new, f"{sentence.speaker} → {new}")


def choose_alterations(found: dict[str, list[list[Alteration]]], occurring: set[str]) -> list[Alteration]:
    """The first of each kind whose words stand nowhere."""
    chosen = []
    for lists in found.values():
        for options in lists:
            free = [option for option in options if folded(option.text) not in occurring]
            chosen += free[:1]
    return chosen


def write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_cases(folder: Path, sentences: list[Sentence], alterations: list[Alteration], rng: random.Random) -> None:
    """quotes.jsonl and key.jsonl, the lines in no telling order."""
    truth = [Alteration("true", sentence, sentence.text, sentence.speaker, "") for sentence in sentences]
    cases = [*truth, *alterations]
    rng.shuffle(cases)
    ids = {case.of.text: f"q{place:04d}" for place, case in enumerate(cases, 1) if case.kind == "true"}
    quotes, key = [], []
    for place, case in enumerate(cases, 1):
        name = f"q{place:04d}"
        quotes.append({"id": name, "quote": case.text, "speaker": case.speaker, "date": case.of.date,
                       "direct": True, "language": "en"})  # fmt: skip
        key.append({"id": name, "kind": case.kind, "documents": sorted(case.of.documents),
                    "of": None if case.kind == "true" else ids[case.of.text], "change": case.change,
                    "quote": case.text, "speaker": case.speaker})  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    write_lines(folder / "quotes.jsonl", quotes)
    write_lines(folder / "key.jsonl", key)


def generate(corpus: Path, extra: list[Path], seed: int, count: int, out: Path) -> int:
    rng = random.Random(seed)
    documents = list(read_documents(corpus))
    names = plain_names(label for document in documents for label, _ in turns_of(document))
    spoken = {
        person for document in documents for label, _ in turns_of(document) if (person := person_of(label, names))
    }
    pools = build_pools(documents, spoken & names)
    sentences = sample_sentences(documents, names, count, rng)
    found = {sentence.text: list(candidates(sentence, pools, rng)) for sentence in sentences}
    texts = {option.text for lists in found.values() for options in lists for option in options}
    others = (document for path in extra if path.resolve() != corpus.resolve() for document in read_documents(path))
    occurring = look_everywhere((d for source in (documents, others) for d in source), sentences, texts, names)
    alterations = choose_alterations(found, occurring)
    plain = sorted(spoken & names)
    alterations += [other for sentence in sentences if (other := other_speaker(sentence, plain, rng))]
    write_cases(out, sentences, alterations, rng)
    counted = Counter(alteration.kind for alteration in alterations)
    dropped = len(texts & {t for t in texts if folded(t) in occurring})
    print(f"true {len(sentences)}, altered {len(alterations)}; {dropped} candidates stand somewhere and were left out")
    print(", ".join(f"{kind} {counted[kind]}" for kind in KINDS))
    return 0 if len(sentences) == count else 1


# --- score ------------------------------------------------------------------------------------------------------


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def comparable(text: str) -> str:
    """Up to white space and quote marks."""
    return single_spaced(re.sub(r"[\"'“”„«»‘’‛`]", "", text))


def outcome(finding: dict[str, Any] | None) -> tuple[str, str]:
    """(status, reason); an error or a missing line has a status of its own."""
    if finding is None:
        return "missing", "-"
    if "status" not in finding:
        return "error", str((finding.get("error") or {}).get("code", "-"))
    return str(finding["status"]), str(finding.get("reason", "-"))


def at_right_place(case: dict[str, Any], finding: dict[str, Any]) -> bool:
    first = (finding.get("evidence") or [{}])[0]
    right = (first.get("document") or {}).get("id") in case["documents"]
    return right and comparable(first.get("exact") or "") == comparable(case["quote"])


def describe_true_miss(case: dict[str, Any], finding: dict[str, Any] | None) -> str:
    status, reason = outcome(finding)
    first = ((finding or {}).get("evidence") or [{}])[0]
    place = (first.get("document") or {}).get("id")
    return (f"  {case['id']} {status}/{reason} by {case['speaker']}: {case['quote']}\n"
            f"    at {place}, expected {', '.join(case['documents'][:4])}; exact: {first.get('exact')!r}")  # fmt: skip


def print_table(outcomes: dict[str, Counter[tuple[str, str]]]) -> None:
    print("\nstatus and reason by kind")
    for kind in ("true", *KINDS):
        print(f"  {kind} ({sum(outcomes[kind].values())})")
        for (status, reason), times in sorted(outcomes[kind].items(), key=lambda item: (-item[1], item[0])):
            print(f"    {times:5d}  {status} / {reason}")


def score(key_path: Path, findings_path: Path) -> int:
    findings = {row.get("id"): row for row in read_rows(findings_path)}
    key = read_rows(key_path)
    outcomes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    right, verified, misses, wrong, unanswered = 0, 0, [], [], 0
    for case in key:
        finding = findings.get(case["id"])
        status, reason = outcome(finding)
        outcomes[case["kind"]][status, reason] += 1
        unanswered += status in ("missing", "error")
        if case["kind"] != "true":
            wrong += [(case, reason)] if status == "verified" else []
            continue
        placed = status == "verified" and finding is not None and at_right_place(case, finding)
        verified += status == "verified"
        right += placed
        misses += [] if placed else [describe_true_miss(case, finding)]
    true_count = sum(outcomes["true"].values())
    print(f"true: {verified} of {true_count} verified, {right} of them at the right place")
    print("\n".join(misses))
    print_wrongly_verified(wrong, outcomes)
    print_table(outcomes)
    print(f"\nwithout a finding: {unanswered} of {len(key)}")
    return int(bool(wrong) or unanswered > 0 or right < NEEDED_SHARE * true_count or true_count == 0)


def print_wrongly_verified(
    wrong: list[tuple[dict[str, Any], str]], outcomes: dict[str, Counter[tuple[str, str]]]
) -> None:
    total = sum(sum(outcomes[kind].values()) for kind in KINDS)
    print(f"\naltered: {len(wrong)} of {total} verified")
    for kind in KINDS:
        of_kind = [(case, reason) for case, reason in wrong if case["kind"] == kind]
        print(f"  {kind}: {len(of_kind)} of {sum(outcomes[kind].values())}")
        for case, reason in of_kind:
            print(f"    {case['id']} (of {case['of']}) verified/{reason} by {case['speaker']} [{case['change']}]\n"
                  f"      {case['quote']}")  # fmt: skip


# --- command line -----------------------------------------------------------------------------------------------


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="True and altered sentences of a corpus, and how they were judged.")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("generate", help="write quotes.jsonl and key.jsonl")
    making.add_argument("corpus", type=Path)
    making.add_argument("--extra", type=Path, nargs="*", default=[], help="what else the checker searches")
    making.add_argument("--seed", type=int, default=7)
    making.add_argument("--count", type=int, default=200)
    making.add_argument("--out", type=Path, required=True)
    scoring = commands.add_parser("score", help="compare findings with the key; 1 if they are not good enough")
    scoring.add_argument("key", type=Path)
    scoring.add_argument("findings", type=Path)
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    if asked.command == "generate":
        return generate(asked.corpus, asked.extra, asked.seed, asked.count, asked.out)
    return score(asked.key, asked.findings)


if __name__ == "__main__":
    sys.exit(main())
