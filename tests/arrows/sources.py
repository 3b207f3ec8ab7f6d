"""The source files of the rooms, for the tests in this folder."""

import os
import sys
import unittest

ROOMS = ("sandbox", "rewards", "verifier", "datasets", "trainer")
SUFFIXES = (".h", ".hpp", ".inc", ".c", ".cc", ".cpp", ".cu", ".cuh", ".in")


def source_files(root, folders=ROOMS):
    """Paths from `root`, sorted, with slashes."""
    found = []
    for folder in folders:
        for path, _, names in os.walk(os.path.join(root, folder)):
            for name in names:
                if name.endswith(SUFFIXES):
                    full = os.path.join(path, name)
                    found.append(os.path.relpath(full, root))
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def write(root, path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    """Runs the tests of the calling script; its one argument is the root."""
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        sys.exit("usage: %s SOURCE_ROOT" % sys.argv[0])
    root = sys.argv.pop()
    sys.modules["__main__"].ROOT = root
    unittest.main(verbosity=2)
