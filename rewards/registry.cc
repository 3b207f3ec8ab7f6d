#include "rewards/registry.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "rewards/choice_checker.h"
#include "rewards/code_checker.h"
#include "rewards/format_checker.h"
#include "rewards/ifeval_checker.h"
#include "rewards/json_checker.h"
#include "rewards/language_checker.h"
#include "rewards/length_checker.h"
#include "rewards/math_checker.h"
#include "rewards/pattern_checker.h"
#include "rewards/repetition_checker.h"
#include "rewards/tag_count_checker.h"
#include "rewards/text_checker.h"

namespace rewards {

std::shared_ptr<const TemplateSet> BuiltInTemplates() {
  static const auto built_in = std::make_shared<const TemplateSet>();
  return built_in;
}

Registry::Registry(std::vector<std::unique_ptr<const Checker>> checkers,
                   std::shared_ptr<const TemplateSet> templates,
                   std::vector<Profile> profiles)
    : checkers_(std::move(checkers)),
      templates_(std::move(templates)),
      profiles_(std::move(profiles)) {
  for (const auto& checker : checkers_) {
    assert(Find(checker->name()) == checker.get());
    static_cast<void>(checker);
  }
}

const Checker* Registry::Find(std::string_view name) const noexcept {
  const auto found =
      std::find_if(checkers_.begin(), checkers_.end(),
                   [name](const auto& c) { return c->name() == name; });
  return found == checkers_.end() ? nullptr : found->get();
}

const Profile* Registry::FindProfile(std::string_view name) const noexcept {
  const auto found =
      std::find_if(profiles_.begin(), profiles_.end(),
                   [name](const Profile& p) { return p.name == name; });
  return found == profiles_.end() ? nullptr : &*found;
}

std::vector<std::unique_ptr<const Checker>> BuiltInCheckers(
    std::shared_ptr<const code::Judge> judge,
    std::shared_ptr<const TemplateSet> templates) {
  std::vector<std::unique_ptr<const Checker>> checkers;
  checkers.push_back(MakeMathChecker());
  checkers.push_back(MakeCodeChecker(std::move(judge)));
  checkers.push_back(MakeFormatChecker(std::move(templates)));
  checkers.push_back(MakeLanguageChecker());
  checkers.push_back(MakeTextChecker());
  checkers.push_back(MakeChoiceChecker());
  checkers.push_back(MakeLengthChecker());
  checkers.push_back(MakeRepetitionChecker());
  checkers.push_back(MakeTagCountChecker());
  checkers.push_back(MakeJsonChecker());
  checkers.push_back(MakeIfEvalChecker());
  checkers.push_back(MakePatternChecker());
  return checkers;
}

Registry BuiltInRegistry(std::shared_ptr<const code::Judge> judge) {
  return Registry(BuiltInCheckers(std::move(judge)));
}

}  // namespace rewards
