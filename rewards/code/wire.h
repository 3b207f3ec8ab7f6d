// Wire: how values and frames cross between a jail and us. Pure; any thread;
// linear time. Nothing in a frame is trusted before it is Scanned.
//
// A frame is its size (4 bytes, the least significant first, as all sizes) and
// that many bytes: a letter and values. A value is a letter and
//   N T F                nothing: None, True, False
//   i                    a size, and as many bytes as Value::text has
//   d c                  8 or 16 bytes: IEEE 754
//   s b                  a size and bytes: UTF-8 with surrogates; bytes
//   l t S Z Q            a size and as many values: list, tuple, set,
//                        frozenset, deque
//   D C E O              a size and twice as many values: dict, Counter,
//                        defaultdict, OrderedDict
//   H                    4 bytes: the program's object of this number
//   K                    4 bytes: the test's function of this number
//   R                    4 bytes: a container that crossed with the question
//   B                    a size and the name of a builtin of Python
//
// The test's side asks, the program's side answers, and there is an answer to
// each question before the next:
//   g s                  a name of the module       v VALUE CHANGES
//   a H s                an attribute               v
//   s H s VALUE          set one                    v
//   c H t D              call, changes come back    v
//   p s t D              call what lies at the      v
//                        end of a path
//   i H                  an iterator                v
//   n H                  its next value             v, or z at the end
//   r VALUE, x s s       what a `k` made            as to the call around it
// CHANGES is None, or a list of pairs: the number of a container of the call,
// and what it holds now. Instead of `v` there may be
//   e s s s              an exception: its builtin class, its class, a message
//   k i t D              a call of a function of the test's, to be answered
// Before all, `l` says that the program was loaded.

#ifndef REWARDS_CODE_WIRE_H_
#define REWARDS_CODE_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/code/value.h"

namespace rewards::code {

// Of one frame: its bytes and values. Of one value: how deep it is, an
// integer's digits. wire.py has the same.
inline constexpr std::size_t kMaxFrameBytes = 16 << 20;
inline constexpr std::size_t kMaxFrameNodes = 1 << 20;
inline constexpr std::size_t kMaxValueDepth = 200;
inline constexpr std::size_t kMaxIntDigits = (1 << 20) / 4;

// One letter of a frame and what lies behind it.
struct WireToken {
  char tag = 0;
  std::string_view data{};  // of the frame
  std::uint32_t count = 0;  // of a container; the number of H K R
};

// The tokens of `bytes`, in order, where it is values and nothing else, within
// the limits, with hashable keys, and with none of the letters in `refused`.
[[nodiscard]] std::optional<std::vector<WireToken>> Scan(
    std::string_view bytes, std::string_view refused = "");

// The letters of the values in `tokens` that lie in no other, e.g. "vN".
[[nodiscard]] std::string Roots(const std::vector<WireToken>& tokens);

// Behind `token` lie as many values as belong to it.
[[nodiscard]] std::size_t ValuesIn(const WireToken& token) noexcept;

// The first value in `tokens`; H, K, R and B are opaque. Requires: Scan made
// them.
[[nodiscard]] Value ValueOf(const std::vector<WireToken>& tokens);

// Adds `value` to `bytes`. Requires: nothing in it is opaque.
void Encode(const Value& value, std::string* bytes);

// `payload` as a frame. Requires: at most kMaxFrameBytes.
[[nodiscard]] std::string Framed(std::string_view payload);

}  // namespace rewards::code

#endif  // REWARDS_CODE_WIRE_H_
