// Newer than the compiler, or not there: no file is written.
#pragma GCC dependency "/etc/passwd"
#include <cstdio>
#include <cstdlib>
int main() { std::puts(std::getenv("HOME")); }
