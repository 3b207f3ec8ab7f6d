#include "rewards/language/ngrams/features.h"

#include <unicode/uchar.h>

namespace rewards::language {
namespace {

constexpr char16_t kBegin = 0x0002;
constexpr char16_t kEnd = 0x0003;

char16_t Fold(char16_t unit) {
  if (unit < 0x80) {
    return unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit + 32)
                                        : unit;
  }
  if (unit == 0x2019 || unit == 0x02BC || unit == 0x2018) return u'\'';
  const UChar32 lower = u_tolower(unit);
  return lower <= 0xFFFF ? static_cast<char16_t>(lower) : unit;
}

}  // namespace

FoldedWord::FoldedWord(std::u16string_view segment) {
  units_[size_++] = kBegin;
  for (const char16_t unit : segment.substr(0, kWordUnits)) {
    units_[size_++] = Fold(unit);
  }
  units_[size_++] = kEnd;
}

}  // namespace rewards::language
