#include "rewards/math/syntax/resolve.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "rewards/math/syntax/tree.h"
#include "rewards/math/syntax/units.h"
#include "rewards/math/syntax/words.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;

// Two letters that are a unit only inside of \text: elsewhere they are a
// product, as in F = ma.
constexpr std::string_view kRatherProducts[] = {"ma", "mv", "ha", "pa", "kn",
                                                "gm", "mi", "ns", "cl"};

// True for what may end an operand.
bool EndsOperand(TokenKind kind) {
  switch (kind) {
    case kNumber:
    case kLetter:
    case kWord:
    case kClose:
    case kCloseBrace:
    case kCloseBracket:
    case kBang:
    case kPercent:
      return true;
    default:
      return false;
  }
}

// True for what stands around an element of a list or a side.
bool Separates(TokenKind kind) {
  switch (kind) {
    case kEnd:
    case kRelation:
    case kComma:
    case kSemicolon:
    case kOr:
    case kAnd:
    case kWhere:
    case kPeriod:
    case kOpen:
    case kClose:
    case kOpenSet:
    case kCloseSet:
    case kOpenBracket:
    case kCloseBracket:
    case kCell:
    case kRow:
      return true;
    default:
      return false;
  }
}

bool Opens(TokenKind kind) {
  return kind == kOpen || kind == kOpenSet || kind == kOpenBracket;
}
bool Closes(TokenKind kind) {
  return kind == kClose || kind == kCloseSet || kind == kCloseBracket;
}

bool IsArithmetic(TokenKind kind) {
  return kind == kPlus || kind == kMinus || kind == kTimes || kind == kDivide;
}

bool IsCapitals(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return c >= 'A' && c <= 'Z'; });
}

class Resolver {
 public:
  explicit Resolver(std::span<const Token> tokens) : tokens_(tokens) {
    out_.reserve(tokens.size() + 8);
  }

  std::vector<Token> Run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      const TokenKind next =
          i + 1 < tokens_.size() ? tokens_[i + 1].kind : kEnd;
      if (token.kind == kWord) {
        if (IsModule(i)) {
          ++i;  // np.arcsin
          continue;
        }
        Word(token, next);
      } else if (IsUnitAfterAll(token, next)) {
        out_.push_back(token);
        out_.back().kind = kWord;
      } else {
        out_.push_back(token);
      }
    }
    return std::move(out_);
  }

 private:
  TokenKind Before() const { return out_.empty() ? kEnd : out_.back().kind; }

  // "np." and "math." of a programmer.
  bool IsModule(std::size_t i) const {
    const std::string_view word = tokens_[i].text;
    return (word == "np" || word == "math") && i + 2 < tokens_.size() &&
           tokens_[i + 1].kind == kPeriod &&
           (tokens_[i + 2].kind == kFunction ||
            tokens_[i + 2].kind == kPlainRoot || tokens_[i + 2].text == "\\pi");
  }

  // 40 min, 5 sec, 12 in: behind an operand, with nothing to apply to.
  bool IsUnitAfterAll(const Token& token, TokenKind next) const {
    const bool function =
        token.kind == kFunction && (token.text == "min" || token.text == "sec");
    const bool in = token.kind == kRelation && token.text == "in";
    if ((!function && !in) || !EndsOperand(Before())) return false;
    if (in && next == kPower) return true;  // 12 in^2
    return next == kEnd || (Separates(next) && next != kOpen &&
                            next != kOpenBracket && next != kOpenSet);
  }

  // A short word between operators is a product all the same: ad - bc, an + b,
  // v + at, 2as, \frac{1}{2} at^2. Not where it follows an operand as a word
  // does: "x is - 5".
  bool IsCalculatedWith(const Token& token, TokenKind next) const {
    if (!IsShortWord(token.text) || next == kWord) return false;
    if (next == kPower) return true;
    const TokenKind before = Before();
    if (EndsOperand(before)) {
      // 21st is no product.
      return !token.space_before && token.text.size() == 2 &&
             token.text[1] != 'h' && token.text[1] != 'd' &&
             token.text != "st" && before != kWord && before != kLetter &&
             before != kClose;
    }
    const std::size_t size = out_.size();
    // 100^{th} is an ordinal.
    const bool raised = size >= 3 && out_[size - 2].kind == kPower &&
                        out_[size - 3].kind == kNumber;
    const bool argument =
        !raised && before == kOpenBrace && size >= 2 &&
        (out_[size - 2].kind == kFraction || out_[size - 2].kind == kRoot ||
         out_[size - 2].kind == kPower || out_[size - 2].kind == kCloseBrace);
    return argument || IsArithmetic(before) || IsArithmetic(next);
  }

  void Word(const Token& token, TokenKind next) {
    const bool after = EndsOperand(Before());
    const std::string lower = Lower(token.text);
    const bool rather_product =
        !token.in_text &&
        std::find(std::begin(kRatherProducts), std::end(kRatherProducts),
                  lower) != std::end(kRatherProducts);
    if (token.in_text ||
        (after && IsKnownUnit(token.text) && !rather_product)) {
      out_.push_back(token);
      return;
    }
    if (after && (lower == "am" || lower == "pm")) {
      out_.push_back(token);
      return;
    }
    const bool alone = Separates(Before()) && !Closes(Before()) &&
                       Separates(next) && !Opens(next);
    // A sign in front of all is none between two sides.
    const bool side =
        (Before() == kRelation && out_.size() > 1) || next == kRelation;
    if (IsCapitals(token.text) && alone && side) {  // AB = 9
      out_.push_back(token);
      out_.back().kind = kLetter;
      return;
    }
    if (!IsProductOfLetters(token.text, alone && !side) &&
        !IsCalculatedWith(token, next)) {
      out_.push_back(token);
      return;
    }
    for (std::size_t i = 0; i < token.text.size(); ++i) {
      Token letter = token;
      letter.kind = kLetter;
      letter.text = token.text.substr(i, 1);
      letter.begin = token.begin + static_cast<std::uint32_t>(i);
      letter.end = letter.begin + 1;
      letter.space_before = token.space_before && i == 0;
      out_.push_back(letter);
    }
  }

  std::span<const Token> tokens_;
  std::vector<Token> out_;
};

}  // namespace

std::vector<Token> Resolve(std::span<const Token> tokens) {
  return Resolver(tokens).Run();
}

}  // namespace rewards::math::syntax
