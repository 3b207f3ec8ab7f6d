// Transcript: a response taken apart into reasoning and answer. Pure; any
// thread; linear time. Every checker reads a response through it.
//
// It answers for malformed responses too, and then to the model's disadvantage:
// nothing that may be reasoning is ever part of the answer.
//
//   - The thought ends at the LAST closing tag; the answer starts there.
//   - A thought opened again after it makes the answer empty.
//   - A thought that is never closed makes the answer empty.
//   - With a closing tag and no opening one, the thought starts with the text.
//   - In a template with answer tags, the answer is what stands between the
//     first of them after the thought and the last closing one, so that several
//     answers reach the checker together; one that is not closed runs to the
//     end; without answer tags it is all that follows the thought.
//   - Without a thought, but with answer tags, what precedes them is reasoning.
//   - A response without any tag is all answer and all reasoning, whatever the
//     template: math and code read the one, language the other.

#ifndef REWARDS_FORMAT_TRANSCRIPT_H_
#define REWARDS_FORMAT_TRANSCRIPT_H_

#include <string_view>

#include "rewards/format/template.h"
#include "rewards/format/template_set.h"

namespace rewards::format {

// Views into the response. No white space is trimmed.
struct Transcript {
  std::string_view reasoning{};
  std::string_view answer{};

  // False: no tag of the template occurs, and both views are the response.
  bool tagged = false;
};

// Borrows `response`.
[[nodiscard]] Transcript SplitTranscript(std::string_view response,
                                         const Template& tmpl);

// The same by a template's name; an unknown name is read as "r1".
[[nodiscard]] Transcript SplitTranscript(
    std::string_view response, std::string_view template_name,
    const TemplateSet& templates = TemplateSet::BuiltIn());

}  // namespace rewards::format

#endif  // REWARDS_FORMAT_TRANSCRIPT_H_
