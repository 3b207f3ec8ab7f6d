#include "rewards/language/label.h"

#include <algorithm>
#include <array>

#include "rewards/language/evidence.h"

namespace rewards::language {
namespace {

constexpr std::size_t kHanjaRun = 2;  // words

struct Row {  // the words of one model
  std::vector<Word> words;
  std::vector<std::size_t> places;
  Gap gap = Gap::kSentence;  // since the row's last word
};

void LabelRow(std::u16string_view text, const Row& row, std::size_t model,
              const Target& target, std::vector<Label>& labels) {
  if (row.words.empty()) return;
  const Evidence evidence(text, row.words, model);
  const std::vector<Label> found =
      LabelWords(evidence, row.words, LanguagesOf(model), target);
  for (std::size_t i = 0; i < found.size(); ++i) {
    labels[row.places[i]] = found[i];
  }
}

void MarkHanja(std::span<const Word> words, std::vector<Label>& labels,
               const Target& target) {
  for (std::size_t begin = 0; begin < words.size();) {
    std::size_t end = begin + 1;
    if (words[begin].script == Script::kHan) {
      while (end < words.size() && words[end].script == Script::kHan &&
             words[end].gap != Gap::kSentence) {
        ++end;
      }
      const bool before = begin > 0 &&
                          words[begin - 1].script == Script::kHangul &&
                          words[begin].gap != Gap::kSentence;
      const bool after = end < words.size() &&
                         words[end].script == Script::kHangul &&
                         words[end].gap != Gap::kSentence;
      if (end - begin <= kHanjaRun && (before || after)) {
        for (std::size_t i = begin; i < end; ++i) {
          labels[i] = {target.language, 1.0F};
        }
      }
    }
    begin = end;
  }
}

}  // namespace

std::vector<Label> LabelText(std::u16string_view text,
                             std::span<const Word> words,
                             const Target& target) {
  std::vector<Label> labels(words.size());
  std::array<Row, kModels> rows;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    for (Row& row : rows) row.gap = std::max(row.gap, word.gap);
    if (word.mixed) continue;
    const std::size_t model = ModelOf(word.script);
    if (model == kModels) {
      const Language only = OnlyLanguageOf(word.script);
      labels[i] = {only, target.Accepts(only) && only != Language::kUndetermined
                             ? 1.0F
                             : 0.0F};
      continue;
    }
    Row& row = rows[model];
    row.words.push_back(word);
    row.words.back().gap = row.gap;
    row.places.push_back(i);
    row.gap = Gap::kNone;
  }
  for (std::size_t model = 0; model < kModels; ++model) {
    LabelRow(text, rows[model], model, target, labels);
  }
  if (ScriptOf(target.language) == Script::kHangul) {
    MarkHanja(words, labels, target);
  }
  return labels;
}

}  // namespace rewards::language
