"""Logins of a database server with the roles that they have."""

from collections.abc import Iterable

from hiringkit.domain.access import LoginGrant, LoginRole, Logins
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Notes, Report, Table, Tone, Word, plain
from hiringkit.report.words import day


def logins_report(found: Logins) -> Report:
    """Show who was granted which role."""
    mine = _("You are connected as {login}; an administrator is shown what others were granted, too.")
    nobody = _("Nobody was granted a role yet, so only the owner of the database gets in: hiringkit db grant")
    notes = (
        *(() if found.administers else (mine.format(login=found.login),)),
        *((nobody,) if found.administers and not found.grants else ()),
    )
    return Report(
        title=_("Who may see and do what"),
        blocks=(*((_table(found.grants),) if found.grants else ()), *((Notes(notes),) if notes else ())),
        document={
            "schema": "hiringkit/logins/1",
            "login": found.login,
            "administers": found.administers,
            "grants": [plain(each) for each in found.grants],
        },
    )


def granted_report(given: LoginGrant) -> Report:
    """Say what was granted."""
    return Report(title=_("Granted"), blocks=(_table([given]),), document=_document([given]))


def revoked_report(gone: Iterable[LoginGrant]) -> Report:
    """Say what was taken back."""
    gone = list(gone)
    return Report(title=_("Taken back"), blocks=(_table(gone),), document=_document(gone))


def _document(grants: Iterable[LoginGrant]) -> dict[str, object]:
    return {"schema": "hiringkit/login-grants/1", "grants": [plain(each) for each in grants]}


def _table(grants: Iterable[LoginGrant]) -> Table:
    columns = (
        Column("login", _("Login")),
        Column("role", _("Granted role")),
        Column("opening", _("Opening")),
        Column("interviewer", _("Interviewer")),
        Column("granted_at", _("Since")),
    )
    return Table(columns, tuple(_row(each) for each in grants))


def _row(given: LoginGrant) -> tuple[Cell, ...]:
    return (
        given.login,
        _role_word(given.role),
        given.opening or Word(_own_openings(given.role), Tone.QUIET),
        given.interviewer or Word("-", Tone.QUIET),
        Word(day(given.granted_at)),
    )


def _own_openings(role: LoginRole) -> str:
    return _("where they interview") if role in (LoginRole.INTERVIEWER, LoginRole.SERVER) else _("all")


def _role_word(role: LoginRole) -> str:
    return {
        LoginRole.INTERVIEWER: _("interviewer"),
        LoginRole.HIRING_MANAGER: _("hiring manager"),
        LoginRole.RECRUITER: _("recruiter"),
        LoginRole.ADMINISTRATOR: _("administrator"),
        LoginRole.SERVER: _("server"),
    }[role]
