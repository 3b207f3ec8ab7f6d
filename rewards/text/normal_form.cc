#include "rewards/text/normal_form.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <new>
#include <stdexcept>
#include <string>

#include "rewards/math/syntax/marks.h"

namespace rewards::text {
namespace {

// How many marks are taken off, one inside the other.
constexpr int kMaxLayers = 24;

struct Pair {
  std::string_view open;
  std::string_view close;
};

// What stands around a text and is none of it.
constexpr std::array<Pair, 5> kMarks = {
    {{"$$", "$$"}, {"$", "$"}, {"\\(", "\\)"}, {"\\[", "\\]"}, {"**", "**"}}};
constexpr std::array<std::string_view, 11> kCommands = {
    "\\boxed",  "\\fbox",   "\\textbf", "\\mathbf",    "\\textit", "\\text",
    "\\mathrm", "\\textrm", "\\mbox",   "\\underline", "\\mathsf"};

// What punctuation stands in pairs around a text.
struct Ends {
  char16_t open;
  char16_t close;
};
constexpr std::array<Ends, 12> kQuotes = {{{u'"', u'"'},
                                           {u'\'', u'\''},
                                           {u'`', u'`'},
                                           {u'“', u'”'},
                                           {u'‘', u'’'},
                                           {u'«', u'»'},
                                           {u'「', u'」'},
                                           {u'『', u'』'},
                                           {u'《', u'》'},
                                           {u'(', u')'},
                                           {u'*', u'*'},
                                           {u'_', u'_'}}};

std::string_view UnwrapOnce(std::string_view text) {
  for (const Pair& pair : kMarks) {
    const std::size_t open = pair.open.size();
    const std::size_t both = open + pair.close.size();
    if (text.size() <= both || !text.starts_with(pair.open) ||
        !text.ends_with(pair.close)) {
      continue;
    }
    const std::string_view inside = text.substr(open, text.size() - both);
    // "$5 and $": two texts, or a price, and no mark around it.
    if (inside.find(pair.close) == std::string_view::npos) return inside;
  }
  for (const std::string_view name : kCommands) {
    if (!text.starts_with(name)) continue;
    const std::size_t open = text.find_first_not_of(' ', name.size());
    if (open == std::string_view::npos || text[open] != '{') continue;
    if (math::syntax::SkipBraces(text, open) != text.size()) break;
    return text.substr(open + 1, text.size() - open - 2);
  }
  return text;
}

// Runs of white space as one space, none at the ends.
icu::UnicodeString FoldSpace(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  bool space = false;
  for (int32_t i = 0; i < text.length();) {
    const UChar32 c = text.char32At(i);
    i += U16_LENGTH(c);
    if (u_isUWhiteSpace(c)) {
      space = !out.isEmpty();
      continue;
    }
    if (space) out.append(u' ');
    space = false;
    out.append(c);
  }
  return out;
}

// What ends a sentence, at the end of a text. A factorial is none.
bool IsClosing(char16_t c, char16_t before) {
  if (c == u'!') return !u_isdigit(before) && before != u')';
  return std::u16string_view(u".,;:?。、").find(c) != std::u16string_view::npos;
}

// Takes punctuation off both ends of `text`, by moving `begin` and `end`.
icu::UnicodeString TrimPunctuation(const icu::UnicodeString& text) {
  int32_t begin = 0;
  int32_t end = text.length();
  const auto paired = [&](const Ends& ends) {
    return end - begin >= 2 && text[begin] == ends.open &&
           text[end - 1] == ends.close;
  };
  for (int32_t before = -1; before != end - begin;) {
    before = end - begin;
    while (begin < end && text[begin] == u' ') ++begin;
    while (begin < end && text[end - 1] == u' ') --end;
    for (const Ends& ends : kQuotes) {
      if (!paired(ends)) continue;
      ++begin;
      --end;
    }
    if (begin < end && (text[begin] == u'¿' || text[begin] == u'¡')) ++begin;
    if (begin < end &&
        IsClosing(text[end - 1], end - begin > 1 ? text[end - 2] : u'\0')) {
      --end;
    }
  }
  return {text, begin, end - begin};  // a copy
}

icu::UnicodeString Nfkc(const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCInstance(error);
  icu::UnicodeString out;
  if (U_SUCCESS(error)) form->normalize(text, out, error);
  if (error == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(error)) throw std::runtime_error(u_errorName(error));
  return out;
}

}  // namespace

std::string_view Unwrap(std::string_view text) {
  for (int i = 0; i < kMaxLayers; ++i) {
    text = math::syntax::Trim(text);
    const std::string_view inside = UnwrapOnce(text);
    if (inside.size() == text.size()) break;
    text = inside;
  }
  return math::syntax::Trim(text);
}

std::string NormalForm(std::string_view text, const NormalOptions& options) {
  std::string_view inside = Unwrap(text);
  if (options.ignore_ends && inside.ends_with('.')) {  // **Paris**.
    inside = Unwrap(inside.substr(0, inside.size() - 1));
  }
  icu::UnicodeString form = Nfkc(icu::UnicodeString::fromUTF8(
      icu::StringPiece(inside.data(), static_cast<int32_t>(inside.size()))));
  if (options.fold_case) form = Nfkc(form.foldCase());
  form = FoldSpace(form);
  if (options.ignore_ends) form = TrimPunctuation(form);
  std::string utf8;
  return form.toUTF8String(utf8);
}

}  // namespace rewards::text
