#include "rewards/text/letters.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rewards/math/syntax/code_point.h"
#include "rewards/math/syntax/fold.h"

namespace rewards::text {
namespace {

constexpr auto kNone = std::string_view::npos;

// Words that may stand before the letter, and those after an "A" that show it
// to be a letter.
constexpr std::string_view kLeadIns[] = {
    "option",  "options", "choice", "choices",  "answer",   "answers", "letter",
    "letters", "the",     "is",     "are",      "it",       "its",     "it's",
    "correct", "right",   "best",   "final",    "both",     "选项",    "选",
    "选择",    "选擇",    "選項",   "答案",     "是",       "为",      "為",
    "应选",    "故选",    "正确",   "正确答案", "正确选项", "項"};
constexpr std::string_view kConnectives[] = {
    "because", "since", "as",  "is",  "and",       "or",  "which",
    "with",    "for",   "but", "not", "therefore", "due", "nor"};
constexpr std::string_view kAnds[] = {"and",  "和",     "与", "與", "及",
                                      "以及", "和选项", "同", "且"};
constexpr std::string_view kOrs[] = {"or",   "或",  "或者", "还是",
                                     "還是", "nor", "vs",   "either"};

bool Is(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
char Lower(char c) { return IsUpper(c) ? static_cast<char>(c + 32) : c; }
bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// `text` with each sign in its ASCII spelling, and a space for every mark and
// command of LaTeX and Markdown.
std::string Plain(std::string_view text) {
  std::vector<std::string_view> repairs;  // of no interest here
  std::string plain = math::syntax::Fold(text, &repairs);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (plain[i] == '\\') {
      // A command's name, or one sign: \text, \(, \,
      plain[i] = ' ';
      std::size_t end = i + 1;
      while (end < plain.size() &&
             (IsUpper(plain[end]) || IsLower(plain[end]))) {
        plain[end++] = ' ';
      }
      if (end == i + 1 && end < plain.size()) plain[end++] = ' ';
      i = end - 1;
    } else if (std::string_view("*$`{}\"~").find(plain[i]) != kNone ||
               IsSpace(plain[i])) {
      plain[i] = ' ';
    }
  }
  return plain;
}

// A word, or one sign. White space is left out.
struct Token {
  std::string_view text{};
  bool word = false;
  bool glued = false;  // no space before it
};

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  // False at the end.
  bool Next(Token* token) {
    const std::size_t before = pos_;
    while (pos_ < text_.size() && text_[pos_] == ' ') ++pos_;
    if (pos_ == text_.size()) return false;
    const std::size_t begin = pos_;
    const Kind kind = KindAt(pos_);
    do {
      pos_ += math::syntax::DecodeAt(text_, pos_).length;
    } while (kind != Kind::kSign && pos_ < text_.size() && Joins(kind));
    *token = {text_.substr(begin, pos_ - begin), kind != Kind::kSign,
              begin == before && begin > 0};
    return true;
  }

 private:
  enum class Kind { kSign, kWord, kDense };  // kDense: Han, kana, Hangul

  // Signs that make one word of what they stand between or beside: C++, B-52.
  static bool IsWordByte(char c) {
    return IsUpper(c) || IsLower(c) || IsDigit(c) ||
           std::string_view("_'-+#^=<>%@").find(c) != kNone;
  }

  [[nodiscard]] Kind KindAt(std::size_t pos) const {
    if (static_cast<unsigned char>(text_[pos]) < 0x80) {
      return IsWordByte(text_[pos]) ? Kind::kWord : Kind::kSign;
    }
    const char32_t c = math::syntax::DecodeAt(text_, pos).value;
    if (c >= 0x3040 && math::syntax::IsForeignLetter(c)) return Kind::kDense;
    // Any other letter or sign beside a letter makes it part of something.
    return Kind::kWord;
  }

  [[nodiscard]] bool Joins(Kind kind) const { return KindAt(pos_) == kind; }

  std::string_view text_;
  std::size_t pos_ = 0;
};

std::string LowerWord(std::string_view word) {
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

class Reader {
 public:
  Reader(std::string_view plain, const LetterRules& rules) : rules_(rules) {
    Tokens tokens(plain);
    for (Token token; tokens.Next(&token);) tokens_.push_back(token);
    // What ends the text is no mark of a letter.
    while (!tokens_.empty() && Is(kStops, tokens_.back().text)) {
      tokens_.pop_back();
    }
  }

  [[nodiscard]] Letters One() const {
    std::size_t head = 0;
    while (head < tokens_.size() && LetterAt(head) == 0) {
      if (!IsLeadIn(tokens_[head])) return {};
      ++head;
    }
    if (head == tokens_.size()) return {};
    const bool labelled = IsMarked(head);
    if (rules_.unannounced && !labelled && head + 1 < tokens_.size()) return {};
    Letters letters{std::string(1, LetterAt(head)), false};
    for (std::size_t i = head + 1; i < tokens_.size(); ++i) {
      const char other = LetterAt(i);
      if (other == 0 || other == letters.chosen[0]) continue;
      if (!labelled || IsMarked(i) || IsJoined(i)) return {"", true};
    }
    return letters;
  }

  [[nodiscard]] Letters Several() const {
    std::uint32_t chosen = 0;
    for (const Token& token : tokens_) {
      const std::string lower = LowerWord(token.text);
      if (Is(kOrs, lower)) return {"", true};
      if (const std::uint32_t run = RunOf(token.text)) {
        chosen |= run;
      } else if (!Is(kAnds, lower) && !Is(kSeparators, token.text) &&
                 (chosen != 0 || !IsLeadIn(token))) {
        return {};
      }
    }
    Letters letters;
    for (int i = 0; i < rules_.options; ++i) {
      if ((chosen >> static_cast<unsigned>(i)) & 1U) {
        letters.chosen += static_cast<char>('A' + i);
      }
    }
    return letters;
  }

 private:
  static constexpr std::string_view kStops[] = {".", "!", "?", ",", ";"};
  static constexpr std::string_view kSeparators[] = {",", ";", "&", "(", ")",
                                                     "[", "]", ".", ":"};
  static constexpr std::string_view kOpens[] = {"(", "[", ":"};
  static constexpr std::string_view kJoints[] = {",", ";", "/", "&", "|"};

  [[nodiscard]] std::string_view TextAt(std::size_t i) const {
    return i < tokens_.size() ? tokens_[i].text : std::string_view();
  }

  [[nodiscard]] bool IsOption(char upper) const {
    return upper >= 'A' && upper < 'A' + rules_.options;
  }

  // True where brackets or a mark after it show the token to be a letter:
  // "(B)", "B)", "B:", "B.".
  [[nodiscard]] bool IsMarked(std::size_t i) const {
    const std::string_view before = i > 0 ? TextAt(i - 1) : "";
    const std::string_view after = TextAt(i + 1);
    return before == "(" || before == "[" || after == ")" || after == "]" ||
           after == ":" || after == ".";
  }

  // True where the word or sign before the token offers it as one more.
  [[nodiscard]] bool IsJoined(std::size_t i) const {
    const std::string before = LowerWord(TextAt(i - 1));
    return Is(kJoints, before) || Is(kAnds, before) || Is(kOrs, before) ||
           Is(kLeadIns, before);
  }

  // The option that the token at `i` names, or 0.
  [[nodiscard]] char LetterAt(std::size_t i) const {
    const std::string_view text = tokens_[i].text;
    if (text.size() != 1) return 0;
    // "U.S.A": not the letter A.
    if (i > 0 && tokens_[i].glued && TextAt(i - 1) == ".") return 0;
    const char c = text[0];
    if (IsUpper(c)) return IsOption(c) && !IsArticle(i) ? c : '\0';
    const char upper = IsLower(c) ? static_cast<char>(c - 32) : '\0';
    const bool alone = tokens_.size() == 1;
    return IsOption(upper) && (alone || IsMarked(i)) ? upper : '\0';
  }

  // "A dog", "I think": a word, unless what follows shows it to be a letter.
  [[nodiscard]] bool IsArticle(std::size_t i) const {
    const char c = tokens_[i].text[0];
    if ((c != 'A' && c != 'I') || i + 1 >= tokens_.size()) return false;
    const Token& next = tokens_[i + 1];
    const bool option = next.text.size() == 1 && IsUpper(next.text[0]);
    return next.word && !next.glued && !option &&
           static_cast<unsigned char>(next.text[0]) < 0x80 &&
           !IsDigit(next.text[0]) && !Is(kConnectives, LowerWord(next.text));
  }

  static bool IsLeadIn(const Token& token) {
    return token.word ? Is(kLeadIns, LowerWord(token.text))
                      : Is(kOpens, token.text);
  }

  // The options of "AC" or "c" as bits, or 0 where it is no such run.
  [[nodiscard]] std::uint32_t RunOf(std::string_view text) const {
    std::uint32_t run = 0;
    for (const char c : text) {
      const char upper =
          text.size() == 1 && IsLower(c) ? static_cast<char>(c - 32) : c;
      if (!IsOption(upper)) return 0;
      const std::uint32_t bit = 1U << static_cast<unsigned>(upper - 'A');
      if (run & bit) return 0;
      run |= bit;
    }
    return run;
  }

  const LetterRules& rules_;
  std::vector<Token> tokens_;
};

}  // namespace

Letters ReadLetters(std::string_view text, const LetterRules& rules) {
  const std::string plain = Plain(text);
  const Reader reader(plain, rules);
  return rules.multiple ? reader.Several() : reader.One();
}

}  // namespace rewards::text
