#include "rewards/rules/instruction.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <utility>

#include "rewards/rules/code_points.h"
#include "rewards/rules/instruction_checks.h"

namespace rewards::rules {
namespace {

namespace json = boost::json;

// A character that a word ends at, one that it does not end at, and a blank.
constexpr std::string_view kNoWord = "[^\\pL\\pN_]";
constexpr std::string_view kInWord = "[\\pL\\pN_]";
constexpr std::string_view kBlank =
    "[\\s\\x0b\\x1c-\\x1f\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}"
    "\\x{2029}\\x{202f}\\x{205f}\\x{3000}]";

bool BeginsInWord(std::string_view text) {
  std::size_t at = 0;
  return text.empty() || IsPythonWord(NextCodePoint(text, at));
}

bool EndsInWord(std::string_view text) {
  bool in_word = true;
  for (std::size_t at = 0; at < text.size();) {
    in_word = IsPythonWord(NextCodePoint(text, at));
  }
  return in_word;
}

// Python's \b + word + \b, whose \b knows every script where RE2's knows ASCII.
std::string BetweenEnds(std::string_view word) {
  const auto end = [](bool in_word, std::string_view edge) {
    return in_word
               ? "(?:" + std::string(edge) + "|" + std::string(kNoWord) + ")"
               : std::string(kInWord);
  };
  return end(BeginsInWord(word), "^") + "(?i:" + std::string(word) + ")" +
         end(EndsInWord(word), "$");
}

std::string PatternText(Argument is, std::string_view word) {
  if (is == Argument::kWords) return BetweenEnds(word);
  if (is != Argument::kSplitter) return "(?i:" + std::string(word) + ")";
  const std::string blank = std::string(kBlank) + "?";
  return blank + "(?:" + std::string(word) + ")" + blank + "\\p{Nd}+" + blank;
}

std::string ReadNumber(const json::value& value, std::int64_t least,
                       std::int64_t& number) {
  const std::int64_t* whole = value.if_int64();
  if (whole == nullptr || *whole < least || *whole > kMaxArgumentNumber) {
    return "must be a whole number from " + std::to_string(least) + " to " +
           std::to_string(kMaxArgumentNumber);
  }
  number = *whole;
  return {};
}

std::string ReadText(const json::value& value, std::string& text) {
  const json::string* string = value.if_string();
  if (string == nullptr) return "must be a string";
  if (string->empty() || string->size() > kMaxArgumentBytes) {
    return "must be of 1 to " + std::to_string(kMaxArgumentBytes) + " bytes";
  }
  text = std::string(*string);
  return {};
}

std::string ReadRelation(const json::value& value, bool& less_than) {
  less_than = value == "less than";
  return less_than || value == "at least"
             ? ""
             : "must be \"less than\" or \"at least\"";
}

std::string ReadPattern(const json::value& value, Argument is,
                        std::vector<Pattern>& patterns) {
  std::string word;
  std::string problem = ReadText(value, word);
  if (problem.empty()) {
    patterns.emplace_back(PatternText(is, word), problem);
  }
  return problem;
}

std::string ReadLetter(const json::value& value, std::string& letter) {
  std::string text;
  std::string problem = ReadText(value, text);
  letter = Lower(Strip(text));
  if (problem.empty() && CountCodePoints(letter) != 1) {
    problem = "must be one character";
  }
  return problem;
}

// Reads what is no array; empty where it is good.
std::string ReadOne(const json::value& value, Argument is,
                    InstructionArguments& into) {
  switch (is) {
    case Argument::kNumber:
      return ReadNumber(value, 0, into.number);
    case Argument::kNth:
      return ReadNumber(value, 1, into.nth);
    case Argument::kRelation:
      return ReadRelation(value, into.less_than);
    case Argument::kText:
      return ReadText(value, into.text);
    case Argument::kLetter:
      return ReadLetter(value, into.text);
    default:
      return ReadPattern(value, is, into.patterns);
  }
}

InstructionProblem ReadArray(const json::value& value, const ArgumentSpec& spec,
                             InstructionArguments& into) {
  const std::string pointer = "/" + std::string(spec.name);
  const json::array* array = value.if_array();
  if (array == nullptr || array->empty() || array->size() > kMaxKeywords) {
    return {pointer, "must be an array of 1 to " +
                         std::to_string(kMaxKeywords) + " strings"};
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    std::string problem = ReadPattern((*array)[i], spec.is, into.patterns);
    if (problem.empty()) continue;
    return {pointer + "/" + std::to_string(i), std::move(problem)};
  }
  return {};
}

// Reads the argument that `spec` describes; a problem without detail is none.
InstructionProblem ReadArgument(const json::object& arguments,
                                const ArgumentSpec& spec,
                                InstructionArguments& into) {
  const json::value* value = arguments.if_contains(spec.name);
  const std::string pointer = "/" + std::string(spec.name);
  if (value == nullptr || value->is_null()) {
    return {pointer, "required by this instruction"};
  }
  if (spec.is == Argument::kPatterns || spec.is == Argument::kWords) {
    return ReadArray(*value, spec, into);
  }
  return {pointer, ReadOne(*value, spec.is, into)};
}

InstructionProblem UnknownArgument(const json::object& arguments,
                                   const InstructionKind& kind) {
  for (const auto& member : arguments) {
    const auto named = [&member](const ArgumentSpec& spec) {
      return spec.name == member.key();
    };
    if (member.value().is_null() ||
        std::any_of(kind.arguments.begin(), kind.arguments.end(), named)) {
      continue;
    }
    return {"/" + std::string(member.key()),
            "no argument of " + std::string(kind.id)};
  }
  return {};
}

// The lines of `text` without the first, the last, or both.
std::string_view WithoutLines(std::string_view text, bool first, bool last) {
  if (first) {
    const std::size_t end = text.find('\n');
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
  }
  if (last) {
    const std::size_t end = text.rfind('\n');
    text = end == std::string_view::npos ? "" : text.substr(0, end);
  }
  return first || last ? Strip(text) : text;
}

}  // namespace

bool Instruction::FollowedBy(std::string_view text,
                             const InLanguage& in_language) const {
  return kind_ != nullptr && !Strip(text).empty() &&
         kind_->follows(arguments_, text, in_language);
}

bool Instruction::LooselyFollowedBy(std::string_view text,
                                    const InLanguage& in_language) const {
  for (const bool first : {false, true}) {
    for (const bool last : {false, true}) {
      const std::string_view part = WithoutLines(text, first, last);
      std::string bare(part);
      bare.erase(std::remove(bare.begin(), bare.end(), '*'), bare.end());
      if (FollowedBy(part, in_language) || FollowedBy(bare, in_language)) {
        return true;
      }
    }
  }
  return false;
}

std::string_view Instruction::id() const noexcept {
  return kind_ == nullptr ? std::string_view() : kind_->id;
}

std::string_view Instruction::language() const noexcept {
  if (id() == "language:response_language") return arguments_.text;
  return id().starts_with("change_case:english") ? "en" : "";
}

std::optional<Instruction> ReadInstruction(std::string_view id,
                                           const json::object& arguments,
                                           InstructionProblem& problem) {
  const auto kinds = InstructionKinds();
  const auto kind =
      std::find_if(kinds.begin(), kinds.end(),
                   [id](const InstructionKind& one) { return one.id == id; });
  if (kind == kinds.end()) {
    problem = {"", "no instruction of IFEval"};
    return std::nullopt;
  }
  problem = UnknownArgument(arguments, *kind);
  Instruction read;
  read.kind_ = &*kind;
  for (const ArgumentSpec& spec : kind->arguments) {
    if (!problem.detail.empty()) break;
    problem = ReadArgument(arguments, spec, read.arguments_);
  }
  if (!problem.detail.empty()) return std::nullopt;
  return read;
}

std::vector<std::string_view> InstructionIds() {
  std::vector<std::string_view> ids;
  for (const InstructionKind& kind : InstructionKinds()) ids.push_back(kind.id);
  return ids;
}

}  // namespace rewards::rules
