"""Logins of a database server, and the roles that they were granted."""

from datetime import datetime
from enum import StrEnum

from attrs import frozen


class LoginRole(StrEnum):
    """What a login may see and do."""

    INTERVIEWER = "interviewer"
    """Rates in interviews of their own; sees what others submitted about a candidate once their own scorecard is in."""
    HIRING_MANAGER = "hiring-manager"
    """Sees what is submitted and leads decisions."""
    RECRUITER = "recruiter"
    """Sees what is submitted, plans, and changes everything but ratings."""
    ADMINISTRATOR = "administrator"
    """Sees and does everything, grants roles, checks the audit log and erases."""
    SERVER = "server"
    """Serves the pages in the browser, with the rights of the interviewer who is signed in."""


@frozen
class LoginGrant:
    """A role that a login was granted."""

    login: str
    """The name of the role on the database server."""
    role: LoginRole
    opening: str | None
    """The only opening that it is for; None for all of them."""
    interviewer: str | None
    """The id of the interviewer that the login is; None where it is none."""
    granted_at: datetime
    """UTC."""
    granted_by: str
    """May be empty."""


@frozen
class Logins:
    """Who may connect, and as what."""

    login: str
    """Who asks."""
    administers: bool
    """Whether that is an administrator, who is shown all grants and not only their own."""
    grants: tuple[LoginGrant, ...]
