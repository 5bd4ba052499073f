"""Where the server listens and is found, and what a browser may send it from."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from attrs import frozen

from hiringkit.errors import UsageProblem
from hiringkit.text.sentence import Sentence

_HTTP, _HTTPS = 80, 443
NO_BIND = Sentence("{bind!r} is no address to listen at")
BIND_HINT = Sentence("such as --bind 127.0.0.1:8080")
NOT_LOOPBACK = Sentence("{host} can be reached from other machines")
NOT_LOOPBACK_HINT = Sentence(
    "behind a proxy that speaks HTTPS: --public-url https://… (docs/panel.md has it for Caddy and nginx);"
    " in a network where everybody may read everything that is sent: --insecure-lan"
)
NO_URL = Sentence("{url!r} is no address of a server")
URL_HINT = Sentence("https:// and a name, with nothing behind it: --public-url https://interviews.example.org")
EVERY_ADDRESS = Sentence("{host} is every address of this machine, and pages need one that browsers know")


@frozen
class Site:
    """Where the server is found."""

    host: str
    """What it listens at."""
    port: int
    address: str
    """What people's browsers call it: scheme, host and, where it is not the usual one, port."""
    origins: frozenset[str]
    """Every such address that is its own."""
    secure: bool
    """Whether browsers reach it by HTTPS."""

    @property
    def hosts(self) -> frozenset[str]:
        """What a request's Host may be."""
        return frozenset(origin.partition("://")[2] for origin in self.origins)

    @property
    def trustworthy(self) -> bool:
        """Whether browsers take it for safe from listeners: by HTTPS, or on the machine itself."""
        return self.secure or self.host == "localhost" or ip_address(self.host).is_loopback

    @property
    def reachable(self) -> bool:
        """Whether browsers on other machines find it."""
        return self.secure or not self.trustworthy

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds a login."""
        return "__Host-hiringkit" if self.secure else "hiringkit"


def read_site(bind: str, public_url: str | None = None, *, insecure_lan: bool = False) -> Site:
    """Read where to listen and where the server is found.

    Args:
        bind: Host and port.
        public_url: Its address where a proxy stands before it; `https://`.
        insecure_lan: Whether it may be reached from other machines without a proxy.

    Raises:
        UsageProblem: One of them makes no sense, or others could reach it although nobody said so.
    """
    host, port = _host_and_port(bind)
    loopback = host == "localhost" or ip_address(host).is_loopback
    if public_url is not None:
        address = _public(public_url)
        return Site(host, port, address, frozenset({address}), secure=True)
    if not loopback and not insecure_lan:
        raise UsageProblem(NOT_LOOPBACK.format(host=host), hint=NOT_LOOPBACK_HINT)
    if not loopback and ip_address(host).is_unspecified:
        raise UsageProblem(EVERY_ADDRESS.format(host=host), hint="such as --bind 192.168.1.20:8080 --insecure-lan")
    names = [host, *(each for each in ("localhost", "127.0.0.1") if loopback and each != host)]
    origins = [_origin("http", name, port) for name in names]
    return Site(host, port, origins[0], frozenset(origins), secure=False)


def _host_and_port(bind: str) -> tuple[str, int]:
    wrong = UsageProblem(NO_BIND.format(bind=bind), hint=BIND_HINT)
    try:
        parts = urlsplit(f"//{bind}")
        host, port = parts.hostname or "", parts.port
        if host != "localhost":
            ip_address(host)
    except ValueError:
        raise wrong from None
    if port is None or parts.netloc != bind:
        raise wrong
    return host, port


def _public(url: str) -> str:
    wrong = UsageProblem(NO_URL.format(url=url), hint=URL_HINT)
    try:
        parts = urlsplit(url)
        port = parts.port or _HTTPS
    except ValueError:
        raise wrong from None
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.path not in ("", "/") or parts.query:
        raise wrong
    return _origin("https", parts.hostname, port)


def _origin(scheme: str, host: str, port: int) -> str:
    """Write an address as browsers do: without the usual port."""
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}" if port == {"http": _HTTP, "https": _HTTPS}[scheme] else f"{scheme}://{name}:{port}"
