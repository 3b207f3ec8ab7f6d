"""Frames and values, on both sides of a talk; rewards/code/wire.h says how they
are written. The beginning of each program beside this file: one main.py, so
that it is forked from a Python that has started.

What is used of Python is what it was before the first line of anybody else's
code ran.
"""

import sys

# The folder of the program, whose files may have the names of Python's own.
HERE = sys.path.pop(0)

import os
import builtins
from collections import Counter, OrderedDict, defaultdict, deque
from struct import Struct

sys.path.insert(0, HERE)

# Where the functions below look names up, the program's code cannot patch.
__builtins__ = dict(vars(builtins))

MAX_BYTES = 16 << 20
MAX_NODES = 1 << 20
MAX_DEPTH = 200
MAX_BITS = 1 << 20
ITEMS = {list: b"l", tuple: b"t", set: b"S", frozenset: b"Z", deque: b"Q"}
PAIRS = {dict: b"D", Counter: b"C", defaultdict: b"E", OrderedDict: b"O"}
MADE = {b"S": set, b"Q": deque, b"l": list, b"D": dict, b"C": Counter,
        b"E": defaultdict, b"O": OrderedDict}
# The other side can change these, and so they have numbers.
CHANGEABLE = frozenset((list, set, deque, dict, Counter, defaultdict,
                        OrderedDict))


class NoValue(Exception):
    """It cannot cross: too large, too deep, or a cycle."""


def make_wire(read=os.read, write=os.write, size=Struct("<I"),
              real=Struct("<d")):
    """send, receive, encode and decode over standard input, which holds
    nothing any more then."""
    stream = os.dup(0)
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    def send(frame):
        data = memoryview(size.pack(len(frame)) + frame)
        while data:
            data = data[write(stream, data):]

    def receive_bytes(count):
        parts = []
        while count:
            part = read(stream, min(count, 1 << 20))
            if not part:
                os._exit(0)  # nobody listens any more
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def receive():
        return receive_bytes(size.unpack(receive_bytes(4))[0])

    def encode(values, other, known=None, numbers=None):
        """The bytes of `values`, one behind the other. `other` makes those of
        an object that is no value. Containers in `known`, by id, are written
        as their number; with `numbers` those that are written get one."""
        out = bytearray()
        nodes = 0
        known = {} if known is None else known

        def text(tag, data):
            out.extend(tag)
            out.extend(size.pack(len(data)))
            out.extend(data)

        def put(value, depth):
            nonlocal nodes
            nodes += 1
            if nodes > MAX_NODES or depth > MAX_DEPTH or len(out) > MAX_BYTES:
                raise NoValue("a value that is too large, too deep or a cycle")
            kind = type(value)
            if value is None:
                out.extend(b"N")
            elif kind is bool:
                out.extend(b"T" if value else b"F")
            elif kind is int:
                if value.bit_length() > MAX_BITS:
                    raise NoValue("an integer of too many digits")
                text(b"i", b"%x" % value)
            elif kind is float:
                out.extend(b"d" + real.pack(value))
            elif kind is str:
                text(b"s", value.encode("utf-8", "surrogatepass"))
            elif kind in ITEMS or kind in PAIRS:
                if kind in CHANGEABLE:
                    number = known.get(id(value))
                    if number is not None:
                        out.extend(b"R" + size.pack(number))
                        return
                    if numbers is not None:
                        known[id(value)] = len(numbers)
                        numbers.append(value)
                if kind in ITEMS:
                    out.extend(ITEMS[kind] + size.pack(len(value)))
                    for item in value:
                        put(item, depth + 1)
                else:
                    out.extend(PAIRS[kind] + size.pack(len(value)))
                    for key, item in value.items():
                        put(key, depth + 1)
                        put(item, depth + 1)
            elif kind is bytes:
                text(b"b", value)
            elif kind is complex:
                out.extend(b"c" + real.pack(value.real) + real.pack(value.imag))
            else:
                out.extend(other(value))

        for value in values:
            put(value, 0)
        if len(out) > MAX_BYTES:
            raise NoValue("a value that is too large")
        return bytes(out)

    def decode(frame, place, other, numbers):
        """The values in `frame` from `place` on. `other(tag, number)` and
        `other(b"B", name)` are what is no value; `numbers` holds the containers
        that have numbers, and with `numbers.grows` gets those read here."""
        grows = getattr(numbers, "grows", False)

        def take(count):
            nonlocal place
            place += count
            if place > len(frame):
                raise NoValue("a frame that ends early")
            return frame[place - count:place]

        def get():
            tag = take(1)
            if tag == b"N":
                return None
            if tag == b"T":
                return True
            if tag == b"F":
                return False
            if tag == b"d":
                return real.unpack(take(8))[0]
            if tag == b"c":
                return complex(real.unpack(take(8))[0],
                               real.unpack(take(8))[0])
            count = size.unpack(take(4))[0]
            if tag == b"i":
                return int(take(count), 16)
            if tag == b"s":
                return take(count).decode("utf-8", "surrogatepass")
            if tag == b"b":
                return take(count)
            if tag == b"t":
                return tuple([get() for _ in range(count)])
            if tag == b"Z":
                return frozenset([get() for _ in range(count)])
            if tag == b"R":
                return numbers[count]
            if tag in MADE:
                made = MADE[tag]()
                if grows:
                    numbers.append(made)
                if tag == b"l" or tag == b"Q":
                    for _ in range(count):
                        made.append(get())
                elif tag == b"S":
                    for _ in range(count):
                        made.add(get())
                else:
                    for _ in range(count):
                        key = get()
                        made[key] = get()
                return made
            if tag == b"B":
                return other(tag, take(count).decode())
            return other(tag, count)

        values = []
        while place < len(frame):
            values.append(get())
        return values

    return send, receive, encode, decode


class Numbers(list):
    """Containers by their numbers, those that are read next among them."""

    grows = True


def name_of_builtin(error):
    """The nearest class of `error` that Python itself has, by name."""
    for kind in type(error).__mro__:
        if getattr(builtins, kind.__name__, None) is kind:
            return kind.__name__
    return "Exception"


def message_of(error):
    try:
        args = error.args
        message = args[0] if len(args) == 1 else str(error)
        return (message if type(message) is str else str(message))[:1000]
    except BaseException:
        return ""


