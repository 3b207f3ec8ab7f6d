#include "trainer/recipes/recipe.h"

namespace trainer {

const char* StageKind(const Stage& stage) noexcept {
  struct Visitor {
    const char* operator()(const PretrainStage&) const { return "pretrain"; }
    const char* operator()(const SftStage&) const { return "sft"; }
    const char* operator()(const GrpoStage&) const { return "grpo"; }
    const char* operator()(const EvalStage&) const { return "eval"; }
    const char* operator()(const SampleStage&) const { return "sample"; }
    const char* operator()(const RewardModelStage&) const {
      return "reward-model";
    }
  };
  return std::visit(Visitor{}, stage.options);
}

bool LeavesModel(const Stage& stage) noexcept {
  return std::holds_alternative<PretrainStage>(stage.options) ||
         std::holds_alternative<SftStage>(stage.options) ||
         std::holds_alternative<GrpoStage>(stage.options);
}

std::optional<std::size_t> FromOf(const Recipe& recipe, std::size_t index) {
  const std::string& from = recipe.stages.at(index).from;
  if (from == "new") return std::nullopt;
  for (std::size_t i = index; i > 0; --i) {
    const Stage& before = recipe.stages[i - 1];
    if (from.empty() ? LeavesModel(before) : before.name == from) return i - 1;
  }
  return std::nullopt;
}

const ModelSettings& SizesOf(const Recipe& recipe, std::size_t index) {
  while (const auto from = FromOf(recipe, index)) index = *from;
  return recipe.stages[index].model == "student" ? recipe.student
                                                 : recipe.model;
}

}  // namespace trainer
