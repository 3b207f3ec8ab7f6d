// A compiler's errors quote what they read.
#include "/etc/passwd"
int main() {}
