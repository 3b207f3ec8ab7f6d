#include "verifier/server/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "verifier/server/listener.h"
#include "verifier/server/service.h"
#include "verifier/server/trouble_report.h"

namespace verifier::server {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

// How often the server looks at its connections' deadlines.
constexpr std::chrono::milliseconds kTick{50};

// Descriptors that are not connections: the event loop, logs, jails, and what
// is accepted before an evicted connection is closed.
constexpr std::size_t kReservedDescriptors = 128;
constexpr std::size_t kFewestConnections = 16;

std::size_t MostConnections(std::size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
      limit.rlim_cur == RLIM_INFINITY) {
    return wanted;
  }
  const auto descriptors = static_cast<std::size_t>(limit.rlim_cur);
  const std::size_t room =
      std::max(descriptors, kReservedDescriptors + kFewestConnections) -
      kReservedDescriptors;
  return std::min(wanted, room);
}

}  // namespace

class Server::Impl {
 public:
  Impl(std::shared_ptr<const engine::Registry> registry,
       const ServerOptions& options, OnEvent on_event)
      : options_(options),  // of the start
        engine_(std::make_unique<engine::Engine>(std::move(registry),
                                                 options.engine)),
        service_(options_, *engine_),
        report_(service_.stats, std::move(on_event)),
        context_(static_cast<int>(options.io_threads)),
        most_connections_(MostConnections(options.connections)),
        listener_(context_, service_, most_connections_) {
    NoteLoaded();
  }

  ~Impl() {
    context_.stop();
    for (std::thread& thread : threads_) thread.join();
    service_.json_pool.join();
    engine_.reset();  // no result comes after this
    service_.connections.Clear();
  }

  boost::system::error_code Start() {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options_.address, error);
    if (!error) error = listener_.Open({address, options_.port});
    if (error) return error;
    listener_.Start();
    asio::co_spawn(context_, Tend(), asio::detached);
    for (unsigned i = 0; i < options_.io_threads; ++i) {
      threads_.emplace_back([this] { RunLoop(); });
    }
    return {};
  }

  void Replace(std::shared_ptr<const engine::Registry> registry,
               const ServerOptions& options) {
    engine_->Replace(registry, options.engine.queue_items);
    service_.bodies.SetMost(options.held_bytes);
    service_.snapshot.Set({options, std::move(registry)});
  }

  void CountReload(bool taken) {
    ++(taken ? service_.stats.config_reloads
             : service_.stats.config_reloads_refused);
    service_.stats.config_last_reload_ok = taken;
    if (taken) NoteLoaded();
  }

  void Drain() { service_.draining = true; }
  std::optional<std::size_t> drained() const {
    if (!ended_) return std::nullopt;
    return cut_off_;
  }

  Service& service() { return service_; }
  const Listener& listener() const { return listener_; }
  std::size_t most_connections() const { return most_connections_; }
  asio::io_context& context() { return context_; }

 private:
  void RunLoop() {
    while (true) {
      try {
        context_.run();
        return;
      } catch (...) {  // whatever it is, it must not end the service
        ++service_.stats.exceptions;
      }
    }
  }

  // Looks at deadlines, at troubles to report, and at the drain, for ever.
  asio::awaitable<void> Tend() {
    asio::steady_timer timer(context_);
    while (true) {
      timer.expires_after(kTick);
      co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
      try {
        service_.connections.TickDue();
        report_.Tick();
        TendDrain();
      } catch (const std::exception&) {
        ++service_.stats.exceptions;
      }
    }
  }

  void TendDrain() {
    if (!service_.draining || ended_) return;
    const auto now = Clock::now();
    if (!drain_start_) drain_start_ = now;
    const auto snapshot = service_.snapshot.Get();
    const ServerOptions& options = snapshot->options;
    const auto close_at = *drain_start_ + options.drain_delay;
    if (now < close_at) return;
    if (!service_.closing) listener_.Close();
    service_.closing = true;
    service_.connections.CloseIdle();
    const std::size_t open = service_.connections.size();
    if (open != 0 && now < close_at + options.drain_timeout) return;
    service_.connections.CloseAll();
    cut_off_ = open;
    ended_ = true;
  }

  void NoteLoaded() {
    service_.stats.config_loaded_at =
        std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  }

  const ServerOptions options_;
  std::unique_ptr<engine::Engine> engine_;
  Service service_;  // outlives what runs in context_
  TroubleReport report_;
  asio::io_context context_;
  const std::size_t most_connections_;
  Listener listener_;
  std::optional<Clock::time_point> drain_start_;
  std::size_t cut_off_ = 0;  // written before ended_
  std::atomic<bool> ended_ = false;
  std::vector<std::thread> threads_;
};

Server::Server(std::shared_ptr<const engine::Registry> registry,
               const ServerOptions& options, OnEvent on_event)
    : impl_(std::make_unique<Impl>(std::move(registry), options,
                                   std::move(on_event))) {}

Server::~Server() = default;

boost::system::error_code Server::Start() { return impl_->Start(); }

asio::ip::tcp::endpoint Server::endpoint() const {
  return impl_->listener().endpoint();
}

void Server::Replace(std::shared_ptr<const engine::Registry> registry,
                     const ServerOptions& options) {
  impl_->Replace(std::move(registry), options);
}

void Server::CountReload(bool taken) noexcept { impl_->CountReload(taken); }

void Server::Drain() { impl_->Drain(); }

std::optional<std::size_t> Server::drained() const { return impl_->drained(); }

const Stats& Server::stats() const noexcept { return impl_->service().stats; }

std::size_t Server::most_connections() const noexcept {
  return impl_->most_connections();
}

asio::any_io_executor Server::executor() {
  return impl_->context().get_executor();
}

}  // namespace verifier::server
