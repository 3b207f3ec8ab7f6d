#include "rewards/language_checker.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/answer_part.h"
#include "rewards/language/consistency.h"
#include "rewards/language/language.h"
#include "rewards/params.h"

namespace rewards {
namespace {

constexpr std::string_view kPrompt = "prompt";
constexpr std::array<std::string_view, 3> kParts = {"reasoning", "answer",
                                                    "all"};

struct Options {
  std::optional<language::Language> target{};  // none: the prompt's
  std::string of{kParts[0]};
};

std::string_view PartOf(const Submission& submission, std::string_view of) {
  if (of == "all") return submission.response;
  const format::Transcript parts = PartsOf(submission);
  return of == "answer" ? parts.answer : parts.reasoning;
}

std::string Reason(const language::Consistency& found, std::string_view tag) {
  if (found.words_total == 0) return "no words";
  return std::to_string(found.words_target) + " of " +
         std::to_string(found.words_total) + " words are in " +
         std::string(tag);
}

Verdict VerdictOf(const language::Consistency& found,
                  language::Language target) {
  const std::string_view tag = language::TagOf(target);
  Outcome outcome = Outcome::kPartial;
  if (found.words_total == 0) {
    outcome = Outcome::kUnreadable;
  } else if (found.words_target == found.words_total) {
    outcome = Outcome::kCorrect;
  } else if (found.words_target == 0) {
    outcome = Outcome::kWrong;
  }
  Verdict verdict = MakeVerdict(outcome, Reason(found, tag));
  verdict.partial_score = found.fraction();
  verdict.detail["fraction"] = found.fraction();
  verdict.detail["fraction_chars"] = found.fraction_chars();
  verdict.detail["words_target"] = found.words_target;
  verdict.detail["words_total"] = found.words_total;
  verdict.detail["target"] = tag;
  return verdict;
}

class LanguageCheck : public Check {
 public:
  explicit LanguageCheck(Options options) : options_(std::move(options)) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    const std::optional<language::Language> target =
        options_.target ? options_.target : PromptLanguage(submission.prompt);
    if (!target) {
      return MakeVerdict(Outcome::kNotJudged,
                         "the prompt's language is none of: en, zh");
    }
    const std::string_view part = PartOf(submission, options_.of);
    if (part.size() > kMaxLanguageBytes) {
      return MakeVerdict(Outcome::kUnreadable, "too long");
    }
    const auto found = language::MeasureConsistency(part, *target);
    if (!found) {
      return MakeVerdict(Outcome::kNotJudged, "word breaking failed");
    }
    return VerdictOf(*found, *target);
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget&) const override {
    const std::optional<language::Language> target =
        options_.target ? options_.target : PromptLanguage(submission.prompt);
    Explanation steps;
    steps.emplace_back("target",
                       !target ? "the prompt's language is none that is known"
                               : std::string(language::TagOf(*target)) +
                                     (options_.target ? "" : ", the prompt's"));
    const std::string_view part = PartOf(submission, options_.of);
    steps.emplace_back("part", options_.of + " of the response",
                       PlaceOf(part, submission.response));
    if (!target || part.size() > kMaxLanguageBytes) return steps;
    const auto found = language::MeasureConsistency(part, *target);
    if (!found) return steps;
    steps.emplace_back("words", std::to_string(found->words_target) + " of " +
                                    std::to_string(found->words_total) +
                                    " that count are in " +
                                    std::string(language::TagOf(*target)));
    steps.emplace_back("characters", std::to_string(found->chars_target) +
                                         " of " +
                                         std::to_string(found->chars_total) +
                                         ", with each Han character as a word");
    return steps;
  }

 private:
  static std::optional<language::Language> PromptLanguage(
      std::string_view prompt) {
    if (prompt.size() > kMaxLanguageBytes) return std::nullopt;
    return language::DetectLanguage(prompt);
  }

  Options options_;
};

std::string SupportedTargets() {
  std::string text;
  for (const std::string_view tag : language::kSupported) {
    text += "\"" + std::string(tag) + "\", ";
  }
  return text + "\"" + std::string(kPrompt) + "\"";
}

class LanguageChecker : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "language";
  }

  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }

  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The share of words that are in the target language.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    return {
        {"type", "object"},
        {"properties",
         {{"target",
           {{"type", "string"},
            {"description", "a BCP 47 tag of one of: " + SupportedTargets()}}},
          {"of",
           {{"type", "string"},
            {"enum", boost::json::array(kParts.begin(), kParts.end())}}},
          {"group_related", {{"type", "boolean"}}}}},
        {"required", boost::json::array{"target"}},
        {"examples", {{{"target", "en"}}}},
        {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (const auto error =
            UnknownKey(params, {"target", "of", "group_related"})) {
      return *error;
    }
    const auto target = StringParam(params, "target");
    if (!target) return target.error();
    Options options;
    if (*target != kPrompt) {
      options.target = language::ParseTag(*target);
      if (!options.target) {
        return ParamError("/target", "not supported; this version knows: " +
                                         SupportedTargets());
      }
    }
    auto of = ChoiceParam(params, "of", kParts, kParts[0]);
    if (!of) return of.error();
    options.of = *std::move(of);
    const auto grouped = BoolParam(params, "group_related", true);
    if (!grouped) return grouped.error();
    return std::make_unique<const LanguageCheck>(std::move(options));
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeLanguageChecker() {
  return std::make_unique<LanguageChecker>();
}

}  // namespace rewards
