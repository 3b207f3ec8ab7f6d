#include "sandbox/detour.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

namespace sandbox {

bool Detour::Lead(Function function, Function elsewhere) {
  function_ = function;
  std::memcpy(original_.data(), reinterpret_cast<void*>(function), kCodeBytes);
  Code code = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};
  std::memcpy(code.data() + 2, &elsewhere, sizeof(elsewhere));
  return Write(code);
}

bool Detour::Undo() { return Write(original_); }

bool Detour::Write(const Code& code) {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto address = reinterpret_cast<std::uintptr_t>(function_);
  const std::uintptr_t begin = address / page * page;
  const std::size_t size = address + kCodeBytes - begin;
  auto* place = reinterpret_cast<void*>(begin);
  if (mprotect(place, size, PROT_READ | PROT_WRITE) != 0) return false;
  std::memcpy(reinterpret_cast<void*>(address), code.data(), kCodeBytes);
  return mprotect(place, size, PROT_READ | PROT_EXEC) == 0;
}

}  // namespace sandbox
