"""Sentences that wait for their reader: English as strings, in the language that is spoken when they are told."""

from __future__ import annotations

import json

from checker.tongue import Message, Tongue, is_told, speaking, together, told, worded
from checker.types import Warning

WORDS = {
    "%(share)s of %(all)s": "%(share)s из %(all)s",
    "this speaker": "это лицо",
    "Here %(who)s speaks.": "Тут %(who)s.",
}
RUSSIAN = Tongue("ru", lambda message: WORDS.get(message, message))


def test_a_message_is_english_as_a_string_whatever_is_spoken() -> None:
    message = worded("%(share)s of %(all)s", share="9%", all=18204)
    with speaking(RUSSIAN):
        assert (str(message), f"{message}") == ("9% of 18,204", "9% of 18,204")
        assert told(message) == "9% из 18\u00a0204"


def test_messages_stand_in_messages_and_one_after_another() -> None:
    inside = worded("Here %(who)s speaks.", who=worded("this speaker"))
    both = together([inside, inside])
    assert str(both) == "Here this speaker speaks. Here this speaker speaks."
    with speaking(RUSSIAN):
        assert told(both) == "Тут это лицо. Тут это лицо." and is_told(both)


def test_what_the_language_does_not_have_is_known_as_such() -> None:
    unknown = worded("Nobody translated this.")
    with speaking(RUSSIAN):
        assert told(unknown) == "Nobody translated this."
        assert not is_told(unknown) and not is_told(worded("Here %(who)s speaks.", who=unknown))
    assert is_told(unknown)


def test_per_cent_signs_and_names_of_others_are_no_values() -> None:
    assert str(Message("100 % sure")) == "100 % sure"
    assert str(worded("Here %(who)s speaks.", who="%(all)s %")) == "Here %(all)s % speaks."


def test_the_same_thing_said_twice_is_one() -> None:
    twice = [Warning("near", worded("Look at %(what)s.", what="it")) for _ in range(2)]
    assert len(dict.fromkeys(twice)) == 1 and json.dumps(str(twice[0].says)) == '"Look at it."'
