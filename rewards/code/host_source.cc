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
#define ASSAY_PART(name) ASSAY_FILE("hosts/" name)
// Of a compiled language: each part uses those before it.
#define ASSAY_PARTS(language, ending)       \
  ASSAY_PART(language "_frames." ending)    \
  ASSAY_PART(language "_arguments." ending) \
  ASSAY_PART(language "_results." ending)   \
  ASSAY_PART(language "_calls." ending)

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
ASSAY_SOURCE(CppHost, ASSAY_PARTS("cpp", "cc"))
ASSAY_SOURCE(JavaHost, ASSAY_PARTS("java", "java"))
ASSAY_SOURCE(CSharpHost, ASSAY_PARTS("csharp", "cs"))
ASSAY_SOURCE(GoHost, ASSAY_PARTS("go", "go"))
ASSAY_SOURCE(RustHost, ASSAY_PARTS("rust", "rs"))
