#!/usr/bin/env python3
"""Containers that are cut off or have flipped bits: the scan ends, says so, and no row is wrong.

Each kind is cut at 200 places and flipped at 200, all in one scan. Every row has the SHA-256 of its
octets, which has to be that of a whole message, or else something was said about the file.
"""

import bz2
import gzip
import hashlib
import json
import lzma
import os
import pathlib
import random
import shutil
import subprocess
import tarfile
import tempfile
import unittest

from program import Case, PROGRAM, mbox
from T32_containers import COMPRESSIONS, cpio, tar, zipped

MESSAGES = [
    b"From: user%d@example.com\nSubject: number %d\n\n" % (number, number) +
    b"".join(b"line %d of %d\n" % (line, number) for line in range(number * 5)) +
    bytes(random.Random(number).choices(range(33, 127), k=600)) + b"\n"
    for number in range(24)
]
WHOLE = {hashlib.sha256(message).hexdigest() for message in MESSAGES}
MEMBERS = {f"mail/{number}.eml": message for number, message in enumerate(MESSAGES)}
PLACES = 200

# A flip in them is found by a checksum; in the others only in what a checksum covers.
CHECKED = {"gz", "bz2", "xz", "zst", "zip", "tar.gz", "tar.zst", "7z"}


def seven_zip():
    if shutil.which("7z") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, octets in MEMBERS.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(octets)
        subprocess.run(["7z", "a", "-bd", "m.7z", "mail"], cwd=folder, check=True,
                       capture_output=True)
        return pathlib.Path(folder, "m.7z").read_bytes()


def samples():
    found = {"gz": gzip.compress(mbox(*MESSAGES)), "bz2": bz2.compress(mbox(*MESSAGES)),
             "xz": lzma.compress(mbox(*MESSAGES)), "tar": tar(MEMBERS), "zip": zipped(MEMBERS),
             "cpio": cpio(MEMBERS), "tar.gz": gzip.compress(tar(MEMBERS)),
             "nested": tar({"a.zip": zipped(MEMBERS), "b.eml.xz": lzma.compress(MESSAGES[0])})}
    for kind in ("zst", "lz4"):
        if COMPRESSIONS[kind]:
            found[kind] = COMPRESSIONS[kind](mbox(*MESSAGES))
            found["tar." + kind] = COMPRESSIONS[kind](tar(MEMBERS))
    if seven_zip():
        found["7z"] = seven_zip()
    return found


class Damaged(Case):
    def scan_all(self, damaged):
        """For each of the octet strings: rows and problems. One scan for all."""
        paths = [self.write(f"d/{number:04}", octets) for number, octets in enumerate(damaged)]
        listing = self.path("run.json")
        done = subprocess.run([PROGRAM, "scan", "--offline", "--hash", "--quiet", "--run-record",
                               listing, *paths], capture_output=True, check=False, timeout=250)
        self.assertIn(done.returncode, (0, 3), done.stderr[-2000:])
        record = json.loads(pathlib.Path(listing).read_text())
        self.assertEqual(len(record["archives"]), len(paths))
        found = {path: ([], []) for path in paths}
        for account, octets in zip(record["archives"], damaged):
            self.assertEqual(
                account["message_bytes"] + account["gap_bytes"] + account["rejected_bytes"],
                account["size"] - account["packed_bytes"] + account["unpacked_bytes"], account)
            self.assertEqual(account["size"], len(octets))
            self.assertEqual(sum(account["gaps"].values()), account["gap_bytes"])
        for line in done.stdout.splitlines():
            row = json.loads(line)
            found[row["origin"]["archive"]][0].append(row)
        for problem in record["problems"]:
            found[problem["path"]][1].append(problem)
        shutil.rmtree(self.folder / "d")
        return [found[path] for path in paths]

    def test_cut_off(self):
        chance = random.Random(1)
        for kind, octets in samples().items():
            with self.subTest(kind):
                places = sorted(chance.sample(range(1, len(octets)), min(PLACES, len(octets) - 1)))
                cuts = [octets[:place] for place in places]
                whole_rows = len(self.scan_all([octets])[0][0])
                for place, (rows, problems) in zip(places, self.scan_all(cuts)):
                    where = f"{kind} cut at {place} of {len(octets)}"
                    self.assertLessEqual({row["sha256"] for row in rows}, WHOLE, where)
                    if len(rows) < whole_rows:
                        self.assertTrue(problems, where)

    def test_flipped(self):
        chance = random.Random(2)
        for kind, octets in samples().items():
            with self.subTest(kind):
                flips = []
                for _ in range(PLACES):
                    flipped = bytearray(octets)
                    flipped[chance.randrange(len(octets))] ^= 1 << chance.randrange(8)
                    flips.append(bytes(flipped))
                whole_rows = len(self.scan_all([octets])[0][0])
                for number, (rows, problems) in enumerate(self.scan_all(flips)):
                    if len(rows) < whole_rows and kind in CHECKED:
                        self.assertTrue(problems, f"{kind}: flip {number}")
                    if kind in CHECKED and not problems:
                        self.assertLessEqual({row["sha256"] for row in rows}, WHOLE,
                                             f"{kind}: flip {number}")

    def test_noise_behind_each_beginning(self):
        chance = random.Random(3)
        # Behind a whole header tar and cpio take whatever follows for the member.
        noisy = [octets[:size] + chance.randbytes(3000)
                 for octets in samples().values() for size in (6, 30, 100)]
        for rows, problems in self.scan_all(noisy):
            self.assertLessEqual({row["sha256"] for row in rows}, WHOLE)
            self.assertTrue(problems)

    def test_the_name_says_nothing(self):
        made = samples()
        for kind, octets in made.items():
            names = [f"n/{kind}.{other}" for other in ("eml", "mbox", "zip", "gz", "7z", "tar")]
            for name in names:
                self.write(name, octets)
        rows, _ = self.run_record(self.path("n"))
        per_kind = {}
        for row in rows:
            kind = os.path.basename(row["origin"]["archive"]).rsplit(".", 1)[0]
            per_kind[kind] = per_kind.get(kind, 0) + 1
        self.assertEqual(per_kind, {kind: 6 * (25 if kind == "nested" else 24) for kind in made})

    def test_a_damaged_header_is_said_and_what_follows_is_read(self):
        messages = MESSAGES[1:4]
        members = {f"{number}.eml": message for number, message in enumerate(messages)}
        whole = {hashlib.sha256(message).hexdigest() for message in messages}
        archive = tar(members, tarfile.USTAR_FORMAT)
        begin = archive.index(b"1.eml")
        # Two octets of a checksum's field are no digits of it.
        places = [begin + place for place in range(512) if place not in (154, 155)]
        damaged = [(archive, place, 1) for place in places]
        archive = cpio(members)
        begin = archive.index(b"0707", archive.index(MESSAGES[1]))
        damaged += [(archive, begin + place, 1) for place in range(6)]
        flips = []
        for octets, place, bit in damaged:
            flips.append(octets[:place] + bytes([octets[place] ^ bit]) + octets[place + 1:])
        for flip, (rows, problems) in zip(damaged, self.scan_all(flips)):
            where = f"octet {flip[1]}"
            found = {row["sha256"] for row in rows}
            self.assertLessEqual(found, whole, where)
            # In a cpio nothing has a fixed place: the next header may be missed too.
            self.assertIn(len(rows), (2,) if flip[0] is not archive else (1, 2), where)
            self.assertEqual({problem["reason"] for problem in problems}, {"corrupt"}, where)

    def test_a_damaged_header_of_a_zip_that_is_read_in_order(self):
        members = {f"{number}.eml": message for number, message in enumerate(MESSAGES[1:6])}
        whole = {hashlib.sha256(message).hexdigest() for message in members.values()}
        octets = zipped(members)
        self.scan("-", stdin=octets)
        # A comment that is longer than what is kept of the end tells nothing, and is no fault.
        self.scan("-", stdin=octets[:-2] + b"\xe8\x03" + b"c" * 1000)
        for number in range(len(members)):
            begin = -1
            for _ in range(number + 1):
                begin = octets.index(b"PK\x03\x04", begin + 1)
            for place in range(begin, begin + 4):
                flipped = octets[:place] + bytes([octets[place] ^ 1]) + octets[place + 1:]
                # At its front it would be no zip at all.
                given = flipped if number > 0 else gzip.compress(tar({"a.zip": flipped}))
                rows, record = self.run_record("--hash", "-", stdin=given, code=3)
                self.assertLessEqual({row["sha256"] for row in rows}, whole)
                self.assertTrue(record["problems"], (number, place))

    def test_a_member_without_a_name(self):
        rows, _ = self.run_record(self.write("x", tar({"a": MESSAGES[1], "": MESSAGES[2]})))
        self.assertEqual([row["origin"]["member"] for row in rows], ["a", "member 2"])

    def test_skippable_frames_come_first(self):
        frame = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
        for kind in ("zst", "lz4"):
            if COMPRESSIONS[kind]:
                path = self.write("x", frame * 2 + COMPRESSIONS[kind](mbox(*MESSAGES)))
                self.assertEqual(len(self.run_record(path)[0]), len(MESSAGES), kind)
        self.run_record(self.write("x", frame + mbox(*MESSAGES)), code=3)


class BehindTheEnd(Case):
    """What follows the end of a container or of compressed octets is read, or it is said."""

    def hashes(self, octets, code=0):
        rows, record = self.run_record("--hash", self.write("x", octets), code=code)
        account = record["archives"][0]
        self.assertEqual(
            account["message_bytes"] + account["gap_bytes"] + account["rejected_bytes"],
            account["size"] - account["packed_bytes"] + account["unpacked_bytes"], account)
        return [row["sha256"] for row in rows], record["problems"]

    def expected(self, *messages):
        return [hashlib.sha256(message).hexdigest() for message in messages]

    def test_one_tar_behind_the_other(self):
        first, second = tar({"a.eml": MESSAGES[1]}), tar({"b.eml": MESSAGES[2]})
        for octets in (first + second, gzip.compress(first) + gzip.compress(second),
                       first + bytes(512 * 7) + second + bytes(3)):
            found, problems = self.hashes(octets)
            self.assertEqual(found, self.expected(MESSAGES[1], MESSAGES[2]))
            self.assertEqual(problems, [])

    def test_zeros_behind_a_tar(self):
        octets = tar({"a.eml": MESSAGES[1]}).rstrip(b"\0")
        octets += bytes(-len(octets) % 512)
        for zeros in (512, 513, 1000, 1024, 1025, 70000):
            found, problems = self.hashes(octets + bytes(zeros))
            self.assertEqual((found, problems), (self.expected(MESSAGES[1]), []), zeros)
        # No block of them is no end mark.
        for zeros in (0, 1, 511):
            self.assertEqual(self.hashes(octets + bytes(zeros), 3)[0], self.expected(MESSAGES[1]))

    def test_other_octets_behind_a_tar_or_cpio(self):
        for make in (tar, cpio):
            for stray in (b"x", mbox(MESSAGES[2]), random.Random(4).randbytes(100000)):
                found, problems = self.hashes(make({"a.eml": MESSAGES[1]}) + stray, 3)
                self.assertEqual(found, self.expected(MESSAGES[1]))
                self.assertEqual([problem["reason"] for problem in problems], ["corrupt"])

    def test_streams_behind_each_other(self):
        whole = mbox(*MESSAGES)
        for kind, compress in COMPRESSIONS.items():
            if not compress:
                continue
            for place in (700, 5000, len(whole) - 1):
                first, second = compress(whole[:place]), compress(whole[place:])
                self.assertEqual(self.hashes(first + second)[0], self.expected(*MESSAGES), kind)
                for octet in range(4):
                    damaged = bytearray(second)
                    damaged[octet] ^= 0x40
                    found, problems = self.hashes(first + bytes(damaged), 3)
                    # The message at the end of the first stream is cut off: it is not taken.
                    self.assertEqual(found, self.expected(*MESSAGES)[:len(found)], (kind, octet))
                    self.assertTrue(problems, (kind, octet))

    def test_zeros_behind_compressed_octets(self):
        for kind in ("gz", "bz2"):
            octets = COMPRESSIONS[kind](mbox(*MESSAGES))
            for zeros in (1, 512, 200000):
                found, problems = self.hashes(octets + bytes(zeros))
                self.assertEqual((found, problems), (self.expected(*MESSAGES), []), (kind, zeros))
        octets = gzip.compress(mbox(MESSAGES[1])) + bytes(100000) + gzip.compress(mbox(MESSAGES[2]))
        self.assertEqual(self.hashes(octets)[0], self.expected(MESSAGES[1], MESSAGES[2]))


if __name__ == "__main__":
    unittest.main()
