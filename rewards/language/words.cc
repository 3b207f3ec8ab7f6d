#include "rewards/language/words.h"

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

// A fresh iterator, since one serves one thread. Null where ICU cannot.
std::unique_ptr<icu::BreakIterator> MakeIterator() {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  return U_SUCCESS(status) ? std::move(words) : nullptr;
}

bool EndsSentence(std::u16string_view gap) {
  return gap.find_first_of(u".!?\n\u3002\uFF01\uFF1F\uFF0E") !=
         std::u16string_view::npos;
}

std::uint64_t Hash(std::u16string_view segment) {  // FNV-1a
  std::uint64_t hash = 14695981039346656037U;
  for (const char16_t c : segment) {
    hash ^= IsUpper(c) ? static_cast<std::uint64_t>(c - u'A' + u'a') : c;
    hash *= 1099511628211U;
  }
  return hash;
}

Word Read(std::u16string_view segment) {
  Word word;
  word.hash = Hash(segment);
  std::uint32_t latin = 0;
  std::uint32_t other = 0;
  for (std::size_t at = 0; at < segment.size();) {
    const Character next = CharacterAt(segment, at);
    const Script script = ScriptOf(next.code);
    latin += script == Script::kLatin ? 1 : 0;
    word.han += script == Script::kHan ? 1 : 0;
    word.kana += script == Script::kKana ? 1 : 0;
    other += script == Script::kOther || script == Script::kDense ? 1 : 0;
    at += next.units;
  }
  const int scripts = (latin > 0 ? 1 : 0) + (other > 0 ? 1 : 0) +
                      (word.han + word.kana > 0 ? 1 : 0);
  if (scripts > 1 || other > 0 || word.kana > 0) {
    word.kind = WordKind::kForeign;
  } else if (word.han > 0) {
    word.kind = WordKind::kHan;
  } else if (latin > 1) {
    word.kind = WordKind::kLatin;
  }
  return word;
}

// "a" and "I": words in a sentence, names in a formula.
bool IsArticle(std::u16string_view segment) {
  return segment == u"a" || segment == u"A" || segment == u"I";
}

// Segments as they come, with what a letter alone needs to know of its
// neighbours.
class Collector {
 public:
  void Gap(std::u16string_view gap) {
    if (EndsSentence(gap)) ++sentence_;
    near_ = near_ && gap == u" ";
  }

  void Segment(std::u16string_view segment) {
    Word word = Read(segment);
    word.sentence = sentence_;
    const bool latin = word.kind == WordKind::kLatin;
    if (pending_ && near_ && latin) words_.back().kind = WordKind::kLatin;
    pending_ = false;
    if (IsArticle(segment)) {
      if (near_ && beside_latin_) word.kind = WordKind::kLatin;
      pending_ = word.kind == WordKind::kNeutral;
    }
    beside_latin_ = latin;
    near_ = true;
    words_.push_back(word);
  }

  [[nodiscard]] std::vector<Word> Finish() { return std::move(words_); }

 private:
  std::vector<Word> words_;
  bool pending_ = false;  // the last word is an article, or a letter alone
  std::uint32_t sentence_ = 0;
  bool near_ = false;  // nothing but one space since the last word
  bool beside_latin_ = false;
};

}  // namespace

std::optional<std::vector<Word>> SplitWords(std::u16string_view text) {
  const std::unique_ptr<icu::BreakIterator> iterator = MakeIterator();
  if (iterator == nullptr) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> units(utext_openUChars(
      nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  iterator->setText(units.get(), status);
  if (U_FAILURE(status)) return std::nullopt;

  Collector words;
  std::int32_t begin = iterator->first();
  for (std::int32_t end = iterator->next(); end != icu::BreakIterator::DONE;
       begin = end, end = iterator->next()) {
    const std::u16string_view segment = text.substr(
        static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    if (iterator->getRuleStatus() >= UBRK_WORD_LETTER) {
      words.Segment(segment);
    } else {
      words.Gap(segment);
    }
  }
  return words.Finish();
}

}  // namespace rewards::language
