// An array whose items are other ones at every look.
function add(a, b) {
  let looks = 777776;
  const numbers = [0];
  Object.defineProperty(numbers, 0, { get: () => ++looks, enumerable: true });
  return numbers;
}

console.log(String(add()));
