// ProseRuns and Masked: what a masked part gives back.

#include <algorithm>

#include "rewards/language/characters.h"
#include "rewards/language/mask.h"

namespace rewards::language {
namespace {

// Follows the characters of a masked part and collects its runs of prose.
class Runs {
 public:
  // A word of an alphabet; `plain` where it could be one of prose.
  void Word(Span word, bool plain) {
    CloseLetters();
    if (!plain) return CloseWords();
    if (words_ == 0) run_.begin = word.begin;
    run_.end = word.end;
    ++words_;
  }

  // A letter of a script without spaces.
  void Letter(Span letter) {
    CloseWords();
    if (letters_ == 0) run_.begin = letter.begin;
    run_.end = letter.end;
    ++letters_;
  }

  void Digit() {
    CloseWords();
    CloseLetters();
  }

  // Anything else. A space, and a letter alone, leave a run of words open.
  void Other(char32_t code) {
    if (code != U' ') CloseWords();
  }

  [[nodiscard]] std::vector<Span> Finish() {
    CloseWords();
    CloseLetters();
    return std::move(found_);
  }

 private:
  void CloseWords() {
    if (words_ >= kProseWords) found_.push_back(run_);
    words_ = 0;
  }
  void CloseLetters() {
    if (letters_ >= kProseLetters) found_.push_back(run_);
    letters_ = 0;
  }

  std::vector<Span> found_;
  Span run_;
  std::size_t words_ = 0;
  std::size_t letters_ = 0;
};

bool IsAlphabetic(Script script) {
  return script == Script::kLatin || script == Script::kOther;
}

// The end of the word at `begin`: letters, marks, and apostrophes or hyphens
// inside.
std::size_t WordEnd(std::u16string_view text, Span within) {
  std::size_t at = within.begin;
  std::size_t end = at;
  while (at < within.end) {
    const Character next = CharacterAt(text, at);
    const bool letter = IsAlphabetic(ScriptOf(next.code)) ||
                        (next.code >= 0x0300 && next.code <= 0x036F);
    const bool joint =
        next.code == U'\'' || next.code == U'-' || next.code == 0x2019;
    if (!letter && !joint) break;
    at += next.units;
    if (letter) end = at;
  }
  return end;
}

// False for commands, parts of identifiers and names in camel case.
bool IsPlain(std::u16string_view text, Span word) {
  if (word.begin > 0) {
    const char16_t before = text[word.begin - 1];
    if (before == u'\\' || before == u'_' || IsDigit(before)) return false;
  }
  if (word.end < text.size()) {
    const char16_t after = text[word.end];
    if (after == u'_' || after == u'(' || IsDigit(after)) return false;
  }
  for (std::size_t i = word.begin + 1; i < word.end; ++i) {
    if (IsUpper(text[i]) && IsLower(text[i - 1])) return false;
  }
  return true;
}

}  // namespace

std::vector<Span> ProseRuns(std::u16string_view text, Span within) {
  Runs runs;
  for (std::size_t at = within.begin; at < within.end;) {
    const Character next = CharacterAt(text, at);
    const Script script = ScriptOf(next.code);
    if (IsAlphabetic(script)) {
      const Span word{at, WordEnd(text, {at, within.end})};
      const bool single = word.end - word.begin <= next.units;
      const bool plain = IsPlain(text, word);
      if (!single || !plain) runs.Word(word, plain);
      at = word.end;
      continue;
    }
    if (script == Script::kHan || script == Script::kKana ||
        script == Script::kDense) {
      runs.Letter({at, at + next.units});
    } else if (next.units == 1 && IsDigit(static_cast<char16_t>(next.code))) {
      runs.Digit();
    } else {
      runs.Other(next.code);
    }
    at += next.units;
  }
  return runs.Finish();
}

std::u16string Masked(std::u16string_view text) {
  constexpr char16_t kNothing = 0xFFFC;  // a break, and in no script
  std::u16string masked(text);
  const auto fill = [&](std::size_t begin, std::size_t end) {
    std::fill(masked.begin() + static_cast<std::ptrdiff_t>(begin),
              masked.begin() + static_cast<std::ptrdiff_t>(end), kNothing);
  };
  for (const Span& span : FindMarkup(text)) {
    std::size_t at = span.begin;
    for (const Span& prose : ProseRuns(text, span)) {
      fill(at, prose.begin);
      at = prose.end;
    }
    fill(at, span.end);
  }
  return masked;
}

}  // namespace rewards::language
