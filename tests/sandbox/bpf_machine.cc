#include "bpf_machine.h"

#include <cstring>

namespace sandbox {
namespace {

bool Jumps(std::uint16_t code, std::uint32_t value, std::uint32_t other) {
  switch (BPF_OP(code)) {
    case BPF_JEQ:
      return value == other;
    case BPF_JGT:
      return value > other;
    case BPF_JGE:
      return value >= other;
    case BPF_JSET:
      return (value & other) != 0;
    default:
      return false;
  }
}

}  // namespace

std::optional<std::uint32_t> Answer(const std::vector<sock_filter>& program,
                                    const seccomp_data& call) {
  std::uint32_t value = 0;
  for (std::size_t at = 0; at < program.size(); ++at) {
    const sock_filter& step = program[at];
    if (step.code == (BPF_LD | BPF_W | BPF_ABS)) {
      if (step.k + sizeof(value) > sizeof(call)) return std::nullopt;
      std::memcpy(&value, reinterpret_cast<const char*>(&call) + step.k,
                  sizeof(value));
    } else if (step.code == (BPF_ALU | BPF_AND | BPF_K)) {
      value &= step.k;
    } else if (step.code == (BPF_RET | BPF_K)) {
      return step.k;
    } else if (step.code == (BPF_JMP | BPF_JA)) {
      at += step.k;
    } else if (BPF_CLASS(step.code) == BPF_JMP && BPF_SRC(step.code) == BPF_K) {
      at += Jumps(step.code, value, step.k) ? step.jt : step.jf;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace sandbox
