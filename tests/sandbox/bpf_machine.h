// BpfMachine: what the kernel would answer to a call, from the filter program
// alone: the compiled filter is tested without installing it.

#ifndef TESTS_SANDBOX_BPF_MACHINE_H_
#define TESTS_SANDBOX_BPF_MACHINE_H_

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace sandbox {

// The SECCOMP_RET_* word, or nothing for an instruction that no filter of
// libseccomp holds or a jump out of the program.
std::optional<std::uint32_t> Answer(const std::vector<sock_filter>& program,
                                    const seccomp_data& call);

}  // namespace sandbox

#endif  // TESTS_SANDBOX_BPF_MACHINE_H_
