#include "rewards/text/final_answer.h"

#include <algorithm>
#include <array>

#include "rewards/math/extract/anchors.h"
#include "rewards/math/extract/boxes.h"
#include "rewards/math/extract/spans.h"
#include "rewards/math/syntax/marks.h"

namespace rewards::text {
namespace {

FinalAnswer None(std::string_view reason) { return {{}, {}, reason}; }

// True where the stop at the end of `text` belongs to a word before a name:
// an initial or a title.
bool EndsInAbbreviation(std::string_view text) {
  constexpr std::array<std::string_view, 9> kTitles = {
      "St", "Dr", "Mr", "Mrs", "Ms", "Jr", "Sr", "Prof", "vs"};
  if (!text.ends_with('.')) return false;
  text.remove_suffix(1);
  const std::size_t before = text.find_last_of(" \t.");
  if (before != std::string_view::npos) text.remove_prefix(before + 1);
  const bool initial = text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z';
  return initial ||
         std::find(kTitles.begin(), kTitles.end(), text) != kTitles.end();
}

// The first sentence of `rest`, without the marks that an anchor left over, as
// in "**Answer:** Paris".
std::string_view Announced(std::string_view rest, Stop stop) {
  rest.remove_prefix(
      std::min(rest.find_first_not_of(" \t\r\n:#*_"), rest.size()));
  math::Delimiters scan(rest);
  std::size_t end = math::SentenceEnd(&scan, 0);
  while (stop == Stop::kNames && end < rest.size() &&
         !rest.substr(0, end).ends_with('\n') &&
         EndsInAbbreviation(math::syntax::Trim(rest.substr(0, end)))) {
    end = math::SentenceEnd(&scan, end);
  }
  std::string_view sentence = math::syntax::Trim(rest.substr(0, end));
  // "**Answer: Paris**" closes after the answer what began before it.
  if (sentence.ends_with("**.")) sentence.remove_suffix(1);
  if (sentence.ends_with("**") && sentence.find("**") == sentence.size() - 2) {
    sentence.remove_suffix(2);
  }
  return math::syntax::Trim(sentence);
}

FinalAnswer FromBoxes(std::string_view part,
                      const std::vector<math::Box>& closed) {
  const std::vector<math::Box> group = math::LastGroup(part, closed, kMaxBoxes);
  if (group.size() > kMaxBoxes) return None(kList);
  FinalAnswer found{{}, "box", {}};
  for (const math::Box& box : group) found.texts.push_back(box.inside);
  return found;
}

FinalAnswer FromAnchors(std::string_view part,
                        const std::vector<math::Anchor>& anchors, Stop stop) {
  if (anchors.size() > kMaxAnchors) return None(kHedged);
  FinalAnswer found{{}, "announced answer", "nothing after the anchor"};
  for (std::size_t i = 0; i < anchors.size(); ++i) {
    const std::size_t begin = anchors[i].end;
    const std::size_t end =
        i + 1 < anchors.size() ? anchors[i + 1].begin : part.size();
    const std::string_view told =
        Announced(part.substr(begin, end - begin), stop);
    if (!told.empty()) found.texts.push_back(told);
  }
  return found;
}

FinalAnswer Find(std::string_view part, Stop stop) {
  const math::Boxes boxes = math::FindBoxes(part);
  if (boxes.cut_off) return None("cut off inside a box");
  if (!boxes.closed.empty()) return FromBoxes(part, boxes.closed);
  const auto anchors = math::FindAnchors(part, kMaxAnchors);
  if (!anchors.empty()) return FromAnchors(part, anchors, stop);
  const std::string_view whole = math::syntax::Trim(part);
  if (whole.empty()) return None("no answer");
  if (whole.size() > kMaxWholeBytes) {
    return None("no box, no anchor, and too long to be an answer as a whole");
  }
  return {{whole}, "whole text", {}};
}

}  // namespace

FinalAnswer FindFinalAnswer(std::string_view part, Stop stop) {
  FinalAnswer found = Find(part, stop);
  for (const std::string_view text : found.texts) {
    if (text.size() > kMaxAnswerBytes) return None("too long");
  }
  return found;
}

}  // namespace rewards::text
