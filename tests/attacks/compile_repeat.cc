// The assembler has loops.
asm(".rept 1 << 30\n.byte 1\n.endr\n");
int main() {}
