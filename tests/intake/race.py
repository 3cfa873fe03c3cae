"""Many processes ingest at once: in each round all send the same workbook and one of their own.

Afterwards the store holds each workbook exactly once, with versions that count up without a gap,
and no process was shown an error.
"""

from __future__ import annotations

import multiprocessing
import os
import zipfile
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier as Gate
from pathlib import Path

from assessments.errors import TanaError
from assessments.intake import receive
from assessments.pack.model import Pack
from assessments.settings import Settings
from assessments.store import open_store

NUMBER = 987654  # stands in the sample workbook where each copy gets a number of its own
_PATIENCE = 600  # seconds that a process waits for the others


def copies(sample: Path, folder: Path, numbers: range) -> Iterator[Path]:
    """The sample workbook once for each number, with that number as an answer."""
    with zipfile.ZipFile(sample) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changing = [name for name, data in parts.items() if str(NUMBER).encode() in data]
    assert changing, "the sample does not hold the number"
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        path = folder / f"{number}.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, data in parts.items():
                new = data.replace(str(NUMBER).encode(), str(number).encode())
                archive.writestr(name, new if name in changing else data)
        yield path


def race(
    home: Path, address: str, pack: Pack, sample: Path, *, processes: int, rounds: int
) -> list[str]:
    """What did not hold, nothing where all did."""
    settings = Settings(home=home, database_url=address)
    folder = home.parent / f"files-{home.name}"
    shared = list(copies(sample, folder / "shared", range(rounds)))
    own = [
        list(copies(sample, folder / str(n), range(10_000 * (n + 1), 10_000 * (n + 1) + rounds)))
        for n in range(processes)
    ]
    with open_store(settings) as store:
        store.open_assessment(
            *("XAA", "2026", pack.id, pack.version, pack.digest), pack_folder=pack.folder
        )
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(processes)
    told = context.SimpleQueue()
    workers = [
        context.Process(target=_work, args=(settings, gate, told, shared, mine)) for mine in own
    ]
    for worker in workers:
        worker.start()
    shown = [line for _ in workers for line in told.get()]
    for worker in workers:
        worker.join(_PATIENCE)
    return shown + _faults(settings, rounds * (processes + 1), rounds, processes)


def _work(
    settings: Settings,
    gate: Gate,
    told: multiprocessing.SimpleQueue[list[str]],
    shared: list[Path],
    own: list[Path],
) -> None:
    shown: list[str] = []
    try:
        for number, (common, mine) in enumerate(zip(shared, own, strict=True)):
            gate.wait(_PATIENCE)
            order = (common, mine) if (number + os.getpid()) % 2 else (mine, common)
            for file in order:
                try:
                    with open_store(settings) as store:
                        receipt = receive(file, store)
                    shown += [str(item) for item in receipt.problems if receipt.exit_status]
                except TanaError as error:
                    shown.append(str(error))
    except BaseException as error:
        gate.abort()
        shown.append(f"untyped: {error!r}")
    finally:
        told.put(shown)


def _faults(settings: Settings, expected: int, rounds: int, processes: int) -> list[str]:
    with open_store(settings) as store:
        held = store.submissions("XAA", "2026", history=True)
        verified = store.verify()
        kept = len(store.originals.names())
    faults = []
    if len(held) != expected or len({item.workbook_sha256 for item in held}) != expected:
        faults.append(f"{len(held)} submissions, {expected} were sent ({rounds} x {processes}+1)")
    if [item.version for item in held] != list(range(1, expected + 1)):
        faults.append("versions do not count up")
    if kept != expected:
        faults.append(f"{kept} originals, {expected} were sent")
    return faults if verified.ok else [*faults, verified.first_fault]
