#include "rewards/format/template.h"

#include <algorithm>
#include <array>

namespace rewards::format {
namespace {

// <think> ... </think>, then the answer.
Template Chat(std::string name) {
  Template chat;
  chat.name = std::move(name);
  chat.open = "<think>";
  chat.close = "</think>";
  return chat;
}

// <think> ... </think> <answer> ... </answer>.
Template Zero(std::string name) {
  Template zero = Chat(std::move(name));
  zero.answer_open = "<answer>";
  zero.answer_close = "</answer>";
  return zero;
}

Template Prefilled(Template base) {
  base.prefill = true;
  return base;
}

Template Strict(Template base) {
  base.whitespace = Whitespace::kStrict;
  return base;
}

Template ThinkingOff(Template base) {
  base.thought = Thought::kOff;
  return base;
}

Template Boxed(Template base) {
  base.boxed = true;
  return base;
}

struct NamedTag {
  const char* name;
  std::string_view text;
};

// A tag that every template has is there; so is, by the other, each of a pair.
std::string BytesProblem(const NamedTag& tag, bool required) {
  if (tag.text.empty() && !required) return {};
  if (!tag.text.empty() && tag.text.size() <= kMaxTagBytes) return {};
  return std::string(tag.name) + ": must be of 1 to " +
         std::to_string(kMaxTagBytes) + " bytes";
}

const std::array<Template, 8>& Table() {
  static const std::array<Template, 8> table = {
      Chat("r1"),
      Zero("r1-zero"),
      Prefilled(Chat("r1-prefill")),
      Prefilled(Zero("r1-zero-prefill")),
      Strict(Zero("openr1-strict")),
      Chat("qwen3-think"),
      ThinkingOff(Chat("qwen3-nothink")),
      Boxed(Chat("boxed")),
  };
  return table;
}

}  // namespace

const Template* FindTemplate(std::string_view name) noexcept {
  const auto found =
      std::find_if(Table().begin(), Table().end(),
                   [&](const auto& t) { return t.name == name; });
  return found == Table().end() ? nullptr : &*found;
}

std::string TemplateProblem(const Template& tmpl) {
  const std::array<NamedTag, 4> tags = {{{"open", tmpl.open},
                                         {"close", tmpl.close},
                                         {"answer_open", tmpl.answer_open},
                                         {"answer_close", tmpl.answer_close}}};
  const bool answers = !tmpl.answer_open.empty() || !tmpl.answer_close.empty();
  for (std::size_t i = 0; i < tags.size(); ++i) {
    std::string problem = BytesProblem(tags[i], i < 2 || answers);
    if (!problem.empty()) return problem;
  }
  for (const NamedTag& tag : tags) {
    for (const NamedTag& other : tags) {
      if (&tag == &other || tag.text.empty() || other.text.empty()) continue;
      if (tag.text.find(other.text) == std::string_view::npos) continue;
      return std::string(tag.name) + ": must not hold the tag \"" + other.name +
             "\"";
    }
  }
  return {};
}

std::vector<std::string_view> TemplateNames() {
  std::vector<std::string_view> names;
  for (const Template& entry : Table()) names.emplace_back(entry.name);
  return names;
}

}  // namespace rewards::format
