"""Readers: the translated paragraphs of manuals and catalogues. Each yields
(locale, text) in the order of the file; markup and placeholders are gone, and
so is every text that is still the English one."""

import gzip
import html.parser
import json
import os
import re
import struct
import xml.etree.ElementTree

BLOCKS = {"p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "td", "title", "div"}
OPAQUE = {"pre", "code", "tt", "script", "style", "kbd", "var"}


def files(root, suffix):
    """Every file below `root` that ends so, by path."""
    found = []
    for folder, _, names in os.walk(root):
        found += [os.path.join(folder, n) for n in names if n.endswith(suffix)]
    return sorted(found)


def read_text(path):
    with open(path, "rb") as file:
        return file.read().decode("utf-8", "replace")


class Paragraphs(html.parser.HTMLParser):
    """The text of each block of an HTML page, without code."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self._parts = []
        self._opaque = 0

    def _flush(self):
        text = " ".join("".join(self._parts).split())
        if text:
            self.found.append(text)
        self._parts = []

    def handle_starttag(self, tag, attrs):
        if tag in OPAQUE:
            self._opaque += 1
        elif tag in BLOCKS:
            self._flush()

    def handle_endtag(self, tag):
        if tag in OPAQUE:
            self._opaque = max(0, self._opaque - 1)
        elif tag in BLOCKS:
            self._flush()

    def handle_data(self, data):
        if not self._opaque:
            self._parts.append(data)

    def close(self):
        super().close()
        self._flush()


def paragraphs(text):
    parser = Paragraphs()
    parser.feed(text)
    parser.close()
    return parser.found


def pages(root, locale_of, is_english):
    """HTML pages; a page's locale is `locale_of(path)`, None to skip it."""
    english = set()
    by_path = []
    for path in files(root, (".html",)):
        locale = locale_of(path)
        if locale is None:
            continue
        found = paragraphs(read_text(path))
        if is_english(locale):
            english.update(found)
        by_path.append((locale, found))
    for locale, found in by_path:
        for text in found:
            if is_english(locale) or text not in english:
                yield locale, text


def handbook(root):
    def locale(path):
        part = path.split("/html/")
        return part[1].split("/")[0] if len(part) == 2 else None
    return pages(root, locale, lambda l: l == "en-US")


def installation_guide(root):
    def locale(path):
        part = path.split("/installation-guide-amd64/")
        name = part[-1].split("/")
        return name[0] if len(name) == 2 else None
    return pages(root, locale, lambda l: l == "en")


def help_pages(root):
    """Mallard pages of GNOME: share/help/<locale>/.../*.page."""
    english = set()
    by_path = []
    for path in files(root, ".page"):
        locale = path.split("/help/")[1].split("/")[0]
        try:
            tree = xml.etree.ElementTree.parse(path)
        except xml.etree.ElementTree.ParseError:
            continue
        found = []
        for node in tree.iter():
            if node.tag.endswith("}p") or node.tag.endswith("}title"):
                text = " ".join("".join(node.itertext()).split())
                if text:
                    found.append(text)
        if locale == "C":
            english.update(found)
        by_path.append((locale, found))
    for locale, found in by_path:
        for text in found:
            if locale == "C" or text not in english:
                yield ("en" if locale == "C" else locale), text


def catalogues(root):
    """GNU message catalogues. The English messages count as English."""
    for path in files(root, ".mo"):
        locale = catalogue_locale(path)
        for message, translation in messages(path):
            if translation != message:
                yield locale, translation
            if locale == "de":
                yield "en", message


def catalogue_locale(path):
    part = path.split("/LC_MESSAGES/")
    if len(part) == 2:
        return part[0].rsplit("/", 1)[1]
    return re.sub(r"^(admin-network|admin|continents-cities)-", "",
                  os.path.basename(path)[:-3])


def messages(path):
    with open(path, "rb") as file:
        data = file.read()
    order = {0x950412DE: "<", 0xDE120495: ">"}[struct.unpack("<I", data[:4])[0]]
    count, originals, translations = struct.unpack(order + "III", data[8:20])
    for i in range(count):
        pair = []
        for table in (originals, translations):
            size, at = struct.unpack_from(order + "II", data, table + 8 * i)
            pair.append(data[at:at + size].decode("utf-8", "replace"))
        message = pair[0].split("\4")[-1].split("\0")[0]
        if message:
            for translation in pair[1].split("\0"):
                yield message, translation


def mediawiki(root):
    """MediaWiki's messages: i18n/<locale>.json, beside i18n/en.json."""
    for path in files(root, "en.json"):
        if os.path.basename(path) != "en.json":
            continue
        folder = os.path.dirname(path)
        english = load_messages(path)
        for name in sorted(os.listdir(folder)):
            if not name.endswith(".json") or name == "qqq.json":
                continue
            for key, text in load_messages(os.path.join(folder, name)).items():
                if name == "en.json" or english.get(key) != text:
                    yield name[:-5], text


def load_messages(path):
    with open(path, "rb") as file:
        try:
            table = json.loads(file.read().decode("utf-8"))
        except ValueError:
            return {}
    return {key: text for key, text in table.items()
            if isinstance(text, str) and not key.startswith("@")}


def manual_pages(root):
    """man pages: share/man/<locale>/man*/*.gz, the running text alone."""
    for path in files(root, ".gz"):
        part = path.split("/man/")
        if len(part) != 2 or "/man" not in part[1]:
            continue
        locale = part[1].split("/")[0]
        with gzip.open(path, "rb") as file:
            text = file.read().decode("utf-8", "replace")
        for paragraph in roff_paragraphs(text):
            yield locale, paragraph


def roff_paragraphs(text):
    lines = []
    verbatim = False
    for line in text.split("\n") + [".PP"]:
        if line.startswith((".", "'")):
            verbatim = line.startswith((".nf", ".EX")) or (
                verbatim and not line.startswith((".fi", ".EE")))
            if lines and not line.startswith((".B", ".I", ".R")):
                yield " ".join(lines)
                lines = []
        elif not verbatim:
            line = re.sub(r"\\f[BIRP]|\\f\([A-Z]{2}|\\[&,/:]|\\\(..", " ", line)
            lines.append(line.replace("\\-", "-").replace("\\", " "))
