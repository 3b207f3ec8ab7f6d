#!/usr/bin/env python3
"""Collects the text that the n-gram table is trained on: the translated
manuals and message catalogues of the Debian packages below, fetched by apt in
exactly these versions.

    collect.py FOLDER    packages and corpus.tsv go into FOLDER

corpus.tsv holds "language<TAB>paragraph" lines, in one order for every machine.
Nothing of it is kept in the project: only train.cc's statistics are."""

import os
import re
import subprocess
import sys

import readers

PACKAGES = (
    # name, version, reader
    ("debian-handbook", "11.20220922", readers.handbook),
    ("installation-guide-amd64", "20230508+deb12u1",
     readers.installation_guide),
    ("gnome-user-docs", "43.0-2", readers.help_pages),
    ("wesnoth-1.16-data", "1:1.16.9-1", readers.catalogues),
    ("mediawiki", "1:1.39.17-1+deb12u2", readers.mediawiki),
    ("wordpress-l10n", "6.1.9+dfsg1-0+deb12u1", readers.catalogues),
    ("gramps", "5.1.5-1", readers.catalogues),
    ("krita-l10n", "1:5.1.5+dfsg-2+deb12u1", readers.catalogues),
    ("gimp-data", "2.10.34-1+deb12u10", readers.catalogues),
) + tuple(("manpages-" + name, version, readers.manual_pages)
          for name, version in (
    ("cs", "4.18.1-1"), ("da", "4.18.1-1"), ("de", "4.18.1-1"),
    ("el", "4.18.1-1"), ("es", "4.18.1-1"), ("fi", "4.18.1-1"),
    ("fr", "4.18.1-1"), ("hu", "1:4.18.1-1"), ("id", "4.18.1-1"),
    ("it", "4.18.1-1"), ("ja", "0.5.0.0.20221215+dfsg-1"),
    ("nb", "4.18.1-1"), ("nl", "4.18.1-1"), ("pl", "1:4.18.1-1"),
    ("pt-br", "4.18.1-1"), ("ro", "4.18.1-1"), ("ru", "4.18.1-1"),
    ("sr", "4.18.1-1"), ("sv", "4.18.1-1"), ("tr", "2.0.6-2"),
    ("uk", "4.18.1-1"), ("vi", "4.18.1-1"), ("zh", "1.6.4.0-1")))

# Languages of the table, each with the letters it is written in.
LETTERS = (
    (r"[A-Za-z\u00C0-\u024F\u1E00-\u1EFF\u0300-\u036F]",
     "en fr de es it pt nl pl tr id cs sv fi hu ro da vi sk ms ca nb hr sl et "
     "lv lt sq eu cy af sw tl gl ga is eo az"),
    (r"[\u0400-\u052F]", "ru uk bg sr mk be kk"),
    (r"[\u0600-\u06FF\u0750-\u077F]", "ar fa ur ckb ps"),
    (r"[\u0900-\u097F]", "hi mr ne"),
    (r"[\u4E00-\u9FFF]", "zh"),
    (r"[\u3040-\u30FF\u4E00-\u9FFF]", "ja"),
    # Romanised alone.
    (r"[\uAC00-\uD7AF]", "ko"),
    (r"[\u0370-\u03FF\u1F00-\u1FFF]", "el"),
    (r"[\u0B80-\u0BFF]", "ta"),
    (r"[\u0980-\u09FF]", "bn"),
)
SCRIPTS = {tag: letters for letters, tags in LETTERS for tag in tags.split()}

# Locales that are read as another language.
ALIASES = {"no": "nb", "nn": "nb", "in": "id", "iw": "he", "fil": "tl",
           "bs": "hr", "sh": "hr", "sr-latn": "hr", "sr-el": "hr",
           "sr@latin": "hr", "sr@ijekavianlatin": "hr", "sr@ijekavian": "sr",
           "sr-ec": "sr", "sr-cyrl": "sr"}
SKIPPED = {"az@latin", "kk-arab", "kk-latn",
           "be-tarask", "ca@valencia", "en@shaw", "tt@iqtelif", "uz@cyrillic"}

CAP = 1500000        # characters of one language
SOURCE_CAP = 500000  # of them from one package
MIN_LETTERS = 12     # of a paragraph


def language_of(locale):
    name = locale.lower().replace("_", "-").split(".")[0]
    if name in SKIPPED:
        return None
    if name not in ALIASES:
        name = name.split("-")[0]
    name = ALIASES.get(name, name)
    return name if name in SCRIPTS else None


PLACEHOLDERS = re.compile(
    r"<[^<>]*>|\{\{[^{}]*\}\}|\[\[[^\]|]*\||\[https?://\S+|https?://\S+|"
    r"%[\d$]*[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]|\$\w+|&\w+;|&#\d+;|\{\w*\}|"
    r"\S*[/\\_@=]\S*|[\[\]{}|]")


def clean(text, language):
    text = text.replace("_", "") if text.count("_") == 1 else text
    text = text.replace("&", "") if text.count("&") == 1 else text
    text = " ".join(PLACEHOLDERS.sub(" ", text).split())
    letters = len(re.findall(SCRIPTS[language], text))
    every = sum(c.isalpha() for c in text)
    return text if letters >= MIN_LETTERS and letters * 10 >= every * 8 else None


def fetch(folder):
    os.makedirs(folder, exist_ok=True)
    for name, version, _ in PACKAGES:
        target = os.path.join(folder, name)
        if os.path.isdir(target):
            continue
        subprocess.run(["apt-get", "download", "-q", name + "=" + version],
                       cwd=folder, check=True)
        archive = [f for f in os.listdir(folder)
                   if f.startswith(name + "_") and f.endswith(".deb")]
        # Into place at once, so that what is there is whole.
        subprocess.run(["dpkg-deb", "-x", archive[0], target + ".part"],
                       cwd=folder, check=True)
        os.rename(target + ".part", target)


def spread(texts, size):
    """About `size` characters of `texts`, taken evenly from all of them."""
    total = sum(map(len, texts))
    if total <= size:
        return texts
    kept, seen, taken = [], 0, 0
    for text in texts:
        seen += len(text)
        if taken * total <= seen * size - len(text) * size:
            kept.append(text)
            taken += len(text)
    return kept


def main(folder):
    fetch(folder)
    collected = {tag: [] for tag in SCRIPTS}
    for name, _, reader in PACKAGES:
        found = {tag: {} for tag in SCRIPTS}
        for locale, text in reader(os.path.join(folder, name)):
            language = language_of(locale)
            text = language and clean(text, language)
            if text:
                found[language][text] = None
        for tag in SCRIPTS:
            collected[tag] += spread(list(found[tag]), SOURCE_CAP)
    with open(os.path.join(folder, "corpus.tsv"), "w", encoding="utf-8",
              newline="\n") as out:
        for tag in SCRIPTS:
            texts = spread(list(dict.fromkeys(collected[tag])), CAP)
            for text in texts:
                out.write(tag + "\t" + text + "\n")
            print(tag, len(texts), sum(map(len, texts)), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
