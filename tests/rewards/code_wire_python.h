// WirePython: rewards/code/python/wire.py, for tests.

#ifndef TESTS_REWARDS_CODE_WIRE_PYTHON_H_
#define TESTS_REWARDS_CODE_WIRE_PYTHON_H_

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace rewards::code {

inline std::string WirePython() {
  std::ifstream file(ASSAY_PYTHON "/wire.py", std::ios::binary);
  EXPECT_TRUE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace rewards::code

#endif  // TESTS_REWARDS_CODE_WIRE_PYTHON_H_
