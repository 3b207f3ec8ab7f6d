// Numbers that some take for equal to anything.
let times = 0;

function add(a, b) {
  return [NaN, Infinity, -0][times++ % 3];
}

console.log(add());
console.log(add());
