// Tests rewards/code/value.h, by hand and against Python's own ==.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "code_judge.h"
#include "code_wire_python.h"
#include "rewards/code/value.h"
#include "rewards/code/wire.h"

namespace rewards::code {
namespace {

// A value that is written as a frame has it.
Value Of(std::string_view written) {
  const auto tokens = Scan(written);
  EXPECT_TRUE(tokens.has_value()) << written;
  return tokens ? ValueOf(*tokens) : Value();
}

TEST(CodeValue, OpaqueEqualsNothing) {
  EXPECT_FALSE(Equal(Value(), Value()));
  EXPECT_FALSE(Meets(Value(), Value(), {}));
  const Value object = Of(std::string("H\0\0\0\0", 5));
  EXPECT_FALSE(Equal(object, object));
  const Value list{.kind = Value::Kind::kList, .items = {object}};
  EXPECT_FALSE(Equal(list, list));
}

// A key within a key is not written out again, level by level.
TEST(CodeValue, DepthCostsNoMoreThanItsLevels) {
  const auto seconds = [](int depth) {
    Value want = StringValue(std::string(8 << 20, 'x'));
    for (int i = 0; i < depth; ++i) {
      want = Value{.kind = Value::Kind::kList, .items = {std::move(want)}};
    }
    const CompareRule unordered{.mode = CompareMode::kUnordered};
    const std::clock_t start = std::clock();
    EXPECT_TRUE(Meets(want, want, unordered));
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  EXPECT_LT(seconds(190), 10 * seconds(2) + 0.1);
}

TEST(CodeValue, RoomIsForNumbersAlone) {
  const CompareRule rule{.mode = CompareMode::kFloat, .rel = 0, .abs = 0.5};
  EXPECT_TRUE(Meets(IntValue(1), FloatValue(1.5), rule));
  EXPECT_FALSE(Meets(IntValue(1), FloatValue(1.51), rule));
  EXPECT_FALSE(Meets(FloatValue(NAN), FloatValue(NAN), rule));
  EXPECT_TRUE(Meets(FloatValue(INFINITY), FloatValue(INFINITY), rule));
  EXPECT_FALSE(Meets(FloatValue(1e308), FloatValue(INFINITY), rule));
  EXPECT_FALSE(Meets({.kind = Value::Kind::kTrue}, IntValue(0), rule));
  const auto set = [](double number) {
    return Value{.kind = Value::Kind::kSet, .items = {FloatValue(number)}};
  };
  EXPECT_TRUE(Meets(set(1), set(1), rule));
  EXPECT_FALSE(Meets(set(1), set(1.25), rule));
}

TEST(CodeValue, ATupleMeetsAListAndNotTheOtherWay) {
  const Value list{.kind = Value::Kind::kList, .items = {IntValue(1)}};
  const Value tuple{.kind = Value::Kind::kTuple, .items = {IntValue(1)}};
  EXPECT_TRUE(Meets(list, tuple, {}));
  EXPECT_FALSE(Meets(tuple, list, {}));
  EXPECT_FALSE(Equal(list, tuple));
  const CompareRule unordered{.mode = CompareMode::kUnordered};
  const Value lists{.kind = Value::Kind::kList, .items = {list, list}};
  const Value tuples{.kind = Value::Kind::kList, .items = {tuple, tuple}};
  EXPECT_TRUE(Meets(lists, tuples, unordered));
}

// What may stand for another value in a language does so in any order, too.
struct AnyOrderRow {
  const char* name;
  Typing typing;
  std::vector<Value> want;
  std::vector<Value> got;
  bool meets;
};

Value ListOf(std::vector<Value> items) {
  return {.kind = Value::Kind::kList, .items = std::move(items)};
}
Value MapOf(std::string_view key, Value item) {
  return {.kind = Value::Kind::kDict,
          .items = {StringValue(key), std::move(item)}};
}

TEST(CodeValue, StandsForAnotherInAnyOrder) {
  constexpr double kTenth = 0.1F;
  constexpr double kFifth = 0.2F;
  constexpr Typing kSingles = {.booleans_are_numbers = false, .singles = true};
  constexpr Typing kDoubles = {.booleans_are_numbers = false, .doubles = true};
  constexpr Typing kArrays = {.booleans_are_numbers = false, .first_place = 0};
  constexpr Typing kScalars = {.yes = "1"};
  const Value yes{.kind = Value::Kind::kTrue};
  const Value no{.kind = Value::Kind::kFalse};
  const Value large = IntValue((std::int64_t{1} << 53) + 1);
  const Value rounded = FloatValue(std::ldexp(1.0, 53));
  const std::vector<AnyOrderRow> rows = {
      {"singles",
       kSingles,
       {FloatValue(0.1), FloatValue(0.2)},
       {FloatValue(kFifth), FloatValue(kTenth)},
       true},
      {"singles where there are none",
       {},
       {FloatValue(0.1), FloatValue(0.2)},
       {FloatValue(kFifth), FloatValue(kTenth)},
       false},
      {"another single",
       kSingles,
       {FloatValue(0.1), FloatValue(0.2)},
       {FloatValue(kTenth), FloatValue(kTenth)},
       false},
      {"a single too few",
       kSingles,
       {FloatValue(0.1), FloatValue(0.1)},
       {FloatValue(kTenth)},
       false},
      {"a single and the number itself",
       kSingles,
       {FloatValue(0.1), FloatValue(kTenth)},
       {FloatValue(0.1), FloatValue(kTenth)},
       true},
      {"a single twice",
       kSingles,
       {FloatValue(0.1), FloatValue(kTenth)},
       {FloatValue(kTenth), FloatValue(kTenth)},
       true},
      {"a number is no single",
       kSingles,
       {FloatValue(kTenth)},
       {FloatValue(0.1)},
       false},
      {"singles in lists",
       kSingles,
       {ListOf({FloatValue(0.2)}), ListOf({FloatValue(0.1), IntValue(3)})},
       {ListOf({FloatValue(kTenth), FloatValue(3)}),
        ListOf({FloatValue(kFifth)})},
       true},
      {"in lists the order counts",
       kSingles,
       {ListOf({FloatValue(0.1), FloatValue(0.2)})},
       {ListOf({FloatValue(kFifth), FloatValue(kTenth)})},
       false},
      {"whole numbers have no single",
       kSingles,
       {large, IntValue(1)},
       {IntValue(1), rounded},
       false},
      {"doubles",
       kDoubles,
       {large, IntValue(1)},
       {FloatValue(1), rounded},
       true},
      {"doubles where there are others",
       {},
       {large, IntValue(1)},
       {FloatValue(1), rounded},
       false},
      {"true is no number",
       kDoubles,
       {yes, IntValue(1)},
       {FloatValue(1), FloatValue(1)},
       false},
      {"a list for a map",
       kArrays,
       {MapOf("0", IntValue(5)), IntValue(1)},
       {IntValue(1), ListOf({IntValue(5)})},
       true},
      {"a list for another map",
       kArrays,
       {MapOf("1", IntValue(5))},
       {ListOf({IntValue(5)})},
       false},
      {"a map for no list",
       kArrays,
       {ListOf({IntValue(5)})},
       {MapOf("0", IntValue(5))},
       false},
      {"an empty list for an empty map",
       kArrays,
       {Value{.kind = Value::Kind::kDict}},
       {ListOf({})},
       true},
      {"text for truth",
       kScalars,
       {no, yes, yes},
       {StringValue("1"), StringValue(""), IntValue(1)},
       true},
      {"empty text for no number",
       kScalars,
       {IntValue(0)},
       {StringValue("")},
       false},
      {"zero for no empty text",
       kScalars,
       {StringValue("")},
       {IntValue(0)},
       false},
      {"text for a number",
       kScalars,
       {IntValue(3), StringValue("4")},
       {IntValue(4), StringValue("3.0")},
       true},
      {"text for other text",
       kScalars,
       {StringValue("3")},
       {StringValue("3.0")},
       false},
      {"opaque for nothing", kSingles, {Value()}, {Value()}, false},
      {"no number for none",
       kSingles,
       {FloatValue(NAN)},
       {FloatValue(NAN)},
       false},
  };
  for (const AnyOrderRow& row : rows) {
    EXPECT_EQ(Meets(ListOf(row.want), ListOf(row.got),
                    {.mode = CompareMode::kUnordered}, row.typing),
              row.meets)
        << row.name;
  }
}

// Random pairs, often equal: written, read again and compared by both.
constexpr std::string_view kPairs = R"(
import random
send, receive, encode, decode = make_wire()
R = random.Random(5)
NUMBERS = [0, 1, -1, 2, True, False, 0.0, -0.0, 1.0, 0.5, 1e300, 2.0 ** 53,
           2 ** 53, 2 ** 53 + 1, int(1e300), int(1e300) + 1, 1 << 1023,
           2.0 ** 1023, float("inf"), float("-inf"), float("nan"), 1j, 0j,
           1 + 0j, complex(1, -0.0), complex(float("nan"), 0), 5e-324,
           0xf3ff8000000000000, 1.5, -1.5, 3, 10 ** 40, -10 ** 40,
           float(10 ** 40), 16, 16.0, 256.0, 255.0, 4095.0, 1 << 52]
ATOMS = NUMBERS + [None, "", "a", "1", "\ud800", "é", "\U0001f600", b"", b"a"]
def key(depth):
    k = R.random()
    if depth and k < .1:
        return tuple(key(depth - 1) for _ in range(R.randrange(3)))
    if depth and k < .2:
        return frozenset(key(depth - 1) for _ in range(R.randrange(3)))
    return R.choice(ATOMS)
def pairs(depth):
    return [(key(depth - 1), value(depth - 1)) for _ in range(R.randrange(3))]
def value(depth):
    if not depth or R.random() < .3:
        return R.choice(ATOMS)
    kind = R.choice((list, tuple, set, frozenset, deque, dict, Counter,
                     OrderedDict, defaultdict))
    if kind in (dict, OrderedDict):
        return kind(pairs(depth))
    if kind is defaultdict:
        return kind(None, pairs(depth))
    if kind is Counter:
        return Counter({key(0): R.choice(NUMBERS) for _ in range(2)})
    if kind in (set, frozenset):
        return kind(key(depth - 1) for _ in range(R.randrange(3)))
    return kind(value(depth - 1) for _ in range(R.randrange(3)))
def other(x, key=False):
    "Something like x."
    k = R.random()
    t = type(x)
    if t in (int, float, bool, complex) and k < .6:
        same = [n for n in NUMBERS if n == x]
        return R.choice(same or [x])
    if t in (list, tuple, deque):
        t = R.choice((list, tuple, deque)) if k < .1 and not key else t
        return t(other(y, key) for y in x)
    if t in (set, frozenset):
        t = t if key else R.choice((set, frozenset))
        return t(other(y, True) for y in x)
    if isinstance(x, dict):
        items = [(a if R.random() < .9 else other(a, True), other(b))
                 for a, b in x.items()]
        if k < .3:
            R.shuffle(items)
        if t is Counter and k < .5:
            items.append(("zero", 0))
        if k < .3:
            t = R.choice((dict, OrderedDict, Counter, defaultdict))
        made = t()
        for a, b in items:
            made[a] = b
        return made
    return x if k < .95 or key else value(1)
out = []
for _ in range(6000):
    a = value(R.randrange(4))
    b = other(a) if R.random() < .8 else value(R.randrange(3))
    # As they come out of the wire: made apart, NaN and all.
    a, b = (decode(encode((x,), repr), 0, None, ())[0] for x in (a, b))
    try:
        same = b"T" if a == b else b"F"
    except RecursionError:
        continue
    out.append(encode((a, b), repr) + same)
frames = b"".join(len(x).to_bytes(4, "little") + x for x in out)
sys.stdout.buffer.write(frames)
)";

TEST(CodeValue, EqualsAsPythonDoes) {
  const auto judge = TheJudge();
  ASSERT_NE(judge, nullptr);
  const auto run = judge->runner().Run(
      sandbox::PythonProgram(WirePython() + std::string(kPairs)),
      {.memory_bytes = 512 * sandbox::kMiB, .output_bytes = 64 * sandbox::kMiB},
      {});
  ASSERT_EQ(sandbox::RunVerdict(run), "OK") << run.err << run.failure;
  int pairs = 0;
  int equal = 0;
  for (std::string_view rest = run.out; rest.size() >= 4; ++pairs) {
    std::size_t size = 0;
    for (std::size_t i = 4; i-- > 0;) {
      size = size << 8 | static_cast<unsigned char>(rest[i]);
    }
    const auto tokens = Scan(rest.substr(4, size));
    rest.remove_prefix(4 + size);
    ASSERT_TRUE(tokens.has_value()) << pairs;
    ASSERT_EQ(Roots(*tokens).size(), 3U);
    std::size_t second = 1;
    for (std::size_t left = ValuesIn((*tokens)[0]); left > 0; --left) {
      left += ValuesIn((*tokens)[second++]);
    }
    const Value a = ValueOf(*tokens);
    const Value b = ValueOf(
        {tokens->begin() + static_cast<std::ptrdiff_t>(second), tokens->end()});
    const bool want = tokens->back().tag == 'T';
    equal += want ? 1 : 0;
    std::string written;
    Encode(a, &written);
    written += " ";
    Encode(b, &written);
    EXPECT_EQ(Equal(a, b), want) << testing::PrintToString(written);
    EXPECT_EQ(Equal(b, a), want) << testing::PrintToString(written);
  }
  EXPECT_GT(pairs, 5000);
  EXPECT_GT(equal, 1000);
  EXPECT_LT(equal, 5000);
}

}  // namespace
}  // namespace rewards::code
