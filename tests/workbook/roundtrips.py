"""`make roundtrips`: the long form of what the tests of round trips try in a sample.

2,000 generated answer sets filled and read; 200 of them through LibreOffice, as xlsx and through
ods; every deed in LibreOffice, in every language, as xlsx and from ods. Prints its figures; the
exit status is 1 where anything came back changed and unsaid.

    python tests/workbook/roundtrips.py                         all of it
    python tests/workbook/roundtrips.py --only sets --sets 500
    python tests/workbook/roundtrips.py --only deeds --write    docs/round-trips.md anew
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.workbook import deeds
from tests.workbook.conftest import small_pack
from tests.workbook.generated import LANGUAGES, trips
from tests.workbook.office import Office, missing, office


def main() -> int:
    """Run what was asked for; 1 where anything was read wrongly."""
    asked = argparse.ArgumentParser(description="Round trips of questionnaires, at full length.")
    asked.add_argument("--sets", type=int, default=2000, help="generated answer sets")
    asked.add_argument("--through-office", type=int, default=200, help="of them, by LibreOffice")
    asked.add_argument("--only", choices=["sets", "office", "deeds"])
    asked.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    asked.add_argument(
        "--write", action="store_true", help="write the table of docs/round-trips.md"
    )
    given = asked.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        if given.only in (None, "sets"):
            broken += _sets(folder, given.sets, None)
        if given.only == "sets":
            return int(broken > 0)
        if missing():
            print(f"LibreOffice left out: {missing()}")
            return int(broken > 0)
        with office() as running:
            if given.only in (None, "office"):
                broken += _sets(folder, given.through_office, running)
            if given.only in (None, "deeds"):
                broken += _deeds(folder, running, given.languages, write=given.write)
    return int(broken > 0)


def _sets(folder: Path, number: int, running: Office | None) -> int:
    began = time.perf_counter()
    wrong: list[str] = []
    refused = answers = 0
    for done in trips(range(number), small_pack(), folder, running):
        refused += done.refused
        answers += done.answers
        wrong += done.wrong
        for fault in done.wrong:
            print(fault, flush=True)
    how = "through LibreOffice" if running else "filled and read"
    print(
        f"{number} answer sets {how}, {answers} answers, {refused} sets refused when filled in "
        f"because a cell cannot keep an entry: {len(wrong)} differ "
        f"({time.perf_counter() - began:.0f} s)",
        flush=True,
    )
    return len(wrong)


def _deeds(folder: Path, running: Office, languages: Sequence[str], *, write: bool) -> int:
    began = time.perf_counter()
    outcomes: dict[str, deeds.Outcome] = {}
    wrong: list[str] = []
    for language in languages:
        desk = deeds.Desk(small_pack(), language, folder, running)
        for deed in deeds.DEEDS:
            for kind in ("xlsx", "ods"):
                outcome = desk.outcome(deed, kind)
                wrong += [f"{language} {kind} {deed}: {fault}" for fault in outcome.wrong]
                first = outcomes.setdefault(deed, outcome)
                if outcome.said != first.said:
                    wrong.append(f"{language} {kind} {deed}: {outcome.said}, not {first.said}")
    for fault in wrong:
        print(fault, flush=True)
    tally = Counter(outcome.kind for outcome in outcomes.values())
    print(
        f"{len(outcomes)} deeds x {len(languages)} languages x 2 formats {dict(tally)}: "
        f"{len(wrong)} wrong ({time.perf_counter() - began:.0f} s)"
    )
    if write and not wrong:
        deeds.write_table(outcomes)
    elif any(deeds.committed().get(deed) != outcome.said for deed, outcome in outcomes.items()):
        print("docs/round-trips.md is not what was found; write it anew with --only deeds --write")
        return 1
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
