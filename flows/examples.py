"""The fictional countries of the demo, and whether a store is free for them. Light to import."""

from __future__ import annotations

from assessments import paths
from assessments.errors import TanaError
from assessments.settings import Settings
from assessments.store import open_store

ROUND = "2026"


class OtherCountries(TanaError):
    """The store holds real work, which the demo must not stand beside."""


def example_countries() -> tuple[str, ...]:
    """The codes of the fictional countries that have answers."""
    return tuple(sorted(folder.name for folder in paths.EXAMPLES.iterdir() if folder.is_dir()))


def already_there(settings: Settings) -> bool:
    """True where every example country has a run already."""
    with open_store(settings) as store:
        opened = {item.iso3 for item in store.assessments() if item.round == ROUND}
        return all(
            code in opened and store.latest_run(code, ROUND) is not None
            for code in example_countries()
        )


def refuse_beside_real_work(settings: Settings) -> None:
    """Raises OtherCountries where the store holds countries that are no examples."""
    with open_store(settings) as store:
        opened = {item.iso3 for item in store.assessments()}
    others = sorted(opened - set(example_countries()))
    if others:
        raise OtherCountries(
            f"This store holds {', '.join(others)}; the demo would stand beside real work.",
            "Give it a store of its own: TANA_HOME=/some/other/folder tana demo",
        )
