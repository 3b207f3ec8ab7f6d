// CompileKey: names one compile by everything that decides what comes of it.
// Free functions; any thread.

#ifndef SANDBOX_COMPILE_KEY_H_
#define SANDBOX_COMPILE_KEY_H_

#include <array>
#include <optional>

#include "sandbox/language.h"
#include "sandbox/program.h"

namespace sandbox {

// SHA-256.
using CompileKey = std::array<unsigned char, 32>;

// Of `compiler`, the command line and the files of a program of `language`;
// the limits and needs of its compiles; and its tools, as files of this
// machine: where they are, their size, and when they were changed. Headers and
// libraries that come with a compiler change with it: they are not looked at.
// Looks at the disk. Nothing where there is no digest to be had.
[[nodiscard]] std::optional<CompileKey> KeyOf(const Language& language,
                                              const Program& compiler);

}  // namespace sandbox

#endif  // SANDBOX_COMPILE_KEY_H_
