"""Words and phrases that govern what stands beside them in a sentence: the word lists behind `governors.py` (English, Russian)."""

from __future__ import annotations

import re

FAIR = re.compile(
    r"\b(?:no doubt|not only|not just|not merely|no secret|hardly a secret|no question|no wonder|no denying|cannot but"
    r"|can not but|cannot help|cannot deny|never stopped|not surprising|did not hesitate|нет сомнени[йя]|не только"
    r"|не просто)\b",
    re.IGNORECASE,
)
TURN = re.compile(
    r"(?:[,;:.—–]\s*|^\s*)(?:but|however|yet|instead|rather|although|though|а|но|однако|зато)\b|\bbut\b(?! also)|\bexcept (?:to say )?that\b",
    re.IGNORECASE,
)
NOUNS_TOO = frozenset(
    "state states report reports claim claims note notes point points promise promises ask asks".split()
)
SUBJECTS = tuple((word,) for word in "he she they who it you which".split())
SHOWS = re.compile(
    r"\b(?:это|что)(?: \w+){0,3} говорит о\b|\b(?:this|that|it) (?:\w+ )?(?:says|tells|suggests|argues)\b"
)
"""What a fact "says" or "suggests" is shown and not reported."""

OWN = frozenset("i we one i've we've i'd we'd я мы".split())
OPINION = frozenset(
    "think thinks thought believe believes believed imagine imagines wonder wonders assume assumes assumed".split()
)
TELLING = frozenset("told tell tells assured assure assures informed inform reminded remind asked".split())
ATTRIBUTING = re.compile(
    r"\b(?:according to|in the words of|in (?:his|her|their) (?:own )?words|rumou?r has it|(?:i|we) (?:am|are|was|were|have been) told"
    r"|(?:i|we)(?: have|'ve)? (?:all )?(?:heard|read)(?: \w+){0,3} that|it is said|as [^,.]{1,40} puts? it"
    r"|(?:went|goes|going) on (?:[\w’']+ ){0,4}to (?:say|claim|argue|state|declare)|(?:talk|talks|talked|talking) (?:about|of) how"
    r"|learned that|(?:some|many|they|people|critics|others)(?: people)? (?:say|claim|think|believe|argue|shout))\b",
    re.IGNORECASE,
)
AGAIN = re.compile(r"\b(?:i repeat|i say again|let me repeat|as i said|повторю|повторяю|напомню)\b", re.IGNORECASE)
ATTRIBUTED_BEHIND = re.compile(
    r"^\W{0,3}(?:or so|that is what|this is what|so|as)\s+\w+(?:\s\w+){0,3}?\s+(?:say|says|said|claim|claims|demand|demands|think|thinks)\b",
    re.IGNORECASE,
)
SAID_BEHIND = re.compile(
    r"^\W{1,4}(?!i\b|we\b)(?:[\w’'.]+\s){1,4}(?:say|says|said|claim|claims|claimed|argue|argues|insist|insists)\W*$",
    re.IGNORECASE,
)
HEDGES = re.compile(
    r"\b(?:perhaps|maybe|possibly|probably|allegedly|supposedly|reportedly|apparently|presumably|in theory"
    r"|it is (?:possible|likely|conceivable)|it may be|(?:could|might) be that|used to (?:think|believe)"
    r"|in a perfect world|hopefully|ideally|remains to be (?:seen|proved|proven)|возможно|может быть|вероятно|якобы)\b",
    re.IGNORECASE,
)
DENIALS = re.compile(
    r"\b(?:(?:lie|myth|fiction|fantasy|nonsense|idea|notion|claims?|allegations?|accusations?|suggestions?|rumou?rs?) that"
    r"|(?:illusion|pretext|delusion|impression|possibility|danger|risk|threat|fear|prospect|eventuality) (?:is )?that"
    r"|(?:reject|rejects|rejected|refute|refutes|refuted|dismiss|dismisses|dismissed|dispute|disputes|disputed)\b[^.,;:]{0,40}\bthat"
    r"|yet to (?:learn|see|hear|find|understand|be (?:told|shown|convinced|proved|proven))\b"
    r"|mistake to (?:say|think|believe|assume|claim)|(?:false|untrue|wrong|absurd|mistaken|incorrect)(?:,[^,]{1,40},)? (?:that|to say))\b",
    re.IGNORECASE,
)
DENIED_BEHIND = re.compile(
    r"^\W{0,3}(?:is|are|was|were|would be|seems)\s+(?:(?:not|never|hardly)\b[^.;]{0,30}?\b(?:valid|true|correct|convincing|tenable|acceptable)"
    r"|(?:\w+\s+){0,2}?(?:absurd|false|untrue|nonsense|wrong|lies?|mistaken|myths?|ridiculous|untenable))\b",
    re.IGNORECASE,
)
IF = re.compile(
    r"(?<!\bas )(?<!\beven )\b(?:if|unless|provided|providing|supposing|suppose|imagine|as long as|so long as"
    r"|only (?:when|if|after)|but only|on (?:the )?condition|subject to|in case|except|если|при условии|ли)\b",
    re.IGNORECASE,
)
INVERTED = re.compile(r"^\W*(?:should|had|were)\s+\w+[^,]*,", re.IGNORECASE)
TIMED = re.compile(r"\b(?:until|till|once|пока)\b", re.IGNORECASE)
BOUNDS = frozenset("both few most some almost nearly barely hardly scarcely half many only not".split())
BOUND_PAIRS = frozenset(
    tuple(pair.split())
    for pair in (
        "up to|at least|at most|more than|less than|fewer than|most of|some of|few of|many of|first of|maximum of"
        "|minimum of|part of|half of"
    ).split("|")
)
TURNED = re.compile(r"\b(?:far from|instead of|rather than|anything but)\b", re.IGNORECASE)
WISHES = re.compile(
    r"(?:(?<!good )(?<!best )(?<!warm )\b(?:hope|hopes|hoped|hoping|hopeful|wish|wishes|wished|pray|prays|prayed|praying|fear|fears|feared|afraid|dream"
    r"|dreams|dreamed|dreamt|longing|demand|demands|demanded|propose|proposes|proposed|recommend|recommends|recommended)\b"
    r"(?:\W+\w+){0,4}?\W+(?:that|for)|\b(?:hope|hopes|hoped|wish|wishes|wished|pray|fear|fears|feared)(?: only)?"
    r"|(?:надеюсь|надеемся|надеялись|надеялся|надежда|боюсь|боимся|опасаюсь|опасаемся|мечтаю|мечтаем)(?:\W+\w+){0,3}?\W+(?:что|чтобы)"
    r"|(?:хотел|хотела|хотели|хотелось|хочу|хотим)(?:\W+\w+){0,4}?\W+чтобы)\W*\Z"
    r"|^\W*(?:that|что|чтобы)\s*\Z",
    re.IGNORECASE,
)
"""Right before the match: what only is hoped, feared or asked for is not stated. A sentence that opens with a bare
"That …" is the content of the one before it."""

RELATIVES = frozenset(
    "which who whom whose where why how whether what который которая которое которые которую которых которым которому которой которого".split()
)
PREPOSITIONS = frozenset(
    "of for to with by from in on at about into against under over between among through without".split()
)
PART_OF = re.compile(
    r"\b(?:parts?|portions?|elements?|aspects?|sections?|shares?|fractions?|majority|minority|half|third|quarter|some|many|most"
    r"|few|several|none|one|any|versions?|drafts?|copies|copy|(?:a )?number|beginnings?|outlines?) of(?: the| all| our| its)?\W*\Z"
    r"|\b(?:часть|части|половин\w+|большинств\w+|нескольк\w+)\W*\Z",
    re.IGNORECASE,
)
LEADING = frozenset("as like to would could should might may must can will shall".split())
