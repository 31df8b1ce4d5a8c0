"""A real PostgreSQL of this machine's own package, in a folder that is thrown away: on loopback only.

It syncs as a server does that people's cases lie on, takes connections from elsewhere with TLS and a password
only, and can be killed and started again while it is in use.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kiosk.sitting.lifeline import end_with
from tests.hub.free_port import free_port

if TYPE_CHECKING:
    import psycopg

SUPERUSER = "postgres"
_READY = "database system is ready to accept"
"""Connections, or read-only ones where it follows another."""
_PATIENCE_S = 120.0
"""How long a slow machine may take over a start or an end. Nothing waits for it to pass."""

_WHO_MAY_COME_IN = f"""\
local    all  {SUPERUSER}               trust
local    all  all                       scram-sha-256
local    replication  {SUPERUSER}       trust
hostssl  all  all         127.0.0.1/32  scram-sha-256
"""

_SETTINGS = """\
fsync = on
full_page_writes = on
max_connections = 120
shared_buffers = 32MB
logging_collector = off
lc_messages = C
timezone = UTC
ssl = on
ssl_cert_file = 'server.pem'
ssl_key_file = 'server.key'
ssl_ca_file = 'clients.pem'
"""


def programs() -> Path | None:
    """Where initdb and postgres lie: the newest of Debian's places, else beside what the path finds."""
    newest = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3].partition(".")[0])
    )
    found = newest[-1] if newest else Path(shutil.which("initdb") or "/nonexistent").resolve()
    return found.parent if found.with_name("postgres").exists() else None


def _whom_it_runs_as() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


@dataclass
class Cluster:
    """`authority` is the certificate to trust when somebody comes over TLS to `host`:`port`."""

    folder: Path
    bin: Path
    port: int = field(default_factory=free_port)
    host: str = "127.0.0.1"
    said: list[str] = field(default_factory=list)
    """What the server wrote into its log."""
    _more: threading.Condition = field(default_factory=threading.Condition)
    _server: subprocess.Popen[str] | None = None
    _reader: threading.Thread | None = None

    @property
    def authority(self) -> Path:
        return self.folder / "authority.pem"

    @property
    def files(self) -> Path:
        return self.folder / "cases"

    def address(self, database: str, role: str) -> str:
        """As a kiosk or a desk comes in: over TLS, with its password from elsewhere (`passfile`)."""
        return f"postgresql://{role}@{self.host}:{self.port}/{database}?sslmode=verify-full&sslrootcert={self.authority}"

    def owner_address(self, database: str = "postgres") -> str:
        """As the one who looks after the database: through the socket in its folder, as the superuser."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.folder}&port={self.port}"

    def as_owner(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        import psycopg

        return psycopg.connect(self.owner_address(database), autocommit=True)

    def make(self) -> None:
        """The files of a new cluster. Syncing them is for later: nothing in them is worth anything yet."""
        self._certificates()
        self._hand_over()
        self._run("initdb", "--no-sync", "--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8",
                  f"--username={SUPERUSER}", "--auth=trust", "--pgdata", str(self.files))  # fmt: skip
        for name in ("server.pem", "server.key", "clients.pem"):
            shutil.move(self.folder / name, self.files / name)
        (self.files / "pg_hba.conf").write_text(_WHO_MAY_COME_IN)
        self.set(_SETTINGS)
        self._set_place()

    def set(self, lines: str) -> None:
        """Settings that hold from its next start; the last word counts."""
        with (self.files / "postgresql.conf").open("a") as settings:
            settings.write(lines)

    def follower(self, name: str) -> Cluster:
        """Another server that has all of this one's data and follows it; not started yet."""
        other = Cluster(_new_folder(), self.bin)
        other._hand_over()
        whence = f"host={self.folder} port={self.port} user={SUPERUSER} application_name={name}"
        other._run("pg_basebackup", "--dbname", whence, "--pgdata", str(other.files),
                   "--write-recovery-conf", "--checkpoint=fast", "--no-sync")  # fmt: skip
        other._set_place()
        other.set("synchronous_standby_names = ''\n")
        return other

    def lead(self) -> None:
        """Follow no longer: from now on this is the one that is written to."""
        self._run(
            "pg_ctl", "promote", "--wait", "--timeout", str(int(_PATIENCE_S)), "--pgdata", str(self.files)
        )

    def start(self) -> None:
        """Returns when it takes connections; also after a kill, when it has mended what was half written."""
        up = threading.Event()
        self._server = self._popen(
            [str(self.bin / "postgres"), "-D", str(self.files)], stderr=subprocess.PIPE
        )
        assert self._server.stderr is not None
        self._reader = threading.Thread(target=self._listen, args=(self._server.stderr, up), daemon=True)
        self._reader.start()
        assert up.wait(_PATIENCE_S), self.said[-20:]
        assert self._server.poll() is None, self.said[-20:]

    def stop(self) -> None:
        """In order: who is connected is sent away, all is written."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """At once and without a checkpoint, as when it crashes: the next start has to recover."""
        self._end(signal.SIGQUIT)

    @property
    def runs(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def throw_away(self) -> None:
        if self.runs:
            self.kill()
        shutil.rmtree(self.folder)

    def wait_until_said(self, words: str) -> None:
        """Until a line of the log has these words: it arrives a little after what it tells of."""
        with self._more:
            assert self._more.wait_for(lambda: any(words in line for line in self.said), _PATIENCE_S)

    def _end(self, how: signal.Signals) -> None:
        assert self._server is not None and self._reader is not None
        self._server.send_signal(how)
        self._server.wait(_PATIENCE_S)
        self._reader.join(_PATIENCE_S)  # its last child has let go of the log
        self._server = None

    def _listen(self, log: IO[str], up: threading.Event) -> None:
        with log:
            for line in log:
                with self._more:
                    self.said.append(line.rstrip("\n"))
                    self._more.notify_all()
                if _READY in line:
                    up.set()
        up.set()  # it ended: whoever waits for it looks and says so

    def _hand_over(self) -> None:
        """The folder to whom the server runs as; others may pass on to the authority's certificate."""
        whom = _whom_it_runs_as()
        self.folder.chmod(0o711)
        if whom is not None:
            os.chown(self.folder, whom.pw_uid, whom.pw_gid)

    def _set_place(self) -> None:
        self.set(f"listen_addresses = '{self.host}'\nport = {self.port}\n")
        self.set(f"unix_socket_directories = '{self.folder}'\n")

    def _certificates(self) -> None:
        import trustme

        authority = trustme.CA()
        server = authority.issue_cert(self.host)
        authority.cert_pem.write_to_path(self.authority)
        authority.cert_pem.write_to_path(self.folder / "clients.pem")
        server.private_key_pem.write_to_path(self.folder / "server.key")
        for pem in server.cert_chain_pems:
            pem.write_to_path(self.folder / "server.pem", append=True)
        whom = _whom_it_runs_as()
        for name in ("server.pem", "server.key", "clients.pem"):
            (self.folder / name).chmod(0o600)
            if whom is not None:
                os.chown(self.folder / name, whom.pw_uid, whom.pw_gid)

    def _run(self, program: str, *arguments: str) -> None:
        made = self._popen(
            [str(self.bin / program), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        said, _ = made.communicate(timeout=_PATIENCE_S)
        assert made.returncode == 0, said

    def _popen(
        self, words: list[str], *, stdout: int | None = None, stderr: int | None = None
    ) -> subprocess.Popen[str]:
        whom = _whom_it_runs_as()
        return subprocess.Popen(
            words,
            text=True,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            user=None if whom is None else whom.pw_uid,
            group=None if whom is None else whom.pw_gid,
            extra_groups=None if whom is None else [],
            # A test run that is killed takes its server with it.
            preexec_fn=partial(end_with, os.getpid()),  # noqa: PLW1509
        )


def _new_folder() -> Path:
    """Not the test's own: its path may be too long for a socket and closed to another user.

    Named for this process; what a run left that was killed goes with the next one.
    """
    for left in Path("/tmp").glob("hub-*-*"):
        owner = left.name.split("-")[1]
        if owner.isdigit() and not Path("/proc", owner).exists():
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"hub-{os.getpid()}-", dir="/tmp"))


def new_cluster() -> Cluster | str:
    """A running cluster, else what this machine lacks for one."""
    found = programs()
    if found is None:
        return "no PostgreSQL server on this machine (Debian: postgresql)"
    if sys.platform != "linux":
        return "the cluster of these tests is started on Linux only"
    cluster = Cluster(_new_folder(), found)
    try:
        cluster.make()
        cluster.start()
    except BaseException:
        cluster.throw_away()
        raise
    return cluster
