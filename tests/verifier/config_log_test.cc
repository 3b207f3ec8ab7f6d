// Tests verifier/cli/log.h: a line stays a line, whatever is in it.

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/cli/log.h"

namespace verifier::cli {
namespace {

using std::string_literals::operator""s;

const std::vector<std::string> kNasty = {"two\nlines",
                                         "a\r\nb",
                                         "\x1b[31mred\x1b[0m",
                                         "nul\0byte"s,
                                         "\xff\xfe bad",
                                         "quote \" and \\ back",
                                         "{\"level\":\"error\"}",
                                         "\xE2\x80\xAE turned",
                                         "\x7f\x01\x02",
                                         "",
                                         std::string(100'000, 'x'),
                                         "\xE2\x80\xA8 separator"};

TEST(LogLines, ParseAsOneObjectWhateverIsInThem) {
  for (const std::string& nasty : kNasty) {
    LogLine line{"2026-11-25T00:00:00.000Z", LogLevel::kWarn, nasty};
    line.fields = {{"first", nasty}, {"second", "plain"}};
    const std::string text = JsonLine(line);
    for (const char c : text) {
      EXPECT_GE(static_cast<unsigned char>(c), 0x20) << text;
    }
    const auto object = boost::json::parse(text).as_object();
    EXPECT_EQ(object.at("ts").as_string(), "2026-11-25T00:00:00.000Z");
    EXPECT_EQ(object.at("level").as_string(), "warn");
    EXPECT_EQ(object.at("logger").as_string(), "assayd");
    EXPECT_TRUE(object.at("msg").is_string());
    EXPECT_TRUE(object.at("first").is_string());
    EXPECT_EQ(object.at("second").as_string(), "plain");
    EXPECT_LT(text.size(), 3 * kMessageBytes);
  }
}

TEST(LogLines, OfTextAreOneLineWithoutControlCharacters) {
  for (const std::string& nasty : kNasty) {
    const LogLine line{"T", LogLevel::kInfo, nasty, {{"field", nasty}}};
    const std::string text = TextLine(line);
    EXPECT_TRUE(text.starts_with("T info  ")) << text;
    for (const char c : text) {
      EXPECT_GE(static_cast<unsigned char>(c), 0x20) << text;
      EXPECT_NE(c, '\x7f') << text;
    }
  }
}

class LogTest : public ::testing::Test {
 protected:
  static config::Settings Settings(const char* format, const char* level) {
    config::Settings settings;
    settings.log_format = format;
    settings.log_level = level;
    return settings;
  }
};

TEST_F(LogTest, TheFirstLineIsTheOneThatSaysReady) {
  ::testing::internal::CaptureStderr();
  {
    Log log(Settings("json", "info"));
    log.Warn("early");
    log.Ready("assayd ready on http://127.0.0.1:1");
    log.Info("late");
  }
  const std::string text = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(text.starts_with("assayd ready on http://127.0.0.1:1\n{"))
      << text;
  EXPECT_LT(text.find("early"), text.find("late"));
  EXPECT_NE(text.find("late"), std::string::npos);
}

TEST_F(LogTest, WhatWasHeldBackIsSaidWithoutReady) {
  ::testing::internal::CaptureStderr();
  { Log(Settings("text", "info")).Error("cannot start"); }
  const std::string text = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(text.find("error cannot start\n"), std::string::npos) << text;
}

TEST_F(LogTest, LevelAndFormatChangeWhileItRuns) {
  ::testing::internal::CaptureStderr();
  {
    Log log(Settings("text", "error"));
    log.Ready("ready");
    log.Warn("hidden");
    log.Set(Settings("json", "warn"));
    log.Info("hidden, too");
    log.Warn("shown");
  }
  const std::string text = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(text.find("hidden"), std::string::npos) << text;
  EXPECT_NE(text.find("\"msg\":\"shown\""), std::string::npos) << text;
}

}  // namespace
}  // namespace verifier::cli
