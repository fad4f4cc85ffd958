"""Runs the programs under test."""
import json
import os
import subprocess
from pathlib import Path

VEKHA = os.environ["VEKHA"]
WALK = os.environ["VEKHA_WALK"]
HOME = Path(os.environ["VEKHA_HOME"])
EXAMPLES = HOME / "examples"


def run(*words, check=True, **options):
    """The finished process of `vekha WORDS…`; with `check` it must have ended with 0."""
    done = subprocess.run([VEKHA, *map(str, words)], capture_output=True, text=True, **options)
    if check and done.returncode != 0:
        raise AssertionError(f"vekha {' '.join(map(str, words))} ended with {done.returncode}: {done.stderr}{done.stdout}")
    return done


def answer(*words, **options):
    """The JSON value that `vekha WORDS… --json` prints."""
    return json.loads(run(*words, "--json", **options).stdout)


def walk(out, *files, check=True):
    """Walks FILEs (none: the five examples) into the folder `out`."""
    done = subprocess.run([WALK, "--out", str(out), *map(str, files)], capture_output=True, text=True)
    if check and done.returncode != 0:
        raise AssertionError(f"the walk ended with {done.returncode}: {done.stderr}{done.stdout}")
    return done
