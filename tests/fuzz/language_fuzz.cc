// Any bytes as a response for the language reward: the mask keeps its length
// and its spans in order, every count adds up, every span is a part of the
// text, and the same bytes give the same figures.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rewards/language/characters.h"
#include "rewards/language/consistency.h"
#include "rewards/language/detect.h"
#include "rewards/language/mask.h"

namespace {

namespace language = rewards::language;

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckMask(std::string_view bytes) {
  const language::Text text = language::ReadText(bytes);
  Require(text.bytes.size() == text.units.size() + 1);
  for (std::size_t i = 0; i < text.units.size(); ++i) {
    Require(text.bytes[i] <= text.bytes[i + 1]);
  }
  Require(text.bytes.back() == bytes.size());
  std::size_t last = 0;
  for (const language::Span& span : language::FindMarkup(text.units)) {
    Require(span.begin >= last && span.end > span.begin);
    last = span.end;
  }
  Require(last <= text.units.size());
  Require(language::Masked(text.units).size() == text.units.size());
}

void CheckCounts(std::string_view bytes, std::string_view tag) {
  const auto target = *language::ParseTag(tag, true);
  const auto found = language::MeasureConsistency(bytes, target);
  Require(found.has_value());
  Require(found->words_target <= found->words_total);
  Require(found->chars_target <= found->chars_total);
  Require(found->fraction() >= 0.0 && found->fraction() <= 1.0);
  std::size_t words = 0;
  std::size_t last = 0;
  for (const language::LanguageSpan& span : found->spans) {
    Require(span.begin >= last && span.end >= span.begin);
    last = span.end;
    words += span.words;
  }
  Require(last <= bytes.size());
  Require(words ==
          found->words_total + found->words_neutral + found->words_repeated);
  const auto again = language::MeasureConsistency(bytes, target);
  Require(again->words_target == found->words_target &&
          again->words_total == found->words_total);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  CheckMask(bytes);
  for (const std::string_view tag : {"en", "zh", "ru", "ko"}) {
    CheckCounts(bytes, tag);
  }
  static_cast<void>(language::DetectLanguage(bytes));
  return 0;
}
