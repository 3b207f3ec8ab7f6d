// ProseRuns and Masked: what a masked part gives back.

#include <algorithm>

#include "rewards/language/characters.h"
#include "rewards/language/mask.h"
#include "rewards/language/script.h"

namespace rewards::language {
namespace {

// Follows the characters of a masked part and collects its runs of prose.
class Runs {
 public:
  // A word of an alphabet; `plain` where it could be one of prose.
  void Word(Span word, bool plain) {
    CloseLetters();
    if (!plain) return CloseWords();
    if (words_ == 0) run_.span.begin = word.begin;
    run_.span.end = word.end;
    ++words_;
  }

  // A letter of a script without spaces.
  void Letter(Span letter) {
    CloseWords();
    if (letters_ == 0) run_.span.begin = letter.begin;
    run_.span.end = letter.end;
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

  [[nodiscard]] std::vector<ProseRun> Finish() {
    CloseWords();
    CloseLetters();
    return std::move(found_);
  }

 private:
  void CloseWords() {
    if (words_ >= kProseWords) found_.push_back({run_.span, words_});
    words_ = 0;
  }
  void CloseLetters() {
    if (letters_ >= kProseLetters) {
      found_.push_back({run_.span, letters_ / kWordLetters});
    }
    letters_ = 0;
  }

  std::vector<ProseRun> found_;
  ProseRun run_;
  std::size_t words_ = 0;
  std::size_t letters_ = 0;
};

bool IsAlphabetic(Script script) {
  return script != Script::kNone && !IsDense(script);
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

// Names, numbers and signs of `text[within]`.
std::size_t CountTokens(std::u16string_view text, Span within) {
  std::size_t tokens = 0;
  bool inside = false;
  for (const char16_t c :
       text.substr(within.begin, within.end - within.begin)) {
    const bool name = IsLetter(c) || IsDigit(c) || c == u'_' || c >= 0x80;
    if (!IsSpace(c) && !(name && inside)) ++tokens;
    inside = name;
  }
  return tokens;
}

// Code with comments, and not prose in a fence.
bool IsCode(std::u16string_view text, Span span,
            const std::vector<ProseRun>& runs) {
  std::size_t words = 0;
  std::size_t tokens = 0;
  std::size_t at = span.begin;
  for (const ProseRun& run : runs) {
    if (run.words > kCommentWords) return false;
    words += run.words;
    tokens += CountTokens(text, {at, run.span.begin});
    at = run.span.end;
  }
  tokens += CountTokens(text, {at, span.end});
  return tokens >= kTokensPerWord * words;
}

}  // namespace

std::vector<ProseRun> ProseRuns(std::u16string_view text, Span within) {
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
    if (IsDense(script)) {
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
    const std::vector<ProseRun> runs = ProseRuns(text, span);
    const bool fenced = text.substr(span.begin, kFence.size()) == kFence;
    const bool code =
        fenced && IsCode(text, {span.begin + kFence.size(), span.end}, runs);
    std::size_t at = span.begin;
    for (const ProseRun& run : runs) {
      if (code) break;
      fill(at, run.span.begin);
      at = run.span.end;
    }
    fill(at, span.end);
  }
  return masked;
}

}  // namespace rewards::language
