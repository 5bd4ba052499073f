"""JSON written again and again: for digests, of which an import makes half a million."""

import json
from collections.abc import Callable


def json_writer(encoder: json.JSONEncoder) -> Callable[[object], str]:
    """Return what writes JSON as an encoder does.

    The encoder makes its inner one anew for each text, which takes as long as to write a short one. What is written
    must not hold itself.
    """
    quoted = json.encoder.encode_basestring_ascii if encoder.ensure_ascii else json.encoder.encode_basestring
    pieces = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
        None,
        encoder.default,
        quoted,
        None,
        encoder.key_separator,
        encoder.item_separator,
        encoder.sort_keys,
        encoder.skipkeys,
        encoder.allow_nan,
    )

    def write(content: object) -> str:
        return "".join(pieces(content, 0))

    return write
