#include "datasets/file_error.h"

#include <stdexcept>

namespace datasets {

std::string FileError::ToString() const {
  std::string text = file + ":";
  if (line > 0) text += std::to_string(line) + ":";
  return text + " " + what;
}

void throw_exception_from_error(const FileError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.ToString());
}

}  // namespace datasets
