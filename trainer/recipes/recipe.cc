#include "trainer/recipes/recipe.h"

namespace trainer {

const char* StageKind(const Stage& stage) noexcept {
  switch (stage.options.index()) {
    case 0:
      return "pretrain";
    case 1:
      return "sft";
    case 2:
      return "grpo";
    default:
      return "eval";
  }
}

}  // namespace trainer
