// Trains the n-gram table: reads corpus.tsv of collect.py, writes ngrams.bin.
//
//   train_ngrams CORPUS.tsv NGRAMS.bin
//
// Equal corpora give equal bytes, for one version of ICU. Exit: 0 done, 2
// usage, 3 the corpus cannot be read.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "rewards/language/ngrams/table.h"
#include "rewards/language/ngrams/train_corpus.h"
#include "rewards/language/ngrams/train_model.h"

namespace rewards::language {
namespace {

// In the order of the table's models. "und" is last, after the languages.
std::vector<Group> Groups() {
  return {
      {{"en", "fr", "de", "es", "it", "pt", "nl", "pl", "tr", "id",
        "cs", "sv", "fi", "hu", "ro", "da", "vi", "sk", "ms", "ca",
        "nb", "hr", "sl", "et", "lv", "lt", "sq", "eu", "cy", "af",
        "sw", "tl", "gl", "ga", "is", "eo", "az", "und"},
       40,
       76000,
       15,
       true},
      {{"ru", "uk", "bg", "sr", "mk", "be", "kk"}, 8, 20000, 13, false},
      {{"ar", "fa", "ur", "ckb", "ps"}, 8, 12000, 13, false},
      {{"hi", "mr", "ne"}, 8, 10000, 13, false},
      {{"zh", "ja"}, 8, 12000, 13, false},
  };
}

void Put(std::string& out, std::uint32_t value, int bytes = 4) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
}

void Align(std::string& out) {
  while (out.size() % 4 != 0) out += '\0';
}

void Write(std::string& out, const Group& group, const TrainedModel& model) {
  Put(out, static_cast<std::uint32_t>(group.tags.size()));
  Put(out, static_cast<std::uint32_t>(group.width));
  Put(out, static_cast<std::uint32_t>(model.hashes.size()));
  Put(out, group.bits);
  for (std::string tag : group.tags) {
    tag.resize(4, '\0');
    out += tag;
  }
  std::uint32_t row = 0;
  for (std::uint32_t top = 0; top <= 1U << group.bits; ++top) {
    while (row < model.hashes.size() &&
           model.hashes[row] >> (32 - group.bits) < top) {
      ++row;
    }
    Put(out, row);
  }
  for (const std::uint32_t hash : model.hashes) Put(out, hash & 0xFFFF, 2);
  Align(out);
  for (const float weight : model.weights) {
    const float scaled = std::floor(weight * kScoreScale + 0.5F);
    out += static_cast<char>(
        static_cast<int>(std::clamp(scaled, -127.0F, 127.0F)));
  }
  Align(out);
}

void Train(const char* corpus_path, const char* table_path) {
  Corpus corpus = ReadCorpus(corpus_path);
  const std::vector<Group> groups = Groups();
  std::string out = "AssayLM1";
  Put(out, static_cast<std::uint32_t>(groups.size()));
  for (const Group& group : groups) {
    Write(out, group, TrainModel(group, corpus));
  }
  std::ofstream(table_path, std::ios::binary) << out;
  std::cerr << out.size() << " bytes\n";
}

}  // namespace
}  // namespace rewards::language

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: train_ngrams CORPUS.tsv NGRAMS.bin\n";
    return 2;
  }
  try {
    rewards::language::Train(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::cerr << "train_ngrams: " << error.what() << "\n";
    return 3;
  }
  return 0;
}
