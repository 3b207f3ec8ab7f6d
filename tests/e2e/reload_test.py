"""SIGHUP: the configuration is read anew, all of it or nothing, and no request
notices."""

import os
import re
import signal
import tempfile
import threading
import unittest

from assayd_process import LONG, Assayd, item, post

RELOADED = b"configuration reloaded"
REFUSED = b"configuration not reloaded"


def items(count):
    return post({"items": [item(f"q{i}") for i in range(count)]})


class ReloadTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "assayd.toml")

    def write(self, text):
        # As editors and ConfigMaps do: the file changes at once.
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.rename(self.path + ".new", self.path)

    def start(self, text, *flags):
        self.write(text)
        return Assayd("--config", self.path, *flags)

    def reload(self, server, says=RELOADED):
        before = server.log_text().count(says)
        server.process.send_signal(signal.SIGHUP)
        server.wait_until(lambda: server.log_text().count(says) == before + 1)

    def last_reload(self, server):
        name = r"\nassay_config_last_reload_successful (\d)\n"
        return int(re.search(name, server.get("/metrics").body.decode())[1])

    def test_what_is_new_holds_for_the_next_request(self):
        server = self.start("[limit]\nitems = 2\n")
        peer = server.connect()
        self.assertEqual(server.ask(items(2), peer).status, 200)
        self.assertEqual(server.ask(items(3)).status, 413)
        self.write("[limit]\nitems = 3\n")
        self.reload(server)
        self.assertIn(b"limit.items 2 -> 3", server.log_text())
        # On a connection that was open, too.
        self.assertEqual(server.ask(items(3), peer).status, 200)
        self.write("")
        self.reload(server)
        self.assertEqual(server.ask(items(9)).status, 200)
        self.assertEqual(server.stop(), 0)

    def test_limits_of_the_service_change(self):
        server = self.start("[limit]\nitems = 5\nqueue_items = 5\n"
                            "body_bytes = 1000\nheld_bytes = 1000\n")
        self.assertEqual(server.ask(items(6)).status, 413)
        self.write("[limit]\nitems = 8\nqueue_items = 8\n"
                   "body_bytes = \"1M\"\nheld_bytes = \"1M\"\n")
        self.reload(server)
        self.assertEqual(server.ask(items(8)).status, 200)
        self.assertEqual(server.stop(), 0)

    def test_a_request_in_flight_ends_as_it_began(self):
        server = self.start("[limit]\nitems = 5\n")
        request = items(5)
        peer = server.connect()
        peer.sendall(request[:-10])
        server.wait_until(
            lambda: b"held_bytes=0" not in
            server.get("/readyz?verbose").body)
        self.write("[limit]\nitems = 1\n")
        self.reload(server)
        self.assertEqual(server.ask(items(5)).status, 413)
        peer.sendall(request[-10:])
        answer = server.read_one(peer)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(len(answer.json()["results"]), 5)
        self.assertEqual(server.ask(items(5), peer).status, 413)
        self.assertEqual(server.stop(), 0)

    def test_a_broken_file_changes_nothing_and_is_explained(self):
        server = self.start("[limit]\nitems = 2\n")
        self.write("[limit]\nitems = 5\nitmes = 3\nchecks = \"8\"\n")
        self.reload(server, REFUSED)
        log = server.log_text().decode()
        self.assertIn(f"{self.path}:3:1: unknown key limit.itmes; did you "
                      "mean items?", log)
        self.assertIn(f"{self.path}:4:10: limit.checks: expected", log)
        self.assertEqual(server.ask(items(3)).status, 413)
        self.assertEqual(self.last_reload(server), 0)
        os.remove(self.path)
        self.reload(server, REFUSED)
        self.assertEqual(server.ask(items(3)).status, 413)
        self.write("[limit]\nitems = 5\n")
        self.reload(server)
        self.assertEqual(self.last_reload(server), 1)
        self.assertEqual(server.ask(items(3)).status, 200)
        self.assertEqual(server.stop(), 0)

    def test_what_needs_a_restart_refuses_all_of_it(self):
        server = self.start("[limit]\nitems = 2\n")
        rows = (("[server]\nio_threads = 3\n", "server.io_threads"),
                ("[engine]\nworkers = 3\n", "engine.workers"),
                ("[limit]\nconnections = 99\n", "limit.connections"),
                ("[jail]\nrequire = \"L1\"\n", "jail.require"))
        for text, name in rows:
            with self.subTest(name):
                self.write(text + ("" if "limit" in text else "[limit]\n") +
                           "items = 5\n")
                self.reload(server, REFUSED)
                self.assertRegex(server.log_text().decode(),
                                 re.escape(name) + " changed from .*: this "
                                 "needs a restart")
                self.assertEqual(server.ask(items(3)).status, 413)
        self.assertEqual(server.stop(), 0)

    def test_a_flag_wins_after_a_reload_too(self):
        server = self.start("", "--limit-items", "2")
        self.write("[limit]\nitems = 5\nchecks = 9\n")
        self.reload(server)
        self.assertEqual(server.ask(items(3)).status, 413)
        self.assertEqual(server.stop(), 0)

    def test_the_log_changes_its_level(self):
        server = self.start("[log]\nlevel = \"error\"\n")
        self.write("[log]\nlevel = \"info\"\n")
        self.reload(server)
        self.assertEqual(server.stop(), 0)

    def test_a_signal_while_it_drains_harms_nothing(self):
        server = self.start("", "--drain-delay-ms", "1000")
        server.process.send_signal(signal.SIGTERM)
        server.wait_until(lambda: server.get("/readyz").status == 503)
        server.process.send_signal(signal.SIGHUP)
        self.assertEqual(server.get("/livez").status, 200)
        self.assertEqual(server.process.wait(LONG), 0)
        self.assertEqual(server.stop(), 0)

    def test_a_hundred_reloads_under_load_lose_no_request(self):
        server = self.start("[limit]\nitems = 50\n", "--workers", "2")
        stop = threading.Event()
        asked, failures = [], []

        def ask_on():
            request = items(20)
            peer = server.connect()
            count = 0
            while not stop.is_set():
                try:
                    answer = server.ask(request, peer)
                    rewards = [r["reward"] for r in answer.json()["results"]]
                    if answer.status != 200 or rewards != [1.0] * 20:
                        raise AssertionError(answer)
                except Exception as error:  # pylint: disable=broad-except
                    failures.append(error)
                    break
                count += 1
            asked.append(count)

        threads = [threading.Thread(target=ask_on) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            for count in range(100):
                good = count % 4 != 3
                self.write(f"[limit]\nitems = {30 + count % 2}\n" if good
                           else "[limit]\nitems = 0\n")
                self.reload(server, RELOADED if good else REFUSED)
        finally:
            stop.set()
            for thread in threads:
                thread.join(LONG)
        self.assertEqual(failures, [])
        self.assertEqual(len(asked), 4)
        for count in asked:
            self.assertGreater(count, 0)
        log = server.log_text()
        self.assertEqual((log.count(RELOADED), log.count(REFUSED)), (75, 25))
        metrics = server.get("/metrics").body.decode()
        self.assertIn('assay_config_reloads_total{result="taken"} 75\n',
                      metrics)
        self.assertIn('assay_config_reloads_total{result="refused"} 25\n',
                      metrics)
        server.assert_honest()
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
