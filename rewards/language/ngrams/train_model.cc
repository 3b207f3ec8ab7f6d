#include "rewards/language/ngrams/train_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <unordered_map>
#include <utility>

#include "rewards/language/exponent.h"
#include "rewards/language/ngrams/features.h"

namespace rewards::language {
namespace {

constexpr std::uint32_t kMostLine = 4;     // words of an example
constexpr std::uint64_t kMostTimes = 6;    // that a small text is read
constexpr std::uint32_t kBarePercent = 8;  // of examples lose their accents
constexpr float kLeastCount = 8;           // of a feature
constexpr int kEpochs = 3;
constexpr float kRate = 0.06F;
constexpr float kLastRate = 0.02F;  // of kRate
constexpr float kFirstSquare = 1e-3F;
constexpr float kLeastLikely = 0.01F;  // else the line is another's

struct Example {
  std::uint32_t begin = 0;  // in the words
  std::uint32_t end = 0;
  std::uint8_t column = 0;
};

struct Examples {
  std::vector<std::uint32_t> words;
  std::vector<Example> all;
};

// Cuts lines into examples of 1 to kMostLine words.
class Cutter {
 public:
  Cutter(Corpus& corpus, bool latin, Random& random, Examples& out)
      : corpus_(corpus), latin_(latin), random_(random), out_(out) {}

  void Cut(const Line& line, std::uint8_t column) {
    for (std::size_t i = 0; i < line.size();) {
      const std::size_t end =
          std::min<std::size_t>(line.size(), i + 1 + random_.Next(kMostLine));
      const bool bare = latin_ && random_.Next(100) < kBarePercent;
      const auto begin = static_cast<std::uint32_t>(out_.words.size());
      for (; i < end; ++i) {
        out_.words.push_back(bare ? Bare(line[i]) : line[i]);
      }
      out_.all.push_back(
          {begin, static_cast<std::uint32_t>(out_.words.size()), column});
    }
  }

 private:
  std::uint32_t Bare(std::uint32_t id) {
    const auto [at, added] = bare_.emplace(id, 0);
    if (added) {
      at->second = corpus_.words.Add(WithoutMarks(corpus_.words.word(id)));
    }
    return at->second;
  }

  Corpus& corpus_;
  bool latin_;
  Random& random_;
  Examples& out_;
  std::unordered_map<std::uint32_t, std::uint32_t> bare_;
};

Examples CutAll(const Group& group, Corpus& corpus, Random& random) {
  std::vector<std::uint64_t> words(group.tags.size());
  for (std::size_t c = 0; c < words.size(); ++c) {
    // Twice: what is left of English counts for less once most of it is gone.
    for (int pass = 0; group.latin && c > 0 && pass < 2; ++pass) {
      TakeOutEnglish(corpus, group.tags[c]);
    }
    for (const Line& line : corpus.lines[group.tags[c]]) {
      words[c] += line.size();
    }
  }
  const std::uint64_t most = *std::max_element(words.begin(), words.end());
  Examples examples;
  Cutter cutter(corpus, group.latin, random, examples);
  for (std::size_t c = 0; c < words.size(); ++c) {
    const std::uint64_t times = std::clamp<std::uint64_t>(
        most / (2 * std::max<std::uint64_t>(words[c], 1)), 1, kMostTimes);
    for (std::uint64_t time = 0; time < times; ++time) {
      for (const Line& line : corpus.lines[group.tags[c]]) {
        cutter.Cut(line, static_cast<std::uint8_t>(c));
      }
    }
  }
  return examples;
}

using Counts = std::unordered_map<std::uint32_t, std::vector<float>>;

// How often each feature is seen in each language.
Counts CountFeatures(const Examples& examples, const Vocabulary& words,
                     std::size_t columns) {
  std::vector<std::uint32_t> by_word(words.size() * columns);
  for (const Example& example : examples.all) {
    for (std::uint32_t i = example.begin; i < example.end; ++i) {
      ++by_word[examples.words[i] * columns + example.column];
    }
  }
  Counts counts;
  for (std::uint32_t id = 0; id < words.size(); ++id) {
    const std::uint32_t* const row = &by_word[id * columns];
    if (std::all_of(row, row + columns, [](auto n) { return n == 0; })) {
      continue;
    }
    VisitFeatures(FoldedWord(words.word(id)), [&](std::uint32_t hash) {
      std::vector<float>& count = counts[hash];
      count.resize(columns);
      for (std::size_t c = 0; c < columns; ++c) {
        count[c] += static_cast<float>(row[c]);
      }
    });
  }
  return counts;
}

// The features that tell most: how often one is seen, times how far its
// languages are from all alike.
std::vector<std::uint32_t> ChooseFeatures(const Counts& counts,
                                          const std::vector<double>& words,
                                          std::size_t most) {
  std::vector<std::pair<double, std::uint32_t>> ranked;
  for (const auto& [hash, count] : counts) {
    double seen = 0;
    double share = 0;
    for (std::size_t c = 0; c < count.size(); ++c) {
      seen += static_cast<double>(count[c]);
      share += static_cast<double>(count[c]) / (words[c] + 1);
    }
    if (seen < static_cast<double>(kLeastCount)) continue;
    double bits = 0;
    for (std::size_t c = 0; c < count.size(); ++c) {
      const double part =
          static_cast<double>(count[c]) / (words[c] + 1) / share;
      if (part > 0) {
        bits += part * Log2(part * static_cast<double>(count.size()));
      }
    }
    ranked.emplace_back(-share * bits, hash);
  }
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > most) ranked.resize(most);
  std::vector<std::uint32_t> hashes;
  for (const auto& [gain, hash] : ranked) hashes.push_back(hash);
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

// The rows of each word, one after the other.
struct WordRows {
  std::vector<std::uint32_t> begin;  // of a word's rows; one more than words
  std::vector<std::uint32_t> rows;
};

WordRows FindRows(const Vocabulary& words, const Examples& examples,
                  const std::vector<std::uint32_t>& hashes) {
  std::vector<bool> used(words.size());
  for (const std::uint32_t id : examples.words) used[id] = true;
  WordRows found;
  for (std::uint32_t id = 0; id < words.size(); ++id) {
    found.begin.push_back(static_cast<std::uint32_t>(found.rows.size()));
    if (!used[id]) continue;
    VisitFeatures(FoldedWord(words.word(id)), [&](std::uint32_t hash) {
      const auto at = std::lower_bound(hashes.begin(), hashes.end(), hash);
      if (at == hashes.end() || *at != hash) return;
      found.rows.push_back(static_cast<std::uint32_t>(at - hashes.begin()));
    });
  }
  found.begin.push_back(static_cast<std::uint32_t>(found.rows.size()));
  return found;
}

using Sums = std::array<float, kMostWidth>;

// Stochastic gradient descent, the step of a row by AdaGrad.
class Descent {
 public:
  Descent(const Group& group, const Examples& examples, const WordRows& rows,
          TrainedModel& model)
      : columns_(group.tags.size()),
        width_(group.width),
        examples_(examples),
        rows_(rows),
        model_(model),
        squares_(model.hashes.size(), kFirstSquare) {
    model_.weights.assign(model.hashes.size() * width_, 0.0F);
  }

  // False where the example is surely in another language.
  bool Step(const Example& example, float rate, bool skip_others) {
    Sums sums{};
    Visit(example, [&](std::uint32_t row) {
      const float* const weights = &model_.weights[row * width_];
      for (std::size_t c = 0; c < width_; ++c) sums[c] += weights[c];
    });
    const float best =
        *std::max_element(sums.begin(), sums.begin() + columns());
    float whole = 0.0F;
    for (std::size_t c = 0; c < columns_; ++c) {
      sums[c] = Exp(sums[c] - best);
      whole += sums[c];
    }
    if (skip_others && sums[example.column] < kLeastLikely * whole)
      return false;
    float square = 0.0F;
    for (std::size_t c = 0; c < columns_; ++c) {
      sums[c] = (c == example.column ? 1.0F : 0.0F) - sums[c] / whole;
      square += sums[c] * sums[c];
    }
    Visit(example, [&](std::uint32_t row) {
      squares_[row] += square;
      const float step = rate / std::sqrt(squares_[row]);
      float* const weights = &model_.weights[row * width_];
      for (std::size_t c = 0; c < columns_; ++c) weights[c] += step * sums[c];
    });
    return true;
  }

 private:
  [[nodiscard]] std::ptrdiff_t columns() const {
    return static_cast<std::ptrdiff_t>(columns_);
  }

  template <typename Visitor>
  void Visit(const Example& example, Visitor visit) const {
    for (std::uint32_t i = example.begin; i < example.end; ++i) {
      const std::uint32_t word = examples_.words[i];
      for (std::uint32_t r = rows_.begin[word]; r < rows_.begin[word + 1];
           ++r) {
        visit(rows_.rows[r]);
      }
    }
  }

  std::size_t columns_;
  std::size_t width_;
  const Examples& examples_;
  const WordRows& rows_;
  TrainedModel& model_;
  std::vector<float> squares_;
};

}  // namespace

TrainedModel TrainModel(const Group& group, Corpus& corpus) {
  Random random;
  Examples examples = CutAll(group, corpus, random);
  TrainedModel model;
  {
    std::vector<double> words(group.tags.size());
    for (const Example& example : examples.all) {
      words[example.column] += example.end - example.begin;
    }
    model.hashes =
        ChooseFeatures(CountFeatures(examples, corpus.words, group.tags.size()),
                       words, group.rows);
  }
  const WordRows rows = FindRows(corpus.words, examples, model.hashes);
  Descent descent(group, examples, rows, model);
  const auto steps = static_cast<float>(examples.all.size()) * kEpochs;
  float done = 0.0F;
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    for (std::size_t i = examples.all.size(); i > 1; --i) {
      std::swap(examples.all[i - 1],
                examples.all[random.Next(static_cast<std::uint32_t>(i))]);
    }
    std::size_t used = 0;
    for (const Example& example : examples.all) {
      const float rate = kRate * (1.0F - (1.0F - kLastRate) * done / steps);
      used += descent.Step(example, rate, epoch > 0) ? 1 : 0;
      done += 1.0F;
    }
    std::cerr << group.tags.front() << ": epoch " << epoch + 1 << ", " << used
              << " of " << examples.all.size() << " examples\n";
  }
  return model;
}

}  // namespace rewards::language
