#include "verifier/engine/profile_problem.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <exception>
#include <memory>
#include <string_view>
#include <utility>

#include "verifier/engine/sample_params.h"
#include "verifier/protocol/nearest_name.h"

namespace verifier::engine {
namespace {

namespace json = boost::json;
using Names = std::vector<std::string_view>;

std::string DidYouMean(std::string_view word, const Names& names) {
  const std::string_view near = protocol::NearestName(word, names);
  return near.empty() ? "" : "; did you mean " + std::string(near) + "?";
}

std::string Listed(const Names& names) {
  std::string list;
  for (const std::string_view one : names) {
    list += (list.empty() ? "" : ", ") + std::string(one);
  }
  return list;
}

bool Holds(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The first key of a pointer into parameters.
std::string FirstKey(const std::string& pointer) {
  if (pointer.empty()) return {};
  return pointer.substr(1, pointer.find('/', 1) - 1);
}

// Why `checker` does not take `params`, whatever an item adds; empty: it may.
// What is missing is filled in from the schema's own example.
std::pair<std::string, std::string> ParamProblem(
    const rewards::Checker& checker, json::object params) {
  constexpr int kMostMissing = 16;
  const json::object given = params;
  const json::object sample = SampleParams(checker.schema());
  for (int i = 0; i < kMostMissing; ++i) {
    const auto check = checker.Prepare(params);
    if (check) return {};
    const std::string key = FirstKey(check.error().pointer);
    if (given.contains(key)) {
      return {key, check.error().pointer + ": " + check.error().detail};
    }
    if (params.contains(key) || !sample.contains(key)) return {};
    params[key] = sample.at(key);
  }
  return {};
}

class Reader {
 public:
  Reader(const Profile& profile, const rewards::Registry& registry,
         const std::vector<std::string>& others)
      : profile_(profile), registry_(registry) {
    for (const auto& one : registry.checkers()) known_.push_back(one->name());
    known_.insert(known_.end(), others.begin(), others.end());
  }

  std::vector<ProfileProblem> Read() {
    const Names templates = registry_.templates().names();
    const std::string& name = profile_.template_name;
    if (!name.empty() && !Holds(templates, name)) {
      problems_.push_back({std::nullopt, "template",
                           "unknown template " + name +
                               DidYouMean(name, templates) +
                               "; allowed: " + Listed(templates)});
    }
    for (std::size_t i = 0; i < profile_.checks.size(); ++i) ReadCheck(i);
    return std::move(problems_);
  }

 private:
  void ReadCheck(std::size_t i) {
    const ProfileCheck& check = profile_.checks[i];
    if (!Holds(known_, check.checker)) {
      problems_.push_back({i, "checker",
                           "unknown checker " + check.checker +
                               DidYouMean(check.checker, known_) +
                               "; allowed: " + Listed(known_)});
    } else if (const auto* checker = registry_.Find(check.checker)) {
      ReadParams(i, *checker);
    }
    for (const std::string& name : check.only_if) ReadGate(i, "only_if", name);
    for (const std::string& name : check.unless) ReadGate(i, "unless", name);
  }

  void ReadParams(std::size_t i, const rewards::Checker& checker) {
    try {
      auto [key, detail] = ParamProblem(checker, profile_.checks[i].params);
      if (!detail.empty()) {
        problems_.push_back({i, std::move(key), std::move(detail)});
      }
    } catch (const std::exception& error) {
      problems_.push_back(
          {i, "checker", std::string("the checker failed: ") + error.what()});
    }
  }

  void ReadGate(std::size_t i, const char* key, const std::string& name) {
    Names others;
    bool always = false;
    for (const ProfileCheck& one : profile_.checks) {
      if (one.checker == profile_.checks[i].checker) continue;
      others.emplace_back(one.checker);
      always = always || (one.checker == name && !one.optional);
    }
    if (!Holds(others, name)) {
      problems_.push_back({i, key,
                           name + " is no other check of this profile" +
                               DidYouMean(name, others) +
                               "; allowed: " + Listed(others)});
    } else if (!always) {
      problems_.push_back(
          {i, key, name + " is optional: a gate needs a check that is there"});
    }
  }

  const Profile& profile_;
  const rewards::Registry& registry_;
  Names known_;
  std::vector<ProfileProblem> problems_;
};

}  // namespace

std::vector<ProfileProblem> ProfileProblems(
    const Profile& profile, const rewards::Registry& registry,
    const std::vector<std::string>& others) {
  return Reader(profile, registry, others).Read();
}

std::vector<ProfileProblem> ProfileProblems(
    const Profile& profile, const std::vector<Template>& templates,
    const std::vector<std::string>& others) {
  const auto set = std::make_shared<const rewards::TemplateSet>(templates);
  const rewards::Registry registry(rewards::BuiltInCheckers(nullptr, set), set);
  return ProfileProblems(profile, registry, others);
}

std::string TemplateProblem(const Template& declared) {
  return rewards::format::TemplateProblem(declared);
}

std::vector<std::string> BuiltInTemplateNames() {
  const auto names = rewards::TemplateSet::BuiltIn().names();
  return {names.begin(), names.end()};
}

}  // namespace verifier::engine
