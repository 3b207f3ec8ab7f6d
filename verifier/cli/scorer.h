// Scorer: where items are judged: in this process, or at an assayd. Results of
// both are the same but for their times.

#ifndef VERIFIER_CLI_SCORER_H_
#define VERIFIER_CLI_SCORER_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/client/client_error.h"
#include "verifier/client/endpoint.h"
#include "verifier/engine/engine.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::cli {

class Scorer {
 public:
  // Called once an item, from a thread of the scorer, several at once; `index`
  // is the item's place among those of its Start.
  using OnResult =
      std::function<void(std::size_t index, protocol::ScoreResult)>;

  Scorer() = default;
  // Ends what waits; waits for what runs in this process. OnResult may be
  // called until it returns.
  virtual ~Scorer() = default;
  Scorer(const Scorer&) = delete;
  Scorer& operator=(const Scorer&) = delete;

  // Takes `items`. Never blocks for long.
  virtual void Start(std::vector<protocol::Item> items, OnResult on_result) = 0;

  // Most items that are worth one Start.
  [[nodiscard]] virtual std::size_t batch_items() const = 0;

  // For people, e.g. "in process (2 workers)".
  [[nodiscard]] virtual std::string description() const = 0;

  // Why it is no use to go on, or empty. Any thread.
  [[nodiscard]] virtual std::string failure() const { return ""; }
};

// Scores on threads of this process, with the checkers of `registry`.
[[nodiscard]] std::unique_ptr<Scorer> MakeEngineScorer(
    std::shared_ptr<const engine::Registry> registry,
    const engine::EngineOptions& options);

// Scores at `endpoint`. An error where it does not answer /readyz. Blocks for
// that, at most some seconds.
[[nodiscard]] client::ClientResult<std::unique_ptr<Scorer>> MakeServerScorer(
    const client::Endpoint& endpoint);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_SCORER_H_
