# The side of the program that is judged: it runs the program as a module of its
# own, and answers what it is asked about it. Nothing here is secret or trusted:
# whatever it sends is an answer of the program's.


def serve():
    send, receive, encode, decode = make_wire()
    send(b"h")
    source = receive()[1:]
    objects = []  # by their handles' numbers
    handles = {}  # and these by id

    class Callback:
        __slots__ = ("number",)

        def __call__(self, *args, **kwargs):
            send(b"k" + encode((self.number, args, kwargs), handle))
            frame = answer_questions()
            values = decode(frame, 1, thing, ())
            if frame[:1] == b"x":
                kind = getattr(builtins, values[0], Exception)
                raise kind(values[1])
            return values[0]

    def handle(value):
        if type(value) is Callback:
            return b"K" + value.number.to_bytes(4, "little")
        number = handles.get(id(value))
        if number is None:
            number = handles[id(value)] = len(objects)
            objects.append(value)
        return b"H" + number.to_bytes(4, "little")

    def thing(tag, number):
        if tag == b"H":
            return objects[number]
        if tag == b"B":
            return getattr(builtins, number)
        callback = Callback()
        callback.number = number
        return callback

    def changes(known, numbers, before, asked):
        """What became of the containers that came with a call, or None."""
        again = []
        if encode(asked, handle, {}, again) == before:
            return None
        return [(number, list(one.items()) if type(one) in PAIRS
                 else list(one)) for number, one in enumerate(numbers)]

    def call(frame):
        numbers = Numbers()
        values = decode(frame, 1, thing, numbers)
        function, args, kwargs = values
        keys = {id(one): number for number, one in enumerate(numbers)}
        # The bytes of the function's own handle are 5.
        before = frame[6:]
        result = function(*args, **kwargs)
        # The dictionary of keywords is ours.
        changed = changes(keys, numbers, before, (args, kwargs))
        return b"v" + encode((result, changed), handle, keys)

    def named(name):
        if name not in namespace:
            raise NameError("name %r is not defined" % name)
        return namespace[name]

    def at_end_of(path):
        target = None
        for place, step in enumerate(path.split(".")):
            name = step.removesuffix("()")
            target = getattr(target, name) if place else named(name)
            if step != name:
                target = target()
        return target

    def answer(frame):
        operation = frame[:1]
        if operation == b"c":
            return call(frame)
        values = decode(frame, 1, thing, ())
        if operation == b"p":
            result = at_end_of(values[0])(*values[1], **values[2])
        elif operation == b"g":
            result = named(values[0])
        elif operation == b"a":
            result = getattr(values[0], values[1])
        elif operation == b"s":
            result = setattr(*values)
        elif operation == b"i":
            result = iter(values[0])
        else:
            try:
                result = next(values[0])
            except StopIteration:
                return b"z"
        return b"v" + encode((result, None), handle)

    def refuse(error):
        return b"e" + encode((name_of_builtin(error),
                              str(type(error).__name__)[:100],
                              message_of(error)), handle)

    def answer_questions():
        while True:
            frame = receive()
            if frame[:1] in b"rx":
                return frame
            try:
                reply = answer(frame)
            except BaseException as error:
                reply = refuse(error)
            send(reply)

    module = type(sys)("candidate")
    module.__builtins__ = builtins
    sys.modules["candidate"] = module
    namespace = module.__dict__
    try:
        exec(compile(source, "candidate.py", "exec", dont_inherit=True),
             namespace)
    except BaseException as error:
        send(refuse(error))
        sys.__excepthook__(type(error), error, error.__traceback__.tb_next)
        try:
            sys.stderr.flush()
        finally:
            os._exit(1)
    send(b"l")
    while True:
        answer_questions()


serve()
