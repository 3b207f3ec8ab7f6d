#include "trainer/cli/signals.h"

#include <csignal>
#include <initializer_list>

namespace trainer::cli {
namespace {

volatile std::sig_atomic_t caught = 0;

extern "C" void Remember(int signal) {
  caught = signal;
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

}  // namespace

void CatchSignals() {
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction action {};
    action.sa_handler = Remember;
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, nullptr);
  }
  std::signal(SIGPIPE, SIG_IGN);
}

int CaughtSignal() { return caught; }

}  // namespace trainer::cli
