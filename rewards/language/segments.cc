#include "rewards/language/segments.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <memory>

#include "rewards/language/characters.h"

namespace rewards::language {
namespace {

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

// A letter that joins letters, and whose neighbours' properties are known here.
bool IsPlainLetter(char16_t c) {
  if (c < 0x80) return IsLetter(c);
  return (c >= 0x00C0 && c <= 0x024F && c != 0x00D7 && c != 0x00F7) ||
         (c >= 0x0400 && c <= 0x0481) || (c >= 0x048A && c <= 0x052F);
}

// Signs that never join letters, whatever stands beside them.
bool IsPlainSign(char16_t c) {
  return c < 0x80 && c > u' ' && !IsLetter(c) && !IsDigit(c) && c != u'_' &&
         c != 0x7F;
}

// Signs that join two letters: don't.
bool Joins(char16_t c) { return c == u'\'' || c == u'.'; }

class Finder {
 public:
  explicit Finder(std::u16string_view text) : text_(text) {}

  // False where ICU cannot serve.
  bool Find() {
    std::size_t hard = 0;  // from here on, to `at`, ICU is asked
    for (std::size_t at = 0; at < text_.size();) {
      std::size_t end = at;
      while (end < text_.size() && IsSpace(text_[end])) ++end;
      const std::size_t begin = end;
      bool plain = true;
      for (; end < text_.size() && !IsSpace(text_[end]); ++end) {
        plain = plain && (IsPlainLetter(text_[end]) || IsPlainSign(text_[end]));
      }
      if (plain) {
        if (hard < at && !Ask({hard, at})) return false;
        Split(begin, end);
        hard = end;
      }
      at = end;
    }
    return hard >= text_.size() || Ask({hard, text_.size()});
  }

  [[nodiscard]] std::vector<Segment> Take() { return std::move(found_); }

 private:
  struct Range {
    std::size_t begin;
    std::size_t end;
  };

  void Add(std::size_t begin, std::size_t end) {
    found_.push_back(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  // The words of a plain piece.
  void Split(std::size_t at, std::size_t end) {
    while (at < end) {
      if (!IsPlainLetter(text_[at])) {
        ++at;
        continue;
      }
      const std::size_t begin = at;
      while (at < end &&
             (IsPlainLetter(text_[at]) ||
              (Joins(text_[at]) && at + 1 < end &&
               IsPlainLetter(text_[at + 1]) && IsPlainLetter(text_[at - 1])))) {
        ++at;
      }
      Add(begin, at);
    }
  }

  // The words that ICU finds in a range that begins and ends at spaces.
  bool Ask(Range range) {
    UErrorCode status = U_ZERO_ERROR;
    if (words_ == nullptr) {  // one of our own, since one serves one thread
      words_.reset(icu::BreakIterator::createWordInstance(
          icu::Locale::getRoot(), status));
      if (U_FAILURE(status)) return false;
    }
    const std::unique_ptr<UText, CloseText> units(utext_openUChars(
        nullptr, text_.data() + range.begin,
        static_cast<std::int64_t>(range.end - range.begin), &status));
    words_->setText(units.get(), status);
    if (U_FAILURE(status)) return false;
    std::int32_t begin = words_->first();
    for (std::int32_t end = words_->next(); end != icu::BreakIterator::DONE;
         begin = end, end = words_->next()) {
      if (words_->getRuleStatus() < UBRK_WORD_LETTER) continue;
      Add(range.begin + static_cast<std::size_t>(begin),
          range.begin + static_cast<std::size_t>(end));
    }
    return true;
  }

  std::u16string_view text_;
  std::vector<Segment> found_;
  std::unique_ptr<icu::BreakIterator> words_;
};

}  // namespace

std::optional<std::vector<Segment>> FindSegments(std::u16string_view text) {
  Finder finder(text);
  if (!finder.Find()) return std::nullopt;
  return finder.Take();
}

}  // namespace rewards::language
