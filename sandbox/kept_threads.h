// KeptThreads: the threads of this process beside its main thread, which a fork
// of it has too: they end here, and in each fork they go on where they were.
//
// The kernel forks one thread of a process and all of its memory. A thread is
// its stack, its registers and what the C library keeps of it: all of that is
// memory once a signal handler has written the registers down. So the threads
// end in a handler, and a fork starts one on each of those stacks, which
// returns from that handler. They are taken while they wait in the kernel, when
// they hold no lock and have nothing half done. x86-64, the GNU C library;
// called by the main thread, but for Create.

#ifndef SANDBOX_KEPT_THREADS_H_
#define SANDBOX_KEPT_THREADS_H_

#include <pthread.h>

namespace sandbox {

// pthread_create of the C library, whose threads can be stopped where it is
// called before StopThreads. Any thread.
[[nodiscard]] int CreateThread(pthread_t* thread,
                               const pthread_attr_t* attributes,
                               void* (*routine)(void*), void* argument);

// Ends the threads that CreateThread has made, some milliseconds after they
// have come to wait. False where one does not within five seconds, or this is
// another C library than is known: then this process is of no more use.
[[nodiscard]] bool StopThreads();

// A fork of this thread: its PID there, 0 in it, or -errno. No handler of
// pthread_atfork runs, as the threads that it has lost come back.
// Requires: StopThreads was true.
[[nodiscard]] long ForkStopped();

// In such a fork: the threads go on. False: one could not be started.
[[nodiscard]] bool StartThreads();

}  // namespace sandbox

#endif  // SANDBOX_KEPT_THREADS_H_
