#include "rewards/math/syntax/numbers.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

namespace rewards::math::syntax {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What stands between groups of three digits, the plain comma and the space
// last.
constexpr std::array<std::string_view, 8> kSeparators = {
    "{,}", ",\\!", ",\\,", "\\,", "\\!", "\\ ", ",", " "};

std::size_t SkipDigits(std::string_view text, std::size_t pos) {
  while (pos < text.size() && IsDigit(text[pos])) ++pos;
  return pos;
}

char At(std::string_view text, std::size_t pos) {
  return pos < text.size() ? text[pos] : '\0';
}

// The separator at `pos` that three digits and no fourth follow, or empty. A
// space may stand after ",\!", where LaTeX shows none.
std::string_view SeparatorAt(std::string_view text, std::size_t pos,
                             bool in_list) {
  for (const std::string_view separator : kSeparators) {
    if (text.substr(pos, separator.size()) != separator) continue;
    std::size_t end = pos + separator.size();
    if (separator.size() == 3 && separator[0] == ',') {
      while (At(text, end) == ' ') ++end;
    }
    if (SkipDigits(text, end) != end + 3) continue;
    // In a list a comma separates members, unless the next begins with a zero.
    if (separator == "," && in_list && text[end] != '0') return {};
    return text.substr(pos, end - pos);
  }
  return {};
}

// The end of 1,234,567 at `begin`.
std::size_t SkipGroups(std::string_view text, std::size_t begin, bool in_list) {
  std::size_t pos = SkipDigits(text, begin);
  if (pos == begin || pos > begin + 3 || text[begin] == '0') return pos;
  const std::string_view first = SeparatorAt(text, pos, in_list);
  std::string_view separator = first;
  while (!separator.empty() && separator.front() == first.front()) {
    pos += separator.size() + 3;
    separator = SeparatorAt(text, pos, in_list);
  }
  // 138 277/2424 is a mixed number.
  if (first == " " && At(text, pos) == '/') return SkipDigits(text, begin);
  return pos;
}

// The end of thousands with points between them, where nothing else can be
// meant: two points or more, or a comma and decimals behind; else `begin`.
std::size_t SkipDottedGroups(std::string_view text, std::size_t begin) {
  std::size_t pos = SkipDigits(text, begin);
  if (pos == begin || pos > begin + 3 || text[begin] == '0') return begin;
  std::size_t groups = 0;
  while (At(text, pos) == '.' && SkipDigits(text, pos + 1) == pos + 4) {
    pos += 4;
    ++groups;
  }
  const bool comma = At(text, pos) == ',' && IsDigit(At(text, pos + 1));
  return groups >= 2 || (groups == 1 && comma) ? pos : begin;
}

std::size_t SkipExponent(std::string_view text, std::size_t pos) {
  if (At(text, pos) != 'e' && At(text, pos) != 'E') return pos;
  std::size_t begin = pos + 1;
  if (At(text, begin) == '+' || At(text, begin) == '-') ++begin;
  const std::size_t end = SkipDigits(text, begin);
  return end == begin || IsLetter(At(text, end)) || At(text, end) == '.' ? pos
                                                                         : end;
}

std::string DigitsOf(std::string_view text) {
  std::string digits;
  digits.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), IsDigit);
  return digits;
}

Rational ValueOf(const std::string& digits) {
  return digits.empty() ? Rational() : Rational::FromDigits(digits);
}

// A repeating part: its digits, and where it ends.
struct Repeat {
  std::string digits;
  std::size_t end = 0;
};

// The digits under one mark, \overline{142857}, \bar3 or \dot{1}, after `name`.
std::optional<Repeat> MarkAt(std::string_view text, std::size_t pos,
                             std::string_view name) {
  if (!text.substr(pos).starts_with(name)) return std::nullopt;
  const bool braced = At(text, pos + name.size()) == '{';
  const std::size_t at = pos + name.size() + (braced ? 1 : 0);
  const std::size_t end = braced ? SkipDigits(text, at) : at + 1;
  if (end == at || !IsDigit(At(text, at))) return std::nullopt;
  if (braced && At(text, end) != '}') return std::nullopt;
  return Repeat{std::string(text.substr(at, end - at)), end + (braced ? 1 : 0)};
}

// A part under a line, or from one dot to the other: \dot{1}4285\dot{7}.
std::optional<Repeat> RepeatAt(std::string_view text, std::size_t pos) {
  for (const std::string_view name : {"\\overline", "\\bar"}) {
    if (std::optional<Repeat> repeat = MarkAt(text, pos, name)) return repeat;
  }
  std::optional<Repeat> repeat = MarkAt(text, pos, "\\dot");
  if (!repeat) return std::nullopt;
  const std::size_t middle = SkipDigits(text, repeat->end);
  const std::optional<Repeat> last = MarkAt(text, middle, "\\dot");
  if (!last) return repeat;
  repeat->digits += text.substr(repeat->end, middle - repeat->end);
  repeat->digits += last->digits;
  repeat->end = last->end;
  return repeat;
}

// (142857) right after a decimal point.
std::optional<Repeat> BracketAt(std::string_view text, std::size_t pos) {
  if (At(text, pos) != '(') return std::nullopt;
  const std::size_t end = SkipDigits(text, pos + 1);
  if (end == pos + 1 || At(text, end) != ')') return std::nullopt;
  return Repeat{std::string(text.substr(pos + 1, end - pos - 1)), end + 1};
}

// whole.decimals with `repeat` repeated for ever.
Rational RepeatingValue(const std::string& whole, const std::string& decimals,
                        const std::string& repeat) {
  const long shift = static_cast<long>(decimals.size());
  const Rational nines =
      Rational::PowerOfTen(static_cast<long>(repeat.size())) - Rational(1);
  return ValueOf(whole + decimals) / Rational::PowerOfTen(shift) +
         ValueOf(repeat) / (nines * Rational::PowerOfTen(shift));
}

std::size_t SignificantDigits(const std::string& digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string::npos ? 0 : digits.size() - first;
}

// The exponent of 1e-5, within the limit.
Read<long> ExponentOf(std::string_view text, const Limits& limits) {
  constexpr std::size_t kMostDigits = 6;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  while (text.size() > 1 && text[0] == '0') text.remove_prefix(1);
  if (text.size() > kMostDigits) return ReadError("too large an exponent");
  long value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  if (value > limits.decimal_exponent) {
    return ReadError("too large an exponent");
  }
  return negative ? -value : value;
}

// The base in braces or bare at `pos`, just past the underscore.
struct Base {
  long value = 0;
  std::size_t end = 0;
};
constexpr std::array<std::string_view, 17> kBaseWords = {
    "zero",   "one",      "two",      "three",   "four",   "five",
    "six",    "seven",    "eight",    "nine",    "ten",    "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen"};

std::optional<Base> BaseAt(std::string_view text, std::size_t pos) {
  while (At(text, pos) == ' ') ++pos;
  int braces = 0;
  while (At(text, pos) == '{' || text.substr(pos).starts_with("\\text")) {
    pos += At(text, pos) == '{' ? 1 : 5;
    braces += text[pos - 1] == '{' ? 1 : 0;
  }
  while (At(text, pos) == ' ') ++pos;
  const bool bracket = braces > 0 && At(text, pos) == '(';  // 101_{(2)}
  if (bracket) ++pos;
  Base base;
  std::size_t end = SkipDigits(text, pos);
  if (end > pos && end <= pos + 2) {
    if (braces == 0) end = pos + (end - pos);
    for (; pos < end; ++pos) base.value = base.value * 10 + (text[pos] - '0');
  } else {
    while (IsLetter(At(text, end))) ++end;
    const auto* const word = std::find(kBaseWords.begin(), kBaseWords.end(),
                                       text.substr(pos, end - pos));
    if (word == kBaseWords.end()) return std::nullopt;
    base.value = word - kBaseWords.begin();
  }
  if (bracket && At(text, end++) != ')') return std::nullopt;
  while (At(text, end) == ' ' && braces > 0) ++end;
  for (; braces > 0; --braces) {
    if (At(text, end++) != '}') return std::nullopt;
  }
  base.end = end;
  return base;
}

// The value of a digit or capital letter, or 99.
long DigitValue(char c) {
  if (IsDigit(c)) return c - '0';
  return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
}

// Digits from `pos` on with a base below them, or below the round bracket that
// closes behind them.
Read<NumberScan> DigitsWithBase(std::string_view text, std::size_t pos,
                                bool bracketed, const Limits& limits) {
  constexpr long kLargestBase = 36;
  constexpr std::size_t kMostLetters = 64;  // so that a scan takes bounded time
  NumberScan none;
  std::size_t end = pos;
  bool digit = false;
  bool letter = false;
  std::size_t point = 0;
  for (; end < text.size(); ++end) {
    if (text[end] == '.' && point == 0 && digit) {
      point = end;
    } else if (DigitValue(text[end]) < kLargestBase &&
               (end < pos + kMostLetters || !letter)) {
      digit = digit || IsDigit(text[end]);
      letter = letter || !IsDigit(text[end]);
    } else {
      break;
    }
  }
  std::size_t under = end;
  if (At(text, under) == '}' && !bracketed) ++under;
  if (bracketed) {
    if (text.substr(under).starts_with("\\right")) under += 6;
    // (3)_4 may be a rising factorial.
    if (At(text, under++) != ')' || end < pos + 2) return none;
  }
  while (At(text, under) == ' ') ++under;
  if (!digit || At(text, under) != '_') return none;
  const std::optional<Base> base = BaseAt(text, under + 1);
  if (!base) return none;
  if (base->value < 2 || base->value > kLargestBase) {
    if (letter) return none;
    return ReadError("not a base", pos);
  }
  if (end - pos > limits.digits) return ReadError("too many digits", pos);
  NumberScan scan;
  scan.digits = end - pos;
  const Rational radix(base->value);
  // Horner, in chunks that fit a machine word.
  long chunk = 0;
  long scale = 1;
  for (std::size_t i = pos; i < end; ++i) {
    if (i == point && point != 0) continue;
    const long value = DigitValue(text[i]);
    if (value >= base->value && letter) return none;  // 2C_1, a product
    if (value >= base->value) return ReadError("not a digit of its base", i);
    chunk = chunk * base->value + value;
    scale *= base->value;
    if (scale < 1'000'000'000'000 && i + 1 < end) continue;
    scan.literal.value = scan.literal.value * Rational(scale) + Rational(chunk);
    chunk = 0;
    scale = 1;
  }
  if (scale != 1) {
    scan.literal.value = scan.literal.value * Rational(scale) + Rational(chunk);
  }
  if (point != 0) {
    scan.literal.value =
        scan.literal.value / radix.Power(static_cast<long>(end - point - 1));
  }
  scan.end = base->end;
  scan.closes_brace = At(text, end) == '}' && !bracketed;
  return scan;
}

}  // namespace

bool StartsNumber(std::string_view text, std::size_t pos) {
  return IsDigit(At(text, pos)) ||
         (At(text, pos) == '.' && IsDigit(At(text, pos + 1)));
}

Read<NumberScan> ScanNumber(std::string_view text, std::size_t pos,
                            bool in_list, const Limits& limits) {
  NumberScan scan;
  std::size_t end = SkipGroups(text, pos, in_list);
  // 1.234.567 and 1.234,56: points between thousands.
  const std::size_t dotted = in_list ? pos : SkipDottedGroups(text, pos);
  const bool decimal_comma = dotted != pos && At(text, dotted) == ',';
  if (dotted != pos) end = dotted;
  const std::string whole = DigitsOf(text.substr(pos, end - pos));
  scan.plain = end == SkipDigits(text, pos);
  std::string decimals;
  // A decimal comma, where it cannot be a list: 3{,}14.
  const bool comma = text.substr(end).starts_with("{,}") &&
                     IsDigit(At(text, end + 3)) && scan.plain;
  const bool point = At(text, end) == '.' && At(text, end + 1) != '.';
  if (comma || point || decimal_comma) {
    const std::size_t begin = end + (comma ? 3 : 1);
    const std::size_t after = SkipDigits(text, begin);
    decimals = std::string(text.substr(begin, after - begin));
    std::optional<Repeat> repeat = RepeatAt(text, after);
    if (!repeat) repeat = BracketAt(text, after);
    if (repeat && !decimals.empty() && text[after] == '(') {
      return ReadError("a product or a repeating decimal", after);
    }
    if (repeat) {
      scan.end = repeat->end;
      scan.plain = false;
      if (whole.size() + decimals.size() + repeat->digits.size() >
          limits.digits) {
        return ReadError("too many digits", pos);
      }
      scan.digits = whole.size() + decimals.size() + repeat->digits.size();
      scan.literal.value = RepeatingValue(whole, decimals, repeat->digits);
      return scan;
    }
    // "5." is a five at the end of a sentence, unless a sign follows: 1./3.
    if (!decimals.empty() || (At(text, after) == '/' && point)) {
      end = after;
      scan.plain = false;
    }
  }
  const std::size_t mantissa_end = end;
  end = SkipExponent(text, end);
  if (whole.size() + decimals.size() > limits.digits) {
    return ReadError("too many digits", pos);
  }
  long exponent = 0;
  if (end != mantissa_end) {
    Read<long> read = ExponentOf(
        text.substr(mantissa_end + 1, end - mantissa_end - 1), limits);
    if (!read) return ReadError(read.error().what, pos);
    exponent = *read;
    scan.plain = false;
  }
  const std::string digits = whole + decimals;
  scan.digits =
      std::max(digits.size(), static_cast<std::size_t>(std::abs(exponent)));
  const long last_place = exponent - static_cast<long>(decimals.size());
  scan.literal.value = ValueOf(digits);
  if (last_place != 0) {
    scan.literal.value = scan.literal.value * Rational::PowerOfTen(last_place);
  }
  if (!decimals.empty() || end != mantissa_end) {
    scan.literal.last_place = last_place;
    scan.literal.significant_digits = SignificantDigits(digits);
  }
  scan.end = end;
  return scan;
}

Read<NumberScan> ScanBased(std::string_view text, std::size_t pos,
                           const Limits& limits) {
  return DigitsWithBase(text, pos, /*bracketed=*/false, limits);
}

Read<NumberScan> ScanBracketedBased(std::string_view text, std::size_t pos,
                                    const Limits& limits) {
  return DigitsWithBase(text, pos + 1, /*bracketed=*/true, limits);
}

}  // namespace rewards::math::syntax
