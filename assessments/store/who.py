"""Who acts: no entry of the audit trail is nobody's."""

from __future__ import annotations

import getpass


def named(by: str) -> str:
    """The name given, or that of the account of the machine."""
    if by.strip():
        return by.strip()
    try:
        return f"account {getpass.getuser()}"
    except (OSError, KeyError):  # a user without a name, as in some containers
        return "account without a name"
