"""Runs a command with the tests' database on PostgreSQL 15, the oldest one we promise: postgres15.py command…

As root on Debian it installs the server where the distribution has it; elsewhere it says so and lets things pass.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local import bootstrap
from deploy.local.children import ROOT

PACKAGE = "postgresql-15"
PROGRAMS = Path("/usr/lib/postgresql/15/bin")
# Debian's package would make and start a cluster of its own; we only want its programs.
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/siji.conf")


def install() -> None:
    known = subprocess.run(["apt-cache", "show", PACKAGE], capture_output=True, check=False).returncode == 0
    if not known:
        return
    NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
    NO_CLUSTER.write_text("create_main_cluster = false\n")
    try:
        bootstrap.install_system_packages([PACKAGE])
    finally:
        NO_CLUSTER.unlink()


def main(command: list[str]) -> int:
    if not PROGRAMS.exists() and bootstrap.may_install() and shutil.which("apt-cache"):
        install()
    if not PROGRAMS.exists():
        bootstrap.say("PostgreSQL 15 is not to be had here: its tests are left out.")
        return 0
    env = {**os.environ, "POSTGRES_BIN": str(PROGRAMS), "SIJI_TEST_FOLDER": "test-15"}
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
