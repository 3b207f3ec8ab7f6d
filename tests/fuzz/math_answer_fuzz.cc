// A response, any bytes: the final answer that is found lies in it, and is the
// same twice.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rewards/math/extract/reader.h"

namespace {

namespace math = rewards::math;

bool LiesIn(std::string_view part, std::string_view text) {
  return part.empty() ||
         (part.data() >= text.data() &&
          part.data() + part.size() <= text.data() + text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const math::Extract extract :
       {math::Extract::kAuto, math::Extract::kStrict, math::Extract::kBoxed,
        math::Extract::kBare}) {
    const math::Reading once = math::ReadAnswer(text, extract, math::Limits{});
    const math::Reading twice = math::ReadAnswer(text, extract, math::Limits{});
    if (!LiesIn(once.extracted, text)) std::abort();
    if (once.readable() == !once.reason.empty()) std::abort();
    if (once.extracted != twice.extracted || once.reason != twice.reason ||
        once.tree.terms.size() != twice.tree.terms.size()) {
      std::abort();
    }
  }
  return 0;
}
