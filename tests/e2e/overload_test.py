"""More work than there is room for, and an order to stop in the midst of it."""

import json
import os
import selectors
import signal
import time
import unittest

from assayd_process import LONG, Assayd, item, parse_responses, post


def is_busy(assayd, text):
    return text in assayd.get("/readyz?verbose").body


class Overload(unittest.TestCase):
    def test_ten_thousand_requests_over_a_full_queue_are_shed(self):
        # One slow item runs, 99 wait: the queue is full for the whole test.
        assayd = Assayd("--workers", "1", "--slots", "1",
                        "--limit-queue-items", "100", "--limit-items", "100")
        held = assayd.connect()
        held.sendall(post({"items": [item(f"{i}", "42", "program", ms=60_000)
                                     for i in range(100)]}))
        assayd.wait_until(lambda: is_busy(assayd, b"waiting=99 running=1"))
        request = post({"items": [item("a"), item("b")]})
        peers = [assayd.connect() for _ in range(20)]
        for peer in peers:  # warm: memory of the connections themselves
            self.assertEqual(assayd.ask(request, peer).status, 503)
        before = assayd.memory_kb()
        shed = 0
        for _ in range(10):
            for peer in peers:
                peer.sendall(request * 50)
            for peer in peers:
                for _ in range(50):
                    answer = self.read(assayd, peer)
                    self.assertEqual(answer.status, 503, answer)
                    self.assertIn(int(answer.fields["retry-after"]), (1, 2, 3))
                    self.assertIn(b"limit.queue_items", answer.body)
                    shed += 1
        self.assertEqual(shed, 10_000)
        growth = assayd.memory_kb() - before
        if "ASSAY_SANITIZED" not in os.environ:  # it keeps freed memory aside
            self.assertLess(growth, 10_000, "KB more than before")
        self.assertTrue(is_busy(assayd, b"waiting=99 running=1"))
        held.close()  # cancels what waits
        assayd.process.kill()
        assayd.end()

    def read(self, assayd, peer):
        """One of several responses on `peer`."""
        buffer = self.buffers.setdefault(peer, bytearray())
        while True:
            head, separator, rest = bytes(buffer).partition(b"\r\n\r\n")
            if separator:
                length = int(head.lower().partition(b"content-length: ")[2]
                             .partition(b"\r\n")[0])
                if len(rest) >= length:
                    size = len(head) + 4 + length
                    response = parse_responses(bytes(buffer[:size]))[0]
                    del buffer[:size]
                    return response
            some = peer.recv(1 << 16)
            assert some, "closed"
            buffer += some

    def setUp(self):
        self.buffers = {}


class Stop(unittest.TestCase):
    """SIGTERM with a thousand requests in flight."""

    REQUESTS = 1_000

    def test_none_is_lost_and_none_answered_twice(self):
        assayd = Assayd("--workers", "2", "--slots", "50",
                        "--limit-connections", "2000", nofile=4_096)
        peers = []
        for i in range(self.REQUESTS):
            peer = assayd.connect()
            peer.sendall(post({"items": [
                item(f"q{i}", "42", "program", ms=500)]}))  # 10 s in all
            peers.append(peer)
        assayd.wait_until(lambda: is_busy(assayd, b"running=50"))
        assayd.process.send_signal(signal.SIGTERM)

        received = {i: bytearray() for i in range(self.REQUESTS)}
        selector = selectors.DefaultSelector()
        for i, peer in enumerate(peers):
            selector.register(peer, selectors.EVENT_READ, i)
        deadline = time.monotonic() + LONG
        while selector.get_map():
            self.assertLess(time.monotonic(), deadline, "not all were ended")
            for key, _ in selector.select(1):
                some = key.fileobj.recv(1 << 16)
                received[key.data] += some
                if not some:
                    selector.unregister(key.fileobj)
        for i, data in received.items():
            responses = parse_responses(bytes(data))
            self.assertEqual(len(responses), 1, i)
            self.assertEqual(responses[0].status, 200, responses)
            results = json.loads(responses[0].body)["results"]
            self.assertEqual([(one["id"], one["reward"]) for one in results],
                             [(f"q{i}", 1.0)])
        self.assertEqual(assayd.process.wait(LONG), 0)
        assayd.end()


if __name__ == "__main__":
    unittest.main()
