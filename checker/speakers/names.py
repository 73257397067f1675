"""People's names as labels give them: read into words, compared in order, across scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.text import key

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ROLE = re.compile(r"\(.*?\)|\bH\. ?E\.|\bas translated\b|\bretranslated\b|\bкак переведено\b", re.IGNORECASE)
TITLES = frozenset(
    """
    mr mrs ms miss dr sir lord lady dame madam president prime minister foreign secretary state senator
    representative general admiral colonel ambassador chancellor king queen prince deputy vice first chairman
    chairwoman chief executive spokesman spokeswoman spokesperson press of the and us russian russia american his
    her excellency hon honourable chairperson cochairperson secretary-general director governor mayor speaker undersecretary acting
    former republic federation people's ukraine ukrainian israeli israel united states президент министр премьер
    председатель господин госпожа глава россии российской федерации ceo chair head founder owner board manager
    academician patriarch archbishop metropolitan captain major lieutenant professor coach editor commander judge
    rapporteur dean rector worker student engineer moderator anchor presenter correspondent journalist
    commissioner delegate delegation permanent attorney treasurer fleet black sea northern defence health energy
    finance economic transport industry trade
    премьер-министр генпрокурор прокурор губернатор мэр спикер посол депутат патриарх
    прем'єр міністр прем'єр-міністр голова речник речниця пан пані генерал посол мер губернатор депутат україни
    """.split()
)
ROLES = frozenset(
    """
    spokesman spokeswoman spokesperson aide aides lawyer lawyers adviser advisor advisers office wife husband ally allies
    son daughter brother sister campaign team staff deputy representative assistant
    """.split()
)
GENERATIONS = frozenset("jr sr ii iii iv".split())
"""What parts a father from a son of the same name."""
PARTICLES = frozenset("al el ul ould bin ibn ben bint abu van der den ter von zu de da di del dos du la le".split())
"""They belong to the surname, and a list of speakers may leave them out or not ("Mr. AL ZAWAWI", "Qais Al Zawawi")."""
_INITIALS = 2
"""So many letters may be initials."""
_SHORT_FORMS = {
    "bill": "william", "will": "william", "joe": "joseph", "dick": "richard", "rick": "richard", "bob": "robert",
    "rob": "robert", "jim": "james", "jimmy": "james", "tom": "thomas", "mike": "michael", "tony": "antony",
    "herman": "german", "jon": "jonathan", "alexandr": "alexander", "oleksandr": "alexander", "aliaksandr": "alexander", "dan": "daniel", "dave": "david", "ben": "benjamin", "ted": "edward", "chris": "christopher",
}  # fmt: skip
_G = re.compile("[Гг]")
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ж": "zh", "з": "z", "и": "i",
        "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
        "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
        "ь": "", "э": "e", "ю": "yu", "я": "ya", "'": "",
    }
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def folded_label(name: str) -> str:
    """A label as the register's table is keyed: without case, doubled spaces and a leading article."""
    return (
        re.sub(r"\s+", " ", name.casefold().replace("’", "'"))
        .strip()
        .removeprefix("the ")
        .removeprefix("a ")
        .removeprefix("an ")
    )


@lru_cache(maxsize=1 << 16)
def name_words(label: str) -> tuple[str, ...]:
    """The words of a label that are a person's name, transliterated and folded, titles left out.

    A label that ends in a role ("the President's spokesman") names nobody.

    >>> name_words("President of Russia Vladimir Putin"), name_words("В.Путин"), name_words("MR. GIBBS")
    (('vladimir', 'putin'), ('v', 'putin'), ('gibbs',))
    """
    plain = _ROLE.sub(" ", label)
    found = [key(word).replace("'s", "") for word in _WORD.findall(plain)]
    if found and found[-1] in ROLES and len(found) > 1:
        return ()
    return _once(tuple(word if word in GENERATIONS else plain_name(word) for word in found if word not in TITLES))


def _once(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name without its second writing, as some pages have it ("Ilse Corvane Corvane Ilse")."""
    half = len(name) // 2
    return name[:half] if half > 1 and len(name) == 2 * half and set(name[:half]) == set(name[half:]) else name


def surname_of(label: str) -> str:
    """The surname of a label, folded; empty when it names nobody.

    >>> surname_of("President of Russia Vladimir Putin"), surname_of("Question?")
    ('putin', 'question')
    """
    found = _bare(name_words(label))
    return found[-1] if found else ""


@lru_cache(maxsize=1 << 16)
def _bare(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the word for its generation."""
    return tuple(word for word in name if word not in GENERATIONS)


def full_name(label: str) -> str | None:
    """The given name and surname of a label as it writes them, offices left out; None for less than that.

    >>> full_name("President of Russia Vladimir Putin"), full_name("MR. GIBBS"), full_name("SERGEY LAVROV")
    ('Vladimir Putin', None, 'Sergey Lavrov')
    """
    plain = _ROLE.sub(" ", label)
    named = [word for word in _WORD.findall(plain) if key(word).replace("'s", "") not in TITLES]
    bare = [word for word in named if key(word) not in GENERATIONS]
    if len(bare) < 2 or not name_words(label) or all(len(word) < 2 for word in bare[:-1]):
        return None
    return " ".join(map(_cased, named[-4:]))


def _cased(word: str) -> str:
    """A word of a name that a label writes in capitals as a text writes it: Sergey, Jr, III."""
    capitals = word.isupper() and key(word) not in GENERATIONS and len(word) > 2
    return word.title() if capitals or key(word) in ("jr", "sr") else word


def title_of(label: str) -> str:
    """The words of a label that is a bare office, folded ("THE PRESIDENT")."""
    return " ".join(_WORD.findall(label.casefold())).removeprefix("the ")


@lru_cache(maxsize=1 << 18)
def plain_name(word: str) -> str:
    """One spelling for the commonest transliterations of one name; an initial stays itself."""
    latin = word.translate(_CYRILLIC)
    if len(latin) == 1:
        return latin
    latin = latin.replace("y", "i").replace("j", "i").replace("ks", "x").replace("kh", "h")
    return re.sub(r"\Aie", "e", re.sub(r"i+", "i", latin))


def same_name(first: str, second: str) -> bool:
    """True when two labels can be one person's: the same surname, and given names that agree in order.

    A son is not his father; a surname alone does not tell the two apart.

    >>> same_name("Vladimir Putin", "В.Путин"), same_name("George H. W. Bush", "George W. Bush")
    (True, False)
    >>> same_name("Bo Cole Jr.", "Bo Cole"), same_name("Bo Cole Jr.", "COLE")
    (False, True)
    """
    return _same(first, second) or any(_same(*pair) for pair in _with_h(first, second))


def _with_h(first: str, second: str) -> Iterator[tuple[str, str]]:
    """The labels again with "h" for the letter that Russian names write with "g" (Игорь) and Ukrainian ones with "h" (Ігор)."""
    ours, theirs = other_writings(first), other_writings(second)
    if ours and not theirs:
        yield ours[0], second
    if theirs and not ours:
        yield first, theirs[0]


def other_writings(label: str) -> tuple[str, ...]:
    """The label with "h" for its "г", if it has one."""
    return (_G.sub("h", label),) if _G.search(label) else ()


def _same(first: str, second: str) -> bool:
    ours, theirs = name_words(first), name_words(second)
    if folded_label(first) == folded_label(second) or not ours or not theirs:
        return bool(folded_label(first)) and folded_label(first) == folded_label(second)
    if ours[:2] == theirs[:2] and set(ours[1:2]) & GENERATIONS:  # a king: "Abdullah II", "Abdullah II ibn Al Hussein"
        return True
    differ = set(ours) & GENERATIONS != set(theirs) & GENERATIONS
    surname = any(len(name) == 1 for name in (ours, theirs))
    ours, theirs = _bare(ours), _bare(theirs)
    if differ and not surname:
        return False
    if not ours or not theirs:
        return False
    if ours[-1] != theirs[-1]:
        turned = len(ours) == len(theirs) == 2 and ours == theirs[::-1]  # family name first
        return turned or _second_surname(*sorted((ours, theirs), key=len))
    ours, theirs = _without_particles(ours), _without_particles(theirs)
    return _given_agree(ours[:-1], theirs[:-1]) or _behind_office(ours[:-1], theirs[:-1], first, second)


def _second_surname(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """True when the longer name only has a mother's surname behind ("Aldo Corvane", "Aldo Corvane Ruiz")."""
    whole = len(shorter) == 2 and all(len(word) > _INITIALS for word in shorter)
    return whole and len(longer) == 3 and longer[:2] == shorter and len(longer[2]) > _INITIALS


def _without_particles(name: tuple[str, ...]) -> tuple[str, ...]:
    return (*(word for word in name[:-1] if word not in PARTICLES), name[-1])


def _given_agree(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Given names in order, each equal, short for the other, or its initial; missing ones at the end do not count."""
    return all(_one_given(mine, other) for mine, other in zip(ours, theirs, strict=False))


def _one_given(mine: str, other: str) -> bool:
    if mine == other or _long_form(mine) == _long_form(other):
        return True
    return min(len(mine), len(other)) == 1 and _initial(mine) == _initial(other)


@lru_cache(maxsize=1024)
def _long_form(given: str) -> str:
    return next((plain_name(full) for short, full in _SHORT_FORMS.items() if plain_name(short) == given), given)


def _initial(word: str) -> str:
    """The first letter, J and Y folded as names fold them."""
    return plain_name(word[0] * 2)[0] if len(word) == 1 else word[0]


def _behind_office(ours: tuple[str, ...], theirs: tuple[str, ...], first: str, second: str) -> bool:
    """True when the longer label only has an office before the same name ("President of Turkey Recep …")."""
    shorter, longer = sorted((ours, theirs), key=len)
    label = first if len(ours) > len(theirs) else second
    titled = any(key(word) in TITLES for word in _WORD.findall(label))
    return titled and bool(shorter) and _given_agree(shorter, longer[len(longer) - len(shorter) :])
