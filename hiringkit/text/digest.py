"""Digests by which a text is known again, to the letter."""

from hashlib import sha256


def digest_text(text: str) -> str:
    """Return `sha256:` and the hash of a text in UTF-8."""
    return "sha256:" + sha256(text.encode()).hexdigest()
