#include "rewards/rules/instruction_checks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "rewards/rules/code_points.h"
#include "rewards/rules/json_block.h"
#include "rewards/rules/sentences.h"
#include "rewards/rules/word_tokens.h"

namespace rewards::rules {
namespace {

using Arguments = InstructionArguments;
constexpr std::size_t kNone = std::string_view::npos;

bool Blank(std::string_view text) { return Strip(text).empty(); }

bool Meets(std::size_t count, const Arguments& a) {
  const auto number = static_cast<std::size_t>(a.number);
  return a.less_than ? count < number : count >= number;
}

std::vector<std::string_view> Split(std::string_view text,
                                    std::string_view by) {
  std::vector<std::string_view> parts;
  for (std::size_t at = text.find(by); at != kNone; at = text.find(by)) {
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + by.size());
  }
  parts.push_back(text);
  return parts;
}

// The parts that hold something; none where one inside does not.
std::vector<std::string_view> FullParts(std::string_view text,
                                        std::string_view by) {
  const std::vector<std::string_view> parts = Split(text, by);
  std::vector<std::string_view> full;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!Blank(parts[i])) {
      full.push_back(parts[i]);
    } else if (i != 0 && i + 1 != parts.size()) {
      return {};
    }
  }
  return full;
}

// A pattern of this file, which is good.
Pattern MakeFixed(std::string_view text) {
  std::string problem;
  return Pattern(text, problem);
}

// Matches of `pattern`, as far as they matter for `a`.
std::size_t CountFor(const Pattern& pattern, std::string_view text,
                     const Arguments& a) {
  return pattern.Count(text, static_cast<std::size_t>(a.number) + 1);
}

bool Existence(const Arguments& a, std::string_view text, const InLanguage&) {
  return std::all_of(a.patterns.begin(), a.patterns.end(),
                     [text](const Pattern& p) { return p.MatchesIn(text); });
}

bool Forbidden(const Arguments& a, std::string_view text, const InLanguage&) {
  return std::none_of(a.patterns.begin(), a.patterns.end(),
                      [text](const Pattern& p) { return p.MatchesIn(text); });
}

bool Frequency(const Arguments& a, std::string_view text, const InLanguage&) {
  return Meets(CountFor(a.patterns[0], text, a), a);
}

bool LetterFrequency(const Arguments& a, std::string_view text,
                     const InLanguage&) {
  const std::string lower = Lower(text);
  return Meets(Split(lower, a.text).size() - 1, a);
}

bool ResponseLanguage(const Arguments& a, std::string_view text,
                      const InLanguage& in_language) {
  return in_language(text, a.text);
}

bool NumberSentences(const Arguments& a, std::string_view text,
                     const InLanguage&) {
  return Meets(CountSentences(text), a);
}

bool NumberParagraphs(const Arguments& a, std::string_view text,
                      const InLanguage&) {
  const std::vector<std::string_view> parts = FullParts(text, "***");
  return !parts.empty() && parts.size() == static_cast<std::size_t>(a.number);
}

bool NumberWords(const Arguments& a, std::string_view text, const InLanguage&) {
  return Meets(CountPythonWords(text), a);
}

// The first word of a paragraph up to the first mark, in lower case.
std::string FirstWord(std::string_view paragraph) {
  std::string_view word = Strip(paragraph);
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t here = at;
    if (IsPythonSpace(NextCodePoint(word, at))) word = word.substr(0, here);
  }
  while (word.starts_with('\'')) word.remove_prefix(1);
  while (word.starts_with('"')) word.remove_prefix(1);
  return Lower(word.substr(0, word.find_first_of(".,?!'\"")));
}

bool NthParagraphFirstWord(const Arguments& a, std::string_view text,
                           const InLanguage&) {
  const std::vector<std::string_view> parts = Split(text, "\n\n");
  const auto full = parts.size() - static_cast<std::size_t>(std::count_if(
                                       parts.begin(), parts.end(), Blank));
  const auto nth = static_cast<std::size_t>(a.nth);
  if (nth > full || full != static_cast<std::size_t>(a.number)) return false;
  return !Blank(parts[nth - 1]) && FirstWord(parts[nth - 1]) == Lower(a.text);
}

bool NumberPlaceholders(const Arguments& a, std::string_view text,
                        const InLanguage&) {
  std::size_t count = 0;
  for (std::size_t at = text.find('['); at != kNone; at = text.find('[', at)) {
    at = text.find_first_of("]\n", at);
    if (at == kNone) break;
    count += text[at] == ']' ? 1 : 0;
  }
  return count >= static_cast<std::size_t>(a.number);
}

bool Postscript(const Arguments& a, std::string_view text, const InLanguage&) {
  static const Pattern kPps = MakeFixed("p\\.[\\s\\pZ]?p\\.[\\s\\pZ]?s");
  static const Pattern kPs = MakeFixed("p\\.[\\s\\pZ]?s\\.");
  const std::string lower = Lower(text);
  if (a.text == "P.P.S") return kPps.MatchesIn(lower);
  if (a.text == "P.S.") return kPs.MatchesIn(lower);
  return lower.find(Lower(a.text)) != std::string::npos;
}

bool NumberBulletLists(const Arguments& a, std::string_view text,
                       const InLanguage&) {
  static const Pattern kStars = MakeFixed("(?m)^[\\s\\pZ]*\\*[^*].*$");
  static const Pattern kDashes = MakeFixed("(?m)^[\\s\\pZ]*-.*$");
  return CountFor(kStars, text, a) + CountFor(kDashes, text, a) ==
         static_cast<std::size_t>(a.number);
}

bool ConstrainedResponse(const Arguments&, std::string_view text,
                         const InLanguage&) {
  return text.find("My answer is yes.") != kNone ||
         text.find("My answer is no.") != kNone ||
         text.find("My answer is maybe.") != kNone;
}

// Highlights between `marks` of asterisks, on one line, that hold something.
std::size_t CountHighlights(std::string_view text, std::string_view marks) {
  std::size_t count = 0;
  for (std::size_t at = text.find(marks); at != kNone;
       at = text.find(marks, at)) {
    const std::size_t begin = at + marks.size();
    const std::size_t end = text.find_first_of("*\n", begin);
    if (end == kNone) break;
    if (!text.substr(end).starts_with(marks)) {
      ++at;
      continue;
    }
    count += Blank(text.substr(begin, end - begin)) ? 0 : 1;
    at = end + marks.size();
  }
  return count;
}

bool NumberHighlightedSections(const Arguments& a, std::string_view text,
                               const InLanguage&) {
  return CountHighlights(text, "*") + CountHighlights(text, "**") >=
         static_cast<std::size_t>(a.number);
}

bool MultipleSections(const Arguments& a, std::string_view text,
                      const InLanguage&) {
  return CountFor(a.patterns[0], text, a) >= static_cast<std::size_t>(a.number);
}

bool JsonFormat(const Arguments&, std::string_view text, const InLanguage&) {
  std::string_view body = Strip(text);
  for (const std::string_view fence :
       {"```json", "```Json", "```JSON", "```"}) {
    if (body.starts_with(fence)) body.remove_prefix(fence.size());
  }
  if (body.ends_with("```")) body.remove_suffix(3);
  return ReadJson(Strip(body)).has_value();
}

bool Title(const Arguments&, std::string_view text, const InLanguage&) {
  for (const std::string_view line : Split(text, "\n")) {
    const std::size_t open = line.find("<<");
    const std::size_t close = line.rfind(">>");
    if (open == kNone || close == kNone || close < open + 3) continue;
    std::string_view title = line.substr(open, close + 2 - open);
    while (title.starts_with('<')) title.remove_prefix(1);
    while (title.ends_with('>')) title.remove_suffix(1);
    if (!Blank(title)) return true;
  }
  return false;
}

bool TwoResponses(const Arguments&, std::string_view text, const InLanguage&) {
  const std::vector<std::string_view> parts = FullParts(text, "******");
  return parts.size() == 2 && Strip(parts[0]) != Strip(parts[1]);
}

bool RepeatPrompt(const Arguments& a, std::string_view text,
                  const InLanguage&) {
  return Lower(Strip(text)).starts_with(Lower(Strip(a.text)));
}

bool EndChecker(const Arguments& a, std::string_view text, const InLanguage&) {
  return Lower(StripOf(Strip(text), '"')).ends_with(Lower(Strip(a.text)));
}

bool Quotation(const Arguments&, std::string_view text, const InLanguage&) {
  const std::string_view body = Strip(text);
  return body.size() > 1 && body.starts_with('"') && body.ends_with('"');
}

bool CapitalWordFrequency(const Arguments& a, std::string_view text,
                          const InLanguage&) {
  const std::vector<std::string_view> words = WordTokens(text);
  return Meets(static_cast<std::size_t>(
                   std::count_if(words.begin(), words.end(), IsUpperText)),
               a);
}

bool EnglishCapital(const Arguments&, std::string_view text,
                    const InLanguage& in_language) {
  return IsUpperText(text) && in_language(text, "en");
}

bool EnglishLowercase(const Arguments&, std::string_view text,
                      const InLanguage& in_language) {
  return IsLowerText(text) && in_language(text, "en");
}

bool NoComma(const Arguments&, std::string_view text, const InLanguage&) {
  return text.find(',') == kNone;
}

constexpr std::array kKeywords = {
    ArgumentSpec{"keywords", Argument::kPatterns}};
constexpr std::array kForbiddenWords = {
    ArgumentSpec{"forbidden_words", Argument::kWords}};
constexpr std::array kFrequency = {
    ArgumentSpec{"keyword", Argument::kPattern},
    ArgumentSpec{"frequency", Argument::kNumber},
    ArgumentSpec{"relation", Argument::kRelation}};
constexpr std::array kLetterFrequency = {
    ArgumentSpec{"letter", Argument::kLetter},
    ArgumentSpec{"let_frequency", Argument::kNumber},
    ArgumentSpec{"let_relation", Argument::kRelation}};
constexpr std::array kLanguage = {ArgumentSpec{"language", Argument::kText}};
constexpr std::array kSentences = {
    ArgumentSpec{"num_sentences", Argument::kNumber},
    ArgumentSpec{"relation", Argument::kRelation}};
constexpr std::array kParagraphs = {
    ArgumentSpec{"num_paragraphs", Argument::kNumber}};
constexpr std::array kWords = {ArgumentSpec{"num_words", Argument::kNumber},
                               ArgumentSpec{"relation", Argument::kRelation}};
constexpr std::array kNthParagraph = {
    ArgumentSpec{"num_paragraphs", Argument::kNumber},
    ArgumentSpec{"nth_paragraph", Argument::kNth},
    ArgumentSpec{"first_word", Argument::kText}};
constexpr std::array kPlaceholders = {
    ArgumentSpec{"num_placeholders", Argument::kNumber}};
constexpr std::array kPostscript = {
    ArgumentSpec{"postscript_marker", Argument::kText}};
constexpr std::array kBullets = {
    ArgumentSpec{"num_bullets", Argument::kNumber}};
constexpr std::array kHighlights = {
    ArgumentSpec{"num_highlights", Argument::kNumber}};
constexpr std::array kSections = {
    ArgumentSpec{"section_spliter", Argument::kSplitter},
    ArgumentSpec{"num_sections", Argument::kNumber}};
constexpr std::array kPrompt = {
    ArgumentSpec{"prompt_to_repeat", Argument::kText}};
constexpr std::array kEndPhrase = {ArgumentSpec{"end_phrase", Argument::kText}};
constexpr std::array kCapitals = {
    ArgumentSpec{"capital_frequency", Argument::kNumber},
    ArgumentSpec{"capital_relation", Argument::kRelation}};

constexpr std::array<InstructionKind, 25> kKinds = {{
    {"keywords:existence", kKeywords, Existence},
    {"keywords:frequency", kFrequency, Frequency},
    {"keywords:forbidden_words", kForbiddenWords, Forbidden},
    {"keywords:letter_frequency", kLetterFrequency, LetterFrequency},
    {"language:response_language", kLanguage, ResponseLanguage},
    {"length_constraints:number_sentences", kSentences, NumberSentences},
    {"length_constraints:number_paragraphs", kParagraphs, NumberParagraphs},
    {"length_constraints:number_words", kWords, NumberWords},
    {"length_constraints:nth_paragraph_first_word", kNthParagraph,
     NthParagraphFirstWord},
    {"detectable_content:number_placeholders", kPlaceholders,
     NumberPlaceholders},
    {"detectable_content:postscript", kPostscript, Postscript},
    {"detectable_format:number_bullet_lists", kBullets, NumberBulletLists},
    {"detectable_format:constrained_response", {}, ConstrainedResponse},
    {"detectable_format:number_highlighted_sections", kHighlights,
     NumberHighlightedSections},
    {"detectable_format:multiple_sections", kSections, MultipleSections},
    {"detectable_format:json_format", {}, JsonFormat},
    {"detectable_format:title", {}, Title},
    {"combination:two_responses", {}, TwoResponses},
    {"combination:repeat_prompt", kPrompt, RepeatPrompt},
    {"startend:end_checker", kEndPhrase, EndChecker},
    {"startend:quotation", {}, Quotation},
    {"change_case:capital_word_frequency", kCapitals, CapitalWordFrequency},
    {"change_case:english_capital", {}, EnglishCapital},
    {"change_case:english_lowercase", {}, EnglishLowercase},
    {"punctuation:no_comma", {}, NoComma},
}};

}  // namespace

std::span<const InstructionKind> InstructionKinds() noexcept { return kKinds; }

}  // namespace rewards::rules
