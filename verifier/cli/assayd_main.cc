#include "verifier/cli/assayd_main.h"

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "verifier/cli/exit_code.h"
#include "verifier/cli/log.h"
#include "verifier/server/server.h"

namespace verifier::cli {
namespace {

// Errors of a reload that are logged; the rest is counted.
constexpr std::size_t kMostErrors = 50;

sigset_t Signals(bool reload) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  if (reload) sigaddset(&set, SIGHUP);
  return set;
}

// The threads made later inherit this: only main takes the signals, by waiting.
void SetUpSignals() {
  signal(SIGPIPE, SIG_IGN);
  const sigset_t set = Signals(true);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

// Waits up to `milliseconds` for one of `set`; 0: none came.
int WaitForSignal(const sigset_t& set, int milliseconds) {
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
[[noreturn]] void EndNow(int code) { _exit(code); }

// Waits for the drain, or for a second signal, which ends the process.
void WaitDrained(const server::Server& server, Log& log) {
  while (true) {
    const int signal = WaitForSignal(Signals(false), 20);
    if (signal != 0) {
      log.Warn("second signal: stopping at once");
      EndNow(128 + signal);
    }
    const auto cut_off = server.drained();
    if (!cut_off) continue;
    if (*cut_off == 0) return;
    log.Warn(
        fmt::format("drain_timeout is over: {} connections cut off", *cut_off));
    EndNow(0);
  }
}

// One process: its configuration, and how it takes another one.
class Assayd {
 public:
  Assayd(const AssaydFlags& flags, const MakeCheckers& make)
      : sources_(flags.sources),
        config_(flags.config),
        make_(make),
        log_(config_.settings) {}

  int Run() {
    Checkers checkers = Make(config_.settings);
    if (!checkers.problems.empty()) {
      for (const std::string& problem : checkers.problems) log_.Error(problem);
      return checkers.exit_code;
    }
    const server::ServerOptions options = OptionsOf(config_, checkers);
    server::Server server(std::move(checkers.registry), options,
                          [this](const std::string& line) { log_.Warn(line); });
    if (const auto error = server.Start()) {
      log_.Error(fmt::format("cannot listen on {} port {}: {}", options.address,
                             options.port, error.message()));
      return kExitUnreachable;
    }
    log_.Ready("assayd ready on " + Url(server.endpoint()));
    for (const std::string& warning : checkers.warnings) log_.Warn(warning);
    if (server.most_connections() < options.connections) {
      log_.Info(
          fmt::format("limit on open files: at most {} connections, not {}",
                      server.most_connections(), options.connections));
    }
    Serve(server);
    return kExitOk;
  }

  Log& log() { return log_; }

 private:
  Checkers Make(const config::Settings& settings) {
    return make_(settings,
                 [this](const std::string& line) { log_.Info(line); });
  }

  void Serve(server::Server& server) {
    int signal = 0;
    while (signal == 0 || signal == SIGHUP) {
      signal = WaitForSignal(Signals(true), 60'000);
      if (signal == SIGHUP) TryReload(server);
    }
    log_.Info("draining: /readyz says 503; a second signal stops at once");
    server.Drain();
    WaitDrained(server, log_);
    log_.Info("drained");
  }

  static server::ServerOptions OptionsOf(const config::Loaded& config,
                                         const Checkers& checkers) {
    server::ServerOptions options = config.settings.server;
    options.jail_level = checkers.jail_level;
    options.engine.runner = checkers.runner;
    return options;
  }

  // Whatever goes wrong, what is served goes on.
  void TryReload(server::Server& server) {
    try {
      Reload(server);
    } catch (const std::exception& error) {
      Refuse(server, {error.what()});
    }
  }

  void Reload(server::Server& server) {
    auto next = config::Load(sources_);
    if (!next) return Refuse(server, next.error().lines);
    const auto fixed = config::NeedRestart(config_, *next);
    if (!fixed.empty()) return Refuse(server, fixed);
    Checkers checkers = Make(next->settings);
    if (!checkers.problems.empty()) return Refuse(server, checkers.problems);
    server.Replace(std::move(checkers.registry), OptionsOf(*next, checkers));
    const auto changes = config::Changes(config_.settings, next->settings);
    config_ = *std::move(next);
    log_.Set(config_.settings);
    server.CountReload(true);
    for (const std::string& warning : checkers.warnings) log_.Warn(warning);
    log_.Info("configuration reloaded",
              {{"changes", fmt::format("{}", fmt::join(changes, "; "))}});
  }

  void Refuse(server::Server& server, const std::vector<std::string>& errors) {
    server.CountReload(false);
    for (std::size_t i = 0; i < std::min(errors.size(), kMostErrors); ++i) {
      log_.Error(errors[i]);
    }
    log_.Error("configuration not reloaded: the old one stays",
               {{"errors", std::to_string(errors.size())}});
  }

  const config::Sources sources_;
  config::Loaded config_;
  const MakeCheckers& make_;
  Log log_;
};

}  // namespace

int RunAssayd(const AssaydFlags& flags, const MakeCheckers& make) {
  SetUpSignals();
  RaiseOpenFiles(flags.config.settings.server.connections);
  Assayd assayd(flags, make);
  try {
    return assayd.Run();
  } catch (const std::exception& error) {  // threads or memory at the start
    assayd.log().Error(std::string("cannot start: ") + error.what());
    return kExitResources;
  }
}

}  // namespace verifier::cli
