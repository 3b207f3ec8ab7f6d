#include "rewards/math/lexer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "rewards/math/fold.h"

namespace rewards::math {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '~';
}

// Commands that only move things about.
constexpr std::array<std::string_view, 17> kSpacing = {
    "\\,",         "\\;",         "\\:",     "\\!",     "\\ ",
    "\\quad",      "\\left",      "\\right", "\\qquad", "\\displaystyle",
    "\\big",       "\\Big",       "\\bigl",  "\\bigr",  "\\thinspace",
    "\\textstyle", "\\ensuremath"};

// Commands whose braced argument is text, or mathematics in another face.
constexpr std::array<std::string_view, 13> kText = {
    "\\text",   "\\mbox",   "\\textbf",    "\\textrm", "\\textit",
    "\\mathrm", "\\mathbf", "\\mathit",    "\\mathsf", "\\operatorname",
    "\\hbox",   "\\bm",     "\\boldsymbol"};

constexpr std::pair<std::string_view, TokenKind> kCommands[] = {
    {"\\frac", TokenKind::kFraction},  {"\\dfrac", TokenKind::kFraction},
    {"\\tfrac", TokenKind::kFraction}, {"\\cfrac", TokenKind::kFraction},
    {"\\sqrt", TokenKind::kRoot},      {"\\usqrt", TokenKind::kPlainRoot},
    {"\\cdot", TokenKind::kTimes},     {"\\times", TokenKind::kTimes},
    {"\\ast", TokenKind::kTimes},      {"\\div", TokenKind::kDivide},
    {"\\%", TokenKind::kPercent},      {"\\circ", TokenKind::kDegree},
    {"\\degree", TokenKind::kDegree},  {"\\approx", TokenKind::kApprox},
    {"\\endash", TokenKind::kEnDash},
};

// Currency signs and the unit each stands for.
constexpr std::pair<std::string_view, std::string_view> kCurrencies[] = {
    {"\\$", "dollar"},     {"\\cent", "cent"}, {"\\pound", "pound"},
    {"\\yen", "yen"},      {"\\euro", "euro"}, {"\\rupee", "rupee"},
    {"\\pounds", "pound"},
};

constexpr std::pair<char, TokenKind> kSigns[] = {
    {'+', TokenKind::kPlus},       {'-', TokenKind::kMinus},
    {'*', TokenKind::kTimes},      {'/', TokenKind::kDivide},
    {'^', TokenKind::kPower},      {'(', TokenKind::kOpen},
    {')', TokenKind::kClose},      {'{', TokenKind::kOpenBrace},
    {'}', TokenKind::kCloseBrace}, {'%', TokenKind::kPercent},
    {'=', TokenKind::kEquals},     {'.', TokenKind::kPeriod},
};

// What stands between groups of three digits. "," is tried last.
constexpr std::array<std::string_view, 6> kSeparators = {"{,}", ",\\!", ",\\,",
                                                         "\\,", "\\!",  ","};

// Most text commands in one answer: each looks ahead to its closing brace.
constexpr std::size_t kMaxTextCommands = 64;

std::size_t SkipDigits(std::string_view text, std::size_t pos) {
  while (pos < text.size() && IsDigit(text[pos])) ++pos;
  return pos;
}

// The separator at `pos` that three digits and no fourth follow, or empty. A
// space may stand after ",\!", where LaTeX shows none.
std::string_view SeparatorAt(std::string_view text, std::size_t pos) {
  for (const std::string_view separator : kSeparators) {
    if (text.substr(pos, separator.size()) != separator) continue;
    std::size_t end = pos + separator.size();
    if (separator.size() == 3 && separator[0] == ',') {
      while (end < text.size() && text[end] == ' ') ++end;
    }
    if (SkipDigits(text, end) == end + 3) return text.substr(pos, end - pos);
  }
  return {};
}

std::size_t SkipGroups(std::string_view text, std::size_t begin) {
  std::size_t pos = SkipDigits(text, begin);
  if (pos == begin || pos > begin + 3 || text[begin] == '0') return pos;
  const std::string_view first = SeparatorAt(text, pos);
  std::string_view separator = first;
  while (!separator.empty() && separator.front() == first.front()) {
    pos += separator.size() + 3;
    separator = SeparatorAt(text, pos);
  }
  return pos;
}

std::size_t SkipExponent(std::string_view text, std::size_t pos) {
  if (pos >= text.size() || (text[pos] != 'e' && text[pos] != 'E')) return pos;
  std::size_t begin = pos + 1;
  if (begin < text.size() && (text[begin] == '+' || text[begin] == '-')) {
    ++begin;
  }
  const std::size_t end = SkipDigits(text, begin);
  const bool letter_follows = end < text.size() && IsLetter(text[end]);
  return end == begin || letter_follows ? pos : end;
}

std::size_t SkipNumber(std::string_view text, std::size_t pos) {
  pos = SkipGroups(text, pos);
  if (pos < text.size() && text[pos] == '.') {
    const std::size_t end = SkipDigits(text, pos + 1);
    if (end > pos + 1) pos = end;
  }
  return SkipExponent(text, pos);
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> Run() {
    tokens_.reserve(16);
    while (pos_ < text_.size()) Step();
    return std::move(tokens_);
  }

 private:
  void Step() {
    const char c = text_[pos_];
    if (IsSpace(c)) {
      space_ = true;
      ++pos_;
    } else if (IsDigit(c) || StartsWithPoint()) {
      Emit(TokenKind::kNumber, SkipNumber(text_, pos_) - pos_);
    } else if (c == '\\') {
      Command();
    } else if (IsLetter(c) || static_cast<unsigned char>(c) >= 0x80) {
      Word();
    } else if (text_.substr(pos_, 2) == "**") {
      Emit(TokenKind::kPower, 2);
    } else if (c == '$') {
      Emit(TokenKind::kCurrency, 1, "dollar");
    } else {
      const auto* sign =
          std::find_if(std::begin(kSigns), std::end(kSigns),
                       [c](const auto& entry) { return entry.first == c; });
      Emit(sign == std::end(kSigns) ? TokenKind::kOther : sign->second, 1);
    }
  }

  bool StartsWithPoint() const {
    return text_[pos_] == '.' && pos_ + 1 < text_.size() &&
           IsDigit(text_[pos_ + 1]);
  }

  void Emit(TokenKind kind, std::size_t length, std::string_view text = {}) {
    tokens_.push_back(
        {kind, text.empty() ? text_.substr(pos_, length) : text, pos_, space_});
    pos_ += length;
    space_ = false;
  }

  void Word() {
    std::size_t end = pos_;
    while (end < text_.size()) {
      if (IsLetter(text_[end])) {
        ++end;
        continue;
      }
      const CodePoint c = DecodeAt(text_, end);
      if (!IsForeignLetter(c.value)) break;
      end += c.length;
    }
    if (end == pos_) {
      Emit(TokenKind::kOther, DecodeAt(text_, pos_).length);
    } else if (text_.substr(pos_, end - pos_) == "sqrt") {
      Emit(TokenKind::kPlainRoot, 4);
    } else {
      Emit(TokenKind::kWord, end - pos_);
    }
  }

  void Command() {
    std::size_t end = pos_ + 1;
    while (end < text_.size() && IsLetter(text_[end])) ++end;
    if (end == pos_ + 1) end = std::min(end + 1, text_.size());
    const std::string_view name = text_.substr(pos_, end - pos_);
    if (std::find(kSpacing.begin(), kSpacing.end(), name) != kSpacing.end()) {
      space_ = true;
      pos_ = end;
    } else if (std::find(kText.begin(), kText.end(), name) != kText.end()) {
      TextCommand(end);
    } else {
      NamedCommand(name);
    }
  }

  void NamedCommand(std::string_view name) {
    for (const auto& [command, kind] : kCommands) {
      if (command == name) return Emit(kind, name.size());
    }
    for (const auto& [command, unit] : kCurrencies) {
      if (command == name) return Emit(TokenKind::kCurrency, name.size(), unit);
    }
    Emit(TokenKind::kOther, name.size());
  }

  // A text command at pos_ whose name ends at `end`. Content with a digit is
  // mathematics in another face: only the command goes, the braces stay.
  void TextCommand(std::size_t end) {
    while (end < text_.size() && text_[end] == ' ') ++end;
    if (end >= text_.size() || text_[end] != '{' ||
        ++text_commands_ > kMaxTextCommands) {
      return Emit(TokenKind::kOther, 1);
    }
    const std::size_t close = SkipBraces(text_, end);
    if (close == std::string_view::npos) return Emit(TokenKind::kOther, 1);
    const std::string_view content = text_.substr(end + 1, close - end - 2);
    if (std::any_of(content.begin(), content.end(), IsDigit)) {
      pos_ = end;
    } else if (content.find_first_not_of(" ~") == std::string_view::npos) {
      space_ = true;
      pos_ = close;
    } else {
      Emit(TokenKind::kText, close - pos_, content);
    }
  }

  std::string_view text_;
  std::size_t pos_ = 0;
  bool space_ = false;
  std::size_t text_commands_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> Lex(std::string_view folded) { return Lexer(folded).Run(); }

NumberParts SplitNumber(std::string_view text) {
  NumberParts parts;
  parts.digits.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (IsDigit(c)) {
      parts.digits.push_back(c);
      if (parts.has_point) ++parts.decimals;
    } else if (c == '.') {
      parts.has_point = true;
    } else if (c == 'e' || c == 'E') {
      parts.exponent = text.substr(i + 1);
      break;
    } else {
      parts.has_separator = true;
    }
  }
  return parts;
}

std::size_t SkipBraces(std::string_view text, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace rewards::math
