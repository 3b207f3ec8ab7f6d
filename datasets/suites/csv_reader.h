// CsvReader: a file of comma-separated values (RFC 4180) row by row: fields in
// quotes may hold commas, doubled quotes and line ends. For one thread at a
// time; blocks on the disk.

#ifndef DATASETS_SUITES_CSV_READER_H_
#define DATASETS_SUITES_CSV_READER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "datasets/file_error.h"
#include "datasets/line_reader.h"

namespace datasets {

class CsvReader {
 public:
  // Opens `path`, plain or gzip; an error where it cannot be read.
  [[nodiscard]] static FileResult<CsvReader> Open(const std::string& path);

  // Moves to the next row that is not blank: true, and row() is it; false at
  // the end. A quote that is not closed, or text behind a closing one, is an
  // error at the row's first line.
  [[nodiscard]] FileResult<bool> Next();

  // The fields of the row Next moved to. Valid until the next call.
  [[nodiscard]] const std::vector<std::string>& row() const { return row_; }

  // The number of its first line, from 1.
  [[nodiscard]] std::size_t number() const { return number_; }

  // An error at the current row.
  [[nodiscard]] FileError Error(std::string what) const {
    return {path_, number_, std::move(what)};
  }

 private:
  CsvReader(std::string path, LineReader lines)
      : path_(std::move(path)), lines_(std::move(lines)) {}

  // The row that begins with the line the reader is at.
  [[nodiscard]] FileResult<bool> ReadRow();

  std::string path_;
  LineReader lines_;
  std::vector<std::string> row_;
  std::size_t number_ = 0;
};

}  // namespace datasets

#endif  // DATASETS_SUITES_CSV_READER_H_
