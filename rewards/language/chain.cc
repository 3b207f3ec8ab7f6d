#include "rewards/language/chain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include "rewards/language/exponent.h"

namespace rewards::language {
namespace {

// How much of a word's evidence counts: more where words of one language follow
// each other than the table, which reads a few at a time, expects. A name says
// less: the kNameRoots-th square root. Evidence below kLeast nats is no more.
constexpr float kSharp = 1.4F;
constexpr int kNameRoots = 2;
constexpr float kLeast = -7.5F;

// To go from one language to another, by the gap before the word; and what it
// costs more to go to one that is not the target, or to begin with it: where
// there are fewer than kFewWords words even more, for they say little.
constexpr std::array<float, 3> kMove = {8.0F, 5.5F, 3.0F};
constexpr float kEnterForeign = 2.0F;
constexpr float kBeginForeign = 3.0F;
constexpr float kBeginForeignFew = 10.0F;
constexpr std::size_t kFewWords = 5;

// The first of the greatest. Two plain loops, since compilers do several
// columns of each at a time.
std::size_t BestColumn(const std::array<std::int32_t, kMostColumns>& sums,
                       std::size_t columns) {
  std::int32_t best = sums[0];
  for (std::size_t c = 0; c < columns; ++c) best = std::max(best, sums[c]);
  std::size_t column = 0;
  while (sums[column] != best) ++column;
  return column;
}

// How many windows of kWindowWords words each column is the best of.
std::array<std::uint32_t, kMostColumns> CountWindows(const Evidence& evidence,
                                                     std::size_t words,
                                                     std::size_t columns) {
  std::array<std::int32_t, kMostColumns> sums{};
  std::array<std::uint32_t, kMostColumns> best{};
  for (std::size_t i = 0; i < words; ++i) {
    const Scores& in = evidence.scores(i);
    for (std::size_t c = 0; c < kMostColumns; ++c) sums[c] += in[c];
    if (i >= kWindowWords) {
      const Scores& out = evidence.scores(i - kWindowWords);
      for (std::size_t c = 0; c < kMostColumns; ++c) sums[c] -= out[c];
    }
    // Every other one is enough; the last is one of them.
    if (i + 1 >= std::min(kWindowWords, words) && (words - i) % 2 == 1) {
      ++best[BestColumn(sums, columns)];
    }
  }
  return best;
}

// The states of a row of words: the target's columns, English, and the columns
// that win most windows. One at least: the first window has a winner.
std::vector<std::size_t> ChooseStates(const Evidence& evidence,
                                      std::size_t words,
                                      std::span<const Language> columns,
                                      const Target& target) {
  static const Language english = *FindLanguage("en");
  std::vector<std::size_t> states;
  std::vector<std::pair<std::uint32_t, std::size_t>> others;
  const auto windows = CountWindows(evidence, words, columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (target.Accepts(columns[c]) || columns[c] == english) {
      states.push_back(c);
    } else if (windows[c] > 0) {
      others.emplace_back(windows[c], c);
    }
  }
  std::stable_sort(
      others.begin(), others.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; i < std::min(kCandidates, others.size()); ++i) {
    states.push_back(others[i].second);
  }
  return states;
}

// What the table says of a word in one language is a whole number below that of
// the likeliest: all likelihoods there are, of words and of names.
constexpr std::size_t kSteps =
    static_cast<std::size_t>(-kLeast * kScoreScale / kSharp) + 2;

struct Likelihoods {
  Likelihoods() {
    for (std::size_t step = 0; step < kSteps; ++step) {
      const float nats = -static_cast<float>(step) / kScoreScale;
      words[step] = Exp(std::max(kSharp * nats, kLeast));
      names[step] = words[step];
      for (int root = 0; root < kNameRoots; ++root) {
        names[step] = std::sqrt(names[step]);
      }
    }
  }

  std::array<float, kSteps> words{};
  std::array<float, kSteps> names{};
};

// At most kStates states; what is past the last one is 0, so that loops over
// all of it are the same for every text, which compilers make the most of.
template <std::size_t kStates>
class Chain {
 public:
  Chain(const Evidence& evidence, std::span<const Word> words,
        std::span<const Language> columns, const Target& target,
        std::span<const std::size_t> states)
      : evidence_(evidence), words_(words), columns_(columns), states_(states) {
    const float begin =
        words.size() < kFewWords ? kBeginForeignFew : kBeginForeign;
    for (std::size_t s = 0; s < states.size(); ++s) {
      const bool wanted = target.Accepts(columns[states[s]]);
      any_[s] = 1.0F;
      wanted_[s] = wanted ? 1.0F : 0.0F;
      start_[s] = wanted ? 1.0F : Exp(-begin);
      enter_[s] = wanted ? 1.0F : Exp(-kEnterForeign);
    }
    for (std::size_t gap = 0; gap < 3; ++gap) moves_[gap] = Exp(-kMove[gap]);
    ReadSteps();
  }

  std::vector<Label> Labels(const Target& target) {
    const std::vector<Row> forward = Forward();
    std::vector<Label> labels(words_.size());
    Row back = any_;
    for (std::size_t i = words_.size(); i-- > 0;) {
      Row both;
      for (std::size_t s = 0; s < kStates; ++s)
        both[s] = forward[i][s] * back[s];
      Normalise(both);
      labels[i] = LabelOf(both, target);
      if (i > 0) back = Back(back, i);
    }
    return labels;
  }

 private:
  using Row = std::array<float, kStates>;
  using Steps = std::array<std::uint8_t, kStates>;
  static_assert(kSteps <= 256);

  // Of each distinct word, from the likeliest state.
  void ReadSteps() {
    constexpr int kLast = static_cast<int>(kSteps) - 1;
    steps_.reserve(evidence_.distinct().size());
    for (const Scores& scores : evidence_.distinct()) {
      int best = scores[states_[0]];
      for (const std::size_t state : states_) {
        best = std::max<int>(best, scores[state]);
      }
      Steps& steps = steps_.emplace_back();
      for (std::size_t s = 0; s < states_.size(); ++s) {
        steps[s] = static_cast<std::uint8_t>(
            std::min(best - scores[states_[s]], kLast));
      }
    }
  }

  [[nodiscard]] Row Emission(std::size_t i) const {
    static const Likelihoods likelihoods;
    const bool name =
        words_[i].letters == Case::kTitle && words_[i].gap != Gap::kSentence;
    const float* const of =
        name ? likelihoods.names.data() : likelihoods.words.data();
    const Steps& steps = steps_[evidence_.id(i)];
    Row row;
    for (std::size_t s = 0; s < kStates; ++s) row[s] = of[steps[s]] * any_[s];
    return row;
  }

  [[nodiscard]] float Move(std::size_t i) const {
    return moves_[static_cast<std::size_t>(words_[i].gap)];
  }

  [[nodiscard]] std::vector<Row> Forward() const {
    std::vector<Row> rows(words_.size());
    Row now = start_;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const Row emission = Emission(i);
      const float move = i == 0 ? 0.0F : Move(i);  // the row before sums to 1
      for (std::size_t s = 0; s < kStates; ++s) {
        now[s] = (now[s] * (1.0F - move) + move * enter_[s]) * emission[s];
      }
      Normalise(now);
      rows[i] = now;
    }
    return rows;
  }

  // What the words from `i` on say of the word before.
  [[nodiscard]] Row Back(const Row& back, std::size_t i) const {
    const Row emission = Emission(i);
    const float move = Move(i);
    Row onward;
    float entered = 0.0F;
    for (std::size_t s = 0; s < kStates; ++s) {
      onward[s] = emission[s] * back[s];
      entered += onward[s] * enter_[s];
    }
    for (std::size_t s = 0; s < kStates; ++s) {
      onward[s] = onward[s] * (1.0F - move) + move * entered * any_[s];
    }
    Normalise(onward);
    return onward;
  }

  [[nodiscard]] Label LabelOf(const Row& row, const Target& target) const {
    Label label;
    for (std::size_t s = 0; s < kStates; ++s) {
      label.target += row[s] * wanted_[s];
    }
    if (label.target > 0.5F) {
      label.language = target.language;
      return label;
    }
    std::size_t best = 0;
    for (std::size_t s = 0; s < states_.size(); ++s) {
      if (row[s] > row[best]) best = s;
    }
    label.language = columns_[states_[best]];
    return label;
  }

  void Normalise(Row& row) const {
    float sum = 0.0F;
    for (std::size_t s = 0; s < kStates; ++s) sum += row[s];
    if (sum <= 0.0F) {
      std::fill_n(row.begin(), states_.size(),
                  1.0F / static_cast<float>(states_.size()));
      return;
    }
    const float scale = 1.0F / sum;
    for (std::size_t s = 0; s < kStates; ++s) row[s] *= scale;
  }

  const Evidence& evidence_;
  std::span<const Word> words_;
  std::span<const Language> columns_;
  std::span<const std::size_t> states_;  // columns
  Row any_{};                            // 1 for each state
  Row wanted_{};                         // 1 for each of the target
  Row start_{};
  Row enter_{};
  std::array<float, 3> moves_{};
  std::vector<Steps> steps_;
};

}  // namespace

std::vector<Label> LabelWords(const Evidence& evidence,
                              std::span<const Word> words,
                              std::span<const Language> columns,
                              const Target& target) {
  if (words.empty()) return {};
  constexpr std::size_t kUsual = 8;  // states, most of the time
  const std::vector<std::size_t> states =
      ChooseStates(evidence, words.size(), columns, target);
  if (states.size() <= kUsual) {
    return Chain<kUsual>(evidence, words, columns, target, states)
        .Labels(target);
  }
  return Chain<kMostStates>(evidence, words, columns, target, states)
      .Labels(target);
}

}  // namespace rewards::language
