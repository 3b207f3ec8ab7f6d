#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "datasets/suites/code_literal.h"

namespace datasets {
namespace {

namespace json = boost::json;
using Family = LiteralFamily;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsNamePart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         IsDigit(c);
}

void AppendUtf8(unsigned code, std::string* text) {
  const auto add = [text](unsigned byte) {
    text->push_back(static_cast<char>(byte));
  };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xC0 | code >> 6);
  } else {
    add(0xE0 | code >> 12);
    add(0x80 | (code >> 6 & 0x3F));
  }
  add(0x80 | (code & 0x3F));
}

}  // namespace

LiteralReader::Result LiteralReader::Number() {
  const std::size_t start = at_;
  if (text_[at_] == '-') ++at_;
  bool whole = true;
  const std::size_t first = at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '.' || c == 'e' || c == 'E') {
      whole = false;
    } else if (!IsDigit(c) &&
               !((c == '-' || c == '+') &&
                 (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E'))) {
      break;
    }
    ++at_;
  }
  if (at_ == first || !IsDigit(text_[first])) return std::nullopt;
  const std::string_view digits = text_.substr(start, at_ - start);
  const bool suffixes = family_ == Family::kCpp || family_ == Family::kJava ||
                        family_ == Family::kCSharp;
  if (suffixes && at_ < text_.size()) {
    const char c = text_[at_];
    if (c == 'f' || c == 'F' || c == 'd' || c == 'D') whole = false;
    if (std::string_view("fFdDlL").find(c) != std::string_view::npos) ++at_;
  }
  if (at_ < text_.size() && (IsNamePart(text_[at_]) || text_[at_] == '.')) {
    return std::nullopt;
  }
  const char* const end = digits.data() + digits.size();
  if (whole) {
    // A zero in front would be octal.
    const std::string_view plain = digits.substr(digits[0] == '-' ? 1 : 0);
    if (plain.size() > 1 && plain[0] == '0') return std::nullopt;
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    if (error == std::errc() && stop == end) return number;
    return std::nullopt;
  }
  double number = 0;
  const auto [stop, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc() || stop != end || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

// Up to `most` digits; false where there is none.
bool LiteralReader::Digits(std::size_t most, unsigned base, unsigned* number) {
  const std::string_view rest = text_.substr(at_, most);
  const auto [stop, error] = std::from_chars(
      rest.data(), rest.data() + rest.size(), *number, static_cast<int>(base));
  at_ += static_cast<std::size_t>(stop - rest.data());
  return error == std::errc();
}

// What follows a backslash.
bool LiteralReader::Escape(std::string* text) {
  if (at_ == text_.size()) return false;
  const char c = text_[at_++];
  if (family_ == Family::kShell) {
    if (std::string_view("\"$`\\").find(c) == std::string_view::npos) {
      text->push_back('\\');
    }
    text->push_back(c);
    return c != '\n';
  }
  constexpr std::string_view kFrom = "ntrbfv\"'\\/";
  constexpr std::string_view kTo = "\n\t\r\b\f\v\"'\\/";
  if (family_ == Family::kPhp && c == '$') {
    text->push_back(c);
    return true;
  }
  // PHP leaves these as they are.
  if (family_ == Family::kPhp && (c == '\'' || c == 'b' || c == '/')) {
    *text += {'\\', c};
    return true;
  }
  if (const std::size_t at = kFrom.find(c); at != std::string_view::npos) {
    text->push_back(kTo[at]);
    return true;
  }
  if (c == 'u' && family_ != Family::kPhp) {
    const std::size_t start = at_;
    unsigned code = 0;
    if (!Digits(4, 16, &code) || at_ != start + 4) return false;
    if (code >= 0xD800 && code < 0xE000) return false;
    AppendUtf8(code, text);
    return true;
  }
  return false;
}

std::optional<std::string> LiteralReader::Text() {
  if (!Take("\"")) return std::nullopt;
  std::string text;
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '"') return text;
    if (c == '\\') {
      if (!Escape(&text)) return std::nullopt;
      continue;
    }
    const bool replaces = family_ == Family::kShell ? c == '$' || c == '`'
                          : family_ == Family::kPhp ? c == '$'
                                                    : c == '\n';
    if (replaces) return std::nullopt;
    text.push_back(c);
  }
  return std::nullopt;
}

LiteralReader::Result LiteralReader::TextValue() {
  auto text = Text();
  if (!text) return std::nullopt;
  return json::value(*text);
}

}  // namespace datasets
