#include "rewards/language/language.h"

#include <iterator>

namespace rewards::language {
namespace {

constexpr LanguageInfo kLanguages[] = {
    {"und", "undetermined", Script::kNone},
    {"en", "English", Script::kLatin},
    {"fr", "French", Script::kLatin},
    {"de", "German", Script::kLatin},
    {"es", "Spanish", Script::kLatin},
    {"it", "Italian", Script::kLatin},
    {"pt", "Portuguese", Script::kLatin},
    {"nl", "Dutch", Script::kLatin},
    {"pl", "Polish", Script::kLatin},
    {"tr", "Turkish", Script::kLatin},
    {"id", "Indonesian", Script::kLatin},
    {"cs", "Czech", Script::kLatin},
    {"sv", "Swedish", Script::kLatin},
    {"fi", "Finnish", Script::kLatin},
    {"hu", "Hungarian", Script::kLatin},
    {"ro", "Romanian", Script::kLatin},
    {"da", "Danish", Script::kLatin},
    {"vi", "Vietnamese", Script::kLatin},
    {"sk", "Slovak", Script::kLatin},
    {"ms", "Malay", Script::kLatin},
    {"ca", "Catalan", Script::kLatin},
    {"nb", "Norwegian", Script::kLatin},
    {"hr", "Croatian", Script::kLatin},
    {"sl", "Slovenian", Script::kLatin},
    {"et", "Estonian", Script::kLatin},
    {"lv", "Latvian", Script::kLatin},
    {"lt", "Lithuanian", Script::kLatin},
    {"sq", "Albanian", Script::kLatin},
    {"eu", "Basque", Script::kLatin},
    {"cy", "Welsh", Script::kLatin},
    {"af", "Afrikaans", Script::kLatin},
    {"sw", "Swahili", Script::kLatin},
    {"tl", "Tagalog", Script::kLatin},
    {"gl", "Galician", Script::kLatin},
    {"ga", "Irish", Script::kLatin},
    {"is", "Icelandic", Script::kLatin},
    {"eo", "Esperanto", Script::kLatin},
    {"az", "Azerbaijani", Script::kLatin},
    {"ru", "Russian", Script::kCyrillic},
    {"uk", "Ukrainian", Script::kCyrillic},
    {"bg", "Bulgarian", Script::kCyrillic},
    {"sr", "Serbian", Script::kCyrillic},
    {"mk", "Macedonian", Script::kCyrillic},
    {"be", "Belarusian", Script::kCyrillic},
    {"kk", "Kazakh", Script::kCyrillic},
    {"ar", "Arabic", Script::kArabic},
    {"fa", "Persian", Script::kArabic},
    {"ur", "Urdu", Script::kArabic},
    {"ckb", "Central Kurdish", Script::kArabic},
    {"ps", "Pashto", Script::kArabic},
    {"hi", "Hindi", Script::kDevanagari},
    {"mr", "Marathi", Script::kDevanagari},
    {"ne", "Nepali", Script::kDevanagari},
    {"zh", "Chinese", Script::kHan},
    {"ja", "Japanese", Script::kKana},
    {"ko", "Korean", Script::kHangul},
    {"el", "Greek", Script::kGreek},
    {"he", "Hebrew", Script::kHebrew},
    {"th", "Thai", Script::kThai},
    {"hy", "Armenian", Script::kArmenian},
    {"ka", "Georgian", Script::kGeorgian},
    {"bn", "Bengali", Script::kBengali},
    {"pa", "Punjabi", Script::kGurmukhi},
    {"gu", "Gujarati", Script::kGujarati},
    {"ta", "Tamil", Script::kTamil},
    {"te", "Telugu", Script::kTelugu},
    {"kn", "Kannada", Script::kKannada},
    {"ml", "Malayalam", Script::kMalayalam},
    {"si", "Sinhala", Script::kSinhala},
    {"km", "Khmer", Script::kKhmer},
    {"lo", "Lao", Script::kLao},
    {"my", "Burmese", Script::kMyanmar},
    {"am", "Amharic", Script::kEthiopic},
    {"bo", "Tibetan", Script::kTibetan},
};
static_assert(std::size(kLanguages) <= kMostLanguages);

}  // namespace

std::span<const LanguageInfo> Languages() noexcept { return kLanguages; }

std::optional<Language> FindLanguage(std::string_view tag) noexcept {
  for (std::size_t i = 0; i < std::size(kLanguages); ++i) {
    if (kLanguages[i].tag == tag) return static_cast<Language>(i);
  }
  return std::nullopt;
}

std::string_view TagOf(Language language) noexcept {
  return kLanguages[static_cast<std::size_t>(language)].tag;
}

Script ScriptOf(Language language) noexcept {
  return kLanguages[static_cast<std::size_t>(language)].script;
}

Language OnlyLanguageOf(Script script) noexcept {
  if (HasModel(script) || script == Script::kHan || script == Script::kNone) {
    return Language::kUndetermined;
  }
  for (std::size_t i = 0; i < std::size(kLanguages); ++i) {
    if (kLanguages[i].script == script) return static_cast<Language>(i);
  }
  return Language::kUndetermined;
}

}  // namespace rewards::language
