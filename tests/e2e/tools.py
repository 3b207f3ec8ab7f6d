"""What tools.sh fetched: promtool, and schemathesis with its libraries."""

import os
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent


def _folders():
    out = subprocess.run([HERE / "tools.sh", "--where"], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    return [pathlib.Path(line) for line in out.splitlines()]


PROMTOOL_FOLDER, PYTHON_FOLDER = _folders()


def promtool(*arguments, text=None):
    """Runs promtool; returns (exit code, what it said)."""
    done = subprocess.run([PROMTOOL_FOLDER / "promtool", *arguments],
                          input=text, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    return done.returncode, done.stdout


def python(code, *arguments, env=None, folder=None, timeout=120):
    """Runs Python with the libraries of schemathesis, in `folder`; as promtool."""
    done = subprocess.run(
        ["/usr/bin/python3", "-B", "-c", code, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=timeout, cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{PYTHON_FOLDER}:{HERE}",
             "PYTHONWARNINGS": "ignore", **(env or {})})
    return done.returncode, done.stdout
