#include "trainer/serve/choice_text.h"

#include <algorithm>

namespace trainer::serve {
namespace {

// Bytes at the end of `text` that begin a UTF-8 character and do not end it.
std::size_t OpenCharacter(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size());
       ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if ((byte & 0xC0U) == 0x80U) continue;  // a continuation
    const std::size_t length = byte >= 0xF0U   ? 4
                               : byte >= 0xE0U ? 3
                               : byte >= 0xC0U ? 2
                                               : 1;
    return length > back ? back : 0;
  }
  return 0;
}

// Bytes at the end of `text` that are a beginning of `stop`.
std::size_t OpenStop(std::string_view text, std::string_view stop) {
  for (std::size_t size = std::min(text.size(), stop.size() - 1); size > 0;
       --size) {
    if (text.ends_with(stop.substr(0, size))) return size;
  }
  return 0;
}

}  // namespace

void ChoiceText::Add(std::string_view bytes) {
  if (stopped_) return;
  const std::size_t before = text_.size();
  text_ += bytes;
  std::size_t cut = std::string::npos;
  for (const std::string& stop : stops_) {
    const std::size_t from = before - std::min(before, stop.size() - 1);
    cut = std::min(cut, text_.find(stop, from));
  }
  if (cut == std::string::npos) return;
  text_.resize(cut);
  stopped_ = true;
}

std::size_t ChoiceText::Safe() const {
  if (stopped_ || ended_) return text_.size();
  std::size_t held = OpenCharacter(text_);
  for (const std::string& stop : stops_) {
    held = std::max(held, OpenStop(text_, stop));
  }
  return text_.size() - held;
}

std::string ChoiceText::Take() {
  const std::size_t safe = std::max(Safe(), taken_);
  std::string text = text_.substr(taken_, safe - taken_);
  taken_ = safe;
  return text;
}

}  // namespace trainer::serve
