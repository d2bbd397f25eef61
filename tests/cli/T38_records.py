#!/usr/bin/env python3
"""NDJSON and CSV exports with whole messages in a field."""

import base64
import csv
import gzip
import io
import json
import os
import unittest

from program import Case, PLAIN, Signer, mbox

OTHER = PLAIN.replace(b"hello", b'"quoted", and; more')


def encoded(message):
    return base64.b64encode(message).decode()


def ndjson(*records):
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def csv_of(rows, **how):
    out = io.StringIO(newline="")
    csv.writer(out, **how).writerows(rows)
    return out.getvalue().encode()


class Records(Case):
    def accounted(self, *arguments, code=0, **how):
        rows, record = self.run_record(*arguments, code=code, **how)
        for account in record["archives"]:
            self.assertEqual(
                account["message_bytes"] + account["gap_bytes"] + account["rejected_bytes"],
                account["size"] - account["packed_bytes"] + account["unpacked_bytes"], account)
        return rows, record

    def brief(self, rows):
        return [(row["origin"]["member"], row["origin"]["offset"], row["origin"]["length"],
                 row["subject"]) for row in rows]

    def problems(self, record):
        return [(problem["reason"], problem["member"], problem["offset"])
                for problem in record["problems"]]


class Ndjson(Records):
    def test_plain_and_base64(self):
        expected = [("a1", 0, len(PLAIN), "hello"), ("7", 0, len(OTHER), '"quoted", and; more')]
        plain = ndjson({"id": "a1", "raw": PLAIN.decode()},
                       {"raw": OTHER.decode(), "other": {"raw": "no"}, "id": 7})
        packed = ndjson({"id": "a1", "raw": encoded(PLAIN)},
                        {"id": 7, "raw": base64.urlsafe_b64encode(OTHER).decode().rstrip("=")})
        for octets, flags in ((plain, []), (packed, ["--encoding", "base64"])):
            flags = ["--field", "raw", "--id-field", "id", *flags]
            for given in (octets, b"\xef\xbb\xbf" + octets, octets.replace(b"\n", b"\r\n\r\n"),
                          octets.rstrip(b"\n"), gzip.compress(octets)):
                path = self.write("export", given)
                rows, record = self.accounted(*flags, path)
                self.assertEqual(self.brief(rows), expected)
                self.assertEqual(record["archives"][0]["members"], 2)
                self.assertEqual(self.brief(self.accounted(*flags, "-", stdin=given)[0]), expected)

    def test_records_are_numbered_without_an_id(self):
        path = self.write("x", ndjson({"raw": PLAIN.decode()}, {"raw": PLAIN.decode()}))
        rows, _ = self.accounted("--field", "raw", path)
        self.assertEqual([row["origin"]["member"] for row in rows], ["record 1", "record 2"])
        rows, _ = self.accounted("--field", "raw", "--id-field", "no", path)
        self.assertEqual([row["origin"]["member"] for row in rows], ["record 1", "record 2"])

    def test_an_mbox_in_a_field_and_records_in_a_folder(self):
        self.write("m/a.ndjson", ndjson({"raw": mbox(PLAIN, PLAIN).decode()}))
        self.write("m/b.eml", PLAIN)
        rows, _ = self.accounted("--field", "raw", self.path("m"))
        self.assertEqual([(row["origin"]["member"], row["origin"]["index"]) for row in rows],
                         [("record 1", 0), ("record 1", 1), (None, 0)])

    def test_bad_records_cost_only_themselves(self):
        good = ndjson({"raw": encoded(PLAIN)})
        bad = (b'{"raw":\n', b"{}\n", b'{"raw":null}\n', b'{"raw":5}\n', b'{"raw":["x"]}\n',
               b'{"raw":"%%%"}\n', b'{"raw":"QQ"}x\n', b"text\n", b'{"a":{"raw":"QQ=="}}\n',
               b"[1]\n", b'{"raw":"\xff"}\n')
        for line in bad:
            with self.subTest(line):
                path = self.write("x", good + line + good)
                rows, record = self.accounted("--field", "raw", "--encoding", "base64", path,
                                              code=3)
                self.assertEqual([row["origin"]["member"] for row in rows],
                                 ["record 1", "record 3"])
                self.assertEqual(self.problems(record), [("bad-record", None, len(good))])

    def test_a_record_that_holds_no_mail(self):
        path = self.write("x", ndjson({"id": "n", "raw": "Dear all,\n"}, {"id": "e", "raw": ""}))
        rows, record = self.accounted("--field", "raw", "--id-field", "id", path, code=3)
        self.assertEqual(rows, [])
        self.assertEqual(self.problems(record), [("no-mail", "n", 0), ("no-mail", "e", 0)])

    def test_depth_and_size(self):
        deep = b'{"a":' + b"[" * 1000000 + b"]" * 1000000 + b',"raw":"' + \
            PLAIN.replace(b"\n", b"\\n") + b'"}\n'
        rows, _ = self.accounted("--field", "raw", self.write("deep", deep))
        self.assertEqual(len(rows), 1)
        limit = 64 * 1024 * 1024
        for size, code in ((limit, 0), (limit + 1, 3)):
            begin, end = b'{"raw":"From: a@example.com\\n\\n', b'"}\n'
            record = begin + b"x" * (size - len(begin) - len(end)) + end
            rows, run = self.accounted("--field", "raw",
                                       self.write("large", record + ndjson({"raw": "A: b\n"})),
                                       code=code)
            self.assertEqual(len(rows), 2 - code // 3)
            if code:
                self.assertEqual(run["problems"][0]["reason"], "needs-too-much-memory")

    def test_without_the_flag_they_are_no_mail(self):
        path = self.write("x", ndjson({"raw": PLAIN.decode()}))
        _, record = self.accounted(path, code=3)
        self.assertEqual(record["problems"][0]["reason"], "no-mail")
        self.scan("--encoding", "base64", path, code=2)
        self.scan("--id-field", "id", path, code=2)
        self.scan("--field", "raw", "--encoding", "rot13", path, code=2)
        self.scan("--field", "raw", "--headers-field", "raw", path, code=2)
        self.scan("--headers-field", "raw", "--encoding", "rot13", path, code=2)


class Csv(Records):
    def test_quotes_line_ends_and_delimiters(self):
        table = [["id", "note", "raw"], ["a", 'x "y", z\n2', PLAIN.decode()],
                 ["b", "", OTHER.decode()]]
        expected = [("a", 0, len(PLAIN), "hello"), ("b", 0, len(OTHER), '"quoted", and; more')]
        for delimiter in (",", ";", "\t"):
            for ends in ("\r\n", "\n"):
                for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
                    octets = csv_of(table, delimiter=delimiter, lineterminator=ends,
                                    quoting=quoting)
                    for given in (octets, b"\xef\xbb\xbf" + octets, octets.rstrip(b"\r\n")):
                        path = self.write("x.csv", given)
                        rows, _ = self.accounted("--field", "raw", "--id-field", "id", path)
                        self.assertEqual(self.brief(rows), expected)

    def test_base64_and_octets_that_are_no_text(self):
        raw = PLAIN + bytes(range(128, 256)) + b"\n"
        path = self.write("a", b"raw,id\n" + encoded(raw).encode() + b",1\n")
        rows, _ = self.accounted("--field", "raw", "--encoding", "base64", path)
        self.assertEqual(rows[0]["origin"]["length"], len(raw))
        path = self.write("b", b'raw,id\n"' + raw + b'",1\n')
        rows, _ = self.accounted("--field", "raw", path)
        self.assertEqual(rows[0]["origin"]["length"], len(raw))

    def test_bad_rows_cost_only_themselves(self):
        good = b'1,"From: a@example.com\n\nx"\n'
        head = b"id,raw\n"
        for line in (b"2\n", b"2,\n", b'2,""\n'):
            path = self.write("x", head + good + line + good)
            rows, record = self.accounted("--field", "raw", path, code=3)
            self.assertEqual(len(rows), 2)
            self.assertEqual(self.problems(record), [("bad-record", None, len(head + good))])

    def test_a_file_that_is_cut_off_between_quotes(self):
        whole = b'id,raw\n1,"From: a@example.com\n\nx"\n2,"From: b@example.com\n\ny ""z"" y"'
        second = whole.index(b"2,")
        for end in range(second + 3, len(whole)):
            # Of two quotes the first one closes: there nothing shows what is missing.
            if whole[end - 1:end + 1] == b'""' and whole[:end].count(b'"') % 2 == 0:
                continue
            rows, record = self.accounted("--field", "raw", self.write("x", whole[:end]), code=3)
            self.assertEqual(len(rows), 1, end)
            self.assertEqual(self.problems(record), [("bad-record", None, second)], end)
        self.assertEqual(len(self.accounted("--field", "raw", self.write("x", whole))[0]), 2)

    def test_quotes_inside_of_plain_cells_are_characters(self):
        table = b'note,raw,id\n5" disk,"%s",a\n,"%s",b\nx"y"z,"%s",c\n""q,"%s",d\n'
        path = self.write("x", table % ((PLAIN,) * 4))
        rows, _ = self.accounted("--field", "raw", "--id-field", "id", path)
        self.assertEqual([(row["origin"]["member"], row["origin"]["length"]) for row in rows],
                         [(name, len(PLAIN)) for name in "abcd"])

    def test_a_quote_that_is_not_doubled_costs_the_record(self):
        path = self.write("x", b'id,raw\n1,"From: a@example.com\n\nhe said "hi"\n"\n2,"%s"\n' % PLAIN)
        rows, record = self.accounted("--field", "raw", path, code=3)
        self.assertEqual(record["problems"][0]["reason"], "bad-record")
        self.assertNotIn(1, [row["origin"]["member"] for row in rows])

    def test_names_of_columns_in_quotes_behind_a_mark(self):
        path = self.write("x", b'\xef\xbb\xbf"raw","i\nd, more"\r\n"%s","1"' % PLAIN)
        self.assertEqual(len(self.accounted("--field", "raw", path)[0]), 1)

    def test_no_line_end_behind_the_last_record(self):
        path = self.write("x", b'raw,id\r\n"%s",1\r' % PLAIN)
        rows, _ = self.accounted("--field", "raw", "--id-field", "id", path)
        self.assertEqual(rows[0]["origin"]["member"], "1")

    def test_no_such_column(self):
        _, record = self.accounted("--field", "body", self.write("x", b"id,raw\n1,A: b\n"), code=3)
        self.assertEqual(record["problems"][0]["reason"], "no-mail")

    def test_no_record(self):
        _, record = self.accounted("--field", "raw", self.write("x", b"id,raw\n"), code=3)
        self.assertEqual(self.problems(record), [("no-mail", None, 0)])

    def test_mail_that_has_commas_is_mail(self):
        path = self.write("x.eml", b"Subject: raw,raw\n\nraw\n")
        self.assertEqual(len(self.accounted("--field", "raw", path)[0]), 1)
        self.assertTrue(os.path.exists(path))


class HeadersAlone(Records):
    """CRM exports: header text beside bodies that are none of the message's octets."""

    HEADERS = (b"From: alice@example.com\r\nSubject: figures\r\n"
               b"Date: Mon, 1 May 2023 10:00:00 +0000\r\n")
    TRACE = b"Received: from a.example by b.example; Mon, 1 May 2023 10:00:01 +0000\r\n"

    def signed(self, body):
        signer = Signer(self.folder)
        header = signer.sign(self.HEADERS, body).partition(b"\r\n\r\n")[0].decode() + "\r\n"
        return header, ["--dns", self.write("dns.ndjson", signer.recording())]

    def rows_of(self, header, *flags, code=0):
        path = self.write("export", ndjson(
            {"Id": "02s1", "Headers": header, "TextBody": "5 %", "HtmlBody": "<p>5 %</p>"}))
        return self.accounted("--headers-field", "Headers", "--id-field", "Id", *flags, path,
                              code=code)

    def check(self, row, form, integrity):
        self.assertEqual(row["form"], form)
        self.assertNotIn(row["standing"], ("altered", "changed-after-receipt"))
        self.assertEqual(row["integrity"]["value"], integrity)
        self.assertEqual(row["notes"], ["header-alone"])

    def test_a_signature_over_the_header_holds_without_its_body(self):
        header, dns = self.signed(b"the body\r\n")
        for text in (header, header.rstrip("\r\n"), header + "\r\n", header.replace("\r", "")):
            (row,), _ = self.rows_of(text, *dns)
            self.check(row, "headers-only", "headers")
            self.assertEqual((row["origin"]["member"], row["origin"]["length"]),
                             ("02s1", len(text)))
            (signature,) = row["dkim"]
            self.assertEqual((signature["reason"], signature["body_hash"], signature["signature"]),
                             ("body-hash-mismatch", "mismatch", "match"))
            self.assertEqual((row["standing"], row["standing_reasons"]),
                             ("attested", ["headers-proven"]))

    def test_a_header_that_was_written_anew_is_not_called_altered(self):
        header, dns = self.signed(b"the body\r\n")
        for changed in (header.replace("figures", "Figures"),
                        header.replace("Subject: figures\r\n", ""),
                        self.TRACE.decode() + header.replace("Subject: ", "Subject:")):
            (row,), _ = self.rows_of(changed, *dns)
            self.check(row, "headers-only", "unknown")
            self.assertEqual(row["standing"], "unverifiable")
            self.assertIn("form-headers-only", row["standing_reasons"])

    def test_what_survived_decides_between_header_and_excerpt(self):
        fields = self.HEADERS.decode()
        for text, form in ((fields, "excerpt"), (self.TRACE.decode() + fields, "headers-only"),
                           ("DKIM-Signature: v=1\r\n" + fields, "headers-only"),
                           ("X-Mailer: CRM\r\n" + fields, "excerpt")):
            (row,), _ = self.rows_of(text)
            self.check(row, form, "unsigned")

    def test_the_same_octets_as_a_whole_message_are_altered(self):
        header, dns = self.signed(b"the body\r\n")
        path = self.write("export", ndjson({"raw": header + "\r\nanother body\r\n"}))
        (row,), _ = self.accounted("--field", "raw", *dns, path)
        self.assertEqual((row["integrity"]["value"], row["form"]), ("altered", "raw"))

    def test_csv_base64_and_a_postmark_before_the_header(self):
        header, dns = self.signed(b"the body\r\n")
        for text in (header.encode(), b"From alice@example.com Mon May  1 10:00:00 2023\n" +
                     header.encode()):
            path = self.write("x.csv", csv_of([["Id", "Headers"], ["1", encoded(text)]]))
            (row,), _ = self.accounted("--headers-field", "Headers", "--encoding", "base64", *dns,
                                       path)
            self.check(row, "headers-only", "headers")

    def test_a_field_that_holds_no_header_lines(self):
        for text in ('{"from":{"email":"a@example.com"}}', "", "\r\n" + self.HEADERS.decode(),
                     "Dear all,\n"):
            rows, record = self.rows_of(text, code=3)
            self.assertEqual(rows, [])
            self.assertEqual(self.problems(record), [("no-mail", "02s1", 0)])


if __name__ == "__main__":
    unittest.main()
