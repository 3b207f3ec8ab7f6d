// InstructionKinds: the table of IFEval's instructions: each with its arguments
// and its check. Constant; any thread.

#ifndef REWARDS_RULES_INSTRUCTION_CHECKS_H_
#define REWARDS_RULES_INSTRUCTION_CHECKS_H_

#include <span>
#include <string_view>

#include "rewards/rules/instruction.h"

namespace rewards::rules {

// What an argument is, and where it is kept.
enum class Argument {
  kNumber,    // a whole number: number
  kNth,       // a whole number: nth
  kRelation,  // "less than" or "at least": less_than
  kText,      // a string: text
  kLetter,    // a string of one character: text
  kPattern,   // a pattern, any case: patterns
  kSplitter,  // what a section begins with, before its number: patterns
  kPatterns,  // an array of patterns, any case: patterns
  kWords,     // the same, each between the ends of words: patterns
};

struct ArgumentSpec {
  std::string_view name;
  Argument is;
};

struct InstructionKind {
  std::string_view id;
  std::span<const ArgumentSpec> arguments;
  bool (*follows)(const InstructionArguments& arguments, std::string_view text,
                  const InLanguage& in_language);
};

[[nodiscard]] std::span<const InstructionKind> InstructionKinds() noexcept;

}  // namespace rewards::rules

#endif  // REWARDS_RULES_INSTRUCTION_CHECKS_H_
