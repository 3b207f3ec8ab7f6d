// Registry: the checkers this process has, by name. Immutable once made; any
// thread may use it.

#ifndef REWARDS_REGISTRY_H_
#define REWARDS_REGISTRY_H_

#include <memory>
#include <string_view>
#include <vector>

#include "rewards/checker.h"

namespace rewards {

namespace code {
class Judge;
}  // namespace code

class Registry {
 public:
  // Requires: names differ (asserted).
  explicit Registry(std::vector<std::unique_ptr<const Checker>> checkers);

  // Returns the checker, or nullptr. Owned by the registry.
  [[nodiscard]] const Checker* Find(std::string_view name) const noexcept;

  // In the order they were given.
  [[nodiscard]] const std::vector<std::unique_ptr<const Checker>>& checkers()
      const noexcept {
    return checkers_;
  }

  // True for a think-tag template that an item may name (rewards/format).
  [[nodiscard]] static bool IsTemplate(std::string_view name) noexcept;

  // The names IsTemplate accepts, for error messages.
  [[nodiscard]] static std::vector<std::string_view> Templates();

 private:
  std::vector<std::unique_ptr<const Checker>> checkers_;
};

// Every checker of this build. A new kind of reward is one line in its source.
// Programs run under `judge` (code::Judge::Create); without one, `code` is
// there and judges nothing.
[[nodiscard]] std::vector<std::unique_ptr<const Checker>> BuiltInCheckers(
    std::shared_ptr<const code::Judge> judge = nullptr);
[[nodiscard]] Registry BuiltInRegistry(
    std::shared_ptr<const code::Judge> judge = nullptr);

}  // namespace rewards

#endif  // REWARDS_REGISTRY_H_
