// FileError: where a data file could not be read, and why. A plain value.

#ifndef DATASETS_FILE_ERROR_H_
#define DATASETS_FILE_ERROR_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <string>
#include <utility>

namespace datasets {

struct FileError {
  FileError() = default;
  FileError(std::string file_in, std::size_t line_in, std::string what_in)
      : file(std::move(file_in)), line(line_in), what(std::move(what_in)) {}

  std::string file;      // as the caller named it
  std::size_t line = 0;  // from 1; 0: the file as a whole
  std::string what;      // what is wrong and what is wanted

  // "test.jsonl:3: "question" must be a string"; without a line: "FILE: what".
  [[nodiscard]] std::string ToString() const;
};

// What result<T, FileError>::value() does with an error: a defect of the
// caller, who must ask first. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const FileError& error,
                                             const boost::source_location&);

template <typename T>
using FileResult = boost::system::result<T, FileError>;

}  // namespace datasets

#endif  // DATASETS_FILE_ERROR_H_
