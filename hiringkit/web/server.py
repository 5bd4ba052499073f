"""The server that speaks HTTP."""

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from hiringkit.web.guard import LARGEST_BODY
from hiringkit.web.site import Site


class _Server(uvicorn.Server):
    """Tells when it is ready."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell so."""
        await super().startup(sockets)
        if self.started:
            self._tell_started()


def run(app: ASGIApp, site: Site, started: Callable[[], None]) -> None:
    """Serve until interrupted.

    Args:
        app: What answers.
        site: Where to listen.
        started: Called once requests are taken.

    Raises:
        OSError: It cannot listen there.
    """
    family = socket.AF_INET6 if ":" in site.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    with listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((site.host, site.port))
        # who asks for which page is nobody's business: there is no log of it
        config = uvicorn.Config(
            app,
            access_log=False,
            log_level="critical",
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=5,
            limit_concurrency=1000,
            ws="wsproto",
            ws_max_size=LARGEST_BODY,
        )
        _Server(config, started).run(sockets=[listening])
