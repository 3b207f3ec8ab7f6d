#include "rewards/math/exact/lowering.h"

#include <cstdlib>
#include <utility>

namespace rewards::math {
namespace {

// An ellipsis. A sum or a product with one is what its terms are, in order:
// 1 + ... + 10 + 2 is not 1 + ... + 12.
constexpr std::string_view kDots = "\\dots";
constexpr std::string_view kDotsBetween = "\\dots *";

// The name of a variable; that of a constant which may be one, in a sum over
// it. Else empty.
std::string_view VariableOf(const Tree& tree, TermId id) {
  const Term& term = tree.at(id);
  if (term.kind == Kind::kSymbol) return tree.NameOf(id);
  if (term.kind != Kind::kConstant) return {};
  switch (static_cast<Constant>(term.data)) {
    case Constant::kI:
      return "i";
    case Constant::kE:
      return "e";
    default:
      return {};
  }
}

bool HasDots(const Graph& graph, const std::vector<NodeId>& of) {
  for (const NodeId node : of) {
    for (const auto& [part, by] : TermsOf(graph, node)) {
      if (graph.at(part).op == Op::kOpaque && graph.at(part).count == 0) {
        return true;
      }
    }
  }
  return false;
}

// Which terms are to be lowered one by one: `root` and what is below, but
// nothing below a sum over an index, which has its own way.
std::vector<bool> Wanted(TermRef root) {
  const Tree& tree = *root.tree;
  std::vector<bool> wanted(root.id + 1, false);
  wanted[root.id] = true;
  for (TermId id = root.id + 1; id-- > 0;) {
    if (!wanted[id] || tree.at(id).kind == Kind::kBig) continue;
    for (const TermId child : tree.ChildrenOf(id)) wanted[child] = true;
  }
  return wanted;
}

}  // namespace

std::optional<NodeId> Lowering::Lower(TermRef term) {
  return Range(term, {}, 0);
}

std::optional<NodeId> Lowering::Range(TermRef term, const Bound& bound,
                                      int depth) {
  const Tree& tree = *term.tree;
  // A pass over the tree, for one term of it.
  if (!work_->Spend(term.id / 1'024)) {
    algebra_->Fail();
    return std::nullopt;
  }
  const std::vector<bool> wanted = Wanted(term);
  std::vector<NodeId> nodes(term.id + 1, Graph::kZero);
  std::vector<NodeId> of;
  for (TermId id = 0; id <= term.id; ++id) {
    if (!wanted[id]) continue;
    if (!work_->Spend(1)) {
      algebra_->Fail();
      return std::nullopt;
    }
    std::optional<NodeId> node;
    if (tree.at(id).kind == Kind::kBig) {
      node = Big({&tree, id}, bound, depth);
    } else {
      of.clear();
      for (const TermId child : tree.ChildrenOf(id)) of.push_back(nodes[child]);
      node = Term({&tree, id}, of, bound);
    }
    if (!node || !algebra_->ok()) return std::nullopt;
    nodes[id] = *node;
  }
  return nodes[term.id];
}

std::optional<NodeId> Lowering::Term(TermRef term,
                                     const std::vector<NodeId>& of,
                                     const Bound& bound) {
  const Tree& tree = *term.tree;
  Algebra& a = *algebra_;
  switch (tree.at(term.id).kind) {
    case Kind::kNumber:
      return a.Number(tree.LiteralOf(term.id).value);
    case Kind::kConstant:
      if (const auto index = Index(tree, term.id, bound)) return index;
      switch (static_cast<Constant>(tree.at(term.id).data)) {
        case Constant::kPi:
          return a.Pi();
        case Constant::kE:
          return a.Exp(Graph::kOne);
        case Constant::kI:
          return a.Imaginary();
        case Constant::kInfinity:
          return a.Plain(Op::kInfinity, {});
      }
      return std::nullopt;
    case Kind::kSymbol: {
      if (tree.NameOf(term.id) == kDots) return a.Plain(Op::kOpaque, {}, kDots);
      const auto found = bound.find(tree.NameOf(term.id));
      if (found != bound.end()) return found->second;
      return a.Plain(Op::kSymbol, {},
                     std::string(tree.NameOf(term.id)) + suffix_);
    }
    case Kind::kSum: {
      if (HasDots(a.graph(), of)) return a.Plain(Op::kOpaque, of, kDots);
      std::vector<Addend> addends;
      for (const NodeId node : of) addends.push_back({node, Rational(1)});
      return a.Sum(std::move(addends));
    }
    case Kind::kProduct: {
      if (HasDots(a.graph(), of)) return a.Plain(Op::kOpaque, of, kDotsBetween);
      std::vector<Factor> factors;
      for (const NodeId node : of) factors.push_back({node, 1});
      return a.Product(std::move(factors));
    }
    case Kind::kNegate:
      return a.Negate(of[0]);
    case Kind::kDivide:
      return a.Divide(of[0], of[1]);
    case Kind::kPower:
      return a.Power(of[0], of[1]);
    case Kind::kRoot: {
      if (!a.graph().IsNumber(of[1])) {
        return a.Power(of[0], a.Divide(Graph::kOne, of[1]));
      }
      const std::optional<long> index = a.graph().NumberOf(of[1]).AsLong();
      if (!index || *index < 1 || *index > 10'000) return std::nullopt;
      return a.Root(of[0], *index);
    }
    case Kind::kFactorial:
      return a.Factorial(of[0]);
    case Kind::kDoubleFactorial:
      return DoubleFactorial(of[0]);
    case Kind::kAbsolute:
      return a.Absolute(of[0]);
    case Kind::kFloor:
      return a.Floor(of[0]);
    case Kind::kCeiling:
      return a.Negate(a.Floor(a.Negate(of[0])));
    case Kind::kConjugate:
      return Call("conj", of);
    case Kind::kBinomial:
      return a.Binomial(of[0], of[1]);
    case Kind::kModulo:
      return Modulo(of[0], of[1]);
    case Kind::kPercent:
      return a.Scale(of[0], Rational(1) / Rational(100));
    case Kind::kDegrees:
      return a.Scale(a.Multiply(of[0], a.Pi()), Rational(1) / Rational(180));
    case Kind::kCall:
      return Call(tree.NameOf(term.id), of);
    default:
      return std::nullopt;
  }
}

// In a sum over i, i is its index.
std::optional<NodeId> Lowering::Index(const Tree& tree, TermId id,
                                      const Bound& bound) {
  const auto found = bound.find(VariableOf(tree, id));
  return found == bound.end() ? std::nullopt : std::optional(found->second);
}

// n!! is 2^k k! for n = 2k, and n! / (n - 1)!! for odd n.
NodeId Lowering::DoubleFactorial(NodeId node) {
  Algebra& a = *algebra_;
  if (!a.graph().IsNumber(node)) {
    return a.Plain(Op::kOpaque, {&node, 1}, "double factorial");
  }
  const Rational value = a.graph().NumberOf(node);
  if (!value.is_integer() || !(Rational(-1) <= value)) return a.Undefined();
  if (value <= Rational(1)) return Graph::kOne;
  const bool even = fmpz_is_even(fmpq_numref(value.raw())) != 0;
  const Rational top = even ? value : value - Rational(1);
  const NodeId half = a.Number(top / Rational(2));
  const NodeId product =
      a.Multiply(a.Power(a.Number(2), half), a.Factorial(half));
  return even ? product : a.Divide(a.Factorial(node), product);
}

std::optional<NodeId> Lowering::Big(TermRef term, const Bound& bound,
                                    int depth) {
  const Tree& tree = *term.tree;
  const auto parts = tree.ChildrenOf(term.id);
  const std::string_view name = tree.NameOf(term.id);
  if (depth >= kNested || parts.empty()) return std::nullopt;
  const bool sum = name == "sum";
  if ((!sum && name != "prod") || parts.size() != 3 ||
      tree.at(parts[1]).kind != Kind::kRelation ||
      tree.ChildrenOf(parts[1]).size() != 2 ||
      tree.SignsOf(parts[1])[0] != Sign::kEqual ||
      !IsScalarKind(tree.at(parts[2]).kind)) {
    return Opaque(term, bound, depth);
  }
  const auto sides = tree.ChildrenOf(parts[1]);
  const std::string_view variable = VariableOf(tree, sides[0]);
  if (variable.empty()) return std::nullopt;
  const auto from = Range({&tree, sides[1]}, bound, depth + 1);
  const auto to = from ? Range({&tree, parts[2]}, bound, depth + 1) : from;
  if (!to) return std::nullopt;
  Algebra& a = *algebra_;
  const Graph& graph = a.graph();
  if (!graph.IsNumber(*from) || !graph.IsNumber(*to)) {
    return Opaque(term, bound, depth);
  }
  const std::optional<long> first = graph.NumberOf(*from).AsLong();
  const std::optional<long> last = graph.NumberOf(*to).AsLong();
  if (!first || !last || *last - *first >= kBigTerms ||
      std::labs(*first) > (1L << 40)) {
    return Opaque(term, bound, depth);
  }
  Bound inner = bound;
  std::vector<Addend> addends;
  std::vector<Factor> factors;
  for (long k = *first; k <= *last; ++k) {
    inner.insert_or_assign(std::string(variable), a.Number(k));
    const auto body = Range({&tree, parts[0]}, inner, depth + 1);
    if (!body) return std::nullopt;
    if (sum) {
      addends.push_back({*body, Rational(1)});
    } else {
      factors.push_back({*body, 1});
    }
  }
  return sum ? a.Sum(std::move(addends)) : a.Product(std::move(factors));
}

// By its parts alone: two of them are equal where all of that is. The bound
// variable has the same name in each.
std::optional<NodeId> Lowering::Opaque(TermRef term, const Bound& bound,
                                       int depth) {
  const Tree& tree = *term.tree;
  Bound inner = bound;
  std::string name(tree.NameOf(term.id));
  std::vector<NodeId> of;
  for (const TermId part : tree.ChildrenOf(term.id)) {
    const bool relation = tree.at(part).kind == Kind::kRelation;
    const auto sides = tree.ChildrenOf(part);
    for (const Sign sign :
         relation ? tree.SignsOf(part) : decltype(tree.SignsOf(part)){}) {
      name += '\x1f';
      name += std::to_string(static_cast<int>(sign));
    }
    if (relation && !VariableOf(tree, sides[0]).empty()) {
      const std::string variable = "\x1f" + std::to_string(depth);
      inner.insert_or_assign(std::string(VariableOf(tree, sides[0])),
                             algebra_->Plain(Op::kSymbol, {}, variable));
    }
  }
  for (const TermId part : tree.ChildrenOf(term.id)) {
    const bool relation = tree.at(part).kind == Kind::kRelation;
    const TermId alone[] = {part};
    for (const TermId side :
         relation ? tree.ChildrenOf(part) : std::span<const TermId>(alone)) {
      const auto node = Range({&tree, side}, inner, depth + 1);
      if (!node) return std::nullopt;
      of.push_back(*node);
    }
  }
  return algebra_->Plain(Op::kOpaque, of, name);
}

}  // namespace rewards::math
