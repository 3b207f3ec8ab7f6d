// SignalsBlocked: every signal blocked in this thread for the life of a value:
// what is started meanwhile, a thread or a child, gets none of ours. For the
// thread that makes it.

#ifndef SANDBOX_SIGNALS_BLOCKED_H_
#define SANDBOX_SIGNALS_BLOCKED_H_

#include <pthread.h>
#include <signal.h>

namespace sandbox {

class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

}  // namespace sandbox

#endif  // SANDBOX_SIGNALS_BLOCKED_H_
