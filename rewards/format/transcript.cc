#include "rewards/format/transcript.h"

#include <optional>
#include <vector>

#include "rewards/format/tags.h"

namespace rewards::format {
namespace {

std::string_view Between(std::string_view text, std::size_t begin,
                         std::size_t end) {
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

// The answer in what follows the thought: from the first answer tag at or after
// `begin` to the last closing one, or all of it.
std::string_view AnswerFrom(std::string_view text, std::size_t begin,
                            const std::vector<TagAt>& tags) {
  std::optional<std::size_t> open;
  std::size_t end = text.size();
  for (const TagAt& at : tags) {
    if (at.begin < begin) continue;
    if (at.tag == Tag::kAnswerClose) end = at.begin;
    if (at.tag == Tag::kAnswerOpen && !open) {
      open = at.end;
      end = text.size();
    }
  }
  return Between(text, open.value_or(begin), end);
}

}  // namespace

Transcript SplitTranscript(std::string_view response, const Template& tmpl) {
  const std::vector<TagAt> tags = FindTags(response, tmpl);
  if (tags.empty()) return {response, response, false};

  std::optional<std::size_t> first_open;   // where the text after it starts
  std::optional<std::size_t> first_close;  // where the tag starts
  const TagAt* last = nullptr;             // the last tag of a thought
  const TagAt* last_close = nullptr;
  for (const TagAt& at : tags) {
    if (at.tag == Tag::kOpen) {
      if (!first_open) first_open = at.end;
      last = &at;
    } else if (at.tag == Tag::kClose) {
      if (!first_close) first_close = at.begin;
      last = last_close = &at;
    }
  }

  if (last == nullptr) {  // answer tags alone
    const TagAt& first = tags.front();
    const std::size_t end = first.tag == Tag::kAnswerOpen ? first.begin : 0;
    return {Between(response, 0, end), AnswerFrom(response, 0, tags), true};
  }
  const bool opens =
      first_open && (!first_close || *first_open <= *first_close);
  const std::size_t begin = opens ? *first_open : 0;
  if (last->tag == Tag::kOpen) {  // open at the end: all reasoning
    return {Between(response, begin, response.size()), {}, true};
  }
  return {Between(response, begin, last_close->begin),
          AnswerFrom(response, last_close->end, tags), true};
}

Transcript SplitTranscript(std::string_view response,
                           std::string_view template_name,
                           const TemplateSet& templates) {
  const Template* tmpl = templates.Find(template_name);
  return SplitTranscript(response,
                         tmpl != nullptr ? *tmpl : *FindTemplate("r1"));
}

}  // namespace rewards::format
