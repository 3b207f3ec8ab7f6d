#include "rewards/math_params.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/math_checker.h"

namespace rewards {
namespace {

using math::Extract;
using math::Policy;

constexpr std::array<std::string_view, 4> kExtracts = {"auto", "strict",
                                                       "boxed", "bare"};

struct Switch {
  std::string_view name;
  bool Policy::*flag;
};
constexpr Switch kSwitches[] = {
    {"percent", &Policy::percent},
    {"degrees", &Policy::degrees},
    {"units", &Policy::units},
    {"assignment", &Policy::assignment},
    {"rounding", &Policy::rounding},
    {"labelled_tuples", &Policy::labelled_tuples},
    {"relation_interval", &Policy::relation_interval},
    {"equation_factor", &Policy::equation_factor},
    {"set_tuple", &Policy::set_tuple},
    {"renaming", &Policy::renaming},
    {"open_closed", &Policy::open_closed},
};

ParamResult<math::Tree> ReadGold(std::string_view text,
                                 const std::string& pointer) {
  math::Reading reading =
      math::ReadAnswer(text, Extract::kAuto, math::Limits{});
  if (!reading.readable()) {
    return ParamError{pointer, "cannot be read: " + reading.reason};
  }
  math::Work work;
  const math::Decision same =
      math::Equal(reading.tree, reading.tree, Policy{}, &work, nullptr);
  if (same.equality != math::Equality::kEqual) {
    return ParamError{
        pointer, "cannot be met by any answer: " + std::string(same.reason)};
  }
  return std::move(reading.tree);
}

ParamResult<std::vector<math::Tree>> ReadGolds(
    const boost::json::object& params) {
  const ParamResult<std::vector<std::string>> texts =
      OneOrMoreStringsParam(params, "gold", kMaxGolds, kMaxGoldBytes);
  if (!texts) return texts.error();
  const bool many = params.at("gold").is_array();
  std::vector<math::Tree> trees;
  trees.reserve(texts->size());
  for (std::size_t i = 0; i < texts->size(); ++i) {
    const std::string at = many ? "/" + std::to_string(i) : "";
    ParamResult<math::Tree> tree = ReadGold((*texts)[i], "/gold" + at);
    if (!tree) return tree.error();
    trees.push_back(*std::move(tree));
  }
  return trees;
}

ParamResult<Policy> ReadPolicy(const boost::json::object& params) {
  Policy policy;
  const boost::json::value* value = params.if_contains("policy");
  if (value == nullptr) return policy;
  const boost::json::object* object = value->if_object();
  if (object == nullptr) {
    return ParamError{"/policy", "must be an object of true and false"};
  }
  for (const auto& member : *object) {
    const std::string_view name = member.key();
    const std::string pointer = "/policy" + Pointer(name);
    const auto* known = std::begin(kSwitches);
    while (known != std::end(kSwitches) && known->name != name) ++known;
    if (known == std::end(kSwitches)) {
      std::string allowed;
      for (const Switch& s : kSwitches) {
        allowed += (allowed.empty() ? "" : ", ") + std::string(s.name);
      }
      return ParamError{pointer, "unknown switch; allowed: " + allowed};
    }
    const bool* flag = member.value().if_bool();
    if (flag == nullptr) return ParamError{pointer, "must be true or false"};
    policy.*(known->flag) = *flag;
  }
  return policy;
}

boost::json::object PolicySchema() {
  boost::json::object properties;
  for (const Switch& s : kSwitches) {
    properties[s.name] = {{"type", "boolean"}, {"default", Policy{}.*(s.flag)}};
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"additionalProperties", false}};
}

Extract ExtractNamed(std::string_view name) {
  if (name == "strict") return Extract::kStrict;
  if (name == "boxed") return Extract::kBoxed;
  return name == "bare" ? Extract::kBare : Extract::kAuto;
}

}  // namespace

ParamResult<MathTask> MathTaskOf(const boost::json::object& params) {
  if (auto error = UnknownKey(params, {"gold", "extract", "policy"})) {
    return *error;
  }
  const ParamResult<std::string> extract =
      ChoiceParam(params, "extract", kExtracts, "auto");
  if (!extract) return extract.error();
  const ParamResult<Policy> policy = ReadPolicy(params);
  if (!policy) return policy.error();
  ParamResult<std::vector<math::Tree>> golds = ReadGolds(params);
  if (!golds) return golds.error();
  return MathTask{*std::move(golds), ExtractNamed(*extract), *policy};
}

boost::json::object MathSchema() {
  const boost::json::object text = {{"type", "string"},
                                    {"maxLength", kMaxGoldBytes}};
  boost::json::array extracts;
  for (const std::string_view name : kExtracts) extracts.emplace_back(name);
  return {{"type", "object"},
          {"properties",
           {{"gold",
             {{"oneOf",
               {text,
                {{"type", "array"},
                 {"items", text},
                 {"minItems", 1},
                 {"maxItems", kMaxGolds}}}}}},
            {"extract", {{"enum", std::move(extracts)}, {"default", "auto"}}},
            {"policy", PolicySchema()}}},
          {"required", {"gold"}},
          {"examples", {{{"gold", "42"}}}},
          {"additionalProperties", false}};
}

}  // namespace rewards
