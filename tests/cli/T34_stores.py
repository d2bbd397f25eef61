#!/usr/bin/env python3
"""The stores of mail programs: Maildir, MH, Apple Mail, Thunderbird, lists of files."""

import gzip
import io
import os
import pathlib
import subprocess
import tarfile
import unittest

from program import Case, PLAIN, PROGRAM, Signer, call, mbox

CRLF = PLAIN.replace(b"\n", b"\r\n")
PLIST = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict/></plist>\n'


class Stores(Case):
    def accounted(self, *paths, code=0, **how):
        rows, record = self.run_record(*paths, code=code, **how)
        for account in record["archives"]:
            self.assertEqual(
                account["message_bytes"] + account["gap_bytes"] + account["rejected_bytes"],
                account["size"] - account["packed_bytes"] + account["unpacked_bytes"], account)
        return rows, record

    def names(self, rows):
        root = str(self.folder) + "/"
        return [row["origin"]["archive"].removeprefix(root) for row in rows]

    def tar_of(self, folder):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            archive.add(self.folder / folder, folder)
        return self.write(folder + ".tar", out.getvalue())


class Maildir(Stores):
    def make(self):
        size = len(PLAIN)
        crlf = len(CRLF)
        for name in (f"cur/1700000001.M1.h,S={size},W={crlf}:2,S", f"new/1700000002.M1.h,S={size}",
                     "tmp/1700000003.M1.h", f".Sent/cur/1700000004.M1.h,S={size}:2,S",
                     ".Sent/tmp/1700000005.M1.h", ".Sent.Old/new/1700000006.M1.h"):
            self.write(f"md/{name}", PLAIN)
        for name in ("md/.Sent/new/", "md/.Sent.Old/cur/", "md/.git/cur/"):
            (self.folder / name).mkdir(parents=True)
        self.write("md/.git/config", b"noise")
        self.write("md/dovecot-uidlist", b"3 V1275660208 N25022 Gc3f\n1 :1700000001.M1.h\n")
        self.write("md/maildirfolder", b"")
        self.write("md/.Sent/dovecot.index.cache", bytes(range(256)))
        return ["md/.Sent.Old/new/1700000006.M1.h",
                f"md/.Sent/cur/1700000004.M1.h,S={size}:2,S",
                f"md/cur/1700000001.M1.h,S={size},W={crlf}:2,S", f"md/new/1700000002.M1.h,S={size}"]

    def test_a_maildir_with_folders(self):
        expected = self.make()
        rows, record = self.accounted(self.path("md"))
        self.assertEqual(self.names(rows), expected)
        self.assertEqual([row["notes"] for row in rows], [[]] * 4)
        self.assertEqual(record["passed_over"],
                         {"hidden": 1, "folder_links": 0, "special": 0, "companions": 3,
                          "unfinished": 2, "hidden_members": 0, "link_members": 0,
                          "special_members": 0})

    def test_a_maildir_in_a_tar(self):
        expected = self.make()
        rows, record = self.accounted(self.tar_of("md"))
        self.assertEqual(sorted(row["origin"]["member"] for row in rows), expected)
        passed = record["passed_over"]
        self.assertEqual((passed["unfinished"], passed["hidden_members"], passed["companions"]),
                         (2, 2, 2))  # the index lies in a folder whose name begins with a dot

    def test_a_size_that_differs_is_said(self):
        size, crlf = len(PLAIN), len(CRLF)
        cases = {
            f"1.h,S={size}": [], f"2.h,S={size + 1}": ["size-differs"],
            f"3.h,W={crlf}": [], f"4.h,W={size}": ["size-differs"],
            f"5.h,S={size},W={crlf + 1}": ["size-differs"], "6.h,S=x": [], "7.h": [],
        }
        for name in cases:
            self.write(f"md/cur/{name}", PLAIN)
            self.write(f"plain/{name}", PLAIN)
        self.write(f"md/cur/8.h,S={crlf},W={crlf}", CRLF)
        self.write(f"md/cur/9.h,S={size}", gzip.compress(PLAIN))
        (self.folder / "md/new").mkdir()
        rows, _ = self.accounted(self.path("md"), self.path("plain"))
        found = {name: row["notes"] for name, row in zip(self.names(rows), rows)}
        for name, notes in cases.items():
            self.assertEqual(found[f"md/cur/{name}"], notes, name)
            self.assertEqual(found[f"plain/{name}"], [])
        self.assertEqual(found[f"md/cur/8.h,S={crlf},W={crlf}"], [])
        self.assertEqual(found[f"md/cur/9.h,S={size}"], [])

    def test_many_compressed_files(self):
        packed = gzip.compress(PLAIN)
        for number in range(2000):
            self.write(f"md/cur/{number:05}", packed)
        (self.folder / "md/new").mkdir()
        rows, record = self.accounted(self.path("md"))
        self.assertEqual(len(rows), 2000)
        self.assertEqual(record["archives"][0]["members"], 2000)

    def test_other_folders_named_tmp_or_with_a_dot_are_as_before(self):
        self.write("x/tmp/1.eml", PLAIN)
        self.write("x/.Sent/cur/1.eml", PLAIN)
        (self.folder / "x/.Sent/new").mkdir()
        rows, record = self.accounted(self.path("x"))
        self.assertEqual(self.names(rows), ["x/tmp/1.eml"])
        self.assertEqual(record["passed_over"]["hidden"], 1)
        # Named, it is taken.
        self.assertEqual(len(self.accounted(self.path("x/.Sent"))[0]), 1)


class OtherStores(Stores):
    def test_mh(self):
        for name in ("1", "2", "10", ".mh_sequences", "sub/1"):
            self.write(f"mh/{name}", PLAIN)
        rows, _ = self.accounted(self.path("mh"))
        self.assertEqual(self.names(rows), ["mh/1", "mh/10", "mh/2", "mh/sub/1"])

    def emlx(self, message, tail=PLIST, length=None):
        return b"%-10d\n" % (len(message) if length is None else length) + message + tail

    def test_emlx(self):
        cases = {
            "1.emlx": (self.emlx(PLAIN), []),
            "2.emlx": (self.emlx(PLAIN, b""), []),
            "3.partial.emlx": (self.emlx(PLAIN), ["partial-message"]),
            "4.emlx": (self.emlx(PLAIN, b"", len(PLAIN) + 7), ["size-differs"]),
            "5.emlx": (self.emlx(PLAIN, length=len(PLAIN) - 3), ["size-differs"]),
            "6.txt": (self.emlx(PLAIN), []),
            "7.emlx": (PLAIN, []),
            "8.emlx": (self.emlx(PLAIN, b"bplist00" + bytes(300000)), []),
        }
        for name, (octets, _) in cases.items():
            self.write(f"m/{name}", octets)
        for path, key in ((self.path("m"), "archive"), (self.tar_of("m"), "member")):
            rows, _ = self.accounted(path)
            self.assertEqual(
                {os.path.basename(row["origin"][key]): row["notes"] for row in rows},
                {name: notes for name, (_, notes) in cases.items()})
            for row in rows:
                name = os.path.basename(row["origin"][key])
                origin = row["origin"]
                octets = cases[name][0][origin["offset"]:origin["offset"] + origin["length"]]
                expected = PLAIN[:-3] if name == "5.emlx" else PLAIN
                self.assertEqual(octets, expected, name)

    def test_who_holds_parts_back_accuses_nobody(self):
        signer = Signer(self.folder)
        dns = self.write("dns.ndjson", signer.recording())
        headers = b"From: alice@example.com\r\nSubject: hello\r\n"
        whole = signer.sign(headers, b"text\r\npicture\r\n").replace(b"\r\n", b"\n")
        rest = whole.replace(b"picture\n", b"")
        forged = whole.replace(b"hello", b"other")
        expected = {
            "1.emlx": (whole, "raw", "authenticated"),
            "2.partial.emlx": (whole, "raw", "authenticated"),
            "3.emlx": (rest, "raw", "altered"),
            "4.partial.emlx": (rest, "headers-only", "attested"),
            "5.partial.emlx": (forged, "raw", "altered"),
        }
        for name, (octets, _, _) in expected.items():
            self.write(f"m/{name}", self.emlx(octets))
        rows, _ = self.accounted("--dns", dns, self.path("m"))
        self.assertEqual({os.path.basename(row["origin"]["archive"]): (row["form"], row["standing"])
                          for row in rows},
                         {name: what[1:] for name, what in expected.items()})

    def test_a_large_emlx(self):
        message = PLAIN + b"line\n" * 10_000_000
        path = self.write("l.emlx", self.emlx(message))
        rows, record = self.accounted("--memory", "16M", path)
        self.assertEqual(rows[0]["origin"]["length"], len(message))
        self.assertEqual(record["archives"][0]["gap_bytes"], 11 + len(PLIST))

    def test_what_only_begins_like_an_emlx(self):
        for number, octets in enumerate((b"12\n", b"12\nDear all,\n", b"12 13\n" + PLAIN,
                                         b"-5\n" + PLAIN)):
            rows, record = self.accounted(self.write(f"{number}.emlx", octets), code=3)
            self.assertEqual((rows, record["problems"][0]["reason"]), ([], "no-mail"))

    def test_an_apple_mbox_folder(self):
        self.write("Old.mbox/mbox", mbox(PLAIN, PLAIN))
        self.write("Old.mbox/table_of_contents", bytes(range(200)))
        rows, record = self.accounted(self.path("Old.mbox"))
        self.assertEqual(self.names(rows), ["Old.mbox/mbox"] * 2)
        self.assertEqual(record["passed_over"]["companions"], 1)

    def test_a_thunderbird_profile(self):
        moz = (b"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\nX-Mozilla-Keys: " + b" " * 80 +
               b"\n" + PLAIN)
        self.write("t/Inbox", b"From - Mon May 01 10:00:00 2023\n" + moz + b"\n")
        self.write("t/Inbox.msf", b'// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)> >\n')
        self.write("t/Empty", b"")
        self.write("t/Empty.msf", b"// <!--\n")
        self.write("t/Inbox.sbd/Sub", b"From - Mon May 01 10:00:00 2023\n" + moz + b"\n")
        self.write("t/msgFilterRules.dat", b'version="9"\n')
        rows, record = self.accounted(self.path("t"))
        self.assertEqual(self.names(rows), ["t/Inbox", "t/Inbox.sbd/Sub"])
        self.assertEqual({row["origin"]["length"] for row in rows}, {len(moz)})
        self.assertEqual(record["passed_over"]["companions"], 4)

    def test_a_companion_that_holds_mail_is_read(self):
        rows, _ = self.accounted(self.write("x/subscriptions", PLAIN))
        self.assertEqual(len(rows), 1)

    def test_takeout(self):
        box = (b"From 1844347839636459560@xxx Mon May 01 10:00:00 +0000 2023\r\n"
               b"X-GM-THRID: 1\r\nX-Gmail-Labels: Inbox\r\n" + CRLF + b"\r\n")
        self.write("Takeout/Mail/All mail Including Spam and Trash.mbox", box * 3)
        self.write("Takeout/archive_browser.html", b"<html></html>\n")
        rows, record = self.accounted(self.path("Takeout"))
        self.assertEqual((len(rows), record["passed_over"]["companions"]), (3, 1))


class Lists(Stores):
    def test_paths_from_a_file_and_from_standard_input(self):
        names = ["a.eml", "b\nc.eml", "d e.eml", "caf\udce9.eml"]
        paths = []
        for name in names:
            path = os.path.join(self.folder, name)
            pathlib.Path(path).write_bytes(PLAIN)
            paths.append(os.fsencode(path))
        octets = b"".join(path + b"\0" for path in paths)
        listed = self.write("list", octets)
        expected = [os.fsdecode(path).encode("utf-8", "replace").decode().replace("?", "\ufffd")
                    for path in paths]
        for given, how in ((listed, {}), ("-", {"stdin": octets}), ("-", {"stdin": octets[:-1]})):
            rows, record = self.accounted("--files0-from", given, **how)
            self.assertEqual([row["origin"]["archive"] for row in rows], expected)
            self.assertEqual(len(record["archives"]), 1)
            self.assertEqual(record["archives"][0]["files"], 4)
        rows, record = self.accounted("--files0-from", listed, self.path("a.eml"))
        self.assertEqual((len(rows), len(record["archives"])), (5, 2))

    def test_wrong_lists(self):
        good = self.write("a.eml", PLAIN).encode()
        for octets, said in ((b"", "lists no path"), (b"\0", "path 1 is empty"),
                             (good + b"\0\0" + good, "path 2 is empty")):
            done = self.scan("--files0-from", self.write("list", octets), code=2)
            self.assertIn(said, done.err)
        self.assertIn("not both", self.scan("--files0-from", "-", "-", code=2).err)
        self.assertIn("not both", self.scan("--files0-from", "-", code=2, stdin=b"-\0").err)
        self.assertIn("No such file", self.scan("--files0-from", self.path("no"), code=2).err)
        self.assertIn("PATH is required", call("scan", "--offline").err)
        rows, record = self.accounted("--files0-from", self.write("list", good + b"\0absent\0"),
                                      code=3)
        self.assertEqual((len(rows), record["problem_count"]), (1, 1))


class Walks(Stores):
    def test_a_folder_that_may_not_be_entered_costs_only_itself(self):
        for name in ("a/1.eml", "b/1.eml", "c/1.eml"):
            self.write(f"m/{name}", PLAIN)
        (self.folder / "m/b").chmod(0)
        self.addCleanup((self.folder / "m/b").chmod, 0o755)
        (self.folder / "m/c/1.eml").chmod(0)
        prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        if os.geteuid() != 0:
            prefix = []
        os.chmod(self.folder, 0o777)
        done = subprocess.run([*prefix, PROGRAM, "scan", "--offline", "--run-record",
                               self.path("r.json"), self.path("m")], capture_output=True,
                              check=False)
        if b"setpriv" in done.stderr or b"Permission denied" not in done.stderr:
            self.skipTest("rights cannot be given up here")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(done.stdout.count(b"\n"), 1)
        self.assertEqual(done.stderr.count(b"Permission denied"), 2)


if __name__ == "__main__":
    unittest.main()
