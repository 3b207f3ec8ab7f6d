// NodeScript: a function of JavaScript in the Node that runs in this process,
// called from within a call of Node's own. Its main thread.
//
// V8 is called by the names of its interface in C++, which have been the same
// for years; they are looked up, and where one is missing there is no script.

#ifndef SANDBOX_NODE_SCRIPT_H_
#define SANDBOX_NODE_SCRIPT_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace sandbox {

class NodeScript {
 public:
  NodeScript();
  ~NodeScript();
  NodeScript(const NodeScript&) = delete;
  NodeScript& operator=(const NodeScript&) = delete;

  // Runs `source`, an expression that is a function. False: it is not to be
  // had.
  [[nodiscard]] bool Load(std::string_view source);

  // Calls the function with one string, UTF-8. False: it has thrown.
  // Requires: Load was true.
  [[nodiscard]] bool Call(std::string_view argument);

  // What is a flag of V8, e.g. "--random-seed=1".
  void SetFlag(std::string_view flag);

 private:
  // Of v8::HandleScope, which is three pointers.
  static constexpr std::size_t kScopeWords = 8;

  void* String(std::string_view text);

  void* isolate_ = nullptr;  // nullptr: there is no V8 to call
  void* context_ = nullptr;
  void* function_ = nullptr;
  std::array<void*, kScopeWords> scope_{};
};

}  // namespace sandbox

#endif  // SANDBOX_NODE_SCRIPT_H_
