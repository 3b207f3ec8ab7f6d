// Call: a system call and nothing else: no errno, no lock, no C run time. For
// code that runs in a process which shares the memory of another, or in the
// copy of one thread of many. x86-64; any thread.

#ifndef SANDBOX_RAW_CALL_H_
#define SANDBOX_RAW_CALL_H_

#include <sys/syscall.h>

#include <type_traits>

namespace sandbox {

// Every argument fills its register.
template <typename T>
long Word(T value) {
  if constexpr (std::is_pointer_v<T>) {
    return reinterpret_cast<long>(value);
  } else if constexpr (std::is_null_pointer_v<T>) {
    return 0;
  } else {
    return static_cast<long>(value);
  }
}

// What the kernel answers: -1 to -4095 are errors.
inline long CallWords(long number, long a, long b, long c, long d, long e) {
  register long fourth asm("r10") = d;
  register long fifth asm("r8") = e;
  long result = number;
  asm volatile("syscall"
               : "+a"(result)
               : "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth)
               : "rcx", "r11", "memory");
  return result;
}

template <typename A = long, typename B = long, typename C = long,
          typename D = long, typename E = long>
long Call(long number, A a = {}, B b = {}, C c = {}, D d = {}, E e = {}) {
  return CallWords(number, Word(a), Word(b), Word(c), Word(d), Word(e));
}

[[noreturn]] inline void Exit(int code) {
  for (;;) Call(SYS_exit_group, code);
}

// Starts `body(argument)` in a child that shares our memory, on the stack that
// ends at `stack` (16-byte aligned); the body never returns. CLONE_PIDFD writes
// to `pidfd`. Returns its PID or an error.
inline long CloneOnto(unsigned long flags, void* stack, int* pidfd,
                      void (*body)(void*), void* argument) {
  auto** top = static_cast<void**>(stack);
  *--top = argument;
  *--top = reinterpret_cast<void*>(body);
  register long fourth asm("r10") = 0;
  register long fifth asm("r8") = 0;
  long result = SYS_clone;
  asm volatile(
      "syscall\n"
      "test %%rax, %%rax\n"
      "jnz 1f\n"
      "xor %%ebp, %%ebp\n"
      "pop %%rax\n"
      "pop %%rdi\n"
      "call *%%rax\n"
      "hlt\n"
      "1:\n"
      : "+a"(result)
      : "D"(flags), "S"(top), "d"(pidfd), "r"(fourth), "r"(fifth)
      : "rcx", "r11", "memory");
  return result;
}

}  // namespace sandbox

#endif  // SANDBOX_RAW_CALL_H_
