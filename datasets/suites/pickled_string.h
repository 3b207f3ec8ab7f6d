// UnpickleString: the one string of a Python pickle that holds nothing else.
// Pure; any thread. Nothing in a pickle is run.

#ifndef DATASETS_SUITES_PICKLED_STRING_H_
#define DATASETS_SUITES_PICKLED_STRING_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace datasets {

// Largest text that base64 and zlib may unfold to, in bytes.
inline constexpr std::size_t kMaxUnpackedBytes = 256 * 1024 * 1024;

// The string of a pickle of protocols 2 to 5; none where it holds anything but
// one string.
[[nodiscard]] std::optional<std::string> UnpickleString(
    std::string_view pickle);

// base64, then zlib, then the pickle of a string, as LiveCodeBench packs its
// private tests. None where a layer is broken or over kMaxUnpackedBytes.
[[nodiscard]] std::optional<std::string> UnpackTests(std::string_view text);

}  // namespace datasets

#endif  // DATASETS_SUITES_PICKLED_STRING_H_
