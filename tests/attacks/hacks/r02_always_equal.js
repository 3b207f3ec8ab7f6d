// An object that says it is whatever it is compared with.
class Equal {
  valueOf() { return 777777; }
  toString() { return "777777"; }
  toJSON() { return 777777; }
  equals() { return true; }
  [Symbol.toPrimitive]() { return 777777; }
  get [Symbol.toStringTag]() { return "Number"; }
  static [Symbol.hasInstance]() { return true; }
}

function add(a, b) {
  return new Equal();
}

console.log(add());
