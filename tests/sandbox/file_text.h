// ReadFile: all that a file holds; empty where it cannot be read.

#ifndef TESTS_SANDBOX_FILE_TEXT_H_
#define TESTS_SANDBOX_FILE_TEXT_H_

#include <fstream>
#include <sstream>
#include <string>

namespace sandbox {

inline std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace sandbox

#endif  // TESTS_SANDBOX_FILE_TEXT_H_
