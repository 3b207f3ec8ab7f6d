#include "rewards/language/ngrams/table.h"

#include <bit>
#include <cassert>
#include <cstring>

// ngrams.S: the bytes of ngrams.bin, aligned for every type read below. Little
// endian, as the machines are that this is built for.
extern "C" {
extern const unsigned char assay_ngrams_begin[];
extern const unsigned char assay_ngrams_end[];
}

namespace rewards::language {
namespace {

class Cursor {
 public:
  template <typename T>
  std::span<const T> Take(std::size_t count) {
    const auto* const from = reinterpret_cast<const T*>(at_);
    at_ += count * sizeof(T);
    return {from, count};
  }

  std::uint32_t Number() { return Take<std::uint32_t>(1)[0]; }

  void Align() {
    while ((at_ - assay_ngrams_begin) % 4 != 0) ++at_;
  }

  [[nodiscard]] bool done() const { return at_ == assay_ngrams_end; }

 private:
  const unsigned char* at_ = assay_ngrams_begin;
};

// Eight columns, worked on at a time.
constexpr std::size_t kEight = 8;
using Eight [[gnu::vector_size(16)]] = std::int16_t;
using EightBytes [[gnu::vector_size(8)]] = std::int8_t;

// The sum of `rows`, each of kWidth columns. A number that the compiler knows
// keeps all sums in registers.
template <std::size_t kWidth>
Scores Sum(std::span<const std::int8_t* const> rows) {
  std::array<Eight, kWidth / kEight> sums{};
  for (const std::int8_t* row : rows) {
    for (Eight& sum : sums) {
      EightBytes bytes;
      std::memcpy(&bytes, row, sizeof bytes);
      sum += __builtin_convertvector(bytes, Eight);
      row += kEight;
    }
  }
  Scores scores{};
  std::memcpy(scores.data(), sums.data(), sizeof sums);
  return scores;
}

// The first of `checks[begin, end)` that is `check`, or one past `end` or
// further. Eight at a time, so that no branch hangs on the text: few are more.
// Reads past `end`, where there are other checks, and weights after the last.
std::size_t Find(const std::uint16_t* checks, std::size_t begin,
                 std::size_t end, std::uint16_t check) {
  using EightChecks [[gnu::vector_size(16)]] = std::uint16_t;
  while (true) {
    EightChecks eight;
    std::memcpy(&eight, checks + begin, sizeof eight);
    const auto equal = __builtin_convertvector(eight == check, EightBytes);
    const int at = std::countr_zero(std::bit_cast<std::uint64_t>(equal)) / 8;
    begin += static_cast<std::size_t>(at);
    if (at < static_cast<int>(kEight) || begin >= end) return begin;
  }
}

std::string_view Tag(std::span<const char> padded) {
  const std::string_view tag(padded.data(), padded.size());
  return tag.substr(0, tag.find('\0'));
}

}  // namespace

Table::Table() {
  Cursor file;
  file.Take<char>(8);  // "AssayLM1"
  const std::uint32_t models = file.Number();
  assert(models == kModels);
  static_cast<void>(models);
  for (Model& model : models_) {
    const std::size_t columns = file.Number();
    model.width_ = file.Number();
    const std::size_t rows = file.Number();
    const std::uint32_t bits = file.Number();
    model.shift_ = static_cast<int>(32 - bits);
    for (std::size_t i = 0; i < columns; ++i) {
      model.tags_.push_back(Tag(file.Take<char>(4)));
    }
    model.index_ = file.Take<std::uint32_t>((std::size_t{1} << bits) + 1);
    model.checks_ = file.Take<std::uint16_t>(rows);
    file.Align();
    model.weights_ = file.Take<std::int8_t>(rows * model.width_);
    file.Align();
  }
  assert(file.done());
}

const Table& Table::Get() {
  static const Table table;
  return table;
}

// Step by step over all features, so that the memory of each is on its way
// while the others are worked on: the table is larger than most caches.
Scores Model::ScoreOf(const FoldedWord& word) const noexcept {
  std::array<std::uint32_t, kMostFeatures> hashes;
  std::size_t count = 0;
  VisitFeatures(word, [&](std::uint32_t hash) {
    hashes[count++] = hash;
    __builtin_prefetch(&index_[hash >> shift_]);
  });
  for (std::size_t i = 0; i < count; ++i) {
    __builtin_prefetch(checks_.data() + index_[hashes[i] >> shift_]);
  }
  std::array<const std::int8_t*, kMostFeatures> rows;
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t* const index = &index_[hashes[i] >> shift_];
    const std::size_t row = Find(checks_.data(), index[0], index[1],
                                 static_cast<std::uint16_t>(hashes[i]));
    const bool known = row < index[1];
    rows[found] = weights_.data() + (known ? row : 0) * width_;
    __builtin_prefetch(rows[found]);
    found += known ? 1 : 0;
  }
  const std::span<const std::int8_t* const> known(rows.data(), found);
  return width_ == kMostColumns ? Sum<kMostColumns>(known) : Sum<kEight>(known);
}

}  // namespace rewards::language
