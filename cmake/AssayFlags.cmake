# Flags that every target of ours links; dependencies never do.
#
#   assay::build_flags        language level, warnings, hardening, sanitizers
#   assay::plain_build_flags  the same without sanitizers: for what runs between
#                             clone and exec, where a sanitizer run time is unsafe

include(CheckPIESupported)
check_pie_supported()

add_library(plain_build_flags INTERFACE)
add_library(assay::plain_build_flags ALIAS plain_build_flags)
target_compile_features(plain_build_flags INTERFACE cxx_std_20)
target_include_directories(plain_build_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(plain_build_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  # GCC 12 sees overlaps in std::string operator+ that are not there (PR 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
  $<$<BOOL:${ASSAY_WERROR}>:-Werror>
  -fstack-protector-strong -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
target_compile_definitions(plain_build_flags INTERFACE
  _GLIBCXX_ASSERTIONS
  $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)
target_link_options(plain_build_flags INTERFACE -Wl,-z,relro,-z,now)

add_library(build_flags INTERFACE)
add_library(assay::build_flags ALIAS build_flags)
target_link_libraries(build_flags INTERFACE plain_build_flags)
if(ASSAY_SANITIZE)
  target_compile_options(build_flags INTERFACE
    -fsanitize=${ASSAY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(build_flags INTERFACE -fsanitize=${ASSAY_SANITIZE})
endif()

# assay_library(<name> SOURCES ... [HEADERS ...] [PUBLIC ...] [PRIVATE ...])
# One target a folder, alias assay::<name>. HEADERS are what other folders may
# include; each is verified to compile alone.
function(assay_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  add_library(assay::${name} ALIAS ${name})
  target_sources(${name} PUBLIC FILE_SET HEADERS
    BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  target_link_libraries(${name}
    PUBLIC assay::build_flags ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()
