"""The cluster that the tests of the hub stand on is a real one: it syncs, asks who comes, survives a kill."""

from __future__ import annotations

import psycopg
import pytest

from tests.hub.cluster import Cluster


def test_the_cluster_syncs_and_checks_its_pages(cluster: Cluster) -> None:
    with cluster.as_owner() as owner:
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
            assert owner.execute("SELECT current_setting(%s)", (setting,)).fetchone() == ("on",), setting


def test_nobody_comes_in_over_the_network_without_tls_and_a_password(cluster: Cluster) -> None:
    plain = cluster.address("postgres", "postgres").replace("verify-full", "disable")
    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
        psycopg.connect(plain)
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(cluster.address("postgres", "postgres"))


def test_what_was_committed_is_there_after_a_kill(cluster: Cluster) -> None:
    with cluster.as_owner() as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS number")
    cluster.kill()
    cluster.start()
    with cluster.as_owner() as owner:
        assert owner.execute("SELECT number FROM kept").fetchone() == (7,)
        owner.execute("DROP TABLE kept")
