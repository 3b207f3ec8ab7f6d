"""House rules that a compiler does not know: the length of a source, and no
std::regex, whose time an input can choose."""

import re
import tempfile
import unittest

import sources

MAX_LINES = 400

REGEX = re.compile(r"#\s*include\s*<regex>|\bstd::(?:basic_)?w?regex\b")

ROOT = None


def without_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)


def violations(root):
    found = []
    for path in sources.source_files(root):
        lines = sources.read(root, path).count("\n")
        if lines > MAX_LINES:
            found.append("%s: %d lines, over %d" % (path, lines, MAX_LINES))
    for path in sources.source_files(root, sources.ROOMS + ("tests",)):
        if REGEX.search(without_comments(sources.read(root, path))):
            found.append("%s: uses std::regex" % path)
    return found


class Tree(unittest.TestCase):
    def test_keeps_the_rules(self):
        self.assertGreater(len(sources.source_files(ROOT)), 10)
        self.assertEqual(violations(ROOT), [])


class TestOfTheTest(unittest.TestCase):
    def judge(self, path, text):
        with tempfile.TemporaryDirectory() as root:
            sources.write(root, path, text)
            return len(violations(root))

    def test_length(self):
        self.assertEqual(self.judge("sandbox/a.cc", "\n" * MAX_LINES), 0)
        self.assertEqual(self.judge("sandbox/a.cc", "\n" * (MAX_LINES + 1)), 1)
        self.assertEqual(self.judge("trainer/x/a.h", "\n" * 401), 1)

    def test_regex(self):
        for text in ("#include <regex>\n", "std::regex r;", "std::wregex r;",
                     "std::basic_regex<char> r;"):
            self.assertEqual(self.judge("rewards/math/a.cc", text), 1, text)
            self.assertEqual(self.judge("tests/a_test.cc", text), 1, text)
        for text in ("// never std::regex\n", "#include <re2/re2.h>\n",
                     "my_regex r;"):
            self.assertEqual(self.judge("rewards/a.cc", text), 0, text)


if __name__ == "__main__":
    sources.main()
