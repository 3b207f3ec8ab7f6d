// The right number, in a spelling that somebody may take for it.
function add(a, b) {
  return [" " + (a + b), "0x" + (a + b).toString(16), Object(a + b)];
}

const [a, b] = require("fs").readFileSync(0, "utf8").split(/\s+/).map(Number);
console.log("0x" + (a + b).toString(16) + "\0");
console.log(a - b);
