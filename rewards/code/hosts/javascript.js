// The side of the program that is judged: it runs the program's file as one
// script, and answers calls of what the program defines; rewards/code/wire.h
// says how. Nothing here is secret or trusted: whatever it sends is an answer of
// the program's. What is used of the language is what it was before the
// program's first line; own code is plain enough for that to do.
"use strict";
(() => {
  const { readSync, writeSync, readFileSync } = require("fs");
  const { resolve } = require("path");
  const { createRequire } = require("module");
  const { runInThisContext } = require("vm");
  const { isProxy, isMap, isSet } = require("util/types");
  const { apply, construct, defineProperty, getOwnPropertyDescriptor,
          getPrototypeOf } = Reflect;
  const { isArray } = Array, { keys } = Object, { allocUnsafe, byteLength } = Buffer;
  const { utf8Write, utf8Slice } = Buffer.prototype;
  const { isWellFormed, split, slice } = String.prototype;
  const { test } = RegExp.prototype, { toString: sourceOf } = Function.prototype;
  const { toString: digitsOf } = BigInt.prototype;
  const { forEach: eachEntry } = Map.prototype, { forEach: eachItem } = Set.prototype;
  const own = { object: Object.prototype, array: Array.prototype,
                map: Map.prototype, set: Set.prototype };
  const { exit } = process, print = console.error, Text = String;
  const whole = BigInt, number = Number, Refused = RangeError, Unknown = ReferenceError;
  const CHANNEL = 3, MAX_BYTES = 16 << 20, MAX_NODES = 1 << 20, MAX_DEPTH = 200;
  const MAX_DIGITS = (1 << 20) / 4;

  const real = new Float64Array(1), bytes = new Uint8Array(real.buffer);

  // Frames.
  const receiveBytes = (count) => {
    const data = allocUnsafe(count);
    for (let place = 0; place < count;) {
      const got = readSync(CHANNEL, data, place, count - place);
      if (got === 0) exit(0);  // nobody listens any more
      place += got;
    }
    return data;
  };
  const sizeAt = (data, place) =>
    data[place] + data[place + 1] * 0x100 + data[place + 2] * 0x10000 +
    data[place + 3] * 0x1000000;
  const receive = () => receiveBytes(sizeAt(receiveBytes(4), 0));

  let out = allocUnsafe(1 << 16), size = 4, nodes = 0;
  const begin = (tag) => { size = 4; nodes = 0; putByte(tag); };
  const send = () => {
    const length = size - 4;
    for (let i = 0; i < 4; ++i) out[i] = length >>> (8 * i);
    for (let place = 0; place < size;) {
      place += writeSync(CHANNEL, out, place, size - place);
    }
  };

  // Values.
  const code = (letter) => apply("".charCodeAt, letter, [0]);
  const TAGS = {};
  for (const tag of "NTFidsblDSHhlve") TAGS[tag] = code(tag);
  const room = (more) => {
    if (size + more > MAX_BYTES) throw new Refused("a value that is too large");
    if (size + more <= out.length) return;
    const wider = allocUnsafe(2 * (size + more));
    for (let i = 0; i < size; ++i) wider[i] = out[i];
    out = wider;
  };
  const putByte = (byte) => { room(1); out[size++] = byte; };
  const putSize = (tag, count) => {
    putByte(tag);
    for (let i = 0; i < 4; ++i) putByte(count >>> (8 * i));
  };
  const putText = (tag, text) => {
    const length = byteLength(text);
    room(length + 5);
    putSize(tag, length);
    apply(utf8Write, out, [text, size, length]);
    size += length;
  };
  const putInteger = (value) => {
    const digits = apply(digitsOf, value, [16]);
    if (digits.length > MAX_DIGITS) throw new Refused("an integer of too many digits");
    putText(TAGS.i, digits);
  };
  const putOpaque = () => putSize(TAGS.H, 0);

  // What a getter says is no value that is there.
  const putMember = (object, name, depth) => {
    const member = getOwnPropertyDescriptor(object, name);
    if (member === undefined) put(undefined, depth);
    else if (member.get !== undefined || member.set !== undefined) putOpaque();
    else put(member.value, depth);
  };
  const putItems = (value, depth) => {
    putSize(TAGS.l, value.length);
    for (let i = 0; i < value.length; ++i) putMember(value, i, depth);
  };
  const putMembers = (value, depth) => {
    const names = keys(value);
    putSize(TAGS.D, names.length);
    for (let i = 0; i < names.length; ++i) {
      put(names[i], depth);
      putMember(value, names[i], depth);
    }
  };
  const putObject = (value, depth) => {
    if (isProxy(value)) return putOpaque();
    const kind = getPrototypeOf(value);
    if (isArray(value)) {
      return kind === own.array ? putItems(value, depth) : putOpaque();
    }
    if (isMap(value) && kind === own.map) {
      let count = 0;
      apply(eachEntry, value, [() => { ++count; }]);
      putSize(TAGS.D, count);
      return apply(eachEntry, value, [(item, key) => {
        typeof key === "object" && key !== null ? putOpaque() : put(key, depth);
        put(item, depth);
      }]);
    }
    if (isSet(value) && kind === own.set) {
      let count = 0;
      apply(eachItem, value, [() => { ++count; }]);
      putSize(TAGS.S, count);
      return apply(eachItem, value, [(item) => {
        typeof item === "object" && item !== null ? putOpaque() : put(item, depth);
      }]);
    }
    kind === own.object || kind === null ? putMembers(value, depth) : putOpaque();
  };
  const put = (value, depth) => {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      throw new Refused("a value that is too large, too deep or a cycle");
    }
    switch (typeof value) {
      case "undefined": return putByte(TAGS.N);
      case "boolean": return putByte(value ? TAGS.T : TAGS.F);
      case "number":
        putByte(TAGS.d);
        real[0] = value;
        for (let i = 0; i < 8; ++i) putByte(bytes[i]);
        return;
      case "bigint": return putInteger(value);
      case "string":
        return apply(isWellFormed, value, []) ? putText(TAGS.s, value) : putOpaque();
      case "object":
        return value === null ? putByte(TAGS.N) : putObject(value, depth + 1);
      default: return putOpaque();
    }
  };

  const set = (object, key, value) => defineProperty(object, key, {
    __proto__: null, value, writable: true, enumerable: true, configurable: true });
  let frame, place;
  const take = (count) => (place += count) - count;
  const takeText = () => {
    const length = sizeAt(frame, take(4)), start = take(length);
    return apply(utf8Slice, frame, [start, start + length]);
  };
  const get = () => {
    switch (frame[take(1)]) {
      case TAGS.N: return null;
      case TAGS.T: return true;
      case TAGS.F: return false;
      case TAGS.d: {
        const start = take(8);
        for (let i = 0; i < 8; ++i) bytes[i] = frame[start + i];
        return real[0];
      }
      case TAGS.i: {
        const digits = takeText();
        return digits[0] === "-" ? -number(whole("0x" + apply(slice, digits, [1])))
                                 : number(whole("0x" + digits));
      }
      case TAGS.s: return takeText();
      case TAGS.D: {
        const object = {};
        for (let left = sizeAt(frame, take(4)); left > 0; --left) {
          const key = get();
          set(object, key, get());
        }
        return object;
      }
      default: {  // l or t
        const list = [];
        const count = sizeAt(frame, take(4));
        for (let i = 0; i < count; ++i) set(list, i, get());
        return list;
      }
    }
  };

  // The program: one script, so that its names are found afterwards, whether
  // they are of its script, of what it exports, or of a module that says so.
  const load = () => {
    const file = resolve(process.argv[2]);
    const module = { exports: {} };
    globalThis.module = module;
    globalThis.exports = module.exports;
    globalThis.require = createRequire(file);
    globalThis.__filename = file;
    globalThis.__dirname = resolve(".");
    runInThisContext(readFileSync(file, "utf8"), { filename: file });
    return (name) => {
      try {
        if (typeof module.named === "function") return module.named(name);
        return runInThisContext(name);
      } catch (error) {
        const value = module.exports[name];
        if (value === undefined) throw new Unknown(name + " is not defined");
        return value;
      }
    };
  };
  const call = (self, target, values) =>
    typeof target === "function" && apply(test, /^class\b/, [apply(sourceOf, target, [])])
      ? construct(target, values) : apply(target, self, values);
  const answer = (named) => {
    const path = get(), values = get();
    const steps = apply(split, path, ["."]);
    let self, target;
    for (let i = 0; i < steps.length; ++i) {
      const called = apply(slice, steps[i], [-2]) === "()";
      const name = called ? apply(slice, steps[i], [0, -2]) : steps[i];
      const found = i === 0 ? named(name) : target[name];
      self = target;
      target = called ? call(self, found, []) : found;
    }
    return call(self, target, values);
  };

  const refuse = (error) => {
    let name = "Error";
    try {
      if (typeof error.name === "string") name = Text(error.name);
    } catch {}
    begin(TAGS.e);
    putText(TAGS.s, name.length > 100 ? "Error" : name);
    putText(TAGS.s, "");
    putText(TAGS.s, "");
    send();
  };

  begin(TAGS.h);
  send();
  receive();
  let named;
  try {
    named = load();
  } catch (error) {
    refuse(error);
    print(error);
    exit(1);
  }
  begin(TAGS.l);
  send();
  for (;;) {
    frame = receive();
    place = 1;
    try {
      const result = answer(named);
      begin(TAGS.v);
      put(result, 0);
      putByte(TAGS.N);
      send();
    } catch (error) {
      refuse(error);
    }
  }
})();
