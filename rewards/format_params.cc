#include "rewards/format_params.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string_view>
#include <utility>

#include "rewards/format_checker.h"

namespace rewards {
namespace {

constexpr std::string_view kCustom = "custom";
constexpr std::array<std::string_view, 2> kWhitespace = {"free", "strict"};
constexpr std::array<std::string_view, 3> kCredit = {"none", "tags", "ladder"};
constexpr std::array<std::string_view, 4> kTagKeys = {
    "open", "close", "answer_open", "answer_close"};

std::vector<std::string_view> NamesOf(const format::TemplateSet& templates) {
  std::vector<std::string_view> names = templates.names();
  names.push_back(kCustom);
  return names;
}

std::vector<std::string_view> RuleNames() {
  std::vector<std::string_view> names;
  for (const format::PeerRule& rule : format::PeerRules()) {
    names.push_back(rule.name);
  }
  return names;
}

ParamResult<format::Template> CustomTemplate(
    const boost::json::object& params) {
  format::Template tmpl;
  tmpl.name = kCustom;
  const std::array<std::string*, 4> tags = {
      &tmpl.open, &tmpl.close, &tmpl.answer_open, &tmpl.answer_close};
  for (std::size_t i = 0; i < tags.size(); ++i) {
    ParamResult<std::string> tag = StringParam(params, kTagKeys[i], "");
    if (!tag) return tag.error();
    *tags[i] = *std::move(tag);
  }
  const std::string problem = format::TemplateProblem(tmpl);
  if (problem.empty()) return tmpl;
  const std::size_t colon = problem.find(": ");
  return ParamError(Pointer(problem.substr(0, colon)),
                    problem.substr(colon + 2));
}

// The template that the check names; none where it leaves that to the item.
ParamResult<std::optional<format::Template>> TemplateParam(
    const boost::json::object& params, const format::TemplateSet& templates) {
  std::optional<std::string> name;
  if (params.contains("template")) {
    ParamResult<std::string> choice =
        ChoiceParam(params, "template", NamesOf(templates));
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
  return std::optional<format::Template>(*templates.Find(*name));
}

// The peer's rule, which leaves nothing else to be said of the form.
ParamResult<const format::PeerRule*> RuleParam(
    const boost::json::object& params) {
  const format::PeerRule* none = nullptr;
  if (!params.contains("rule")) return none;
  const ParamResult<std::string> name =
      ChoiceParam(params, "rule", RuleNames());
  if (!name) return name.error();
  for (const auto& member : params) {
    const std::string_view key = member.key();
    if (key == "rule" || key == "strip_eos" || key == "prefill") continue;
    return ParamError(Pointer(key), "not with \"rule\", which says it all");
  }
  return format::FindPeerRule(*name);
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

FormatCredit CreditOf(std::string_view name) {
  if (name == "tags") return FormatCredit::kTags;
  return name == "ladder" ? FormatCredit::kLadder : FormatCredit::kNone;
}

boost::json::object ChoiceSchema(const std::vector<std::string_view>& names) {
  return {{"type", "string"},
          {"enum", boost::json::array(names.begin(), names.end())}};
}

}  // namespace

ParamResult<FormatOptions> ReadFormatParams(
    const boost::json::object& params, const format::TemplateSet& templates) {
  if (const auto error = UnknownKey(
          params, {"template", "strip_eos", "prefill", "whitespace", "credit",
                   "allow_text_after", "allow_empty_think", "rule", "open",
                   "close", "answer_open", "answer_close"})) {
    return *error;
  }
  const auto rule = RuleParam(params);
  if (!rule) return rule.error();
  auto tmpl = TemplateParam(params, templates);
  if (!tmpl) return tmpl.error();
  auto eos = EosParam(params);
  if (!eos) return eos.error();
  const auto prefill = BoolParam(params, "prefill", false);
  if (!prefill) return prefill.error();
  const auto whitespace =
      ChoiceParam(params, "whitespace", kWhitespace, kWhitespace[0]);
  if (!whitespace) return whitespace.error();
  const auto credit = ChoiceParam(params, "credit", kCredit, kCredit[0]);
  if (!credit) return credit.error();
  const auto text_after = BoolParam(params, "allow_text_after", false);
  if (!text_after) return text_after.error();
  const auto empty_think = BoolParam(params, "allow_empty_think", false);
  if (!empty_think) return empty_think.error();

  FormatOptions options;
  options.rule = *rule;
  options.tmpl = *std::move(tmpl);
  options.eos = *std::move(eos);
  if (params.contains("prefill")) options.prefill = *prefill;
  if (params.contains("whitespace")) {
    options.whitespace = *whitespace == "strict" ? format::Whitespace::kStrict
                                                 : format::Whitespace::kFree;
  }
  options.allow_text_after = *text_after;
  options.allow_empty_think = *empty_think;
  options.credit = CreditOf(*credit);
  return options;
}

boost::json::object FormatSchema(const format::TemplateSet& templates) {
  const boost::json::object tag = {
      {"type", "string"}, {"minLength", 1}, {"maxLength", kMaxTagBytes}};
  boost::json::object rule = ChoiceSchema(RuleNames());
  rule["description"] =
      "the format reward of another trainer, instead of the template's";
  boost::json::object properties = {
      {"template", ChoiceSchema(NamesOf(templates))},
      {"strip_eos",
       {{"type", "array"}, {"items", tag}, {"maxItems", kMaxEosTokens}}},
      {"prefill", {{"type", "boolean"}}},
      {"whitespace", ChoiceSchema({kWhitespace.begin(), kWhitespace.end()})},
      {"credit", ChoiceSchema({kCredit.begin(), kCredit.end()})},
      {"allow_text_after", {{"type", "boolean"}}},
      {"allow_empty_think", {{"type", "boolean"}}},
      {"rule", std::move(rule)}};
  for (const std::string_view key : kTagKeys) properties[key] = tag;
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", boost::json::array()},
          {"additionalProperties", false}};
}

}  // namespace rewards
