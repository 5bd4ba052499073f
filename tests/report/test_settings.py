"""Where things are found, and the state of the database."""

import json

from hiringkit.report.render.text import render
from hiringkit.report.views.databases import database_report
from hiringkit.report.views.settings import settings_report

SETTINGS = [
    ("db", "/home/somebody/.local/share/hiringkit/hiringkit.db", "default"),
    ("lang", "en", "HIRINGKIT_LANG"),
    ("user", "", "default"),
]


def test_every_setting_has_its_value_in_full_and_its_source() -> None:
    assert render(settings_report(SETTINGS), width=60) == (
        "Where things are found\n"
        "======================\n"
        "\n"
        "Setting  From            Value\n"
        "-------  --------------  -----------------------------------\n"
        "db       default         /home/somebody/.local/share/hiringk\n"
        "                         it/hiringkit.db\n"
        "lang     HIRINGKIT_LANG  en\n"
        "user     default\n"
    )


def test_settings_as_json_are_looked_up_by_name() -> None:
    document = json.loads(render(settings_report(SETTINGS), "json"))
    assert document["settings"]["lang"] == {"value": "en", "source": "HIRINGKIT_LANG"}


def test_a_database_that_is_behind_says_what_to_do() -> None:
    report = database_report(address="/data/hiringkit.db", revision="0001", newest="0002", size=12_000)
    assert render(report) == (
        "Database\n"
        "========\n"
        "\n"
        "Database       /data/hiringkit.db\n"
        "Schema         0001\n"
        "Newest schema  0002\n"
        "State          needs an upgrade\n"
        "Size in bytes  12000\n"
        "Encrypted      no\n"
        "\n"
        "Bring it up to date: hiringkit db upgrade\n"
    )
    assert json.loads(render(report, "json"))["current"] is False


def test_a_database_that_is_up_to_date_asks_for_nothing() -> None:
    text = render(database_report(address="x", revision="0002", newest="0002"))
    assert "State          up to date\n" in text
    assert "upgrade" not in text
