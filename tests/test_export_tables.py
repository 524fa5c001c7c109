"""Occurrences as CSV, Parquet and Arrow, read back by others."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from dated_plans import EXAMPLES, stay

from careplan.export.dated import csv_text
from careplan.export.dated.arrow import arrow_bytes, arrow_table
from careplan.export.dated.columns import COLUMNS

duckdb = pytest.importorskip("duckdb")  # of the extra `dev`, as all of these
frictionless = pytest.importorskip("frictionless")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")

FRICTIONLESS = {"datetime": {"type": "datetime", "format": "any"}}
SCHEMA = {
    "fields": [
        {
            "name": c.name,
            **FRICTIONLESS.get(c.kind, {"type": c.kind}),
            **({"constraints": {"required": True}} if c.required else {}),
        }
        for c in COLUMNS
    ],
    "primaryKey": ["uid"],
}


def problems(text: str, tmp_path: Path) -> list[list[object]]:
    """What frictionless finds wrong with a CSV text, as row, field and kind of error."""
    (tmp_path / "stay.csv").write_text(text, "utf-8", newline="")
    resource = frictionless.Resource(
        path="stay.csv", basepath=str(tmp_path), schema=frictionless.Schema.from_descriptor(SCHEMA)
    )
    return resource.validate().flatten(["rowNumber", "fieldName", "type"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_frictionless_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    found = stay(name).found
    text = csv_text(found)
    assert problems(text, tmp_path) == []
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["uid"] for row in rows] == [each.uid for each in found]


def test_frictionless_finds_a_wrong_date(tmp_path: Path) -> None:
    text = csv_text(stay().found).replace("2026-03-02", "2026-13-02", 1)
    assert problems(text, tmp_path) == [[2, "date", "type-error"]]


def test_csv_has_crlf_line_ends_and_quotes_what_needs_it() -> None:
    text = csv_text(stay().found)
    assert text.count("\r\n") == text.count("\n") == len(stay().found) + 1
    assert ",true," in text
    assert "None" not in text


def test_every_column_of_an_occurrence_is_in_the_table() -> None:
    assert {column.name for column in COLUMNS} == set(stay().found[0].to_dict())


@pytest.mark.parametrize("name", EXAMPLES)
def test_polars_and_duckdb_read_the_same_from_parquet(name: str, tmp_path: Path) -> None:
    found = stay(name).found
    path = tmp_path / "stay.parquet"
    path.write_bytes(arrow_bytes(found, "parquet"))
    frame = pl.read_parquet(path)
    assert frame["uid"].to_list() == [each.uid for each in found]
    assert frame["date"].to_list() == [each.date for each in found]
    assert frame["start"].to_list() == [each.start for each in found]  # the same instants, in the same zone
    by_kind = dict(frame.group_by("kind").len().iter_rows())
    query = f"select kind, count(*) from read_parquet('{path}') group by kind"
    assert dict(duckdb.sql(query).fetchall()) == by_kind
    minutes = sum(each.clinical_minutes or 0 for each in found)
    assert duckdb.sql(f"select coalesce(sum(clinical_minutes), 0) from '{path}'").fetchall() == [(minutes,)]


def test_arrow_file_holds_the_same_table() -> None:
    found = stay().found
    read = pa.ipc.open_file(arrow_bytes(found, "arrow")).read_all()
    assert read.equals(arrow_table(found))
    assert not read.schema.field("uid").nullable


def test_no_stay_at_all_is_an_empty_table() -> None:
    assert csv_text([]).count("\r\n") == 1
    assert arrow_table([]).num_rows == 0


def test_the_documentation_has_every_column() -> None:
    text = (Path(__file__).parents[1] / "docs/exports.md").read_text("utf-8")
    for c in COLUMNS:
        assert f"| `{c.name}` | {c.kind} | {'yes' if c.required else ''} | {c.says} |\n" in text
