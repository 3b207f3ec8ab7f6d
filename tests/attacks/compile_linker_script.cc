// Words for the linker in a section of its own.
asm(".section .drectve\n.ascii \"-o /w/other INPUT(/etc/passwd)\"\n");
#include <cstdio>
int main() { std::puts("ran"); }
