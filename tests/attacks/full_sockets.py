# Fills as many sockets as it may have with as many datagrams as they take.
import errno
import socket

pairs = []
sent = 0
try:
    while True:
        pairs.append(socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM))
        for end in pairs[-1]:
            end.setblocking(False)
            try:
                while True:
                    sent += end.send(b"x")
            except BlockingIOError:
                pass
except OSError as error:
    print(errno.errorcode[error.errno], len(pairs) < 64, sent < 100_000)
