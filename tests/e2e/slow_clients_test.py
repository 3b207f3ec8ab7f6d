"""2,000 slow connections against 1,024 descriptors.

Each slow peer sends a line of its head every 2 s and comes back as soon as it
is thrown out. Honest peers, each on a new connection, are served meanwhile and
afterwards.
"""

import selectors
import socket
import threading
import time
import unittest

from assayd_process import HONEST, Assayd

SLOW_PEERS = 2_000
SECONDS = 8
DESCRIPTORS = 1_024


class Attack(threading.Thread):
    """Keeps SLOW_PEERS connections half way through their heads."""

    def __init__(self, port, first):
        super().__init__()
        self.port, self.first = port, first
        self.connections = 0
        self.stopping = threading.Event()

    def open(self, selector):
        peer = socket.socket()
        peer.setblocking(False)
        peer.connect_ex(("127.0.0.1", self.port))
        selector.register(peer, selectors.EVENT_WRITE, time.monotonic())
        self.connections += 1

    def run(self):
        selector = selectors.EpollSelector()
        for _ in range(SLOW_PEERS):
            self.open(selector)
        while not self.stopping.is_set():
            for key, events in selector.select(0.05):
                try:
                    if events & selectors.EVENT_WRITE:  # connected
                        key.fileobj.send(self.first)
                        selector.modify(key.fileobj, selectors.EVENT_READ,
                                        time.monotonic())
                        continue
                    if key.fileobj.recv(1_000):
                        continue
                except OSError:
                    pass
                selector.unregister(key.fileobj)
                key.fileobj.close()
                self.open(selector)
            now = time.monotonic()
            for key in list(selector.get_map().values()):
                if now - key.data > 2 and key.events == selectors.EVENT_READ:
                    try:
                        key.fileobj.send(b"X-Slow: yes\r\n")
                    except OSError:
                        pass
                    selector.modify(key.fileobj, selectors.EVENT_READ, now)
        for key in list(selector.get_map().values()):
            key.fileobj.close()
        selector.close()


class SlowClientsTest(unittest.TestCase):
    def honest_trial(self, server):
        started = time.monotonic()
        try:
            with socket.create_connection(("127.0.0.1", server.port), 2) as peer:
                return server.ask(HONEST, peer).status == 200, (
                    time.monotonic() - started)
        except (OSError, AssertionError):
            return False, time.monotonic() - started

    def honest_trials(self, server, seconds):
        end = time.monotonic() + seconds
        trials = []
        while time.monotonic() < end:
            trials.append(self.honest_trial(server))
            time.sleep(0.02)
        return trials

    def attack(self, name, first):
        server = Assayd(nofile=DESCRIPTORS)
        self.assertIn(b"at most 896 connections", server.log_text())
        attack = Attack(server.port, first)
        attack.start()
        try:
            server.wait_until(lambda: server.descriptors() > 800)
            cpu = server.cpu_seconds()
            during = self.honest_trials(server, SECONDS)
            cpu = server.cpu_seconds() - cpu
        finally:
            attack.stopping.set()
            attack.join()
        after = self.honest_trials(server, 1)
        times = sorted(seconds for _, seconds in during)
        served = sum(ok for ok, _ in during)
        print(f"\n{name}: honest {served} of {len(during)} during, "
              f"{sum(ok for ok, _ in after)} of {len(after)} after; "
              f"p50 {times[len(times) // 2] * 1e3:.0f} ms, "
              f"p99 {times[len(times) * 99 // 100] * 1e3:.0f} ms; "
              f"{attack.connections} slow connections; {cpu:.2f} s CPU")
        self.assertGreater(len(during), 5)
        self.assertGreaterEqual(served, 0.99 * len(during))
        self.assertTrue(all(ok for ok, _ in after))
        self.assertLess(len(server.log_text()), 10_000)
        server.assert_honest()
        self.assertEqual(server.stop(), 0)

    @classmethod
    def setUpClass(cls):
        import resource
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE,
                           (min(hard, SLOW_PEERS + 500), hard))

    def test_slow_heads(self):
        self.attack("slow heads", b"POST /v1/score HTTP/1.1\r\nHost: a\r\n")

    def test_out_of_descriptors(self):
        # Fewer than the connections it thinks it may have: accept() fails.
        server = Assayd("--limit-connections", "1000", nofile=22)
        slow = []
        for _ in range(60):
            slow.append(server.connect())
            slow[-1].sendall(b"GET / HT")
        server.wait_until(lambda: b"accept errors" in server.log_text())
        cpu = server.cpu_seconds()
        served = [self.honest_trial(server)[0] for _ in range(20)]
        # More come and say nothing: descriptors stay short.
        slow += [server.connect() for _ in range(60)]
        time.sleep(2)
        cpu = server.cpu_seconds() - cpu
        self.assertLess(cpu, 1)  # it waits and does not spin
        self.assertGreaterEqual(sum(served), 19)
        for peer in slow:
            peer.close()
        server.wait_until(lambda: self.honest_trial(server)[0])
        server.assert_honest()
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
