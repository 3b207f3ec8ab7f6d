"""assayd where the machine refuses the jail: programs are not judged, nothing runs
unprotected, everything else is served.

In a user namespace of one user there is no other user to run a program as.
"""

import json
import os
import subprocess
import unittest
import urllib.request

COMMAND = ["unshare", "--user", "--map-root-user", os.environ["ASSAYD"],
           "--listen", "127.0.0.1:0"]
READY = b"assayd ready on "
ITEMS = [
    {"id": "code", "response": "```python\nprint(1)\n```",
     "checks": [{"checker": "code", "language": "python",
                 "tests": [{"stdin": "", "stdout": "1\n"}]}]},
    {"id": "math", "response": "\\boxed{42}",
     "checks": [{"checker": "math", "gold": "42"}]},
]


def ask(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)


class NoJailTest(unittest.TestCase):
    def test_programs_are_not_judged_and_ready_comes_first(self):
        server = subprocess.Popen(COMMAND, stderr=subprocess.PIPE)
        try:
            first = server.stderr.readline()
            self.assertTrue(first.startswith(READY), first)
            self.assertIn(b"no jail", server.stderr.readline())
            url = first.removeprefix(READY).decode().strip()
            code, math = ask(url + "/v1/score", {"items": ITEMS})["results"]
            ran = ask(url + "/v1/execute",
                      {"language": "python", "code": "print(1)"})
        finally:
            server.terminate()
            server.stderr.read()
            server.stderr.close()
            server.wait(timeout=60)
        self.assertEqual((code["status"], code["reward"]), ("not_judged", None))
        self.assertEqual(code["checks"][0]["outcome"], "not_judged")
        self.assertEqual((ran["verdict"], ran["run"], ran["enforced"]),
                         ("IE", None, None))
        self.assertIn("no jail", ran["failure"])
        self.assertEqual((math["status"], math["reward"]), ("ok", 1.0))
        self.assertEqual(server.returncode, 0)

    def test_a_required_level_fails_hard(self):
        ended = subprocess.run(COMMAND + ["--require", "L1"], timeout=60,
                               stderr=subprocess.PIPE, check=False)
        self.assertEqual(ended.returncode, 4)
        self.assertIn(b"no jail", ended.stderr)
        self.assertNotIn(READY, ended.stderr)


if __name__ == "__main__":
    unittest.main()
