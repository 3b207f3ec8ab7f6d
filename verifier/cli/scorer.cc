#include "verifier/cli/scorer.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "verifier/cli/client_thread.h"
#include "verifier/client/score_client.h"

namespace verifier::cli {
namespace {

class EngineScorer : public Scorer {
 public:
  EngineScorer(std::shared_ptr<const engine::Registry> registry,
               const engine::EngineOptions& options)
      : engine_(std::move(registry), options) {}

  void Start(std::vector<protocol::Item> items, OnResult on_result) override {
    while (engine_.Submit(std::move(items), on_result) == nullptr) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  [[nodiscard]] std::size_t batch_items() const override { return 64; }

  [[nodiscard]] std::string description() const override {
    return fmt::format("in process ({} workers, {} slots)",
                       engine_.options().workers, engine_.options().slots);
  }

 private:
  engine::Engine engine_;
};

class ServerScorer : public Scorer {
 public:
  explicit ServerScorer(const client::Endpoint& endpoint)
      : authority_(endpoint.authority + endpoint.path), client_(endpoint) {}

  client::ClientResult<bool> Ready() {
    return client_.Wait(client_.client().Ready(
        std::chrono::steady_clock::now() + std::chrono::seconds(10)));
  }

  void Start(std::vector<protocol::Item> items, OnResult on_result) override {
    client_.client().Score(
        std::move(items), std::nullopt,
        [this, on_result = std::move(on_result)](client::ScoreReply reply) {
          Note(reply);
          for (std::size_t i = 0; i < reply.results.size(); ++i) {
            on_result(i, std::move(reply.results[i]));
          }
        });
  }

  [[nodiscard]] std::size_t batch_items() const override { return 256; }

  [[nodiscard]] std::string description() const override {
    return "at http://" + authority_;
  }

  [[nodiscard]] std::string failure() const override {
    const std::lock_guard lock(mutex_);
    return failure_;
  }

 private:
  void Note(const client::ScoreReply& reply) {
    for (const client::ItemFailure& failure : reply.failures) {
      if (failure.error.code != client::ClientErrorCode::kUnreachable) continue;
      const std::lock_guard lock(mutex_);
      failure_ = failure.error.detail;
      return;
    }
  }

  std::string authority_;
  mutable std::mutex mutex_;
  std::string failure_;
  ClientThread client_;  // last: its thread uses what is above
};

}  // namespace

std::unique_ptr<Scorer> MakeEngineScorer(
    std::shared_ptr<const engine::Registry> registry,
    const engine::EngineOptions& options) {
  return std::make_unique<EngineScorer>(std::move(registry), options);
}

client::ClientResult<std::unique_ptr<Scorer>> MakeServerScorer(
    const client::Endpoint& endpoint) {
  auto scorer = std::make_unique<ServerScorer>(endpoint);
  const auto ready = scorer->Ready();
  if (!ready) return ready.error();
  return std::unique_ptr<Scorer>(std::move(scorer));
}

}  // namespace verifier::cli
