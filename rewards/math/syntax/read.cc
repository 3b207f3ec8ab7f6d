#include "rewards/math/syntax/read.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <vector>

#include "rewards/math/syntax/code_point.h"
#include "rewards/math/syntax/fold.h"
#include "rewards/math/syntax/lexer.h"
#include "rewards/math/syntax/marks.h"
#include "rewards/math/syntax/parser.h"
#include "rewards/math/syntax/resolve.h"
#include "rewards/math/syntax/words.h"

namespace rewards::math {
namespace {

using syntax::Token;
using enum syntax::TokenKind;

Tree Text(std::string name) {
  Tree tree;
  tree.Add(Kind::kText, {}, name);
  return tree;
}

bool IsCapital(const Token& token) {
  return token.kind == kLetter && token.text.size() == 1 &&
         token.text[0] >= 'A' && token.text[0] <= 'Z';
}

// The letters of a choice, (A), or of several, A B D; else empty.
std::string ChoiceLetters(const std::vector<Token>& tokens) {
  std::string letters;
  const std::size_t size = tokens.size() - 1;  // without the end
  const bool bracketed =
      size == 3 && tokens[0].kind == kOpen && tokens[2].kind == kClose;
  for (std::size_t i = bracketed ? 1 : 0; i < size - (bracketed ? 1 : 0); ++i) {
    if (!IsCapital(tokens[i])) return {};
    letters += static_cast<char>(tokens[i].text[0] - 'A' + 'a');
  }
  return letters;
}

// How many tokens in front say which choice the rest is: 3 for "(C) 12", 2 for
// "C. 12", "C) 12" and "C: 12"; 0 where there is no rest, or the letter may be
// calculated with.
std::size_t ChoiceLabel(const std::vector<Token>& tokens) {
  constexpr char kLastChoice = 'H';
  const bool bracketed = tokens[0].kind == kOpen;
  const std::size_t size = bracketed ? 3 : 2;
  if (tokens.size() < size + 2) return 0;
  const Token& letter = tokens[bracketed ? 1 : 0];
  const Token& mark = tokens[size - 1];
  const Token& rest = tokens[size];
  const bool marks =
      mark.kind == kClose ||
      (!bracketed && (mark.kind == kPeriod || mark.kind == kColon));
  if (!IsCapital(letter) || letter.text[0] > kLastChoice || !marks) return 0;
  if (!rest.space_before && !(letter.in_text && !rest.in_text)) return 0;
  switch (rest.kind) {
    case kMinus:
    case kPlusMinus:
      return tokens[size + 1].space_before ? 0 : size;
    case kNumber:
    case kLetter:
    case kInfinity:
    case kFunction:
    case kFraction:
    case kRoot:
    case kPlainRoot:
    case kOpen:
    case kOpenBracket:
    case kOpenBrace:
    case kOpenSet:
    case kCurrency:
      return size;
    default:
      return 0;
  }
}

// True where the rest of an answer behind a choice's letter names a choice too,
// or says something in words: then it is no content.
bool NamesChoices(const Tree& rest) {
  const auto names = [&](TermId id) {
    const std::string_view name = rest.NameOf(id);
    return rest.at(id).kind == Kind::kText ||
           (rest.at(id).kind == Kind::kSymbol && name.size() == 1 &&
            name[0] >= 'A' && name[0] <= 'Z');
  };
  const Kind kind = rest.at(rest.root()).kind;
  const bool several =
      kind == Kind::kList || kind == Kind::kOr || kind == Kind::kAnd;
  const auto parts = rest.ChildrenOf(rest.root());
  return names(rest.root()) ||
         (several && std::any_of(parts.begin(), parts.end(), names));
}

// True for a token that words may have between them. A digit or an operator is
// none: prose with mathematics in it is not read as text.
bool IsProse(const Token& token, std::string_view folded) {
  switch (token.kind) {
    case kWord:
    case kComma:
    case kSemicolon:
    case kPeriod:
    case kPrime:
    case kOpen:
    case kClose:
      return true;
    case kLetter:
    case kFunction:
    case kOr:
    case kAnd:
    case kWhere:
    case kRelation:
    case kDegree:
    case kInfinity:
    case kUnion: {
      const char first = folded[token.begin];
      return first != '\\' && first != '=' && first != '<' && first != '>' &&
             first != '!' && first != ':' && first != '-';
    }
    case kOther:
      return folded[token.begin] == '"' || folded[token.begin] == '?' ||
             syntax::DecodeAt(folded, token.begin).length > 1;
    default:
      return false;
  }
}

// The words of a text without digits and operators, in small letters with one
// space between them; empty where it is no such text.
std::string Prose(const std::vector<Token>& tokens, std::string_view folded) {
  std::string text;
  bool word = false;
  int depth = 0;
  for (const Token& token : tokens) {
    if (token.kind == kEnd) break;
    if (!IsProse(token, folded)) return {};
    depth += token.kind == kOpen ? 1 : token.kind == kClose ? -1 : 0;
    if (depth < 0) return {};
    word = word || token.end - token.begin > 1;
    if (token.space_before && !text.empty()) text += ' ';
    text += syntax::Lower(folded.substr(token.begin, token.end - token.begin));
  }
  return word && depth == 0 ? text : std::string();
}

// Whether the printed form of `text` is read as mathematics: in small letters a
// word may be what it was not in capitals (Iж, i times a word).
bool ReadsOtherwise(const Tree& text, const Limits& limits) {
  const std::string printed = Print(text, text.root());
  const Read<syntax::Lexed> lexed = syntax::Lex(printed, limits);
  if (!lexed) return false;
  const std::vector<Token> tokens = syntax::Resolve(lexed->tokens);
  const Read<Tree> tree = syntax::Parser(*lexed, tokens, printed, limits).Run();
  return tree && Print(*tree, tree->root()) != printed;
}

}  // namespace

void throw_exception_from_error(const ReadError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.what);
}

Read<Tree> ReadTree(std::string_view text, const Limits& limits) {
  if (text.size() > limits.answer_bytes) return ReadError("too long");
  std::vector<std::string_view> repairs;
  const std::string folded = syntax::Fold(syntax::StripMarks(text), &repairs);
  Read<syntax::Lexed> lexed = syntax::Lex(folded, limits);
  if (!lexed) return lexed.error();
  if (lexed->tokens.size() == 1) return ReadError("nothing to read");
  const std::string letters = ChoiceLetters(lexed->tokens);
  if (!letters.empty()) {
    // Together several may be mathematics: O O is no infinity.
    Tree choice = Text(letters);
    if (letters.size() == 1 || !ReadsOtherwise(choice, limits)) return choice;
  }
  if (const std::size_t label = ChoiceLabel(lexed->tokens); label != 0) {
    const std::vector<Token> rest =
        syntax::Resolve(std::span(lexed->tokens).subspan(label));
    Read<Tree> tree = syntax::Parser(*lexed, rest, folded, limits).Run();
    if (tree && !NamesChoices(*tree)) {
      const char letter = lexed->tokens[label == 3 ? 1 : 0].text[0];
      tree->choice = static_cast<char>(letter - 'A' + 'a');
      tree->repairs.insert(tree->repairs.begin(), repairs.begin(),
                           repairs.end());
      return tree;
    }
  }
  const std::vector<Token> tokens = syntax::Resolve(lexed->tokens);
  Read<Tree> tree = syntax::Parser(*lexed, tokens, folded, limits).Run();
  if (!tree) {
    std::string prose = Prose(lexed->tokens, folded);
    if (prose.empty()) return tree.error();
    Tree words = Text(std::move(prose));
    if (ReadsOtherwise(words, limits)) return tree.error();
    return words;
  }
  if (tree->at(tree->root()).kind == Kind::kText &&
      ReadsOtherwise(*tree, limits)) {
    return ReadError("words that are mathematics in small letters");
  }
  // One capital letter is a choice, whatever stood around it.
  const std::string_view name = tree->NameOf(tree->root());
  if (tree->at(tree->root()).kind == Kind::kSymbol && name.size() == 1 &&
      name[0] >= 'A' && name[0] <= 'Z') {
    return Text(syntax::Lower(name));
  }
  tree->repairs.insert(tree->repairs.begin(), repairs.begin(), repairs.end());
  return tree;
}

}  // namespace rewards::math
