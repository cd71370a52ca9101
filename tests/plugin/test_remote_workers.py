"""Workers elsewhere: another interpreter, another host, any number of them; verdicts and measurements are the same."""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.plugin._running import ROOT, Ran, environment, run

WRONG = ("tests.plugin.honest:Wrong",)
VALUE = "conformance.laws.test_value"
FEW = ("-q", "-k", "relu.value or linear.no-bias or view.value")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """What a run in one process finds."""
    return run(tmp_path_factory.mktemp("alone"), *FEW, backends=WRONG, where=VALUE)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A worker's host that is reached by a socket, in a folder of its own: its address."""
    address = f"127.0.0.1:{free_port()}"
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    program = [sys.executable, "-u", "-m", "execnet.script.socketserver", address]
    with subprocess.Popen(
        program, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Entering Accept loop" in line:
                break
        yield address
        process.kill()


@pytest.fixture
def ssh(tmp_path: Path) -> Iterator[str]:
    """An sshd on this machine that lets nobody in but with a key made for it: the file that tells ssh how."""
    sshd, keygen = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin"), shutil.which("ssh-keygen")
    if sshd is None or keygen is None or shutil.which("ssh") is None:
        pytest.skip("ssh, ssh-keygen and sshd (Debian: openssh-server) are not all here")
    host, mine, port = tmp_path / "host", tmp_path / "mine", free_port()
    for key in (host, mine):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    config = tmp_path / "config"
    config.write_text(
        f"Host machine\n HostName 127.0.0.1\n Port {port}\n User {getpass.getuser()}\n IdentityFile {mine}\n"
        " IdentitiesOnly yes\n BatchMode yes\n LogLevel ERROR\n"
        " StrictHostKeyChecking no\n UserKnownHostsFile /dev/null\n",
        encoding="utf-8",
    )
    options = [f"Port={port}", "ListenAddress=127.0.0.1", f"HostKey={host}", f"AuthorizedKeysFile={mine}.pub"]
    options += ["StrictModes=no", "UsePAM=no", "PasswordAuthentication=no", f"PidFile={tmp_path / 'pid'}"]
    command = [sshd, "-D", "-e", "-f", "/dev/null", *(part for option in options for part in ("-o", option))]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        if "Server listening" not in said:
            process.kill()
            pytest.skip(f"sshd does not start here: {said.strip()}")
        yield str(config)
        process.kill()


def told(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**result, "seconds": 0, "host": None} for result in results]


def test_four_workers_find_what_one_process_does(tmp_path: Path, alone: Ran) -> None:
    ran = run(tmp_path, *FEW, "-n", "4", backends=WRONG, where=VALUE)
    assert ran.exit == alone.exit == 1
    assert told(ran.results) == told(alone.results)


def interpreter(place: Path, program: str) -> Path:
    """Write a program that starts Python with all that this one finds."""
    paths = ":".join(path for path in [str(ROOT), *sys.path] if path)
    place.write_text(f'#!/bin/sh\nPYTHONPATH={paths} exec {program} "$@"\n', encoding="utf-8")
    place.chmod(0o755)
    return place


def test_workers_in_another_interpreter_find_the_same(tmp_path: Path, alone: Ran) -> None:
    started = f"{sys.base_prefix}/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    if not Path(started).exists():
        pytest.skip("the interpreter that this environment was made of is not where it is looked for")
    other = interpreter(tmp_path / "other", started)
    ran = run(tmp_path, *FEW, "-d", "--tx", f"2*popen//python={other}", backends=WRONG, where=VALUE)
    assert ran.exit == 1, ran.out
    assert told(ran.results) == told(alone.results)
    assert {result["host"] for result in ran.results} == {None}


def test_a_part_on_another_host_says_which_host_ran_it(tmp_path: Path, alone: Ran, server: str) -> None:
    part = ("--shard=2/2", "-d", "--tx", f"socket={server}")
    ran = run(tmp_path, *FEW, *part, backends=WRONG, where=VALUE)
    assert ran.document, ran.out
    assert ran.document["run"]["complete"] is True
    assert {result["host"] for result in ran.results} == {f"socket={server}"}
    names = {result["check"] for result in ran.results}
    assert 0 < len(names) < len(alone.results)
    assert told(ran.results) == told([result for result in alone.results if result["check"] in names])


def test_workers_over_ssh_find_the_same_and_say_where_they_ran(tmp_path: Path, alone: Ran, ssh: str) -> None:
    python, folder = interpreter(tmp_path / "python", sys.executable), tmp_path / "elsewhere"
    place = f"2*ssh=machine//ssh_config={ssh}//python={python}//chdir={folder}"
    ran = run(tmp_path, *FEW, "-d", "--tx", place, backends=WRONG, where=VALUE)
    assert ran.exit == 1, ran.out
    assert told(ran.results) == told(alone.results)
    assert {result["host"] for result in ran.results} == {"ssh=machine"}
