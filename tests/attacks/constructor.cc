// Before main, and before the C++ run time.
#include <sys/ptrace.h>
__attribute__((constructor)) static void Early() {
  ptrace(PTRACE_ATTACH, 1, nullptr, nullptr);
}
int main() {}
