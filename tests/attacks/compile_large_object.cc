// Four gigabytes of program.
int numbers[1 << 30] = {1};
int main() { return numbers[5]; }
