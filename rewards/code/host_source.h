// HostSource: the programs of python/ and hosts/, as their files have them. Any
// thread.

#ifndef REWARDS_CODE_HOST_SOURCE_H_
#define REWARDS_CODE_HOST_SOURCE_H_

#include <string_view>

namespace rewards::code {

[[nodiscard]] std::string_view PythonServe() noexcept;
[[nodiscard]] std::string_view PythonDrive() noexcept;
[[nodiscard]] std::string_view PythonBesideTest() noexcept;
[[nodiscard]] std::string_view JavaScriptHost() noexcept;
[[nodiscard]] std::string_view RubyHost() noexcept;
[[nodiscard]] std::string_view PhpHost() noexcept;
[[nodiscard]] std::string_view PerlHost() noexcept;
[[nodiscard]] std::string_view LuaHost() noexcept;
[[nodiscard]] std::string_view BashHost() noexcept;
[[nodiscard]] std::string_view CppHost() noexcept;
[[nodiscard]] std::string_view JavaHost() noexcept;
[[nodiscard]] std::string_view CSharpHost() noexcept;
[[nodiscard]] std::string_view GoHost() noexcept;
[[nodiscard]] std::string_view RustHost() noexcept;

}  // namespace rewards::code

#endif  // REWARDS_CODE_HOST_SOURCE_H_
