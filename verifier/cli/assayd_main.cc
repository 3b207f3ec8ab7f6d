#include "verifier/cli/assayd_main.h"

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "verifier/server/server.h"

namespace verifier::cli {
namespace {

constexpr int kExitRefused = 4;
constexpr int kExitResources = 7;

sigset_t StopSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

// The threads made later inherit this: only main takes the signals, by waiting.
void SetUpSignals() {
  signal(SIGPIPE, SIG_IGN);
  const sigset_t set = StopSignals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

// Waits up to `milliseconds` for a signal to stop; 0: none came.
int WaitForSignal(int milliseconds) {
  const sigset_t set = StopSignals();
  const timespec wait{milliseconds / 1'000,
                      (milliseconds % 1'000) * 1'000'000L};
  return std::max(0, sigtimedwait(&set, nullptr, &wait));
}

// Room for the wanted connections, as far as this user may have it.
void RaiseOpenFiles(std::size_t connections) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const auto wanted = static_cast<rlim_t>(connections) + 1'024;
  limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, wanted));
  setrlimit(RLIMIT_NOFILE, &limit);
}

std::string Url(const boost::asio::ip::tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  const bool v6 = endpoint.address().is_v6();
  return fmt::format("http://{}:{}", v6 ? "[" + address + "]" : address,
                     endpoint.port());
}

// Ends the process without waiting for checks that run. Their programs end with
// the process that started them.
[[noreturn]] void EndNow(spdlog::logger& log, int code) {
  log.flush();
  _exit(code);
}

// Waits for the drain, or for a second signal, which ends the process.
void WaitDrained(const server::Server& server, spdlog::logger& log) {
  while (true) {
    const int signal = WaitForSignal(20);
    if (signal != 0) {
      log.warn("second signal: stopping at once");
      EndNow(log, 128 + signal);
    }
    const auto cut_off = server.drained();
    if (!cut_off) continue;
    if (*cut_off == 0) return;
    log.warn("drain_timeout is over: {} connections cut off", *cut_off);
    EndNow(log, 0);
  }
}

}  // namespace

int RunAssayd(const AssaydFlags& flags,
              std::shared_ptr<const engine::Registry> registry,
              const std::string& warning) {
  SetUpSignals();
  RaiseOpenFiles(flags.server.connections);
  spdlog::logger log("assayd",
                     std::make_shared<spdlog::sinks::stderr_sink_mt>());
  try {
    server::Server server(std::move(registry), flags.server,
                          [&log](const std::string& line) { log.warn(line); });
    if (const auto error = server.Start()) {
      log.error("cannot listen on {} port {}: {}", flags.server.address,
                flags.server.port, error.message());
      return kExitRefused;
    }
    std::fprintf(stderr, "assayd ready on %s\n",
                 Url(server.endpoint()).c_str());
    if (!warning.empty()) log.warn(warning);
    if (server.most_connections() < flags.server.connections) {
      log.info("limit on open files: at most {} connections, not {}",
               server.most_connections(), flags.server.connections);
    }
    while (WaitForSignal(60'000) == 0) {
    }
    log.info("draining: /readyz says 503; a second signal stops at once");
    server.Drain();
    WaitDrained(server, log);
    log.info("drained");
  } catch (const std::exception& error) {  // threads or memory at the start
    log.error("cannot start: {}", error.what());
    return kExitResources;
  }
  return 0;
}

}  // namespace verifier::cli
