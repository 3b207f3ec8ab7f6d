// The terminal of whoever started the compiler.
#include "/dev/tty"
