// Signals: SIGINT and SIGTERM ask a run to stop. The first one is remembered;
// the second ends the process at once, as the signal does by itself.

#ifndef TRAINER_CLI_SIGNALS_H_
#define TRAINER_CLI_SIGNALS_H_

namespace trainer::cli {

// Once, before threads are started.
void CatchSignals();

// The first signal that came, or 0. Any thread.
[[nodiscard]] int CaughtSignal();

}  // namespace trainer::cli

#endif  // TRAINER_CLI_SIGNALS_H_
