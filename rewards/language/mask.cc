#include "rewards/language/mask.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "rewards/language/brackets.h"
#include "rewards/language/characters.h"

namespace rewards::language {
namespace {

constexpr std::size_t npos = std::u16string_view::npos;

constexpr std::size_t kMaxCall = 120;    // units of arguments in one call
constexpr std::size_t kMaxDots = 8;      // names in one dotted chain
constexpr std::size_t kMaxTag = 24;      // units of one <tag>
constexpr std::size_t kMinEncoded = 20;  // units of base64
constexpr std::u16string_view kEscaped = u"()[]{}$%&#_";

constexpr std::array<std::u16string_view, 34> kUnits = {
    u"mm", u"cm",  u"dm", u"km",  u"nm",  u"kg",  u"mg", u"lb", u"lbs",
    u"oz", u"ft",  u"yd", u"mi",  u"ml",  u"mL",  u"ms", u"ns", u"us",
    u"hr", u"hrs", u"Hz", u"kHz", u"MHz", u"GHz", u"kB", u"KB", u"MB",
    u"GB", u"TB",  u"kW", u"mol", u"rad", u"mph", u"kWh"};

// What an ASCII unit may be a part of.
constexpr std::uint8_t kOfName = 1;
constexpr std::uint8_t kOfEncoded = 2;
constexpr std::uint8_t kOfAddress = 4;

constexpr std::array<std::uint8_t, 128> kParts = [] {
  std::array<std::uint8_t, 128> parts{};
  for (char16_t c = 0; c < 128; ++c) {
    if (IsLetter(c) || IsDigit(c)) parts[c] = kOfName | kOfEncoded | kOfAddress;
  }
  parts[u'_'] = kOfName | kOfAddress;
  for (const char16_t c : {u'+', u'/', u'='}) parts[c] |= kOfEncoded;
  for (const char16_t c : {u'.', u'+', u'-', u'@', u'%'}) {
    parts[c] |= kOfAddress;
  }
  return parts;
}();

bool IsPartOf(std::uint8_t kind, char16_t c) {
  return c < 128 && (kParts[c] & kind) != 0;
}
bool IsName(char16_t c) { return IsPartOf(kOfName, c); }
bool IsEncoded(char16_t c) { return IsPartOf(kOfEncoded, c); }
bool IsAddress(char16_t c) { return IsPartOf(kOfAddress, c); }

bool IsUrl(char16_t c) {
  return c > u' ' && c < 0x7F &&
         std::u16string_view(u"<>\"`{}|\\^").find(c) == npos;
}

// What stands between dollars is mathematics: an operator, a digit, or nothing
// but short names.
bool IsMath(std::u16string_view text) {
  std::size_t letters = 0;
  bool longer = false;
  bool visible = false;
  for (const char16_t c : text) {
    if (IsDigit(c)) return true;
    if (std::u16string_view(u"=+*/^_<>\\{}|").find(c) != npos) return true;
    letters = IsLetter(c) ? letters + 1 : 0;
    longer = longer || letters > 2 || c >= 0x2E80;
    visible = visible || !IsSpace(c);
  }
  return visible && !longer;
}

class Scanner {
 public:
  explicit Scanner(std::u16string_view text) : text_(text), brackets_(text) {}

  std::vector<Span> Scan() {
    std::vector<Span> found;
    for (std::size_t at = 0; at < text_.size();) {
      if (text_[at] >= 0x80) {
        ++at;
        continue;
      }
      const std::size_t end = MarkupEnd(at);
      if (end > at) found.push_back({at, end});
      at = end > at ? end : std::max(skip_, at + 1);
    }
    return found;
  }

 private:
  // One past the markup that starts at `at`, or `at`. Where a word starts
  // there, moves `skip_` behind it.
  std::size_t MarkupEnd(std::size_t at) {
    const char16_t c = text_[at];
    if (c == u'`') return Backticks(at);
    if (c == u'$') return Dollars(at);
    if (c == u'\\') return Backslash(at);
    if (c == u'<') return Tag(at);
    if (IsName(c)) return Name(at);
    return at;
  }

  [[nodiscard]] bool At(std::size_t at, std::u16string_view literal) const {
    return at < text_.size() && text_[at] == literal.front() &&
           text_.substr(at, literal.size()) == literal;
  }

  // One past the next `close` from `at` on, or npos. `none` remembers that
  // there is none, so that a text full of openers is searched once.
  std::size_t After(std::size_t at, std::u16string_view close, bool& none) {
    if (none) return npos;
    const std::size_t found = text_.find(close, at);
    none = found == npos;
    return none ? npos : found + close.size();
  }

  std::size_t Backticks(std::size_t at) {
    if (At(at, kFence)) {
      const std::size_t end = After(at + 3, kFence, no_fence_);
      if (end != npos) return end;
      skip_ = at + 3;
      return at;
    }
    const std::size_t stop = text_.find_first_of(u"`\n", at + 1);
    return stop == npos || text_[stop] == u'\n' ? at : stop + 1;
  }

  std::size_t Dollars(std::size_t at) {
    if (At(at, u"$$")) {
      const std::size_t end = After(at + 2, u"$$", no_dollars_);
      const bool math =
          end != npos && IsMath(text_.substr(at + 2, end - at - 4));
      skip_ = at + 2;
      return math ? end : at;
    }
    std::size_t close = at + 1;
    for (; close < text_.size() && text_[close] != u'$'; ++close) {
      if (text_[close] == u'\\') ++close;
      if (At(close, u"\n\n")) return at;  // a paragraph ends
    }
    if (close >= text_.size() || close == at + 1) return at;
    const bool spaced = IsSpace(text_[at + 1]);
    if (spaced != IsSpace(text_[close - 1])) return at;
    if (close + 1 < text_.size() && IsDigit(text_[close + 1])) return at;
    return IsMath(text_.substr(at + 1, close - at - 1)) ? close + 1 : at;
  }

  std::size_t Backslash(std::size_t at) {
    std::size_t end = npos;
    if (At(at, u"\\(")) {
      end = After(at + 2, u"\\)", no_round_);
    } else if (At(at, u"\\[")) {
      end = After(at + 2, u"\\]", no_square_);
    } else if (At(at, u"\\begin{")) {
      end = brackets_.EndOf(at);
    }
    if (end != npos) return end;
    end = at + 1;
    if (end < text_.size() && kEscaped.find(text_[end]) != npos) return end + 1;
    while (end < text_.size() && IsLetter(text_[end])) ++end;
    while (end > at + 1 && end < text_.size() && text_[end] == u'{') {
      const std::size_t group = brackets_.EndOf(end);
      if (group == Brackets::npos) break;
      end = group;
    }
    return end > at + 1 ? end : at;
  }

  // <name ...> and </name>.
  [[nodiscard]] std::size_t Tag(std::size_t at) const {
    std::size_t end = at + 1;
    if (end < text_.size() && text_[end] == u'/') ++end;
    if (end >= text_.size() || !IsLetter(text_[end])) return at;
    while (end < text_.size() && end - at < kMaxTag && IsName(text_[end])) {
      ++end;
    }
    return end < text_.size() && text_[end] == u'>' ? end + 1 : at;
  }

  [[nodiscard]] std::size_t NameEnd(std::size_t at) const {
    while (at < text_.size() && IsName(text_[at])) ++at;
    return at;
  }

  // One past a word at `at` that nothing but a space or a plain sign ends: no
  // address, data, name or call. Else `at`.
  [[nodiscard]] std::size_t PlainWordEnd(std::size_t at) const {
    std::size_t end = at;
    bool lower = false;
    for (; end < text_.size() && IsLetter(text_[end]); ++end) {
      if (lower && IsUpper(text_[end])) return at;
      lower = IsLower(text_[end]);
    }
    if (end == text_.size()) return end;
    const char16_t next = text_[end];
    const bool more = IsPartOf(kOfName | kOfEncoded | kOfAddress, next) ||
                      next == u'(' || next == u':';
    return more ? at : end;
  }

  // A run of name characters: markup where it is an address, encoded data, an
  // identifier, a call, or a number with its unit; else a word.
  std::size_t Name(std::size_t at) {
    std::size_t end = PlainWordEnd(at);
    if (end > at) {
      skip_ = end;
      return at;
    }
    end = Url(at);
    if (end == at) end = Email(at);
    if (end == at) end = Encoded(at);
    if (end > at) return end;
    end = NameEnd(at);
    skip_ = end;
    const std::u16string_view name = text_.substr(at, end - at);
    const bool number = std::all_of(name.begin(), name.end(), IsDigit);
    if (number) return Unit(end);
    const std::size_t call = Call(at, end);
    if (call > end) return call;
    return IsIdentifier(name) ? end : at;
  }

  [[nodiscard]] static bool IsIdentifier(std::u16string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
      if (name[i] == u'_' || IsDigit(name[i])) return true;
      if (i > 0 && IsUpper(name[i]) && IsLower(name[i - 1])) return true;
    }
    return false;
  }

  [[nodiscard]] std::size_t Unit(std::size_t end) const {
    std::size_t unit = end;
    if (unit < text_.size() && text_[unit] == u' ') ++unit;
    const std::size_t stop = NameEnd(unit);
    const std::u16string_view name = text_.substr(unit, stop - unit);
    const bool known =
        std::find(kUnits.begin(), kUnits.end(), name) != kUnits.end();
    return known ? stop : end;
  }

  // One past `name.name(arguments)`, or `end`, the first name's end.
  [[nodiscard]] std::size_t Call(std::size_t at, std::size_t end) const {
    std::size_t stop = end;
    for (std::size_t dots = 0; dots < kMaxDots; ++dots) {
      if (stop + 1 >= text_.size() || text_[stop] != u'.') break;
      if (!IsLetter(text_[stop + 1])) break;
      stop = NameEnd(stop + 1);
    }
    const bool sure = stop > end || IsIdentifier(text_.substr(at, end - at));
    if (stop >= text_.size() || text_[stop] != u'(') return end;
    const std::size_t close =
        text_.substr(stop, kMaxCall).find_first_of(u")\n");
    if (close == npos || text_[stop + close] == u'\n') return end;
    const std::u16string_view inner = text_.substr(stop + 1, close - 1);
    const bool plural = inner == u"s" || inner == u"es";
    const bool compact =
        !inner.empty() && !plural &&
        std::all_of(inner.begin(), inner.end(),
                    [](char16_t c) { return c > u' ' && c < 0x7F; });
    return sure || compact ? stop + close + 1 : end;
  }

  [[nodiscard]] std::size_t Url(std::size_t at) const {
    const bool url = At(at, u"http://") || At(at, u"https://") ||
                     At(at, u"ftp://") || At(at, u"www.");
    if (!url) return at;
    std::size_t end = at;
    while (end < text_.size() && IsUrl(text_[end])) ++end;
    while (std::u16string_view(u".,;:!?)]'").find(text_[end - 1]) != npos) {
      --end;
    }
    return end;
  }

  std::size_t Email(std::size_t at) {
    if (at < no_email_before_) return at;
    std::size_t end = at;
    std::size_t sign = npos;
    for (; end < text_.size() && IsAddress(text_[end]); ++end) {
      if (text_[end] == u'@') sign = end;
    }
    while (end > at && !IsName(text_[end - 1])) --end;
    if (sign != npos && sign > at && sign + 1 < end) return end;
    no_email_before_ = end;
    return at;
  }

  std::size_t Encoded(std::size_t at) {
    if (at < no_code_before_) return at;
    bool digit = false;
    bool upper = false;
    bool lower = false;
    std::size_t end = at;
    for (; end < text_.size() && IsEncoded(text_[end]); ++end) {
      digit = digit || IsDigit(text_[end]);
      upper = upper || IsUpper(text_[end]);
      lower = lower || IsLower(text_[end]);
    }
    if (end - at >= kMinEncoded && digit && upper && lower) return end;
    no_code_before_ = end;
    return at;
  }

  std::u16string_view text_;
  Brackets brackets_;
  std::size_t skip_ = 0;             // nothing starts before it
  std::size_t no_email_before_ = 0;  // searched, and none found
  std::size_t no_code_before_ = 0;
  bool no_fence_ = false;
  bool no_dollars_ = false;
  bool no_round_ = false;
  bool no_square_ = false;
};

}  // namespace

std::vector<Span> FindMarkup(std::u16string_view text) {
  return Scanner(text).Scan();
}

}  // namespace rewards::language
