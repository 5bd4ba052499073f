"""The audit log: its events, its head, and what a check of it found."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hiringkit.domain.audit import AuditEntry, AuditHead, AuditVerdict
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word, plain
from hiringkit.report.words import moment, zoned

IDS = ("opening", "candidate", "interviewer", "interview", "question")
"""Kinds of subjects that have a column of their own in CSV."""


def log_report(entries: Sequence[AuditEntry]) -> Report:
    """List events, oldest first."""
    columns = (
        Column("sequence", _("No.")),
        Column("at", zoned(_("When"))),
        Column("actor", _("Who"), wrap=True),
        Column("via", _("With")),
        Column("action", _("What")),
        Column("subject", _("Of what"), wrap=True),
        Column("detail", _("Details"), wrap=True),
    )
    rows = tuple(_row(entry) for entry in entries)
    return Report(
        title=_("Audit log"),
        blocks=(Table(columns, rows, empty=_("Nothing was done, or nothing of what was asked for.")),),
        document={"schema": "hiringkit/audit-log/1", "events": [plain(entry) for entry in entries]},
        data=lambda: _data(entries),
    )


def head_report(head: AuditHead) -> Report:
    """Show the last event's number and hash."""
    return Report(
        title=_("Head of the audit log"),
        blocks=(Facts(((_("Events"), Number(head.sequence, 0)), (_("Head"), Word(head.noted)))),),
        document={
            "schema": "hiringkit/audit-head/1",
            "sequence": head.sequence,
            "hash": head.hash,
            "head": head.noted,
        },
    )


def verdict_report(verdict: AuditVerdict) -> Report:
    """Say that a log is as it was written."""
    state = (_("State"), Word(_("as it was written"), Tone.GOOD))
    facts: tuple[tuple[str, Cell], ...] = (
        state,
        (_("Events"), Number(verdict.head.sequence, 0)),
        (_("Head"), Word(verdict.head.noted)),
    )
    limits = _("Events that were cut off the end show only with --head and a head that was noted before.")
    return Report(
        title=_("Check of the audit log"),
        blocks=(Facts(facts), Notes((limits,))),
        document={
            "schema": "hiringkit/audit-check/1",
            "whole": True,
            "events": verdict.head.sequence,
            "head": verdict.head.noted,
            "findings": [],
        },
    )


def _row(entry: AuditEntry) -> tuple[Cell, ...]:
    # the interview's id names opening and candidate too
    shown = [each for each in entry.subject.items() if "interview" not in entry.subject or each[0] not in IDS[:2]]
    return (
        Number(entry.sequence, 0),
        Word(moment(entry.at)),
        entry.actor or "-",
        entry.via or "-",
        Word(entry.action),
        ", ".join(f"{kind} {identity}" for kind, identity in shown),
        Word(_("hidden"), Tone.QUIET) if entry.detail is None else _details(entry.detail),
    )


def _details(detail: Mapping[str, Any]) -> str:
    return "; ".join(f"{key}: {_value(value)}" for key, value in detail.items())


def _value(value: Any) -> str:
    match value:
        case {"from": before, "to": after}:
            return _("{before} → {after}").format(before=_value(before) or "-", after=_value(after) or "-")
        case dict():
            return _details(value)
        case list():
            return ", ".join(map(_value, value))
        case None:
            return ""
    return str(value)


def _data(entries: Sequence[AuditEntry]) -> Table:
    names = ("sequence", "at", "actor", "action", *IDS, "detail", "via")
    rows: list[tuple[Cell, ...]] = [
        (
            Number(entry.sequence, 0),
            entry.at.isoformat(),
            entry.actor,
            entry.action,
            *(entry.subject.get(kind, "") for kind in IDS),
            "" if entry.detail is None else json.dumps(entry.detail, ensure_ascii=False, sort_keys=True),
            entry.via,
        )
        for entry in entries
    ]
    return Table(tuple(Column(name, name) for name in names), tuple(rows))
