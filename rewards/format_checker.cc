#include "rewards/format_checker.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/format/grammar.h"
#include "rewards/format/tags.h"
#include "rewards/format_params.h"

namespace rewards {
namespace {

// "r1: <think> ... </think> ... (the prompt opened the thought)".
std::string Wanted(const format::Template& tmpl) {
  std::string text = std::string(tmpl.name) + ": " +
                     (tmpl.prefill ? "" : tmpl.open + " ") + "... " +
                     tmpl.close + " " + tmpl.answer_open +
                     (tmpl.answer_open.empty() ? "" : " ") + "..." +
                     (tmpl.answer_close.empty() ? "" : " ") + tmpl.answer_close;
  if (tmpl.prefill) text += " (the prompt opened the thought)";
  return text;
}

void ExplainTags(std::string_view response, const format::Template& tmpl,
                 Explanation& steps) {
  constexpr std::size_t kMostTags = 16;
  const std::vector<format::TagAt> tags = format::FindTags(response, tmpl);
  for (std::size_t i = 0; i < tags.size() && i < kMostTags; ++i) {
    const format::TagAt& at = tags[i];
    steps.emplace_back(
        "tag",
        "\"" + std::string(response.substr(at.begin, at.end - at.begin)) +
            "\" at byte " + std::to_string(at.begin),
        Place{at.begin, at.end});
  }
  if (tags.size() > kMostTags) {
    steps.emplace_back(
        "tag", std::to_string(tags.size() - kMostTags) + " more are not shown");
  }
  if (tags.empty()) steps.emplace_back("tag", "none in the response");
}

class FormatCheck final : public Check {
 public:
  FormatCheck(FormatOptions options,
              std::shared_ptr<const format::TemplateSet> templates)
      : options_(std::move(options)), templates_(std::move(templates)) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    if (options_.rule != nullptr) return JudgeByRule(submission.response);
    const std::optional<format::Template> tmpl = TemplateOf(submission);
    if (!tmpl) return MakeVerdict(Outcome::kNotJudged, "unknown template");
    const format::Finding finding =
        format::CheckFormat(submission.response, *tmpl, options_.eos);
    Verdict verdict =
        MakeVerdict(OutcomeOf(finding), format::ReasonName(finding.reason));
    if (verdict.outcome == Outcome::kPartial) {
      verdict.partial_score = CreditOf(finding);
    }
    verdict.detail["template"] = tmpl->name;
    return verdict;
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget&) const override {
    if (options_.rule != nullptr) {
      return {{"rule", std::string(options_.rule->name) +
                           ", restated from that project's code"}};
    }
    const std::optional<format::Template> tmpl = TemplateOf(submission);
    if (!tmpl) return {};
    Explanation steps;
    steps.emplace_back("template", Wanted(*tmpl));
    ExplainTags(submission.response, *tmpl, steps);
    return steps;
  }

 private:
  [[nodiscard]] Verdict JudgeByRule(std::string_view response) const {
    std::string text(format::StripEos(response, options_.eos, true));
    if (options_.prefill.value_or(false)) text.insert(0, "<think>");
    const double score = options_.rule->score(text);
    const Outcome outcome = score >= 1.0  ? Outcome::kCorrect
                            : score > 0.0 ? Outcome::kPartial
                                          : Outcome::kWrong;
    Verdict verdict = MakeVerdict(outcome, score >= 1.0 ? "ok" : "no_match");
    verdict.partial_score = score;
    verdict.detail["rule"] = options_.rule->name;
    return verdict;
  }

  // The template that decides, with this check's options; none: unknown.
  [[nodiscard]] std::optional<format::Template> TemplateOf(
      const Submission& submission) const {
    const format::Template* named =
        options_.tmpl ? &*options_.tmpl
                      : templates_->Find(submission.template_name);
    if (named == nullptr) return std::nullopt;
    format::Template tmpl = *named;
    tmpl.prefill = options_.prefill.value_or(tmpl.prefill);
    tmpl.whitespace = options_.whitespace.value_or(tmpl.whitespace);
    tmpl.text_after = tmpl.text_after || options_.allow_text_after;
    tmpl.empty_think = tmpl.empty_think || options_.allow_empty_think;
    return tmpl;
  }

  [[nodiscard]] double CreditOf(const format::Finding& finding) const {
    switch (options_.credit) {
      case FormatCredit::kTags:
        return finding.credit;
      case FormatCredit::kLadder:
        return finding.ladder;
      case FormatCredit::kNone:
        break;
    }
    return 0.0;
  }

  [[nodiscard]] Outcome OutcomeOf(const format::Finding& finding) const {
    if (finding.blank) return Outcome::kUnreadable;
    if (finding.ok()) return Outcome::kCorrect;
    return CreditOf(finding) > 0.0 ? Outcome::kPartial : Outcome::kWrong;
  }

  const FormatOptions options_;
  const std::shared_ptr<const format::TemplateSet> templates_;
};

class FormatChecker final : public Checker {
 public:
  explicit FormatChecker(std::shared_ptr<const format::TemplateSet> templates)
      : templates_(std::move(templates)) {}

  [[nodiscard]] std::string_view name() const noexcept override {
    return "format";
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "2";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The response keeps to its think-tag template.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    return FormatSchema(*templates_);
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    ParamResult<FormatOptions> options = ReadFormatParams(params, *templates_);
    if (!options) return options.error();
    return std::make_unique<const FormatCheck>(*std::move(options), templates_);
  }

 private:
  const std::shared_ptr<const format::TemplateSet> templates_;
};

}  // namespace

std::unique_ptr<const Checker> MakeFormatChecker(
    std::shared_ptr<const format::TemplateSet> templates) {
  return std::make_unique<const FormatChecker>(std::move(templates));
}

}  // namespace rewards
