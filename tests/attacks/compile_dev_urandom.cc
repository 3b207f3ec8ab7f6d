// A header without an end, and without a sense.
#include "/dev/urandom"
int main() {}
