#include "rewards/math/syntax/units.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include "rewards/math/syntax/nouns.h"
#include "rewards/math/syntax/unit_words.h"
#include "rewards/math/syntax/words.h"

namespace rewards::math {
namespace {

struct Atom {
  std::string_view name;
  std::array<std::int8_t, 9> dimension;
  long top;  // top / bottom * 10^tens base units
  long bottom;
  long tens;
};

// Metres, kilograms, seconds, amperes, kelvins, moles, candelas, dollars, bits.
constexpr Atom kAtoms[] = {
    {"m", {1}, 1, 1, 0},
    {"inch", {1}, 254, 1, -4},
    {"foot", {1}, 3048, 1, -4},
    {"yard", {1}, 9144, 1, -4},
    {"mile", {1}, 1609344, 1, -3},
    {"angstrom", {1}, 1, 1, -10},
    {"g", {0, 1}, 1, 1, -3},
    {"tonne", {0, 1}, 1, 1, 3},
    {"pound", {0, 1}, 45359237, 1, -8},
    {"ounce", {0, 1}, 45359237, 16, -8},
    {"s", {0, 0, 1}, 1, 1, 0},
    {"minute", {0, 0, 1}, 60, 1, 0},
    {"hour", {0, 0, 1}, 3600, 1, 0},
    {"day", {0, 0, 1}, 86400, 1, 0},
    {"week", {0, 0, 1}, 604800, 1, 0},
    {"A", {0, 0, 0, 1}, 1, 1, 0},
    {"K", {0, 0, 0, 0, 1}, 1, 1, 0},
    {"mol", {0, 0, 0, 0, 0, 1}, 1, 1, 0},
    {"cd", {0, 0, 0, 0, 0, 0, 1}, 1, 1, 0},
    {"dollar", {0, 0, 0, 0, 0, 0, 0, 1}, 1, 1, 0},
    {"cent", {0, 0, 0, 0, 0, 0, 0, 1}, 1, 1, -2},
    {"bit", {0, 0, 0, 0, 0, 0, 0, 0, 1}, 1, 1, 0},
    {"byte", {0, 0, 0, 0, 0, 0, 0, 0, 1}, 8, 1, 0},
    {"Hz", {0, 0, -1}, 1, 1, 0},
    {"N", {1, 1, -2}, 1, 1, 0},
    {"Pa", {-1, 1, -2}, 1, 1, 0},
    {"J", {2, 1, -2}, 1, 1, 0},
    {"W", {2, 1, -3}, 1, 1, 0},
    {"C", {0, 0, 1, 1}, 1, 1, 0},
    {"V", {2, 1, -3, -1}, 1, 1, 0},
    {"F", {-2, -1, 4, 2}, 1, 1, 0},
    {"ohm", {2, 1, -3, -2}, 1, 1, 0},
    {"T", {0, 1, -2, -1}, 1, 1, 0},
    {"L", {3}, 1, 1, -3},
    {"hectare", {2}, 1, 1, 4},
    {"acre", {2}, 40468564224, 1, -7},
    {"gallon", {3}, 3785411784, 1, -12},
    {"quart", {3}, 946352946, 1, -12},
    {"pint", {3}, 473176473, 1, -12},
    {"cup", {3}, 2365882365, 1, -13},
    {"tablespoon", {3}, 2365882365, 16, -13},
    {"teaspoon", {3}, 2365882365, 48, -13},
    {"eV", {2, 1, -2}, 1602176634, 1, -28},
    {"erg", {2, 1, -2}, 1, 1, -7},
    {"dyne", {1, 1, -2}, 1, 1, -5},
    {"atm", {-1, 1, -2}, 101325, 1, 0},
    {"bar", {-1, 1, -2}, 1, 1, 5},
    {"rad", {}, 1, 1, 0},
};

const Atom* FindAtom(std::string_view name) {
  for (const Atom& atom : kAtoms) {
    if (atom.name == name) return &atom;
  }
  return nullptr;
}

// The atom of `name` with its metric prefix taken off, and the prefix's power
// of ten.
const Atom* FindPrefixed(std::string_view name, long* tens) {
  *tens = 0;
  if (const Atom* atom = FindAtom(name)) return atom;
  if (name.size() < 2) return nullptr;
  *tens = syntax::PrefixPower(name[0]);
  const Atom* atom = *tens == 0 ? nullptr : FindAtom(name.substr(1));
  if (atom == nullptr) return nullptr;
  return syntax::TakesPrefix(atom->name) ? atom : nullptr;
}

}  // namespace

std::optional<UnitValue> ValueOfUnit(std::string_view name) {
  UnitValue value;
  bool below = name.starts_with(kPer);
  if (below) name.remove_prefix(kPer.size());
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("*/"), name.size());
    std::string_view part = name.substr(0, end);
    long power = 1;
    if (const auto at = part.find('^'); at != std::string_view::npos) {
      const std::string_view digits = part.substr(at + 1);
      if (digits.size() != 1 || digits[0] < '1' || digits[0] > '9') return {};
      power = digits[0] - '0';
      part = part.substr(0, at);
    }
    if (below) power = -power;
    long tens = 0;
    const Atom* atom = FindPrefixed(part, &tens);
    if (atom == nullptr) return std::nullopt;
    const Rational one = Rational(atom->top) / Rational(atom->bottom) *
                         Rational::PowerOfTen(atom->tens + tens);
    value.factor = value.factor * one.Power(power);
    for (std::size_t i = 0; i < value.dimension.size(); ++i) {
      value.dimension[i] += static_cast<int>(power) * atom->dimension[i];
    }
    if (end == name.size()) break;
    below = name[end] == '/';
    name.remove_prefix(end + 1);
  }
  return value;
}

std::string UnitOfLetter(std::string_view letter) {
  if (letter == "\\Omega") return "ohm";
  return syntax::UnitLetter(letter) ? syntax::CanonicalUnit(letter)
                                    : std::string();
}

namespace syntax {
namespace {

using enum TokenKind;

// Reads one unit, word by word.
class UnitReader {
 public:
  UnitReader(std::span<const Token> tokens, std::size_t at)
      : tokens_(tokens), begin_(at), pos_(at) {}

  UnitScan Run() {
    UnitScan scan{{}, begin_};
    while (Step()) {
      if (!per_ && power_.empty()) scan.end = pos_;
    }
    if (scan.end == begin_) return scan;
    std::sort(above_.begin(), above_.end());
    std::sort(below_.begin(), below_.end());
    for (const std::string& part : above_) {
      if (!scan.name.empty()) scan.name += '*';
      scan.name += part;
    }
    // The one unit that may have two words.
    if (scan.name == "pound*sterling") scan.name = "sterling";
    if (scan.name.empty() && !below_.empty()) scan.name = "1";
    for (const std::string& part : below_) scan.name += "/" + part;
    return scan;
  }

 private:
  const Token& At(std::size_t i) const {
    return tokens_[std::min(i, tokens_.size() - 1)];
  }

  // Takes the next part; false where it is no part of a unit.
  bool Step() {
    const Token& token = At(pos_);
    if (token.kind == kDivide) {
      const Token& next = At(pos_ + 1);
      const bool letter =
          next.kind == kLetter && UnitLetter(next.text) &&
          (IsMeasure(At(pos_ - 1).text) || IsMetresPer(At(begin_)));  // km/h
      if (per_ || words_ == 0 || (!letter && !IsUnitToken(next))) return false;
      per_ = true;
      ++pos_;
      return true;
    }
    if (token.kind == kTimes) {
      const Token& next = At(pos_ + 1);
      const bool in_text = token.in_text || next.in_text;
      if (per_ || words_ == 0 || !in_text) return false;
      if (!IsUnitToken(next)) return false;
      last_counted_ = false;  // a product, not a name of two words
      ++pos_;
      return true;
    }
    const bool letter = token.kind == kLetter && per_;
    if (!letter && !IsUnitToken(token)) return false;
    const std::string word = Lower(token.text);
    if (word == "per") {
      if (per_) return false;  // it may come first: \$5 per hour
      per_ = true;
      ++pos_;
      return true;
    }
    if (word == "square" || word == "sq" || word == "cubic" || word == "cu") {
      if (!power_.empty()) return false;
      power_ = word[0] == 's' ? "^2" : "^3";
      ++pos_;
      if (At(pos_).kind == kPeriod && word.size() == 2) ++pos_;  // sq.
      return true;
    }
    return Add(token);
  }

  // A letter or word that may name a unit where it stands.
  bool IsUnitToken(const Token& token) const {
    if (token.kind == kLetter) {
      return token.in_text ? UnitLetter(token.text) : IsMetresPer(token);
    }
    if (token.kind != kWord) return false;
    if (IsKnownUnit(token.text)) return true;
    const std::string word = Lower(token.text);
    if (word == "per" || word == "square" || word == "cubic" || word == "sq" ||
        word == "cu") {
      return true;
    }
    return MayBeNoun(token.text, token.in_text, token.space_before);
  }

  // 5 m/s in plain text: behind a space, and over seconds.
  bool IsMetresPer(const Token& token) const {
    return &token == &tokens_[begin_] && token.text == "m" &&
           token.space_before && At(begin_ + 1).kind == kDivide &&
           At(begin_ + 2).text == "s";
  }

  bool Add(const Token& token) {
    constexpr std::size_t kMostWords = 6;
    if (++words_ > kMostWords) return false;
    std::string name = CanonicalUnit(token.text);
    ++pos_;
    long exponent = power_.empty() ? 1 : power_[1] - '0';
    power_.clear();
    if (const long written = Exponent(); written != 0) exponent = written;
    bool below = per_;
    per_ = false;
    if (exponent < 0) {
      below = !below;
      exponent = -exponent;
    }
    if (name.empty()) return true;  // "units": of nothing in particular
    // Words for things side by side make one name: right triangle.
    auto& side = below ? below_ : above_;
    const bool counted = !IsMeasure(token.text) && token.kind == kWord;
    if (counted && !below && !side.empty() && last_counted_) {
      side.back() += " " + name;
      return true;
    }
    last_counted_ = counted;
    if (exponent != 1) name += "^" + std::to_string(exponent);
    side.push_back(std::move(name));
    return true;
  }

  // ^2, ^{-1} or "squared" behind a unit; 0 where there is none.
  long Exponent() {
    const std::string word = Lower(At(pos_).text);
    if (At(pos_).kind == kWord && (word == "squared" || word == "cubed")) {
      ++pos_;
      return word[0] == 's' ? 2 : 3;
    }
    if (At(pos_).kind != kPower) return 0;
    std::size_t at = pos_ + 1;
    const bool braced = At(at).kind == kOpenBrace;
    if (braced) ++at;
    const bool negative = At(at).kind == kMinus;
    if (negative) ++at;
    const std::string_view digits = At(at).text;
    if (At(at).kind != kNumber || digits.size() != 1) return 0;
    ++at;
    if (braced && At(at).kind != kCloseBrace) return 0;
    pos_ = at + (braced ? 1 : 0);
    const long value = digits[0] - '0';
    return negative ? -value : value;
  }

  std::span<const Token> tokens_;
  std::size_t begin_;
  std::size_t pos_;
  std::size_t words_ = 0;
  std::string power_;
  bool per_ = false;
  bool last_counted_ = false;
  std::vector<std::string> above_;
  std::vector<std::string> below_;
};

}  // namespace

UnitScan ScanUnit(std::span<const Token> tokens, std::size_t at) {
  return UnitReader(tokens, at).Run();
}

}  // namespace syntax
}  // namespace rewards::math
