// Tokenizer: bytes, two specials and a list of whole strings.
//
//   id 0..255   the byte of that value
//   id 256      <|bos|>, begins a sequence
//   id 257      <|eos|>, ends a completion
//   id 258..    the added strings, in the order given
//
// Any byte string can be encoded, and Decode(Encode(text)) == text. Encode is
// greedy: at each place the longest added string wins, else the byte. Immutable
// once made: any thread. Copies are deep.

#ifndef TRAINER_TOKENIZER_TOKENIZER_H_
#define TRAINER_TOKENIZER_TOKENIZER_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace trainer {

// Most added strings, and most bytes of one.
inline constexpr std::size_t kMaxAddedTokens = 65'536;
inline constexpr std::size_t kMaxAddedTokenBytes = 1'024;

// Why a tokenizer cannot be made: names the place and what is wrong with it.
struct TokenizerError {
  std::string detail;
};

// What result::value() does with an error: a defect of the caller, who must ask
// first. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const TokenizerError& error,
                                             const boost::source_location&);

class Tokenizer {
 public:
  using Result = boost::system::result<Tokenizer, TokenizerError>;

  static constexpr std::int32_t kBos = 256;
  static constexpr std::int32_t kEos = 257;
  static constexpr std::int32_t kFirstAdded = 258;

  // Refuses strings that are shorter than two bytes, over a limit, not UTF-8,
  // given twice, or the name of a special.
  [[nodiscard]] static Result Make(std::vector<std::string> added);

  // Never gives bos or eos: text is data, also where it spells "<|eos|>".
  [[nodiscard]] std::vector<std::int32_t> Encode(std::string_view text) const;

  // The bytes of `tokens`. bos, eos and ids outside [0, size()) give nothing.
  [[nodiscard]] std::string Decode(std::span<const std::int32_t> tokens) const;

  [[nodiscard]] std::int32_t bos() const noexcept { return kBos; }
  [[nodiscard]] std::int32_t eos() const noexcept { return kEos; }

  // Number of ids.
  [[nodiscard]] std::size_t size() const noexcept {
    return static_cast<std::size_t>(kFirstAdded) + added_.size();
  }

  [[nodiscard]] const std::vector<std::string>& added() const noexcept {
    return added_;
  }

  // tokenizer.json as Hugging Face's tokenizers read it: BPE without merges
  // over the byte-level alphabet, the rest as added tokens. Theirs splits
  // "<|bos|>" and "<|eos|>" out of text, ours does not.
  [[nodiscard]] std::string ToJson() const;

  // Reads what ToJson writes, in any JSON spelling. Any other tokenizer is
  // refused, with the JSON pointer of the first thing that is not ours.
  [[nodiscard]] static Result FromJson(std::string_view json);

 private:
  Tokenizer() = default;

  void Insert(std::string_view text, std::int32_t id);

  std::vector<std::string> added_;
  // A trie over added_: (node << 8 | byte) -> node; the root is 0. token_[node]
  // is the id that ends there, or -1.
  std::unordered_map<std::uint64_t, std::uint32_t> edges_;
  std::vector<std::int32_t> token_{-1};
};

}  // namespace trainer

#endif  // TRAINER_TOKENIZER_TOKENIZER_H_
