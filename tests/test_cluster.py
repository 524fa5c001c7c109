"""Many patients on a Dask cluster of two real workers, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

import careplan
from careplan.stay.scale.shards import PATIENTS_OF_A_PART, expand_to
from tests.test_scale import SMALL, enrolments, patients_in

pytestmark = pytest.mark.slow


def test_two_workers_write_the_same_parts_and_one_may_die(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    from careplan.stay.scale.cluster import expand_on

    number = 16 * PATIENTS_OF_A_PART + 5
    plan, table = careplan.loads(SMALL), enrolments(tmp_path, number)
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    )
    with cluster, distributed.Client(cluster) as client:
        pids = list(client.run(os.getpid).values())
        killed = threading.Event()

        def kill_one() -> None:
            until = time.monotonic() + 60
            while not list((tmp_path / "out").glob("part-*.parquet")) and time.monotonic() < until:
                time.sleep(0.01)
            os.kill(pids[0], signal.SIGKILL)
            killed.set()

        threading.Thread(target=kill_one).start()
        done = expand_on(client, plan, str(table), str(tmp_path / "out"), zone="UTC")
        assert killed.wait(60)
    assert done.parts == 17
    expand_to(plan, table, tmp_path / "local", zone="UTC")
    for path in sorted((tmp_path / "local").glob("part-*.parquet")):
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()
    counts = patients_in(tmp_path / "out")
    assert len(counts) == number
    assert set(counts.values()) == {8}
