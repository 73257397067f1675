"""One content word changed for its opposite or for something else."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.edits import Edits, agreeing, is_alone, like_case

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


def pairs_of_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for pair in CONTENT.split():
        one, _, other = pair.partition("/" if "/" in pair else ">")
        words.setdefault(one, other)
        if "/" in pair:
            words.setdefault(other, one)
    return words


OTHER_CONTENT = pairs_of_words()


def content_changes(text: str, rng: random.Random) -> Iterator[Edits]:
    fixed = [found.span() for found in FIXED_CONTENT.finditer(text)]
    for found in re.finditer(r"\b[A-Za-z]+\b", text):
        word, (start, end) = found.group(), found.span()
        new = OTHER_CONTENT.get(word if start else word.casefold())
        inside = any(a <= start < b for a, b in fixed)
        if new and not inside and is_alone(text, start, end) and agreeing(text, start, new):
            yield ((start, end, like_case(new, word)),)
