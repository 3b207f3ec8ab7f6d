// Corpus: the words of corpus.tsv, by language. For the trainer alone.

#ifndef REWARDS_LANGUAGE_NGRAMS_TRAIN_CORPUS_H_
#define REWARDS_LANGUAGE_NGRAMS_TRAIN_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rewards::language {

// Words by number, from 0, in the order of their coming.
class Vocabulary {
 public:
  std::uint32_t Add(const std::u16string& word);

  [[nodiscard]] const std::u16string& word(std::uint32_t id) const {
    return words_[id];
  }
  [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }

 private:
  std::unordered_map<std::u16string, std::uint32_t> ids_;
  std::vector<std::u16string> words_;
};

using Line = std::vector<std::uint32_t>;  // words of one paragraph

struct Corpus {
  Vocabulary words;
  std::map<std::string, std::vector<Line>> lines;  // by language
};

// Reads "language<TAB>paragraph" lines. Some of the text in other scripts is
// romanised, word by word, and becomes the language "und". Throws
// std::runtime_error where the file cannot be read.
[[nodiscard]] Corpus ReadCorpus(const char* path);

// Takes out of a language's text what was left in English: windows of words
// that are far more common in English. Prints what it took.
void TakeOutEnglish(Corpus& corpus, const std::string& language);

// `word` without accents, as some people type.
[[nodiscard]] std::u16string WithoutMarks(const std::u16string& word);

// Base-2 logarithm of x > 0, the same on every machine.
[[nodiscard]] double Log2(double x);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_NGRAMS_TRAIN_CORPUS_H_
