#include "rewards/math/exact/algebra.h"

#include <algorithm>
#include <utility>

namespace rewards::math {
namespace {

// Below this many bits arithmetic is not worth a unit of work of its own.
constexpr std::size_t kSmallBits = 512;

// Terms of a sum that are worth one unit of work.
constexpr std::size_t kTermsAUnit = 8;

bool FewerNode(const Addend& a, const Addend& b) { return a.node < b.node; }

}  // namespace

NodeId Algebra::Fail() {
  ok_ = false;
  return Graph::kZero;
}

NodeId Algebra::Undefined() {
  defined_ = false;
  return Fail();
}

bool Algebra::Pay(const Rational& value) {
  const std::size_t bits = value.bits();
  if (bits > kNumberBits) return ok_ = false;
  if (bits > kSmallBits && !work_->Spend(1 + bits / 512)) return ok_ = false;
  return true;
}

NodeId Algebra::Plain(Op op, std::span<const NodeId> arguments,
                      std::string_view name) {
  if (!ok_ || graph_->size() >= kNodes) return Fail();
  // An infinity stands alone, or with a sign: there is no arithmetic with it.
  const bool alone = op == Op::kSum && arguments.size() == 2;
  for (const NodeId argument : arguments) {
    if (graph_->at(argument).infinite && !alone) return Fail();
  }
  return graph_->Make(op, arguments, name);
}

std::vector<Addend> Algebra::AddendsOf(NodeId a) const {
  std::vector<Addend> addends;
  for (auto& [node, coefficient] : TermsOf(*graph_, a)) {
    addends.push_back({node, std::move(coefficient)});
  }
  return addends;
}

NodeId Algebra::Sum(std::vector<Addend> addends) {
  if (!ok_) return Graph::kZero;
  // Flat: the addends of sums, times what the sum is times.
  std::vector<Addend> flat;
  for (const Addend& addend : addends) {
    for (Addend& part : AddendsOf(addend.node)) {
      if (!(addend.coefficient == Rational(1))) {
        part.coefficient = part.coefficient * addend.coefficient;
        if (!Pay(part.coefficient)) return Graph::kZero;
      }
      flat.push_back(std::move(part));
    }
    if (flat.size() > kTerms) return Fail();
  }
  for (const Addend& part : flat) {
    const bool alone = flat.size() == 1 && !part.coefficient.is_zero();
    if (graph_->at(part.node).infinite && !alone) return Fail();
  }
  if (!work_->Spend(flat.size() / kTermsAUnit)) return Fail();
  std::ranges::stable_sort(flat, FewerNode);
  std::vector<Addend> merged;
  for (Addend& part : flat) {
    if (!merged.empty() && merged.back().node == part.node) {
      merged.back().coefficient = merged.back().coefficient + part.coefficient;
      if (!Pay(merged.back().coefficient)) return Graph::kZero;
    } else {
      merged.push_back(std::move(part));
    }
  }
  std::erase_if(merged,
                [](const Addend& a) { return a.coefficient.is_zero(); });
  if (merged.empty()) return Graph::kZero;
  if (merged.size() == 1 && merged[0].node == Graph::kOne) {
    return Number(merged[0].coefficient);
  }
  if (merged.size() == 1 && merged[0].coefficient == Rational(1)) {
    return merged[0].node;
  }
  if (merged.size() == 1 && graph_->at(merged[0].node).op == Op::kInfinity) {
    merged[0].coefficient =
        Rational(merged[0].coefficient.is_negative() ? -1 : 1);
    if (!merged[0].coefficient.is_negative()) return merged[0].node;
  }
  std::vector<NodeId> arguments;
  for (const Addend& part : merged) {
    arguments.push_back(part.node);
    arguments.push_back(Number(part.coefficient));
  }
  return Plain(Op::kSum, arguments);
}

NodeId Algebra::Add(NodeId a, NodeId b) {
  return Sum({{a, Rational(1)}, {b, Rational(1)}});
}

NodeId Algebra::Subtract(NodeId a, NodeId b) {
  return Sum({{a, Rational(1)}, {b, Rational(-1)}});
}

NodeId Algebra::Scale(NodeId a, const Rational& by) { return Sum({{a, by}}); }

NodeId Algebra::Multiply(NodeId a, NodeId b) {
  return Product({{a, 1}, {b, 1}});
}

NodeId Algebra::Divide(NodeId a, NodeId b) {
  if (b == Graph::kZero) return Undefined();
  if (!graph_->IsNumber(b)) must_not_vanish_.push_back(b);
  return Product({{a, 1}, {b, -1}});
}

NodeId Algebra::Expand(NodeId a, NodeId b) {
  constexpr std::size_t kExpanded = 64;  // terms
  const std::vector<Addend> left = AddendsOf(a);
  const std::vector<Addend> right = AddendsOf(b);
  if (left.size() * right.size() > kExpanded) return Multiply(a, b);
  std::vector<Addend> sum;
  for (const Addend& x : left) {
    for (const Addend& y : right) {
      sum.push_back({Multiply(x.node, y.node), x.coefficient * y.coefficient});
    }
  }
  return Sum(std::move(sum));
}

NodeId Algebra::Expanded(NodeId a) {
  const Deeper deeper(&depth_);
  if (deeper.too_deep()) return Fail();
  constexpr long kPower = 8;  // largest exponent of a sum
  std::vector<Addend> sum;
  for (const Addend& addend : AddendsOf(a)) {
    const Node node = graph_->at(addend.node);
    if (node.op != Op::kProduct) {
      sum.push_back(addend);
      continue;
    }
    const std::vector<NodeId> parts(graph_->ArgumentsOf(addend.node).begin(),
                                    graph_->ArgumentsOf(addend.node).end());
    NodeId product = Graph::kOne;
    for (std::size_t i = 0; i < parts.size(); i += 2) {
      const long exponent = *graph_->NumberOf(parts[i + 1]).AsLong();
      const bool open = graph_->at(parts[i]).op == Op::kSum && exponent > 0 &&
                        exponent <= kPower;
      if (!open) {
        product = Expand(product, Product({{parts[i], exponent}}));
        continue;
      }
      for (long k = 0; k < exponent; ++k) product = Expand(product, parts[i]);
    }
    sum.push_back({product, addend.coefficient});
  }
  return Sum(std::move(sum));
}

bool Algebra::IsNegated(NodeId a) const {
  if (graph_->IsNumber(a)) return graph_->NumberOf(a).is_negative();
  if (graph_->at(a).op != Op::kSum) return false;
  const auto parts = graph_->ArgumentsOf(a);
  return graph_->NumberOf(parts[parts.size() - 1]).is_negative();
}

}  // namespace rewards::math
