// Instruction: one verifiable instruction of IFEval ("Instruction-Following
// Evaluation for Large Language Models", arXiv 2311.07911), and whether a text
// follows it, as the published code decides. Immutable; any thread.
//
// The arguments are the `kwargs` of the published data. Where ours differs:
//   - keywords and section splitters are patterns of RE2, not of Python's `re`;
//   - sentences are counted by the rules of sentences.h;
//   - the language is told by the caller, and a text without words is in none,
//     where the published code lets it pass.

#ifndef REWARDS_RULES_INSTRUCTION_H_
#define REWARDS_RULES_INSTRUCTION_H_

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/rules/pattern.h"

namespace rewards::rules {

// Limits of one instruction: its keywords, bytes of a text, its numbers.
inline constexpr std::size_t kMaxKeywords = 64;
inline constexpr std::size_t kMaxArgumentBytes = std::size_t{64} << 10;
inline constexpr std::int64_t kMaxArgumentNumber = 1'000'000;

// Whether `text` is in the language of a BCP 47 tag.
using InLanguage =
    std::function<bool(std::string_view text, std::string_view tag)>;

// The arguments of an instruction; each kind has some of them.
struct InstructionArguments {
  std::int64_t number = 0;
  std::int64_t nth = 0;
  bool less_than = false;  // "less than" `number`; else at least
  std::string text{};
  std::vector<Pattern> patterns{};
};

struct InstructionKind;  // instruction_checks.h

// What is wrong with an instruction: a JSON pointer from its arguments, or
// empty for its id.
struct InstructionProblem {
  std::string pointer{};
  std::string detail{};
};

class Instruction {
 public:
  // Of a text that is not blank; a blank one follows nothing. Linear time.
  [[nodiscard]] bool FollowedBy(std::string_view text,
                                const InLanguage& in_language) const;

  // The same, or by the text without its first line, its last, both, and each
  // of these without asterisks: IFEval's loose accuracy.
  [[nodiscard]] bool LooselyFollowedBy(std::string_view text,
                                       const InLanguage& in_language) const;

  // e.g. "punctuation:no_comma".
  [[nodiscard]] std::string_view id() const noexcept;

  // The language that it asks for; empty where it asks for none.
  [[nodiscard]] std::string_view language() const noexcept;

 private:
  friend std::optional<Instruction> ReadInstruction(
      std::string_view id, const boost::json::object& arguments,
      InstructionProblem& problem);

  const InstructionKind* kind_ = nullptr;
  InstructionArguments arguments_{};
};

// Reads one; none with `problem` set. An argument that is null is absent.
[[nodiscard]] std::optional<Instruction> ReadInstruction(
    std::string_view id, const boost::json::object& arguments,
    InstructionProblem& problem);

// The 25 ids, in a fixed order.
[[nodiscard]] std::vector<std::string_view> InstructionIds();

}  // namespace rewards::rules

#endif  // REWARDS_RULES_INSTRUCTION_H_
