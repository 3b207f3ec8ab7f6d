// PrecompiledHeaders: the header that most programs of a language begin with
// (Language::precompiled), compiled once by the language's own command line, in
// a jail. Thread-safe.
//
// It is a file in a folder of this process, which a jail of its own shows
// read-only to compilers; what programs run in has no such folder. It is made
// on a thread of its own when it is first wanted: no compile waits for it.

#ifndef SANDBOX_PRECOMPILED_HEADERS_H_
#define SANDBOX_PRECOMPILED_HEADERS_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "sandbox/cancel.h"
#include "sandbox/jail.h"
#include "sandbox/language.h"
#include "sandbox/scratch_folder.h"

namespace sandbox {

// Of one header, and of the command lines that have one. One of
// bits/stdc++.h takes 120 MiB or so of the folder for temporary files.
inline constexpr std::int64_t kPrecompiledBytes = kMostLimits.returned_bytes;
inline constexpr std::size_t kMostPrecompiled = 4;

class PrecompiledHeaders {
 public:
  // Shares `jail`. `log` gets a line for people where a header cannot be had,
  // once for each command line, from another thread. Requires: `jail` is not
  // null.
  PrecompiledHeaders(std::shared_ptr<const Jail> jail,
                     std::function<void(const std::string& line)> log);
  // Ends what it is making.
  ~PrecompiledHeaders();
  PrecompiledHeaders(const PrecompiledHeaders&) = delete;
  PrecompiledHeaders& operator=(const PrecompiledHeaders&) = delete;

  // How `compiler`, a compile of a lone source, finds the header.
  struct Use {
    std::shared_ptr<const Jail> jail{};  // to run the compiler in
    Program compiler{};
  };

  // Nothing where `files` are not a lone source whose first directive includes
  // the header of `language`, and where there is none (yet). Never blocks for
  // long.
  [[nodiscard]] std::optional<Use> For(const Language& language,
                                       const Program& compiler);

  // Blocks until nothing is being made.
  void Wait();

 private:
  struct Header {
    std::string folder{};    // as compilers see it; set before `bytes`
    std::int64_t bytes = 0;  // 0: it is not there
    std::thread maker{};
  };

  void Make(const Language& language, Header* header, std::size_t number);
  // Makes the folder and its jail, once; what is wrong, or empty.
  std::string Prepare();
  // Puts it into `folder` of those; what is wrong, or empty.
  std::string Compile(const Language& language, const std::string& folder,
                      std::int64_t* bytes);

  const std::shared_ptr<const Jail> jail_;
  const std::function<void(const std::string&)> log_;
  Cancel cancel_;
  std::mutex preparing_;
  std::optional<ScratchFolder> scratch_;
  std::mutex mutex_;
  std::shared_ptr<const Jail> compile_jail_;            // of `mutex_`
  std::map<std::vector<std::string>, Header> headers_;  // of `mutex_`
  std::size_t making_ = 0;                              // of `mutex_`
  std::condition_variable made_;
};

// True where the first line of `source` that is no comment includes `header`.
[[nodiscard]] bool BeginsByIncluding(std::string_view source,
                                     std::string_view header);

}  // namespace sandbox

#endif  // SANDBOX_PRECOMPILED_HEADERS_H_
