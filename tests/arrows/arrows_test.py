"""Holds every include against the arrows of the design.

ARROWS is the whole list: a room may include itself and the rooms named here,
and nothing else of ours. A file belongs to the longest room its path starts
with.
"""

import re
import tempfile
import unittest

import sources

REWARDS_FOLDERS = ("rewards/math", "rewards/format", "rewards/language",
                   "rewards/text", "rewards/rules", "rewards/code")

ARROWS = {
    "datasets": (),
    "sandbox": (),
    "rewards/math": (),
    "rewards/format": (),
    "rewards/language": (),
    "rewards/text": ("rewards/math",),
    "rewards/rules": (),
    "rewards/code": ("sandbox",),
    # Plugs in whole checkers, so it knows what a checker is.
    "rewards/plugin": ("rewards", "sandbox"),
    # The same for servers elsewhere, by the protocol of plugins.
    "rewards/http": ("rewards", "rewards/plugin", "rewards/format"),
    "rewards": REWARDS_FOLDERS,
    "verifier/protocol": (),
    "verifier/client": ("verifier/protocol",),
    "verifier/engine": ("verifier/protocol", "rewards", "rewards/http",
                        "rewards/plugin", "sandbox"),
    "verifier/server": ("verifier/engine", "verifier/protocol"),
    "verifier/cli": ("verifier/server", "verifier/client", "verifier/engine",
                     "verifier/protocol"),
    "trainer": ("verifier/client", "verifier/protocol", "datasets"),
}

DIRECTIVE = re.compile(r"^[ \t]*(?:#|%:)[ \t]*(include\w*|import)\b(.*)$",
                       re.MULTILINE)
TARGET = re.compile(r"""^\s*(?:"([^"]+)"|<([^>]+)>)\s*(?://.*|/\*.*)?$""")

ROOT = None


def room_of(path):
    """The room that `path` belongs to, or None."""
    rooms = [r for r in ARROWS if path.startswith(r + "/")]
    return max(rooms, key=len, default=None)


def is_ours(path):
    return path.split("/")[0] in sources.ROOMS


def judge_include(path, keyword, rest):
    """What is wrong with one include of the file `path`, or None."""
    target = TARGET.match(rest)
    if keyword != "include" or not target:
        return "is no plain include"
    quoted, angled = target.groups()
    name = quoted or angled
    if ".." in name.split("/"):
        return "leaves its folder"
    if not is_ours(name):
        return "is not written from the root" if quoted else None
    room, other = room_of(path), room_of(name)
    if room is None or other is None:
        return "is in no room that the list knows"
    if other != room and other not in ARROWS[room]:
        return "goes from %s to %s" % (room, other)
    return None


def violations(root):
    """One line for each include under `root` that the arrows do not allow."""
    found = []
    for path in sources.source_files(root):
        text = sources.read(root, path).replace("\\\n", " ")
        if room_of(path) is None:
            found.append("%s: is in no room that the list knows" % path)
        for keyword, rest in DIRECTIVE.findall(text):
            wrong = judge_include(path, keyword, rest)
            if wrong:
                found.append("%s: %s%s: %s" % (path, keyword, rest, wrong))
    return found


class Tree(unittest.TestCase):
    def test_every_include_follows_an_arrow(self):
        self.assertGreater(len(sources.source_files(ROOT)), 10)
        self.assertEqual(violations(ROOT), [])


class TestOfTheTest(unittest.TestCase):
    """Feeds single files to the test and looks at what it says."""

    def judge(self, path, text):
        with tempfile.TemporaryDirectory() as root:
            sources.write(root, path, text)
            return violations(root)

    def test_allowed(self):
        for path, include in (
            ("trainer/a.cc", '"verifier/client/score_client.h"'),
            ("trainer/model/a.cc", '"trainer/tokenizer/b.h"'),
            ("rewards/a.cc", '"rewards/math/b.h"'),
            ("rewards/code/a.cc", '"sandbox/run.h"'),
            ("rewards/text/a.cc", '"rewards/math/b.h"'),
            ("rewards/plugin/a.cc", '"rewards/checker.h"'),
            ("rewards/plugin/a.cc", '"sandbox/jail.h"'),
            ("rewards/http/a.cc", '"rewards/plugin/rest.h"'),
            ("verifier/engine/a.cc", '"rewards/checker.h"'),
            ("verifier/engine/a.cc", '"rewards/plugin/plugin_options.h"'),
            ("verifier/cli/a.cc", '"verifier/server/b.h"  // why'),
            ("sandbox/a.cc", "<vector>"),
            ("sandbox/a.cc", "<sys/socket.h>"),
        ):
            text = "#include %s\n" % include
            self.assertEqual(self.judge(path, text), [], (path, include))

    def test_forbidden(self):
        for path, include in (
            ("trainer/a.cc", '"rewards/checker.h"'),
            ("trainer/a.cc", '"sandbox/run.h"'),
            ("trainer/a.cc", '"verifier/engine/engine.h"'),
            ("trainer/a.cc", "<rewards/checker.h>"),
            ("sandbox/a.cc", '"rewards/verdict.h"'),
            ("datasets/a.cc", '"rewards/verdict.h"'),
            ("rewards/a.h", '"sandbox/run.h"'),
            ("rewards/a.cc", '"rewards/plugin/plugin_options.h"'),
            ("rewards/plugin/a.cc", '"rewards/code/judge.h"'),
            ("rewards/plugin/a.cc", '"rewards/http/target.h"'),
            ("rewards/http/a.cc", '"verifier/client/connection.h"'),
            ("rewards/http/a.cc", '"sandbox/fd.h"'),
            ("rewards/plugin/a.cc", '"verifier/protocol/strict_json.h"'),
            ("verifier/cli/a.cc", '"rewards/plugin/plugin_options.h"'),
            ("rewards/math/a.cc", '"rewards/verdict.h"'),
            ("rewards/math/a.cc", '"rewards/format/transcript.h"'),
            ("rewards/code/a.cc", '"rewards/format/transcript.h"'),
            ("rewards/language/a.cc", '"sandbox/run.h"'),
            ("rewards/text/a.cc", '"rewards/verdict.h"'),
            ("rewards/rules/a.cc", '"rewards/verdict.h"'),
            ("rewards/rules/a.cc", '"rewards/language/words.h"'),
            ("verifier/protocol/a.cc", '"rewards/verdict.h"'),
            ("verifier/client/a.cc", '"verifier/server/b.h"'),
            ("verifier/engine/a.cc", '"rewards/math/b.h"'),
            ("verifier/engine/a.cc", '"verifier/server/b.h"'),
            ("verifier/server/a.cc", '"rewards/checker.h"'),
            ("verifier/cli/a.cc", '"rewards/registry.h"'),
            ("verifier/other/a.cc", "<vector>"),
            ("verifier/cli/a.cc", '"verifier/other/b.h"'),
            ("sandbox/a.cc", '"run.h"'),
            ("sandbox/a.cc", '"sandbox/../rewards/verdict.h"'),
            ("sandbox/a.cc", "HEADER"),
        ):
            text = "#include %s\n" % include
            self.assertEqual(len(self.judge(path, text)), 1, (path, include))

    def test_spellings(self):
        for text in (
            '#include"rewards/checker.h"\n',
            '  #  include "rewards/checker.h"\n',
            '#include \\\n"rewards/checker.h"\n',
            '%:include "rewards/checker.h"\n',
            '#include_next "rewards/checker.h"\n',
            '#import "rewards/checker.h"\n',
            'int x;\n#include "rewards/checker.h"',
        ):
            self.assertEqual(len(self.judge("trainer/a.h", text)), 1, text)

    def test_other_files_do_not_count(self):
        self.assertEqual(self.judge("trainer/a.md", '#include "x"\n'), [])
        self.assertEqual(self.judge("tests/a.cc", '#include "x"\n'), [])


if __name__ == "__main__":
    sources.main()
