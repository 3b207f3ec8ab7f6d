// Template: where a model's thought and answer stand in a response, by the
// literal tags around them. Plain data; any thread may use it.
//
// Tags are byte-exact. A tag that the thought merely quotes still counts: a
// tokenizer's special token would close the thought just the same.

#ifndef REWARDS_FORMAT_TEMPLATE_H_
#define REWARDS_FORMAT_TEMPLATE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rewards::format {

// Longest tag, in bytes. It bounds the work of the scan.
inline constexpr std::size_t kMaxTagBytes = 64;

enum class Thought {
  kRequired,  // one block, not empty
  kOff,       // thinking is switched off: no block, or one that is empty
};

enum class Whitespace {
  kFree,    // ASCII white space around a tag is free
  kStrict,  // each tag stands on a line of its own, nothing else is there
};

struct Template {
  std::string name{};

  std::string open{};   // e.g. "<think>"
  std::string close{};  // e.g. "</think>"

  // Both empty: the answer is the text after the thought.
  std::string answer_open{};
  std::string answer_close{};

  // The prompt ended with `open`: the response starts inside the thought.
  bool prefill = false;

  Thought thought = Thought::kRequired;
  Whitespace whitespace = Whitespace::kFree;

  // The answer must hold a \boxed{...} with something in it.
  bool boxed = false;

  // Text after `answer_close` is free; it may still hold no tag.
  bool text_after = false;

  // A thought with nothing in it is right, too.
  bool empty_think = false;

  [[nodiscard]] bool has_answer_tags() const noexcept {
    return !answer_open.empty();
  }
};

// The built-in template of that name, or nullptr. `custom` is no built-in: its
// tags come with the request. Lives as long as the process.
[[nodiscard]] const Template* FindTemplate(std::string_view name) noexcept;

// The names FindTemplate knows, in a fixed order.
[[nodiscard]] std::vector<std::string_view> TemplateNames();

// What makes `tmpl` no template, beginning with the name of the field, e.g.
// "close: must be of 1 to 64 bytes", or empty: a tag is missing, too long, or
// inside another, where a text could be read two ways.
[[nodiscard]] std::string TemplateProblem(const Template& tmpl);

}  // namespace rewards::format

#endif  // REWARDS_FORMAT_TEMPLATE_H_
