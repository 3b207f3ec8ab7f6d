// Tests verifier/client/score_client.h against services that refuse and lie.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/verifier/client_calls.h"
#include "tests/verifier/client_fake_server.h"
#include "verifier/client/score_client.h"
#include "verifier/protocol/json_text.h"

namespace verifier::client {
namespace {

using protocol::Item;
using testing::Client;
using testing::ExpectAllCorrect;
using testing::ExpectAllFailed;
using testing::FakeReply;
using testing::FakeRequest;
using testing::FakeServer;
using testing::MathItems;
using testing::QuickRetries;
using testing::Respond;
using testing::RespondHonestly;

TEST(ScoreClientTest, HalvesABatchThatIsTooLargeForTheService) {
  FakeServer server([](const FakeRequest& request) {
    return request.items.size() > 10 ? Respond(413, "")
                                     : RespondHonestly(request);
  });
  Client client(server.url());
  ExpectAllCorrect(client.Score(MathItems(35)), 35);
}

TEST(ScoreClientTest, OneItemThatIsRefusedHurtsNoOther) {
  FakeServer server([](const FakeRequest& request) {
    for (const Item& item : request.items) {
      if (item.id == "item/5") return Respond(400, "too deep", "text/plain");
    }
    return RespondHonestly(request);
  });
  Client client(server.url());
  const ScoreReply reply = client.Score(MathItems(16));
  ASSERT_EQ(reply.failures.size(), 1u);
  EXPECT_EQ(reply.failures[0].index, 5u);
  EXPECT_EQ(reply.failures[0].error.code, ClientErrorCode::kRefused);
  EXPECT_NE(reply.failures[0].error.detail.find("too deep"), std::string::npos);
  EXPECT_EQ(reply.results[6].reward, 1.0);
}

TEST(ScoreClientTest, AResponseOverTheLimitIsNotRead) {
  for (const int over : {0, 1}) {
    FakeServer server(
        [](const FakeRequest& request) { return RespondHonestly(request); });
    ClientOptions options = QuickRetries();
    const std::string body =
        protocol::ScoreResponseText({testing::Honest(MathItems(1)[0])});
    options.response_bytes = body.size() - static_cast<std::size_t>(over);
    Client client(server.url(), options);
    const ScoreReply reply = client.Score(MathItems(1));
    if (over == 0) {
      ExpectAllCorrect(reply, 1);
    } else {
      ExpectAllFailed(reply, 1, ClientErrorCode::kBadResponse);
      EXPECT_EQ(server.requests(), 1);
    }
  }
}

struct BytesCase {
  const char* name;
  std::string bytes;
};

TEST(ScoreClientTest, BytesThatAreNotHttpAreABadResponse) {
  const std::string head =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  const BytesCase cases[] = {
      {"not http", "SSH-2.0-OpenSSH\r\n\r\n"},
      {"two lengths",
       head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"},
      {"negative length", head + "Content-Length: -1\r\n\r\n"},
      {"chunk size", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"},
      {"header without end", head + "X: " + std::string(200'000, 'a')},
      {"chunk extension without end",
       head + "Transfer-Encoding: chunked\r\n\r\n1;" +
           std::string(300'000, 'a')},
      {"trailer field of 70,000 bytes",
       head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " +
           std::string(70'000, 'a') + "\r\n\r\n"},
      {"huge length", head + "Content-Length: 99999999999\r\n\r\n{}"},
  };
  for (const BytesCase& c : cases) {
    SCOPED_TRACE(c.name);
    FakeServer server([&c](const FakeRequest&) {
      FakeReply reply;
      reply.bytes = c.bytes;
      return reply;
    });
    Client client(server.url());
    ExpectAllFailed(client.Score(MathItems(1)), 1,
                    ClientErrorCode::kBadResponse);
    EXPECT_EQ(server.requests(), 1);
  }
}

TEST(ScoreClientTest, ALieIsNotAskedAgainAndNamesTheId) {
  FakeServer server([](const FakeRequest& request) {
    std::vector<protocol::ScoreResult> results;
    for (const Item& item : request.items) {
      results.push_back(testing::Honest(item));
    }
    std::swap(results[0], results[1]);
    return Respond(200, protocol::ScoreResponseText(results));
  });
  Client client(server.url());
  const ScoreReply reply = client.Score(MathItems(2));
  ExpectAllFailed(reply, 2, ClientErrorCode::kBadResponse);
  EXPECT_NE(reply.failures[0].error.detail.find("item/0"), std::string::npos);
  EXPECT_EQ(server.requests(), 1);
}

TEST(ScoreClientTest, HtmlWithStatus200IsABadResponse) {
  FakeServer server([](const FakeRequest&) {
    return Respond(200, "<html>welcome</html>", "text/html");
  });
  Client client(server.url());
  ExpectAllFailed(client.Score(MathItems(3)), 3, ClientErrorCode::kBadResponse);
}

}  // namespace
}  // namespace verifier::client
