#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>
int main() {
  for (int i = 0; i < 100; ++i) {
    if (fork() >= 0) continue;
    std::puts(strerrorname_np(errno));
    return 0;
  }
}
