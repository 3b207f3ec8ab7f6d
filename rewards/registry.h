// Registry: the checkers, templates and profiles this process has, by name.
// Immutable once made; any thread may use it.

#ifndef REWARDS_REGISTRY_H_
#define REWARDS_REGISTRY_H_

#include <memory>
#include <string_view>
#include <vector>

#include "rewards/checker.h"
#include "rewards/format/template_set.h"
#include "rewards/profile.h"

namespace rewards {

using format::Template;
using format::TemplateSet;

namespace code {
class Judge;
}  // namespace code

// The set without declared templates.
[[nodiscard]] std::shared_ptr<const TemplateSet> BuiltInTemplates();

class Registry {
 public:
  // Requires: names of checkers differ (asserted), and so do those of profiles.
  explicit Registry(
      std::vector<std::unique_ptr<const Checker>> checkers,
      std::shared_ptr<const TemplateSet> templates = BuiltInTemplates(),
      std::vector<Profile> profiles = {});

  // Returns the checker, or nullptr. Owned by the registry.
  [[nodiscard]] const Checker* Find(std::string_view name) const noexcept;

  // In the order they were given.
  [[nodiscard]] const std::vector<std::unique_ptr<const Checker>>& checkers()
      const noexcept {
    return checkers_;
  }

  // The think-tag templates that an item may name (rewards/format).
  [[nodiscard]] const TemplateSet& templates() const noexcept {
    return *templates_;
  }

  // The profile of that name, or nullptr. Owned by the registry.
  [[nodiscard]] const Profile* FindProfile(
      std::string_view name) const noexcept;

  // In the order they were given.
  [[nodiscard]] const std::vector<Profile>& profiles() const noexcept {
    return profiles_;
  }

 private:
  std::vector<std::unique_ptr<const Checker>> checkers_;
  std::shared_ptr<const TemplateSet> templates_;  // never null
  std::vector<Profile> profiles_;
};

// Every checker of this build. A new kind of reward is one line in its source.
// Programs run under `judge` (code::Judge::Create); without one, `code` is
// there and judges nothing. A check may name the templates of `templates`.
[[nodiscard]] std::vector<std::unique_ptr<const Checker>> BuiltInCheckers(
    std::shared_ptr<const code::Judge> judge = nullptr,
    std::shared_ptr<const TemplateSet> templates = BuiltInTemplates());
[[nodiscard]] Registry BuiltInRegistry(
    std::shared_ptr<const code::Judge> judge = nullptr);

}  // namespace rewards

#endif  // REWARDS_REGISTRY_H_
