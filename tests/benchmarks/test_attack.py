"""The command that repeats the attack, with tiny numbers; and that it tells what failed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from attack import Attack, Row
from index import Encoder

ATTACK = Path(__file__).with_name("attack.py")
FEW = "--kills 2 --sequences 1 --damages 3 --requests 20 --mutants 5 --questions 12 --seconds 120"


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform != "linux", reason="kills by signal, and reads /proc")
def test_every_section_runs_and_nothing_fails():
    done = subprocess.run(
        [sys.executable, str(ATTACK), *FEW.split()], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = re.findall(r"^\S.*?  +(\d+) +(\d+) +\d+", done.stdout, re.MULTILINE)
    assert len(rows) == 7
    assert all(int(count) and not int(failed) for count, failed in rows)


def test_search_files_that_are_not_healed_are_counted(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("index.snapshot.mend", lambda *_args, **_named: None)
    row = Row("damaged search files healed", 2)
    Attack(tmp_path, encoder, 60).damages(row)
    assert row.done == len(row.failed) == 1


def test_a_section_begins_nothing_new_when_its_time_is_over(tmp_path: Path, encoder: Encoder):
    row = Row("edit sequences equal to a rebuild", 100)
    Attack(tmp_path, encoder, 0).sequences(row)
    assert (row.done, row.failed) == (0, [])
