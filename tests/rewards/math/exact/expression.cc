#include "tests/rewards/math/exact/expression.h"

#include <cctype>
#include <stdexcept>
#include <string>
#include <vector>

namespace rewards::math {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Tree Read() {
    Sum();
    if (at_ != text_.size()) Stop();
    return std::move(tree_);
  }

 private:
  [[noreturn]] void Stop() const {
    throw std::invalid_argument(std::string(text_) + " at " +
                                std::to_string(at_));
  }
  bool Take(char c) {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  TermId Add(Kind kind, std::vector<TermId> of, std::string_view name = {}) {
    return tree_.Add(kind, of, name);
  }

  TermId Sum() {
    std::vector<TermId> terms{Product()};
    for (;;) {
      if (Take('+')) {
        terms.push_back(Product());
      } else if (Take('-')) {
        terms.push_back(Add(Kind::kNegate, {Product()}));
      } else {
        return terms.size() == 1 ? terms[0] : Add(Kind::kSum, terms);
      }
    }
  }

  TermId Product() {
    TermId left = Signed();
    for (;;) {
      if (Take('*')) {
        std::vector<TermId> factors{left, Signed()};
        while (Take('*')) factors.push_back(Signed());
        left = Add(Kind::kProduct, factors);
      } else if (Take('/')) {
        left = Add(Kind::kDivide, {left, Signed()});
      } else {
        return left;
      }
    }
  }

  TermId Signed() {
    if (Take('-')) return Add(Kind::kNegate, {Signed()});
    const TermId base = Postfix();
    return Take('^') ? Add(Kind::kPower, {base, Signed()}) : base;
  }

  TermId Postfix() {
    TermId term = Atom();
    for (;;) {
      if (Take('!')) {
        const bool twice = Take('!');
        term = Add(twice ? Kind::kDoubleFactorial : Kind::kFactorial, {term});
      } else if (Take('%')) {
        term = Add(Kind::kPercent, {term});
      } else if (Take('~')) {
        term = Add(Kind::kDegrees, {term});
      } else {
        return term;
      }
    }
  }

  TermId Atom() {
    if (Take('(')) {
      const TermId inside = Sum();
      if (!Take(')')) Stop();
      return inside;
    }
    if (Take('|')) {
      const TermId inside = Sum();
      if (!Take('|')) Stop();
      return Add(Kind::kAbsolute, {inside});
    }
    if (at_ < text_.size() && std::isdigit(Byte()) != 0) return Number();
    std::string name;
    while (at_ < text_.size() && std::isalpha(Byte()) != 0) {
      name += text_[at_++];
    }
    if (name.empty()) Stop();
    return Take('(') ? Call(name) : Name(name);
  }

  unsigned char Byte() const { return static_cast<unsigned char>(text_[at_]); }

  TermId Number() {
    std::string digits;
    long places = 0;
    bool point = false;
    while (at_ < text_.size() &&
           (std::isdigit(Byte()) != 0 || (!point && text_[at_] == '.'))) {
      if (text_[at_] == '.') {
        point = true;
      } else {
        digits += text_[at_];
        if (point) ++places;
      }
      ++at_;
    }
    Literal literal;
    literal.value = Rational::FromDigits(digits) / Rational::PowerOfTen(places);
    if (point) literal.last_place = -places;
    literal.significant_digits = digits.size();
    return tree_.AddNumber(literal);
  }

  TermId Name(const std::string& name) {
    const auto constant = [this](Constant value) {
      return tree_.Add(Kind::kConstant, {}, {},
                       static_cast<std::uint32_t>(value));
    };
    if (name == "pi") return constant(Constant::kPi);
    if (name == "e") return constant(Constant::kE);
    if (name == "i") return constant(Constant::kI);
    if (name == "oo") return constant(Constant::kInfinity);
    return Add(Kind::kSymbol, {}, name == "dots" ? "\\dots" : name);
  }

  TermId Call(const std::string& name) {
    std::vector<TermId> of;
    do {
      of.push_back(Sum());
    } while (Take(','));
    if (!Take(')')) Stop();
    if (name == "sqrt" || name == "cbrt") {
      of.push_back(tree_.AddNumber({Rational(name == "sqrt" ? 2 : 3)}));
      return Add(Kind::kRoot, of);
    }
    if (name == "root") return Add(Kind::kRoot, of);
    if (name == "floor") return Add(Kind::kFloor, of);
    if (name == "ceil") return Add(Kind::kCeiling, of);
    if (name == "conj") return Add(Kind::kConjugate, of);
    if (name == "binom") return Add(Kind::kBinomial, of);
    if (name == "mod") return Add(Kind::kModulo, of);
    if (name == "sum" || name == "prod") {
      const TermId sides[] = {of[0], of[1]};
      const Sign with[] = {Sign::kEqual};
      const TermId relation = tree_.AddRelation(sides, with);
      return Add(Kind::kBig, {of[3], relation, of[2]}, name);
    }
    return Add(Kind::kCall, of, name);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Tree tree_;
};

}  // namespace

Tree TreeOf(std::string_view text) { return Reader(text).Read(); }

}  // namespace rewards::math
