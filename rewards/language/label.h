// LabelText: which language each word of a text is in. Pure; any thread;
// linear time; deterministic for one version of ICU's dictionaries.

#ifndef REWARDS_LANGUAGE_LABEL_H_
#define REWARDS_LANGUAGE_LABEL_H_

#include <span>
#include <string_view>
#include <vector>

#include "rewards/language/chain.h"
#include "rewards/language/language.h"
#include "rewards/language/words.h"

namespace rewards::language {

// One label a word. A script of one language decides alone; words of the others
// are decided in their row (chain.h). A word that mixes scripts is in no
// language. With a Korean target a short run of Han beside Hangul is Korean.
[[nodiscard]] std::vector<Label> LabelText(std::u16string_view text,
                                           std::span<const Word> words,
                                           const Target& target);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_LABEL_H_
