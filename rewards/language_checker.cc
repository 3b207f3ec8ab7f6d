#include "rewards/language_checker.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/answer_part.h"
#include "rewards/language/consistency.h"
#include "rewards/language/detect.h"
#include "rewards/language/language.h"
#include "rewards/params.h"

namespace rewards {
namespace {

constexpr std::string_view kPrompt = "prompt";
constexpr std::array<std::string_view, 3> kParts = {"reasoning", "answer",
                                                    "all"};

struct Options {
  std::optional<language::Target> target{};  // none: the prompt's
  std::string of{kParts[0]};
  bool group_related = true;
  std::vector<std::string> neutral{};
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

boost::json::array ForeignSpans(const language::Consistency& found,
                                std::size_t offset) {
  boost::json::array spans;
  for (const language::LanguageSpan& span : found.spans) {
    if (span.kind != language::Kind::kForeign) continue;
    if (spans.size() == kMostSpans) break;
    spans.push_back(boost::json::array{offset + span.begin, offset + span.end,
                                       language::TagOf(span.language)});
  }
  return spans;
}

// `offset`: where the part that was read begins in the response.
Verdict VerdictOf(const language::Consistency& found, language::Language target,
                  std::size_t offset) {
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
  verdict.detail["words_neutral"] = found.words_neutral;
  verdict.detail["words_repeated"] = found.words_repeated;
  verdict.detail["dominant"] = language::TagOf(found.dominant);
  verdict.detail["target"] = tag;
  verdict.detail["foreign"] = ForeignSpans(found, offset);
  return verdict;
}

Shade ShadeOf(language::Kind kind) {
  switch (kind) {
    case language::Kind::kTarget:
      return Shade::kGood;
    case language::Kind::kForeign:
      return Shade::kBad;
    case language::Kind::kNeutral:
    case language::Kind::kRepeated:
      return Shade::kAside;
  }
  return Shade::kNone;
}

std::string_view NameOf(const language::LanguageSpan& span) {
  if (span.kind == language::Kind::kNeutral) return "neutral";
  if (span.kind == language::Kind::kRepeated) return "repeated";
  return language::TagOf(span.language);
}

void ExplainSpans(const language::Consistency& found, std::size_t offset,
                  Explanation& steps) {
  std::size_t shown = 0;
  for (const language::LanguageSpan& span : found.spans) {
    if (++shown > kMostExplainedSpans) {
      steps.emplace_back("spans", "more than " +
                                      std::to_string(kMostExplainedSpans) +
                                      ", the rest is not shown");
      return;
    }
    steps.emplace_back("span", std::string(NameOf(span)),
                       Place{offset + span.begin, offset + span.end});
    steps.back().shade = ShadeOf(span.kind);
  }
}

class LanguageCheck : public Check {
 public:
  explicit LanguageCheck(Options options) : options_(std::move(options)) {
    std::vector<std::string_view> texts(options_.neutral.begin(),
                                        options_.neutral.end());
    terms_ = language::ReadTerms(texts);
  }

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    const std::optional<language::Target> target = TargetOf(submission);
    if (!target) {
      return MakeVerdict(Outcome::kNotJudged,
                         "the prompt is in no known language");
    }
    const std::string_view part = PartOf(submission, options_.of);
    if (part.size() > kMaxLanguageBytes) {
      return MakeVerdict(Outcome::kUnreadable, "too long");
    }
    const auto found = Measure(part, *target, submission.prompt);
    if (!found) {
      return MakeVerdict(Outcome::kNotJudged, "word breaking failed");
    }
    return VerdictOf(*found, target->language,
                     PlaceOf(part, submission.response).begin);
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget&) const override {
    const std::optional<language::Target> target = TargetOf(submission);
    Explanation steps;
    const std::string tag(target ? language::TagOf(target->language) : "");
    steps.emplace_back(
        "target", !target ? "the prompt is in no known language"
                          : tag + (options_.target ? "" : ", the prompt's"));
    const std::string_view part = PartOf(submission, options_.of);
    const Place place = PlaceOf(part, submission.response);
    steps.emplace_back("part", options_.of + " of the response", place);
    if (!target || part.size() > kMaxLanguageBytes) return steps;
    const auto found = Measure(part, *target, submission.prompt);
    if (!found) return steps;
    ExplainSpans(*found, place.begin, steps);
    steps.emplace_back("words", std::to_string(found->words_target) + " of " +
                                    std::to_string(found->words_total) +
                                    " that count are in " + tag);
    steps.emplace_back("characters", std::to_string(found->chars_target) +
                                         " of " +
                                         std::to_string(found->chars_total) +
                                         ", with each Han character as a word");
    return steps;
  }

 private:
  [[nodiscard]] std::optional<language::Target> TargetOf(
      const Submission& submission) const {
    if (options_.target) return options_.target;
    if (submission.prompt.size() > kMaxLanguageBytes) return std::nullopt;
    const auto found = language::DetectLanguage(submission.prompt);
    if (!found) return std::nullopt;
    return language::MakeTarget(*found, options_.group_related);
  }

  [[nodiscard]] std::optional<language::Consistency> Measure(
      std::string_view part, const language::Target& target,
      std::string_view prompt) const {
    if (prompt.empty() || prompt.size() > kMaxLanguageBytes) {
      return language::MeasureConsistency(part, target, terms_);
    }
    language::Terms terms = language::ReadTerms({&prompt, 1});
    terms.insert(terms_.begin(), terms_.end());
    return language::MeasureConsistency(part, target, terms);
  }

  Options options_;
  language::Terms terms_;
};

// `"fr", "de", ...` of every known language.
std::string SupportedTargets() {
  std::string text;
  for (const language::LanguageInfo& info : language::Languages()) {
    if (info.script == language::Script::kNone) continue;
    text += "\"" + std::string(info.tag) + "\", ";
  }
  return text + "\"" + std::string(kPrompt) + "\"";
}

std::string UnknownTarget(std::string_view target) {
  std::string text = "not a known language";
  const auto near = language::NearestTags(target);
  for (std::size_t i = 0; i < near.size(); ++i) {
    text += (i == 0 ? "; did you mean \"" : "\" or \"") + std::string(near[i]);
  }
  if (!near.empty()) text += "\"?";
  return text + " Allowed: " + SupportedTargets();
}

ParamResult<std::vector<std::string>> NeutralParam(
    const boost::json::object& params) {
  auto terms = StringsParam(params, "neutral");
  if (!terms) return terms;
  if (terms->size() > kMostNeutral) {
    return ParamError("/neutral",
                      "more than " + std::to_string(kMostNeutral) + " terms");
  }
  for (std::size_t i = 0; i < terms->size(); ++i) {
    if ((*terms)[i].size() <= kMostNeutralBytes) continue;
    return ParamError(
        "/neutral/" + std::to_string(i),
        "longer than " + std::to_string(kMostNeutralBytes) + " bytes");
  }
  return terms;
}

class LanguageChecker : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "language";
  }

  [[nodiscard]] std::string_view version() const noexcept override {
    return "2";
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
          {"group_related", {{"type", "boolean"}}},
          {"neutral",
           {{"type", "array"},
            {"items", {{"type", "string"}, {"maxLength", kMostNeutralBytes}}},
            {"maxItems", kMostNeutral}}}}},
        {"required", boost::json::array{"target"}},
        {"examples", {{{"target", "en"}}}},
        {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (const auto error =
            UnknownKey(params, {"target", "of", "group_related", "neutral"})) {
      return *error;
    }
    const auto target = StringParam(params, "target");
    if (!target) return target.error();
    Options options;
    const auto grouped = BoolParam(params, "group_related", true);
    if (!grouped) return grouped.error();
    options.group_related = *grouped;
    if (*target != kPrompt) {
      options.target = language::ParseTag(*target, *grouped);
      if (!options.target) {
        return ParamError("/target", UnknownTarget(*target));
      }
    }
    auto of = ChoiceParam(params, "of", kParts, kParts[0]);
    if (!of) return of.error();
    options.of = *std::move(of);
    auto neutral = NeutralParam(params);
    if (!neutral) return neutral.error();
    options.neutral = *std::move(neutral);
    return std::make_unique<const LanguageCheck>(std::move(options));
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeLanguageChecker() {
  return std::make_unique<LanguageChecker>();
}

}  // namespace rewards
