"""/openapi.json: valid, true, and kept by the process: its examples, its problems,
and schemathesis against every route. ASSAYD is assayd as users have it."""

import html
import json
import os
import re
import tempfile
import unittest

import tools
from assayd_process import Assayd, post

VALIDATE = """
import json, sys
from openapi_spec_validator import validate
validate(json.load(open(sys.argv[1])))
"""
CHECK_ANSWERS = """
import json, sys
import jsonschema
document, rows = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))
for schema, value in rows:
    jsonschema.Draft202012Validator(
        {"$ref": "#/components/schemas/" + schema,
         "components": document["components"]}).validate(value)
print(len(rows))
"""
SCHEMATHESIS = "from schemathesis.cli import schemathesis; schemathesis()"
# What differs from run to run, and from machine to machine.
MEASURED = ("queue_us", "exec_us", "elapsed_us", "cpu_ms", "wall_ms", "memory_kb",
            "enforced")


def without_measures(value):
    if isinstance(value, dict):
        return {k: without_measures(v) for k, v in value.items()
                if k not in MEASURED}
    if isinstance(value, list):
        return [without_measures(one) for one in value]
    return value


def examples(document):
    """(path, request, answer) of each that a body has."""
    for path, methods in document["paths"].items():
        for method in methods.values():
            for content in method.get("requestBody", {}).get("content", {}).values():
                answer = method["responses"]["200"]["content"]
                yield path, content["example"], answer["application/json"]["example"]


class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Assayd("--limit-items", "20")
        cls.document = cls.server.get("/openapi.json").json()
        cls.folder = tempfile.TemporaryDirectory()
        cls.file = cls.write("openapi.json", cls.document)

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0

    @classmethod
    def write(cls, name, value):
        path = os.path.join(cls.folder.name, name)
        with open(path, "w") as file:
            json.dump(value, file)
        return path

    def test_is_valid(self):
        code, said = tools.python(VALIDATE, self.file)
        self.assertEqual(code, 0, said)

    def test_names_its_media_type_and_answers_head(self):
        answer = self.server.get("/openapi.json")
        self.assertEqual(answer.fields["content-type"], "application/json")
        with self.server.connect() as peer:
            peer.sendall(b"HEAD /openapi.json HTTP/1.1\r\nHost: a\r\n"
                         b"Connection: close\r\n\r\n")
            received = b""
            while some := peer.recv(1 << 16):
                received += some
        self.assertTrue(received.endswith(b"\r\n\r\n"), received)
        self.assertIn(b"Content-Length: %d\r\n" % len(answer.body), received)

    def test_every_example_is_answered_as_it_says(self):
        rows = list(examples(self.document))
        self.assertGreaterEqual(len(rows), 3)
        for path, request, answer in rows:
            with self.subTest(path):
                got = self.server.ask(post(request, path=path))
                self.assertEqual(got.status, 200, got)
                self.assertEqual(without_measures(got.json()), without_measures(answer))

    def test_answers_are_as_described(self):
        """Streams, health and checkers, which schemathesis sees as text."""
        bad = {"items": [{"id": "a", "response": "1", "checks": [
            {"checker": "math", "gold": "1"}]}, {"id": "b"}]}
        rows = [("ScoreResponse", self.server.ask(post(bad)).json()),
                ("CheckerList", self.server.get("/v1/checkers").json())]
        with self.server.connect() as peer:
            peer.sendall(post(bad, extra="Accept: application/x-ndjson\r\n"
                              "Connection: close\r\n"))
            received = b""
            while some := peer.recv(1 << 16):
                received += some
        lines = re.findall(rb"^\{.*\}$", received, re.M)
        self.assertEqual(len(lines), 3, received)
        rows += [("ScoreResult", json.loads(line)) for line in lines[:2]]
        rows.append(("StreamEnd", json.loads(lines[2])))
        code, said = tools.python(CHECK_ANSWERS, self.file,
                                  self.write("rows.json", rows))
        self.assertEqual((code, said.strip()), (0, str(len(rows))), said)

    def test_every_problem_is_explained_where_its_type_says(self):
        path = self.document["paths"]["/problems/{slug}"]["get"]
        slug = next(p for p in path["parameters"] if p["name"] == "slug")
        for name in slug["schema"]["enum"]:
            answer = self.server.get("/problems/" + name)
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.fields["content-type"],
                             "text/plain; charset=utf-8")
            self.assertTrue(answer.body.startswith(name.encode()), answer)
        self.assertEqual(self.server.get("/problems/other").status, 404)
        self.assertEqual(self.server.get("/problems/").status, 404)

    def test_the_page_for_people_has_all_of_it_and_fetches_nothing(self):
        answer = self.server.get("/docs")
        self.assertEqual(answer.fields["content-type"], "text/html; charset=utf-8")
        page = answer.body.decode()
        for path in self.document["paths"]:
            self.assertIn(path, html.unescape(page))
        for name in self.document["components"]["schemas"]:
            self.assertIn(f'id="schema-{name}"', page)
        targets = re.findall(r"""(?:href|src)=["']([^"']*)""", page)
        self.assertTrue(targets)
        anchors = set(re.findall(r'id="([^"]*)"', page))
        for target in targets:
            self.assertTrue(target == "/openapi.json"
                            or target.removeprefix("#") in anchors, target)
        self.assertNotIn("<script", page)
        self.assertNotIn("{{", page)

    def test_every_answer_has_a_request_id(self):
        def ask(*fields):
            with self.server.connect() as peer:
                answer = self.server.ask(
                    b"\r\n".join([b"GET /livez HTTP/1.1", b"Host: a", *fields])
                    + b"\r\n\r\n", peer)
                return answer.fields["x-request-id"]
        uuid7 = r"\A[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z"
        self.assertEqual(ask(b"X-Request-Id: a.b_C:1-2"), "a.b_C:1-2")
        self.assertEqual(ask(b"x-request-id: " + b"y" * 128), "y" * 128)
        for bad in (b"", b"y" * 129, b"a b", b"a,b", b"<b>", b"\xc3\xa9", b'"'):
            self.assertRegex(ask(b"X-Request-Id: " + bad), uuid7)
        made = {ask() for _ in range(50)}
        self.assertEqual(len(made), 50)
        times = [int(one[:8], 16) for one in made]
        self.assertLessEqual(max(times) - min(times), 1)

    def test_schemathesis_finds_nothing(self):
        code, said = tools.python(
            SCHEMATHESIS, "--config-file", str(tools.HERE / "schemathesis.toml"),
            "run", self.file, "--url", f"http://127.0.0.1:{self.server.port}",
            env={"SCHEMATHESIS_HOOKS": "schemathesis_checks"},
            folder=self.folder.name)
        shown = "\n".join(line[:400] for line in said.splitlines()[-80:])
        self.assertEqual(code, 0, shown)
        print(re.search(r"\d+ generated, .*", said)[0])
        self.assertRegex(said, r"Operations: +(\d+) selected / \1 total")
        self.assertIsNone(self.server.process.poll(), self.server.log_text())
        self.assertEqual(self.server.get("/livez").status, 200)


if __name__ == "__main__":
    unittest.main()
