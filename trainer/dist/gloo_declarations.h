// The names of Gloo that torch/csrc/distributed/c10d/ProcessGroupGloo.hpp
// mentions. The PyPI wheel holds Gloo inside libtorch_cpu but ships none of its
// headers; CMake forwards <gloo/...> here where the real ones are missing.
//
// Nothing here is ever constructed or called by us: we pass pointers on, and
// c10d's own methods, compiled with the real headers, do the rest.

#ifndef TRAINER_DIST_GLOO_DECLARATIONS_H_
#define TRAINER_DIST_GLOO_DECLARATIONS_H_

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace gloo {

class Context {
 public:
  void setTimeout(std::chrono::milliseconds timeout);
};

namespace rendezvous {

class Store {
 public:
  virtual ~Store();
  virtual void set(const std::string& key, const std::vector<char>& value) = 0;
  virtual std::vector<char> get(const std::string& key) = 0;
  virtual void wait(const std::vector<std::string>& keys) = 0;
  virtual void wait(const std::vector<std::string>& keys,
                    const std::chrono::milliseconds& timeout) = 0;
};

}  // namespace rendezvous

namespace transport {

class Device {
 public:
  virtual ~Device();
};

class UnboundBuffer {
 public:
  virtual ~UnboundBuffer();
};

}  // namespace transport
}  // namespace gloo

#endif  // TRAINER_DIST_GLOO_DECLARATIONS_H_
