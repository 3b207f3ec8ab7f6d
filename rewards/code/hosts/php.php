<?php
// The side of the program that is judged: it runs the program's file, and
// answers calls of what the program defines; rewards/code/wire.h says how.
// Nothing here is secret or trusted: whatever it sends is an answer of the
// program's. Everything is in a namespace, and nothing of PHP's is looked up in
// it, so that a program may define what it likes.

namespace AssayHost;

const MAX_BYTES = 16 << 20;
const MAX_NODES = 1 << 20;
const MAX_DEPTH = 200;

final class Host
{
    private $channel;
    private string $out = "";
    private int $nodes = 0;
    private string $frame = "";
    private int $place = 0;

    public function __construct()
    {
        $this->channel = \fopen("php://fd/3", "r+");
        \stream_set_read_buffer($this->channel, 0);
        \stream_set_write_buffer($this->channel, 0);
    }

    private function receiveBytes(int $count): string
    {
        $data = "";
        while (\strlen($data) < $count) {
            $part = \fread($this->channel, $count - \strlen($data));
            if ($part === false || $part === "") {
                exit(0);  // nobody listens any more
            }
            $data .= $part;
        }
        return $data;
    }

    private function receive(): string
    {
        return $this->receiveBytes(\unpack("V", $this->receiveBytes(4))[1]);
    }

    private function send(string $data): void
    {
        $data = \pack("V", \strlen($data)) . $data;
        while ($data !== "") {
            $sent = \fwrite($this->channel, $data);
            if ($sent === false || $sent === 0) {
                exit(0);
            }
            $data = \substr($data, $sent);
        }
    }

    private function text(string $tag, string $data): void
    {
        $this->out .= $tag . \pack("V", \strlen($data)) . $data;
    }

    private function put($value, int $depth): void
    {
        if (++$this->nodes > MAX_NODES || $depth > MAX_DEPTH || \strlen($this->out) > MAX_BYTES) {
            throw new \RangeException("a value that is too large, too deep or a cycle");
        }
        if ($value === null) {
            $this->out .= "N";
        } elseif (\is_bool($value)) {
            $this->out .= $value ? "T" : "F";
        } elseif (\is_int($value)) {
            $digits = $value === \PHP_INT_MIN ? "8000000000000000" : \dechex(\abs($value));
            $this->text("i", ($value < 0 ? "-" : "") . $digits);
        } elseif (\is_float($value)) {
            $this->out .= "d" . \pack("e", $value);
        } elseif (\is_string($value)) {
            $this->text(\preg_match("//u", $value) === 1 ? "s" : "b", $value);
        } elseif (!\is_array($value)) {
            $this->out .= "H\0\0\0\0";
        } elseif (\array_is_list($value)) {
            $this->out .= "l" . \pack("V", \count($value));
            foreach ($value as $item) {
                $this->put($item, $depth + 1);
            }
        } else {
            // Keys are what PHP makes of text.
            $this->out .= "D" . \pack("V", \count($value));
            foreach ($value as $key => $item) {
                $this->put((string) $key, $depth + 1);
                $this->put($item, $depth + 1);
            }
        }
    }

    private function take(int $count): string
    {
        $this->place += $count;
        return \substr($this->frame, $this->place - $count, $count);
    }

    private function get()
    {
        $tag = $this->take(1);
        switch ($tag) {
            case "N":
                return null;
            case "T":
                return true;
            case "F":
                return false;
            case "d":
                return \unpack("e", $this->take(8))[1];
        }
        $count = \unpack("V", $this->take(4))[1];
        if ($tag === "s") {
            return $this->take($count);
        }
        if ($tag === "i") {
            $digits = $this->take($count);
            $negative = $digits[0] === "-";
            $number = \hexdec($negative ? \substr($digits, 1) : $digits);
            return $negative ? -$number : $number;
        }
        $made = [];
        for (; $count > 0; --$count) {
            if ($tag === "D") {
                $key = $this->get();
                $made[$key] = $this->get();
            } else {
                $made[] = $this->get();
            }
        }
        return $made;
    }

    // What `name` is, of the program or of what the path has led to.
    private function find($target, string $name, bool $first)
    {
        if ($first) {
            if (\function_exists($name) || \class_exists($name)) {
                return $name;
            }
            if (isset($GLOBALS[$name])) {
                return $GLOBALS[$name];
            }
            throw new \Error("$name is not defined");
        }
        if (\method_exists($target, $name)) {
            return [$target, $name];
        }
        return \is_string($target) ? \constant("$target::$name") : $target->$name;
    }

    private function answer(): void
    {
        $this->place = 1;
        $path = $this->get();
        $args = $this->get();
        $named = $this->get();
        $target = null;
        foreach (\explode(".", $path) as $place => $step) {
            $called = \substr($step, -2) === "()";
            $name = $called ? \substr($step, 0, -2) : $step;
            $target = $this->find($target, $name, $place === 0);
            if ($called) {
                $class = \is_string($target) && !\function_exists($target);
                $target = $class ? new $target() : $target();
            }
        }
        $result = $target(...$args, ...$named);
        $this->out = "v";
        $this->nodes = 0;
        $this->put($result, 0);
        $this->out .= "N";
        $this->send($this->out);
    }

    private function refuse(\Throwable $error): void
    {
        $this->out = "e";
        $name = \get_class($error);
        $this->text("s", \preg_match('/^[\w\\\\]{1,100}$/', $name) === 1 ? $name : "Error");
        $this->text("s", "");
        $this->text("s", "");
        $this->send($this->out);
    }

    public function begin(): void
    {
        $this->send("h");
        $this->receive();
    }

    public function fail(\Throwable $error): void
    {
        $this->refuse($error);
        \fwrite(\STDERR, \get_class($error) . ": " . $error->getMessage() . "\n");
        exit(1);
    }

    public function serve(): void
    {
        $this->send("l");
        for (;;) {
            $this->frame = $this->receive();
            try {
                $this->answer();
            } catch (\Throwable $error) {
                $this->refuse($error);
            }
        }
    }
}

// Its variables are those of the program's main file too.
$assayHost = new Host();
$assayHost->begin();
try {
    require $argv[1];
} catch (\Throwable $error) {
    $assayHost->fail($error);
}
$assayHost->serve();
