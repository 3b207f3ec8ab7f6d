// Languages: of programs, for those who configure and show them. What
// sandbox/language.h says holds.

#ifndef VERIFIER_ENGINE_LANGUAGES_H_
#define VERIFIER_ENGINE_LANGUAGES_H_

#include "rewards/code_checker.h"
#include "sandbox/language.h"
#include "sandbox/language_keys.h"

namespace verifier::engine {

using sandbox::BuiltInLanguages;
using sandbox::EmptyLanguage;
using sandbox::FindLanguage;
using sandbox::kMostLanguages;
using sandbox::Language;
using sandbox::LanguageKey;
using sandbox::LanguageKeyOf;
using sandbox::LanguageKeys;
using sandbox::LanguageNames;
using sandbox::Languages;
using sandbox::LanguageValue;
using sandbox::MissingTool;
using sandbox::PutLanguageKey;
using sandbox::TableProblem;

// What is wrong with a language by itself, "KEY: what", or empty.
using rewards::CodeLanguageProblem;

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_LANGUAGES_H_
