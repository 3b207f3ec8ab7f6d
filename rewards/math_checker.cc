#include "rewards/math_checker.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/answer_part.h"
#include "rewards/math/math.h"
#include "rewards/params.h"

namespace rewards {
namespace {

using math::Decision;
using math::Equality;
using math::Extract;
using math::Policy;
using math::Reading;
using math::Value;

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

boost::json::array Names(const std::vector<std::string_view>& names) {
  boost::json::array array;
  for (const std::string_view name : names) array.emplace_back(name);
  return array;
}

std::string Written(const Value& value) {
  if (value.exactness != math::Exactness::kExact) {
    return "a value too large or not rational";
  }
  std::string text = "exactly " + std::string(Shown(value.number.ToString()));
  if (value.percent) text += ", written in percent";
  if (value.last_place) text += ", a decimal";
  if (!value.unit.empty()) text += ", unit " + value.unit;
  if (!value.name.empty()) text += ", said of " + value.name;
  if (value.approximate) text += ", approximately";
  for (const std::string_view repair : value.repairs) {
    text += ", mended: " + std::string(repair);
  }
  return text;
}

std::string Decided(const Decision& decision) {
  std::string text(decision.reason);
  text += " (" + std::string(decision.evidence) + ")";
  for (const std::string_view policy : decision.policies) {
    text += ", by the convention " + std::string(policy);
  }
  return text;
}

class MathCheck final : public Check {
 public:
  MathCheck(std::vector<Value> golds, Extract extract, const Policy& policy)
      : golds_(std::move(golds)), extract_(extract), policy_(policy) {}

  Explanation Explain(const Submission& submission,
                      const Budget&) const override {
    const std::string_view part = AnswerPart(submission);
    const std::string_view response = submission.response;
    Explanation steps;
    steps.push_back(AnswerPartStep(submission));
    const Reading reading = math::ReadAnswer(part, extract_, math::Limits{});
    const bool somewhere = !reading.extracted.empty();
    steps.emplace_back(
        "extraction",
        (reading.found.empty() ? "" : std::string(reading.found) + ": ") +
            (reading.readable ? std::string(Shown(reading.extracted))
                              : reading.reason),
        somewhere ? std::optional(PlaceOf(reading.extracted, response))
                  : std::nullopt);
    if (reading.readable) steps.emplace_back("answer", Written(reading.value));
    for (std::size_t i = 0; i < golds_.size(); ++i) {
      const std::string number =
          golds_.size() > 1 ? " " + std::to_string(i) : "";
      steps.emplace_back("gold" + number, Written(golds_[i]));
      if (!reading.readable) continue;
      steps.emplace_back(
          "comparison" + number,
          Decided(math::Compare(golds_[i], reading.value, policy_)));
    }
    return steps;
  }

  Verdict Judge(const Submission& submission, const Budget&) const override {
    const Reading reading =
        math::ReadAnswer(AnswerPart(submission), extract_, math::Limits{});
    if (!reading.readable) {
      Verdict verdict = MakeVerdict(Outcome::kUnreadable, reading.reason);
      if (!reading.extracted.empty()) {
        verdict.detail["extracted"] = Shown(reading.extracted);
      }
      return verdict;
    }
    std::size_t index = 0;
    const Decision decision = Best(reading.value, &index);
    const bool equal = decision.equality == Equality::kEqual;
    Verdict verdict = MakeVerdict(equal ? Outcome::kCorrect : Outcome::kWrong,
                                  decision.reason, decision.evidence);
    verdict.detail["extracted"] = Shown(reading.extracted);
    if (!reading.value.repairs.empty()) {
      verdict.detail["repairs"] = Names(reading.value.repairs);
    }
    if (equal) {
      if (!decision.policies.empty()) {
        verdict.detail["policy"] = Names(decision.policies);
      }
      if (golds_.size() > 1) verdict.detail["gold_index"] = index;
    }
    return verdict;
  }

 private:
  // The first gold that is met; else a gold that is not decided; else the last.
  Decision Best(const Value& answer, std::size_t* index) const {
    Decision best;
    for (std::size_t i = 0; i < golds_.size(); ++i) {
      Decision decision = math::Compare(golds_[i], answer, policy_);
      if (decision.equality == Equality::kEqual) {
        *index = i;
        return decision;
      }
      if (i == 0 || decision.equality == Equality::kUndecided) {
        best = std::move(decision);
      }
    }
    return best;
  }

  std::vector<Value> golds_;
  Extract extract_;
  Policy policy_;
};

ParamResult<Value> ReadGold(std::string_view text, const std::string& pointer) {
  if (text.size() > kMaxGoldBytes) {
    return ParamError{pointer, "longer than the limit of " +
                                   std::to_string(kMaxGoldBytes) + " bytes"};
  }
  Reading reading = math::ReadAnswer(text, Extract::kAuto, math::Limits{});
  if (!reading.readable) {
    return ParamError{pointer, "cannot be read: " + reading.reason};
  }
  if (reading.value.exactness != math::Exactness::kExact) {
    return ParamError{pointer, "a value too large or not rational"};
  }
  return std::move(reading.value);
}

ParamResult<std::vector<Value>> ReadGolds(const boost::json::object& params) {
  const boost::json::value* gold = params.if_contains("gold");
  if (gold == nullptr) {
    return ParamError{"/gold", "required: a string or an array of strings"};
  }
  std::vector<Value> values;
  if (const boost::json::string* text = gold->if_string()) {
    ParamResult<Value> value = ReadGold(*text, "/gold");
    if (!value) return value.error();
    values.push_back(*std::move(value));
    return values;
  }
  const boost::json::array* array = gold->if_array();
  if (array == nullptr || array->empty() || array->size() > kMaxGolds) {
    return ParamError{"/gold", "must be a string, or an array of 1 to " +
                                   std::to_string(kMaxGolds) + " strings"};
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    const std::string pointer = "/gold/" + std::to_string(i);
    const boost::json::string* text = (*array)[i].if_string();
    if (text == nullptr) return ParamError{pointer, "must be a string"};
    ParamResult<Value> value = ReadGold(*text, pointer);
    if (!value) return value.error();
    values.push_back(*std::move(value));
  }
  return values;
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

class MathChecker final : public Checker {
 public:
  std::string_view name() const noexcept override { return "math"; }
  std::string_view version() const noexcept override { return "1"; }
  std::string_view summary() const noexcept override {
    return "The final answer against a gold, decided in exact rationals.";
  }

  boost::json::object schema() const override {
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

  boost::system::result<std::unique_ptr<const Check>, ParamError> Prepare(
      const boost::json::object& params) const override {
    if (auto error = UnknownKey(params, {"gold", "extract", "policy"})) {
      return *error;
    }
    const ParamResult<std::string> extract =
        ChoiceParam(params, "extract", kExtracts, "auto");
    if (!extract) return extract.error();
    const ParamResult<Policy> policy = ReadPolicy(params);
    if (!policy) return policy.error();
    ParamResult<std::vector<Value>> golds = ReadGolds(params);
    if (!golds) return golds.error();
    return std::make_unique<const MathCheck>(*std::move(golds),
                                             ExtractNamed(*extract), *policy);
  }

 private:
  static Extract ExtractNamed(std::string_view name) {
    if (name == "strict") return Extract::kStrict;
    if (name == "boxed") return Extract::kBoxed;
    return name == "bare" ? Extract::kBare : Extract::kAuto;
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeMathChecker() {
  return std::make_unique<const MathChecker>();
}

}  // namespace rewards
