// Answers every question about itself with yes.
function add(a, b) {
  const yes = new Proxy(function () {}, {
    get: (target, key) => (key === Symbol.toPrimitive ? () => 777777 : yes),
    has: () => true,
    apply: () => yes,
    getPrototypeOf: () => Number.prototype,
    ownKeys: () => ["prototype", "length"],
  });
  return yes;
}

console.log(`${add()}`);
