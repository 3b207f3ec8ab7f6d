// FinalAnswer: where the final answer of a response stands, for answers that
// are words: the last box; else what the answer anchors announce; else all of a
// short text. Never looks at a gold. Pure; thread-safe; linear time.

#ifndef REWARDS_TEXT_FINAL_ANSWER_H_
#define REWARDS_TEXT_FINAL_ANSWER_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace rewards::text {

// Longest text without box and anchor that is read as an answer as a whole, in
// bytes. Over it: no answer.
inline constexpr std::size_t kMaxWholeBytes = 256;

// Longest text in a box or after an anchor, in bytes. Over it: no answer.
inline constexpr std::size_t kMaxAnswerBytes = std::size_t{256} << 10;

// Most boxes that stand together at the end, and most anchors. Over it: no
// answer.
inline constexpr std::size_t kMaxBoxes = 32;
inline constexpr std::size_t kMaxAnchors = 32;

// How far what an anchor announces goes.
enum class Stop {
  kSentence,  // to the first full stop that space follows, or the line's end
  kNames,     // the same, but over the stops of "St. Louis" and "J. S. Bach"
};

struct FinalAnswer {
  // Every text that claims to be the answer, in order: the boxes of the last
  // group, or one for each anchor. Empty: there is none, see `reason`. Borrows.
  std::vector<std::string_view> texts{};
  std::string_view place{};   // "box", "announced answer", "whole text"
  std::string_view reason{};  // why there is none; a constant
};

// Borrows `part`, the answer part of a response.
[[nodiscard]] FinalAnswer FindFinalAnswer(std::string_view part, Stop stop);

// What several texts that differ are called, for people: those of boxes, and
// any others.
inline constexpr std::string_view kList = "a list of answers, not one";
inline constexpr std::string_view kHedged =
    "hedged: several different final answers";

}  // namespace rewards::text

#endif  // REWARDS_TEXT_FINAL_ANSWER_H_
