"""Holds README.md against the tree: a block of code below `<!-- PATH -->` is that
file, and a link leads somewhere."""

import os
import re
import unittest

import sources

ROOT = None
BLOCK = re.compile(r"^<!-- (\S+) -->\n```\S*\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)#:]+)\)")


def violations(root, text):
    """One line for each block that is not its file, and each dead link."""
    found = []
    for path, block in BLOCK.findall(text):
        full = os.path.join(root, path)
        if not os.path.exists(full):
            found.append("%s: is not there" % path)
        elif sources.read(root, path) != block:
            found.append("%s: the block differs from the file" % path)
    for path in LINK.findall(text):
        if not os.path.exists(os.path.join(root, path)):
            found.append("%s: a link to it, and it is not there" % path)
    return found


class Tree(unittest.TestCase):
    def test_readme_tells_the_truth(self):
        text = sources.read(ROOT, "README.md")
        self.assertTrue(BLOCK.findall(text))
        self.assertEqual(violations(ROOT, text), [])


class TestOfTheTest(unittest.TestCase):
    def test_says_what_is_wrong(self):
        script = "examples/plugins/word_limit.py"
        right = "<!-- %s -->\n```python\n%s```\n" % (
            script, sources.read(ROOT, script))
        self.assertEqual(violations(ROOT, right), [])
        wrong = right.replace("import sys", "import os", 1)
        self.assertEqual(violations(ROOT, wrong),
                         [script + ": the block differs from the file"])
        self.assertEqual(len(violations(ROOT, "[a](no/such/file)")), 1)
        self.assertEqual(len(violations(ROOT, "<!-- no -->\n```\na\n```\n")),
                         1)


if __name__ == "__main__":
    sources.main()
