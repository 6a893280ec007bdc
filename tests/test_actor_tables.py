"""Every table of actors that ships passes its check, and the check finds what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from legation.grounding.tables import FOLDER

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))

import check_actors


def test_every_shipped_table_passes(capsys):
    assert check_actors.main([]) == 0
    assert "0 errors" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("table", "row", "reason"),
    [
        ("state_kinds.csv", "duchy,form,LUX;XYZ", "no state has the code 'XYZ'"),
        ("namesakes.csv", "Moons,South Zembla", "no table has the name 'South Zembla'"),
        ("state_kinds.csv", "kingdom,form,SAU", "stands already in line"),
    ],
)
def test_an_error_names_the_line_and_the_reason(tmp_path, capsys, table, row, reason):
    path = tmp_path / table
    path.write_text((FOLDER / table).read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    assert check_actors.main([str(path)]) == 1
    said = capsys.readouterr().err
    assert reason in said
    assert f"line {len(path.read_text(encoding='utf-8').splitlines())}:" in said


def test_a_small_table_without_its_columns_is_one_clear_error(tmp_path, capsys):
    path = tmp_path / "namesakes.csv"
    path.write_text("word,country\nKoreas,KOR\n", encoding="utf-8")
    assert check_actors.main([str(path)]) == 1
    assert "the column 'name' is missing" in capsys.readouterr().err
