"""POST /v1/execute against assayd as users have it: programs in, verdicts, usage
and files out."""

import base64
import json
import os
import signal
import socket
import struct
import subprocess
import time
import unittest

from assayd_process import LONG, Assayd, parse_responses, post

HELLO = "#include <cstdio>\nint main() { std::puts(\"hello\"); }\n"
ROOMY = {"cpu_s": 5, "wall_s": 60}


def request(code, language="python", limits=None, **fields):
    return post({"language": language, "code": code,
                 "limits": ROOMY | (limits or {}), **fields}, "/v1/execute")


class Execute(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.assayd = Assayd("--slots", "2")

    @classmethod
    def tearDownClass(cls):
        assert cls.assayd.stop() == 0

    def ask(self, data, status=200):
        answer = self.assayd.ask(data)
        self.assertEqual(answer.status, status, answer)
        return answer.json()

    def run_code(self, *args, **fields):
        return self.ask(request(*args, **fields))

    def test_the_shape_of_an_answer(self):
        answer = self.run_code("print(input())", stdin="hi\n")
        self.assertEqual(list(answer), ["verdict", "compile", "run", "files",
                                        "enforced"])
        run = answer["run"]
        self.assertEqual((answer["verdict"], answer["compile"], run["stdout"],
                          run["stderr"], run["exit_code"], run["signal"],
                          run["truncated"], answer["files"]),
                         ("OK", None, "hi\n", "", 0, None, False, []))
        for figure in ("cpu_ms", "wall_ms", "memory_kb"):
            self.assertGreater(run[figure], 0)
        enforced = answer["enforced"]
        root = "L3" if enforced["control_groups"] else "L2"
        self.assertEqual(enforced["level"], root if os.geteuid() == 0 else "L1")
        self.assertEqual(enforced["cpu_source"] == "rusage",
                         not enforced["control_groups"])
        self.assertEqual(answer["enforced"]["limits"]["cpu_s"], 5.0)

    def test_every_verdict(self):
        spin = "while True: pass"
        for verdict, code, limits in (
            ("OK", "print(1)", {}),
            ("RE", "raise SystemExit(3)", {}),
            ("RE", "import os; os.abort()", {}),
            ("TLE", spin, {"cpu_s": 0.3}),
            ("ILE", "import time; time.sleep(1000)", {"wall_s": 0.5}),
            ("OLE", "while True: print('x' * 1000)", {"output_kb": 8}),
            ("SV", "import ctypes; ctypes.CDLL(None).ptrace(16, 1, 0, 0)", {}),
        ):
            answer = self.run_code(code, limits=limits)
            self.assertEqual(answer["verdict"], verdict, answer)
            self.assertIsNotNone(answer["run"])
        # Of three children together, at L3.
        grouped = self.run_code("print(1)")["enforced"]["control_groups"]
        answer = self.run_code(
            "import os\n"
            "for _ in range(3):\n"
            "    if os.fork() == 0:\n"
            "        block = b'x' * (50 << 20)\n"
            "        break\n"
            "while True:\n"
            "    try: os.wait()\n"
            "    except ChildProcessError: break\n"
            "import time; time.sleep(1)",
            limits={"processes": 8, "memory_mb": 64})
        self.assertEqual(answer["verdict"], "MLE" if grouped else "OK", answer)
        for verdict, code in (
            ("OK", HELLO),
            ("CE", "int main() { return }"),
            ("RE", "int main() { return 3; }"),
            ("CE", "#include \"/etc/passwd\"\nint main() {}"),
        ):
            answer = self.run_code(code, "cpp")
            self.assertEqual(answer["verdict"], verdict, answer)
            self.assertIsNotNone(answer["compile"])
            self.assertEqual(answer["run"] is None, verdict == "CE")
            self.assertNotIn("root:", json.dumps(answer))

    def test_how_a_program_died(self):
        run = self.run_code("import os; os.abort()")["run"]
        self.assertEqual((run["exit_code"], run["signal"]), (None, 6))
        run = self.run_code("raise SystemExit(255)")["run"]
        self.assertEqual((run["exit_code"], run["signal"]), (255, None))

    def test_a_compile_that_explodes_ends_in_time(self):
        bomb = ("template <int D, unsigned long P> struct B { static constexpr "
                "unsigned long V = B<D - 1, P * 2>::V + B<D - 1, P * 2 + 1>::V;"
                " };\ntemplate <unsigned long P> struct B<0, P> { static "
                "constexpr unsigned long V = P; };\n"
                "int main() { return B<60, 1>::V; }")
        answer = self.run_code(bomb, "cpp")
        self.assertIn(answer["verdict"], ("CTLE", "CE"))
        self.assertIsNone(answer["run"])

    def test_diagnostics_say_where(self):
        answer = self.run_code("int main() {\n  return x;\n}\n", "cpp")
        self.assertIn("main.cc:2:10: error: ", answer["compile"]["stderr"])
        self.assertEqual(answer["compile"]["exit_code"], 1)

    def test_files_in_and_out(self):
        everything = bytes(range(256))
        answer = self.ask(post({
            "language": "cpp",
            "files": [
                {"name": "a.cpp", "content": "#include <fstream>\n#include \"h\""
                 "\nint main(int, char** v) { std::ifstream in(\"in\", std::ios"
                 "::binary); std::ofstream(\"out\", std::ios::binary) << in."
                 "rdbuf(); std::ofstream(\"arg\") << v[1] << Two(); }"},
                {"name": "b.cc", "content": "int Two() { return 2; }"},
                {"name": "h", "content": "int Two();"},
                {"name": "in",
                 "base64": base64.b64encode(everything).decode()}],
            "args": ["\u00e9"],
            "want_files": ["out", "arg", "none", "in"]}, "/v1/execute"))
        self.assertEqual(answer["verdict"], "OK", answer)
        out, arg, none, same = answer["files"]
        self.assertEqual(out["encoding"], "base64")
        self.assertEqual(base64.b64decode(out["content"]), everything)
        self.assertEqual(arg, {"name": "arg", "content": "\u00e92"})
        self.assertEqual(none, {"name": "none", "error": "no such file"})
        self.assertEqual(same["content"], out["content"])

    def test_bytes_that_are_no_text_come_as_base64(self):
        run = self.run_code("import sys; sys.stdout.buffer.write(b'\\xff\\0')\n"
                            "print('text', file=sys.stderr)")["run"]
        self.assertEqual(run["encoding"], "base64")
        self.assertEqual(base64.b64decode(run["stdout"]), b"\xff\0")
        self.assertEqual(base64.b64decode(run["stderr"]), b"text\n")
        run = self.run_code("print('\\0 \\u00e9 \\U0001f600')")["run"]
        self.assertNotIn("encoding", run)
        self.assertEqual(run["stdout"], "\0 \u00e9 \U0001f600\n")

    def test_hostile_files_do_not_come_back(self):
        answer = self.run_code(
            "import os\nos.symlink('/etc/passwd', 'link')\n"
            "os.mkdir('folder')\nopen('one', 'w').write('x')\n"
            "os.link('one', 'two')\n",
            want_files=["link", "folder", "one", "two"])
        self.assertEqual(answer["verdict"], "OK", answer)
        for file in answer["files"]:
            self.assertNotIn("content", file)
            self.assertTrue(file["error"])

    def test_output_at_the_limit_and_one_past_it(self):
        at = self.run_code("print('x' * 1024, end='')", limits={"output_kb": 1})
        self.assertEqual(at["verdict"], "OK")
        self.assertEqual(len(at["run"]["stdout"]), 1024)
        past = self.run_code("print('x' * 1025, end='')",
                             limits={"output_kb": 1})
        self.assertEqual(past["verdict"], "OLE")
        self.assertEqual(len(past["run"]["stdout"]), 1024)
        self.assertTrue(past["run"]["truncated"])

    def test_a_large_answer(self):
        answer = self.run_code("print('\\0' * (4 << 20))",
                               limits={"output_kb": 8192})
        self.assertEqual(len(answer["run"]["stdout"]), (4 << 20) + 1)

    def test_refusals_name_the_place(self):
        good = {"language": "python", "code": "print(1)"}
        for fields, pointer in (
            ({"language": "pyton"}, "/language"),
            ({"code": 1}, "/code"),
            ({"files": [{"name": "a", "content": ""}]}, "/files"),
            ({"limits": {"cpu_s": 1e9}}, "/limits/cpu_s"),
            ({"limits": {"cpu_s": 0}}, "/limits/cpu_s"),
            ({"limits": {"processes": -1}}, "/limits/processes"),
            ({"want_files": ["../x"]}, "/want_files/0"),
            ({"args": ["\0"]}, "/args/0"),
            ({"time": 1}, "/time"),
        ):
            problem = self.ask(post(good | fields, "/v1/execute"), 400)
            self.assertEqual(problem["errors"][0]["pointer"], "#" + pointer,
                             problem)

    def test_the_next_program_sees_nothing_of_the_last(self):
        self.run_code("open('/tmp/a', 'w'); open('/w/b', 'w')")
        answer = self.run_code(
            "import os; print(os.listdir('/w'), os.listdir('/tmp'))")
        self.assertEqual(answer["run"]["stdout"], "['main.py'] []\n")

    def test_runs_are_counted_by_language_and_verdict(self):
        def count(language, verdict):
            label = (f'assay_jail_runs_total{{language="{language}",'
                     f'verdict="{verdict}"}} ').encode()
            page = self.assayd.get("/metrics").body
            (line,) = [one for one in page.split(b"\n")
                       if one.startswith(label)]
            return int(line[len(label):])

        # A compile that fails counts as a run of the compiler; one whose
        # outcome is kept is none.
        rows = (("cpp", "OK"), ("cpp-compile", "OK"), ("cpp-compile", "RE"))
        before = [count(*row) for row in rows]
        for _ in range(2):
            self.run_code(HELLO + "// counted", "cpp")
            self.run_code("int main() { return }  // counted", "cpp")
        after = [count(*row) for row in rows]
        self.assertEqual(after[0] - before[0], 2)
        self.assertGreaterEqual(after[1] - before[1], 1)
        self.assertEqual(after[2] - before[2], 1)

    def test_the_path_has_one_method(self):
        answer = self.assayd.get("/v1/execute")
        self.assertEqual((answer.status, answer.fields["allow"]),
                         (405, "POST"))


    def test_scoring_cpp(self):
        def item(name, code):
            return {"id": name, "response": f"```cpp\n{code}```",
                    "checks": [{"checker": "code", "language": "cpp",
                                "tests": [{"stdout": "hello\n"}]}]}

        results = self.ask(post({"items": [
            item("right", HELLO), item("wrong", "int main() {}\n"),
            item("broken", "int main() { return }\n")]}))["results"]
        self.assertEqual([one["reward"] for one in results], [1.0, 0.0, 0.0])
        detail = results[2]["checks"][0]["detail"]
        self.assertEqual(detail["compile"]["verdict"], "CE")


class Limits(unittest.TestCase):
    def test_what_comes_back_is_bounded_together(self):
        assayd = Assayd("--limit-returned-bytes", "2000")
        write = ("open('a', 'w').write('x' * 1000)\n"
                 "open('b', 'w').write('x' * %d)\nprint('y' * %d, end='')")
        answer = assayd.ask(request(write % (1000, 2000),
                                    want_files=["a", "b"])).json()
        self.assertEqual([len(f["content"]) for f in answer["files"]],
                         [1000, 1000])
        self.assertEqual(answer["verdict"], "OK")
        answer = assayd.ask(request(write % (1001, 2001),
                                    want_files=["a", "b"])).json()
        self.assertIn("content", answer["files"][0])
        self.assertIn("returned_bytes", answer["files"][1]["error"])
        self.assertEqual(answer["verdict"], "OLE")
        refused = assayd.ask(request("", limits={"output_kb": 2}))
        self.assertEqual(refused.status, 413)
        self.assertIn(b"limit.returned_bytes = 2000", refused.body)
        self.assertEqual(assayd.stop(), 0)

    def test_each_flag_is_a_limit(self):
        flags = {"program-bytes": 20, "program-files": 2, "stdin-bytes": 3,
                 "args": 2, "arg-bytes": 4, "want-files": 1}
        assayd = Assayd(*(part for name, value in flags.items()
                          for part in (f"--limit-{name}", str(value))))
        file = {"name": "main.py", "content": "print(1)"}
        two = [file, {"name": "b", "content": ""}]
        for name, at, past in (
            ("program_bytes", {"code": "print(1)#" + "x" * 11},
             {"code": "print(1)#" + "x" * 12}),
            ("program_files", {"files": two},
             {"files": two + [{"name": "c", "content": ""}]}),
            ("stdin_bytes", {"code": "", "stdin": "abc"},
             {"code": "", "stdin": "abcd"}),
            ("args", {"code": "", "args": ["a", "b"]},
             {"code": "", "args": ["a", "b", "c"]}),
            ("arg_bytes", {"code": "", "args": ["abcd"]},
             {"code": "", "args": ["abcde"]}),
            ("want_files", {"code": "", "want_files": ["a"]},
             {"code": "", "want_files": ["a", "b"]}),
        ):
            good = assayd.ask(post({"language": "python"} | at, "/v1/execute"))
            self.assertEqual(good.status, 200, (name, good))
            refused = assayd.ask(post({"language": "python"} | past,
                                      "/v1/execute"))
            self.assertEqual(refused.status, 413, (name, refused))
            self.assertIn(f"limit.{name} = ".encode(), refused.body)
        self.assertEqual(assayd.stop(), 0)


class Lane(unittest.TestCase):
    """Admission, leaving and stopping are those of scoring."""

    SLEEP = request("import time; time.sleep(1000)",
                    limits={"wall_s": 1000})

    def is_busy(self, assayd, text):
        return text in assayd.get("/readyz?verbose").body

    def test_a_full_queue_sheds_and_a_peer_that_leaves_makes_room(self):
        assayd = Assayd("--slots", "1", "--limit-queue-items", "2",
                        "--limit-items", "2")
        running = assayd.connect()
        running.sendall(self.SLEEP)
        assayd.wait_until(lambda: self.is_busy(assayd, b"running=1"))
        waiting = assayd.connect()
        waiting.sendall(self.SLEEP)
        assayd.wait_until(lambda: self.is_busy(assayd, b"waiting=1"))
        shed = assayd.ask(request("print(1)"))
        self.assertEqual(shed.status, 503)
        self.assertIn(int(shed.fields["retry-after"]), (1, 2, 3))
        self.assertIn(b"limit.queue_items", shed.body)
        # Both leave: the one that waits never starts, the one that runs ends.
        for peer in (waiting, running):
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                            struct.pack("ii", 1, 0))  # a reset
            peer.close()
        assayd.wait_until(lambda: self.is_busy(assayd, b"waiting=0 running=0"))
        self.assertEqual(assayd.ask(request("print(1)")).json()["verdict"],
                         "OK")
        self.assertEqual(assayd.stop(), 0)

    def test_stopping_answers_what_was_taken(self):
        assayd = Assayd("--slots", "1")
        peers = []
        for i in range(3):
            peers.append(assayd.connect())
            peers[-1].sendall(request(f"import time; time.sleep(0.3)\n"
                                      f"print({i})"))
        assayd.wait_until(
            lambda: self.is_busy(assayd, b"waiting=2 running=1"))
        assayd.process.send_signal(signal.SIGTERM)
        for i, peer in enumerate(peers):
            received = b""
            while some := peer.recv(1 << 16):
                received += some
            (answer,) = parse_responses(received)
            self.assertEqual(answer.json()["run"]["stdout"], f"{i}\n")
        self.assertEqual(assayd.process.wait(LONG), 0)
        assayd.end()

    def test_stopping_cuts_off_what_takes_too_long(self):
        assayd = Assayd("--drain-timeout-ms", "300")
        peer = assayd.connect()
        peer.sendall(self.SLEEP)
        assayd.wait_until(lambda: self.is_busy(assayd, b"running=1"))
        begin = time.monotonic()
        assayd.process.send_signal(signal.SIGTERM)
        self.assertEqual(assayd.process.wait(LONG), 0)
        self.assertLess(time.monotonic() - begin, LONG)
        assayd.end()


@unittest.skipIf(os.geteuid() != 0, "covering a program takes root")
class NoCompiler(unittest.TestCase):
    def test_it_is_said_and_costs_nothing(self):
        real = os.environ["ASSAYD"]
        cover = ("mount --bind /dev/null \"$(readlink -f /usr/bin/g++)\" && "
                 "exec \"$0\" \"$@\"")
        process = subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", cover, real, "--listen",
             "127.0.0.1:0"], stderr=subprocess.PIPE)
        try:
            port = int(process.stderr.readline().rsplit(b":", 1)[1])
            assayd = Assayd.__new__(Assayd)
            assayd.port, assayd.peers = port, []
            answer = assayd.ask(request(HELLO, "cpp")).json()
            item = {"id": "a", "response": f"```cpp\n{HELLO}```",
                    "checks": [{"checker": "code", "language": "cpp",
                                "tests": [{"stdout": "hello\n"}]}]}
            scored = assayd.ask(post({"items": [item]})).json()["results"][0]
        finally:
            process.terminate()
            process.wait(LONG)
            process.stderr.close()
        self.assertEqual(answer["verdict"], "IE")
        self.assertEqual(answer["failure"], "this machine has no g++")
        self.assertIsNone(answer["compile"])
        self.assertIsNone(answer["run"])
        self.assertEqual((scored["status"], scored["reward"]),
                         ("not_judged", None))
        self.assertEqual(scored["checks"][0]["detail"]["failure"],
                         "this machine has no g++")


if __name__ == "__main__":
    unittest.main()
