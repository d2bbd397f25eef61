// What the kind of a message costs: of mail that needs nothing, and of a bounce.
#include <benchmark/benchmark.h>

#include <string>

#include "kind/kind_reader.h"
#include "message/header_index.h"

namespace {

using namespace mailassay;

/// 40 fields as a message has them that came through a large receiver.
std::string header() {
  std::string out = "Delivered-To: ann@example.org\nReturn-Path: <bob@example.com>\n";
  for (int i = 0; i < 6; ++i) {
    out += "Received: from mx" + std::to_string(i) +
           ".example.com (mx.example.com [192.0.2.1])\n\tby mx.example.org with ESMTPS id 12345\n"
           "\tfor <ann@example.org>; Mon, 1 Jan 2024 10:00:00 +0000\n";
  }
  out +=
      "ARC-Seal: i=1; a=rsa-sha256; t=1700000000; cv=none; d=example.org; s=arc; b=abcdef\n"
      "ARC-Message-Signature: i=1; a=rsa-sha256; d=example.org; s=arc; h=from:to; b=abcdef\n"
      "ARC-Authentication-Results: i=1; mx.example.org; dkim=pass\n"
      "Received-SPF: pass (example.org)\nAuthentication-Results: mx.example.org; dkim=pass\n"
      "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s1; b=abcdef\n";
  for (int i = 0; i < 16; ++i) out += "X-Something-" + std::to_string(i) + ": a value of no use\n";
  out +=
      "From: Bob Example <bob@example.com>\nTo: Ann Example <ann@example.org>\n"
      "Subject: Minutes of the meeting on Monday\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n"
      "Message-ID: <12345@example.com>\nIn-Reply-To: <1@example.org>\n"
      "References: <1@example.org>\nMIME-Version: 1.0\nX-Mailer: Mailer 1.0\n";
  return out;
}

std::string text_lines(std::size_t octets) {
  std::string out;
  while (out.size() < octets) {
    out += "<p style=\"font-size: 12px; margin-left: 4px\">Words of a text, and more of them</p>\n";
  }
  return out;
}

std::string base64_lines(std::size_t octets) {
  std::string out;
  while (out.size() < octets) out += std::string(76, 'A') + "\n";
  return out;
}

void run(benchmark::State& state, const std::string& text) {
  message::HeaderIndex index;
  index.build(text);
  const std::string_view body = std::string_view(text).substr(index.body_offset());
  const Limits limits;
  for (auto _ : state) benchmark::DoNotOptimize(kind::read_kind(index, body, limits));
  state.counters["fields"] = static_cast<double>(index.fields().size());
  state.counters["per_field"] = benchmark::Counter(
      static_cast<double>(index.fields().size()),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void plain_text(benchmark::State& state) {
  run(state, header() + "Content-Type: text/plain; charset=utf-8\n\n" + text_lines(4096));
}
BENCHMARK(plain_text);

void alternatives(benchmark::State& state) {
  run(state, header() + "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n" +
                 text_lines(4096) + "--b\nContent-Type: text/html\n\n" + text_lines(20000) +
                 "--b--\n");
}
BENCHMARK(alternatives);

void with_attachment(benchmark::State& state) {
  run(state, header() + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + text_lines(2048) +
                 "--b\nContent-Type: application/pdf\nContent-Disposition: attachment\n\n" +
                 base64_lines(500000) + "--b--\n");
}
BENCHMARK(with_attachment);

void bulk_mail(benchmark::State& state) {
  run(state,
      "List-Id: <l.example>\nList-Unsubscribe: <https://l.example/u>\n"
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click\nFeedback-ID: a:b:c:d\nX-SG-EID: x\n" +
          header() + "Content-Type: text/html\n\n" + text_lines(20000));
}
BENCHMARK(bulk_mail);

void bounce(benchmark::State& state) {
  run(state,
      header() +
          "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n"
          "failed\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\n"
          "Final-Recipient: rfc822; b@x.org\nAction: failed\nStatus: 5.1.1\n"
          "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n--b\n"
          "Content-Type: message/rfc822\n\n" +
          header() + "\nhi\n--b--\n");
}
BENCHMARK(bounce);

}  // namespace
