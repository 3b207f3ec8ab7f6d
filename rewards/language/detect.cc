#include "rewards/language/detect.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "rewards/language/characters.h"
#include "rewards/language/evidence.h"
#include "rewards/language/mask.h"
#include "rewards/language/words.h"

namespace rewards::language {
namespace {

constexpr std::size_t kScripts = static_cast<std::size_t>(Script::kOther) + 1;

// Han and kana are one.
Script Family(Script script) {
  return script == Script::kKana ? Script::kHan : script;
}

std::optional<Script> MostUsed(std::span<const Word> words) {
  std::array<std::size_t, kScripts> counts{};
  for (const Word& word : words) {
    if (!word.mixed) ++counts[static_cast<std::size_t>(Family(word.script))];
  }
  // The last of the greatest: Latin is the first script.
  const auto most = std::max_element(counts.rbegin(), counts.rend());
  if (*most == 0) return std::nullopt;
  return static_cast<Script>(counts.rend() - most - 1);
}

}  // namespace

std::optional<Language> DetectLanguage(std::string_view utf8) {
  const std::u16string text = Masked(ReadText(utf8).units);
  std::optional<std::vector<Word>> words = SplitWords(text);
  if (!words) return std::nullopt;
  const std::optional<Script> script = MostUsed(*words);
  if (!script) return std::nullopt;
  const std::size_t model = ModelOf(*script);
  Language found = OnlyLanguageOf(*script);
  if (model < kModels) {
    std::erase_if(*words, [&script](const Word& word) {
      return word.mixed || Family(word.script) != *script;
    });
    const Evidence evidence(text, *words, model);
    std::array<std::int64_t, kMostColumns> sums{};
    for (std::size_t i = 0; i < words->size(); ++i) {
      for (std::size_t c = 0; c < kMostColumns; ++c) {
        sums[c] += evidence.scores(i)[c];
      }
    }
    const std::span<const Language> columns = LanguagesOf(model);
    const auto* const best = std::max_element(
        sums.begin(),
        sums.begin() + static_cast<std::ptrdiff_t>(columns.size()));
    found = columns[static_cast<std::size_t>(best - sums.begin())];
  }
  if (found == Language::kUndetermined) return std::nullopt;
  return found;
}

}  // namespace rewards::language
