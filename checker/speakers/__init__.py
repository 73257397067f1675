"""The speaker register: whether the one who is said to have spoken is the one whose turn it is.

Names are compared by their words across scripts (`names.py`); offices, institutions and states come from a table
(`register.toml`, and an editor's own file beside it, `table.py`); who speaks in the corpus, and when, fills it up
(`people.py`). `register.py` asks all of them; `roles.py` tells labels that name nobody.
"""

from checker.speakers.names import GENERATIONS, name_words, plain_name, same_name, surname_of
from checker.speakers.people import filled
from checker.speakers.register import Bearing, Register
from checker.speakers.roles import is_role
from checker.speakers.table import load_register

__all__ = [
    "GENERATIONS",
    "Bearing",
    "Register",
    "filled",
    "is_role",
    "load_register",
    "name_words",
    "plain_name",
    "same_name",
    "surname_of",
]
