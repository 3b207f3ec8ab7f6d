// Graph: expressions as nodes, each different one once. Children come before
// their parents, so that every algorithm is a loop over the nodes. What is
// equal by the rules of algebra.h is the same node. Not thread-safe.

#ifndef REWARDS_MATH_EXACT_GRAPH_H_
#define REWARDS_MATH_EXACT_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/math/syntax/rational.h"

namespace rewards::math {

using NodeId = std::uint32_t;

// What a node is, with its arguments.
enum class Op : std::uint8_t {
  kNumber,     // Graph::NumberOf
  kPi,         //
  kImaginary,  // i
  kInfinity,   //
  kSymbol,     // Graph::NameOf; a real variable
  kSum,        // node, coefficient, node, coefficient, ...; a number first,
               // as a multiple of one
  kProduct,    // node, exponent, ...; exponents are integers, never zero
  kRoot,       // base, index >= 2; of a negative real base the real root, where
               // the index is odd, else the principal one
  kPower,      // base, exponent: minus one to a power that is no number
  kExp,
  kLog,  // natural, principal
  kSin,
  kCos,
  kArctan,
  kArcsin,
  kAbsolute,
  kFloor,
  kArgument,
  kConjugate,
  kFactorial,
  kFunction,  // Graph::NameOf, of the arguments: a function we know nothing of
  kOpaque,    // Graph::NameOf, of the arguments: a value we do not compute
};

struct Node {
  Op op = Op::kOpaque;
  bool symbolic = false;    // a symbol or an unknown function is below
  bool imaginary = false;   // i is below
  bool opaque = false;      // a kOpaque is below
  bool infinite = false;    // an infinity is below
  std::uint32_t first = 0;  // in Graph's arguments
  std::uint32_t count = 0;
  std::uint32_t payload = 0;  // of a number or a name
};

class Graph {
 public:
  static constexpr NodeId kZero = 0;
  static constexpr NodeId kOne = 1;

  Graph();

  // The node for these, made where there is none yet.
  NodeId Number(const Rational& value);
  NodeId Make(Op op, std::span<const NodeId> arguments,
              std::string_view name = {});

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  // This, ArgumentsOf and NameOf: valid until the next node is made.
  [[nodiscard]] const Node& at(NodeId id) const { return nodes_[id]; }
  [[nodiscard]] std::span<const NodeId> ArgumentsOf(NodeId id) const {
    return std::span(arguments_).subspan(nodes_[id].first, nodes_[id].count);
  }
  [[nodiscard]] bool IsNumber(NodeId id) const {
    return nodes_[id].op == Op::kNumber;
  }
  // Requires: a kNumber. Stays where it is as long as the graph.
  [[nodiscard]] const Rational& NumberOf(NodeId id) const {
    return numbers_[nodes_[id].payload];
  }
  [[nodiscard]] std::string_view NameOf(NodeId id) const {
    return names_[nodes_[id].payload];
  }

  // Which nodes are `roots` or below them.
  [[nodiscard]] std::vector<bool> Below(std::span<const NodeId> roots) const;

 private:
  NodeId Insert(Node node, std::size_t hash);
  void Grow();

  std::vector<Node> nodes_;
  std::vector<std::size_t> hashes_;
  std::vector<NodeId> arguments_;
  std::deque<Rational> numbers_;
  std::vector<std::string> names_;
  std::vector<NodeId> table_;  // open addressing; kEmpty is free
};

// What a node is a sum of: a number counts as that many ones, and what is no
// sum as one of itself.
[[nodiscard]] std::vector<std::pair<NodeId, Rational>> TermsOf(
    const Graph& graph, NodeId id);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_GRAPH_H_
