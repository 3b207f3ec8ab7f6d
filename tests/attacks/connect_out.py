# Connects to a service of the host.
import socket

for address in (("127.0.0.1", 80), ("169.254.169.254", 80)):
    try:
        socket.create_connection(address, timeout=1)
        print("connected")
    except OSError:
        print("refused")
