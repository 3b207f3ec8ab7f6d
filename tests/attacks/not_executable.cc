// Compiles, and no kernel executes it: the interpreter's name is no name.
asm(".section .interp,\"a\",@progbits\n.zero 8192\n");
int main() {}
