// The text of one answer, any bytes: a tree or an error, and what is printed of
// a tree reads back as what prints the same.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "rewards/math/syntax/read.h"

namespace {

namespace math = rewards::math;

// Printing may make a text longer; what is read again gets more room.
math::Limits Wider() {
  math::Limits limits;
  limits.answer_bytes *= 64;
  limits.nodes *= 16;
  limits.depth *= 32;
  limits.digits *= 64;
  return limits;
}

[[noreturn]] void Fail(const char* why, std::string_view text) {
  std::fprintf(stderr, "%s: %.*s\n", why, static_cast<int>(text.size()),
               text.data());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const math::Read<math::Tree> tree = math::ReadTree(text, math::Limits{});
  if (!tree) {
    if (tree.error().what.empty()) Fail("an error without words", text);
    return 0;
  }
  if (tree->empty()) Fail("an empty tree", text);
  const std::string printed = math::Print(*tree, tree->root());
  const math::Read<math::Tree> again = math::ReadTree(printed, Wider());
  if (!again) Fail(again.error().what.c_str(), printed);
  const std::string twice = math::Print(*again, again->root());
  if (twice != printed) {
    Fail("prints otherwise", printed + "\nthen: " + twice);
  }
  return 0;
}
