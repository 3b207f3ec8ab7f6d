#include "rewards/answer_part.h"

#include <cstddef>

#include "rewards/format/template_set.h"

namespace rewards {

format::Transcript PartsOf(const Submission& submission) {
  return format::SplitTranscript(submission.response, submission.template_name,
                                 submission.templates != nullptr
                                     ? *submission.templates
                                     : format::TemplateSet::BuiltIn());
}

std::string_view AnswerPart(const Submission& submission) {
  return PartsOf(submission).answer;
}

std::string_view Shown(std::string_view text) {
  constexpr std::size_t kMaxShown = 256;
  if (text.size() <= kMaxShown) return text;
  std::size_t end = kMaxShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
    --end;
  }
  return text.substr(0, end);
}

ExplainedStep AnswerPartStep(const Submission& submission) {
  const std::string_view part = AnswerPart(submission);
  return {"answer part",
          part.size() == submission.response.size()
              ? "the whole response: it has no reasoning tags"
              : "what follows the reasoning",
          PlaceOf(part, submission.response)};
}

}  // namespace rewards
