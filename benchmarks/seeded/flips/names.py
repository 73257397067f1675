"""Another name: a country, people, city, organisation, month, weekday, region or person of the same sort."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.edits import Edits, agreeing
from benchmarks.seeded.people import unlike

CANDIDATES = {
    "country": """Russia Ukraine Belarus Kazakhstan Armenia Azerbaijan Kyrgyzstan Tajikistan Uzbekistan Turkmenistan
    Moldova Latvia Lithuania Estonia Poland Germany France Italy Spain Portugal Austria Hungary Serbia Bulgaria Romania
    Greece Turkey Syria Iran Iraq Israel Egypt Libya Algeria Morocco Tunisia Sudan Ethiopia Nigeria China Japan India
    Pakistan Afghanistan Mongolia Vietnam Indonesia Malaysia Singapore Thailand Brazil Argentina Mexico Cuba Venezuela
    Canada Finland Sweden Norway Denmark Switzerland Belgium Qatar Kuwait Bahrain Slovakia Slovenia Croatia""",
    "people": """Russian Ukrainian Belarusian Armenian German French Italian Spanish Austrian Hungarian Serbian
    Bulgarian Greek Turkish Syrian Iranian Iraqi Israeli Egyptian Chinese Japanese Indian Mongolian Vietnamese
    Brazilian Mexican Cuban Canadian Finnish Swedish Norwegian Danish Swiss American British Polish""",
    "city": """Moscow Kazan Samara Sochi Vladivostok Khabarovsk Yekaterinburg Novosibirsk Omsk Tomsk Irkutsk Yakutsk
    Magadan Murmansk Arkhangelsk Kaliningrad Smolensk Voronezh Rostov Volgograd Saratov Perm Tyumen Ufa Chelyabinsk
    Sevastopol Simferopol Kerch Kiev Minsk Astana Yerevan Baku Bishkek Dushanbe Tashkent Berlin Paris London Vienna
    Rome Madrid Beijing Shanghai Tokyo Delhi Ankara Istanbul Damascus Aleppo Palmyra Tehran Baghdad Cairo Brussels
    Geneva Helsinki Warsaw Prague Budapest Belgrade Athens Washington Leningrad Norilsk Tula Kaluga""",
    "organisation": """Gazprom Rosneft Lukoil Novatek Sberbank VTB Rosatom Roscosmos Rostec Rosneftegaz Transneft
    Aeroflot Rosnano Rostelecom Rosgeologia Siemens Boeing Airbus Yandex NATO BRICS OPEC WTO UNESCO OSCE CSTO WADA
    FIFA IMF Interpol Skolkovo Rosstat Rospotrebnadzor Rosfinmonitoring""",
    "month": """January February March April May June July August September October November December""",
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
    r"United States of America|March of|New Delhi|Washington D|Washington State|Rio de|Latin|Central|Turkey red|"
    r"(?:Central|South|North|East|West|Eastern|Western|Northern|Southern|Latin|Asia|Minor|Indo) (?:\w+ )?(?:Africa|America|Asia|Europe|Germany|Sudan|Vietnam|China)|"
    r"Organi[sz]ation of \w+|(?:American|African|European) (?:Samoa|Union|Unity|States))\b"
)


SURNAMES = """Putin Medvedev Lavrov Obama Bush Clinton Trump Reagan Carter Nixon Kennedy Eisenhower Truman Sarkozy Macron
    Hollande Erdogan Lukashenko Nazarbayev Poroshenko Zelenskyy Netanyahu Assad Karzai Maliki Mubarak Berlusconi Blair
    Cameron Thatcher Gorbachev Yeltsin Khrushchev Brezhnev Nehru Nasser Castro Mandela Annan Hammarskjold McCain Romney
    Boehner Cheney Rumsfeld Geithner Gibbs Carney Lincoln Jefferson Madison Monroe Jackson Roosevelt Wilson""".split()
TITLED = re.compile(r"\b(?:Mr\.?|President|Senator|Secretary|Minister|Governor|Congressman|Chancellor)$")
DATED = re.compile(
    r"\b(?:in|of|last|next|this|since|until|by|from|on|early|late|mid|to|and|\d{1,2}(?:st|nd|rd|th)?) ?$"
)
POOLS = {sort: text.split() for sort, text in CANDIDATES.items()}
SORT_OF = {name: sort for sort, names in POOLS.items() for name in names}


def another(word: str, pool: list[str], text: str, start: int, rng: random.Random) -> str | None:
    """Another name of the pool, not in the text, fitting its article, and no spelling of the same name."""
    fitting = [new for new in pool if new not in text and unlike(new, word) and agreeing(text, start, new)]
    return rng.choice(fitting) if fitting else None


def person_pool(text: str, start: int, word: str) -> list[str]:
    """Surnames for a surname after a title or a given name; none for other words."""
    before = text[:start].rstrip()
    given = (before.split() or [""])[-1] in GIVEN_NAMES
    return SURNAMES if word in SURNAMES and (given or TITLED.search(before)) else []


def sort_of(text: str, start: int, word: str) -> str | None:
    """Country, city, month, person ..., or None for what is no name of these lists."""
    if person_pool(text, start, word):
        return "person"
    sort = SORT_OF.get(word)
    dated = DATED.search(text[:start]) or re.match(r",? \d", text[start + len(word) :])
    return None if sort == "month" and not dated else sort


def name_changes(text: str, rng: random.Random) -> Iterator[Edits]:
    """Each name of the lists for another of its sort."""
    fixed = [found.span() for found in NOT_A_NAME.finditer(text)]
    for found in re.finditer(r"\b[A-Z]\w+", text):
        word, (start, end) = found.group(), found.span()
        if (
            any(a <= start < b for a, b in fixed)
            or re.search(r"[\w\-–/\[]$", text[:start])
            or text[end : end + 1] == "-"
        ):
            continue
        sort = sort_of(text, start, word)
        new = another(word, SURNAMES if sort == "person" else POOLS.get(sort or "", []), text, start, rng)
        if new:
            yield ((start, end, new),)
