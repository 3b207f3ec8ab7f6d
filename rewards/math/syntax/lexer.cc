#include "rewards/math/syntax/lexer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "rewards/math/syntax/code_point.h"
#include "rewards/math/syntax/commands.h"
#include "rewards/math/syntax/marks.h"
#include "rewards/math/syntax/numbers.h"
#include "rewards/math/syntax/runs.h"
#include "rewards/math/syntax/signs.h"
#include "rewards/math/syntax/words.h"

namespace rewards::math::syntax {
namespace {

constexpr auto kNone = std::string_view::npos;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '~';
}

class Lexer {
 public:
  Lexer(std::string_view text, const Limits& limits)
      : text_(text),
        limits_(limits),
        has_base_(text.find('_') != std::string_view::npos) {}

  Read<Lexed> Run() {
    out_.tokens.reserve(16);
    while (pos_ < text_.size() && !error_) Step();
    if (error_) return *error_;
    Emit(TokenKind::kEnd, 0);
    return std::move(out_);
  }

 private:
  // What an open brace or bracket does to what is inside.
  enum class Inside : char {
    kGroup,     // { }
    kText,      // \text{ }: words, no tokens of its own
    kNothing,   // \boxed{ }: no tokens of its own
    kList,      // ( [ \{: a comma separates
    kBraceSet,  // { in front of all, which may be a set: a comma separates
  };

  char Peek(std::size_t ahead = 0) const {
    return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0';
  }

  void Step() {
    const char c = text_[pos_];
    if (IsSpace(c)) {
      Skip(1);
    } else if (StartsNumber(text_, pos_)) {
      Number();
    } else if (c == '\\') {
      CommandToken();
    } else if (IsLetter(c) || static_cast<unsigned char>(c) >= 0x80) {
      Word();
    } else if (c == '$') {
      Dollar();
    } else if (c == '{') {
      OpenBrace();
    } else if (c == '}') {
      CloseBrace();
    } else {
      Sign();
    }
  }

  void Skip(std::size_t length) {
    pos_ = std::min(pos_ + length, text_.size());
    space_ = true;
  }

  Token& Emit(TokenKind kind, std::size_t length, std::string_view text = {},
              std::uint32_t data = 0) {
    // So that no answer takes long: each term has a few tokens at most.
    if (out_.tokens.size() > 4 * limits_.nodes) {
      error_ = ReadError("too many terms", pos_);
    }
    Token token;
    token.kind = kind;
    token.space_before = space_;
    token.in_text = texts_ > 0;
    token.data = data;
    token.begin = static_cast<std::uint32_t>(pos_);
    token.end = static_cast<std::uint32_t>(pos_ + length);
    token.text = text.empty() ? text_.substr(pos_, length) : text;
    out_.tokens.push_back(token);
    pos_ += length;
    space_ = false;
    return out_.tokens.back();
  }

  bool InList() const {
    return !open_.empty() &&
           (open_.back() == Inside::kList || open_.back() == Inside::kBraceSet);
  }

  void Number() {
    Read<NumberScan> scan = NumberScan{};
    if (has_base_) scan = ScanBased(text_, pos_, limits_);
    if (scan && (scan->end == 0 || !MayCloseBrace(*scan))) {
      scan = ScanNumber(text_, pos_, InList(), limits_);
    }
    if (!scan) {
      error_ = scan.error();
      return;
    }
    AddLiteral(*std::move(scan));
  }

  // A brace between digits and base must hold the digits alone: {A5}_{11}, and
  // not x^{2}_{3}.
  bool MayCloseBrace(const NumberScan& scan) const {
    if (!scan.closes_brace) return true;
    if (open_.empty() || opened_at_ != pos_) return false;
    return open_.back() == Inside::kText || open_.back() == Inside::kNothing ||
           out_.tokens.size() == 1;
  }

  void AddLiteral(NumberScan scan) {
    digits_ += scan.digits;
    if (digits_ > limits_.digits) {
      error_ = ReadError("too many digits", pos_);
      return;
    }
    out_.literals.push_back(std::move(scan.literal));
    out_.plain.push_back(scan.plain);
    Emit(TokenKind::kNumber, scan.end - pos_, {},
         static_cast<std::uint32_t>(out_.literals.size() - 1));
    if (!scan.closes_brace) return;
    const std::size_t after = pos_;
    CloseBrace();
    pos_ = after;
  }

  void Word() {
    if (has_base_ && text_[pos_] >= 'A' && text_[pos_] <= 'Z') {
      Read<NumberScan> scan = ScanBased(text_, pos_, limits_);
      // A letter with an index, as in A_1, is not a number.
      if (scan && scan->end != 0 && MayCloseBrace(*scan)) {
        return AddLiteral(*std::move(scan));
      }
    }
    const std::size_t end = SkipRun(text_, pos_);
    if (end == pos_) {
      Emit(TokenKind::kOther, DecodeAt(text_, pos_).length);
      return;
    }
    const std::string_view word = text_.substr(pos_, end - pos_);
    if (word.size() == 1) {
      Emit(TokenKind::kLetter, 1);
      return;
    }
    if (const std::string_view name = FunctionPrefix(word); !name.empty()) {
      if (MeaningOf(word).kind == TokenKind::kWord) {
        Emit(TokenKind::kFunction, word.size() - 1, name);
        Emit(TokenKind::kLetter, 1);
        return;
      }
    }
    const Meaning meaning = MeaningOf(word);
    Emit(meaning.kind, word.size(), meaning.text, meaning.data);
  }

  void CommandToken() {
    std::size_t end = SkipLetters(text_, pos_ + 1);
    if (end == pos_ + 1) end = std::min(end + 1, text_.size());
    std::string_view name = text_.substr(pos_, end - pos_);
    if (name == "\\not") {  // \not= and \not\in are one sign
      for (const std::string_view negated : {"\\not=", "\\not\\in"}) {
        if (text_.substr(pos_).starts_with(negated)) name = negated;
      }
    }
    if (name == "\\left" || name == "\\right" || name.starts_with("\\big") ||
        name.starts_with("\\Big")) {
      if (Sized(name)) return;
    }
    if (name == "\\begin" || name == "\\end") return Environment(name);
    const Command* command = FindCommand(name);
    if (command == nullptr) {
      Emit(TokenKind::kOther, name.size());
      return;
    }
    switch (command->use) {
      case CommandUse::kToken:
        return TokenCommand(*command);
      case CommandUse::kSpace:
        return Skip(name.size());
      case CommandUse::kText:
        return OpenAfter(name, Inside::kText);
      case CommandUse::kBox:
        return OpenAfter(name, Inside::kNothing);
      case CommandUse::kFace:
        return Face(name);
      case CommandUse::kPhantom:
        return Phantom(name);
    }
  }

  void TokenCommand(const Command& command) {
    if (command.kind == TokenKind::kOpenSet) open_.push_back(Inside::kList);
    if (command.kind == TokenKind::kCloseSet) PopList();
    Emit(command.kind, command.name.size(), command.text, command.data);
    if (command.kind == TokenKind::kRow) pos_ = SkipRowSpace(text_, pos_);
  }

  // \left( and the like: what a sized bracket is. False: only a space.
  bool Sized(std::string_view name) {
    const bool left = name == "\\left" || name.ends_with('l');
    const bool right = name == "\\right" || name.ends_with('r');
    std::size_t at = pos_ + name.size();
    while (at < text_.size() && text_[at] == ' ') ++at;
    const auto sized = [&](TokenKind kind, std::size_t length) {
      Skip(at - pos_);
      Emit(kind, length);
      return true;
    };
    const char next = at < text_.size() ? text_[at] : '\0';
    if (next == '.' && (left || right)) {
      if (left) {
        Skip(at + 1 - pos_);
        return true;
      }
      PopList();
      return sized(TokenKind::kCloseNothing, 1);
    }
    if (next == '|' && left) return sized(TokenKind::kOpenAbsolute, 1);
    if (next == '|' && right) return sized(TokenKind::kCloseAbsolute, 1);
    if (next == '<' && left) return sized(TokenKind::kOpenAngle, 1);
    if (next == '>' && right) return sized(TokenKind::kCloseAngle, 1);
    return false;
  }

  // \begin{array}{cc}, \end{array}.
  void Environment(std::string_view command) {
    std::size_t at = pos_ + command.size();
    while (at < text_.size() && text_[at] == ' ') ++at;
    const std::size_t close =
        at < text_.size() && text_[at] == '{' ? text_.find('}', at) : kNone;
    if (close == kNone) {
      Emit(TokenKind::kOther, command.size());
      return;
    }
    std::string_view name = text_.substr(at + 1, close - at - 1);
    while (name.ends_with('*')) name.remove_suffix(1);
    const bool begin = command == "\\begin";
    Emit(begin ? TokenKind::kBegin : TokenKind::kEndOf, close + 1 - pos_, name);
    if (!begin) return;
    std::size_t end = Peek() == '[' ? text_.find(']', pos_) : kNone;
    if (end != kNone) pos_ = end + 1;
    end = name == "array" && Peek() == '{' ? SkipBraces(text_, pos_) : kNone;
    if (end != kNone) pos_ = end;
  }

  // The brace after a command, whose content is of the kind `inside`.
  void OpenAfter(std::string_view name, Inside inside) {
    std::size_t at = pos_ + name.size();
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '*')) ++at;
    if (at >= text_.size() || text_[at] != '{') return Skip(name.size());
    open_.push_back(inside);
    if (inside == Inside::kText) ++texts_;
    Skip(at + 1 - pos_);
    opened_at_ = pos_;
  }

  // \mathbb{R} is a set; another face changes nothing.
  void Face(std::string_view name) {
    std::size_t at = pos_ + name.size();
    while (at < text_.size() && text_[at] == ' ') ++at;
    const bool braced = at < text_.size() && text_[at] == '{';
    if (braced) ++at;
    const char letter = at < text_.size() ? text_[at] : '\0';
    const bool one = !braced || (at + 1 < text_.size() && text_[at + 1] == '}');
    if (!IsLetter(letter) || !one) return Skip(name.size());
    const bool set = (name == "\\mathbb" || name == "\\Bbb") &&
                     std::string_view("RZNQC").find(letter) != kNone;
    // Bold i, j, k and e are vectors, not constants.
    constexpr std::string_view kBold[] = {"\\mathbf{i}", "\\mathbf{j}",
                                          "\\mathbf{k}", "\\mathbf{e}"};
    const std::size_t vector = std::string_view("ijke").find(letter);
    const bool bold = vector != kNone && name.find('b') != kNone &&
                      name != "\\mathbb" && name != "\\Bbb";
    Emit(set ? TokenKind::kNamedSet : TokenKind::kLetter,
         at + (braced ? 2 : 1) - pos_,
         bold ? kBold[vector] : text_.substr(at, 1));
  }

  // A command whose argument does not show.
  void Phantom(std::string_view name) {
    std::size_t at = pos_ + name.size();
    while (at < text_.size() && text_[at] == ' ') ++at;
    if (at >= text_.size()) return Skip(name.size());
    const std::size_t end = text_[at] == '{' ? SkipBraces(text_, at) : at + 1;
    Skip((end == kNone ? at : end) - pos_);
  }

  void OpenBrace() {
    open_.push_back(out_.tokens.empty() ? Inside::kBraceSet : Inside::kGroup);
    Emit(TokenKind::kOpenBrace, 1);
    opened_at_ = pos_;
  }

  void CloseBrace() {
    // A round bracket that was left open does not reach past the brace.
    while (!open_.empty() && open_.back() == Inside::kList) {
      open_.pop_back();
    }
    if (!open_.empty()) {
      const Inside inside = open_.back();
      open_.pop_back();
      if (inside == Inside::kText) --texts_;
      if (inside == Inside::kText || inside == Inside::kNothing) {
        return Skip(1);
      }
    }
    Emit(TokenKind::kCloseBrace, 1);
  }

  void PopList() {
    if (!open_.empty() && open_.back() == Inside::kList) open_.pop_back();
  }

  // A dollar sign: a delimiter where another one pairs with it as in Markdown
  // (space on both inner sides or on none, no digit after), else money.
  void Dollar() {
    if (pos_ == closing_dollar_ || text_.substr(pos_, 2) == "$$") {
      return Skip(pos_ == closing_dollar_ ? 1 : 2);
    }
    std::size_t close = text_.find('$', pos_ + 1);
    while (close != kNone && text_[close - 1] == '\\') {
      close = text_.find('$', close + 1);
    }
    if (close != kNone) {
      const bool space_left = IsSpace(text_[pos_ + 1]);
      const bool space_right = IsSpace(text_[close - 1]);
      const bool digit_after =
          close + 1 < text_.size() && IsDigit(text_[close + 1]);
      if (space_left == space_right && !digit_after) {
        closing_dollar_ = close;
        return Skip(1);
      }
    }
    // One that opens mathematics and was never closed.
    if (close == kNone && Peek(1) == '\\') return Skip(1);
    Emit(TokenKind::kCurrency, 1, "dollar");
  }

  void Sign() {
    if (has_base_ && text_[pos_] == '(') {
      Read<NumberScan> scan = ScanBracketedBased(text_, pos_, limits_);
      if (scan && scan->end != 0) return AddLiteral(*std::move(scan));
    }
    if (const PlainSign* sign = PlainSignAt(text_, pos_)) {
      if (sign->kind == TokenKind::kOpen ||
          sign->kind == TokenKind::kOpenBracket) {
        open_.push_back(Inside::kList);
      } else if (sign->kind == TokenKind::kClose ||
                 sign->kind == TokenKind::kCloseBracket) {
        PopList();
      }
      Emit(sign->kind, sign->text.size(), {}, sign->data);
      return;
    }
    Emit(TokenKind::kOther, 1);
  }

  std::string_view text_;
  const Limits& limits_;
  bool has_base_;           // a number may have a base below it
  std::size_t digits_ = 0;  // in all numbers so far
  std::size_t pos_ = 0;
  bool space_ = false;
  std::size_t texts_ = 0;  // open \text commands
  std::size_t closing_dollar_ = kNone;
  std::size_t opened_at_ = kNone;  // just past the last open brace
  std::vector<Inside> open_;
  Lexed out_;
  std::optional<ReadError> error_;
};

}  // namespace

Read<Lexed> Lex(std::string_view folded, const Limits& limits) {
  return Lexer(folded, limits).Run();
}

}  // namespace rewards::math::syntax
