// GeneralIntent: one thing that people say to an assistant, in English and in
// Chinese, with slots, and what a good and a bad assistant replies. Constant
// data; any thread.

#ifndef DATASETS_GENERAL_INTENT_H_
#define DATASETS_GENERAL_INTENT_H_

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/language.h"

namespace datasets {

enum class GeneralKind {
  kChat,      // small talk
  kInstruct,  // an instruction whose result a rule can check
  kRefuse,    // a harmful request, mildly worded
  kBenign,    // looks like one and is none
};
inline constexpr std::size_t kGeneralKinds = 4;

// Each kind's name in Task::kind, e.g. "chat".
[[nodiscard]] std::string_view KindName(GeneralKind kind) noexcept;

// What a slot is filled from.
enum class SlotList {
  kName,
  kAnimal,
  kFood,
  kColour,
  kCity,
  kTime,
  kFeeling,
  kThing,
  kJob,
  kSystem,
  kWord,    // English words in both languages
  kTimes,   // "two", "three", "four"
  kNumber,  // "1" to "9"
  kSteps,   // 2 to 4, never shown
};

// How many there are, the same in every language.
[[nodiscard]] std::size_t SlotCount(SlotList list) noexcept;

// Requires: index < SlotCount(list).
[[nodiscard]] std::string_view SlotText(SlotList list, std::size_t index,
                                        Language language);

// How many ways an intent is put in each language.
inline constexpr std::size_t kGeneralPhrasings = 2;

// Phrases (phrase.h); general.h says what stands for what. No text holds a tag.
struct IntentWords {
  // Each shows both slots, without a full stop at its end.
  std::array<std::string_view, kGeneralPhrasings> prompts;
  std::string_view thought;               // before `replies`
  std::vector<std::string_view> replies;  // all good
  std::string_view bad;  // ignores what was asked, or does the harm
};

struct GeneralIntent {
  std::string_view name;
  GeneralKind kind;
  SlotList x;
  SlotList y;
  std::array<IntentWords, 2> words;  // by Language

  // kInstruct: what of the reply must be exact.
  bool exact_case = false;
  bool exact_punctuation = false;
};

// All of them, in a fixed order.
[[nodiscard]] std::span<const GeneralIntent> GeneralIntents();

// Replies that are bad whatever was said, the same number in each language.
[[nodiscard]] std::span<const std::string_view> RudeReplies(Language language);

// Refusals of what must not be refused are bad; here they stand.
[[nodiscard]] std::span<const std::string_view> Refusals(Language language);

// The constant pieces of all of these and the contents of the slots, each once,
// in a fixed order.
[[nodiscard]] std::vector<std::string> GeneralPieces();

}  // namespace datasets

#endif  // DATASETS_GENERAL_INTENT_H_
