"""GET /metrics as Prometheus reads it: linted, whole from the first scrape, bounded,
and its counts add up. ASSAYD is assayd over the checkers of tests/verifier,
ASSAYD_BUILT_IN the one that users have."""

import json
import os
import re
import signal
import tempfile
import unittest

import tools
from assayd_process import HONEST, Assayd, item, post

LINE = re.compile(r'([a-z_]+)(?:\{(.*)\})? (\S+)')
MOST_SERIES = 2_000

NAMES = """
assay_checks_total assay_not_judged_total assay_check_duration_seconds
assay_items_total assay_queue_wait_seconds assay_queue_items
assay_queue_limit_items assay_workers assay_workers_busy assay_jail_slots
assay_http_requests_total assay_http_request_duration_seconds
assay_rejections_total assay_http_connections assay_http_bodies_held_bytes
assay_draining assay_exceptions_total assay_jail_runs_total
assay_compile_cache_lookups_total assay_compile_cache_evictions_total
assay_compile_cache_bytes assay_precompiled_header_bytes
assay_jail_enforcement_level assay_build_info
assay_config_last_reload_successful
assay_config_last_reload_success_timestamp_seconds assay_config_reloads_total
process_cpu_seconds_total
process_resident_memory_bytes process_virtual_memory_bytes process_open_fds
process_max_fds process_threads process_start_time_seconds
""".split()


def labels_of(text):
    return dict(re.findall(r'([a-z_]+)="([^"]*)"', text or ""))


class Scrape:
    def __init__(self, server):
        answer = server.get("/metrics")
        assert answer.status == 200, answer
        assert answer.fields["content-type"] == "text/plain; version=0.0.4"
        self.text = answer.body.decode()
        self.rows = []
        for line in self.text.splitlines():
            if line.startswith("#"):
                continue
            match = LINE.fullmatch(line)
            assert match, line
            self.rows.append((match[1], labels_of(match[2]), float(match[3])))
        self.names = {re.sub("_(bucket|sum|count)$", "", name) if
                      f"# TYPE {name} " not in self.text else name
                      for name, _, _ in self.rows}

    def series(self):
        return {(name, tuple(sorted(labels.items())))
                for name, labels, _ in self.rows}

    def sum(self, name, **wanted):
        """The sum over the series with these labels; there must be one."""
        values = [value for one, labels, value in self.rows
                  if one == name and wanted.items() <= labels.items()]
        assert values, f"no {name} {wanted}"
        return sum(values)


def closing(request):
    return request.replace(b"Host: test\r\n",
                           b"Host: test\r\nConnection: close\r\n")


class Metrics(unittest.TestCase):
    def assert_linted(self, scrape):
        self.assertEqual(tools.promtool("check", "metrics", text=scrape.text),
                         (0, ""))

    def test_the_linter_says_no_to_what_is_bad(self):
        bad = "# TYPE a_ms gauge\na_ms 1\n"
        self.assertEqual(tools.promtool("check", "metrics", text=bad)[0], 3)

    def test_everything_is_there_from_the_first_scrape_at_zero(self):
        server = Assayd()
        first = Scrape(server)
        self.assert_linted(first)
        self.assertEqual(first.names, set(NAMES))
        self.assertLess(len(first.rows), MOST_SERIES)
        for name, labels, value in first.rows:
            if re.match("assay_.*_(total|bucket|sum|count)$", name):
                self.assertEqual(value, 0, (name, labels))
        for checker in ("equals", "sleep", "program", "throws", "gate"):
            for outcome in ("correct", "partial", "wrong", "unreadable",
                            "timeout", "violation", "not_judged"):
                first.sum("assay_checks_total", checker=checker, outcome=outcome)
        self.assertEqual(server.stop(), 0)

    def test_counts_add_up_and_no_request_makes_a_label(self):
        server = Assayd("--limit-items", "50", "--limit-body-bytes", "100000")
        before = Scrape(server)
        # What is sent, by checker and outcome, then by route and code.
        checks = {("equals", "correct"): 40, ("equals", "wrong"): 20,
                  ("throws", "not_judged"): 2, ("throws", "wrong"): 1,
                  ("program", "correct"): 3, ("sleep", "timeout"): 1}
        items = (
            [item(f"r{i}") for i in range(40)],
            [item(f"w{i}", "41") for i in range(20)]
            + [item("j", checker="throws", when="judge"),
               item("p", checker="throws", when="prepare"),
               item("n", checker="throws", when="answer")]
            + [item(f"p{i}", checker="program", ms=0) for i in range(3)]
            + [{**item("t"), "deadline_ms": 1, "checks": [
                {"checker": "sleep", "ms": 50, "weight": 0},
                {"checker": "sleep", "ms": 50}]}]
            + [item("x", checker="no-such\nchecker"), {"id": "y"}],
        )
        checks["sleep", "correct"] = 1  # it sleeps up to the deadline
        server.ask(post({"items": items[0]}))
        with server.connect() as peer:
            peer.sendall(closing(post({"items": items[1]},
                                      extra="Accept: application/x-ndjson\r\n")))
            while peer.recv(1 << 16):
                pass
        requests = {("/v1/score", "200"): 2}

        def send(route, code, data):
            answers = server.exchange(closing(data))
            self.assertEqual([str(a.status) for a in answers], [code], data[:99])
            requests[route, code] = requests.get((route, code), 0) + 1

        def get(path):
            return f"GET {path} HTTP/1.1\r\nHost: test\r\n\r\n".encode()

        for hostile in ("/x", "/v1/score/../x", "/metrics/1", "/problems/no",
                        "/%00", '/"}', "/a?b={c=\"d\"}"):
            send("unmatched", "404", get(hostile))
        for i in range(50):
            send("unmatched", "404", get(f"/user/{i}"))
        for path in ("/livez", "/healthz", "/readyz", "/v1/checkers",
                     "/openapi.json"):
            send(path, "200", get(path))
        send("/problems/{slug}", "200", get("/problems/too-large"))
        send("/v1/score", "405", get("/v1/score"))
        send("/livez", "405", b"BREW /livez HTTP/1.1\r\nHost: test\r\n\r\n")
        send("/v1/score", "400", post(b"{"))
        send("/v1/score", "400", post({"items": [], "x": 1}))
        send("/v1/score", "413", post({"items": [item(str(i))
                                                 for i in range(51)]}))
        send("/v1/score", "415", post(b"{}", extra="Content-Encoding: gzip\r\n"))
        send("/v1/equal", "400", post({"pairs": [["1", "1"]]}, path="/v1/equal"))
        send("unmatched", "413", post(b"", length=100_001))
        send("unmatched", "411", get("/livez").replace(
            b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n"))
        send("unmatched", "414", get("/" + "x" * 9_000))
        send("unmatched", "431", get("/livez").replace(
            b"\r\n\r\n", b"\r\nA: " + b"x" * 9_000 + b"\r\n\r\n"))
        send("unmatched", "400", b"nonsense\r\n\r\n")

        after = Scrape(server)
        self.assert_linted(after)
        self.assertEqual(after.series(), before.series())
        requests["/metrics", "200"] = 1  # the scrape before; this one is not done
        for (route, code), count in requests.items():
            self.assertEqual(after.sum("assay_http_requests_total", route=route,
                                       code=code), count, (route, code))
        total = sum(requests.values())
        self.assertEqual(after.sum("assay_http_requests_total"), total)
        self.assertEqual(
            after.sum("assay_http_request_duration_seconds_count"), total)
        refused = sum(n for (_, code), n in requests.items() if code >= "400")
        self.assertEqual(after.sum("assay_rejections_total"), refused)
        self.assertEqual(after.sum("assay_rejections_total", reason="not_found"),
                         57)
        self.assertEqual(after.sum("assay_rejections_total", reason="too_large"),
                         2)

        for (checker, outcome), count in checks.items():
            self.assertEqual(after.sum("assay_checks_total", checker=checker,
                                       outcome=outcome), count,
                             (checker, outcome))
        self.assertEqual(after.sum("assay_checks_total"), sum(checks.values()))
        self.assertEqual(after.sum("assay_not_judged_total"), 2)
        self.assertEqual(after.sum("assay_not_judged_total", checker="throws",
                                   reason="checker_failed"), 1)
        self.assertEqual(after.sum("assay_not_judged_total", checker="throws",
                                   reason="engine_failed"), 1)
        # One that was never asked took no time.
        self.assertEqual(after.sum("assay_check_duration_seconds_count"),
                         sum(checks.values()) - 1)
        sent = sum(map(len, items))
        self.assertEqual(after.sum("assay_items_total"), sent)
        self.assertEqual(after.sum("assay_items_total", status="invalid"), 2)
        self.assertEqual(after.sum("assay_items_total", status="not_judged"), 2)
        self.assertEqual(after.sum("assay_queue_wait_seconds_count"), sent)
        self.assertEqual(after.sum("assay_queue_items"), 0)
        self.assertEqual(after.sum("assay_exceptions_total"), 0)
        self.assertEqual(server.stop(), 0)

    def test_is_answered_when_nothing_else_is(self):
        server = Assayd("--workers", "1", "--slots", "1", "--limit-queue-items",
                        "100", "--limit-items", "100", "--drain-delay-ms", "2000",
                        "--drain-timeout-ms", "100")
        held = server.connect()
        held.sendall(post({"items": [item(f"{i}", checker="program", ms=60_000)
                                     for i in range(100)]}))
        server.wait_until(lambda: Scrape(server).sum(
            "assay_jail_slots", state="busy") == 1)
        for _ in range(5):
            self.assertEqual(server.ask(HONEST).status, 503)
        full = Scrape(server)
        self.assert_linted(full)
        self.assertEqual(full.sum("assay_queue_items"), 100)
        self.assertEqual(full.sum("assay_queue_limit_items"), 100)
        self.assertEqual(full.sum("assay_workers"), 1)
        self.assertEqual(full.sum("assay_workers_busy"), 0)
        self.assertEqual(full.sum("assay_jail_slots", state="free"), 0)
        self.assertEqual(full.sum("assay_rejections_total", reason="queue_full"),
                         5)
        self.assertEqual(full.sum("assay_draining"), 0)
        server.process.send_signal(signal.SIGTERM)
        server.wait_until(lambda: server.get("/readyz").status == 503)
        draining = Scrape(server)
        self.assertEqual(draining.sum("assay_draining"), 1)
        self.assertEqual(draining.sum("assay_queue_items"), 100)
        self.assertEqual(server.process.wait(60), 0)
        server.end()

    def test_says_how_reloads_went_and_which_limits_hold_now(self):
        with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
            def reload(text, result):
                before = Scrape(server).sum("assay_config_reloads_total",
                                            result=result)
                file.truncate(0)
                file.seek(0)
                file.write(text)
                file.flush()
                server.process.send_signal(signal.SIGHUP)
                server.wait_until(lambda: Scrape(server).sum(
                    "assay_config_reloads_total", result=result) == before + 1)
                return Scrape(server)

            server = Assayd("--config", file.name)
            series = Scrape(server).series()
            refused = reload("[limit]\nitmes = 3\n", "refused")
            self.assertEqual(refused.sum("assay_config_last_reload_successful"), 0)
            taken = reload("[limit]\nitems = 3\nqueue_items = 7\n", "taken")
            self.assertEqual(taken.sum("assay_config_last_reload_successful"), 1)
            self.assertEqual(taken.sum("assay_queue_limit_items"), 7)
            self.assertEqual(taken.series(), series)
            self.assert_linted(taken)
            schema = server.get("/openapi.json").json()["components"]["schemas"]
            limit = schema["ScoreRequest"]["properties"]["items"]
            self.assertEqual(limit["maxItems"], 3)
            self.assertEqual(server.stop(), 0)

    def test_is_answered_when_every_connection_is_slow(self):
        server = Assayd("--limit-connections", "20")
        for _ in range(100):
            server.connect().sendall(b"GET / HT")
        Scrape(server)
        # Those that were evicted are closed a moment later.
        server.wait_until(
            lambda: Scrape(server).sum("assay_http_connections") <= 20)
        self.assertEqual(server.stop(), 0)


class BuiltIn(unittest.TestCase):
    """What is shipped beside the binary speaks of what is in its scrape."""

    @classmethod
    def setUpClass(cls):
        names = os.environ["ASSAYD"], os.environ["ASSAYD_BUILT_IN"]
        os.environ["ASSAYD"] = names[1]
        try:
            cls.server = Assayd()
        finally:
            os.environ["ASSAYD"] = names[0]
        cls.scrape = Scrape(cls.server)

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0

    def test_programs_are_counted_by_how_they_ended(self):
        def code(name, source):
            return {"id": name, "response": f"```python\n{source}\n```",
                    "checks": [{"checker": "code", "language": "python",
                                "tests": [{"stdin": "", "stdout": "1\n"}]}]}
        answer = self.server.ask(post({"items": [
            code("a", "print(1)"), code("b", "print(2)"), code("c", "1/0")]}))
        self.assertEqual(answer.status, 200)
        after = Scrape(self.server)
        level = after.sum("assay_jail_enforcement_level")
        self.assertEqual(level == 0, b"no jail" in self.server.log_text())
        ended = {verdict: after.sum("assay_jail_runs_total", language="python",
                                    verdict=verdict) for verdict in ("OK", "RE")}
        if level == 0:
            self.assertEqual(ended, {"OK": 0, "RE": 0})
            self.assertEqual(after.sum("assay_not_judged_total", checker="code",
                                       reason="no_jail"), 3)
        else:
            self.assertEqual(ended, {"OK": 2, "RE": 1})
            self.assertEqual(after.sum("assay_checks_total", checker="code"), 3)
            self.assertEqual(after.sum("assay_not_judged_total"), 0)
        self.assertEqual(after.series(), self.scrape.series())

    def test_build_info_names_the_version(self):
        (labels,) = [labels for name, labels, value in self.scrape.rows
                     if name == "assay_build_info" and value == 1]
        self.assertRegex(labels["version"], r"\A\d+\.\d+\.\d+\Z")
        self.assertTrue(labels["revision"])

    def assert_exist(self, expressions):
        known = self.scrape.names
        histograms = set(re.findall("# TYPE (\\S+) histogram", self.scrape.text))
        found = 0
        for expression in expressions:
            for name in re.findall(r"\b(?:assay|process)_[a-z_]+", expression):
                found += 1
                base = re.sub("_(bucket|sum|count)$", "", name)
                self.assertTrue(name in known - histograms or base in histograms,
                                f"{name} is in no scrape: {expression}")
        return found

    def test_rules_are_good_and_speak_of_what_there_is(self):
        path = tools.ROOT / "share/prometheus/assay.rules.yml"
        code, said = tools.promtool("check", "rules", str(path))
        self.assertEqual(code, 0, said)
        text = path.read_text()
        expressions = [re.sub(r"\s+", " ", match[1]) for match in re.finditer(
            r"expr:(.*?)(?=\n\s+(?:for|labels|- )|\Z)", text, re.S)]
        self.assertGreater(self.assert_exist(expressions), 20)
        code, said = tools.promtool("test", "rules",
                                    "tests/e2e/assay.rules_test.yml")
        self.assertEqual(code, 0, said)
        tested = (tools.HERE / "assay.rules_test.yml").read_text()
        for alert in re.findall(r"alert: (\w+)", text):
            self.assertIn(alert, tested)

    def test_the_dashboard_speaks_of_what_there_is(self):
        path = tools.ROOT / "share/grafana/assay.json"
        dashboard = json.loads(path.read_text())
        panels = dashboard["panels"]
        expressions = [target["expr"] for panel in panels
                       for target in panel.get("targets", [])]
        self.assertGreaterEqual(len(panels), 12)
        self.assertGreater(self.assert_exist(expressions), 15)
        for panel in panels:
            self.assertTrue(panel["title"])
            self.assertTrue(panel.get("targets") or panel["type"] == "row")


if __name__ == "__main__":
    unittest.main()
