// Value: what crosses between a program and a test: a value of one of a closed
// set of types, those of Python. A plain value; any thread.

#ifndef REWARDS_CODE_VALUE_H_
#define REWARDS_CODE_VALUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/code/compare.h"

namespace rewards::code {

struct Value {
  enum class Kind {
    kOpaque,  // an object of another type: equal to nothing
    kNone,
    kFalse,
    kTrue,
    kInt,        // `text`: hexadecimal digits, as Python's "%x"; any size
    kFloat,      // `real`, NaN and infinities among them
    kComplex,    // `real` and `imag`
    kString,     // `text`: UTF-8, in which surrogates may be encoded
    kBytes,      // `text`
    kList,       // `items`, as for all below
    kTuple,      //
    kSet,        //
    kFrozenSet,  //
    kDeque,      //
    kDict,       // `items`: each key and its value, as for all below
    kCounter,    //
    kDefaultDict,
    kOrderedDict,
  };

  Kind kind = Kind::kOpaque;
  double real = 0;
  double imag = 0;
  std::string text{};
  std::vector<Value> items{};

  // True where `items` holds keys and values.
  [[nodiscard]] bool IsMapping() const noexcept { return kind >= Kind::kDict; }
};

[[nodiscard]] Value IntValue(std::int64_t number);
[[nodiscard]] Value UnsignedValue(std::uint64_t number);
[[nodiscard]] Value FloatValue(double number);
[[nodiscard]] Value StringValue(std::string_view text);

// What values of a language may stand for others, in which it is not as Python.
struct Typing {
  bool booleans_are_numbers = true;  // true equals 1
  // Every number is a double: so is one that is expected.
  bool doubles = false;
  // A number may be of single precision: one with a fraction is expected as it.
  bool singles = false;
  // A list is a map from its places, which begin here, where one is expected.
  std::optional<int> first_place{};
  // Not empty: text may be a number, and these are true and false.
  std::string_view yes{};
  std::string_view no{};
};

// Is `a` equal to `b`, as Python's == says of values made apart? 1 == 1.0 ==
// True, exactly at any size; NaN equals nothing; a list is no tuple; a set
// equals a frozenset; dictionaries have no order, two OrderedDicts do; a
// Counter's zeros count only against other dictionaries. An opaque object
// equals nothing, itself included. n log n.
[[nodiscard]] bool Equal(const Value& a, const Value& b);

// Is `got` what was expected? As Equal says, but that a tuple is also equal to
// a list of `expected`: that comes from JSON, which has no tuples.
//
// `typing` is of the language of `got`. Of `rule`, kFloat lets numbers differ
// that are no keys and in no set, as far as it says, and kUnordered lets the
// items of an outermost list have any order; the other modes are of text and
// change nothing.
[[nodiscard]] bool Meets(const Value& expected, const Value& got,
                         const CompareRule& rule, const Typing& typing = {});

}  // namespace rewards::code

#endif  // REWARDS_CODE_VALUE_H_
