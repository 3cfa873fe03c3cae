"""An ingest as one would write it in an afternoon: it has to fail where tana's own does not."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert

from assessments.pack.load import load_pack
from assessments.store import Store
from assessments.store.digest import STORED, answer_row
from assessments.store.tables import ANSWER, SUBMISSION
from assessments.workbook.read import read_workbook


def naive(file: Path, store: Store) -> object:
    """Check, then insert, row by row, each committed."""
    with store.database.reading() as connection:
        known = len(list(connection.execute(SUBMISSION.select())))
        row = connection.execute(SUBMISSION.select()).mappings().first()
        assert row is not None
    folder = store.assessments()[0].pack_folder
    reading = read_workbook(file, load_pack(folder))
    values = {**row, "version": known + 1, "workbook_sha256": reading.sha256}
    del values["id"]
    with store.database.writing() as connection:
        made = connection.execute(insert(SUBMISSION).values(values).returning(SUBMISSION.c.id))
        number = made.scalar_one()
    for place, answer in enumerate(reading.answers):
        with store.database.writing() as connection:
            connection.execute(
                insert(ANSWER).values(
                    submission_id=number,
                    **dict(zip(STORED, answer_row(answer, place), strict=True)),
                )
            )
    return reading
