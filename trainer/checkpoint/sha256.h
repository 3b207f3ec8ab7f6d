// Sha256Hex: the digest that names content. Thread-safe: no state.

#ifndef TRAINER_CHECKPOINT_SHA256_H_
#define TRAINER_CHECKPOINT_SHA256_H_

#include <cstddef>
#include <span>
#include <string>

namespace trainer {

// SHA-256 of `bytes`, 64 lower-case hexadecimal digits. Throws
// std::runtime_error where OpenSSL cannot compute it.
[[nodiscard]] std::string Sha256Hex(std::span<const std::byte> bytes);

}  // namespace trainer

#endif  // TRAINER_CHECKPOINT_SHA256_H_
