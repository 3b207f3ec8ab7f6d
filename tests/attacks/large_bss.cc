// Eight gigabytes that are in no file.
static char room[8ULL << 30];
int main(int argc, char**) {
  room[static_cast<unsigned>(argc) * 4096ULL] = 1;
  return room[5];
}
