#include "rewards/math/exact/scalar.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rewards/math/exact/algebra.h"
#include "rewards/math/exact/ball.h"
#include "rewards/math/exact/lowering.h"
#include "rewards/math/exact/zero.h"

namespace rewards::math {
namespace {

std::uint64_t Mix(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9e3779b97f4a7c15ULL + (hash << 6) + (hash >> 2);
  return hash * 0xff51afd7ed558ccdULL;
}

// Which terms are `root` or below it.
std::vector<bool> Below(TermRef root) {
  std::vector<bool> below(root.id + 1, false);
  below[root.id] = true;
  for (TermId id = root.id + 1; id-- > 0;) {
    if (!below[id]) continue;
    for (const TermId child : root.tree->ChildrenOf(id)) below[child] = true;
  }
  return below;
}

// A hash of the term with all that is below.
std::uint64_t HashOf(TermRef term) {
  const Tree& tree = *term.tree;
  const std::vector<bool> below = Below(term);
  std::vector<std::uint64_t> hashes(term.id + 1);
  for (TermId id = 0; id <= term.id; ++id) {
    if (!below[id]) continue;
    const Term& at = tree.at(id);
    std::uint64_t hash = Mix(7, static_cast<std::uint64_t>(at.kind));
    if (at.kind == Kind::kNumber) {
      const fmpq* value = tree.LiteralOf(id).value.raw();
      constexpr unsigned long kPrime = 2305843009213693951UL;  // 2^61 - 1
      hash = Mix(hash, fmpz_fdiv_ui(fmpq_numref(value), kPrime));
      hash = Mix(hash, fmpz_fdiv_ui(fmpq_denref(value), kPrime));
    } else if (at.kind == Kind::kConstant) {
      hash = Mix(hash, at.data);
    }
    for (const char c : tree.NameOf(id)) {
      hash = Mix(hash, static_cast<unsigned char>(c));
    }
    for (const TermId child : tree.ChildrenOf(id)) {
      hash = Mix(hash, hashes[child]);
    }
    hashes[id] = hash;
  }
  return hashes[term.id];
}

// Whether a logarithm without a base is below.
bool HasBareLogarithm(TermRef term) {
  const Tree& tree = *term.tree;
  const std::vector<bool> below = Below(term);
  for (TermId id = 0; id <= term.id; ++id) {
    if (below[id] && tree.at(id).kind == Kind::kCall &&
        tree.NameOf(id) == "log" && tree.at(id).child_count == 1) {
      return true;
    }
  }
  return false;
}

// One question: a graph and what works on it.
struct Question {
  explicit Question(Work* work_in) : work(work_in), algebra(&graph, work_in) {
    FreeCachesAtThreadEnd();
  }

  [[nodiscard]] std::optional<NodeId> Lower(TermRef term,
                                            std::string_view suffix = {}) {
    const auto node = Lowering(&algebra, work, suffix).Lower(term);
    return algebra.ok() ? node : std::nullopt;
  }

  Work* work;
  Graph graph;
  Algebra algebra;
};

Decision Undecided(std::string_view reason) {
  Decision decision;
  decision.reason = reason;
  return decision;
}

Decision Unreadable(const Question& question) {
  return Undecided(question.algebra.defined()
                       ? "a part is too large, or no number"
                       : "a part is not defined");
}

Decision FromZero(const ZeroResult& result) {
  Decision decision;
  decision.reason = result.reason;
  switch (result.evidence) {
    case ZeroEvidence::kZero:
      decision.equality = Equality::kEqual;
      decision.evidence = "proved";
      break;
    case ZeroEvidence::kNotZero:
      decision.equality = Equality::kNotEqual;
      decision.evidence = "refuted";
      break;
    case ZeroEvidence::kConsistent:  // never pays
      decision.evidence = "consistent";
      break;
    case ZeroEvidence::kUnknown:
    case ZeroEvidence::kUndefined:
      break;
  }
  return decision;
}

Decision Same(std::string_view reason) {
  return FromZero({ZeroEvidence::kZero, reason});
}

Decision Different(std::string_view reason) {
  return FromZero({ZeroEvidence::kNotZero, reason});
}

// 1 or -1 for an infinity; 0 for anything else.
int InfinityOf(const Graph& graph, NodeId node) {
  if (graph.at(node).op == Op::kInfinity) return 1;
  const auto parts = graph.ArgumentsOf(node);
  if (graph.at(node).op != Op::kSum || parts.size() != 2 ||
      graph.at(parts[0]).op != Op::kInfinity) {
    return 0;
  }
  return graph.NumberOf(parts[1]).is_negative() ? -1 : 1;
}

// An infinity equals itself, and nothing finite.
Decision EqualInfinities(Question* question, NodeId a, NodeId b) {
  const int x = InfinityOf(question->graph, a);
  const int y = InfinityOf(question->graph, b);
  if (x != 0 && y != 0) {
    return x == y ? Same("the same infinity") : Different("another infinity");
  }
  const NodeId finite = x == 0 ? a : b;
  ZeroTest test(&question->algebra, 0, question->work, nullptr);
  if (question->graph.at(finite).symbolic || test.Value(finite, 64)) {
    return Different("only one is infinite");
  }
  return Undecided("a part has no value that can be computed");
}

bool IsInfinite(const Question& question, NodeId node) {
  return InfinityOf(question.graph, node) != 0;
}

std::optional<Decision> EqualLiterals(TermRef a, TermRef b, Proof* proof) {
  if (a.tree->at(a.id).kind != Kind::kNumber ||
      b.tree->at(b.id).kind != Kind::kNumber) {
    return std::nullopt;
  }
  const bool equal =
      a.tree->LiteralOf(a.id).value == b.tree->LiteralOf(b.id).value;
  if (proof != nullptr) proof->emplace_back("exact rationals");
  return equal ? Same("equal numbers") : Different("different numbers");
}

// Whether a is nowhere zero, or everywhere; nothing where it is not known.
std::optional<bool> Vanishes(Question* question, NodeId node,
                             std::uint64_t seed) {
  ZeroTest test(&question->algebra, seed, question->work, nullptr);
  const ZeroEvidence evidence = test.Test(node).evidence;
  if (evidence == ZeroEvidence::kZero) return true;
  if (evidence == ZeroEvidence::kNotZero) return false;
  return std::nullopt;
}

std::optional<int> SignOfNode(Question* question, NodeId node,
                              std::uint64_t seed) {
  const int infinity = InfinityOf(question->graph, node);
  if (infinity != 0) return infinity;
  return ZeroTest(&question->algebra, seed, question->work, nullptr).Sign(node);
}

}  // namespace

Decision EqualScalars(TermRef a, TermRef b, Work* work, Proof* proof) {
  if (const auto decision = EqualLiterals(a, b, proof)) return *decision;
  // In an order of their own, so that the decision is the same either way.
  std::uint64_t first = HashOf(a);
  std::uint64_t second = HashOf(b);
  if (second < first) {
    std::swap(a, b);
    std::swap(first, second);
  }
  Question question(work);
  const auto x = question.Lower(a);
  const auto y = x ? question.Lower(b) : x;
  if (!y) return Unreadable(question);
  if (IsInfinite(question, *x) || IsInfinite(question, *y)) {
    return EqualInfinities(&question, *x, *y);
  }
  const NodeId difference = question.algebra.Subtract(*x, *y);
  if (!question.algebra.ok()) return Unreadable(question);
  ZeroTest test(&question.algebra, Mix(first, second), work, proof);
  const Decision decision = FromZero(test.Test(difference));
  if (decision.equality == Equality::kNotEqual &&
      HasBareLogarithm(a) != HasBareLogarithm(b)) {
    return Undecided("a logarithm without a base");
  }
  return decision;
}

Decision ProportionalScalars(TermRef a, TermRef b, Work* work, Proof* proof) {
  std::uint64_t first = HashOf(a);
  std::uint64_t second = HashOf(b);
  if (second < first) {
    std::swap(a, b);
    std::swap(first, second);
  }
  const std::uint64_t seed = Mix(first, second);
  Question question(work);
  const auto x = question.Lower(a);
  const auto y = x ? question.Lower(b) : x;
  if (!y) return Unreadable(question);
  const auto x_vanishes = Vanishes(&question, *x, seed);
  const auto y_vanishes = Vanishes(&question, *y, seed);
  if (!x_vanishes || !y_vanishes) {
    return Undecided("a side is not shown to be zero or not");
  }
  if (*x_vanishes != *y_vanishes) return Different("only one is zero");
  if (*x_vanishes) return Same("both are zero");
  // a / b is constant where a(x) b(y) = a(y) b(x) for all x and y.
  constexpr std::string_view kOther =
      "\x1f"
      "2";
  const auto x_there = question.Lower(a, kOther);
  const auto y_there = x_there ? question.Lower(b, kOther) : x_there;
  if (!y_there) return Unreadable(question);
  const NodeId difference =
      question.algebra.Subtract(question.algebra.Multiply(*x, *y_there),
                                question.algebra.Multiply(*x_there, *y));
  if (!question.algebra.ok()) return Unreadable(question);
  return FromZero(
      ZeroTest(&question.algebra, seed, work, proof).Test(difference));
}

std::optional<int> SignOf(TermRef a, Work* work) {
  Question question(work);
  const auto node = question.Lower(a);
  return node ? SignOfNode(&question, *node, HashOf(a)) : std::nullopt;
}

std::optional<int> CompareReals(TermRef a, TermRef b, Work* work) {
  Question question(work);
  const auto x = question.Lower(a);
  const auto y = x ? question.Lower(b) : x;
  if (!y) return std::nullopt;
  const int x_infinity = InfinityOf(question.graph, *x);
  const int y_infinity = InfinityOf(question.graph, *y);
  if (x_infinity != 0 && x_infinity == y_infinity) return 0;
  if (x_infinity != 0) return x_infinity;
  if (y_infinity != 0) return -y_infinity;
  const NodeId difference = question.algebra.Subtract(*x, *y);
  if (!question.algebra.ok()) return std::nullopt;
  return SignOfNode(&question, difference, HashOf(a) ^ HashOf(b));
}

std::optional<Rational> RationalValue(TermRef a, Work* work) {
  constexpr std::size_t kSimple =
      64;  // bits of what a constant may turn out as
  Question question(work);
  const auto node = question.Lower(a);
  if (!node) return std::nullopt;
  const bool plain = question.algebra.must_not_vanish().empty();
  if (question.graph.IsNumber(*node) && plain) {
    return question.graph.NumberOf(*node);
  }
  ZeroTest test(&question.algebra, HashOf(a), work, nullptr);
  const std::optional<Ball> ball = test.Value(*node, 256);
  const auto simple = ball ? SimplestIn(*ball) : std::nullopt;
  if (!simple || simple->bits() > kSimple) return std::nullopt;
  const NodeId difference =
      question.algebra.Subtract(*node, question.algebra.Number(*simple));
  if (!question.algebra.ok()) return std::nullopt;
  if (test.Test(difference).evidence != ZeroEvidence::kZero) {
    return std::nullopt;
  }
  return *simple;
}

std::optional<bool> RoundsTo(TermRef exact, const Literal& stated, Work* work) {
  if (!stated.last_place || *stated.last_place < -5'000 ||
      *stated.last_place > 5'000) {
    return std::nullopt;
  }
  Question question(work);
  const auto node = question.Lower(exact);
  if (!node) return std::nullopt;
  Algebra& algebra = question.algebra;
  const NodeId half =
      algebra.Number(Rational::PowerOfTen(*stated.last_place) / Rational(2));
  const NodeId off = algebra.Subtract(*node, algebra.Number(stated.value));
  const NodeId room[] = {algebra.Subtract(half, off), algebra.Add(half, off)};
  if (!algebra.ok()) return std::nullopt;
  bool inside = true;
  for (const NodeId side : room) {
    const auto sign = SignOfNode(&question, side, HashOf(exact));
    if (!sign) return std::nullopt;
    inside &= *sign >= 0;
  }
  return inside;
}

bool HasSymbols(TermRef a) {
  const Tree& tree = *a.tree;
  const std::vector<bool> below = Below(a);
  for (TermId id = 0; id <= a.id; ++id) {
    if (!below[id]) continue;
    const Kind kind = tree.at(id).kind;
    if (kind == Kind::kSymbol) return true;
    if (kind == Kind::kCall && tree.NameOf(id).size() == 1) return true;
  }
  return false;
}

}  // namespace rewards::math
