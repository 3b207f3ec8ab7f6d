#include "datasets/arithmetic_trace.h"

#include <cassert>
#include <limits>
#include <string_view>

#include "datasets/arithmetic_text.h"

namespace datasets {
namespace {

constexpr std::int64_t kAnyResult = std::numeric_limits<std::int64_t>::max();

std::string LabelOrOther(Label label, Language language, double switched,
                         Random& random) {
  const Language other =
      language == Language::kEnglish ? Language::kChinese : Language::kEnglish;
  return std::string(
      LabelText(label, random.Chance(switched) ? other : language));
}

std::string Term(char sign, std::int64_t number) {
  return sign + std::to_string(number);
}

// Writes the steps of one operation after another into a trace.
class Writer {
 public:
  Writer(Language language, const TraceNoise& noise, Random& random)
      : language_(language), noise_(noise), random_(random) {}

  // Each returns what its steps arrive at. Requires: a >= b for Subtract.
  std::int64_t Add(std::int64_t a, std::int64_t b);
  std::int64_t Subtract(std::int64_t a, std::int64_t b);
  std::int64_t Multiply(std::int64_t a, std::int64_t digit);

  void Word(Label label) {
    Append(LabelOrOther(label, language_, noise_.label_switched, random_));
  }
  void Number(std::int64_t number) { Append(std::to_string(number)); }

  [[nodiscard]] Trace Finish(std::int64_t answer) {
    trace_.answer = answer;
    return std::move(trace_);
  }

 private:
  void Append(std::string_view text) {
    if (!trace_.steps.empty()) trace_.steps += ' ';
    trace_.steps += text;
  }

  // `sum` = `result`, or a wrong one in [0, most].
  std::int64_t Step(int column, const std::string& sum, std::int64_t result,
                    std::int64_t most) {
    Word(static_cast<Label>(column));  // ones, tens, hundreds
    if (random_.Chance(noise_.step_wrong)) {
      const std::int64_t right = result;
      do {
        result = right + random_.Between(-2, 2);
      } while (result == right || result < 0 || result > most);
      trace_.wrong_step = true;
    }
    Append(sum + Term('=', result));
    return result;
  }

  Language language_;
  TraceNoise noise_;
  Random& random_;
  Trace trace_;
};

std::int64_t Writer::Add(std::int64_t a, std::int64_t b) {
  std::int64_t answer = 0;
  std::int64_t place = 1;
  std::int64_t carry = 0;
  for (int column = 0; b > 0; ++column, place *= 10, a /= 10, b /= 10) {
    const bool last = b < 10;
    const std::int64_t digit = last ? a : a % 10;
    std::string sum = std::to_string(digit) + Term('+', b % 10);
    if (carry > 0) sum += Term('+', carry);
    const std::int64_t result =
        Step(column, sum, digit + b % 10 + carry, last ? kAnyResult : 19);
    answer += (last ? result : result % 10) * place;
    carry = result / 10;
  }
  return answer;
}

std::int64_t Writer::Subtract(std::int64_t a, std::int64_t b) {
  assert(a >= b);
  std::int64_t answer = 0;
  std::int64_t place = 1;
  std::int64_t borrow = 0;
  for (int column = 0; b > 0; ++column, place *= 10, a /= 10, b /= 10) {
    const bool last = b < 10;
    std::int64_t top = last ? a : a % 10;
    const std::int64_t taken = borrow;
    borrow = top - taken < b % 10 ? 1 : 0;
    top += borrow * 10;
    std::string sum = std::to_string(top);
    if (taken > 0) sum += Term('-', taken);
    sum += Term('-', b % 10);
    const std::int64_t result =
        Step(column, sum, top - taken - b % 10, last ? kAnyResult : 9);
    answer += result * place;
  }
  return answer;
}

std::int64_t Writer::Multiply(std::int64_t a, std::int64_t digit) {
  std::int64_t answer = 0;
  std::int64_t place = 1;
  std::int64_t carry = 0;
  for (int column = 0; a > 0; ++column, place *= 10, a /= 10) {
    const bool last = a < 10;
    std::string product = std::to_string(a % 10) + Term('*', digit);
    if (carry > 0) product += Term('+', carry);
    const std::int64_t result =
        Step(column, product, a % 10 * digit + carry, last ? kAnyResult : 89);
    answer += (last ? result : result % 10) * place;
    carry = result / 10;
  }
  return answer;
}

std::int64_t WriteSigned(Writer& writer, std::int64_t a, bool plus,
                         std::int64_t b) {
  return plus ? writer.Add(a, b) : writer.Subtract(a, b);
}

Trace ChainTrace(const ArithmeticProblem& problem, const TraceNoise& noise,
                 Random& random) {
  while (true) {
    Writer writer(problem.language, noise, random);
    const std::int64_t first =
        WriteSigned(writer, problem.a, problem.first_plus, problem.b);
    // A wrong first result may leave too little to take c from: once more.
    if (!problem.second_plus && first < problem.c) continue;
    writer.Word(Label::kSo);
    writer.Number(first);
    writer.Word(Label::kThen);
    const std::int64_t answer =
        WriteSigned(writer, first, problem.second_plus, problem.c);
    writer.Word(Label::kSo);
    return writer.Finish(answer);
  }
}

}  // namespace

Trace WorkedTrace(const ArithmeticProblem& problem, const TraceNoise& noise,
                  Random& random) {
  if (problem.kind == ArithmeticKind::kChain) {
    return ChainTrace(problem, noise, random);
  }
  Writer writer(problem.language, noise, random);
  std::int64_t answer = 0;
  switch (problem.kind) {
    case ArithmeticKind::kAdd2:
    case ArithmeticKind::kAdd3:
      answer = writer.Add(problem.a, problem.b);
      break;
    case ArithmeticKind::kSub2:
    case ArithmeticKind::kSub3:
      answer = writer.Subtract(problem.a, problem.b);
      break;
    case ArithmeticKind::kEq:
      answer = writer.Subtract(problem.b, problem.a);
      break;
    case ArithmeticKind::kMul:
    case ArithmeticKind::kChain:
      answer = writer.Multiply(problem.a, problem.b);
      break;
  }
  writer.Word(Label::kSo);
  return writer.Finish(answer);
}

std::string SoLabel(Language language, double switched, Random& random) {
  return LabelOrOther(Label::kSo, language, switched, random);
}

}  // namespace datasets
