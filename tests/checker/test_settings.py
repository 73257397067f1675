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


@pytest.mark.parametrize(
    ("written", "because"),
    [
        ("*", "no wildcards"), ("https://*.paper.example", "no wildcards"), ("null", "no origin"), ("cms.paper.example", "no origin"),
        ("https://cms.paper.example/", "no slash"), ("https://cms.paper.example/editor", "nothing behind it"),
        ("https://CMS.paper.example", "small letters"), ("https://a:b@cms.paper.example", "no origin"), ("ftp://cms.paper.example", "http or https"),
        ("https://цмс.example", "no origin"), ("https://cms.paper.example:443", "leave out port 443"), ("http://cms:80", "leave out port 80"),
        ("http://cms:0", "no origin"), ("http://cms:70000", "no origin"), ("https://one.example https://two.example", "no origin"),
    ],
)  # fmt: skip
def test_an_origin_that_no_browser_sends_is_refused_by_name(written: str, because: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"ONRECORD_ORIGINS": f"https://fine.example, {written}"})
    said = str(refused.value)
    assert "ONRECORD_ORIGINS" in said and repr(written) in said and because in said and "such as https://" in said
