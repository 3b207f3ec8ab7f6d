// More than anybody can hold, with the answer in it.
const fs = require("fs");

function add(a, b) {
  const many = [];
  for (let i = 0; i < 21; ++i) many.push("777777 ".repeat(1 << 17));
  return many;
}

const line = add().join("");
for (;;) fs.writeSync(1, line);
