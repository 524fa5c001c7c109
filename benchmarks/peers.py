"""What other engines do with the same enrolments: one process each, started by the benchmarks.

python benchmarks/peers.py ENGINE HOW ENROLMENTS TABLE OUT

ENGINE is polars or duckdb. HOW is `own`: TABLE holds the plan's rows by weekday of admission (in days and
minutes), and the engine works out dates and Universal Time with its own time zones; or `given`: TABLE holds
the finished rows of every first day and zone, and the engine only joins. Both write Parquet with lz4.
"""

from __future__ import annotations

import sys
from pathlib import Path


def polars_own(enrolments: str, table: str, out: str) -> None:
    import polars as pl

    people = pl.scan_parquet(enrolments).with_columns(weekday=pl.col("start").dt.weekday() - 1)
    zones = pl.scan_parquet(enrolments).select("zone").unique().collect()["zone"].to_list()
    rows = people.join(pl.scan_parquet(table), on="weekday")
    wall = (
        pl.col("start").cast(pl.Datetime("ms")) + pl.duration(days="offset") + pl.duration(minutes="minute")
    )
    parts = [
        rows.filter(pl.col("zone") == zone).select(
            "patient",
            "line",
            "visit",
            "number",
            date=pl.col("start") + pl.duration(days="offset"),
            start=wall.dt.replace_time_zone(
                zone, non_existent="null", ambiguous="earliest"
            ).dt.convert_time_zone("UTC"),
        )
        for zone in zones
    ]
    pl.concat(parts).sink_parquet(out, compression="lz4")


def polars_given(enrolments: str, table: str, out: str) -> None:
    import polars as pl

    people, rows = pl.scan_parquet(enrolments), pl.scan_parquet(table)
    joined = people.join(rows, on=["start", "zone"])
    joined.select("patient", "line", "visit", "number", "date", "instant").sink_parquet(
        out, compression="lz4"
    )


def duckdb_own(enrolments: str, table: str, out: str) -> None:
    import duckdb

    duckdb.sql(f"""
        copy (
          select patient, line, visit, number, (start + "offset"::int)::date as date,
                 timezone(zone, start + to_days("offset"::int) + to_minutes(minute)) as start
          from '{enrolments}' p join '{table}' t on t.weekday = isodow(p.start) - 1
        ) to '{out}' (format parquet, compression lz4)
    """)


def duckdb_given(enrolments: str, table: str, out: str) -> None:
    import duckdb

    duckdb.sql(f"""
        copy (
          select patient, line, visit, number, date, instant
          from '{enrolments}' p join '{table}' t on t.start = p.start and t.zone = p.zone
        ) to '{out}' (format parquet, compression lz4)
    """)


if __name__ == "__main__":
    engine, how, *paths = sys.argv[1:]
    Path(paths[-1]).unlink(missing_ok=True)
    globals()[f"{engine}_{how}"](*paths)
