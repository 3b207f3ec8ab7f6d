// Profile: checks composed under a name, with weights and gates, as an operator
// declares them. Plain values; any thread.
//
// An item that names a profile has its checks, in order, and then what it
// brings itself. A check that the item brings is merged with the profile's of
// the same checker, the first with the first, the second with the second: its
// parameters and its weight win over the profile's. What is left over stands at
// the end as it is.

#ifndef REWARDS_PROFILE_H_
#define REWARDS_PROFILE_H_

#include <boost/json/object.hpp>
#include <cstddef>
#include <string>
#include <vector>

namespace rewards {

// Limits of a declaration.
inline constexpr std::size_t kMostProfileChecks = 16;
inline constexpr std::size_t kMostGateNames = 16;

struct ProfileCheck {
  std::string checker{};
  double weight = 1.0;
  boost::json::object params{};  // what the item need not bring

  // Only where the item brings a check of this checker.
  bool optional = false;

  // The gate: names of checkers of the same profile. The check counts where
  // each check of `only_if` scored `at_least` or more, and each of `unless`
  // less; elsewhere its weight is multiplied by `otherwise`. A gate that was
  // not judged leaves the check not judged.
  std::vector<std::string> only_if{};
  std::vector<std::string> unless{};
  double at_least = 1.0;   // in (0, 1]
  double otherwise = 0.0;  // in [0, 1]

  [[nodiscard]] bool has_gate() const noexcept {
    return !only_if.empty() || !unless.empty();
  }
};

struct Profile {
  std::string name{};
  std::string summary{};        // for people
  std::string template_name{};  // of items that name none; empty: r1
  std::vector<ProfileCheck> checks{};
};

}  // namespace rewards

#endif  // REWARDS_PROFILE_H_
