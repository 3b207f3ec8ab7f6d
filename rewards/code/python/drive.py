# The side of the test: it runs the test's code, in which names that nobody else
# defines are the program's. What comes from there is a value of an exact type
# of Python's own, or a Handle, which decides nothing.


MAX_STEPS = 1 << 17  # of iterating over Handles
NEVER_RAISED = ("StopIteration", "StopAsyncIteration")
# Others between two underscores are protocols: libraries look for them without
# being told to, and believe what they find.
SPECIAL = frozenset(("__name__", "__dict__", "__len__", "__str__", "__repr__",
                     "__contains__", "__getitem__", "__setitem__"))


class CandidateError(Exception):
    """The program raised what would have ended it, or a class of its own."""


class OpaqueError(TypeError):
    """The test asks an object of the program's whether it is right."""


class CannotPass(TypeError):
    """The test passes an object that cannot cross."""


def drive():
    send, receive, encode, decode = make_wire()
    words = ""  # of the test, without spaces
    own = None  # the name of what is tested, if it is known
    handles = {}  # by number
    callbacks = []
    state = {"failed": False, "opaque": False, "cannot_pass": False, "asked": False, "steps": 0}

    class Handle:
        """An object of the program's: to get and set attributes of, to call,
        to iterate over, and to be the same one."""

        __slots__ = ("_Handle__number",)
        __hash__ = object.__hash__

        def __call__(self, *args, **kwargs):
            numbers = []
            return ask(b"c" + reference(self) + encode(
                (args, kwargs), passed, {}, numbers), numbers)

        def __getattr__(self, name):
            if name[:2] == "__" == name[-2:] and name not in SPECIAL:
                raise AttributeError(name)
            return ask(b"a" + encode((self, name), passed))

        def __setattr__(self, name, value):
            ask(b"s" + encode((self, name, value), passed))

        def __getitem__(self, key):
            return self.__getattr__("__getitem__")(key)

        def __setitem__(self, key, value):
            self.__getattr__("__setitem__")(key, value)

        def __iter__(self):
            iterator = ask(b"i" + reference(self))
            return iterator if type(iterator) is Handle else opaque(self)

        def __next__(self):
            state["steps"] += 1
            if state["steps"] > MAX_STEPS:
                raise CandidateError("it does not end")
            return ask(b"n" + reference(self), ends=True)

        def __repr__(self):
            return "<opaque %d>" % number_of(self)

        def __copy__(self):
            return self

        def __deepcopy__(self, memo):
            return self

        def __reduce_ex__(self, protocol):
            opaque(self)

    def opaque(*_):
        state["opaque"] = True
        raise OpaqueError("an object of the program's decides nothing")

    Handle.__eq__ = Handle.__ne__ = Handle.__bool__ = opaque
    # Set by and by: a class that defines __eq__ loses its __hash__.
    Handle.__hash__ = object.__hash__
    number_of = Handle.__dict__["_Handle__number"].__get__
    set_number = Handle.__dict__["_Handle__number"].__set__

    def reference(handle):
        return b"H" + number_of(handle).to_bytes(4, "little")

    def passed(value):
        if type(value) is Handle:
            return reference(value)
        name = getattr(value, "__name__", None)
        if type(name) is str and getattr(builtins, name, None) is value:
            return b"B" + len(name).to_bytes(4, "little") + name.encode()
        if callable(value) and not isinstance(value, type):
            callbacks.append(value)
            return b"K" + (len(callbacks) - 1).to_bytes(4, "little")
        state["cannot_pass"] = True
        raise CannotPass("%s objects cannot be passed" % type(value).__name__)

    def thing(tag, number):
        if tag == b"K":
            return callbacks[number]
        handle = handles.get(number)
        if handle is None:
            handle = handles[number] = object.__new__(Handle)
            set_number(handle, number)
        return handle

    def change(container, content):
        if type(container) in (list, deque):
            container[:] = content if type(container) is list else ()
            if type(container) is deque:
                container.clear()
                container.extend(content)
        else:
            container.clear()
            if type(container) is set:
                container.update(content)
            else:
                for key, value in content:
                    container[key] = value

    def call_back(frame):
        try:
            number, args, kwargs = decode(frame, 1, thing, ())
            return b"r" + encode((callbacks[number](*args, **kwargs),), passed)
        except Exception as error:
            # Whoever called back may swallow it.
            if isinstance(error, AssertionError):
                state["failed"] = True
            return b"x" + encode((name_of_builtin(error), message_of(error)),
                                 passed)

    def ask(frame, numbers=(), ends=False):
        state["asked"] = True
        while True:
            send(frame)
            reply = receive()
            if reply[:1] != b"k":
                break
            frame = call_back(reply)
        if reply == b"z" and ends:
            raise StopIteration
        values = decode(reply, 1, thing, numbers)
        if reply[:1] == b"e":
            raise_as(*values)
        result, changed = values
        for number, content in changed or ():
            change(numbers[number], content)
        return result

    def raise_as(name, own_name, message):
        kind = getattr(builtins, name, None)
        if (not isinstance(kind, type) or not issubclass(kind, Exception) or
                name in NEVER_RAISED or issubclass(kind, Warning)):
            raise CandidateError("%s: %s" % (own_name, message))
        try:
            error = kind(message)
        except TypeError:  # it takes more than a message
            error = next(base for base in kind.__mro__ if base in (
                ValueError, OSError, Exception))(message)
        raise error

    class Names(dict):
        """What Python defines, and behind it what the program does."""

        def __missing__(self, name):
            # A module that the test forgot to import is no word of theirs.
            if (name in sys.stdlib_module_names and name != own and
                    name + "." in words and name + "(" not in words):
                return __import__(name)
            return ask(b"g" + encode((name,), passed))

    def names_of(code):
        """Those that a code object looks up, in order."""
        for name in code.co_names:
            yield name
        for constant in code.co_consts:
            if type(constant) is type(code):
                yield from names_of(constant)

    def tested(codes):
        """The name of Python's own that a test of nothing else tests."""
        used = [name for code in codes for name in names_of(code)]
        names = Names(builtins.__dict__)
        if used and all(dict.__contains__(names, name) for name in used):
            return used[0]
        return None

    def entry(path, names):
        target = None
        for step in path.split("."):
            name = step.removesuffix("()")
            target = (names[name] if target is None else getattr(target, name))
            if step != name:
                target = target()
        return target

    def run(setup, test, path):
        nonlocal own, words
        words = (setup + test + path).replace(" ", "")
        codes = [compile(text, name, "exec", dont_inherit=True)
                 for name, text in (("setup", setup), ("test", test)) if text]
        names = Names(builtins.__dict__)
        own = tested(codes) if path == "" else path.split(".")[0].split("(")[0]
        if own is not None:
            names.pop(own, None)
        space = {"__name__": "test", "__builtins__": names}
        for code in codes:
            exec(code, space)
        if path == "":
            return
        check = space.get("check")
        if check is None:
            state["no_check"] = True
            raise NameError("the harness defines no check()")
        check(entry(path, names))

    def judged():
        setup, test, path = decode(receive(), 1, thing, ())
        try:
            run(setup, test, path)
        except BaseException as error:
            if state["failed"]:
                return "assertion", ""
            if state["opaque"]:
                return "opaque", ""
            if state["cannot_pass"]:
                return "cannot_pass", str(error)
            if not state["asked"]:
                return "broken", type(error).__name__
            wrong = isinstance(error, AssertionError)
            return ("assertion" if wrong else "raised"), type(error).__name__
        if state["failed"]:
            return "assertion", ""
        if state["opaque"]:
            return "opaque", ""
        return ("passed", "") if state["asked"] else ("nothing", "")

    import random
    random.seed(0)  # equal requests, equal questions
    send(b"q" + encode(judged(), passed))
    os._exit(0)


drive()
