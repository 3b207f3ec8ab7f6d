#include "verifier/cli/config/template_tables.h"

#include <algorithm>
#include <array>
#include <utility>

#include "verifier/cli/terminal.h"

namespace verifier::cli::config {
namespace {

constexpr const char* kTag = "a string of 1 to 64 bytes";
constexpr const char* kFlag = "true or false";

constexpr std::array<PluginKey, 10> kKeys = {{
    {"open", kTag, "\"<think>\"", "what opens the thought", true},
    {"close", kTag, "\"</think>\"", "what closes it", true},
    {"answer_open", kTag, "\"\"",
     "what opens the answer; without it the answer is what follows the "
     "thought"},
    {"answer_close", kTag, "\"\"", "what closes the answer"},
    {"prefill", kFlag, "false",
     "the prompt ends with `open`: the response starts inside the thought"},
    {"thought", "one of required, off", "\"required\"",
     "off: no thought, or an empty one"},
    {"whitespace", "one of free, strict", "\"free\"",
     "strict: each tag on a line of its own"},
    {"boxed", kFlag, "false", "the answer must hold a \\boxed{...}"},
    {"allow_text_after", kFlag, "false", "text after `answer_close` is free"},
    {"allow_empty_think", kFlag, "false", "an empty thought is right, too"},
}};

// Where the key of a flag is kept.
bool* FlagOf(std::string_view key, Template& tmpl) {
  if (key == "prefill") return &tmpl.prefill;
  if (key == "boxed") return &tmpl.boxed;
  if (key == "allow_text_after") return &tmpl.text_after;
  return key == "allow_empty_think" ? &tmpl.empty_think : nullptr;
}

// Where the key of a tag is kept.
std::string* TagOf(std::string_view key, Template& tmpl) {
  if (key == "open") return &tmpl.open;
  if (key == "close") return &tmpl.close;
  if (key == "answer_open") return &tmpl.answer_open;
  return key == "answer_close" ? &tmpl.answer_close : nullptr;
}

std::string PutKey(const PluginKey& key, const Given& given, Template& tmpl) {
  const std::string wrong =
      "expected " + std::string(key.allowed) + ", got " + Shown(given);
  if (bool* flag = FlagOf(key.name, tmpl)) {
    if (given.type != Given::Type::kBoolean) return wrong;
    *flag = given.boolean;
    return {};
  }
  if (given.type != Given::Type::kString) return wrong;
  if (std::string* tag = TagOf(key.name, tmpl)) {
    *tag = given.text;
    return {};
  }
  const bool thought = key.name == "thought";
  const std::string_view first = thought ? "required" : "free";
  const std::string_view second = thought ? "off" : "strict";
  if (given.text != first && given.text != second) return wrong;
  using Thought = decltype(tmpl.thought);
  using Whitespace = decltype(tmpl.whitespace);
  const bool is_second = given.text == second;
  if (thought) {
    tmpl.thought = is_second ? Thought::kOff : Thought::kRequired;
  } else {
    tmpl.whitespace = is_second ? Whitespace::kStrict : Whitespace::kFree;
  }
  return {};
}

std::vector<std::string_view> KeyNames() {
  std::vector<std::string_view> names;
  for (const PluginKey& key : kKeys) names.push_back(key.name);
  return names;
}

}  // namespace

std::span<const PluginKey> TemplateKeys() noexcept { return kKeys; }

boost::json::value TemplateJson(std::string_view key, const Template& tmpl) {
  Template copy = tmpl;
  if (const bool* flag = FlagOf(key, copy)) return *flag;
  if (const std::string* tag = TagOf(key, copy)) {
    return boost::json::value(*tag);
  }
  using Thought = decltype(copy.thought);
  using Whitespace = decltype(copy.whitespace);
  if (key == "thought") {
    return copy.thought == Thought::kOff ? "off" : "required";
  }
  return copy.whitespace == Whitespace::kStrict ? "strict" : "free";
}

bool SameTemplates(const std::vector<Template>& a,
                   const std::vector<Template>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Template& one, const Template& other) {
                      return one.name == other.name &&
                             std::all_of(kKeys.begin(), kKeys.end(),
                                         [&](const PluginKey& key) {
                                           return TemplateJson(key.name, one) ==
                                                  TemplateJson(key.name, other);
                                         });
                    });
}

void TemplateTables::Read(const Node& section, ErrorList& errors) {
  if (!section.is_table) {
    return errors.Add(section.value,
                      "templates: expected tables [templates.NAME], got " +
                          Shown(section.given));
  }
  for (const Node& table : section.members) ReadOne(table, errors);
}

void TemplateTables::ReadOne(const Node& table, ErrorList& errors) {
  const std::string shown = "templates." + Printable(table.name, 80);
  if (!table.is_table) {
    return errors.Add(table.value,
                      shown + ": expected a table [templates.NAME], got " +
                          Shown(table.given));
  }
  std::vector<std::string> taken = engine::BuiltInTemplateNames();
  taken.emplace_back("custom");
  const std::string problem = CheckerNameProblem(table.name, taken, "template");
  if (!problem.empty()) return errors.Add(table.key, shown + ": " + problem);
  Template& tmpl = templates_[table.name];
  tmpl.name = table.name;
  first_.emplace(table.name, errors.TextOf(table.key));
  for (const Node& node : table.members) ReadKey(node, tmpl, errors);
}

void TemplateTables::ReadKey(const Node& node, Template& tmpl,
                             ErrorList& errors) {
  const std::string path = tmpl.name + "." + node.name;
  const auto key = std::find_if(
      kKeys.begin(), kKeys.end(),
      [&node](const PluginKey& one) { return one.name == node.name; });
  if (key == kKeys.end()) {
    return errors.Add(
        node.key, UnknownKey("templates." + tmpl.name, node.name, KeyNames()));
  }
  Given given = node.given;
  if (node.is_table) given.text = "a table";
  origins_[path] = errors.TextOf(node.value);
  const std::string wrong = PutKey(*key, given, tmpl);
  if (!wrong.empty())
    errors.Add(node.value, "templates." + path + ": " + wrong);
}

std::vector<Template> TemplateTables::Finish(ErrorList& errors) {
  std::vector<Template> list;
  for (auto& [name, tmpl] : templates_) {
    const std::string problem = engine::TemplateProblem(tmpl);
    if (!problem.empty() && errors.empty()) {
      const auto origin =
          origins_.find(name + "." + problem.substr(0, problem.find(':')));
      errors.Add(origin == origins_.end() ? first_[name] : origin->second,
                 "templates." + name + "." + problem);
    }
    list.push_back(std::move(tmpl));
  }
  if (list.size() > kMostTemplates) {
    errors.Add(std::string(kTemplates), std::to_string(list.size()) +
                                            " templates; at most " +
                                            std::to_string(kMostTemplates));
  }
  return list;
}

}  // namespace verifier::cli::config
