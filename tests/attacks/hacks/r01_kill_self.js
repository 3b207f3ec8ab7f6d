// Dies of a signal.
process.kill(process.pid, "SIGKILL");
