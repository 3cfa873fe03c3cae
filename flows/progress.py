"""What happens, as it happens: one line a step on standard error, never an answer in it."""

import logging

logger = logging.getLogger("tana")


def tell(text: str) -> None:
    """Say that a step is done. Texts name countries, rounds and counts only."""
    logger.info(text)


def warn(text: str) -> None:
    """Say what may be a slip; nothing if there is nothing to say."""
    if text:
        logger.warning(text)
