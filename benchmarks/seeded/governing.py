"""Words that, left out of a quote, may govern what is left; wide on purpose, so that a fair cut is certainly fair."""

from __future__ import annotations

import re

from benchmarks.seeded.wording import content_words, word_count

FEWEST_WORDS = 6
FEWEST_CONTENT_WORDS = 4

ENGLISH = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|hardly|scarcely|barely|rarely|seldom|cannot|lack\w*|fail\w*|"
    r"refus\w+|den(?:y|ie[sd]|ying)|denial|prevent\w*|avoid\w*|stop\w*|against|oppos\w+|reject\w*|ban|banned|forbid\w*|"
    r"prohibit\w*|impossible|unable|unlikely|false\w*|wrong\w*|mistake\w*|myth|lie|lies|lying|error\w*|illusion\w*|"
    r"if|unless|whether|provid(?:ed|ing)|assum\w+|suppos\w+|otherwise|until|till|when\w*|once|while|as|because|before|"
    r"after|lest|since|though|although|however|but|yet|despite|nevertheless|instead|rather|except|whereas|even|still|"
    r"had we|what\w*|why|who\w*|how\w*|may|might|could|would|should|must|can|will|shall|ought|need\w*|have to|has to|"
    r"perhaps|maybe|possib\w+|probab\w+|likely|seem\w*|appear\w*|almost|nearly|allegedly|apparent\w*|reported\w*|presum\w+|"
    r"so|potential\w*|so-called|sa(?:y|ys|id|ying)|t(?:ell|ells|old)|claim\w*|argu\w+|alleg\w+|assert\w*|believ\w+|"
    r"belief\w*|think\w*|thought\w*|consider\w*|suggest\w*|report\w*|accord\w*|announc\w+|declar\w+|stat(?:e|es|ed|ing|ement)|"
    r"quot\w+|call\w*|ask\w*|hear\w*|read\w*|underst\w+|know\w*|knew|hop\w+|want\w*|wish\w*|fear\w*|expect\w*|intend\w*|"
    r"intention|plan\w*|propos\w+|promis\w+|pledg\w+|agree\w*|decid\w+|decision|demand\w*|urg\w+|request\w*|recommend\w*|"
    r"advi[sc]\w+|imagin\w+|dream\w*|pretend\w*|doubt\w*|question\w*|insist\w*|warn\w*|predict\w*|word\w*|idea\w*|notion\w*|"
    r"opinion\w*|view\w*|theor\w+|principle|case|event|circumstances|scenario|eyes|minds?|perspective|pray\w*|trust\w*|"
    r"all|some|most|man[y]|few|several|every\w*|each|any\w*|both|half|only|just|mere\w*|more|less|least|enough|too|than|"
    r"in order|let|like|for (?:them|him|her|those|people|others)|aim\w*|goal|seek\w*|attempt\w*|tr(?:y|ies|ied|ying)|"
    r"ensur\w+|guarantee\w*|mean[st]?|meant|invit\w+|convinc\w+|persuad\w+|accus\w+|blam\w+|critici\w+|condemn\w*|"
    r"unfortunately|hypothe\w+|rumou?r\w*|impression|wonder\w*|guess\w*|feel\w*|felt|sure|certain|confident|"
    r"impress\w*|remind\w*|admit\w*|stress\w*|emphasi\w+|note[sd]?|mention\w*|add(?:s|ed)|repl\w+|answer\w*|"
    r"see|sees|saw|seen|find|found|show\w*|prov\w+|recogni\w+|acknowledg\w+|conclu\w+|observ\w+|vision|desire\w*|"
    r"time has come|cease\w*|end(?:ed|s|ing)?|unacceptable|absurd|ridiculous|contrary|opposite|unlike|far from|"
    r"sometimes|often|usually|always|generally|largely|partly|mainly|mostly|virtually)\b|n[’']t\b|\?|^(?:had|were|should)\b|\bу\b",
    re.IGNORECASE,
)
RUSSIAN = re.compile(
    r"\b(?:не|ни|нет|без|нельзя|невозможно|никогда|никто|ничего|если|когда|пока|чтобы|что|как|ли|бы|или|либо|то|ведь|раз|"
    r"можно|може\w+|могу\w*|мог\w*|должн\w+|должен|надо|нужно|необходим\w+|стоит|следует|возможно|вероятно|наверное|видимо|"
    r"кажется|похоже|якобы|мол|дескать|говор\w+|сказ\w+|счита\w+|дума\w+|полага\w+|утвержда\w+|заяв\w+|сообщ\w+|отме\w+|"
    r"подчерк\w+|знае\w+|знаю\w*|зна\w+|понима\w+|понят\w+|вид\w+|слыш\w+|надею\w+|надеем\w+|хот\w+|хоч\w+|прос\w+|прош\w+|предл\w+|обещ\w+|"
    r"реш\w+|план\w+|собира\w+|долж\w+|увер\w+|убежд\w+|мнени\w+|слов\w+|иде\w+|верю|вер\w+|чувств\w+|кто|почему|зачем|где|куда|"
    r"сколько|все|всё|всех|всем|всего|весь|вся|некотор\w+|многи\w+|мало|больш\w+|меньш\w+|каждый|каждого|каждая|любой|любые|"
    r"любого|только|лишь|даже|хотя|но|однако|а|зато|кроме|вместо|несмотря|против|почти|около|примерно|более|менее|чем|"
    r"целях?|ради|так|такж\w*|пусть|пускай|давайте|для|отка\w+|запре\w+|прекра\w+|ошиб\w+|будто|словно|спрос\w+|вопрос\w*|"
    r"случа\w+|услови\w+|иначе|тогда|потому|поскольку|смысл\w*|значит|впечатлен\w+|опас\w+|боя\w+|рекоменд\w+|поруч\w+)\b|\?",
    re.IGNORECASE,
)
GOVERNING = {"en": ENGLISH, "ru": RUSSIAN}


def governs(left_out: str, language: str) -> bool:
    """Something in these words may negate, condition, question, hedge, report or limit their neighbours."""
    return bool(GOVERNING[language].search(left_out.strip()))


def is_plain(sentence: str) -> bool:
    """A statement without inner quotation and without a question: what may be cut."""
    return not re.search(r"[“”\"«»?]", sentence)


def is_enough(words: str) -> bool:
    """Enough words to stand alone, and to be recognised."""
    return word_count(words) >= FEWEST_WORDS and len(content_words(words)) >= FEWEST_CONTENT_WORDS
