"""Delete an assessment wherever tana keeps it: store, originals, runs, reports, inbox, Prefect."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from assessments.intake.checked import checked_name
from assessments.settings import Settings, read_settings
from assessments.store import Deletion, open_store
from flows.inbox import files_of, to_send_back


def delete_assessment(iso3: str, round_: str, *, by: str, reason: str) -> Deletion:
    """Delete all answers of an assessment; one audit entry stays.

    What lies outside the home folder and the inbox is named in `left`, not touched. Raises
    UnknownRound where it was never opened, Mistake without a name or a reason.
    """
    settings = read_settings()
    with open_store(settings) as store:
        returned = [one.file_name for one in store.submissions(iso3, round_, history=True)]
        held = store.originals.names()
        gone = store.delete_assessment(iso3, round_, by=by, reason=reason)
        digests = held - store.originals.names()  # not of files that serve another assessment too
    # also of runs that ended before anything of them was recorded
    shutil.rmtree(settings.runs / f"{iso3}_{round_}", ignore_errors=True)
    copies = _empty_inbox(settings, digests, {checked_name(Path(name)) for name in returned})
    _forget_artifacts(settings, iso3, round_)
    return gone.model_copy(update={"copies": copies})


def _empty_inbox(settings: Settings, digests: set[str], checked: set[str]) -> int:
    """Remove what the inbox still holds of these files and of the copies made of them."""
    found = [
        path
        for path in files_of(settings.inbox_folder)
        if hashlib.sha256(path.read_bytes()).hexdigest() in digests
    ]
    found += [path for path in to_send_back(settings.inbox_folder) if path.name in checked]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _forget_artifacts(settings: Settings, iso3: str, round_: str) -> None:
    """Remove the run's story from Prefect's page; it holds no answer, but levels and counts."""
    here = (settings.prefect / "prefect.db").is_file()
    if not (here or settings.prefect_database_url or settings.prefect_api_url):
        return
    from flows.prefect_home import settle_prefect
    from flows.prefect_server import start_server

    settle_prefect(settings)
    start_server(settings.prefect)()
    from flows.run_story import forget_story

    forget_story(iso3, round_)
