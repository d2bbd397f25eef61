#!/usr/bin/env python3
"""Own streams against the rules of bulk senders: in rows, in the run record, told to a person."""

import unittest

from program import Case, Signer, call, mbox

RECEIVED = (b"Return-Path: <bounce@example.com>\r\n"
            b"Received: from mail.example.com (mail.example.com [192.0.2.1])\r\n"
            b" by mx.receiver.example (Postfix) with ESMTPS id 1\r\n"
            b" for <jo@receiver.example>; Mon, 1 Dec 2025 10:00:00 +0000\r\n")
LETTER = (b"From: News <news@example.com>\r\nTo: jo@receiver.example\r\nSubject: hello\r\n"
          b"Date: Mon, 1 Dec 2025 10:00:00 +0000\r\nMessage-ID: <1@example.com>\r\n")
UNSUBSCRIBE = b"List-Unsubscribe: <https://example.com/u>\r\n"
POST = b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
ZONE = ("$ORIGIN com.\n$TTL 60\n@ IN SOA ns host 1 2 3 4 5\n$ORIGIN example.com.\n"
        "@ IN TXT \"v=spf1 ip4:{ip} -all\"\n{more}")


class OwnStreams(Case):
    def setUp(self):
        super().setUp()
        self.signer = Signer(self.folder)
        record = self.signer.key_record()
        key = " ".join(f'"{record[at:at + 200]}"' for at in range(0, len(record), 200))
        self.key = "s._domainkey IN TXT " + key.replace(";", "\\;") + "\n"
        self.policy = '_dmarc IN TXT "v=DMARC1\\; p=none"\n'

    def flags(self, ip="192.0.2.1", more=None):
        more = self.key + self.policy if more is None else more
        zone = self.write("zone", ZONE.format(ip=ip, more=more).encode())
        return ("--dns", zone, "--receiver", "mx.receiver.example", "--own-domain", "example.com")

    def mail(self, headers=LETTER, is_signed=True):
        message = self.signer.sign(headers, b"body\r\n") if is_signed else headers + b"\r\nbody\r\n"
        return self.write("mail.eml", RECEIVED + message)

    def judged(self, mail, flags):
        """The faults of the row; the run record has to count the same."""
        rows, record = self.run_record(*flags, mail)
        stream = rows[0]["bulk_sender"]
        if stream is None:
            self.assertEqual(record["bulk_sender"], {})
            return None
        counted = record["bulk_sender"]["example.com"]
        self.assertEqual(counted["messages"], 1)
        self.assertEqual(list(counted["faults"]), stream["faults"])
        self.assertEqual(counted["faultless"], int(not stream["faults"] + stream["unknown"]))
        return stream["faults"] + stream["unknown"]

    def test_what_is_missing_is_said(self):
        newsletter = LETTER + UNSUBSCRIBE + POST
        cases = (
            ("a letter", LETTER, True, {}, []),
            ("a newsletter", newsletter, True, {}, []),
            ("a page alone", LETTER + UNSUBSCRIBE, True, {}, ["one-click-missing"]),
            ("SPF fails", LETTER, True, {"ip": "192.0.2.9"}, ["spf-not-pass"]),
            ("unsigned", newsletter, False, {}, ["dkim-missing", "one-click-not-signed"]),
            ("no DMARC record", LETTER, True, {"more": self.key}, ["dmarc-missing"]),
            # Nobody can say that this is ours.
            ("forged", LETTER, False, {"ip": "192.0.2.9"}, None),
        )
        for name, headers, is_signed, zone, words in cases:
            with self.subTest(name):
                mail = self.mail(headers, is_signed)
                self.assertEqual(self.judged(mail, self.flags(**zone)), words)

    def test_without_own_domains_nothing_is_judged(self):
        flags = self.flags()[:-2]
        self.assertIsNone(self.judged(self.mail(LETTER + UNSUBSCRIBE), flags))
        self.assertIsNone(self.judged(self.mail(), (*flags, "--own-domain", "example.net")))

    def test_without_dns_it_is_not_known(self):
        self.assertIsNone(self.judged(self.mail(), ("--own-domain", "example.com")))

    def test_it_is_told(self):
        mail = self.mail(LETTER + UNSUBSCRIBE)
        text = call("explain", *self.flags(), mail).out.decode()
        self.assertIn("one-click-missing: ", text)
        self.assertIn("(asked for by Gmail, Yahoo)", text)
        summary = call("scan", "--offline", *self.flags(), mail, self.write(
            "more", mbox(b"From: a@other.example\n\n"))).err
        self.assertIn("Own streams", summary)
        self.assertRegex(summary, r"one-click-missing +1 ")


if __name__ == "__main__":
    unittest.main()
