#include "rewards/language/segments.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <array>
#include <memory>
#include <utility>

#include "rewards/language/characters.h"

namespace rewards::language {
namespace {

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

// What a unit does to the letters beside it, where that is known here.
enum class Role : std::uint8_t {
  kUnknown,   // ICU is asked
  kLetter,    // joins letters
  kSyllable,  // joins syllables, and nothing else
  kMark,      // belongs to what it follows
  kJoin,      // joins two letters: don't
  kSign,      // never joins letters, whatever stands beside it
  kSpace,     // as a sign, and nothing after it belongs to what is before
};

// Units under it are looked up; those of the scripts of most languages.
constexpr char16_t kTableEnd = 0x2100;

Role ReadRole(char16_t c) {
  if (c < 0x80) {
    if (IsLetter(c)) return Role::kLetter;
    if (c == u'\'' || c == u'.') return Role::kJoin;
    if (IsSpace(c)) return Role::kSpace;
    const bool sign = c > u' ' && !IsDigit(c) && c != u'_' && c != 0x7F;
    return sign ? Role::kSign : Role::kUnknown;
  }
  if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) {
    return Role::kUnknown;  // dictionaries split it
  }
  switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER:
      return Role::kLetter;
    case U_WB_EXTEND:
      return Role::kMark;
    case U_WB_MIDNUMLET:
      return Role::kJoin;
    case U_WB_OTHER:
      return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ||
                     u_isUWhiteSpace(c) != 0 || u_iscntrl(c) != 0
                 ? Role::kUnknown
                 : Role::kSign;
    default:
      return Role::kUnknown;
  }
}

class Roles {
 public:
  static const Roles& Get() {
    static const Roles roles;
    return roles;
  }

  [[nodiscard]] Role Of(char16_t c) const {
    if (c < kTableEnd) return table_[c];
    if (c >= 0xAC00 && c <= 0xD7A3) return Role::kSyllable;  // Hangul
    return c == 0xFFFC ? Role::kSign : Role::kUnknown;       // what was masked
  }

 private:
  Roles() {
    for (char16_t c = 0; c < kTableEnd; ++c) table_[c] = ReadRole(c);
  }

  std::array<Role, kTableEnd> table_{};
};

// Of this thread, since one serves one thread. Null where ICU cannot serve.
icu::BreakIterator* WordBreaks() {
  thread_local std::unique_ptr<icu::BreakIterator> words;
  UErrorCode status = U_ZERO_ERROR;
  if (words == nullptr) {
    words.reset(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) words.reset();
  }
  return words.get();
}

class Finder {
 public:
  explicit Finder(std::u16string_view text) : text_(text) {}

  // False where ICU cannot serve.
  bool Find() {
    std::size_t hard = 0;  // from here on, to `at`, ICU is asked
    for (std::size_t at = 0; at < text_.size();) {
      std::size_t end = at;
      while (end < text_.size() && RoleAt(end) == Role::kSpace) ++end;
      const std::size_t begin = end;
      bool plain = true;
      Role last = Role::kSign;
      for (; end < text_.size(); ++end) {
        const Role role = RoleAt(end);
        if (role == Role::kSpace) break;
        const bool odd = last == Role::kSyllable && role == Role::kMark;
        plain = plain && role != Role::kUnknown && !odd;
        last = role;
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

  [[nodiscard]] Role RoleAt(std::size_t at) const {
    return roles_.Of(text_[at]);
  }

  void Add(std::size_t begin, std::size_t end) {
    found_.push_back(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  // The words of a plain piece.
  void Split(std::size_t at, std::size_t end) {
    while (at < end) {
      const std::size_t begin = at;
      const Role first = RoleAt(at);
      ++at;
      if (first == Role::kLetter) {
        while (at < end && Continues(at, end)) ++at;
      } else if (first == Role::kSyllable) {
        while (at < end && RoleAt(at) == Role::kSyllable) ++at;
      } else {
        continue;
      }
      Add(begin, at);
    }
  }

  // Whether a word of letters whose last unit is before `at` goes on there.
  [[nodiscard]] bool Continues(std::size_t at, std::size_t end) const {
    const Role role = RoleAt(at);
    if (role != Role::kJoin)
      return role == Role::kLetter || role == Role::kMark;
    std::size_t next = at + 1;  // marks belong to the sign
    while (next < end && RoleAt(next) == Role::kMark) ++next;
    return next < end && RoleAt(next) == Role::kLetter;
  }

  // The words that ICU finds in a range that begins and ends at spaces.
  bool Ask(Range range) {
    icu::BreakIterator* const words = WordBreaks();
    if (words == nullptr) return false;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UText, CloseText> units(utext_openUChars(
        nullptr, text_.data() + range.begin,
        static_cast<std::int64_t>(range.end - range.begin), &status));
    words->setText(units.get(), status);
    if (U_FAILURE(status)) return false;
    std::int32_t begin = words->first();
    for (std::int32_t end = words->next(); end != icu::BreakIterator::DONE;
         begin = end, end = words->next()) {
      if (words->getRuleStatus() < UBRK_WORD_LETTER) continue;
      Add(range.begin + static_cast<std::size_t>(begin),
          range.begin + static_cast<std::size_t>(end));
    }
    return true;
  }

  std::u16string_view text_;
  const Roles& roles_ = Roles::Get();
  std::vector<Segment> found_;
};

}  // namespace

std::optional<std::vector<Segment>> FindSegments(std::u16string_view text) {
  Finder finder(text);
  if (!finder.Find()) return std::nullopt;
  return finder.Take();
}

}  // namespace rewards::language
