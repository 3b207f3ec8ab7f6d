#include "rewards/math/exact/graph.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace rewards::math {
namespace {

constexpr NodeId kEmpty = std::numeric_limits<NodeId>::max();
constexpr std::size_t kFirstTable = 64;  // slots

std::size_t Mix(std::size_t hash, std::size_t value) {
  hash ^= value + 0x9e3779b97f4a7c15ULL + (hash << 6) + (hash >> 2);
  return hash * 0xff51afd7ed558ccdULL;
}

// One large prime: numbers that differ rarely agree modulo it.
std::size_t HashOf(const Rational& value) {
  constexpr unsigned long kPrime = 2305843009213693951UL;  // 2^61 - 1
  return Mix(fmpz_fdiv_ui(fmpq_numref(value.raw()), kPrime),
             fmpz_fdiv_ui(fmpq_denref(value.raw()), kPrime));
}

}  // namespace

Graph::Graph() : names_{std::string()}, table_(kFirstTable, kEmpty) {
  Number(Rational(0));
  Number(Rational(1));
}

NodeId Graph::Number(const Rational& value) {
  const std::size_t hash = HashOf(value);
  for (std::size_t at = hash & (table_.size() - 1); table_[at] != kEmpty;
       at = (at + 1) & (table_.size() - 1)) {
    const NodeId id = table_[at];
    if (hashes_[id] == hash && IsNumber(id) && NumberOf(id) == value) return id;
  }
  Node node;
  node.op = Op::kNumber;
  node.payload = static_cast<std::uint32_t>(numbers_.size());
  numbers_.push_back(value);
  return Insert(node, hash);
}

NodeId Graph::Make(Op op, std::span<const NodeId> arguments,
                   std::string_view name) {
  std::size_t hash = Mix(static_cast<std::size_t>(op) + 17,
                         std::hash<std::string_view>()(name));
  for (const NodeId argument : arguments) hash = Mix(hash, argument);
  for (std::size_t at = hash & (table_.size() - 1); table_[at] != kEmpty;
       at = (at + 1) & (table_.size() - 1)) {
    const NodeId id = table_[at];
    if (hashes_[id] == hash && nodes_[id].op == op && NameOf(id) == name &&
        std::ranges::equal(ArgumentsOf(id), arguments)) {
      return id;
    }
  }
  Node node;
  node.op = op;
  node.symbolic = op == Op::kSymbol || op == Op::kFunction;
  node.imaginary = op == Op::kImaginary;
  node.opaque = op == Op::kOpaque;
  node.infinite = op == Op::kInfinity;
  for (const NodeId argument : arguments) {
    node.symbolic |= nodes_[argument].symbolic;
    node.imaginary |= nodes_[argument].imaginary;
    node.opaque |= nodes_[argument].opaque;
    node.infinite |= nodes_[argument].infinite;
  }
  node.first = static_cast<std::uint32_t>(arguments_.size());
  node.count = static_cast<std::uint32_t>(arguments.size());
  arguments_.insert(arguments_.end(), arguments.begin(), arguments.end());
  if (!name.empty()) {
    node.payload = static_cast<std::uint32_t>(names_.size());
    names_.emplace_back(name);
  }
  return Insert(node, hash);
}

std::vector<bool> Graph::Below(std::span<const NodeId> roots) const {
  std::vector<bool> below(nodes_.size(), false);
  for (const NodeId root : roots) below[root] = true;
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    if (!below[i]) continue;
    for (const NodeId argument : ArgumentsOf(static_cast<NodeId>(i))) {
      below[argument] = true;
    }
  }
  return below;
}

NodeId Graph::Insert(Node node, std::size_t hash) {
  if ((nodes_.size() + 1) * 2 > table_.size()) Grow();
  const auto id = static_cast<NodeId>(nodes_.size());
  nodes_.push_back(node);
  hashes_.push_back(hash);
  std::size_t at = hash & (table_.size() - 1);
  while (table_[at] != kEmpty) at = (at + 1) & (table_.size() - 1);
  table_[at] = id;
  return id;
}

void Graph::Grow() {
  table_.assign(table_.size() * 2, kEmpty);
  for (std::size_t id = 0; id < nodes_.size(); ++id) {
    std::size_t at = hashes_[id] & (table_.size() - 1);
    while (table_[at] != kEmpty) at = (at + 1) & (table_.size() - 1);
    table_[at] = static_cast<NodeId>(id);
  }
}

std::vector<std::pair<NodeId, Rational>> TermsOf(const Graph& graph,
                                                 NodeId id) {
  std::vector<std::pair<NodeId, Rational>> terms;
  if (graph.IsNumber(id)) {
    terms.emplace_back(Graph::kOne, graph.NumberOf(id));
  } else if (graph.at(id).op == Op::kSum) {
    const auto parts = graph.ArgumentsOf(id);
    for (std::size_t i = 0; i < parts.size(); i += 2) {
      terms.emplace_back(parts[i], graph.NumberOf(parts[i + 1]));
    }
  } else {
    terms.emplace_back(id, Rational(1));
  }
  return terms;
}

}  // namespace rewards::math
