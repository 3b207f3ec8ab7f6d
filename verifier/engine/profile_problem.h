// ProfileProblem: what is wrong with a declared profile, or template, before
// any item comes. Thread-safe: no state.

#ifndef VERIFIER_ENGINE_PROFILE_PROBLEM_H_
#define VERIFIER_ENGINE_PROFILE_PROBLEM_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "rewards/profile.h"
#include "rewards/registry.h"

namespace verifier::engine {

using rewards::Profile;
using rewards::ProfileCheck;
using rewards::Template;

struct ProfileProblem {
  std::optional<std::size_t> check{};  // its place among the checks
  std::string key{};                   // of the profile, or of that check
  std::string detail{};
};

// What is wrong with `profile`: an unknown template, checker or parameter, a
// value that its checker does not take, a gate that asks for a check that may
// not be there. `others` are checkers that are not in `registry` yet; what they
// take is not looked at. What only an item brings may be missing.
[[nodiscard]] std::vector<ProfileProblem> ProfileProblems(
    const Profile& profile, const rewards::Registry& registry,
    const std::vector<std::string>& others = {});

// The same against the built-in checkers and `templates`.
[[nodiscard]] std::vector<ProfileProblem> ProfileProblems(
    const Profile& profile, const std::vector<Template>& templates,
    const std::vector<std::string>& others);

// What makes `declared` no template, "open: must be ...", or empty.
[[nodiscard]] std::string TemplateProblem(const Template& declared);

// The names of the built-in templates, which none may have.
[[nodiscard]] std::vector<std::string> BuiltInTemplateNames();

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_PROFILE_PROBLEM_H_
