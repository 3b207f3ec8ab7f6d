// Print: a tree as LaTeX. Whatever could be read otherwise stands in brackets.

#include <algorithm>
#include <string>
#include <vector>

#include "rewards/math/syntax/read.h"
#include "rewards/math/syntax/units.h"

namespace rewards::math {
namespace {

std::string_view SignText(Sign sign) {
  switch (sign) {
    case Sign::kEqual:
      return " = ";
    case Sign::kNotEqual:
      return " \\neq ";
    case Sign::kLess:
      return " < ";
    case Sign::kLessEqual:
      return " \\le ";
    case Sign::kGreater:
      return " > ";
    case Sign::kGreaterEqual:
      return " \\ge ";
    case Sign::kIn:
      return " \\in ";
    case Sign::kNotIn:
      return " \\notin ";
    case Sign::kSubset:
      return " \\subset ";
    case Sign::kSubsetEqual:
      return " \\subseteq ";
    case Sign::kApprox:
      return " \\approx ";
    case Sign::kCongruent:
      return " \\equiv ";
    case Sign::kModulus:
      return " \\pmod ";
    case Sign::kTo:
      return " \\to ";
    case Sign::kDivides:
      return " \\mid ";
    case Sign::kParallel:
      return " \\parallel ";
    case Sign::kPerpendicular:
      return " \\perp ";
    case Sign::kSimilar:
      return " \\sim ";
  }
  return " ";
}

// A number that is written as one: digits, with a point where its literal has
// one.
std::string NumberText(const Literal& literal) {
  const Rational& value = literal.value;
  if (!literal.last_place && value.is_integer()) return value.ToString();
  if (!literal.last_place) {  // one number, as a mixed one: 1\frac{1}{3}
    const Rational whole = value.Floor();
    const std::string text = (value - whole).ToString();
    const std::size_t slash = text.find('/');
    return whole.ToString() + "\\frac{" + text.substr(0, slash) + "}{" +
           text.substr(slash + 1) + "}";
  }
  const long place = *literal.last_place;
  std::string digits = (value / Rational::PowerOfTen(place)).ToString();
  constexpr long kPlainPlaces = 30;
  if (place >= 0 || place < -kPlainPlaces) {
    return digits + "e" + std::to_string(place);
  }
  const auto after = static_cast<std::size_t>(-place);
  if (digits.size() <= after) digits.insert(0, after + 1 - digits.size(), '0');
  return digits.insert(digits.size() - after, ".");
}

// A unit as it is read: "1/s" would begin with a number.
std::string UnitText(std::string name) {
  if (name.starts_with(kPer)) name.replace(0, kPer.size(), "per ");
  return name;
}

// A text of one run of letters in capitals, in which it is no product.
std::string Capitals(std::string text) {
  const bool letters = std::all_of(text.begin(), text.end(),
                                   [](char c) { return c >= 'a' && c <= 'z'; });
  if (!letters) return text;
  for (char& c : text) c = static_cast<char>(c - 'a' + 'A');
  return text;
}

bool IsMonth(std::string_view name) {
  constexpr std::string_view kMonths =
      " january february march april may june july august september october "
      "november december ";
  return kMonths.find(" " + std::string(name) + " ") != std::string_view::npos;
}

class Printer {
 public:
  Printer(const Tree& tree, TermId id) : tree_(tree), texts_(id + 1) {}

  std::string Run(TermId id) {
    std::vector<bool> needed(id + 1, false);
    needed[id] = true;
    for (TermId i = id + 1; i-- > 0;) {
      if (!needed[i]) continue;
      for (const TermId child : tree_.ChildrenOf(i)) needed[child] = true;
    }
    for (TermId i = 0; i <= id; ++i) {
      if (needed[i]) texts_[i] = One(i);
    }
    return std::move(texts_[id]);
  }

 private:
  // True where the text stands for itself beside any operator.
  bool IsAtom(TermId id) const {
    switch (tree_.at(id).kind) {
      case Kind::kNumber: {
        const Literal& literal = tree_.LiteralOf(id);
        return literal.value.is_integer() && !literal.last_place;
      }
      case Kind::kConstant:
      case Kind::kSymbol:
      case Kind::kTuple:
      case Kind::kSet:
      case Kind::kMatrix:
      case Kind::kAbsolute:
      case Kind::kFloor:
      case Kind::kCeiling:
      case Kind::kNamedSet:
        return true;
      default:
        return false;
    }
  }

  std::string Inner(TermId id) const {
    return IsAtom(id) ? texts_[id] : "(" + texts_[id] + ")";
  }

  // The children with `between` them, each in brackets where it needs them.
  std::string Join(TermId id, std::string_view between) const {
    std::string text;
    for (const TermId child : tree_.ChildrenOf(id)) {
      if (!text.empty()) text += between;
      text += Inner(child);
    }
    return text;
  }

  // True where a semicolon must separate the members, as each may be a list.
  bool HoldsList(TermId id) const {
    const std::span<const TermId> of = tree_.ChildrenOf(id);
    return std::any_of(of.begin(), of.end(), [this](TermId i) {
      return tree_.at(i).kind == Kind::kList;
    });
  }

  // A member of what `parent` joins. Nothing binds as weakly as "where", and
  // only that more weakly than "or"; in braces a colon would begin conditions.
  std::string Member(TermId id, Kind parent) const {
    const Kind kind = tree_.at(id).kind;
    const bool weak = kind == Kind::kWhere || kind == Kind::kRatio ||
                      (kind == Kind::kOr && parent != Kind::kWhere);
    return weak ? Inner(id) : texts_[id];
  }

  // The members with `between` them.
  std::string List(TermId id, std::string_view between = {}) const {
    std::string text;
    if (between.empty()) between = HoldsList(id) ? "; " : ", ";
    bool first = true;
    for (const TermId child : tree_.ChildrenOf(id)) {
      if (!first) text += between;
      first = false;
      text += Member(child, tree_.at(id).kind);
    }
    return text;
  }

  std::string One(TermId id) const;
  std::string MatrixText(TermId id) const;
  std::string RelationText(TermId id) const;
  std::string BigText(TermId id) const;
  std::string CallText(TermId id) const;
  std::string SetText(TermId id) const;
  std::string ClockText(TermId id) const;

  // A side of a relation: another relation needs brackets.
  std::string Side(TermId id) const {
    const Kind kind = tree_.at(id).kind;
    const bool weak = kind >= Kind::kList || kind == Kind::kRatio;
    return weak ? Inner(id) : texts_[id];
  }

  const Tree& tree_;
  std::vector<std::string> texts_;
};

std::string Printer::One(TermId id) const {
  const Term& term = tree_.at(id);
  const std::span<const TermId> of = tree_.ChildrenOf(id);
  const std::string name(tree_.NameOf(id));
  switch (term.kind) {
    case Kind::kNumber:
      return NumberText(tree_.LiteralOf(id));
    case Kind::kConstant:
      switch (static_cast<Constant>(term.data)) {
        case Constant::kPi:
          return "\\pi";
        case Constant::kE:
          return "e";
        case Constant::kI:
          return "i";
        case Constant::kInfinity:
          return "\\infty";
      }
      return {};
    case Kind::kSymbol:
      return name + (name.starts_with('\\') ? " " : "");
    case Kind::kSum:
      return Join(id, " + ");
    case Kind::kProduct:
      return Join(id, " \\cdot ");
    case Kind::kNegate:
      return "-" + Inner(of[0]);
    case Kind::kDivide:
      return "\\frac{" + texts_[of[0]] + "}{" + texts_[of[1]] + "}";
    case Kind::kPower:
      return Inner(of[0]) + "^{" + texts_[of[1]] + "}";
    case Kind::kRoot:
      return "\\sqrt[" + texts_[of[1]] + "]{" + texts_[of[0]] + "}";
    case Kind::kFactorial:
      return Inner(of[0]) + "!";
    case Kind::kDoubleFactorial:
      return Inner(of[0]) + "!!";
    case Kind::kAbsolute:
      return "\\lvert " + texts_[of[0]] + "\\rvert ";
    case Kind::kFloor:
      return "\\lfloor " + texts_[of[0]] + "\\rfloor ";
    case Kind::kCeiling:
      return "\\lceil " + texts_[of[0]] + "\\rceil ";
    case Kind::kConjugate:
      return "\\overline{(" + texts_[of[0]] + ")}";
    case Kind::kBinomial:
      return "\\binom{" + texts_[of[0]] + "}{" + texts_[of[1]] + "}";
    case Kind::kModulo:
      return Inner(of[0]) + " \\bmod " + Inner(of[1]);
    case Kind::kPlusMinus:
      return of.size() == 1 ? "\\pm " + Inner(of[0]) : Join(id, " \\pm ");
    case Kind::kMinusPlus:
      return of.size() == 1 ? "\\mp " + Inner(of[0]) : Join(id, " \\mp ");
    case Kind::kPercent:
      return Inner(of[0]) + "\\%";
    case Kind::kDegrees:
      return Inner(of[0]) + "^{\\circ}";
    case Kind::kCall:
      return CallText(id);
    case Kind::kBig:
      return BigText(id);
    case Kind::kQuantity:
      return Inner(of[0]) + "\\text{ " + UnitText(name) + "}";
    case Kind::kText:
      return "\\text{" + Capitals(name) + "}";
    case Kind::kTuple:
      return "(" + List(id) + ")";
    case Kind::kBracketed:
      return "[" + List(id) + "]";
    case Kind::kLeftOpen:
      return "(" + List(id) + "]";
    case Kind::kRightOpen:
      return "[" + List(id) + ")";
    case Kind::kSet:
      return "\\{" + List(id) + "\\}";
    case Kind::kList:
      return List(id);
    case Kind::kOr:
      return List(id, " \\text{ or } ");
    case Kind::kAnd:
      return "\\begin{cases}" + List(id, " \\\\ ") + "\\end{cases}";
    case Kind::kUnion:
      return Join(id, " \\cup ");
    case Kind::kIntersection:
      return Join(id, " \\cap ");
    case Kind::kDifference:
      return Join(id, " \\setminus ");
    case Kind::kSetBuilder:
      return "\\{" + List(id, " \\mid ") + "\\}";
    case Kind::kNamedSet:
      return SetText(id);
    case Kind::kMatrix:
      return MatrixText(id);
    case Kind::kRelation:
      return RelationText(id);
    case Kind::kWhere:
      return List(id, " \\text{ where } ");
    case Kind::kRatio:
      // A word in front of a colon would announce what is behind it.
      return tree_.at(of[0]).kind == Kind::kNumber
                 ? Join(id, " : ")
                 : "(" + Join(id, " : ") + ")";
    case Kind::kClock:
      return ClockText(id);
  }
  return {};
}

std::string Printer::MatrixText(TermId id) const {
  const std::uint32_t rows = tree_.at(id).data;
  const std::span<const TermId> of = tree_.ChildrenOf(id);
  const std::size_t columns = of.size() / rows;
  std::string text = "\\begin{pmatrix}";
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (i != 0) text += i % columns == 0 ? " \\\\ " : " & ";
    text += texts_[of[i]];
  }
  return text + "\\end{pmatrix}";
}

std::string Printer::RelationText(TermId id) const {
  const std::span<const TermId> of = tree_.ChildrenOf(id);
  const std::span<const Sign> signs = tree_.SignsOf(id);
  std::string text = Side(of[0]);
  for (std::size_t i = 0; i < signs.size(); ++i) {
    text += SignText(signs[i]);
    text += signs[i] == Sign::kModulus ? "{" + texts_[of[i + 1]] + "}"
                                       : Side(of[i + 1]);
  }
  return text;
}

std::string Printer::CallText(TermId id) const {
  const std::span<const TermId> of = tree_.ChildrenOf(id);
  const std::string name(tree_.NameOf(id));
  if (name == "log" && of.size() == 2) {
    return "\\log_{" + texts_[of[1]] + "}(" + texts_[of[0]] + ")";
  }
  if (name == "det" && tree_.at(of[0]).kind == Kind::kMatrix) {
    return "\\lvert " + texts_[of[0]] + "\\rvert ";
  }
  if (name.size() > 2 && tree_.at(of[0]).kind == Kind::kNumber &&
      IsMonth(name)) {
    return "\\text{" + name + " " + texts_[of[0]] + "}";
  }
  if (name == "norm") return "\\|" + texts_[of[0]] + "\\|";
  const bool letter = name.size() == 1 || name[0] == '\\' ||
                      name.find_first_of("'_^") != std::string::npos;
  // As a word, inf is infinity.
  const bool command = name == "inf";
  const std::string head = letter    ? name
                           : command ? "\\" + name
                                     : "\\operatorname{" + name + "}";
  return head + "(" + List(id) + ")";
}

std::string Printer::BigText(TermId id) const {
  const std::span<const TermId> of = tree_.ChildrenOf(id);
  std::string text = "\\" + std::string(tree_.NameOf(id));
  if (of.size() > 1) text += "_{" + texts_[of[1]] + "}";
  if (of.size() > 2) text += "^{" + texts_[of[2]] + "}";
  return text + " " + Inner(of[0]);
}

// R, R+, Z_{>0}: the letter in its own face, the rest raised.
std::string Printer::SetText(TermId id) const {
  const std::string name(tree_.NameOf(id));
  std::string text = "\\mathbb{" + name.substr(0, 1) + "}";
  if (name.size() > 1) text += "^{" + name.substr(1) + "}";
  return text;
}

// 13:05:09 in twelve hours, which reads as a time whatever the digits are.
std::string Printer::ClockText(TermId id) const {
  const TermId number = tree_.ChildrenOf(id)[0];
  const long seconds = tree_.LiteralOf(number).value.AsLong().value_or(0);
  const long hour = seconds / 3600;
  const auto two = [](long value) {
    return (value < 10 ? ":0" : ":") + std::to_string(value);
  };
  return std::to_string(hour % 12 == 0 ? 12 : hour % 12) +
         two(seconds / 60 % 60) + two(seconds % 60) +
         (hour < 12 ? "\\text{ am}" : "\\text{ pm}");
}

}  // namespace

std::string Print(const Tree& tree, TermId id) {
  return Printer(tree, id).Run(id);
}

}  // namespace rewards::math
