"""The words that introduce what somebody says or thinks: a table of our own writing.

A verb's kind tells which content it can take:
`speech` takes a quotation, a clause or an object and may follow what is said ("…, X said");
`telling` is speech with an addressee ("X told reporters that …");
`quoting` introduces only quotation marks ("“…,” X continued");
`opinion` takes what follows it ("X criticised the plan"); `wish` takes an infinitive or a clause ("X hopes to …").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["speech", "telling", "quoting", "opinion", "wish", "according", "colon", "noun"]
Form = Literal["base", "present", "past", "participle", "ing", "none"]
STRONG: frozenset[Kind] = frozenset(["speech", "telling", "quoting", "according"])
"""The kinds that report words; the others report an attitude, a wish or a belief."""

_VERBS: dict[Kind, str] = {
    "speech": """
        say/says/said/said/saying add note argue warn insist claim believe/believes/believed/believed/believing
        think/thinks/thought/thought/thinking announce report suggest acknowledge write/writes/wrote/written/writing
        tweet declare state explain reply/replies/replied/replied/replying respond conclude recall
        admit/admits/admitted/admitted/admitting concede contend charge/charges/charged/charged/charging assert allege stress emphasize emphasise
        observe joke quip/quips/quipped/quipped/quipping lament complain boast
        brag/brags/bragged/bragged/bragging predict remark reiterate counter muse opine recount confess confirm reveal
        disclose estimate caution agree hint indicate affirm attest aver proclaim pronounce assure
        swear/swears/swore/sworn/swearing testify/testifies/testified/testified/testifying elaborate theorize
        speculate surmise reckon clarify/clarifies/clarified/clarified/clarifying insinuate imply/implies/implied/implied/implying
        point_out point/points/pointed/pointed/pointing deny/denies/denied/denied/denying vow pledge wonder ask inquire
        underscore underline gush grumble fume vent exult marvel enthuse scoff snap/snaps/snapped/snapped/snapping
        tout retweet retort forecast/forecasts/forecast/forecast/forecasting
        propose recommend demand decree 
    """,
    "telling": """
        ask urge tell/tells/told/told/telling inform remind notify/notifies/notified/notified/notifying convince persuade
    """,
    "quoting": """
        continue go_on read/reads/read/read/reading shout yell chant cry/cries/cried/cried/crying exclaim interject
        whisper scream mutter answer/answers/answered/answered/answering 
        repeat implore plead bellow laugh sigh deadpan text message blog rejoin crow bark thunder volunteer
        chime/chimes/chimed/chimed/chiming ask conclude respond reply/replies/replied/replied/replying
        intone declare mock describe
    """,
    "opinion": """
        criticize criticise question condemn denounce blast slam/slams/slammed/slammed/slamming praise accuse blame
        reject/rejects/rejected/rejected/rejecting dismiss/dismisses/dismissed/dismissed/dismissing
        describe decry/decries/decried/decried/decrying deride mock ridicule rebuke chide
        cite defend endorse oppose support urge welcome applaud laud hail commend express voice
        call/calls/called/called/calling assail rail bash ridicule bemoan deplore disavow renounce repudiate
        echo rebut/rebuts/rebutted/rebutted/rebutting refute dispute highlight mention reference
        portray depict liken
        characterize characterise brand dub/dubs/dubbed/dubbed/dubbing touted champion espouse 
        discuss outline tout trumpet downplay/downplays/downplayed/downplayed/downplaying
        quote invoke warn vilify/vilifies/vilified/vilified/vilifying lambast lambaste castigate excoriate
        scold berate disparage belittle taunt threaten doubt fear regret resent
        worry/worries/worried/worried/worrying complain vent
        signal tease recall remember foresee/foresees/foresaw/foreseen/foreseeing
        refer/refers/referred/referred/referring talk speak/speaks/spoke/spoken/speaking
        see/sees/saw/seen/seeing know/knows/knew/known/knowing  
        find/finds/found/found/finding show/shows/showed/shown/showing
        learn expect anticipate understand/understands/understood/understood/understanding
        acknowledge 
    """,
    "wish": """
        want hope plan/plans/planned/planned/planning promise refuse decline seek/seeks/sought/sought/seeking wish
        intend offer threaten decide vow pledge agree prefer/prefers/preferred/preferred/preferring
    """,
}


@dataclass(frozen=True, slots=True)
class Verb:
    """One inflected form of a cue verb."""

    lemma: str
    kinds: frozenset[Kind]
    form: Form

    @property
    def strong(self) -> bool:
        """True for a verb of speech, false for an attitude or a wish."""
        return bool(self.kinds & STRONG)


def _inflected(entry: str) -> dict[str, Form]:
    """The forms of a verb; irregular ones are written out in the table."""
    if "/" in entry:
        base, present, past, participle, ing = entry.split("/")
        forms: dict[str, Form] = {participle: "participle", past: "past", ing: "ing", present: "present"}
        return forms | ({base: "base"} if base not in forms else {})
    stem = entry.removesuffix("e")
    present = entry + ("es" if entry.endswith(("s", "sh", "ch", "x")) else "s")
    return {stem + "ed": "past", stem + "ing": "ing", present: "present", entry: "base"}


_RUSSIAN = """
    сказать:сказал,сказала,сказали,скажет заявить:заявил,заявила,заявили,заявляет,заявляют,заявив
    отметить:отметил,отметила,отметили,отмечает,отмечают,отметив подчеркнуть:подчеркнул,подчеркнула,подчеркнули,подчеркивает,подчеркнув
    сообщить:сообщил,сообщила,сообщили,сообщает,сообщают,сообщило добавить:добавил,добавила,добавили,добавляет,добавив
    считать:считает,считают,считал пояснить:пояснил,пояснила,пояснили,поясняет рассказать:рассказал,рассказала,рассказали
    напомнить:напомнил,напомнила,напомнили ответить:ответил,ответила,ответили написать:написал,написала,пишет,пишут
    утверждать:утверждает,утверждают,утверждал говорить:говорит,говорят,говорил,говорила указать:указал,указала,указали
    объяснить:объяснил,объяснила,объяснили признать:признал,признала,признали предупредить:предупредил,предупредила
    заметить:заметил,заметила уточнить:уточнил,уточнила,уточнили выразить:выразил,выразила полагать:полагает,полагают
"""
"""Russian verbs of speech, in the forms of news reports."""


def _table() -> dict[str, Verb]:
    found: dict[str, Verb] = {}
    for kind, entries in _VERBS.items():
        for entry in entries.split():
            if "_" in entry:
                continue
            lemma = entry.split("/")[0]
            for word, form in _inflected(entry).items():
                known = found[word].kinds if word in found else frozenset[Kind]()
                found[word] = Verb(lemma, known | {kind}, form)
    for entry in _RUSSIAN.split():
        lemma, forms = entry.split(":")
        for word in forms.split(","):
            found[word] = Verb(lemma, frozenset(["speech"]), "past")
    return found


VERBS: Mapping[str, Verb] = MappingProxyType(_table())
NOUNS = frozenset(
    """assertion assertions claim claims allegation allegations accusation accusations argument arguments belief beliefs
    suggestion suggestions contention contentions insistence warning warnings promise promises pledge pledges vow
    statement statements announcement announcements declaration declarations complaint complaints concern concerns
    fear fears hope hopes view views notion idea doubt doubts assurance assurances denial denials admission
    prediction predictions comment comments remark remarks report reports acknowledgment confidence opinion conclusion
    speculation worries worry criticism charge charges assumption suspicion suspicions rumors theory demand demands call calls
    threat threats proposal decision desire refusal commitment finding findings""".split()
)
"""Nouns that a clause with `that` can follow: `assertions made by Moscow that …`."""
