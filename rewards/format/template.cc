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

std::vector<std::string_view> TemplateNames() {
  std::vector<std::string_view> names;
  for (const Template& entry : Table()) names.emplace_back(entry.name);
  return names;
}

}  // namespace rewards::format
