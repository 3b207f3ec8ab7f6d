// Tree: the syntax of one answer, whole. A flat arena: a term names its
// children by index, and children come before their parents, so that every
// algorithm is a loop over the arena and none recurs. A plain value; const use
// from any thread.

#ifndef REWARDS_MATH_SYNTAX_TREE_H_
#define REWARDS_MATH_SYNTAX_TREE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/math/syntax/rational.h"

namespace rewards::math {

// What a term is. Children in the order of the comment; [n] says how many.
enum class Kind : std::uint8_t {
  // Numbers and expressions: what one number could stand for.
  kNumber,           // a literal, with how it was written
  kConstant,         // pi, e, i, infinity
  kSymbol,           // a variable; `name` is x, x_{1}, \alpha, f'
  kSum,              // terms [n >= 2]
  kProduct,          // factors [n >= 2]
  kNegate,           // [1]
  kDivide,           // numerator, denominator [2]
  kPower,            // base, exponent [2]
  kRoot,             // radicand, index [2]; a square root has the number 2
  kFactorial,        // [1]
  kDoubleFactorial,  // [1]
  kAbsolute,         // [1]
  kFloor,            // [1]
  kCeiling,          // [1]
  kConjugate,        // [1] \overline{z} of an expression
  kBinomial,         // n, k [2]
  kModulo,           // a, m [2]: the remainder, a mod m
  kPlusMinus,        // [1]: +-a, or [2]: a +- b
  kMinusPlus,        // the same, the other sign first
  kPercent,          // [1]: the child over 100, written in percent
  kDegrees,          // [1]: an angle in degrees, or a temperature
  kCall,             // arguments [n]; `name` is sin, arcsin, ln, log (argument,
                     // base), exp, gcd, lcm, min, max, det, Re, Im, arg, or a
                     // function's own letter, f
  kBig,              // body, bounds [1..4]; `name` is sum, prod, int, lim; the
                     // bound relation, then the upper bound
  kQuantity,         // [1]: a number with the unit `name`, e.g. cm^2, dollar

  // Structures.
  kText,          // words; `name` holds them, folded in case and space
  kTuple,         // (a, b, ...) [n >= 2]; of two it may be an open interval
  kBracketed,     // [a, b, ...] [n >= 1]; of two it may be a closed interval
  kLeftOpen,      // (a, b] [2]
  kRightOpen,     // [a, b) [2]
  kSet,           // {a, b, ...} [n >= 0]
  kList,          // a, b, c without brackets; also "a and b" [n >= 2]
  kOr,            // a or b [n >= 2]
  kAnd,           // conditions that hold at once: a system, "x > 1 and x < 2"
  kUnion,         // [n >= 2]
  kIntersection,  // [n >= 2]
  kDifference,    // A \setminus B [2]
  kSetBuilder,    // element, condition [2]: {x : x > 1}
  kNamedSet,      // `name` is R, Z, N, Q, C, or one with a sign, R+
  kMatrix,        // entries by rows [rows * columns]; `rows` says how many
  kRelation,      // a chain: sides [n + 1], with the signs in Tree::signs
  kWhere,         // what, under which condition [2]: pi k, k \in Z
  kRatio,         // a : b : c [n >= 2]
  kClock,         // [1]: a time of day, in seconds since midnight
};

enum class Constant : std::uint32_t { kPi, kE, kI, kInfinity };

// The sign between two sides of a kRelation.
enum class Sign : std::uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,
  kNotIn,
  kSubset,  // proper or not: both are written \subset
  kSubsetEqual,
  kApprox,
  kCongruent,  // a = b (mod m): sides a, b, m with signs kCongruent, kModulus
  kModulus,
  kTo,       // an arrow
  kDivides,  // a | b
  kParallel,
  kPerpendicular,
  kSimilar,
};

using TermId = std::uint32_t;

struct Term {
  Kind kind = Kind::kText;
  // By kind: the index of a literal (kNumber), a Constant, the number of rows
  // (kMatrix), the index of the first sign (kRelation).
  std::uint32_t data = 0;
  std::uint32_t first_child = 0;  // in Tree::children
  std::uint32_t child_count = 0;
  std::uint32_t name = 0;  // in Tree::names; 0 is the empty name
  // Where it stands in the folded text, in bytes.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// A number as it was written. The value is exact: 0.\overline{3} is 1/3, 12_8
// is 10, 1\frac12 is 3/2.
struct Literal {
  Rational value{};
  // For a plain decimal such as 0.33: the power of ten of its last digit, -2,
  // and how many significant digits it states. Else nothing.
  std::optional<long> last_place{};
  std::size_t significant_digits = 0;
};

// One answer. Fails closed: an empty Tree has no root and equals nothing.
struct Tree {
  std::vector<Term> terms;  // children before parents; the root is the last
  std::vector<TermId> children;
  std::vector<Literal> literals;
  std::vector<std::string> names{std::string()};
  std::vector<Sign> signs;

  // What was mended while reading, e.g. "\frac12 read as \frac{1}{2}", in order
  // and once each. Constants.
  std::vector<std::string_view> repairs;

  // Written after a sign of approximation.
  bool approximate = false;

  // The small letter of a choice whose content this is: c for "(C) 12"; 0 where
  // there is none.
  char choice = 0;

  [[nodiscard]] bool empty() const { return terms.empty(); }

  // Requires: not empty.
  [[nodiscard]] TermId root() const {
    return static_cast<TermId>(terms.size() - 1);
  }
  [[nodiscard]] const Term& at(TermId id) const { return terms[id]; }
  [[nodiscard]] std::span<const TermId> ChildrenOf(TermId id) const {
    const Term& term = terms[id];
    return std::span(children).subspan(term.first_child, term.child_count);
  }
  [[nodiscard]] std::string_view NameOf(TermId id) const {
    return names[terms[id].name];
  }
  // Requires: a kNumber.
  [[nodiscard]] const Literal& LiteralOf(TermId id) const {
    return literals[terms[id].data];
  }
  // Requires: a kRelation. One sign less than there are sides.
  [[nodiscard]] std::span<const Sign> SignsOf(TermId id) const {
    return std::span(signs).subspan(terms[id].data, terms[id].child_count - 1);
  }

  // Building. Children must exist already; the new term is the root from then
  // on. `begin` and `end` are for messages only.
  TermId Add(Kind kind, std::span<const TermId> of, std::string_view name = {},
             std::uint32_t data = 0);
  TermId AddNumber(Literal literal);
  TermId AddRelation(std::span<const TermId> sides, std::span<const Sign> with);
  // Copies the term `id` of `from`, and all below it. Returns its new index.
  TermId AddCopy(const Tree& from, TermId id);
};

// True for the kinds that one number could stand for (above kText).
[[nodiscard]] constexpr bool IsScalarKind(Kind kind) {
  return kind < Kind::kText;
}

}  // namespace rewards::math

#endif  // REWARDS_MATH_SYNTAX_TREE_H_
