#include "rewards/language/ngrams/train_corpus.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <utility>

#include "rewards/language/ngrams/features.h"

namespace rewards::language {
namespace {

// What is romanised, and how.
const std::map<std::string, const char*> kRomanised = {
    {"zh", "Han-Latin; Latin-ASCII; Lower"},
    {"ru", "Russian-Latin/BGN; Latin-ASCII; Lower"},
    {"hi", "Devanagari-Latin; Latin-ASCII; Lower"},
    {"ja", "Any-Latin; Latin-ASCII; Lower"},
    {"ko", "Hangul-Latin; Latin-ASCII; Lower"},
    {"el", "Greek-Latin; Latin-ASCII; Lower"},
    {"uk", "Ukrainian-Latin/BGN; Latin-ASCII; Lower"},
    {"fa", "Persian-Latin/BGN; Latin-ASCII; Lower"},
    {"ta", "Tamil-Latin; Latin-ASCII; Lower"},
    {"bn", "Bengali-Latin; Latin-ASCII; Lower"},
};
constexpr int kRomanisedUnits = 160000;  // of each
constexpr char16_t kFirstOther = 0x250;  // past the letters of Latin script

void Check(UErrorCode status, const std::string& what) {
  if (U_FAILURE(status)) {
    throw std::runtime_error(what + ": " + u_errorName(status));
  }
}

class Splitter {
 public:
  Splitter() {
    UErrorCode status = U_ZERO_ERROR;
    words_.reset(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    Check(status, "word breaking");
  }

  // The words of `text` as features.h folds them.
  std::vector<std::u16string> Split(const icu::UnicodeString& text) {
    std::vector<std::u16string> found;
    words_->setText(text);
    std::int32_t begin = words_->first();
    for (std::int32_t end = words_->next(); end != icu::BreakIterator::DONE;
         begin = end, end = words_->next()) {
      if (words_->getRuleStatus() < UBRK_WORD_LETTER) continue;
      const FoldedWord folded(std::u16string_view(
          text.getBuffer() + begin, static_cast<std::size_t>(end - begin)));
      const std::u16string_view marked = folded.view();
      found.emplace_back(marked.substr(1, marked.size() - 2));
    }
    return found;
  }

 private:
  std::unique_ptr<icu::BreakIterator> words_;
};

// Romanises the words of one language.
class Romaniser {
 public:
  explicit Romaniser(const char* rules) {
    UErrorCode status = U_ZERO_ERROR;
    rules_.reset(
        icu::Transliterator::createInstance(rules, UTRANS_FORWARD, status));
    Check(status, rules);
  }

  // Letters of `word` in Latin script; "" where it is in Latin script itself.
  const std::u16string& Read(const std::u16string& word) {
    const auto [at, added] = known_.try_emplace(word);
    if (!added || word.front() < kFirstOther) return at->second;
    icu::UnicodeString text(word.data(), static_cast<int>(word.size()));
    rules_->transliterate(text);
    for (std::int32_t i = 0; i < text.length(); ++i) {
      if (u_isalpha(text[i])) at->second += text[i];
    }
    return at->second;
  }

  int units = 0;  // of text romanised so far

 private:
  std::unique_ptr<icu::Transliterator> rules_;
  std::unordered_map<std::u16string, std::u16string> known_;
};

}  // namespace

std::uint32_t Vocabulary::Add(const std::u16string& word) {
  const auto [at, added] =
      ids_.emplace(word, static_cast<std::uint32_t>(words_.size()));
  if (added) words_.push_back(word);
  return at->second;
}

Corpus ReadCorpus(const char* path) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  Check(status, "NFC");
  Corpus corpus;
  Splitter splitter;
  std::map<std::string, Romaniser> romanisers;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos)
      throw std::runtime_error("a line without tab");
    const std::string tag = line.substr(0, tab);
    const icu::UnicodeString text = nfc->normalize(
        icu::UnicodeString::fromUTF8(line.substr(tab + 1)), status);
    const std::vector<std::u16string> words = splitter.Split(text);
    Line ids;
    for (const std::u16string& word : words) {
      ids.push_back(corpus.words.Add(word));
    }
    corpus.lines[tag].push_back(std::move(ids));
    const auto rules = kRomanised.find(tag);
    if (rules == kRomanised.end()) continue;
    Romaniser& romaniser =
        romanisers.try_emplace(tag, rules->second).first->second;
    if (romaniser.units > kRomanisedUnits) continue;
    romaniser.units += text.length();
    Line romanised;
    for (const std::u16string& word : words) {
      const std::u16string& read = romaniser.Read(word);
      if (read.size() > 1) romanised.push_back(corpus.words.Add(read));
    }
    if (!romanised.empty()) corpus.lines["und"].push_back(std::move(romanised));
  }
  if (!file.eof() || corpus.lines.empty()) {
    throw std::runtime_error(std::string("cannot read ") + path);
  }
  return corpus;
}

void TakeOutEnglish(Corpus& corpus, const std::string& language) {
  constexpr std::size_t kWindow = 4;
  constexpr double kBits = 8;  // that a window of words is more English
  constexpr double kUnseen = 1e-6;
  const std::array<std::string, 2> tags = {"en", language};
  std::array<std::vector<std::uint32_t>, 2> counts;
  std::array<double, 2> totals = {1, 1};
  for (std::size_t i = 0; i < tags.size(); ++i) {
    counts[i].resize(corpus.words.size());
    for (const Line& line : corpus.lines[tags[i]]) {
      for (const std::uint32_t id : line) ++counts[i][id];
      totals[i] += static_cast<double>(line.size());
    }
  }
  std::vector<float> bits(corpus.words.size());
  for (std::size_t id = 0; id < bits.size(); ++id) {
    bits[id] = static_cast<float>(Log2((counts[0][id] / totals[0] + kUnseen) /
                                       (counts[1][id] / totals[1] + kUnseen)));
  }
  std::vector<Line> kept;
  std::size_t words = 0;
  for (const Line& line : corpus.lines[language]) {
    std::vector<bool> out(line.size());
    const std::size_t window = std::min(kWindow, line.size());
    for (std::size_t i = 0; i + window <= line.size(); ++i) {
      double sum = 0;
      for (std::size_t k = i; k < i + window; ++k) {
        sum += static_cast<double>(bits[line[k]]);
      }
      const bool english = sum * static_cast<double>(kWindow) >=
                           kBits * static_cast<double>(window);
      for (std::size_t k = i; english && k < i + window; ++k) out[k] = true;
    }
    Line piece;
    for (std::size_t i = 0; i <= line.size(); ++i) {
      if (i < line.size() && !out[i]) {
        piece.push_back(line[i]);
      } else if (!piece.empty()) {
        words += piece.size();
        kept.push_back(std::exchange(piece, {}));
      }
    }
  }
  std::cerr << language << ": " << totals[1] - 1 << " words, " << words
            << " kept\n";
  corpus.lines[language] = std::move(kept);
}

std::u16string WithoutMarks(const std::u16string& word) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  const icu::UnicodeString marked = nfd->normalize(
      icu::UnicodeString(word.data(), static_cast<int>(word.size())), status);
  Check(status, "NFD");
  std::u16string bare;
  for (std::int32_t i = 0; i < marked.length(); ++i) {
    const char16_t c = marked[i];
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    bare += c == u'\u0111'   ? u'd'
            : c == u'\u0131' ? u'i'
            : c == u'\u0142' ? u'l'
                             : c;
  }
  return bare;
}

double Log2(double x) {
  constexpr double kLn2 = 0.6931471805599453;
  int exponent = 0;
  const double fraction = std::frexp(x, &exponent);  // in [0.5, 1)
  const double z = (fraction - 1) / (fraction + 1);
  double sum = 0;
  for (int i = 41; i > 0; i -= 2) sum = sum * z * z + 1.0 / i;
  return exponent + 2 * z * sum / kLn2;
}

}  // namespace rewards::language
