// Document: a text to learn from, and the part of it that the loss is on. A
// plain value.

#ifndef DATASETS_DOCUMENT_H_
#define DATASETS_DOCUMENT_H_

#include <string>

namespace datasets {

struct Document {
  std::string prompt{};
  std::string completion{};  // without an end-of-text token
};

}  // namespace datasets

#endif  // DATASETS_DOCUMENT_H_
