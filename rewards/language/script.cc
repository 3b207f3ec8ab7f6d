#include "rewards/language/script.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <array>

namespace rewards::language {
namespace {

// Under it are the letters of most alphabets, and kana.
constexpr char32_t kTableEnd = 0x3100;

Script ReadScript(char32_t code) {
  if (code >= 0x1D400 && code <= 0x1D6A5) return Script::kLatin;  // bold etc.
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(code), &status)) {
    case USCRIPT_LATIN:
      return Script::kLatin;
    case USCRIPT_CYRILLIC:
      return Script::kCyrillic;
    case USCRIPT_ARABIC:
      return Script::kArabic;
    case USCRIPT_DEVANAGARI:
      return Script::kDevanagari;
    case USCRIPT_HAN:
      return Script::kHan;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::kKana;
    case USCRIPT_HANGUL:
      return Script::kHangul;
    case USCRIPT_GREEK:
      return Script::kGreek;
    case USCRIPT_HEBREW:
      return Script::kHebrew;
    case USCRIPT_THAI:
      return Script::kThai;
    case USCRIPT_ARMENIAN:
      return Script::kArmenian;
    case USCRIPT_GEORGIAN:
      return Script::kGeorgian;
    case USCRIPT_BENGALI:
      return Script::kBengali;
    case USCRIPT_GURMUKHI:
      return Script::kGurmukhi;
    case USCRIPT_GUJARATI:
      return Script::kGujarati;
    case USCRIPT_TAMIL:
      return Script::kTamil;
    case USCRIPT_TELUGU:
      return Script::kTelugu;
    case USCRIPT_KANNADA:
      return Script::kKannada;
    case USCRIPT_MALAYALAM:
      return Script::kMalayalam;
    case USCRIPT_SINHALA:
      return Script::kSinhala;
    case USCRIPT_KHMER:
      return Script::kKhmer;
    case USCRIPT_LAO:
      return Script::kLao;
    case USCRIPT_MYANMAR:
      return Script::kMyanmar;
    case USCRIPT_ETHIOPIC:
      return Script::kEthiopic;
    case USCRIPT_TIBETAN:
      return Script::kTibetan;
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_UNKNOWN:
      return Script::kNone;
    default:
      return Script::kOther;
  }
}

Letter ReadLetter(char32_t code) {
  return {ReadScript(code), u_isupper(static_cast<UChar32>(code)) != 0};
}

std::array<Letter, kTableEnd> ReadTable() {
  std::array<Letter, kTableEnd> table;
  for (char32_t code = 0; code < kTableEnd; ++code) {
    table[code] = ReadLetter(code);
  }
  return table;
}

}  // namespace

Letter OtherLetter(char32_t code) {
  static const std::array<Letter, kTableEnd> table = ReadTable();
  if (code < kTableEnd) return table[code];
  if (code >= 0x4E00 && code <= 0x9FFF) return {Script::kHan, false};
  if (code >= 0xAC00 && code <= 0xD7A3) return {Script::kHangul, false};
  return ReadLetter(code);
}

}  // namespace rewards::language
