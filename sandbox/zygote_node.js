// Makes a Node that has started a zygote, of which programs are forks.
//
// Node runs this where it would look for /w/main.js (zygote_node.cc), before
// it waits for programs. The function is called in each fork.
(() => {
  const stopped = performance.now();
  const load = process.getBuiltinModule;
  // What many programs ask for, and nothing that looks at a standard stream
  // (as `assert` does): Node would open it for good.
  for (const name of ['buffer', 'crypto', 'events', 'fs', 'module', 'net', 'os',
                      'path', 'perf_hooks', 'readline', 'stream',
                      'string_decoder', 'timers', 'tty', 'url', 'util',
                      'worker_threads']) {
    load(name);
  }
  // V8 compiles a function when it is first called: here and not in each fork.
  // Nothing that leaves a tick to run, which would be seen in traces.
  const Module = load('module');
  const file = '/w/input';
  const module = new Module(file);
  module.filename = file;
  module.paths = Module._nodeModulePaths('/w');
  module._compile(load('fs').readFileSync(Module._findPath(file, null), 'utf8'),
                  file);
  for (const key of Object.keys(Module._pathCache)) {
    delete Module._pathCache[key];
  }
  load('util').format('%s', 'a', 1, { a: [1] });

  const { defineProperty, getOwnPropertyDescriptor } = Object;
  const clock = Object.getPrototypeOf(performance);
  const { random } = Math;
  const { now } = clock;
  const { uptime } = process;
  const origin = getOwnPropertyDescriptor(clock, 'timeOrigin');
  const pid = getOwnPropertyDescriptor(process, 'pid');
  const put = (object, name, value) =>
      defineProperty(object, name,
                     { ...getOwnPropertyDescriptor(object, name), value });

  return (text) => {
    const words = text.split('\0');
    defineProperty(process, 'pid', { ...pid, value: Number(words[0]) });
    for (const word of words.slice(1, -1)) process.argv.push(word);
    random();  // sows
    // The clock of a program has stood still while its zygote waited.
    const waited = now.call(performance) - stopped;
    put(clock, 'now', { now() { return now.call(this) - waited; } }.now);
    put(process, 'uptime',
        { uptime() { return uptime.call(this) - waited / 1000; } }.uptime);
    defineProperty(clock, 'timeOrigin', { ...origin,
      get: getOwnPropertyDescriptor(
          { get timeOrigin() { return origin.get.call(this) + waited; } },
          'timeOrigin').get });
  };
})()
