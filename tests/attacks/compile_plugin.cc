// What the compiler may be told from within: none of it names a file to load.
#pragma GCC plugin "evil.so"
#pragma GCC specs "evil.specs"
#pragma GCC optimize("O3")
#pragma comment(linker, "/evil")
#include <cstdio>
int main() { std::puts("ran"); }
