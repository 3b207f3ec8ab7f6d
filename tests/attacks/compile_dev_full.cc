// A header without an end.
#include "/dev/full"
int main() {}
