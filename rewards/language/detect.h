// DetectLanguage: which language a text is in. Pure; any thread; linear time.

#ifndef REWARDS_LANGUAGE_DETECT_H_
#define REWARDS_LANGUAGE_DETECT_H_

#include <optional>
#include <string_view>

#include "rewards/language/language.h"

namespace rewards::language {

// The language that the words of `utf8` (any bytes, under 2 GiB) are most
// likely in, of those in the script of most words; of a script other than Latin
// where as many words are in either. None where it has no words, or they are in
// no known language.
[[nodiscard]] std::optional<Language> DetectLanguage(std::string_view utf8);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_DETECT_H_
