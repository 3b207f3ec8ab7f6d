# Every library the project stands on, found once and named once.
# setup.sh installs them; the versions are those of Debian 12.

find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url system filesystem)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(libcap REQUIRED IMPORTED_TARGET libcap)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
# The core only: no server of its own, no push.
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core)
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
find_path(CLI11_INCLUDE_DIR CLI/CLI.hpp REQUIRED)
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED)

# FLINT >= 3 holds Arb, Antic and Calcium; Debian 12 has four libraries.
find_path(FLINT_INCLUDE_DIR flint/fmpq.h REQUIRED)
find_library(FLINT_LIBRARY flint REQUIRED)
find_library(GMP_LIBRARY gmp REQUIRED)
find_library(MPFR_LIBRARY mpfr REQUIRED)
add_library(assay_flint INTERFACE)
add_library(assay::flint ALIAS assay_flint)
target_include_directories(assay_flint SYSTEM INTERFACE ${FLINT_INCLUDE_DIR})
target_link_libraries(assay_flint INTERFACE
  ${FLINT_LIBRARY} ${MPFR_LIBRARY} ${GMP_LIBRARY})

# Ball arithmetic: inside FLINT >= 3, a library of its own before.
find_path(ARB_INCLUDE_DIR acb.h PATH_SUFFIXES flint REQUIRED)
find_library(ARB_LIBRARY NAMES arb flint-arb flint REQUIRED)
add_library(assay_arb INTERFACE)
add_library(assay::arb ALIAS assay_arb)
target_include_directories(assay_arb SYSTEM INTERFACE ${ARB_INCLUDE_DIR})
target_link_libraries(assay_arb INTERFACE ${ARB_LIBRARY} assay::flint)

# Exact constants, for tests to compare with: inside FLINT >= 3 too.
find_path(CALCIUM_INCLUDE_DIR ca.h PATH_SUFFIXES calcium flint REQUIRED)
find_library(CALCIUM_LIBRARY NAMES calcium flint REQUIRED)
add_library(assay_calcium INTERFACE)
add_library(assay::calcium ALIAS assay_calcium)
target_include_directories(assay_calcium SYSTEM INTERFACE ${CALCIUM_INCLUDE_DIR})
target_link_libraries(assay_calcium INTERFACE ${CALCIUM_LIBRARY} assay::arb)
