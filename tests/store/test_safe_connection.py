"""A server over the network: its name is proved by its certificate, or there is no connection."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.connection import connect
from outcome_tracker.store.location import Location, locate
from tests.cluster import OWNER, Cluster, make_cluster
from tests.programs import program

pytestmark = pytest.mark.postgresql
CERTIFICATE = "server.crt"
ONLY_SAFE = "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server that lets only encrypted connections in."""
    with tempfile.TemporaryDirectory(prefix="tls-") as name:
        folder = Path(name)
        key, certificate = folder / "server.key", folder / CERTIFICATE
        command = [program("openssl"), "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        names = ["-subj", "/CN=db.council.example", "-addext", "subjectAltName=DNS:db.council.example", "-days", "2"]
        files = ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run([*command, *names, *files], check=True, capture_output=True)
        settings = f"ssl = on\nssl_key_file = '{key}'\nssl_cert_file = '{certificate}'"
        if os.geteuid() == 0:
            import pwd

            os.chown(key, pwd.getpwnam("nobody").pw_uid, -1)
        made = make_cluster(folder, settings=settings, access=ONLY_SAFE)
        try:
            yield made
        finally:
            made.stop()


def over_the_network(server: Cluster, *, host: str = "db.council.example", mode: str = "verify-full") -> Location:
    """Return the address; the name leads to loopback as the council's name server would lead to the server."""
    root = f"sslrootcert={server.folder / CERTIFICATE}"
    login = f"{OWNER}:{OWNER}@{host}:{server.port}"
    return locate(f"postgresql://{login}/postgres?hostaddr=127.0.0.1&sslmode={mode}&{root}")


def refused(location: Location) -> str:
    with pytest.raises(Unavailable) as raised, connect(location):
        pass
    return str(raised.value)


def test_the_server_that_the_certificate_names_is_let_be_it(server: Cluster) -> None:
    with connect(over_the_network(server)) as opened:
        assert opened.rows("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") == [(True,)]


def test_another_server_with_that_certificate_is_not_taken_for_it(server: Cluster) -> None:
    location = over_the_network(server, host="db.other.example")
    assert refused(location) == (
        f'{location.shown} cannot be reached safely: server certificate for "db.council.example" does not match host '
        'name "db.other.example". Ask whoever looks after the database for the certificate, and name it with '
        "sslrootcert in the address."
    )


def test_a_certificate_that_is_not_there_is_named(server: Cluster) -> None:
    location = locate(over_the_network(server).address.replace(CERTIFICATE, "none.crt"))
    assert f'cannot be reached safely: root certificate file "{server.folder}/none.crt" does not exist' in refused(
        location
    )


def test_without_encryption_nobody_is_let_in(server: Cluster) -> None:
    assert "does not let you in: no pg_hba.conf entry for host" in refused(over_the_network(server, mode="disable"))
