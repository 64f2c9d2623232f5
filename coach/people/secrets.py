"""Secrets in links and cookies: told once, kept as a hash."""

import hashlib
import secrets

_CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike on paper
CODE_LENGTH = 8  # about 40 bits


def new_secret() -> tuple[str, str]:
    """A secret of 256 bits and its hash."""
    secret = secrets.token_urlsafe(32)
    return secret, hashed(secret)


def hashed(secret: str) -> str:
    """What is kept of a secret. It is random, so one round is enough; a password never comes here."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def new_code() -> str:
    """A code that can be read out in a classroom."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(CODE_LENGTH))


def code_of(typed: str) -> str:
    """A code as it was typed, with spaces, hyphens and small letters made good."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())
