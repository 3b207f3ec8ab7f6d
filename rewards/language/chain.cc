#include "rewards/language/chain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
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

constexpr std::size_t kFewColumns = 8;  // of every model but that of Latin

using Windows = std::array<std::uint32_t, kMostColumns>;

// How many windows of kWindowWords words each of the first kWidth columns is
// the best of. Loops are of one length, so that compilers do several columns at
// a time.
template <std::size_t kWidth>
Windows CountWindows(const Evidence& evidence, std::size_t words,
                     std::size_t columns) {
  constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::min();
  std::array<std::int32_t, kWidth> sums{};
  std::fill(sums.begin() + static_cast<std::ptrdiff_t>(columns), sums.end(),
            kNever);  // stays so: no word scores there
  Windows best{};
  for (std::size_t i = 0; i < words; ++i) {
    const Scores& in = evidence.scores(i);
    for (std::size_t c = 0; c < kWidth; ++c) sums[c] += in[c];
    if (i >= kWindowWords) {
      const Scores& out = evidence.scores(i - kWindowWords);
      for (std::size_t c = 0; c < kWidth; ++c) sums[c] -= out[c];
    }
    // Every other one is enough; the last is one of them.
    if (i + 1 >= std::min(kWindowWords, words) && (words - i) % 2 == 1) {
      std::int32_t most = kNever;
      for (std::size_t c = 0; c < kWidth; ++c) most = std::max(most, sums[c]);
      std::size_t first = 0;
      while (sums[first] != most) ++first;
      ++best[first];
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
  const Windows windows =
      columns.size() <= kFewColumns
          ? CountWindows<kFewColumns>(evidence, words, columns.size())
          : CountWindows<kMostColumns>(evidence, words, columns.size());
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

// Four states, worked on at a time.
using Four [[gnu::vector_size(16)]] = float;
constexpr std::size_t kFour = 4;

// At most kFours times four states, 0 past the last one.
template <std::size_t kFours>
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
      Set(any_, s, 1.0F);
      Set(wanted_, s, wanted ? 1.0F : 0.0F);
      Set(start_, s, wanted ? 1.0F : Exp(-begin));
      Set(enter_, s, wanted ? 1.0F : Exp(-kEnterForeign));
    }
    for (std::size_t gap = 0; gap < 3; ++gap) moves_[gap] = Exp(-kMove[gap]);
    ReadSteps();
  }

  // From both ends at once: neither way waits for the other, and processors
  // work on both.
  std::vector<Label> Labels(const Target& target) {
    std::vector<Label> labels(words_.size());
    std::vector<Row> known(words_.size());  // of the way that came there first
    Row forward = start_;
    Row back = any_;
    for (std::size_t i = 0, j = words_.size(); j-- > 0; ++i) {
      forward = Forward(forward, i);
      if (i > 0) back = Back(back, j + 1);
      if (i < j) {
        known[i] = forward;
        known[j] = back;
        continue;
      }
      labels[i] = LabelOf(forward, i > j ? known[i] : back, target);
      if (i > j) labels[j] = LabelOf(known[j], back, target);
    }
    return labels;
  }

 private:
  static constexpr std::size_t kStates = kFours * kFour;
  using Row = std::array<Four, kFours>;
  using Steps = std::array<std::uint8_t, kStates>;
  static_assert(kSteps <= 256);

  static void Set(Row& row, std::size_t s, float value) {
    row[s / kFour][s % kFour] = value;
  }
  static float At(const Row& row, std::size_t s) {
    return row[s / kFour][s % kFour];
  }

  static float Sum(const Row& row) {
    float sum = 0.0F;
    for (const Four& four : row) {
      for (std::size_t s = 0; s < kFour; ++s) sum += four[s];
    }
    return sum;
  }

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
    for (std::size_t f = 0; f < kFours; ++f) {
      const std::uint8_t* const step = &steps[f * kFour];
      row[f] = Four{of[step[0]], of[step[1]], of[step[2]], of[step[3]]};
      row[f] *= any_[f];
    }
    return row;
  }

  [[nodiscard]] float Move(std::size_t i) const {
    return moves_[static_cast<std::size_t>(words_[i].gap)];
  }

  // What the words up to `i` say of it, after what those before it said of the
  // one before.
  [[nodiscard]] Row Forward(const Row& before, std::size_t i) const {
    const Row emission = Emission(i);
    const float move = i == 0 ? 0.0F : Move(i);  // the row before sums to 1
    Row row;
    for (std::size_t f = 0; f < kFours; ++f) {
      row[f] = (before[f] * (1.0F - move) + move * enter_[f]) * emission[f];
    }
    Normalise(row);
    return row;
  }

  // What the words from `i` on say of the word before.
  [[nodiscard]] Row Back(const Row& back, std::size_t i) const {
    const Row emission = Emission(i);
    const float move = Move(i);
    Row onward;
    Row into;
    for (std::size_t f = 0; f < kFours; ++f) {
      onward[f] = emission[f] * back[f];
      into[f] = onward[f] * enter_[f];
    }
    const float entered = move * Sum(into);
    for (std::size_t f = 0; f < kFours; ++f) {
      onward[f] = onward[f] * (1.0F - move) + entered * any_[f];
    }
    Normalise(onward);
    return onward;
  }

  // Of a word, by what is said of it from both ends.
  [[nodiscard]] Label LabelOf(const Row& forward, const Row& back,
                              const Target& target) const {
    Row row;
    for (std::size_t f = 0; f < kFours; ++f) row[f] = forward[f] * back[f];
    Normalise(row);
    Row wanted;
    for (std::size_t f = 0; f < kFours; ++f) wanted[f] = row[f] * wanted_[f];
    Label label;
    label.target = Sum(wanted);
    if (label.target > 0.5F) {
      label.language = target.language;
      return label;
    }
    std::size_t best = 0;
    for (std::size_t s = 0; s < states_.size(); ++s) {
      if (At(row, s) > At(row, best)) best = s;
    }
    label.language = columns_[states_[best]];
    return label;
  }

  void Normalise(Row& row) const {
    const float sum = Sum(row);
    if (sum <= 0.0F) {
      const float even = 1.0F / static_cast<float>(states_.size());
      for (std::size_t f = 0; f < kFours; ++f) row[f] = any_[f] * even;
      return;
    }
    const float scale = 1.0F / sum;
    for (Four& four : row) four *= scale;
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
  const std::vector<std::size_t> states =
      ChooseStates(evidence, words.size(), columns, target);
  const auto labels = [&]<std::size_t kFours>() {
    return Chain<kFours>(evidence, words, columns, target, states)
        .Labels(target);
  };
  if (states.size() <= kFour) return labels.template operator()<1>();
  if (states.size() <= 2 * kFour) return labels.template operator()<2>();
  return labels.template operator()<kMostStates / kFour>();
}

}  // namespace rewards::language
