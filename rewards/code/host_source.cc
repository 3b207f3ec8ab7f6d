#include "rewards/code/host_source.h"

// `files`, words of .incbin, one behind the other, as what `function` returns.
#define ASSAY_SOURCE(function, files)                          \
  asm(".pushsection .rodata\n"                                 \
      "assay_" #function "_begin:\n" files "assay_" #function  \
      "_end:\n"                                                \
      ".popsection\n");                                        \
  extern "C" const char assay_##function##_begin[];            \
  extern "C" const char assay_##function##_end[];              \
  namespace rewards::code {                                    \
  std::string_view function() noexcept {                       \
    return {assay_##function##_begin, assay_##function##_end}; \
  }                                                            \
  }
#define ASSAY_FILE(name) ".incbin \"" ASSAY_CODE "/" name "\"\n"

ASSAY_SOURCE(PythonServe,
             ASSAY_FILE("python/wire.py") ASSAY_FILE("python/serve.py"))
ASSAY_SOURCE(PythonDrive,
             ASSAY_FILE("python/wire.py") ASSAY_FILE("python/drive.py"))
ASSAY_SOURCE(PythonBesideTest,
             ASSAY_FILE("python/wire.py") ASSAY_FILE("python/beside.py"))
ASSAY_SOURCE(JavaScriptHost, ASSAY_FILE("hosts/javascript.js"))
ASSAY_SOURCE(RubyHost, ASSAY_FILE("hosts/ruby.rb"))
ASSAY_SOURCE(PhpHost, ASSAY_FILE("hosts/php.php"))
ASSAY_SOURCE(PerlHost, ASSAY_FILE("hosts/perl.pl"))
ASSAY_SOURCE(LuaHost, ASSAY_FILE("hosts/lua.lua"))
ASSAY_SOURCE(BashHost, ASSAY_FILE("hosts/bash.sh"))
ASSAY_SOURCE(CppHost, ASSAY_FILE("hosts/cpp_frames.cc")
                          ASSAY_FILE("hosts/cpp_arguments.cc")
                              ASSAY_FILE("hosts/cpp_results.cc")
                                  ASSAY_FILE("hosts/cpp_calls.cc"))
ASSAY_SOURCE(JavaHost, ASSAY_FILE("hosts/AssayHost.java"))
ASSAY_SOURCE(CSharpHost, ASSAY_FILE("hosts/AssayHost.cs"))
ASSAY_SOURCE(GoHost, ASSAY_FILE("hosts/go.go"))
ASSAY_SOURCE(RustHost, ASSAY_FILE("hosts/rust.rs"))
