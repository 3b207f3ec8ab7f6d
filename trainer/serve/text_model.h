// TextModel: a TextBackend over a model's folder. Depends on LibTorch.

#ifndef TRAINER_SERVE_TEXT_MODEL_H_
#define TRAINER_SERVE_TEXT_MODEL_H_

#include <cstdint>
#include <functional>
#include <string>

#include "trainer/serve/backend.h"
#include "trainer/serve/lazy_model.h"
#include "trainer/stages/model_files.h"

namespace trainer::serve {

struct ModelMachine {
  std::string device = "cpu";
  // Called on the model thread for a model of so many parameters.
  std::function<void(std::int64_t parameters)> on_load{};
};

// Reads a model's folder onto `machine`. An error: it is a reward model and
// `reward` is false, or the other way about.
[[nodiscard]] LazyModel<Model>::Read ModelReader(const ModelMachine& machine,
                                                 bool reward);

class TextModel : public TextBackend {
 public:
  // `folder` as ReadModel has it; it need not be there yet. `max_tokens`: of a
  // completion that does not say how many.
  TextModel(const std::string& folder, const ModelMachine& machine,
            std::int64_t max_tokens);

  [[nodiscard]] std::vector<BackendResult<Generated>> Generate(
      std::span<const GenerateRequest> requests, const Sampling& sampling,
      const OnToken& on_token) override;

 private:
  LazyModel<Model> model_;
  std::int64_t max_tokens_;
};

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_TEXT_MODEL_H_
