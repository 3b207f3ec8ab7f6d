#include "datasets/arithmetic.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "datasets/arithmetic_text.h"
#include "datasets/weights.h"

namespace datasets {
namespace {

constexpr std::array<std::string_view, kArithmeticKinds> kNames = {
    "add2", "sub2", "add3", "sub3", "eq", "chain", "mul"};

std::int64_t FirstResult(const ArithmeticProblem& chain) {
  return chain.first_plus ? chain.a + chain.b : chain.a - chain.b;
}

bool FitsSplit(const ArithmeticProblem& problem, Split split) {
  const std::vector<OperandPair> pairs = Pairs(problem);
  return std::all_of(pairs.begin(), pairs.end(), [split](OperandPair pair) {
    return IsHeldOut(pair) == (split == Split::kHeldOut);
  });
}

}  // namespace

std::string_view KindName(ArithmeticKind kind) noexcept {
  return kNames[static_cast<std::size_t>(kind)];
}

bool IsHeldOut(OperandPair pair) noexcept {
  const auto [low, high] = std::minmax(pair.first, pair.second);
  const std::uint64_t hash =
      MixBits(MixBits(static_cast<std::uint64_t>(low) + 0x5EED) ^
              static_cast<std::uint64_t>(high) * 0x9E3779B97F4A7C15U);
  return IsHeldOutHash(hash);
}

std::int64_t Answer(const ArithmeticProblem& problem) {
  const auto& [a, b, c] = std::tie(problem.a, problem.b, problem.c);
  switch (problem.kind) {
    case ArithmeticKind::kAdd2:
    case ArithmeticKind::kAdd3:
      return a + b;
    case ArithmeticKind::kSub2:
    case ArithmeticKind::kSub3:
      return a - b;
    case ArithmeticKind::kEq:
      return b - a;
    case ArithmeticKind::kChain:
      return FirstResult(problem) + (problem.second_plus ? c : -c);
    case ArithmeticKind::kMul:
      return a * b;
  }
  throw std::logic_error("no such kind of arithmetic");
}

std::vector<OperandPair> Pairs(const ArithmeticProblem& problem) {
  std::vector<OperandPair> pairs = {{problem.a, problem.b}};
  if (problem.kind == ArithmeticKind::kChain) {
    pairs.emplace_back(FirstResult(problem), problem.c);
  }
  if (problem.kind == ArithmeticKind::kEq) {
    pairs.emplace_back(Answer(problem), problem.a);
  }
  return pairs;
}

Task MakeArithmeticTask(const ArithmeticProblem& problem, std::uint64_t number,
                        const ArithmeticOptions& options) {
  Task task;
  task.id = TaskId(options.split, options.seed, number);
  task.kind = KindName(problem.kind);
  task.language = LanguageTag(problem.language);
  task.question = Question(problem);
  task.gold = std::to_string(Answer(problem));
  task.template_name = options.template_name;
  AddCheck(task, "math", options.accuracy_weight, {{"gold", task.gold}});
  AddFormChecks(task, options.format_weight, options.language_weight);
  return task;
}

ArithmeticTasks::ArithmeticTasks(ArithmeticOptions options)
    : options_(std::move(options)),
      random_(options_.seed, static_cast<std::uint64_t>(options_.split)) {
  RequireWeights("kind_weights", options_.kind_weights);
}

ArithmeticProblem ArithmeticTasks::DrawFrame() {
  ArithmeticProblem problem;
  problem.kind = static_cast<ArithmeticKind>(
      PickWeighted(options_.kind_weights, random_.Uniform()));
  problem.language = random_.Chance(options_.chinese_fraction)
                         ? Language::kChinese
                         : Language::kEnglish;
  problem.phrasing =
      static_cast<std::size_t>(random_.Between(0, kPhrasings - 1));
  return problem;
}

void ArithmeticTasks::DrawOperands(ArithmeticProblem& problem) {
  const bool long_ones = problem.kind == ArithmeticKind::kAdd3 ||
                         problem.kind == ArithmeticKind::kSub3;
  const std::int64_t low = long_ones ? 100 : 10;
  problem.a = random_.Between(low, low * 10 - 1);
  problem.b = random_.Between(low, low * 10 - 1);
  switch (problem.kind) {
    case ArithmeticKind::kAdd2:
    case ArithmeticKind::kAdd3:
      return;
    case ArithmeticKind::kSub2:
    case ArithmeticKind::kSub3:
      if (problem.a < problem.b) std::swap(problem.a, problem.b);
      return;
    case ArithmeticKind::kEq:
      problem.b += problem.a;
      return;
    case ArithmeticKind::kChain:
      problem.c = random_.Between(low, low * 10 - 1);
      problem.first_plus = random_.Chance(0.5) || problem.a < problem.b;
      problem.second_plus =
          random_.Chance(0.5) || FirstResult(problem) < problem.c;
      return;
    case ArithmeticKind::kMul:
      problem.b = random_.Between(2, 9);
      return;
  }
}

ArithmeticProblem ArithmeticTasks::NextProblem() {
  ArithmeticProblem problem = DrawFrame();
  // Pairs of each kind are drawn until they fit, so that the kinds keep their
  // weights. Ends: every kind has pairs of both splits (arithmetic_test).
  do {
    DrawOperands(problem);
  } while (!FitsSplit(problem, options_.split));
  ++number_;
  return problem;
}

Task ArithmeticTasks::Next() {
  const ArithmeticProblem problem = NextProblem();
  return MakeArithmeticTask(problem, number_ - 1, options_);
}

}  // namespace datasets
