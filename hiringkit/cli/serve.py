"""`hiringkit serve`."""

from typing import TYPE_CHECKING

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, now, settle_in, with_session
from hiringkit.errors import Refused
from hiringkit.locale import _, n_
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from hiringkit.web.room import Terminal
    from hiringkit.web.site import Site

ALONE_HINT = Sentence("leave out --bind, --public-url and --insecure-lan")
bind_option = option(
    "--bind", metavar="HOST:PORT", default="127.0.0.1:8080", show_default=True, help=n_("Where to listen.")
)
public_url_option = option(
    "--public-url", metavar="URL", help=n_("What browsers call it where a proxy with HTTPS stands before it.")
)
insecure_lan_option = option(
    "--insecure-lan",
    is_flag=True,
    help=n_("Let other machines reach it without HTTPS: whoever shares the network can read everything."),
)


@click.command(
    "serve",
    cls=Command,
    help=n_(
        "Serve the room in a browser: interviewers hold their interviews there, each signed in by a personal link"
        " (hiringkit interviewer link). Only this machine can reach it unless --bind says otherwise."
    ),
    examples=[
        "hiringkit serve",
        "hiringkit serve --bind 127.0.0.1:8080 --public-url https://interviews.example.org",
        "hiringkit serve --bind 192.168.1.20:8080 --insecure-lan",
        "hiringkit serve --self",
    ],
)
@option(
    "--self",
    "for_oneself",
    is_flag=True,
    help=n_("Assess yourself and practise in a browser: no database, nobody else, this machine only."),
)
@bind_option
@public_url_option
@insecure_lan_option
@with_session
def command(session: Session, for_oneself: bool, bind: str, public_url: str | None, insecure_lan: bool) -> None:
    """Serve until interrupted."""
    serve_room(session, bind, public_url, insecure_lan=insecure_lan, for_oneself=for_oneself)


def serve_room(
    session: Session,
    bind: str,
    public_url: str | None,
    *,
    insecure_lan: bool,
    for_oneself: bool = False,
    terminal: "Terminal | None" = None,
) -> None:
    """Serve the room in a browser until interrupted.

    Args:
        session: The command's.
        bind: Where to listen.
        public_url: What browsers call it behind a proxy.
        insecure_lan: Whether other machines may reach it without HTTPS.
        for_oneself: Whether it is for self-assessment and practice, with no database.
        terminal: Starts the terminal room, where interviews are held in that.

    Raises:
        HiringKitError: It cannot listen there.
        Refused: A package is missing.
        UsageProblem: The address is none, or one that others can reach without HTTPS.
    """
    import secrets

    from hiringkit.actions.links import serve_at
    from hiringkit.cli.failures import keep_crash
    from hiringkit.errors import HiringKitError
    from hiringkit.settings import data_folder

    try:
        from hiringkit.web.app import make_app
        from hiringkit.web.own_place import OwnPlace
        from hiringkit.web.room import Room
        from hiringkit.web.server import run
        from hiringkit.web.site import read_site
        from hiringkit.web.visit import terminal_files
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"starlette", "uvicorn", "wsproto"}:
            raise
        raise Refused("the server needs the packages of the extra `web`", hint='pip install "hiringkit[web]"') from None
    if terminal is not None and not terminal_files():
        raise Refused("the terminal in a browser needs textual-serve", hint='pip install "hiringkit[web]"')
    site = (
        _own_site(bind, public_url, insecure_lan)
        if for_oneself
        else read_site(bind, public_url, insecure_lan=insecure_lan)
    )
    key, store, own = secrets.token_urlsafe(32), None, None
    if for_oneself:
        folder = data_folder()
        own = OwnPlace(session.library, folder / "self", folder / "practice", key)
    else:
        store = session.store()
        key = serve_at(store, site.address, fresh_key=key)

    def on_bug(error: BaseException) -> None:
        session.note(_("a bug in hiringkit, crash log: {path}").format(path=keep_crash(error, ["serve"])))

    room = Room(
        store,
        site,
        now,
        key,
        session.language,
        lambda: secrets.token_urlsafe(32),
        on_bug,
        own=own,
        terminal=terminal,
    )
    address = f"{site.address}/own/{own.key}" if own else site.address

    def started() -> None:
        session.note(_("Serving at {address}; stop with Ctrl+C.").format(address=address))
        if insecure_lan:
            session.note(_("Not encrypted: whoever shares the network can read everything that is sent."))

    settle_in()
    try:
        run(make_app(room), site, started)
    except OSError as error:
        raise HiringKitError(
            _("cannot listen at {bind}: {reason}").format(bind=bind, reason=error.strerror),
            hint=n_("another program may listen there: choose another port with --bind"),
        ) from None


def _own_site(bind: str, public_url: str | None, insecure_lan: bool) -> "Site":
    """Read where to listen for one person alone; otherwise as `read_site`."""
    from hiringkit.errors import UsageProblem
    from hiringkit.web.site import read_site

    if public_url or insecure_lan:
        raise UsageProblem("what is for yourself is served to this machine alone", hint=ALONE_HINT)
    try:
        return read_site(bind)
    except UsageProblem as error:
        raise UsageProblem(error.message, hint=ALONE_HINT) from None
