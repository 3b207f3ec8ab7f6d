// How the program is called, and where it stands.
namespace assay_host {

// Calls.
template <class... A>
struct Types {};

template <class... A, class Call, std::size_t... kI>
std::string CallWith(Types<A...>, const Call& call, const Node& args,
                     std::index_sequence<kI...>) {
  using All = std::tuple<A...>;
  std::tuple<std::decay_t<std::tuple_element_t<kI, All>>...> made{
      From<std::decay_t<std::tuple_element_t<kI, All>>>::Make(
          args.items[kI])...};
  const auto now = [&]() -> decltype(auto) {
    return call(
        static_cast<std::tuple_element_t<kI, All>&&>(std::get<kI>(made))...);
  };
  std::string out = "v";
  using Result = decltype(now());
  if constexpr (std::is_void_v<Result>) {
    now();
    out += 'N';
  } else {
    Put<std::decay_t<Result>>(now(), &out);
  }
  return out + 'N';
}

// Of a function with these parameters, of which those behind the first kCount
// have defaults.
template <std::size_t kCount, class... A, class Call>
std::string CallOf(Types<A...> types, const Call& call, const Node& args) {
  static_assert(kCount <= sizeof...(A),
                "the function has fewer parameters than the test arguments");
  if constexpr (kCount <= sizeof...(A)) {
    return CallWith(types, call, args, std::make_index_sequence<kCount>());
  }
}

inline std::string Raised(const std::string& name) {
  std::string out = "e";
  for (const std::string& text : {name, std::string(), std::string()}) {
    PutText('s', text, &out);
  }
  return out;
}

inline std::string NameOf(const std::type_info* type) {
  if (type == nullptr) return "";
  int status = 0;
  char* const name =
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
  return status == 0 ? name : type->name();
}

}  // namespace assay_host

using assay_text = std::string;
using assay_question = const assay_host::Node&;

// As the last lines have it.
assay_text assay_answer(assay_question assay_args);

// The parameters of what a pointer points to; of overloaded functions those of
// the one with as many as there are arguments (whose last parameter is int).
$PICKS
template <class R, class... A>
assay_host::Types<A...> assay_pick(R (*)(A...), long);
template <class C, class R, class... A>
assay_host::Types<A...> assay_pick(R (C::*)(A...), long);
template <class C, class R, class... A>
assay_host::Types<A...> assay_pick(R (C::*)(A...) const, long);
template <class F>
auto assay_pick(F*, long) -> decltype(assay_pick(&F::operator(), 0));

int main() {
  using namespace assay_host;
  Send("l");
  for (;;) {
    const std::string frame = Receive();
    std::string answer;
    try {
      std::size_t place = 1;
      NodeAt(frame, &place);  // the path
      answer = assay_answer(NodeAt(frame, &place));
    } catch (const Refused& refused) {
      answer = Raised(refused.name);
    } catch (const std::bad_alloc&) {
      answer = Raised("MemoryError");
    } catch (...) {
      answer = Raised(NameOf(abi::__cxa_current_exception_type()));
    }
    Send(answer);
  }
}

namespace assay_host {
// Before any of the program's own.
static const bool began = [] {
  Send("h");
  Receive();
  return true;
}();
}  // namespace assay_host

#define main assay_program_main
$PROGRAM
#undef main

assay_text assay_answer(assay_question assay_args) {
  return assay_host::CallOf<$COUNT>(
      decltype(assay_pick(&$NAME, 0))(),
      [](auto&&... assay_a) -> decltype(auto) {
        return $CALL(static_cast<decltype(assay_a)>(assay_a)...);
      },
      assay_args);
}
