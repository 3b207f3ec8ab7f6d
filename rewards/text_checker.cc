#include "rewards/text_checker.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/answer_part.h"
#include "rewards/params.h"
#include "rewards/text/final_answer.h"
#include "rewards/text/normal_form.h"

namespace rewards {
namespace {

constexpr std::string_view kEvidence = "text";
constexpr std::array<std::string_view, 2> kCases = {"fold", "exact"};
constexpr std::array<std::string_view, 2> kPunctuation = {"ignore_ends",
                                                          "exact"};

// The answer of a response in its normal form; none where `form` is empty.
struct Answer {
  std::string form{};
  std::string_view extracted{};  // borrows from the response
  std::string_view place{};
  std::string_view reason{};  // why there is none
};

class TextCheck final : public Check {
 public:
  TextCheck(std::vector<std::string> golds, text::NormalOptions options)
      : golds_(std::move(golds)), options_(options) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    const Answer answer = Read(AnswerPart(submission));
    Verdict verdict;
    if (answer.form.empty()) {
      verdict = MakeVerdict(Outcome::kUnreadable, answer.reason, kEvidence);
    } else if (const std::size_t met = Met(answer.form); met < golds_.size()) {
      verdict = MakeVerdict(Outcome::kCorrect, "the same text", kEvidence);
      if (golds_.size() > 1) verdict.detail["gold_index"] = met;
    } else {
      verdict = MakeVerdict(Outcome::kWrong, "another text", kEvidence);
    }
    if (!answer.extracted.empty()) {
      verdict.detail["extracted"] = Shown(answer.extracted);
    }
    return verdict;
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget&) const override {
    const Answer answer = Read(AnswerPart(submission));
    Explanation steps = {AnswerPartStep(submission)};
    const bool none = answer.form.empty();
    steps.emplace_back(
        "extraction",
        none ? std::string(answer.reason)
             : std::string(answer.place) + ": " +
                   std::string(Shown(answer.extracted)),
        answer.extracted.empty()
            ? std::nullopt
            : std::optional(PlaceOf(answer.extracted, submission.response)));
    if (none) return steps;
    steps.emplace_back("normal form", std::string(Shown(answer.form)));
    for (std::size_t i = 0; i < golds_.size(); ++i) {
      steps.emplace_back(
          golds_.size() > 1 ? "gold " + std::to_string(i) : "gold",
          std::string(Shown(golds_[i])) +
              (golds_[i] == answer.form ? " (the same)" : " (another)"));
    }
    return steps;
  }

 private:
  [[nodiscard]] std::size_t Met(const std::string& form) const {
    return static_cast<std::size_t>(
        std::find(golds_.begin(), golds_.end(), form) - golds_.begin());
  }

  [[nodiscard]] Answer Read(std::string_view part) const {
    const text::FinalAnswer found =
        text::FindFinalAnswer(part, text::Stop::kNames);
    Answer answer{{}, {}, found.place, found.reason};
    for (const std::string_view one : found.texts) {
      std::string form = text::NormalForm(one, options_);
      if (form.empty()) return {{}, one, found.place, "an empty answer"};
      if (!answer.form.empty() && form != answer.form) {
        return {{},
                one,
                found.place,
                found.place == "box" ? text::kList : text::kHedged};
      }
      answer.form = std::move(form);
      answer.extracted = one;
    }
    return answer;
  }

  const std::vector<std::string> golds_;  // in their normal form
  const text::NormalOptions options_;
};

template <std::size_t N>
boost::json::object ChoiceSchema(const std::array<std::string_view, N>& names) {
  return {{"enum", boost::json::array(names.begin(), names.end())},
          {"default", names[0]}};
}

class TextChecker final : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "text";
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The final answer against a gold, spelling against spelling.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    const boost::json::object text = {
        {"type", "string"}, {"minLength", 1}, {"maxLength", kMaxTextGoldBytes}};
    const boost::json::object texts = {{"type", "array"},
                                       {"items", text},
                                       {"minItems", 1},
                                       {"maxItems", kMaxTextGolds}};
    return {{"type", "object"},
            {"properties",
             {{"gold", {{"oneOf", {text, texts}}}},
              {"case", ChoiceSchema(kCases)},
              {"punctuation", ChoiceSchema(kPunctuation)}}},
            {"required", {"gold"}},
            {"examples", {{{"gold", "Paris"}}}},
            {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (auto error = UnknownKey(params, {"gold", "case", "punctuation"})) {
      return *error;
    }
    const auto cases = ChoiceParam(params, "case", kCases, kCases[0]);
    if (!cases) return cases.error();
    const auto punctuation =
        ChoiceParam(params, "punctuation", kPunctuation, kPunctuation[0]);
    if (!punctuation) return punctuation.error();
    auto golds =
        OneOrMoreStringsParam(params, "gold", kMaxTextGolds, kMaxTextGoldBytes);
    if (!golds) return golds.error();
    const text::NormalOptions options{*cases == kCases[0],
                                      *punctuation == kPunctuation[0]};
    for (std::size_t i = 0; i < golds->size(); ++i) {
      (*golds)[i] = text::NormalForm((*golds)[i], options);
      if (!(*golds)[i].empty()) continue;
      return ParamError{
          params.at("gold").is_array() ? "/gold/" + std::to_string(i) : "/gold",
          "holds nothing to compare"};
    }
    return std::make_unique<const TextCheck>(*std::move(golds), options);
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeTextChecker() {
  return std::make_unique<const TextChecker>();
}

}  // namespace rewards
