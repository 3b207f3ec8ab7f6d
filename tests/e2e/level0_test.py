"""assayd where the machine refuses namespaces, as containers do: no jail, unless
L0 is asked for by name; then programs are judged, and every response says what
held them.
"""

import ctypes
import json
import os
import struct
import subprocess
import unittest
import urllib.request

ASSAYD = os.environ["ASSAYD"]
ASSAY = os.environ["ASSAY"]
READY = b"assayd ready on "
NOBODY = 65534
ITEMS = [
    {"id": "right", "response": "```python\nprint(sum(map(int, input().split())))"
                                "\n```",
     "checks": [{"checker": "code", "language": "python",
                 "tests": [{"stdin": "1 2\n", "stdout": "3\n"}]}]},
    {"id": "call", "response": "```python\ndef twice(x):\n    return 2 * x\n```",
     "checks": [{"checker": "code", "language": "python",
                 "tests": [{"call": "twice", "args": [4], "returns": 8}]}]},
    {"id": "assert", "response": "```python\ndef twice(x):\n    return 2 * x\n```",
     "checks": [{"checker": "code", "language": "python",
                 "tests": [{"assert": "assert twice(4) == 8"}]}]},
    {"id": "wrong", "response": "```python\nopen('/proc/self/mem')\n```",
     "checks": [{"checker": "code", "language": "python",
                 "tests": [{"stdin": "", "stdout": "1\n"}]}]},
    {"id": "violation",
     "response": "```python\nimport ctypes\nctypes.CDLL(None).ptrace(0, 0, 0, 0)"
                 "\n```",
     "checks": [{"checker": "code", "language": "python",
                 "tests": [{"stdin": "", "stdout": "1\n"}]}]},
]


def refuse_namespaces():
    """In a child: an ordinary user, and a filter as containers have one."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    load, jump, test, give = 0x20, 0x15, 0x45, 0x06
    allow, refuse, unknown = 0x7FFF0000, 0x00050001, 0x00050026
    filters = [(load, 0, 0, 0), (jump, 5, 0, 272), (jump, 5, 0, 435),
               (jump, 0, 2, 56), (load, 0, 0, 16), (test, 1, 0, 0x7E020000),
               (give, 0, 0, allow), (give, 0, 0, refuse), (give, 0, 0, unknown)]
    code = ctypes.create_string_buffer(
        b"".join(struct.pack("HBBI", *one) for one in filters))
    program = struct.pack("HxxxxxxQ", len(filters), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, program, 0, 0):
        os._exit(99)


def start(*arguments):
    return subprocess.Popen([ASSAYD, "--listen", "127.0.0.1:0", *arguments],
                            preexec_fn=refuse_namespaces, stderr=subprocess.PIPE)


def ask(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as reply:
        return json.load(reply)


class Level0Test(unittest.TestCase):
    def serve(self, *arguments):
        server = start(*arguments)
        try:
            first = server.stderr.readline()
            self.assertTrue(first.startswith(READY), first)
            url = first.removeprefix(READY).decode().strip()
            results = ask(url + "/v1/score", {"items": ITEMS})["results"]
            ran = ask(url + "/v1/execute", {"language": "python",
                                            "code": "print(1)"})
        finally:
            server.terminate()
            server.stderr.read()
            server.stderr.close()
            server.wait(timeout=120)
        return {one["id"]: one for one in results}, ran

    def test_without_being_asked_for_there_is_no_jail(self):
        results, ran = self.serve()
        for one in results.values():
            self.assertEqual((one["status"], one["reward"]),
                             ("not_judged", None))
        self.assertEqual((ran["verdict"], ran["enforced"]), ("IE", None))

    def test_by_name_programs_are_judged_and_it_says_how(self):
        results, ran = self.serve("--require", "L0")
        outcomes = {name: one["checks"][0]["outcome"]
                    for name, one in results.items()}
        self.assertEqual(outcomes, {
            "right": "correct", "call": "correct", "assert": "correct",
            "wrong": "wrong", "violation": "violation"}, results)
        self.assertEqual((ran["verdict"], ran["run"]["stdout"]), ("OK", "1\n"))
        enforced = ran["enforced"]
        self.assertEqual(enforced["level"], "L0")
        self.assertEqual(
            [enforced[name] for name in (
                "namespaces", "user_namespace", "system_call_filter",
                "landlock", "control_groups")],
            [False, False, True, True, False])

    def test_more_is_not_reached(self):
        ended = subprocess.run(
            [ASSAYD, "--listen", "127.0.0.1:0", "--require", "L1"], timeout=120,
            preexec_fn=refuse_namespaces, stderr=subprocess.PIPE, check=False)
        self.assertEqual(ended.returncode, 4, ended.stderr)

    def test_doctor_says_what_would_help(self):
        def doctor(*arguments):
            ended = subprocess.run(
                [ASSAY, "doctor", "--json", *arguments], timeout=120,
                preexec_fn=refuse_namespaces, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, check=False, cwd="/")
            return ended.returncode, json.loads(ended.stdout)["jail"]

        code, jail = doctor("--require", "L0")
        self.assertEqual((code, jail["level"], jail["reached"]), (0, "L0", True))
        layers = {layer["name"]: layer for layer in jail["layers"]}
        self.assertFalse(layers["namespaces"]["on"])
        self.assertTrue(layers["namespaces"]["fix"])
        self.assertTrue(layers["Landlock"]["on"])
        code, jail = doctor("--require", "L1")
        self.assertEqual((code, jail["level"], jail["reached"]),
                         (1, None, False))
        self.assertIn("L0", jail["fix"])


if __name__ == "__main__":
    unittest.main()
