"""The n-gram table and its trainer: the table in the tree is the one that
CHECKSUMS names; a corpus of made-up languages trains to the same bytes on every
machine. Needs no network.

    ngrams_rebuild_test.py TRAIN_NGRAMS NGRAMS_FOLDER

With ASSAY_NGRAMS_CORPUS, the corpus.tsv that collect.py wrote, the whole table
is trained anew, in some minutes, and compared byte for byte.
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

MOST_BYTES = 4_000_000

# Of the table that the corpus below gives.
SMALL_TABLE = "c93c07b93832fb4b7a2fbf9787bcbd693124518ae05d5d1dbd50cdb110750021"

# The letters that the made-up words of a language are of.
ALPHABETS = {
    "abcdefghijklmnoprstuvzéèüöäłçñ":
        "en fr de es it pt nl pl tr id cs sv fi hu ro da vi sk ms ca nb hr sl et "
        "lv lt sq eu cy af sw tl gl ga is eo az",
    "абвгдежзийклмнопрстуфхцчшыьэюя": "ru uk bg sr mk be kk",
    "ابتثجحخدرزسشعفقكلمنهويپچگ": "ar fa ur ckb ps",
    "कखगघचछजझटडतदनपबभमयरलवसह": "hi mr ne",
    "的一是不了人我在有他这中大来上国": "zh",
    "のにはをたがでてとしれさある人大": "ja",
    "가나다라마바사아자차카타파하고노도로모보": "ko",
    "αβγδεζηθικλμνξοπρστυφχψω": "el",
    "கஙசஞடணதநபமயரலவ": "ta",
    "কখগঘচছজটডতদনপবভমযরলস": "bn",
}
LINES = 40
WORDS = 9  # of a line


class Random:
    """The same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def corpus():
    """Lines as collect.py writes them. Each language likes some letters."""
    lines = []
    for letters, tags in ALPHABETS.items():
        for number, tag in enumerate(tags.split()):
            random = Random(number + 1)
            liked = [letters[random.below(len(letters))] for _ in range(6)]
            known = ["".join(liked[random.below(6)] for _ in range(2 + random.below(5)))
                     for _ in range(40)]
            for _ in range(LINES):
                words = [known[random.below(len(known))] for _ in range(WORDS)]
                lines.append(tag + "\t" + " ".join(words) + "\n")
    return "".join(lines)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def icu_version():
    return subprocess.run(["pkg-config", "--modversion", "icu-uc"],
                          capture_output=True, text=True, check=True).stdout.strip()


class NgramsRebuildTest(unittest.TestCase):
    train = folder = None

    def checksum(self, name):
        for line in (self.folder / "CHECKSUMS").read_text().splitlines():
            total, of = line.split()
            if of == name:
                return total
        self.fail(f"CHECKSUMS does not name {name}")

    def trained(self, text):
        with tempfile.TemporaryDirectory() as scratch:
            source = pathlib.Path(scratch) / "corpus.tsv"
            source.write_text(text, encoding="utf-8")
            return self.trained_file(source)

    def trained_file(self, source):
        with tempfile.TemporaryDirectory() as scratch:
            table = pathlib.Path(scratch) / "ngrams.bin"
            subprocess.run([self.train, source, table], check=True,
                           stderr=subprocess.DEVNULL)
            return table.read_bytes()

    def test_the_table_is_the_one_that_was_trained(self):
        table = (self.folder / "ngrams.bin").read_bytes()
        self.assertLessEqual(len(table), MOST_BYTES)
        self.assertEqual(digest(table), self.checksum("ngrams.bin"))

    def test_equal_corpora_give_equal_bytes(self):
        if not icu_version().startswith("72."):
            self.skipTest("another ICU splits other words")
        text = corpus()
        table = self.trained(text)
        self.assertEqual(digest(table), SMALL_TABLE)
        line = text.index("\n") + 1
        self.assertNotEqual(digest(self.trained(text[line:])), SMALL_TABLE)

    def test_the_whole_table_is_made_again(self):
        source = os.environ.get("ASSAY_NGRAMS_CORPUS")
        if source is None:
            self.skipTest("ASSAY_NGRAMS_CORPUS is not set")
        with open(source, "rb") as file:
            self.assertEqual(hashlib.file_digest(file, "sha256").hexdigest(),
                             self.checksum("corpus.tsv"))
        self.assertEqual(self.trained_file(source),
                         (self.folder / "ngrams.bin").read_bytes())


if __name__ == "__main__":
    NgramsRebuildTest.train = sys.argv[1]
    NgramsRebuildTest.folder = pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
