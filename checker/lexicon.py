"""Small closed classes of words that the guards and the aligner know, as folded keys (English, Russian, Ukrainian).

Every list is of words that change what a sentence claims, or that never do. They are deliberately
closed: a word that is in none of them counts as content, and content may not differ.
"""

from __future__ import annotations

from functools import lru_cache


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _keys(
    """
    no not never none nor neither nothing nobody nowhere without cannot hardly scarcely barely
    can't don't doesn't didn't won't wouldn't shouldn't couldn't mustn't isn't aren't wasn't weren't hasn't haven't
    hadn't needn't ain't mightn't shan't
    не ни нет никогда никто ничто ничего никак никакой никакие никаких никаким никого никому нигде без нельзя
    ні ніколи ніхто ніщо нічого ніяк ніякий ніяка ніяке ніякі ніяких нікого нікому ніде немає нема неможливо
    """
)

NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "non", "dis", "mis", "anti", "counter", "de", "не", "без", "бес")

MODAL_VERBS = _keys(
    """
    may might can could will would shall should must ought
    i'll you'll he'll she'll it'll we'll they'll i'd you'd he'd she'd it'd we'd they'd
    """
)

MODALITY = MODAL_VERBS | _keys(
    """
    need needs possibly perhaps maybe probably likely unlikely certainly definitely surely undoubtedly necessarily potentially
    apparently allegedly reportedly supposedly seemingly presumably
    hope hopes hoped expect expects expected believe believes believed think thinks thought confident sure certain
    plan plans planned planning intend intends intended seek seeks try tries trying attempt attempts
    want wants wanted ready willing prepared able unable possible impossible remain remains remained
    может могут мог могла могли можно нужно надо должен должна должны должно следует возможно вероятно будет будут
    будем буду надеюсь надеемся уверен уверены хотим хочу готов готовы
    може можуть міг могла могли можна треба потрібно повинен повинна повинні має мають маємо мусимо мусить слід можливо
    імовірно напевно буде будуть будемо буду сподіваюся сподіваємося впевнений впевнені хочемо хочу готовий готові
    """
)

BACKSHIFT = frozenset(
    (
        ("would", "will"),
        ("could", "can"),
        ("might", "may"),
        ("should", "shall"),
        ("would", "shall"),
        ("would", "we'll"),
        ("would", "i'll"),
        ("would", "they'll"),
        ("would", "it'll"),
        ("would", "he'll"),
        ("would", "she'll"),
    )
)
"""Pairs (reported, said) in which a modal verb only follows the tense of reported speech."""

QUANTIFIERS = _keys(
    """
    all every each any some many most few several both either half majority minority whole entire entirely
    only always often sometimes rarely seldom usually everyone everybody everything someone somebody something
    anyone anybody anything much more less least fewer enough almost nearly approximately exactly
    partly fully completely totally absolutely
    все весь вся всё всех всем каждый каждая каждое некоторые некоторых многие многих большинство несколько только
    всегда иногда часто почти более менее около
    всі усі весь увесь вся все всіх усіх всім кожен кожна кожне деякі деяких багато більшість кілька лише тільки
    завжди іноді часто майже більше менше близько
    """
)

MEASURES = _keys(
    """
    second seconds minute minutes hour hours day days week weeks month months quarter quarters year years decade decades
    century centuries thousand thousands million millions billion billions trillion trillions dozen dozens hundred hundreds
    dollar dollars euro euros ruble rubles rouble roubles pound pounds cent cents per percent percentage
    kilometer kilometers kilometre kilometres mile miles meter meters metre metres ton tons tonne tonnes
    kilogram kilograms acre acres hectare hectares degree degrees barrel barrels
    секунда секунд минут минуты час часа часов день дня дней неделя недели недель месяц месяца месяцев год года лет
    тысяч тысячи миллион миллиона миллионов миллиард миллиарда миллиардов рубль рубля рублей доллар доллара долларов
    година години годин дні днів тиждень тижні тижнів місяць місяці місяців рік роки років тисяча тисячі
    мільйон мільйони мільйонів мільярд мільярди мільярдів гривня гривні гривень долар долари доларів
    """
)
"""Units and scales; one for another changes the figure that it stands with, or the order of magnitude."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января январь январе січня січень січні",
            "february feb февраля февраль феврале лютого лютий лютому",
            "march mar марта март марте березня березень березні",
            "april apr апреля апрель апреле квітня квітень квітні",
            "may мая май мае травня травень травні",
            "june jun июня июнь июне червня червень червні",
            "july jul июля июль июле липня липень липні",
            "august aug августа август августе серпня серпень серпні",
            "september sept sep сентября сентябрь сентябре вересня вересень вересні",
            "october oct октября октябрь октябре жовтня жовтень жовтні",
            "november nov ноября ноябрь ноябре листопада листопад листопаді",
            "december dec декабря декабрь декабре грудня грудень грудні",
        ),
        start=1,
    )
    for name in names.split()
}

DATES = frozenset(MONTHS) - {"may", "march", "mar", "jan", "sep", "лютий", "лютого", "лютому"} | _keys(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight
    понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье сегодня вчера завтра
    понеділок вівторок середа середу п'ятниця п'ятницю субота суботу неділя неділю сьогодні учора вчора завтра
    """
)

SOUNDS = _keys("um uh er erm ah oh hmm э эм")
"""What a speaker utters while looking for words; never a word of the statement."""

FILLERS = frozenset(
    tuple(phrase.split())
    for phrase in (
        "well|so|like|actually|basically|okay|ok|right|look|listen|you know|i mean|sort of|kind of|you see|let's say"
        "|as it were|if you will|as you know|as you all know|you all know|ну|вот|значит|знаете|знаешь|вы знаете|понимаете|скажем так|так сказать|как бы|собственно"
        "|собственно говоря|видите ли|послушайте"
    ).split("|")
)
"""What fills a pause when commas set it apart: "we did, well, nothing", but not "we did well"."""

HARMLESS = _keys("a an the that and и")
"""Function words of which one may be dropped or changed in the press profile, because it changes nothing."""

REFERRING = _keys(
    """
    i you he she it we they me him her us them this that these those his its their our my your who which
    there here the a an such same both former latter one ones
    он она оно они его ее их им ему ей нас нам наш наши это этот эта эти тот та те
    він вона воно вони його її їх їм йому їй наша наше це цей ця ці той ті
    """
)
"""Pronouns and other words that a bracketed insertion may stand for."""

CONTRACTED = {"s": ("is", "has"), "re": ("are",), "ve": ("have",), "m": ("am",)}
"""What stands behind the apostrophe of "he's" and "they've", and the verbs that it may be."""


def pronoun_of(key: str) -> str:
    """The pronoun of a contraction; any other word as it is.

    >>> pronoun_of("they've"), pronoun_of("miller's")
    ('they', "miller's")
    """
    pronoun, _, verb = key.partition("'")
    return pronoun if verb in CONTRACTED and pronoun in REFERRING else key


POSSESSIVES = _keys(
    "my your his her its our their whose его её ее их мой наш ваш свой його її їх їхній їхня їхні мій свій"
)

CONDITIONS = _keys("if unless whether provided providing supposing assuming lest если бы ли якщо якби аби чи")

REPORTING = _keys(
    """
    say says said saying claim claims claimed claiming tell tells told state states stated declare declares declared
    announce announces announced allege alleges alleged argue argues argued assert asserts asserted insist insists
    insisted promise promises promised suggest suggests suggested write writes wrote report reports reported ask asks
    asked shout shouts shouted pretend pretends pretended maintain maintains maintained warn warns warned
    added adds noted notes stressed stresses explained explains pointed points emphasized emphasised quoted
    говорит говорил говорила говорили говорят сказал сказала сказали заявил заявила заявили утверждает утверждают
    пишет писал обещал обещали
    каже кажуть казав казала казали сказав говорить говорять говорив заявив заявила заявили стверджує стверджують пише писав обіцяв обіцяли
    """
)

STANCE = _keys(
    "doubt wonder deny denies denied refuse refuses refused fail fails failed unlikely impossible madness сомневаюсь сомневаемся сумніваюся сумніваємося"
)

COMMONPLACE = _keys(
    """
    able access act action actions activity address agree agreed agreement aim area areas attention available back bad
    base based basic basis become begin believe best better big bring build business call called case cases cause
    central century certain challenge challenges chance change changes children choice citizens city clear close come
    common community companies complete concern concerned conditions conference conflict continue cooperation countries
    country course create current day days deal decision decisions deep democracy develop development dialogue different
    difficult direct discuss discussion early economic economy education efforts end ensure entire equal especially
    europe european event events every example expect face fact family far field fight finally find first focus follow
    force forces foreign form former forward free freedom friend friends full future general give global go goal goals
    good government governments great ground group growth hand happen hard health hear help high history home hope hour
    house human idea importance important improve include including increase industry information interest interests
    international investment issue issues job jobs joint keep key kind know land large last late law lead leader leaders
    leadership leave legal let level life line list live local long longer look lot main major make man manner market
    matter matters mean means measure measures media meet meeting member members men message military million minister
    mission modern moment money month months mutual name nation national nations nature need needs new news next night
    number numbers office official officials old open opinion opportunity order organization part parties partner
    partners partnership party past path pay peace peoples people percent perfect person place plan plans play point
    points policy political position positive possible power powers practice prepare present president press
    prime principle principles private problem problems process program progress project projects proper proposal
    protect provide public purpose put question questions quite reach ready real really reason recent regard region
    regional relations relationship report resolution resources respect result results return right rights rise road
    role rule rules run russia russian safe safety said say second sector security see seek self send sense series
    serious service services set share short show side sides sign similar simple single situation small social society
    solution solve sort source speak special stand standard start state statement states step steps stop strategic
    strength strengthen strong structure subject success successful support sure system systems table take talk talks
    task team term terms thank thanks thing things think third threat time times today together top total towards trade
    traditional treaty true trust try turn type understand understanding union united unity use value values various
    view views visit voice war water way ways week weeks welcome well win wish woman women word words work
    working world worth year years yesterday young
    быть время вопрос вопросы год года году государство дело день жизнь люди людей мир мира мире место наша нашей
    нашего новый общество отношения отношений первый поддержка помощь право правительство президент проблема развитие
    развития россия россии сегодня сила слово сотрудничество сотрудничества страна страны стран сторона стороны уровень
    человек человека
    """
)
"""Words that everybody in politics uses every day: a fragment made of them identifies nobody's statement."""

_SPELLING = {
    **dict.fromkeys(("defence", "defense"), "defense"),
    **dict.fromkeys(("offence", "offense"), "offense"),
    **dict.fromkeys(("licence", "license"), "license"),
    **dict.fromkeys(("pretence", "pretense"), "pretense"),
    **dict.fromkeys(("practise", "practice"), "practice"),
    **dict.fromkeys(("programme", "program"), "program"),
    **dict.fromkeys(("programmes", "programs"), "programs"),
    **dict.fromkeys(("grey", "gray"), "gray"),
    **dict.fromkeys(("cheque", "check"), "check"),
    **dict.fromkeys(("sceptical", "skeptical"), "skeptical"),
    **dict.fromkeys(("judgement", "judgment"), "judgment"),
    **dict.fromkeys(("acknowledgement", "acknowledgment"), "acknowledgment"),
    **dict.fromkeys(("ageing", "aging"), "aging"),
    **dict.fromkeys(("manoeuvre", "maneuver"), "maneuver"),
    **dict.fromkeys(("manoeuvres", "maneuvers"), "maneuvers"),
    "fulfil": "fulfill",
    "fulfils": "fulfills",
    "fulfilment": "fulfillment",
    "skilful": "skillful",
    "wilful": "willful",
    "enrol": "enroll",
    "enrols": "enrolls",
    "enrolment": "enrollment",
    "instalment": "installment",
    "instalments": "installments",
    **dict.fromkeys(("towards", "toward"), "toward"),
    **dict.fromkeys(("learnt", "learned"), "learned"),
    **dict.fromkeys(("dialogue", "dialog"), "dialog"),
    **dict.fromkeys(("okay", "ok"), "ok"),
    **dict.fromkeys(("zelensky", "zelenskyy", "zelenskiy", "zelenskyi"), "zelensky"),
    **dict.fromkeys(("sergey", "sergei"), "sergei"),
    **dict.fromkeys(("dmitry", "dmitri", "dmitriy"), "dmitry"),
    **dict.fromkeys(("alexei", "alexey", "aleksei", "aleksey"), "alexei"),
    **dict.fromkeys(("andrei", "andrey"), "andrei"),
    **dict.fromkeys(("nikolai", "nikolay"), "nikolai"),
    **dict.fromkeys(("yuri", "yury", "yuriy"), "yuri"),
    **dict.fromkeys(("kyiv", "kiev"), "kyiv"),
    **dict.fromkeys(("kharkiv", "kharkov"), "kharkiv"),
    **dict.fromkeys(("odesa", "odessa"), "odesa"),
    **dict.fromkeys(("lviv", "lvov"), "lviv"),
}
_OUR = (
    """
    behavi col fav hon lab neighb rum harb hum endeav vig arm glam od sav splend tum val vap cand clam ferv flav
    parl ranc
    """
).split()
_DIGRAPHS = (
    ("paediatr", "pediatr"), ("orthopaed", "orthoped"), ("encyclopaed", "encycloped"), ("anaesth", "anesth"),
    ("haemo", "hemo"), ("archaeolog", "archeolog"), ("foetus", "fetus"), ("diarrhoea", "diarrhea"), ("aluminium", "aluminum"),
    ("combatt", "combat"), ("benefitt", "benefit"), ("focuss", "focus"),
)  # fmt: skip
_DOUBLED = (
    """
    travel cancel label model signal counsel fuel level marvel quarrel total dial channel fulfil marshal pedal rival shovel
    equal initial panel tunnel shrivel unravel bevel devil duel jewel
    """
).split()


@lru_cache(maxsize=1 << 17)
def spelling(key: str) -> str:
    """The American, or the first documented, spelling of a folded word.

    >>> spelling("realise"), spelling("neighbouring"), spelling("kiev"), spelling("filled")
    ('realize', 'neighboring', 'kyiv', 'filled')
    """
    if key in _SPELLING:
        return _SPELLING[key]
    for british, american in _DIGRAPHS:
        if british in key:
            return spelling(key.replace(british, american))
    if key.endswith("'s"):
        return spelling(key[:-2]) + "'s"
    if not key.isascii() or len(key) < 5:
        return key
    for british, american in (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"),
                              ("ise", "ize"), ("ysed", "yzed"), ("yse", "yze"), ("ysing", "yzing")):  # fmt: skip
        if key.endswith(british) and len(key) > len(british) + 2:
            return key[: -len(british)] + american
        if key.endswith(british + "s") and british == "isation":
            return key[: -len(british) - 1] + american + "s"
    for stem in _OUR:
        if key.startswith(stem + "our"):
            return stem + "or" + key[len(stem) + 3 :]
    for stem in _DOUBLED:
        if key.startswith(stem + "l") and key[len(stem) + 1 :] in ("ed", "ing", "er", "ers"):
            return stem + key[len(stem) + 1 :]
    if key.endswith(("centre", "metre", "theatre", "litre")):
        return key[:-2] + "er"
    if key.endswith(("centres", "metres", "theatres", "litres")):
        return key[:-3] + "ers"
    return key


_SUFFIXES = sorted((
    "ations", "ation", "ments", "ment", "ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "er", "ers", "ly",
    "'s", "s'", "s", "d", "e", "y",
    "иями", "ями", "ами", "иях", "ого", "его", "ому", "ему", "ыми", "ими", "ать", "ять", "ить", "еть", "ает", "ают",
    "ует", "уют", "ых", "их", "ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие", "ой", "ей", "ом", "ем", "ам", "ям",
    "ах", "ях", "ов", "ев", "ия", "ии", "ию", "ть", "ла", "ло", "ли", "л", "а", "я", "о", "е", "ы", "и", "у", "ю", "ь",
), key=len, reverse=True)  # fmt: skip
"""The longest first, since shorter ones are the ends of longer ones."""


@lru_cache(maxsize=1 << 17)
def stem(key: str) -> str:
    """What is left of a word without its commonest endings; a light stem, for English and Russian.

    >>> stem("negotiations"), stem("negotiate"), stem("countries"), stem("country")
    ('negoti', 'negotiat', 'countr', 'countr')
    """
    for suffix in _SUFFIXES:
        if key.endswith(suffix) and len(key) - len(suffix) >= 4:
            return key[: -len(suffix)]
    return key


IRREGULAR = {
    form: group
    for group, forms in enumerate(
        (
            "be am is are was were been being i'm he's she's it's we're they're that's",
            "have has had having i've we've they've",
            "do does did done doing",
            "go goes went gone going",
            "say says said saying",
            "make makes made making",
            "take takes took taken taking",
            "come comes came coming",
            "see sees saw seen seeing",
            "know knows knew known knowing",
            "give gives gave given giving",
            "think thinks thought thinking",
            "tell tells told telling",
            "begin begins began begun beginning",
            "become becomes became becoming",
            "keep keeps kept keeping",
            "hold holds held holding",
            "bring brings brought bringing",
            "meet meets met meeting",
            "mean means meant meaning",
            "stand stands stood standing",
            "speak speaks spoke spoken speaking",
            "lead leads led leading",
            "build builds built building",
            "send sends sent sending",
            "leave leaves left leaving",
            "lose loses lost losing",
            "pay pays paid paying",
            "feel feels felt feeling",
            "choose chooses chose chosen choosing",
            "grow grows grew grown growing",
            "rise rises rose risen rising",
            "fall falls fell fallen falling",
            "write writes wrote written writing",
            "man men",
            "woman women",
            "child children",
            "person people",
            "i me my mine",
            "we us our ours",
            "he him his",
            "they them their theirs",
        )
    )
    for form in forms.split()
}


def inflected(first: str, second: str) -> bool:
    """True when two different words are forms of one word.

    >>> inflected("decide", "decided"), inflected("is", "were"), inflected("north", "south")
    (True, True, False)
    """
    if first in IRREGULAR and IRREGULAR[first] == IRREGULAR.get(second, -1):
        return True
    shorter, longer = sorted((stem(first), stem(second)), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter) and len(longer) - len(shorter) <= 2


def opposite(first: str, second: str) -> bool:
    """True when one word is the other with a negative prefix, or -less stands for -ful.

    >>> opposite("acceptable", "unacceptable"), opposite("careful", "careless"), opposite("form", "inform")
    (True, True, False)
    """
    shorter, longer = sorted((first, second), key=len)
    if {shorter[-3:], longer[-4:]} == {"ful", "less"} and shorter[:-3] == longer[:-4]:
        return True
    return len(shorter) >= 5 and any(longer == prefix + shorter for prefix in NEGATIVE_PREFIXES)
