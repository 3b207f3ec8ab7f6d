#include "main.cc"
#include "main.cc"
int main() {}
