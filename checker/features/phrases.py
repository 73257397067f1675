"""Words and phrases that govern what stands beside them in a sentence: the word lists behind `governors.py` (English, Russian)."""

from __future__ import annotations

import re

FAIR = re.compile(
    r"\b(?:no doubt|not only|not just|not merely|no secret|hardly a secret|no question|no wonder|no denying|cannot but"
    r"|can not but|cannot help|cannot deny|never stopped|not surprising|did not hesitate|(?:can ?not|can't) (?:rid|shake|escape|avoid)|(?:have|has|must|do|should|shall|let us|will) not forg[eo]t(?:ten)?|never forget"
    r"|(?:make |be )?no mistake(?: about it)?|goes without saying|без слов ясно|as (?:you|i|we|he|she)(?: \w+)? (?:noted|said|know|mentioned|say|see"
    r"|remember|pointed out|put it)|may (?:one|we) wonder|one may wonder|нет сомнени[йя]|не только"
    r"|не просто|without (?:a |any )?(?:doubt|question|hesitation|exaggeration))\b",
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

OWN = frozenset("i we one i'm we're i've we've i'd we'd i'll we'll я мы".split())
OPINION = frozenset(
    "feel feels felt think thinks thought believe believes believed imagine imagines wonder wonders assume assumes assumed".split()
)
TELLING = frozenset("told tell tells assured assure assures informed inform reminded remind asked".split())
ATTRIBUTING = re.compile(
    r"\b(?:in (?!my\b|our\b|the\b|this\b)(?:[\w’'.]+ ){1,4}(?:opinion|view|eyes|estimation|judge?ment)|according to|in the words of|in (?:his|her|their) (?:own )?words|(?:часто|нередко|порой|иногда|часом|часто) (?:можно|доводится|приходится|можна) (?:слышать|услышать|чути|почути)|rumou?r has it|(?:i|we)(?:'m|’m|'re|’re| am| are| was| were|(?: have|'ve|’ve)(?: also| always| often)? been)(?: now| being){0,2} told"
    r"|(?:i|we)(?: have|'ve|’ve)? (?:all )?(?:heard|read)(?: \w+){0,3} that|it is said|as [^,.]{1,40} puts? it"
    r"|(?:went|goes|going) on (?:[\w’']+ ){0,4}to (?:say|claim|argue|state|declare)|(?:talk|talks|talked|talking) (?:about|of) how"
    r"|(?:i|we) hear(?:d)? (?:is )?that|learned that|(?:some|many|they|people|critics|others)(?: people)? (?:say|claim|think|believe|argue|shout))\b",
    re.IGNORECASE,
)
IMITATED = re.compile(r"\bas (?:if|though) (?:to say|saying)\b", re.IGNORECASE)
"""From there to the end of the sentence somebody is imitated."""

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
    r"|for (?:the sake of )?argument(?:'s sake)?|in a perfect world|hopefully|ideally|(?:may|might|could) (?:well )?(?:turn out|be|prove)|remains to be (?:seen|proved|proven)|until\b[^.;]*?,? (?:i|we)\b[^.;,]*\bthat(?=\W*\Z)|можливо|мабуть|ймовірно|імовірно|возможно|может быть|вероятно|якобы|нібито|начебто|мовляв)\b",
    re.IGNORECASE,
)
DENIALS = re.compile(
    r"\b(?:(?:утверждени|слух|сообщени|обвинени|домысл|заявлени|обещани|обіцянк|чутк|твердженн)\w*(?: о том| про те)?,? (?:что|що)|(?:lie|myth|fiction|fantasy|nonsense|idea|notion|claims?|allegations?|accusations?|suggestions?|rumou?rs?) that"
    r"|(?:illusion|pretext|delusion|impression|possibility|danger|risk|threat|fear|prospect|eventuality) (?:is )?that"
    r"|(?:reject|rejects|rejected|refute|refutes|refuted|dismiss|dismisses|dismissed|dispute|disputes|disputed)\b[^.,;:]{0,40}\bthat"
    r"|(?:lie|lies|lied|lying|pretend|pretends|pretended|pretending|лгут|врут|брешут|брешуть)\b[^.;]{0,40}\b(?:that|что|що)(?=\W*\Z)"
    r"|yet to (?:learn|see|hear|find|understand|be (?:told|shown|convinced|proved|proven))\b"
    r"|(?:impossible|unthinkable|inconceivable|improbable|unlikely|doubtful)\b[^.;]{0,60}\bthat"
    r"|mistake to (?:say|think|believe|assume|claim)|(?:false|untrue|wrong|absurd|mistaken|incorrect)(?:,[^,]{1,40},)? (?:that|to say))\b",
    re.IGNORECASE,
)
DENIED_BEHIND = re.compile(
    r"^\W{0,3}(?:is|are|was|were|would be|seems)\s+(?:(?:not|never|hardly)\b[^.;]{0,30}?\b(?:valid|true|correct|convincing|tenable|acceptable)"
    r"|(?:\w+\s+){0,2}?(?:absurd|false|untrue|nonsense|wrong|lies?|mistaken|myths?|ridiculous|untenable))\b",
    re.IGNORECASE,
)
IF = re.compile(
    r"(?<!\bas )(?<!\beven )(?<!\bespecially )(?<!\bparticularly )\b(?:if|unless|lest|provided|providing|supposing|suppose|imagine|as long as|so long as"
    r"|only (?:when|if|after)|but only|on (?:the )?condition|as soon as|как только|subject to|in case|except(?! (?:to say )?that)|если|при (?:условии|наличии|отсутствии|выделении)|в случае|ли|якщо|якби|за умови|за наявності|у разі|щойно)\b",
    re.IGNORECASE,
)
INVERTED = re.compile(r"^\W*(?:should|had|were)\s+\w+[^,]*,", re.IGNORECASE)
INVERTED_BEHIND = re.compile(
    r"^\W*(?:had|were|should)\s+(?:it|he|she|they|we|there|the|that|this|not)\b", re.IGNORECASE
)
TIMED = re.compile(r"\b(?:until|till|once|пока|поки|доки)\b", re.IGNORECASE)
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
    r"|\b(?:expect|expects|expected|count on|counts on|counted on|рассчитыва\w+|ожида\w+|жд[её]м|очіку\w+|розрахову\w+|чекаємо)\b[^.;]{0,60}\b(?:that|что|що)"
    r"|(?:надеюсь|надеемся|надеялись|надеялся|надежда|боюсь|боимся|опасаюсь|опасаемся|мечтаю|мечтаем)(?:\W+\w+){0,3}?\W+(?:что|чтобы)"
    r"|(?:сподіваюся|сподіваємося|сподівалися|сподівався|сподівається|боюся|боїмося|мрію|мріємо|мріяли)(?:\W+\w+){0,3}?\W+(?:що|щоб)"
    r"|(?:хотел|хотела|хотели|хотелось|хочу|хотим)(?:\W+\w+){0,4}?\W+чтобы)\W*\Z"
    r"|^\W*(?:that|что|чтобы|що|щоб)\s*\Z",
    re.IGNORECASE,
)
"""Right before the match: what only is hoped, feared or asked for is not stated. A sentence that opens with a bare
"That …" is the content of the one before it."""

FAIR_FRAMES = re.compile(
    r"(?:\b(?:i|we|i'd|we'd|i'm|we're|i’m|we’re|i've|we've|one|let me|let us|allow me|permit me)\b[^.;:?]{0,90}?\b"
    r"(?:note|noted|say|said|saying|stress|emphasi[sz]e|underline|underscore|think|thought|believe|know|knew|see|saw|feel|felt|understand"
    r"|remind|recall|remember|add|repeat|reiterate|point out|confirm|announce|tell|told|inform|assure|state|declare|mention"
    r"|acknowledge|recogni[sz]e|remark(?:ed)?|discuss(?:ed)?|agree|convinced|confident|sure|certain|glad|pleased|proud|happy|sorry|grateful|aware|conclude"
    r"|insist|maintain|find|found|appreciate|regret|welcome|report|observe|admit|guess|suppose|realized?|learn(?:ed)?|mean"
    r"|assert|trust|submit|contend|concerned|worried|deplore|telling|consider|view|fact|conviction|opinion|predict|promise|pledge|honou?r|satisfaction|pleasure|affirm|reaffirm|fear no)\b(?:\s+[\w’'-]+){0,6}?(?:,[^,]{1,25},)?"
    r"|\b(?:facts?|aware|reali[sz]e[sd]?|clear|true|obvious|evident|certain|known|doubt|question|secret|understood|noted|recalled|remembered|emphasi[sz]ed"
    r"|stressed|pointed out|added|noting|seems to (?:me|us)|appears to (?:me|us)|mean(?:s|t)?|view|opinion|belief|conviction|position|reason|result|conclusion"
    r"|news|truth|reality|evidence|shows?|showed|shown|demonstrates?|demonstrated|proves?|proved|confirms?|confirmed|reveals?|revealed"
    r"|indicates?|indicated|suggests?|testif\w+|recall|remember|know|knows|good|fortunate|pleasing|gratifying|wonder|coincidence"
    r"|surprising|deplorable|regrettable|unfortunate|tragic|alarming|encouraging|remarkable|disappointing|shameful|sad|natural|fitting|ironic|accident|note|notes|see|saw|forget|given|considering|except|now|say|exclude)"
    r"(?:\W+\w+){0,2}?|\b(?:is|was|are|were|being))\W+that\W*\Z"
    r"|\b(?:first|second|third|finally|lastly|secondly|thirdly|also)\W+that\s*\Z"
    r"|\b(?:so|such)\b(?:\W+\w+){1,8}\W+that\W*\Z|\bsuch that\W*\Z"
    r"|(?:знаю|знаємо|переконан\w+|впевнен\w+|вважаю|вважаємо|бачимо|розумію|розуміємо|кажу|кажемо|сказати|дякую|знаем|думаю|думаем|думается|представляется|считаю|считаем|уверен\w*|убежд\w+|отме\w+|подчерк\w+|сказать|скажу|напомн\w+|понима\w+|вижу|видим|рад\w*|известно|ясно"
    r"|очевидно|полага\w+|добав\w+|факт|том|тем|то|тому|потому|говорит о|те|тому|важливо|очевидно|ясно|правда|відомо|радий|рада|показ\w+|повтор\w+|призна\w+|кажется|важно|приятно|хорошо|согласен\w*|верю|верим|выясн\w+|показ\w+|знаете|знает)"
    r"(?:\W+\w+){0,2}?\W+(?:что|що)\W*\Z",
    re.IGNORECASE,
)
"""What may stand before a quoted that-clause without taking it back: facts, and the speaker's own words and opinions.
Everything else before "that" (a wish, a task, a perception, somebody else's view) is not the speaker's assertion."""

COMPARED = frozenset((word, "ever") for word in "than as for if hardly since".split())
"""Here “ever” wants no negation."""

TO_PROVE = re.compile(
    r"\b(?:should|must|needs? to|has to|have to|ought to)\b(?:\W+\w+){0,2}?\W+(?:demonstrate|show|prove)\W+that\W*\Z",
    re.IGNORECASE,
)
"""What somebody else has still to show."""

OPEN_QUESTIONS = frozenset("what whether which who whom".split())

TASKS = re.compile(
    r"\b(?:ensur\w+|sure|guarante\w+|critical|important|essential|vital|crucial|necessary|imperative|perception|impression|so|order"
    r"|appears?|expect\w*|assum\w+|imagin\w+|ask\w*|urg\w+|insist on|call(?:s|ed|ing)? for|strive|aim\w*|goal|objective|purpose|ensure)\s+that\s*\Z",
    re.IGNORECASE,
)
"""A task, an aim or a guess whose content follows: never what is."""

JOINED_CLAUSE = re.compile(r"\b(?:and|или|и|і|та|або)\W+(?:that|что|що)\s*\Z", re.IGNORECASE)
OTHER_CLAUSE = re.compile(r"\b(?:because|although|though|whereas|while|потому что|хотя|поскольку)\b", re.IGNORECASE)
"""What follows one of these behind a quote governs its own clause."""

COMPLEMENT = re.compile(r"(?:\bthat|\bчто|\bчтобы|\bщо|\bщоб|\bаби)\s*\Z", re.IGNORECASE)
AIMS = re.compile(
    r"(?:\b(?:make|makes|making|made) sure|\bensur(?:e|es|ed|ing)|\bsee to it|\bguarantee(?:s|d|ing)?|\bassum(?:e|es|ed|ing)|\bimagin(?:e|es|ed|ing)"
    r"|\b(?:it(?: is|'s|’s)|is) (?:\w+ )?(?:critical|important|essential|vital|crucial|necessary|imperative)|[^\s.!?;,:](?<!\beven)(?<!\band)\s+so|\bpretend(?:s|ed|ing)?"
    r"|\bexpect(?:s|ed|ing)?|\bperception|\bappears?)\W*\Z",
    re.IGNORECASE,
)
"""Directly before a clause, without "that": an aim, an assumption or a task, and no fact ("So" that opens a sentence is none)."""

SUPPOSED = re.compile(
    r"\b(?:would|could|might)\b(?:\W+\w+){0,2}?\W+(?:mean|imply|suggest|signify|follow)\W+that\W*\Z|\bonly by\b[^.;]{0,140}\bthat\W*\Z|\beither\W*\Z",
    re.IGNORECASE,
)
"""What would follow, what must first be shown, or one of two: none of them is what is ("it would mean that | we had not …")."""

PLACES_OF = re.compile(
    r"[^,;\s]\s+(?:where|when|in which|at which|on which|by which|whereby|under which|lest)\s*\Z", re.IGNORECASE
)
"""A clause that only says what kind of place, time or world is meant ("a world in which …")."""

STATED_PLACE = re.compile(
    r"\b(?:it|this|that|there|here)(?: is| was|'s|’s) (?:\w+ ){0,3}(?:situation|case|time|moment|period|point|year|day|example|instance)s?\s+"
    r"(?:where|when|in which|at which)\s*\Z",
    re.IGNORECASE,
)
"""What kind of case or time it is, or was, is said to be so."""

LIMITED_BEHIND = re.compile(
    r"^\s*,?\s*(?:\w+ly )?(?:(?:without|except|other than|but for|if not|until|unless)\b|against(?:\s+(?!any|every|all)\w|\s*\Z))",
    re.IGNORECASE,
)

RELATIVES = frozenset(
    "який яка яке які яку яких яким якому якої which who whom whose where why how whether what который которая которое которые которую которых которым которому которой которого".split()
)
PREPOSITIONS = frozenset(
    "of for to with by from in on at about into against under over between among through without".split()
)
PART_OF = re.compile(
    r"(?:%|\bper ?cent|\bpercent) of(?: the| all| our| its)?\W*\Z|\b(?:parts?|portions?|elements?|aspects?|sections?|shares?|fractions?|majority|minority|half|third|quarter|some|many|most"
    r"|few|several|none|one|any|versions?|drafts?|copies|copy|(?:a )?number|beginnings?|outlines?) of(?: the| all| our| its)?\W*\Z"
    r"|\b(?:часть|части|половин\w+|большинств\w+|нескольк\w+)\W*\Z",
    re.IGNORECASE,
)
LEADING = frozenset("as like to would could should might may must can will shall".split())

VOICES = re.compile(
    r"(?:^\W*like,|\bas (?!i\b|we\b)[^.;:]{1,60}\b(?:wrote|said|put it|writes|says|noted)\b[^.;:]{0,40}:|(?:рассказыва|розповіда)\w*(?: о том,?| про те,?)? (?:как|як)\W*|\bwhat (?:she|he|they) (?:once )?wrote\W*|\bhear(?:d)?\b[^.;]*\bhow\W*|\bwith the words\W*|\b(?:explanation|excuse|pretext|slogan|motto|attitude) (?:is|was|being|goes|seems to be)[:,]?"
    r"|(?<!my )(?<!our )(?<!the )\b(?:argument|reasoning|logic|thinking|line|message|answer) (?:is|was|being|goes|seems to be)[:,]?)"
    r"[\s“«\"]*\Z",
    re.IGNORECASE,
)
"""Right before the match: it is what somebody else says or thinks ("their explanation is | I was told to")."""

HELD_BY_OTHERS = re.compile(
    r"\b(?:the|a|an|any|their|his|her|your|its|popular|common|widespread|mistaken) (?:\w+ )?"
    r"(?:belief|notion|idea|view|opinion|feeling|sense|assumption|expectation|theory|thesis) that\W*\Z"
    r"|\b(?:assurances?|promises?|pledges?|guarantees?|threats?|warnings?|claims?|assertions?)(?: (?:that )?(?:they|he|she|you|it) (?:\w+ ){1,3}?(?:\w+ly )?|(?: \w+){0,2} )that\W*\Z",
    re.IGNORECASE,
)
"""A thought whose owner is not the speaker, unless "I" or "we" stand before it."""

SAYING = frozenset("say claim argue assert think believe assume conclude".split())

UNTIL = re.compile(
    r"^\W*(?:(?:and|but|so|of course),?\s)?(?:until|till|every time|each time|whenever|absent|failing|barring|пока|каждый раз|поки|доки|щоразу)\b[^;]*(?:,|--|—|–)\W*\Z",
    re.IGNORECASE,
)
WITHOUT = re.compile(
    r"\b(?:(?:without(?! (?:a |any )?(?:doubt|question|hesitation|exaggeration)\b)|без)\b[^,;]{3,90},|(?:absent|but for)\b[^,;]{3,90},?)\s*\Z",
    re.IGNORECASE,
)
"""A condition without an "if"; with a "would" in the match."""
CONTRASTED = re.compile(
    r"\b(?:unlike|in contrast to|as opposed to|instead of|rather than|gone are)\b[^.;:]*,? (?:when|where)\W*\Z",
    re.IGNORECASE,
)

EXCEPTED_BEHIND = re.compile(r"^\s*(?:,\s*)?(?:except|save|other than|short of)\b|^\s+but\b", re.IGNORECASE)
EXCEPTED = frozenset(
    "nothing anything none nobody nowhere anyone anybody anywhere everything everyone all little never ever ничего никто".split()
)
"""At the end of a match, one of these takes its exception along ("is nothing | but torture")."""

PARENTHESIS = re.compile(
    r",\s*(?:no matter|regardless|whatever|however|even if|including|as (?:i|we) (?:said|say)|as you know)\b[^,]*\Z",
    re.IGNORECASE,
)
COMPLETED_BEHIND = re.compile(
    r"^\s*,\s*(?:with|without|by|through|against|from|to|for|in|on|at|unless|until|except|if|but)\b", re.IGNORECASE
)
"""What goes on behind a parenthesis that ends a match: the clause was not whole ("respond to it, no matter how, | with force")."""

INVERTED_QUESTION = re.compile(
    r"\b(?:has|have|had|is|are|was|were|do|does|did|will|would|can|could|should|may|might)\W*\Z", re.IGNORECASE
)
"""Before a match in a question: the verb that made it one was cut off."""

STRANDED = frozenset("of to for with from by in at into the a an".split())
"""At the end of a match they want the words behind them."""

IMPOSSIBLE = frozenset("impossible unable unthinkable incapable inconceivable невозможно нельзя неможливо".split())

OTHERWISE = re.compile(
    r"(?:^\W*(?:and |but |because )?(?:otherwise|or else|failing that|if not|иначе|інакше)"
    r"|\b(?:on|under|in) (?:any|no) other (?:conditions?|terms|circumstances|case)|\b(?:until|till|as if|as though|как будто|будто|словно|ніби|наче|поки|доки))\W*\Z",
    re.IGNORECASE,
)
"""Right before the match: what would be, or what only seems to be."""

ASIDE = re.compile(
    r"^\s*(?:,\s*(?:which|who|whom|whose|as|especially|particularly)\b.*,|,\s*say\s*,|\(.*\)|[—–]\s.*[—–]|--.*--)\s*\Z",
    re.DOTALL,
)
"""Dropped words that are set apart on both sides: they govern nothing outside."""

TAG_BEHIND = re.compile(
    r",\s*(?:right|isn['’]t it|correct|okay|don['’]t you think|you know|да|правда)\W*\?\W*\Z", re.IGNORECASE
)
"""What asks for agreement behind a statement."""

_NARROWER = (
    r"\b(?:(?:as|so) far as (?:i|we) (?:know|can|am|are)|as (?:i|we) understand|in[- ]principle|in theory|on paper|per (?:capita|head)"
    r"|(?:in|under|at|on|with) (?:some|certain|exceptional|rare|limited|extreme|particular|specific|special) "
    r"(?:respects?|ways?|cases?|areas?|circumstances|conditions|instances|measure|parts|places|points|situations|occasions|exceptions|fields)"
    r"|in (?:many|most|several|various|a few) (?:respects|ways|cases|instances)"
    r"|to (?:some|a certain|a large|a great|a limited|a lesser|a considerable|a significant) (?:extent|degree)"
    r"|(?:at least )?for (?:the (?:moment|time being|present)|now)|in (?:large |some )?part|in large measure|for the most part|by and large"
    r"|more or less|as a (?:general )?rule|at (?:first sight|times)|from time to time"
    r"|во? (?:некоторых|многих|отдельных|ряде) (?:случа\w+|отношени\w+|област\w+)|пока что|в принципе|отчасти|на душу населения"
    r"|в (?:какой-то|некоторой|известной|определ[её]нной) (?:мере|степени))\b"
)
LIMITS = re.compile(
    rf"{_NARROWER}|\bon an? (?:\w+ ){{1,3}}basis\b|\bin (?:a|the|such a) (?:way|manner) that\b"
    r"|\bin (?:the|a|its|their|this|that) (?:\w+ ){1,2}sense\b|\bво? \w+ (?:\w+ )?смысле\b",
    re.IGNORECASE,
)
"""What limits how a word, a time or a place is meant; where an omission swallows it, more is said."""

LIMIT_BEHIND = re.compile(rf"^\s*,?\s*(?:(?:at least|but only|only|even if only|if only) )?{_NARROWER}", re.IGNORECASE)
"""Right behind a match, what makes it smaller ("are alike | in some respects")."""

_ADVERBS = (
    "often|sometimes|occasionally|usually|generally|mostly|largely|partly|partially|typically|normally|in general|frequently"
    "|часто|иногда|обычно|как правило|порой|часом|зазвичай|іноді"
)
_TERMS = (
    r"in (?:purely|strictly) \w+ terms|from (?:an?|the|this) (?:\w+ ){1,3}(?:point of view|standpoint|perspective)|(?:strictly|legally|technically) speaking"
    r"|formally|technically|theoretically|формально|теоретически|с точки зрения"
)
LIMITED_BEFORE = re.compile(
    rf"(?:^|[,;:—–]|\b(?:and|but|so|that))\s*(?:(?:and|but|so) )?(?:(?:{_ADVERBS}),?|(?:{_TERMS})\b[^,;:]{{0,50}},)\s*\Z",
    re.IGNORECASE,
)
"""Right before a match: it is said of some times or some cases only ("Often, | the banks …")."""

ALL = frozenset("all any every everyone everybody anyone anybody whoever все всех всем любой всі усі".split())
THOSE_BEHIND = re.compile(
    r"^\s*[,—–]\s*(?:(?:that is|i mean|namely),? )?(?:those|the ones) (?:who|that|which|of|from|in|with)\b",
    re.IGNORECASE,
)
"""Behind a match that speaks of all, the narrower circle that is meant ("all who come, | those who keep the law")."""

BUT_BEHIND = re.compile(
    r"^[\s”»\"’')]*[,;—–-]+\s*(?:but|yet|though|although|however|only|но|однако|хотя|але|проте)\b", re.IGNORECASE
)
"""The same sentence goes on by qualifying what was quoted."""

COULD_SAY = re.compile(
    r"\b(?:one|you|we|i|they|people|someone|somebody|some|it) (?:could|might|may|would)(?: (?:well|easily|perhaps|even|just|always))? "
    r"(?:say|think|argue|claim|suppose|object|ask|be (?:said|argued|tempted to (?:say|think)))(?:[,:]| that)?\W*\Z",
    re.IGNORECASE,
)
"""Right before a match: what could be said, and with a "but" behind it is not."""

CORRECTED_BEHIND = re.compile(
    r"^\s*(?:[,—–-]+\s*)?(?:or (?:rather|better|not (?:only|just|even|merely|quite|exactly|entirely)|at least|at any rate|to be (?:more )?(?:precise|exact))"
    r"|(?:или|либо) (?:не только|скорее|вернее|точнее|по крайней мере))\b"
    r"|^\s*,\s*or (?:\w+ ){1,3}?(?:has|have|is|are|was|were|will|would)\b",
    re.IGNORECASE,
)
"""Right behind a match: the speaker corrects it, or gives it as one of two ("have been redeemed, | or money has been set aside")."""

WHEN_BEHIND = re.compile(r"^\s+(?:only )?when\s+(?!it comes\b)(?!asked\b)", re.IGNORECASE)
"""Right behind a match that speaks of no past time, without a comma: a condition ("is safer | when history is on our side")."""

PRESENT = frozenset(
    "is are am do does don't doesn't isn't aren't can can't cannot will won't would should must it's that's i'll we'll they'll".split()
)
PAST = frozenset("was were had did been came went said told saw began became took made got used could".split())

PAST_BEFORE = re.compile(
    r"(?:^|\b(?:and|but|so)\s)\W*(?:(?:\w+ )?\w+ (?:days?|weeks?|months?|years?|decades?|centuries) (?:ago|earlier)|until (?:recently|then|now|\w+ (?:days|weeks|months|years) ago)"
    r"|in (?:those|earlier|former|the old|the past)(?: (?:days|times|years))?|back then|at one time|once|formerly|previously|at (?:that|the) time"
    r"|(?:\w+ )?\w+ (?:дней|дня|лет|года|месяц\w*) назад|раньше|прежде|когда-то|до недавнего времени|тогда|раніше|колись)\W*\Z",
    re.IGNORECASE,
)
"""What puts the match into a time that is over."""

QUALIFIED_NEXT = re.compile(
    r"[\s“«\"(]*(?:but|however|yet|nevertheless|nonetheless|unless|except|not (?:now|yet|any ?more|really|quite|exactly|always|all|today)|at least|or rather|on the other hand"
    r"|no, (?:seriously|of course)|(?:i am|i'm|i’m)(?: just| only)? (?:joking|kidding)|(?:just )?(?:joking|kidding)|laughter"
    r"|(?:this|that|which) (?:is|was)(?: not|n't|n’t) (?:true|so|the case)|но|однако|хотя|впрочем|не сейчас|але|проте|однак)\b",
    re.IGNORECASE,
)
"""How a sentence begins that qualifies the one before it."""
