// Detour: calls of a function of this process go elsewhere. x86-64; for a
// process with one thread.

#ifndef SANDBOX_DETOUR_H_
#define SANDBOX_DETOUR_H_

#include <array>

namespace sandbox {

class Detour {
 public:
  using Function = int (*)();

  // Calls of `function` go to `elsewhere` from here on. False: they do not;
  // errno says why.
  [[nodiscard]] bool Lead(Function function, Function elsewhere);

  // They go to the function again. Requires: Lead was true.
  [[nodiscard]] bool Undo();

 private:
  // mov rax, elsewhere; jmp rax
  static constexpr int kCodeBytes = 12;
  using Code = std::array<unsigned char, kCodeBytes>;

  [[nodiscard]] bool Write(const Code& code);

  Function function_ = nullptr;
  Code original_{};
};

}  // namespace sandbox

#endif  // SANDBOX_DETOUR_H_
