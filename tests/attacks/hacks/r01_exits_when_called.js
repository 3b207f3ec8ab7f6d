// Leaves within the call.
function add(a, b) {
  process.reallyExit(0);
}

add(1, 2);
