// The checkers that compute, over any response: never a crash, never a null
// that the answer bought, and the same verdict twice.

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "rewards/format/peer_rule.h"
#include "rewards/registry.h"

namespace {

struct CheckText {
  std::string_view checker;
  std::string_view params;  // JSON
};

// The rules of plain sight, and most instructions of IFEval.
constexpr CheckText kRules[] = {
    {"format", R"({"template": "r1-zero", "credit": "ladder",
                   "allow_text_after": true})"},
    {"length", R"({"shape": "cosine", "max": 100, "unit": "words"})"},
    {"repetition", R"({"n": 2})"},
    {"tag_count", "{}"},
    {"pattern", R"({"pattern": "(?i)a+.?b|\\pL{3}", "most": 5})"},
    {"json", R"({"schema": {"type": ["object", "array"], "uniqueItems": true,
                 "additionalProperties": {"$ref": "#"},
                 "items": {"anyOf": [{"minimum": 0.5}, {"$ref": "#"}]},
                 "patternProperties": {"^a": {"multipleOf": 0.1}}}})"},
};
constexpr std::string_view kIfEval = R"({"of": "all",
  "instruction_id_list": [
    "keywords:existence", "keywords:forbidden_words",
    "length_constraints:number_sentences",
    "length_constraints:number_paragraphs",
    "length_constraints:nth_paragraph_first_word",
    "detectable_content:number_placeholders",
    "detectable_format:number_bullet_lists",
    "detectable_format:number_highlighted_sections",
    "detectable_format:multiple_sections", "detectable_format:json_format",
    "detectable_format:title", "combination:two_responses",
    "change_case:capital_word_frequency", "change_case:english_lowercase"],
  "kwargs": [
    {"keywords": ["a"]}, {"forbidden_words": ["b"]},
    {"num_sentences": 2, "relation": "at least"}, {"num_paragraphs": 2},
    {"num_paragraphs": 2, "nth_paragraph": 1, "first_word": "a"},
    {"num_placeholders": 1}, {"num_bullets": 1}, {"num_highlights": 1},
    {"section_spliter": "S", "num_sections": 1}, {}, {}, {},
    {"capital_frequency": 2, "capital_relation": "less than"}, {}]})";

template <typename Add>
void AddRules(const Add& add) {
  for (const auto& rule : rewards::format::PeerRules()) {
    add("format", {{"rule", rule.name}});
  }
  for (const CheckText& rule : kRules) {
    add(rule.checker, boost::json::parse(rule.params).as_object());
  }
  boost::json::object ifeval = boost::json::parse(kIfEval).as_object();
  for (const char* mode : {"strict", "loose"}) {
    ifeval["mode"] = mode;
    add("ifeval", ifeval);
  }
}

std::vector<std::unique_ptr<const rewards::Check>> MakeChecks() {
  static const rewards::Registry registry = rewards::BuiltInRegistry();
  std::vector<std::unique_ptr<const rewards::Check>> checks;
  const auto add = [&checks](std::string_view name,
                             boost::json::object params) {
    auto check = registry.Find(name)->Prepare(params);
    if (!check) std::abort();
    checks.push_back(std::move(*check));
  };
  for (const char* extract : {"auto", "strict", "boxed", "bare"}) {
    add("math", {{"gold", {"-1/2", "0.33", "50\\%"}}, {"extract", extract}});
  }
  for (const char* name : {"r1", "r1-zero", "r1-prefill", "boxed"}) {
    add("format", {{"template", name}, {"credit", "tags"}});
  }
  add("language", {{"target", "en"}, {"of", "all"}});
  add("language", {{"target", "zh"}, {"of", "all"}});
  add("text", {{"gold", {"Paris", "a b"}}});
  add("text",
      {{"gold", "Paris."}, {"case", "exact"}, {"punctuation", "exact"}});
  add("choice", {{"gold", "B"}});
  add("choice", {{"gold", {"A", "Z"}}, {"options", 26}, {"multiple", true}});
  AddRules(add);
  return checks;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  static const auto* const kChecks =
      new std::vector<std::unique_ptr<const rewards::Check>>(MakeChecks());
  rewards::Submission submission;
  submission.response = {reinterpret_cast<const char*>(data), size};
  for (const auto& check : *kChecks) {
    const rewards::Verdict once = check->Judge(submission, {});
    const rewards::Verdict twice = check->Judge(submission, {});
    if (!rewards::Score(once)) std::abort();
    if (once.outcome != twice.outcome || once.detail != twice.detail) {
      std::abort();
    }
  }
  return 0;
}
