// ZygoteImage: what a zygote needs and no tree holds. Constant data.

#ifndef SANDBOX_ZYGOTE_IMAGE_H_
#define SANDBOX_ZYGOTE_IMAGE_H_

#include <string_view>

namespace sandbox {

// zygote_hook.py.
[[nodiscard]] std::string_view ZygoteHook();
// The shared library of zygote_library.cc, which the hook loads.
[[nodiscard]] std::string_view ZygoteLibrary();
// That of zygote_node.cc, which is loaded into Node.
[[nodiscard]] std::string_view NodeLibrary();

}  // namespace sandbox

#endif  // SANDBOX_ZYGOTE_IMAGE_H_
