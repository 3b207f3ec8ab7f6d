// Functions by name, for Lowering.

#include <flint/fmpz.h>

#include <cctype>
#include <string>
#include <utility>

#include "rewards/math/exact/lowering.h"
#include "rewards/math/exact/residue.h"

namespace rewards::math {
namespace {

// Functions that are one over another, or two of one another.
struct Quotient {
  std::string_view name;
  std::string_view above;  // empty: one
  std::string_view below;
};
constexpr Quotient kQuotients[] = {
    {"sec", "", "cos"},    {"csc", "", "sin"},       {"cosec", "", "sin"},
    {"cot", "cos", "sin"}, {"ctg", "cos", "sin"},    {"sech", "", "cosh"},
    {"csch", "", "sinh"},  {"coth", "cosh", "sinh"},
};

struct Alias {
  std::string_view name;
  std::string_view of;
};

// Other names of one function.
constexpr Alias kAliases[] = {
    {"tg", "tan"},         {"asin", "arcsin"},    {"acos", "arccos"},
    {"atan", "arctan"},    {"arctg", "arctan"},   {"acot", "arccot"},
    {"arcctg", "arccot"},  {"sh", "sinh"},        {"ch", "cosh"},
    {"th", "tanh"},        {"arsinh", "arcsinh"}, {"asinh", "arcsinh"},
    {"arcosh", "arccosh"}, {"acosh", "arccosh"},  {"artanh", "arctanh"},
    {"atanh", "arctanh"},
};

Rational Half() { return Rational(1) / Rational(2); }

}  // namespace

std::optional<NodeId> Lowering::Call(std::string_view name,
                                     const std::vector<NodeId>& of) {
  Algebra& a = *algebra_;
  if (of.empty() || name.empty()) return std::nullopt;
  for (const Alias& alias : kAliases) {
    if (alias.name == name) name = alias.of;
  }
  if (name == "log") return Logarithm(of);
  if (name == "gcd" || name == "lcm") return Integers(name, of);
  if (name == "min" || name == "max") return Extreme(name == "max", of);
  if (of.size() != 1) return UnknownFunction(name, of);
  const NodeId x = of[0];
  for (const Quotient& quotient : kQuotients) {
    if (quotient.name != name) continue;
    const auto above = quotient.above.empty() ? std::optional(Graph::kOne)
                                              : Trigonometry(quotient.above, x);
    const auto below = Trigonometry(quotient.below, x);
    return a.Divide(*above, *below);
  }
  if (name == "ln") return a.Log(x);
  if (name == "lg") return a.Divide(a.Log(x), a.Log(a.Number(10)));
  if (name == "exp") return a.Exp(x);
  if (name == "sqrt") return a.Root(x, 2);
  if (name == "abs") return a.Absolute(x);
  const NodeId turned[] = {x};
  const bool real = a.graph().IsNumber(x) || a.graph().at(x).op == Op::kSymbol;
  if (name == "conj" || name == "Re" || name == "Im") {
    const NodeId conjugate = real ? x : a.Plain(Op::kConjugate, turned);
    if (name == "conj") return conjugate;
    if (name == "Re") return a.Scale(a.Add(x, conjugate), Half());
    return a.Scale(a.Multiply(a.Subtract(x, conjugate), a.Imaginary()),
                   -Half());
  }
  if (name == "cis") {
    return a.Add(a.Cos(x), a.Multiply(a.Imaginary(), a.Sin(x)));
  }
  if (name == "arg") return a.Plain(Op::kArgument, turned);
  if (const auto node = Trigonometry(name, x)) return node;
  if (!a.ok()) return std::nullopt;
  return UnknownFunction(name, of);
}

// One letter is any function, which two arguments tell apart: f(x) is not f(y).
// A name is one function that we do not know: phi(3) may be phi(4). Arguments
// are multiplied out, so that f((x + 1)^2) meets f(x^2 + 2x + 1).
NodeId Lowering::UnknownFunction(std::string_view name,
                                 const std::vector<NodeId>& of) {
  std::vector<NodeId> expanded;
  for (const NodeId x : of) expanded.push_back(algebra_->Expanded(x));
  const auto letter = static_cast<unsigned char>(name[0]);
  const bool any =
      std::isalpha(letter) != 0 &&
      name.find_first_not_of("'_{}0123456789", 1) == std::string_view::npos;
  return algebra_->Plain(any ? Op::kFunction : Op::kOpaque, expanded,
                         std::string(name) + suffix_);
}

std::optional<NodeId> Lowering::Trigonometry(std::string_view name, NodeId x) {
  Algebra& a = *algebra_;
  const NodeId right = a.Scale(a.Pi(), Half());
  if (name == "sin") return a.Sin(x);
  if (name == "cos") return a.Cos(x);
  if (name == "tan") return a.Divide(a.Sin(x), a.Cos(x));
  if (name == "arcsin") return a.Arcsin(x);
  if (name == "arctan") return a.Arctan(x);
  if (name == "arccos") return a.Subtract(right, a.Arcsin(x));
  if (name == "arccot") return a.Subtract(right, a.Arctan(x));
  if (name == "arcsec" || name == "arccsc") {
    const NodeId inner = a.Arcsin(a.Divide(Graph::kOne, x));
    return name == "arccsc" ? inner : a.Subtract(right, inner);
  }
  if (name == "sinh" || name == "cosh" || name == "tanh") {
    const NodeId up = a.Exp(x);
    const NodeId down = a.Exp(a.Negate(x));
    if (name == "tanh") return a.Divide(a.Subtract(up, down), a.Add(up, down));
    return a.Scale(name == "sinh" ? a.Subtract(up, down) : a.Add(up, down),
                   Half());
  }
  if (name == "arcsinh" || name == "arccosh") {
    const Rational one(name == "arcsinh" ? 1 : -1);
    const NodeId square = a.Add(a.Power(x, a.Number(2)), a.Number(one));
    return a.Log(a.Add(x, a.Root(square, 2)));
  }
  if (name == "arctanh") {
    const NodeId up = a.Add(Graph::kOne, x);
    const NodeId down = a.Subtract(Graph::kOne, x);
    return a.Scale(a.Log(a.Divide(up, down)), Half());
  }
  return std::nullopt;
}

// A logarithm without a base is natural to some and decimal to others: it has a
// base of its own, a positive number that nothing is known of.
std::optional<NodeId> Lowering::Logarithm(const std::vector<NodeId>& of) {
  Algebra& a = *algebra_;
  if (of.size() > 2) return std::nullopt;
  if (of.size() == 1) {
    const NodeId scale = a.Plain(Op::kSymbol, {}, "\x1flog");
    return a.Multiply(a.Log(of[0]), a.Exp(scale));
  }
  if (of[1] == Graph::kOne) return a.Undefined();
  return a.Divide(a.Log(of[0]), a.Log(of[1]));
}

std::optional<NodeId> Lowering::Integers(std::string_view name,
                                         const std::vector<NodeId>& of) {
  Algebra& a = *algebra_;
  Rational result(name == "gcd" ? 0 : 1);
  for (const NodeId node : of) {
    const bool number = a.graph().IsNumber(node);
    if (!number || !a.graph().NumberOf(node).is_integer()) {
      return a.Plain(Op::kOpaque, of, name);
    }
    const Rational value = a.graph().NumberOf(node);
    if (!work_->Spend(1 + value.bits() / 128)) return a.Fail();
    fmpz* into = fmpq_numref(result.raw());
    if (name == "gcd") {
      fmpz_gcd(into, into, fmpq_numref(value.raw()));
    } else {
      fmpz_lcm(into, into, fmpq_numref(value.raw()));
    }
  }
  return a.Number(result);
}

std::optional<NodeId> Lowering::Extreme(bool largest,
                                        const std::vector<NodeId>& of) {
  Algebra& a = *algebra_;
  NodeId result = of[0];
  for (std::size_t i = 1; i < of.size(); ++i) {
    const NodeId gap = a.Absolute(a.Subtract(result, of[i]));
    const NodeId sum = a.Add(result, of[i]);
    result = a.Scale(largest ? a.Add(sum, gap) : a.Subtract(sum, gap), Half());
  }
  return result;
}

NodeId Lowering::Modulo(NodeId node, NodeId m) {
  Algebra& a = *algebra_;
  if (m == Graph::kZero) return a.Undefined();
  const Graph& graph = a.graph();
  if (graph.IsNumber(m) && !graph.IsNumber(node)) {
    const Rational modulus = graph.NumberOf(m);
    const auto residue = ResidueOf(graph, node, modulus, work_);
    if (residue) return a.Number(*residue);
  }
  return a.Subtract(node, a.Multiply(m, a.Floor(a.Divide(node, m))));
}

}  // namespace rewards::math
