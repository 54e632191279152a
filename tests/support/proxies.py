"""The proxies that the shipped configurations are for, as Debian packs them, without a service.

They lie in the virtual environment where this machine has none of its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.places import ROOT

UNPACKED = ROOT / ".venv" / "proxies"
SHIPPED = ROOT / "docs" / "deploy"
#: Where a distribution puts each.
INSTALLED = {"nginx": "/usr/sbin/nginx", "caddy": "/usr/bin/caddy"}
#: The name that the shipped configurations give as an example.
EXAMPLE = "ready.example.org"


def find_proxy(name: str) -> str | None:
    """The program, or None where there is none: named in the environment, installed or unpacked."""
    named = os.environ.get(name.upper())
    known = [named, INSTALLED[name], f"{UNPACKED}{INSTALLED[name]}", shutil.which(name)]
    return next((found for found in known if found and os.access(found, os.X_OK)), None)


@dataclass(frozen=True)
class Places:
    """Where a proxy listens, and where the processes behind it do."""

    http: int
    https: int
    behind: tuple[int, int]


def shipped(file: str, changes: Mapping[str, str]) -> str:
    """A shipped configuration with other names, ports and files in it.

    Raises:
        AssertionError: what is to be changed does not stand there.
    """
    text = (SHIPPED / file).read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, f"{file} does not say {old!r} any more"
        text = text.replace(old, new)
    return text


def certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """A certificate that signs itself, and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names = [x509.DNSName(name), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "fullchain.pem", folder / "privkey.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, private


def behind(places: Places) -> dict[str, str]:
    """The two processes in place of those of the example."""
    return {f"127.0.0.1:{8501 + n}": f"127.0.0.1:{port}" for n, port in enumerate(places.behind)}


def nginx_configured(folder: Path, places: Places, chain: Path, key: Path) -> list[str]:
    """The shipped site within a configuration that needs no rights. Returns what starts it."""
    site = shipped(
        "nginx-site.conf",
        behind(places)
        | {
            f"/etc/letsencrypt/live/{EXAMPLE}/fullchain.pem": str(chain),
            f"/etc/letsencrypt/live/{EXAMPLE}/privkey.pem": str(key),
            "listen 80;": f"listen 127.0.0.1:{places.http};",
            "listen 443 ssl;": f"listen 127.0.0.1:{places.https} ssl;",
            # Not every machine that tests has addresses of version 6.
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl;\n": "",
            f"server_name {EXAMPLE};": "server_name localhost;",
        },
    )
    (folder / "site.conf").write_text(site, encoding="utf-8")
    temporary = "\n".join(
        f"  {kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off;\nworker_processes 2;\npid {folder}/nginx.pid;\nerror_log stderr crit;\n"
        f"events {{ worker_connections 512; }}\nhttp {{\n{temporary}\n  include {folder}/site.conf;"
        "\n}\n",
        encoding="utf-8",
    )
    return ["-p", str(folder), "-c", str(main), "-e", "stderr"]


def caddy_configured(folder: Path, places: Places, chain: Path, key: Path) -> list[str]:
    """The shipped file with ports and a certificate of its own. Returns what starts it."""
    site = shipped(
        "Caddyfile",
        behind(places) | {f"{EXAMPLE} {{": f"localhost {{\n\ttls {chain} {key}"},
    )
    ports = f"{{\n\tadmin off\n\thttp_port {places.http}\n\thttps_port {places.https}\n}}\n"
    file = folder / "Caddyfile"
    file.write_text(ports + site, encoding="utf-8")
    return ["run", "--adapter", "caddyfile", "--config", str(file)]


CONFIGURED = {"nginx": nginx_configured, "caddy": caddy_configured}


@contextmanager
def running_proxy(name: str, folder: Path, places: Places) -> Iterator[Path]:
    """Start a proxy in front of two processes. Gives the certificate to trust.

    Raises:
        RuntimeError: it did not start; with what it said.
    """
    program = find_proxy(name)
    assert program, f"{name} is missing: python tests/support/install_proxies.py gets it"
    folder.mkdir(parents=True, exist_ok=True)
    chain, key = certificate(folder)
    arguments = CONFIGURED[name](folder, places, chain, key)
    log = folder / f"{name}.log"
    homes = {n: str(folder) for n in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with log.open("w", encoding="utf-8") as writing:
        running = subprocess.Popen(
            [program, *arguments], stdout=writing, stderr=writing, env=os.environ | homes
        )
    try:
        wait_for_port(places.https, running, log)
        yield chain
    finally:
        running.terminate()
        running.wait(timeout=20)


def wait_for_port(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a program listens.

    Raises:
        RuntimeError: it ended, or does not listen within ten seconds.
    """
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if running.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError(log.read_text(encoding="utf-8"))
