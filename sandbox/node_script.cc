#include "sandbox/node_script.h"

#include <dlfcn.h>

namespace sandbox {
namespace {

// v8::Local and v8::MaybeLocal are a pointer; nullptr: empty.
using Local = void*;

// The functions of v8 that are called; `this` is the first argument.
struct V8 {
  void* (*current)();                                           // Isolate
  Local (*context)(void* isolate);                              // Isolate
  void (*open)(void* scope, void* isolate);                     // HandleScope
  void (*close)(void* scope);                                   // HandleScope
  Local (*string)(void* isolate, const char*, int kind, int);   // String
  Local (*compile)(Local context, Local source, void* origin);  // Script
  Local (*run)(Local script, Local context);                    // Script
  Local (*call)(Local function, Local context, Local receiver, int count,
                Local* arguments);          // Function
  void (*flags)(const char*, std::size_t);  // V8
};

template <typename Function>
bool Find(const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
  return function != nullptr;
}

const V8* FindV8() {
  static V8 v8;
  static const bool found =
      Find("_ZN2v87Isolate10GetCurrentEv", v8.current) &&
      Find("_ZN2v87Isolate17GetCurrentContextEv", v8.context) &&
      Find("_ZN2v811HandleScopeC1EPNS_7IsolateE", v8.open) &&
      Find("_ZN2v811HandleScopeD1Ev", v8.close) &&
      Find("_ZN2v86String11NewFromUtf8EPNS_7IsolateEPKcNS_13NewStringTypeEi",
           v8.string) &&
      Find(
          "_ZN2v86Script7CompileENS_5LocalINS_7ContextEEENS1_INS_6StringEEEPNS"
          "_12ScriptOriginE",
          v8.compile) &&
      Find("_ZN2v86Script3RunENS_5LocalINS_7ContextEEE", v8.run) &&
      Find(
          "_ZN2v88Function4CallENS_5LocalINS_7ContextEEENS1_INS_5ValueEEEiPS5_",
          v8.call) &&
      Find("_ZN2v82V818SetFlagsFromStringEPKcm", v8.flags);
  return found ? &v8 : nullptr;
}

}  // namespace

NodeScript::NodeScript() {
  const V8* const v8 = FindV8();
  if (v8 == nullptr) return;
  isolate_ = v8->current();
  if (isolate_ == nullptr) return;
  v8->open(scope_.data(), isolate_);
  context_ = v8->context(isolate_);
}

NodeScript::~NodeScript() {
  if (isolate_ != nullptr) FindV8()->close(scope_.data());
}

void* NodeScript::String(std::string_view text) {
  constexpr int kNormal = 0;
  return FindV8()->string(isolate_, text.data(), kNormal,
                          static_cast<int>(text.size()));
}

bool NodeScript::Load(std::string_view source) {
  if (isolate_ == nullptr || context_ == nullptr) return false;
  const Local text = String(source);
  if (text == nullptr) return false;
  const Local script = FindV8()->compile(context_, text, nullptr);
  if (script == nullptr) return false;
  function_ = FindV8()->run(script, context_);
  return function_ != nullptr;
}

bool NodeScript::Call(std::string_view argument) {
  Local text = String(argument);
  return text != nullptr &&
         FindV8()->call(function_, context_, function_, 1, &text) != nullptr;
}

void NodeScript::SetFlag(std::string_view flag) {
  FindV8()->flags(flag.data(), flag.size());
}

}  // namespace sandbox
