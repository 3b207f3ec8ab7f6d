#include "rewards/choice_checker.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/answer_part.h"
#include "rewards/params.h"
#include "rewards/text/final_answer.h"
#include "rewards/text/letters.h"

namespace rewards {
namespace {

constexpr std::string_view kNoLetter = "names no option";

struct Answer {
  std::string letters{};         // empty: none
  std::string_view extracted{};  // where they stood; borrows
  std::string_view place{};
  std::string_view reason{};  // why there are none
};

class ChoiceCheck final : public Check {
 public:
  ChoiceCheck(std::string gold, const text::LetterRules& rules)
      : gold_(std::move(gold)), rules_(rules) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    const Answer answer = Read(AnswerPart(submission));
    if (answer.letters.empty()) {
      return MakeVerdict(Outcome::kUnreadable, answer.reason);
    }
    const bool right = answer.letters == gold_;
    Verdict verdict =
        MakeVerdict(right ? Outcome::kCorrect : Outcome::kWrong,
                    right ? "the right choice" : "another choice");
    verdict.detail["extracted"] = answer.letters;
    return verdict;
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget&) const override {
    const Answer answer = Read(AnswerPart(submission));
    Explanation steps = {AnswerPartStep(submission)};
    std::optional<Place> place;
    if (!answer.extracted.empty()) {
      place = PlaceOf(answer.extracted, submission.response);
    }
    steps.emplace_back(
        "extraction",
        (answer.place.empty() ? "" : std::string(answer.place) + ": ") +
            (answer.letters.empty() ? std::string(answer.reason)
                                    : std::string(Shown(answer.extracted))),
        place);
    if (!answer.letters.empty()) steps.emplace_back("choice", answer.letters);
    steps.emplace_back("gold", gold_);
    return steps;
  }

 private:
  [[nodiscard]] Answer Read(std::string_view part) const {
    const text::FinalAnswer found =
        text::FindFinalAnswer(part, text::Stop::kSentence);
    const bool boxes = found.place == "box";
    text::LetterRules rules = rules_;
    rules.unannounced = found.place == "whole text";
    Answer answer{
        {}, {}, found.place, found.texts.empty() ? found.reason : kNoLetter};
    for (const std::string_view one : found.texts) {
      const text::Letters letters = text::ReadLetters(one, rules);
      if (letters.hedged) return {{}, one, found.place, text::kHedged};
      if (letters.chosen.empty()) {
        // An anchor that announces no letter may be prose; a box is an answer.
        if (!boxes) continue;
        return {{}, one, found.place, kNoLetter};
      }
      if (!answer.letters.empty() && answer.letters != letters.chosen) {
        if (!boxes) return {{}, one, found.place, text::kHedged};
        if (!rules_.multiple) return {{}, one, found.place, text::kList};
      }
      answer.letters = Union(answer.letters, letters.chosen);
      answer.extracted = one;
    }
    return answer;
  }

  static std::string Union(const std::string& a, const std::string& b) {
    std::string all;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(),
                   std::back_inserter(all));
    return all;
  }

  const std::string gold_;  // sorted letters
  const text::LetterRules rules_;
};

// The letters of `gold`, sorted.
ParamResult<std::string> GoldParam(const boost::json::object& params,
                                   const text::LetterRules& rules) {
  const auto most = static_cast<std::size_t>(rules.options);
  const auto golds = OneOrMoreStringsParam(params, "gold", most, 1);
  const std::string wanted = std::string("a letter from A to ") +
                             static_cast<char>('A' + rules.options - 1);
  const bool array = params.contains("gold") && params.at("gold").is_array();
  if (!golds) {
    return ParamError{
        golds.error().pointer,
        "must be " + wanted + (rules.multiple ? ", or an array of such" : "")};
  }
  if (array && !rules.multiple) {
    return ParamError{"/gold", "must be " + wanted +
                                   "; several letters take \"multiple\": true"};
  }
  std::string letters;
  for (std::size_t i = 0; i < golds->size(); ++i) {
    const std::string& one = (*golds)[i];
    const std::string at = array ? "/gold/" + std::to_string(i) : "/gold";
    if (one.empty() || one[0] < 'A' || one[0] >= 'A' + rules.options) {
      return ParamError{at, "must be " + wanted};
    }
    if (letters.find(one[0]) != std::string::npos) {
      return ParamError{at, "is there twice"};
    }
    letters += one;
  }
  std::sort(letters.begin(), letters.end());
  return letters;
}

class ChoiceChecker final : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "choice";
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The chosen letters of a multiple choice against the right ones.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    const boost::json::object letter = {{"type", "string"},
                                        {"pattern", "^[A-Z]$"}};
    const boost::json::object letters = {{"type", "array"},
                                         {"items", letter},
                                         {"minItems", 1},
                                         {"maxItems", text::kMostOptions},
                                         {"uniqueItems", true}};
    return {{"type", "object"},
            {"properties",
             {{"gold", {{"oneOf", {letter, letters}}}},
              {"options",
               {{"type", "integer"},
                {"minimum", text::kLeastOptions},
                {"maximum", text::kMostOptions},
                {"default", text::LetterRules{}.options}}},
              {"multiple", {{"type", "boolean"}, {"default", false}}}}},
            {"required", {"gold"}},
            {"examples", {{{"gold", "B"}}}},
            {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (auto error = UnknownKey(params, {"gold", "options", "multiple"})) {
      return *error;
    }
    text::LetterRules rules;
    const auto options = IntParam(params, "options", text::kLeastOptions,
                                  text::kMostOptions, rules.options);
    if (!options) return options.error();
    const auto multiple = BoolParam(params, "multiple", false);
    if (!multiple) return multiple.error();
    rules.options = static_cast<int>(*options);
    rules.multiple = *multiple;
    auto gold = GoldParam(params, rules);
    if (!gold) return gold.error();
    return std::make_unique<const ChoiceCheck>(*std::move(gold), rules);
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeChoiceChecker() {
  return std::make_unique<const ChoiceChecker>();
}

}  // namespace rewards
