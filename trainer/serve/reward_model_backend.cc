#include "trainer/serve/reward_model_backend.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "trainer/serve/lazy_model.h"
#include "trainer/stages/completion_batch.h"
#include "trainer/stages/reward_model.h"

namespace trainer::serve {
namespace {

class RewardModelBackend : public RewardBackend {
 public:
  RewardModelBackend(const std::string& folder, const ModelMachine& machine)
      : model_(folder, ModelReader(machine, true)) {}

  std::vector<BackendResult<double>> Score(
      std::span<const RewardRequest> requests) override {
    std::vector<BackendResult<double>> all(requests.size(), BackendError());
    const auto model = model_.Get();
    if (!model) {
      std::fill(all.begin(), all.end(), model.error());
      return all;
    }
    std::vector<ScoredText> texts;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (auto wrong = Misfit(**model, requests[i])) {
        all[i] = *std::move(wrong);
        continue;
      }
      places.push_back(i);
      texts.push_back({requests[i].prompt, requests[i].response});
    }
    const std::vector<double> logits = ScoreTexts(**model, texts);
    for (std::size_t i = 0; i < logits.size(); ++i) all[places[i]] = logits[i];
    return all;
  }

 private:
  // Why the texts are longer than the model reads, and whose doing it is.
  static std::optional<BackendError> Misfit(const Model& model,
                                            const RewardRequest& request) {
    const auto most =
        static_cast<std::size_t>(model.decoder.config().max_positions);
    const Example example =
        ExampleOf(model.tokenizer, request.prompt, request.response);
    if (example.tokens.size() <= most) return std::nullopt;
    const std::string limit = std::to_string(most) + " tokens of the model";
    if (example.prompt_length + 1 >= most) {
      return BackendError(BackendErrorKind::kRefused,
                          "the prompt leaves no room in the " + limit);
    }
    return BackendError(BackendErrorKind::kTooLong,
                        "the response does not fit into the " + limit);
  }

  LazyModel<Model> model_;
};

}  // namespace

std::unique_ptr<RewardBackend> MakeRewardModel(const std::string& folder,
                                               const ModelMachine& machine) {
  return std::make_unique<RewardModelBackend>(folder, machine);
}

}  // namespace trainer::serve
