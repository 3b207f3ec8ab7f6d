#include "rewards/language/script.h"

#include <unicode/uscript.h>

namespace rewards::language {

Script ScriptOf(char32_t code) {
  if (code < 0x80) {
    const char32_t lower = code | 0x20;
    return lower >= U'a' && lower <= U'z' ? Script::kLatin : Script::kNone;
  }
  if (code >= 0x4E00 && code <= 0x9FFF) return Script::kHan;
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

}  // namespace rewards::language
