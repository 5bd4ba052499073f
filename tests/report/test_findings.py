"""Findings as editors, people and programs read them."""

import json

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.report.render.text import render
from hiringkit.report.views.findings import findings_report
from hiringkit.report.words import finding_sentence

FINDINGS = [
    Finding(
        Code.WEIGHT_NOT_POSITIVE,
        "expected a number above 0, found -1",
        hint='did you drop "forecasting"?',
        path="$.criteria",
        location=Location("rubrics/x.yaml", 41, 7),
    ),
    Finding(Code.TRANSLATION_MISSING, "no Chinese text", Severity.WARNING, path="$.title"),
]


def test_each_is_one_line_that_an_editor_can_jump_to() -> None:
    assert render(findings_report(FINDINGS, title="Check", checked=["rubrics"]), width=40) == (
        "Check\n"
        "=====\n"
        "\n"
        "rubrics/x.yaml:41:7: error weight-not-positive $.criteria: expected a number above 0, found -1 "
        '(hint: did you drop "forecasting"?)\n'
        "warning translation-missing $.title: no Chinese text\n"
        "\n"
        "Errors 1, warnings 1, remarks 0.\n"
    )


def test_without_any_it_says_so() -> None:
    assert render(findings_report([], checked=["a.yaml"])) == "No problems found.\n"
    assert render(findings_report([], checked=["a.yaml", "b.yaml"])) == "No problems found in 2 files.\n"


def test_as_csv_they_have_their_parts_apart() -> None:
    assert render(findings_report(FINDINGS), "csv") == (
        "file,line,column,severity,code,path,message,hint\n"
        'rubrics/x.yaml,41,7,error,weight-not-positive,$.criteria,"expected a number above 0, found -1",'
        '"did you drop ""forecasting""?"\n'
        ",,,warning,translation-missing,$.title,no Chinese text,\n"
    )


def test_as_json_they_are_counted() -> None:
    document = json.loads(render(findings_report(FINDINGS, checked=["rubrics"]), "json"))
    assert document["schema"] == "hiringkit/findings/1"
    assert document["checked"] == ["rubrics"]
    assert document["counts"] == {"error": 1, "warning": 1, "info": 0}
    assert document["findings"][0]["line"] == 41


def test_in_a_sentence_the_place_comes_first_and_the_remedy_last() -> None:
    assert finding_sentence(FINDINGS[0]) == (
        'rubrics/x.yaml:41:7: Error: expected a number above 0, found -1 (hint: did you drop "forecasting"?)'
    )
    assert finding_sentence(FINDINGS[1]) == "Warning: no Chinese text"
    assert finding_sentence(Finding(Code.NO_SCORE, "just to know", Severity.INFO)) == "just to know"
