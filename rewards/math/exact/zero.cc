#include "rewards/math/exact/zero.h"

#include <algorithm>
#include <string>
#include <utility>

#include "rewards/math/exact/enclosures.h"
#include "rewards/math/exact/magnitudes.h"
#include "rewards/math/exact/model.h"

namespace rewards::math {
namespace {

// Precisions of balls, in bits. A constant that no model decides is looked at
// once more with the last.
constexpr long kLow = 64;
constexpr long kHigh = 256;
constexpr long kHighest = 2'048;

constexpr ZeroResult kDifferent{ZeroEvidence::kNotZero,
                                "their values are certainly different"};
constexpr ZeroResult kWorkSpent{ZeroEvidence::kUnknown,
                                "the work that was allowed did not suffice"};
constexpr ZeroResult kNoValue{ZeroEvidence::kUnknown,
                              "a part has no value that can be computed"};
constexpr ZeroResult kNotDefined{ZeroEvidence::kUndefined,
                                 "a part is not shown to be defined"};

// One point of a function, or a constant.
enum class At { kExhausted, kUndefined, kUnknown, kOutside, kNotZero, kMaybe };

// Balls around the difference at a point, and around what must not vanish.
class Look {
 public:
  Look(const Algebra& algebra, NodeId node)
      : graph_(algebra.graph()),
        node_(node),
        obligations_(algebra.must_not_vanish()),
        positive_(algebra.must_be_positive()),
        below_(Below()),
        balls_(&graph_, below_) {}

  [[nodiscard]] At Take(const Point& point, long precision, Work* work) {
    if (!balls_.Evaluate(point, precision, work)) return At::kExhausted;
    bool vanishes = false;
    bool unknown = false;
    for (const NodeId id : positive_) {
      if (balls_.ReachOf(id) == Reach::kOutside ||
          (balls_.ReachOf(id) == Reach::kInside &&
           balls_.ValueOf(id).is_negative())) {
        return At::kOutside;
      }
      if (balls_.ReachOf(id) == Reach::kUnknown) {
        unknown = true;
      } else if (!balls_.ValueOf(id).is_positive()) {
        vanishes = true;
      }
    }
    for (const NodeId id : obligations_) {
      if (balls_.ReachOf(id) == Reach::kOutside) return At::kOutside;
      if (balls_.ReachOf(id) == Reach::kUnknown) {
        unknown = true;
      } else if (balls_.ValueOf(id).may_be_zero()) {
        vanishes = true;
      }
    }
    if (vanishes) return At::kUndefined;
    const Reach reach = balls_.ReachOf(node_);
    if (reach == Reach::kOutside) return At::kOutside;
    if (unknown || reach == Reach::kUnknown) return At::kUnknown;
    return balls_.ValueOf(node_).may_be_zero() ? At::kMaybe : At::kNotZero;
  }

  [[nodiscard]] const Enclosures& balls() const { return balls_; }
  [[nodiscard]] const std::vector<bool>& below() const { return below_; }

 private:
  std::vector<bool> Below() const {
    std::vector<NodeId> roots = obligations_;
    roots.insert(roots.end(), positive_.begin(), positive_.end());
    roots.push_back(node_);
    return graph_.Below(roots);
  }

  const Graph& graph_;
  NodeId node_;
  const std::vector<NodeId>& obligations_;
  const std::vector<NodeId>& positive_;
  std::vector<bool> below_;
  Enclosures balls_;
};

// The names of the symbols, in order.
std::vector<std::string> SymbolsOf(const Graph& graph,
                                   const std::vector<bool>& below) {
  std::vector<std::string> symbols;
  for (NodeId id = 0; id < below.size(); ++id) {
    if (below[id] && graph.at(id).op == Op::kSymbol) {
      symbols.emplace_back(graph.NameOf(id));
    }
  }
  std::ranges::sort(symbols);
  return symbols;
}

// Whether it may be one function here and another there: absolute values and
// roots of squares, which only points in every piece tell apart.
bool IsPiecewise(const Graph& graph, const std::vector<bool>& below) {
  int roots = 0;
  for (NodeId id = 0; id < below.size(); ++id) {
    const Node& node = graph.at(id);
    if (!below[id] || !node.symbolic) continue;
    if (node.op == Op::kFloor) return true;
    const NodeId inside = node.count > 0 ? graph.ArgumentsOf(id)[0] : id;
    const Op of = graph.at(inside).op;
    if (node.op == Op::kAbsolute && of != Op::kSymbol) return true;
    if (node.op != Op::kRoot || of == Op::kSymbol) continue;
    if (of == Op::kProduct || ++roots > 1) return true;
  }
  return false;
}

bool HasBranches(const Graph& graph, const std::vector<bool>& below) {
  for (NodeId id = 0; id < below.size(); ++id) {
    const Node& node = graph.at(id);
    if (!below[id] || !node.symbolic) continue;
    switch (node.op) {
      case Op::kRoot:
      case Op::kLog:
      case Op::kArcsin:
      case Op::kAbsolute:
      case Op::kFloor:
      case Op::kArgument:
      case Op::kConjugate:
      case Op::kPower:
        return true;
      default:
        break;
    }
  }
  return false;
}

bool HasSign(const Graph& graph, const std::vector<bool>& below) {
  for (NodeId id = 0; id < below.size(); ++id) {
    if (below[id] && graph.at(id).op == Op::kPower) return true;
  }
  return false;
}

}  // namespace

void ZeroTest::Say(std::string_view rung) {
  if (proof_ != nullptr) proof_->emplace_back(rung);
}

ZeroResult ZeroTest::Test(NodeId node) {
  const Graph& graph = algebra_->graph();
  const bool plain = algebra_->must_not_vanish().empty() &&
                     algebra_->must_be_positive().empty();
  if (graph.IsNumber(node) && plain) {
    Say("normal form: the difference is a number");
    if (node != Graph::kZero) return kDifferent;
    return {ZeroEvidence::kZero, "the same normal form"};
  }
  bool symbolic = graph.at(node).symbolic;
  for (const NodeId id : algebra_->must_not_vanish()) {
    symbolic |= graph.at(id).symbolic;
  }
  symbolic |= !algebra_->must_be_positive().empty();
  return symbolic ? TestFunction(node) : TestConstant(node);
}

ZeroResult ZeroTest::TestConstant(NodeId node) {
  const Graph& graph = algebra_->graph();
  Look look(*algebra_, node);
  At at = At::kUnknown;
  for (const long precision : {kLow, kHigh}) {
    at = look.Take(Point(seed_, {}, 0), precision, work_);
    if (at == At::kExhausted) return kWorkSpent;
    if (at == At::kNotZero) {
      Say("balls: the difference is not zero");
      return kDifferent;
    }
  }
  if (at == At::kUndefined || at == At::kOutside) return kNotDefined;
  if (node == Graph::kZero && at == At::kMaybe) {
    Say("normal form: the same, and defined");
    return {ZeroEvidence::kZero, "the same normal form"};
  }
  if (at == At::kUnknown) {
    if (Magnitudes(&graph, look.below(), work_).IsNotZero(node)) {
      Say("magnitudes: one side is certainly larger");
      return kDifferent;
    }
    if (!graph.at(node).opaque) return kNoValue;
  }
  for (int trial = 0; trial < kModels; ++trial) {
    const Point point(seed_, {}, trial);
    Model model(&graph, &look.below(), &look.balls(), &point, work_);
    const Model::Zero zero = model.Decide(node);
    if (zero == Model::Zero::kNotZero && !model.is_random()) {
      Say("separation bound: the difference is not zero");
      return kDifferent;
    }
    if (zero != Model::Zero::kZero) break;
    if (!model.is_random()) {
      Say("separation bound: the difference is zero");
      return {ZeroEvidence::kZero, "equal algebraic numbers"};
    }
    if (trial + 1 == kModels) {
      Say("models: zero at each, with indeterminates for what is not "
          "algebraic");
      return {ZeroEvidence::kZero, "equal by the laws of algebra"};
    }
  }
  if (at == At::kUnknown) return kNoValue;
  at = look.Take(Point(seed_, {}, 0), kHighest, work_);
  if (at == At::kExhausted) return kWorkSpent;
  if (at == At::kNotZero) {
    Say("balls: the difference is not zero");
    return kDifferent;
  }
  Say("balls: the difference may be zero");
  return {ZeroEvidence::kConsistent, "equal as far as computed, without proof"};
}

ZeroResult ZeroTest::TestFunction(NodeId node) {
  const Graph& graph = algebra_->graph();
  Look look(*algebra_, node);
  const bool has_sign = HasSign(graph, look.below());
  int inside = 0;
  int proved = 0;
  bool provable = true;
  bool undefined = false;
  int home = 0;  // a trial in the domain; one with a proof, if there is one
  const std::vector<std::string> symbols = SymbolsOf(graph, look.below());
  // Where it has no branches, what is zero around a point is zero.
  const int usual = HasBranches(graph, look.below())
                        ? Point::UsualTrials(symbols.size())
                        : kModels + 1;
  const int strips = IsPiecewise(graph, look.below()) ? Point::kStrips : 0;
  for (int trial = 0; trial < usual + kMoreTrials; ++trial) {
    // Enough has been seen; the rest is for what has a small domain.
    const bool more = trial >= usual + strips;
    if (more && (proved >= kModels || !provable)) break;
    // A domain that few points are in, or balls that few can hold: others near
    // one that was.
    const bool near = more && inside > 0;
    const Point point = near ? Point(seed_, symbols, home, trial)
                             : Point(seed_, symbols, trial);
    At at = look.Take(point, kLow, work_);
    if (at == At::kExhausted) return kWorkSpent;
    if (at == At::kOutside) continue;
    if (at != At::kNotZero) {
      at = look.Take(point, kHigh, work_);
      if (at == At::kExhausted) return kWorkSpent;
    }
    if (at == At::kNotZero) {
      Say("balls: different at a point");
      if (!has_sign) return {ZeroEvidence::kNotZero, "different at a point"};
      return {ZeroEvidence::kUnknown, "a power of a negative number"};
    }
    undefined |= at == At::kUndefined;
    if (at == At::kMaybe && ++inside == 1) home = trial;
    if (at == At::kUndefined || at == At::kOutside || !provable) continue;
    if (at == At::kUnknown && !graph.at(node).opaque && node != Graph::kZero) {
      continue;
    }
    if (proved >= kModels) continue;
    if (node == Graph::kZero) {
      if (at == At::kMaybe) ++proved;
      continue;
    }
    Model model(&graph, &look.below(), &look.balls(), &point, work_);
    const Model::Zero zero = model.Decide(node);
    if (zero == Model::Zero::kZero && ++proved == 1) home = trial;
    if (zero == Model::Zero::kNotZero) provable = false;
  }
  if (provable && (proved >= kModels || (node == Graph::kZero && proved > 0))) {
    Say("models: zero at each of several points");
    return {ZeroEvidence::kZero, "equal by the laws of algebra"};
  }
  if (inside == 0) return undefined ? kNotDefined : kNoValue;
  Say("balls: the difference may be zero at every point");
  return {ZeroEvidence::kConsistent, "equal as far as computed, without proof"};
}

std::optional<Ball> ZeroTest::Value(NodeId node, long precision) {
  const Graph& graph = algebra_->graph();
  if (graph.at(node).symbolic) return std::nullopt;
  Look look(*algebra_, node);
  const At at = look.Take(Point(seed_, {}, 0), precision, work_);
  if (at != At::kMaybe && at != At::kNotZero) return std::nullopt;
  return look.balls().ValueOf(node);
}

std::optional<int> ZeroTest::Sign(NodeId node) {
  const Graph& graph = algebra_->graph();
  if (graph.IsNumber(node) && algebra_->must_not_vanish().empty()) {
    const Rational& value = graph.NumberOf(node);
    return value.is_zero() ? 0 : value.is_negative() ? -1 : 1;
  }
  for (const long precision : {kLow, kHigh, kHighest}) {
    const std::optional<Ball> ball = Value(node, precision);
    if (ball && ball->is_positive()) return 1;
    if (ball && ball->is_negative()) return -1;
    if (ball && !ball->may_be_zero()) return std::nullopt;  // not real
    if (precision != kHigh) continue;
    const ZeroEvidence evidence = Test(node).evidence;
    if (evidence == ZeroEvidence::kZero) return 0;
  }
  return std::nullopt;
}

}  // namespace rewards::math
