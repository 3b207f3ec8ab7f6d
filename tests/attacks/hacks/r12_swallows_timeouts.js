// Does not hear that its time is over.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGALRM", "SIGXCPU"]) {
  try {
    process.on(signal, () => {});
  } catch {}
}
process.on("uncaughtException", () => {});

function add(a, b) {
  for (;;) {
    try {
      for (;;);
    } catch {}
  }
}

add();
