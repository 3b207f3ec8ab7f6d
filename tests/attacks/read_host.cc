#include <cstdio>
#include <filesystem>
int main() {
  int seen = 0;
  for (const char* path : {"/etc/passwd", "/etc/shadow", "/proc/self/environ",
                           "/root", "/home", "/sys", "/dev/tty"}) {
    std::error_code error;
    if (std::filesystem::exists(path, error)) ++seen;
  }
  std::printf("%d\n", seen);
}
