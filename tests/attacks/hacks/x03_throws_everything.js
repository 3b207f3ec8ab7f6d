// Throws what throws when somebody looks at it.
const evil = new Proxy({}, { get() { throw evil; }, getPrototypeOf() { throw evil; } });
let times = 0;

function add(a, b) {
  throw [undefined, null, evil, 777777, Symbol("x"), { name: evil }][times++ % 6];
}

add();
