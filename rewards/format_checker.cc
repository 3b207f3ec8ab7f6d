#include "rewards/format_checker.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/format/grammar.h"
#include "rewards/format/tags.h"
#include "rewards/format/template.h"
#include "rewards/params.h"

namespace rewards {
namespace {

constexpr std::string_view kCustom = "custom";
constexpr std::array<std::string_view, 2> kWhitespace = {"free", "strict"};
constexpr std::array<std::string_view, 2> kCredit = {"none", "tags"};
constexpr std::array<std::string_view, 4> kTagKeys = {
    "open", "close", "answer_open", "answer_close"};

struct Options {
  std::optional<format::Template> tmpl{};  // none: the item's
  std::vector<std::string> eos{};
  std::optional<bool> prefill{};  // none: as the template says
  std::optional<format::Whitespace> whitespace{};
  bool credit_tags = false;
};

class FormatCheck : public Check {
 public:
  explicit FormatCheck(Options options) : options_(std::move(options)) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    const std::optional<format::Template> tmpl = TemplateOf(submission);
    if (!tmpl) return MakeVerdict(Outcome::kNotJudged, "unknown template");
    const format::Finding finding =
        format::CheckFormat(submission.response, *tmpl, options_.eos);
    Verdict verdict =
        MakeVerdict(OutcomeOf(finding), format::ReasonName(finding.reason));
    if (verdict.outcome == Outcome::kPartial) {
      verdict.partial_score = finding.credit;
    }
    verdict.detail["template"] = tmpl->name;
    return verdict;
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget&) const override {
    const std::optional<format::Template> tmpl = TemplateOf(submission);
    if (!tmpl) return {};
    Explanation steps;
    steps.emplace_back("template", Wanted(*tmpl));
    const std::vector<format::TagAt> tags =
        format::FindTags(submission.response, *tmpl);
    constexpr std::size_t kMostTags = 16;
    for (std::size_t i = 0; i < tags.size() && i < kMostTags; ++i) {
      const format::TagAt& at = tags[i];
      steps.emplace_back("tag",
                         "\"" +
                             std::string(submission.response.substr(
                                 at.begin, at.end - at.begin)) +
                             "\" at byte " + std::to_string(at.begin),
                         Place{at.begin, at.end});
    }
    if (tags.size() > kMostTags) {
      steps.emplace_back("tag", std::to_string(tags.size() - kMostTags) +
                                    " more are not shown");
    }
    if (tags.empty()) steps.emplace_back("tag", "none in the response");
    return steps;
  }

 private:
  // The template that decides, with this check's options; none: unknown.
  [[nodiscard]] std::optional<format::Template> TemplateOf(
      const Submission& submission) const {
    const format::Template* named =
        options_.tmpl ? &*options_.tmpl
                      : format::FindTemplate(submission.template_name);
    if (named == nullptr) return std::nullopt;
    format::Template tmpl = *named;
    tmpl.prefill = options_.prefill.value_or(tmpl.prefill);
    tmpl.whitespace = options_.whitespace.value_or(tmpl.whitespace);
    return tmpl;
  }

  // "r1: <think> ... </think> ..., text may begin in the thought".
  static std::string Wanted(const format::Template& tmpl) {
    std::string text =
        std::string(tmpl.name) + ": " + (tmpl.prefill ? "" : tmpl.open + " ") +
        "... " + tmpl.close + " " + tmpl.answer_open +
        (tmpl.answer_open.empty() ? "" : " ") + "..." +
        (tmpl.answer_close.empty() ? "" : " ") + tmpl.answer_close;
    if (tmpl.prefill) text += " (the prompt opened the thought)";
    return text;
  }

  [[nodiscard]] Outcome OutcomeOf(const format::Finding& finding) const {
    if (finding.blank) return Outcome::kUnreadable;
    if (finding.ok()) return Outcome::kCorrect;
    const bool graded = options_.credit_tags && finding.credit > 0.0;
    return graded ? Outcome::kPartial : Outcome::kWrong;
  }

  Options options_;
};

// The tag at `key`; empty where it is absent and may be.
ParamResult<std::string> TagParam(const boost::json::object& params,
                                  std::string_view key, bool required) {
  if (!required && !params.contains(key)) return std::string();
  ParamResult<std::string> tag = StringParam(params, key);
  if (!tag) return tag;
  if (tag->empty() || tag->size() > kMaxTagBytes) {
    return ParamError(
        Pointer(key),
        "must be of 1 to " + std::to_string(kMaxTagBytes) + " bytes");
  }
  return tag;
}

// One tag inside another could be read two ways.
std::optional<ParamError> Overlap(const std::array<std::string, 4>& tags) {
  for (std::size_t i = 0; i < tags.size(); ++i) {
    for (std::size_t j = 0; j < tags.size(); ++j) {
      if (i == j || tags[i].empty() || tags[j].empty()) continue;
      if (tags[i].find(tags[j]) == std::string::npos) continue;
      return ParamError(
          Pointer(kTagKeys[i]),
          "must not hold the tag \"" + std::string(kTagKeys[j]) + "\"");
    }
  }
  return std::nullopt;
}

ParamResult<format::Template> CustomTemplate(
    const boost::json::object& params) {
  const bool answers =
      params.contains(kTagKeys[2]) || params.contains(kTagKeys[3]);
  std::array<std::string, 4> tags;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    ParamResult<std::string> tag =
        TagParam(params, kTagKeys[i], i < 2 || answers);
    if (!tag) return tag.error();
    tags[i] = *std::move(tag);
  }
  if (const auto error = Overlap(tags)) return *error;
  format::Template tmpl;
  tmpl.name = kCustom;
  tmpl.open = std::move(tags[0]);
  tmpl.close = std::move(tags[1]);
  tmpl.answer_open = std::move(tags[2]);
  tmpl.answer_close = std::move(tags[3]);
  return tmpl;
}

// The template that the check names; none where it leaves that to the item.
ParamResult<std::optional<format::Template>> TemplateParam(
    const boost::json::object& params) {
  std::vector<std::string_view> names = format::TemplateNames();
  names.push_back(kCustom);
  std::optional<std::string> name;
  if (params.contains("template")) {
    ParamResult<std::string> choice = ChoiceParam(params, "template", names);
    if (!choice) return choice.error();
    name = *std::move(choice);
  }
  if (name == kCustom) {
    ParamResult<format::Template> custom = CustomTemplate(params);
    if (!custom) return custom.error();
    return std::optional<format::Template>(*std::move(custom));
  }
  for (const std::string_view key : kTagKeys) {
    if (!params.contains(key)) continue;
    return ParamError(Pointer(key), "only with \"template\": \"custom\"");
  }
  if (!name) return std::optional<format::Template>();
  return std::optional<format::Template>(*format::FindTemplate(*name));
}

ParamResult<std::vector<std::string>> EosParam(
    const boost::json::object& params) {
  ParamResult<std::vector<std::string>> eos = StringsParam(params, "strip_eos");
  if (!eos) return eos;
  if (eos->size() > kMaxEosTokens) {
    return ParamError(
        "/strip_eos",
        "must hold at most " + std::to_string(kMaxEosTokens) + " strings");
  }
  for (std::size_t i = 0; i < eos->size(); ++i) {
    const std::size_t bytes = (*eos)[i].size();
    if (bytes >= 1 && bytes <= kMaxTagBytes) continue;
    return ParamError(
        "/strip_eos/" + std::to_string(i),
        "must be of 1 to " + std::to_string(kMaxTagBytes) + " bytes");
  }
  return eos;
}

boost::json::object ChoiceSchema(const std::vector<std::string_view>& names) {
  boost::json::array choices;
  for (const std::string_view name : names) choices.emplace_back(name);
  return {{"type", "string"}, {"enum", choices}};
}

class FormatChecker : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "format";
  }

  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }

  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The response keeps to its think-tag template.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    const boost::json::object tag = {
        {"type", "string"}, {"minLength", 1}, {"maxLength", kMaxTagBytes}};
    std::vector<std::string_view> names = format::TemplateNames();
    names.push_back(kCustom);
    boost::json::object properties = {
        {"template", ChoiceSchema(names)},
        {"strip_eos",
         {{"type", "array"}, {"items", tag}, {"maxItems", kMaxEosTokens}}},
        {"prefill", {{"type", "boolean"}}},
        {"whitespace", ChoiceSchema({kWhitespace.begin(), kWhitespace.end()})},
        {"credit", ChoiceSchema({kCredit.begin(), kCredit.end()})}};
    for (const std::string_view key : kTagKeys) properties[key] = tag;
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", boost::json::array()},
            {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (const auto error = UnknownKey(
            params, {"template", "strip_eos", "prefill", "whitespace", "credit",
                     "open", "close", "answer_open", "answer_close"})) {
      return *error;
    }
    auto tmpl = TemplateParam(params);
    if (!tmpl) return tmpl.error();
    auto eos = EosParam(params);
    if (!eos) return eos.error();
    const auto prefill = BoolParam(params, "prefill", false);
    if (!prefill) return prefill.error();
    const auto whitespace =
        ChoiceParam(params, "whitespace", kWhitespace, "free");
    if (!whitespace) return whitespace.error();
    const auto credit = ChoiceParam(params, "credit", kCredit, "none");
    if (!credit) return credit.error();

    Options options;
    options.tmpl = *std::move(tmpl);
    options.eos = *std::move(eos);
    if (params.contains("prefill")) options.prefill = *prefill;
    if (params.contains("whitespace")) {
      options.whitespace = *whitespace == "strict" ? format::Whitespace::kStrict
                                                   : format::Whitespace::kFree;
    }
    options.credit_tags = *credit == "tags";
    return std::make_unique<const FormatCheck>(std::move(options));
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeFormatChecker() {
  return std::make_unique<FormatChecker>();
}

}  // namespace rewards
