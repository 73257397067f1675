"""Settings: defaults, environment, and errors that name the variable."""

from __future__ import annotations

import pytest

from checker.errors import SettingsError
from checker.settings import DEFAULTS, load_settings


def test_without_variables_the_defaults_hold() -> None:
    assert load_settings({}) == DEFAULTS


def test_a_variable_changes_its_setting() -> None:
    settings = load_settings({"ONRECORD_CORPUS": "elsewhere", "ONRECORD_STATEMENTS": "5", "ONRECORD_PROFILE": "strict"})
    assert (settings.corpus, settings.statements, settings.profile) == ("elsewhere", 5, "strict")


@pytest.mark.parametrize(
    ("name", "value"),
    [("ONRECORD_STATEMENTS", "many"), ("ONRECORD_STATEMENTS", "0"), ("ONRECORD_PROFILE", "lenient")],
)
def test_a_bad_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings({name: value})
