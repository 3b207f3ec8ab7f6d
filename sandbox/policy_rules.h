// The lists behind Policy, call by call. Constant data; any thread.

#ifndef SANDBOX_POLICY_RULES_H_
#define SANDBOX_POLICY_RULES_H_

#include <cstdint>
#include <span>

#include "sandbox/policy.h"

namespace sandbox {

// Allowed to every program, whatever the arguments.
[[nodiscard]] std::span<const int> ProgramCalls() noexcept;

// Allowed to every program where both tests hold; one row each.
struct ConditionalCall {
  int number;
  ArgumentTest test;
  ArgumentTest also{};  // by itself it always holds
};
[[nodiscard]] std::span<const ConditionalCall>
ProgramConditionalCalls() noexcept;

// What only an attack calls: the program is killed.
[[nodiscard]] std::span<const int> HostileCalls() noexcept;

// Refused with an error that programs know how to go on from; 0: it is said to
// be done, and nothing is.
struct RefusedCall {
  int number;
  int error;
};
[[nodiscard]] std::span<const RefusedCall> RefusedCalls() noexcept;

// What an agent calls and no program may, whatever the arguments.
[[nodiscard]] std::span<const int> AgentCalls() noexcept;

// Allowed to every program but those in no namespaces, which see the files and
// the processes of the host.
[[nodiscard]] std::span<const int> HostCalls() noexcept;
// The same where the test holds.
[[nodiscard]] std::span<const ConditionalCall> HostConditionalCalls() noexcept;

// Bits of clone that no program may set: new namespaces, tracing, and a child
// of one's parent.
inline constexpr std::uint64_t kForbiddenCloneFlags =
    0x7E020000 | 0x00002000 | 0x00800000 | 0x00008000;
inline constexpr std::uint64_t kThreadCloneFlags = 0x00010000 | 0x00000100;
// Of a stub init: in a new PID namespace, in our memory, with a pidfd.
inline constexpr std::uint64_t kStubCloneFlags =
    0x20000000 | 0x00000100 | 0x00001000;

inline constexpr std::uint64_t kWord = 0xFFFFFFFF;  // an int argument
inline constexpr std::uint64_t kPointer = ~std::uint64_t{0};

}  // namespace sandbox

#endif  // SANDBOX_POLICY_RULES_H_
