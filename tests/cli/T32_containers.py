#!/usr/bin/env python3
"""Compressed files and containers: the same rows as without, bounded, every octet accounted."""

import bz2
import gzip
import io
import json
import lzma
import os
import pathlib
import shutil
import struct
import subprocess
import tarfile
import unittest
import zipfile
import zlib

from program import Case, PLAIN, SAMPLE_DNS, SAMPLE_MBOX, call, mbox

SAMPLE = pathlib.Path(SAMPLE_MBOX).read_bytes()


def number(value):
    """As 7z writes one, in its longest form."""
    return b"\xFF" + struct.pack("<Q", value)


def filtered(*command):
    """The command as a function from octets to octets; None if it is not installed."""
    if shutil.which(command[0]) is None:
        return None
    return lambda octets: subprocess.run(command, input=octets, capture_output=True,
                                         check=True).stdout


COMPRESSIONS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": filtered("zstd", "-q", "-c"),
    "lz4": filtered("lz4", "-q", "-c"),
}


def tar(members, form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, octets in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(octets)
            archive.addfile(entry, io.BytesIO(octets))
    return out.getvalue()


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, octets in members.items():
            archive.writestr(name, octets)
    return out.getvalue()


def cpio(members):
    """The form that newc writers give."""
    out = b""
    for number, (name, octets) in enumerate([*members.items(), ("TRAILER!!!", b"")], 1):
        fields = (number, 0o100644 if octets else 0, 0, 0, 1, 0, len(octets), 0, 0, 0, 0,
                  len(name) + 1, 0)
        head = b"070701" + b"".join(b"%08X" % field for field in fields) + name.encode() + b"\0"
        out += head + b"\0" * (-len(head) % 4) + octets + b"\0" * (-len(octets) % 4)
    return out


class Containers(Case):
    def accounted(self, *paths, code=0, **how):
        rows, record = self.run_record(*paths, code=code, **how)
        for account in record["archives"]:
            self.assertEqual(
                account["message_bytes"] + account["gap_bytes"] + account["rejected_bytes"],
                account["size"] - account["packed_bytes"] + account["unpacked_bytes"], account)
            if os.path.isfile(account["path"]):
                self.assertEqual(account["size"], os.path.getsize(account["path"]))
        self.assertEqual(sum(row["origin"]["length"] for row in rows),
                         sum(account["message_bytes"] for account in record["archives"]))
        return rows, record

    def without_origin(self, rows):
        return [{**row, "origin": None} for row in rows]

    def reasons(self, record):
        return [(problem["member"], problem["reason"]) for problem in record["problems"]]

    def seven_zip(self, name, members, *flags):
        if shutil.which("7z") is None:
            self.skipTest("7z is not installed")
        folder = self.folder / "packed"
        for member, octets in members.items():
            self.write(f"packed/{member}", octets)
        path = self.path(name)
        subprocess.run(["7z", "a", "-bd", *flags, path, *members], cwd=folder, check=True,
                       capture_output=True)
        shutil.rmtree(folder)
        return path


class Compressed(Containers):
    def test_a_compressed_mbox_gives_the_rows_of_the_plain_one(self):
        plain = self.scan("--dns", SAMPLE_DNS, SAMPLE_MBOX).rows()
        for kind, compress in COMPRESSIONS.items():
            with self.subTest(kind):
                if compress is None:
                    self.skipTest(f"nothing here writes {kind}")
                # The name says nothing.
                path = self.write(f"sample-{kind}.txt", compress(SAMPLE))
                for given in ((path, {}), ("-", {"stdin": compress(SAMPLE)})):
                    rows, record = self.accounted("--dns", SAMPLE_DNS, given[0], **given[1])
                    self.assertEqual([row["origin"] for row in rows],
                                     [{**row["origin"], "archive": given[0]} for row in plain])
                    self.assertEqual(self.without_origin(rows), self.without_origin(plain))
                    account = record["archives"][0]
                    self.assertEqual(account["size"], len(compress(SAMPLE)))
                    self.assertEqual(account["packed_bytes"], account["size"])
                    self.assertEqual(account["unpacked_bytes"], len(SAMPLE))

    def test_several_compressed_streams_in_one_file_are_one_file(self):
        half = len(SAMPLE) // 2
        for kind in ("gz", "bz2", "xz"):
            compress = COMPRESSIONS[kind]
            path = self.write(kind, compress(SAMPLE[:half]) + compress(SAMPLE[half:]))
            rows, record = self.accounted(path)
            self.assertEqual(len(rows), len(self.scan(SAMPLE_MBOX).rows()))
            self.assertEqual(record["archives"][0]["unpacked_bytes"], len(SAMPLE))

    def test_a_cut_is_said_and_whole_messages_before_it_are_rows(self):
        plain = [row["origin"]["offset"] for row in self.scan(SAMPLE_MBOX).rows()]
        for kind, compress in COMPRESSIONS.items():
            if compress is None:
                continue
            with self.subTest(kind):
                octets = compress(SAMPLE)
                path = self.write("cut", octets[:len(octets) * 2 // 3])
                rows, record = self.accounted(path, code=3)
                self.assertEqual(self.reasons(record), [(None, "corrupt")])
                self.assertEqual([row["origin"]["offset"] for row in rows], plain[:len(rows)])

    def test_nothing_in_it(self):
        for kind, compress in COMPRESSIONS.items():
            if compress is None:
                continue
            with self.subTest(kind):
                rows, record = self.accounted(self.write(kind, compress(b"")), code=3)
                self.assertEqual(rows, [])
                self.assertEqual(self.reasons(record), [(None, "no-mail")])

    def test_no_mail_in_it(self):
        path = self.write("noise.gz", gzip.compress(b"\0" * 1000000 + os.urandom(1000000)))
        rows, record = self.accounted(path, code=3)
        self.assertEqual(rows, [])
        self.assertEqual(self.reasons(record), [(None, "no-mail")])
        self.assertEqual(record["archives"][0]["rejected_bytes"], 2000000)


class Members(Containers):
    MEMBERS = {"a.eml": PLAIN, "mail/box": mbox(PLAIN, PLAIN), "mail/b.eml": PLAIN}

    def expect_members(self, rows):
        self.assertEqual(
            [(row["origin"]["member"], row["origin"]["index"], row["subject"]) for row in rows],
            [("a.eml", 0, "hello"), ("mail/box", 1, "hello"), ("mail/box", 2, "hello"),
             ("mail/b.eml", 3, "hello")])

    def test_each_kind(self):
        kinds = {
            "pax.tar": tar(self.MEMBERS),
            "gnu.tar": tar(self.MEMBERS, tarfile.GNU_FORMAT),
            "ustar.tar": tar(self.MEMBERS, tarfile.USTAR_FORMAT),
            "deflated.zip": zipped(self.MEMBERS),
            "stored.zip": zipped(self.MEMBERS, zipfile.ZIP_STORED),
            "cpio": cpio(self.MEMBERS),
        }
        for kind, octets in kinds.items():
            for compress in (None, *COMPRESSIONS.values()):
                with self.subTest(kind=kind, compress=compress):
                    given = compress(octets) if compress else octets
                    path = self.write(kind, given)
                    rows, record = self.accounted(path)
                    self.expect_members(rows)
                    self.assertEqual(record["archives"][0]["members"], 3)
                    piped, _ = self.accounted("-", stdin=given)
                    self.expect_members(piped)

    def test_7z_from_a_file_from_a_pipe_and_in_a_tar(self):
        path = self.seven_zip("m.7z", self.MEMBERS)
        octets = pathlib.Path(path).read_bytes()
        names = []
        for given in ((path, {}), ("-", {"stdin": octets})):
            rows, _ = self.accounted(given[0], **given[1])
            names.append([row["origin"]["member"] for row in rows])
        self.assertEqual(sorted(names[0]), ["a.eml", "mail/b.eml", "mail/box", "mail/box"])
        self.assertEqual(names[0], names[1])
        rows, _ = self.accounted(self.write("outer.tar", tar({"in/m.7z": octets})))
        self.assertEqual([row["origin"]["member"] for row in rows],
                         ["in/m.7z!/" + name for name in names[0]])

    def test_containers_in_containers(self):
        inner = gzip.compress(tar(self.MEMBERS))
        outer = tar({"old.zip": zipped({"deep/inner.tgz": inner, "x.eml": PLAIN}),
                     "y.eml.xz": lzma.compress(PLAIN)})
        rows, _ = self.accounted(self.write("outer.tar.bz2", bz2.compress(outer)))
        self.assertEqual([row["origin"]["member"] for row in rows],
                         ["old.zip!/deep/inner.tgz!/a.eml", "old.zip!/deep/inner.tgz!/mail/box",
                          "old.zip!/deep/inner.tgz!/mail/box",
                          "old.zip!/deep/inner.tgz!/mail/b.eml", "old.zip!/x.eml", "y.eml.xz"])

    def test_the_depth_is_bounded(self):
        nested = PLAIN
        for _ in range(8):
            nested = gzip.compress(nested)
        path = self.write("deep", nested)
        self.assertEqual(len(self.accounted(path)[0]), 1)
        rows, record = self.accounted("--max-depth", "7", path, code=3)
        self.assertEqual((rows, self.reasons(record)), ([], [(None, "nested-too-deep")]))
        path = self.write("deeper", gzip.compress(nested))
        rows, record = self.accounted(path, code=3)
        self.assertEqual((rows, self.reasons(record)), ([], [(None, "nested-too-deep")]))
        # The others of the same container are read.
        path = self.write("t", tar({"deep": nested, "a.eml": PLAIN}))
        rows, record = self.accounted(path, code=3)
        self.assertEqual([row["origin"]["member"] for row in rows], ["a.eml"])
        self.assertEqual(self.reasons(record), [("deep", "nested-too-deep")])

    def test_links_devices_and_hidden_names_are_counted(self):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            for name, kind, link in (("f", tarfile.SYMTYPE, "/etc/passwd"),
                                     ("h", tarfile.LNKTYPE, "a.eml"),
                                     ("d", tarfile.CHRTYPE, ""), ("p", tarfile.FIFOTYPE, ""),
                                     ("folder", tarfile.DIRTYPE, "")):
                entry = tarfile.TarInfo(name)
                entry.type, entry.linkname = kind, link
                archive.addfile(entry)
            for name in ("a.eml", ".hidden.eml", "x/._a.eml"):
                entry = tarfile.TarInfo(name)
                entry.size = len(PLAIN)
                archive.addfile(entry, io.BytesIO(PLAIN))
        rows, record = self.accounted(self.write("links.tar", out.getvalue()))
        self.assertEqual([row["origin"]["member"] for row in rows], ["a.eml"])
        self.assertEqual(record["passed_over"],
                         {"hidden": 0, "folder_links": 0, "special": 0, "companions": 0,
                          "unfinished": 0, "hidden_members": 2,
                          "link_members": 2, "special_members": 2})

    def test_names_that_would_leave_the_folder_are_only_names(self):
        names = ["/etc/mail.eml", "../../up.eml", "a\nb.eml", "c\\d.eml"]
        rows, _ = self.accounted(self.write("t", tar(dict.fromkeys(names, PLAIN))))
        self.assertEqual([row["origin"]["member"] for row in rows], names)
        self.assertFalse((self.folder / "up.eml").exists())

    def test_a_name_that_is_not_utf8(self):
        name = b"caf\xe9.eml".decode("utf-8", "surrogateescape")
        rows, _ = self.accounted(self.write("t", tar({name: PLAIN}, tarfile.USTAR_FORMAT)))
        self.assertEqual(rows[0]["origin"]["member"], "caf\ufffd.eml")
        self.assertEqual(rows[0]["origin"]["member_base64"], "Y2Fm6S5lbWw=")

    def test_encrypted_members_are_said(self):
        if shutil.which("zip") is None:
            self.skipTest("zip is not installed")
        self.write("a.eml", PLAIN)
        self.write("b.eml", PLAIN)
        for command in (["-P", "secret", "e.zip", "a.eml"], ["e.zip", "b.eml"]):
            subprocess.run(["zip", "-q", *command], cwd=self.folder, check=True)
        for given in ((self.path("e.zip"), {}),
                      ("-", {"stdin": (self.folder / "e.zip").read_bytes()})):
            rows, record = self.accounted(given[0], code=3, **given[1])
            self.assertEqual([row["origin"]["member"] for row in rows], ["b.eml"])
            self.assertEqual(self.reasons(record), [("a.eml", "encrypted")])

    def test_an_encrypted_7z_is_said(self):
        for name, flags in (("content.7z", ["-psecret"]), ("all.7z", ["-psecret", "-mhe=on"])):
            with self.subTest(name):
                path = self.seven_zip(name, {"a.eml": PLAIN}, *flags)
                rows, record = self.accounted(path, code=3)
                self.assertEqual(rows, [])
                self.assertEqual({reason for _, reason in self.reasons(record)}, {"encrypted"})

    def test_a_container_without_members(self):
        rows, record = self.accounted(self.write("e.zip", zipped({})), code=3)
        self.assertEqual((rows, self.reasons(record)), ([], [(None, "no-mail")]))

    def test_a_member_that_is_no_mail_costs_only_itself(self):
        path = self.write("t", tar({"noise": os.urandom(3000000), "a.eml": PLAIN, "empty": b""}))
        rows, record = self.accounted(path, code=3)
        self.assertEqual([row["origin"]["member"] for row in rows], ["a.eml"])
        self.assertEqual(self.reasons(record), [("noise", "no-mail"), ("empty", "no-mail")])

    def test_a_broken_member_of_a_zip_is_said_by_name(self):
        octets = bytearray(zipped({"a.eml": PLAIN, "b.eml": PLAIN}, zipfile.ZIP_STORED))
        octets[octets.find(b"Subject")] ^= 1
        rows, record = self.accounted(self.write("z", bytes(octets)), code=3)
        self.assertEqual(self.reasons(record), [("a.eml", "corrupt")])
        self.assertEqual([row["origin"]["member"] for row in rows], ["b.eml"])

    def test_many_small_members(self):
        members = {f"m/{number:05}.eml": PLAIN for number in range(20000)}
        for octets in (tar(members), zipped(members)):
            rows, _ = self.accounted(self.write("many", octets))
            self.assertEqual([row["origin"]["member"] for row in rows], list(members))

    def test_explain_finds_a_member(self):
        path = self.write("t", tar({"a.eml": PLAIN, "b.eml": PLAIN.replace(b"hello", b"other")}))
        done = call("explain", "--offline", path, "--member", "b.eml")
        self.assertIn("member     b.eml", done.out.decode())
        self.assertIn("other", done.out.decode())


class Bombs(Containers):
    def test_octets_that_come_out_are_bounded_by_the_file(self):
        bomb = gzip.compress(b"From: a@example.com\n\n" + b"\n" * 300_000_000)
        path = self.write("bomb.gz", bomb)
        rows, record = self.accounted(path, code=3)
        self.assertEqual((rows, self.reasons(record)), ([], [(None, "expands-too-much")]))
        self.assertLess(record["archives"][0]["unpacked_bytes"], 70_000_000)
        self.assertEqual(len(self.accounted("--max-expansion", "2000x", path)[0]), 1)

    def test_octets_that_come_out_are_bounded_as_such(self):
        message = b"From: a@example.com\n\n" + b"x\n" * 50000
        path = self.write("t.gz", gzip.compress(message))
        size = str(len(message))
        self.assertEqual(len(self.accounted("--max-expansion", size, path)[0]), 1)
        less = str(len(message) - 1)
        for limit in (less, "500x," + less):
            rows, record = self.accounted("--max-expansion", limit, path, code=3)
            self.assertEqual((rows, self.reasons(record)), ([], [(None, "expands-too-much")]))

    def test_layers_count_together(self):
        path = self.write("b", gzip.compress(gzip.compress(PLAIN + b"\n" * 400_000_000)))
        _, record = self.accounted(path, code=3)
        self.assertEqual(self.reasons(record), [(None, "expands-too-much")])

    def test_a_limit_that_is_none(self):
        for text in ("x", "0x", "5", "1x,", "ten", "-1x"):
            code = 0 if text == "5" else 2
            self.scan("--max-expansion", text, SAMPLE_MBOX, code=code)

    def test_a_dictionary_over_the_limit(self):
        def xz(dictionary):
            """A stream whose only block asks for this dictionary."""
            return lzma.compress(PLAIN, filters=[{"id": lzma.FILTER_LZMA2, "preset": 0,
                                                  "dict_size": dictionary}])

        path = self.write("fits.xz", xz(1 << 28))
        self.assertEqual(len(self.accounted(path)[0]), 1)
        octets = bytearray(xz(1 << 28))
        head = bytearray(octets[12:12 + (octets[12] + 1) * 4])
        place = head.index(b"\x21\x01") + 2
        head[place] += 1  # 384 MiB
        head[-4:] = struct.pack("<I", zlib.crc32(head[:-4]))
        octets[12:12 + len(head)] = head
        rows, record = self.accounted(self.write("over.xz", bytes(octets)), code=3)
        self.assertEqual((rows, self.reasons(record)), ([], [(None, "needs-too-much-memory")]))

    def seven_zip_with(self, dictionary, encode):
        """A 7z whose LZMA2 says so of its dictionary; its header plain or itself compressed."""
        octets = pathlib.Path(self.seven_zip("m.7z", {"a.eml": PLAIN * 1000}, "-mhc=off",
                                             "-m0=lzma2")).read_bytes()
        pathlib.Path(self.path("m.7z")).unlink()
        offset, size = struct.unpack("<QQ", octets[12:28])
        packed, header = octets[32:32 + offset], bytearray(octets[32 + offset:])
        self.assertEqual(len(header), size)
        header[header.index(b"\x21\x21\x01") + 3] = dictionary
        if encode:
            # It names 64 KiB, and unpacks to the header.
            lzma1 = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}]
            small = lzma.compress(bytes(header), lzma.FORMAT_RAW, filters=lzma1)
            packed, header = packed + small, (
                b"\x17\x06" + number(len(packed)) + b"\x01\x09" + number(len(small)) + b"\x00"
                b"\x07\x0B\x01\x00\x01\x23\x03\x01\x01\x05\x5D\x00\x00\x01\x00"
                b"\x0C" + number(len(header)) +
                b"\x0A\x01" + struct.pack("<I", zlib.crc32(header)) + b"\x00\x00")
        start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
        return octets[:8] + struct.pack("<I", zlib.crc32(start)) + start + packed + bytes(header)

    def test_the_dictionary_of_a_7z(self):
        for encode in (False, True):
            for dictionary, fits in ((0x20, True), (0x21, False), (0x28, False)):
                with self.subTest(encode=encode, dictionary=dictionary):
                    octets = self.seven_zip_with(dictionary, encode)
                    path = self.write("d.7z", octets)
                    for given, member in ((path, None), ("-", None),
                                          (self.write("d.tar", tar({"d.7z": octets})), "d.7z")):
                        rows, record = self.accounted(given, code=0 if fits else 3, stdin=octets)
                        self.assertEqual(
                            (len(rows), self.reasons(record)),
                            (1, []) if fits else (0, [(member, "needs-too-much-memory")]))

    def test_a_window_over_the_limit(self):
        long_window = filtered("zstd", "-q", "-c", "--long=29", "--no-check")
        if long_window is None:
            self.skipTest("zstd is not installed")
        path = self.write("over.zst", long_window(SAMPLE))
        _, record = self.accounted(path, code=3)
        self.assertEqual(self.reasons(record), [(None, "needs-too-much-memory")])


class Stopping(Containers):
    def test_a_closed_pipe_behind_a_container_ends_quietly(self):
        path = self.write("t.gz", gzip.compress(mbox(*[PLAIN] * 200000), 1))
        command = f'"{os.environ["MAILASSAY_PROGRAM"]}" scan --offline --output - "{path}" | head -1'
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(json.loads(done.stdout)["sha256"] or ""), 0)

    def test_one_thread_is_enough(self):
        path = self.write("t.gz", gzip.compress(SAMPLE))
        self.assertEqual(self.accounted("--threads", "1", path)[0],
                         self.accounted("--threads", "4", path)[0])


if __name__ == "__main__":
    unittest.main()
