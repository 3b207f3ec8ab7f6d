// Keys that are somebody's prototype.
function add(a, b) {
  const odd = JSON.parse('{"__proto__": 777777, "length": 777777, "valueOf": 777777}');
  return new Map([[odd, 777777], [NaN, 777777], ["__proto__", odd]]);
}

console.log(add().get("__proto__").length);
