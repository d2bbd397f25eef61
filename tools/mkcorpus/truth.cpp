#include "mkcorpus/truth.h"

#include <fmt/format.h>

#include "base/ascii.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

std::string_view algorithm_word(const SignatureField& field) {
  if (field.name->key->kind() == KeyKind::ed25519) return "ed25519-sha256";
  return field.hash == Hash::sha1 ? "rsa-sha1" : "rsa-sha256";
}

std::string_view canon_word(reference::Canon canon) {
  return canon == reference::Canon::relaxed ? "relaxed" : "simple";
}

std::string match_json(std::optional<Match> match) {
  if (!match) return "null";
  return *match == Match::match ? "\"match\"" : "\"mismatch\"";
}

std::string signature_json(const SignatureTruth& truth) {
  return fmt::format(
      R"({{"domain":{},"selector":{},"algorithm":"{}","canonicalization":"{}","result":"{}",)"
      R"("reason":{},"body_hash":{},"signature":{}}})",
      json_string(truth.domain), json_string(truth.selector), truth.algorithm,
      truth.canonicalization, truth.result,
      truth.reason.empty() ? "null" : json_string(truth.reason), match_json(truth.body_hash),
      match_json(truth.signature));
}

std::string chain_json(const ChainTruth& truth) {
  std::string sealers;
  for (const std::string& sealer : truth.sealers) {
    if (!sealers.empty()) sealers += ',';
    sealers += json_string(sealer);
  }
  return fmt::format(
      R"(,"arc":{{"kind":"{}","result":"{}","reason":{},"instances":{},"oldest_pass":{},)"
      R"("sealers":[{}]}})",
      kind_word(truth.kind), truth.result,
      truth.reason.empty() ? "null" : json_string(truth.reason), truth.instances,
      truth.oldest_pass && truth.result == "pass" ? std::to_string(*truth.oldest_pass) : "null",
      sealers);
}

bool has_record(const KeyName& name) {
  return name.state == KeyState::published || name.state == KeyState::replaced;
}

struct Outcome {
  std::string_view result;
  std::string_view reason;
};

/// The first rule that decides: the field [RFC6376 6.1.1], the key [RFC6376 6.1.2], the body hash,
/// the signature, and last the strength of the algorithm.
Outcome outcome_of(const SignatureField& field, Match body_hash, Match signature,
                   std::int64_t received_at) {
  if (field.expires_at && *field.expires_at < received_at) return {"permerror", "expired"};
  if (field.name->state == KeyState::revoked) return {"permerror", "key-revoked"};
  if (field.name->state == KeyState::no_evidence) return {"temperror", "no-evidence"};
  if (!has_record(*field.name)) return {"permerror", "no-key"};
  if (body_hash == Match::mismatch) return {"fail", "body-hash-mismatch"};
  if (signature == Match::mismatch) return {"fail", "signature-mismatch"};
  if (field.hash == Hash::sha1) return {"policy", "algorithm-obsolete"};
  return {"pass", ""};
}

}  // namespace

std::string_view kind_word(Kind kind) {
  switch (kind) {
    case Kind::none:
      return "none";
    case Kind::unsigned_message:
      return "unsigned";
    case Kind::body_altered:
      return "body-altered";
    case Kind::body_appended:
      return "body-appended";
    case Kind::header_altered:
      return "header-altered";
    case Kind::key_missing:
      return "key-missing";
    case Kind::key_revoked:
      return "key-revoked";
    case Kind::expired:
      return "expired";
    case Kind::damaged:
      return "damaged";
    case Kind::algorithm_obsolete:
      break;
  }
  return "algorithm-obsolete";
}

SignatureTruth signature_truth(const SignatureField& field, Match body_hash, Match signature,
                               std::int64_t received_at) {
  SignatureTruth truth;
  truth.domain = field.name->domain;
  truth.selector = field.name->selector;
  truth.algorithm = algorithm_word(field);
  truth.canonicalization =
      fmt::format("{}/{}", canon_word(field.header_canon), canon_word(field.body_canon));
  truth.body_hash = body_hash;
  if (field.name->state == KeyState::replaced) signature = Match::mismatch;
  if (has_record(*field.name)) truth.signature = signature;
  const Outcome outcome = outcome_of(field, body_hash, signature, received_at);
  truth.result = outcome.result;
  truth.reason = outcome.reason;
  return truth;
}

std::string truth_row(const MessageTruth& truth, Extent extent) {
  std::string out =
      fmt::format(R"({{"index":{},"message_id":{},"mbox_offset":{},"mbox_length":{},"kind":"{}",)"
                  R"("signatures":[)",
                  truth.index, json_string(truth.message_id), extent.offset, extent.length,
                  kind_word(truth.kind));
  for (std::size_t i = 0; i < truth.signatures.size(); ++i) {
    if (i > 0) out += ',';
    out += signature_json(truth.signatures[i]);
  }
  out += ']';
  if (truth.chain) out += chain_json(*truth.chain);
  if (truth.damage != nullptr) {
    out += fmt::format(R"(,"damage":"{}","finding":{})", truth.damage->name,
                       finding_json(*truth.damage));
  }
  if (truth.scene) out += scene_json(*truth.scene);
  return out + "}\n";
}

}  // namespace mkcorpus
