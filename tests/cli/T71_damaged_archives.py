#!/usr/bin/env python3
"""An archive whose export damaged its mail is one finding."""

import base64
import hashlib
import pathlib
import unittest

from program import Case, call, mbox

BODY = b"body\r\n"


def signed(number, fits):
    """Mail of a domain of its own. The signature is none; its body hash is one or not."""
    hashed = base64.b64encode(hashlib.sha256(BODY if fits else b"other\r\n").digest())
    domain = b"d%d.example" % number
    return (b"DKIM-Signature: v=1; a=rsa-sha256; d=" + domain + b"; s=s; h=from;\n bh=" + hashed +
            b"; b=AAAA\nFrom: a@" + domain + b"\n\n" + BODY.replace(b"\r\n", b"\n"))


class DamagedArchives(Case):
    def archive(self, name, failing, fitting=0):
        messages = [signed(i, i >= failing) for i in range(failing + fitting)]
        return self.write(name, mbox(*messages))

    def found(self, *paths):
        """Paths of the findings, whatever the number of threads."""
        records = []
        for threads in (1, 4):
            _, record = self.run_record("--threads", threads, *paths)
            records.append((record["damaged_archive_count"], record["damaged_archives"]))
        self.assertEqual(*records)
        self.assertEqual(records[0][0], len(records[0][1]))
        return [archive["path"] for archive in records[0][1]]

    def test_many_unrelated_signers(self):
        bad = self.archive("bad.mbox", 12, 2)
        self.assertEqual(self.found(bad), [bad])
        self.assertEqual(self.found(self.archive("few", 9)), [])
        self.assertEqual(self.found(self.archive("good", 0, 20)), [])
        self.assertEqual(self.found(self.archive("mixed", 12, 12)), [])

    def test_more_messages_than_a_batch(self):
        bad = self.write("bad.mbox", mbox(*(signed(i % 40, False) for i in range(1500))))
        self.assertEqual(self.found(self.archive("a", 3), bad, self.archive("z", 3)), [bad])

    def test_a_file_of_a_folder(self):
        self.archive("folder/a.mbox", 0, 20)
        bad = self.archive("folder/b.mbox", 12)
        self.archive("folder/c.mbox", 0, 20)
        self.assertEqual(self.found(self.path("folder")), [bad])

    def test_a_folder_of_messages(self):
        for i in range(12):
            self.write(f"mails/{i}.eml", signed(i, False))
        self.assertEqual(self.found(self.path("mails")), [self.path("mails")])
        self.assertEqual(self.found(*sorted(map(str, pathlib.Path(self.path("mails")).iterdir()))),
                         [])

    def test_a_body_that_the_store_quoted_is_no_damage(self):
        hashed = base64.b64encode(hashlib.sha256(b"From a\r\n").digest())
        messages = [signed(i, True).replace(b"\nbody\n", b"\n>From a\n") for i in range(12)]
        messages = [message.replace(b"bh=" + message.split(b"bh=")[1].split(b";")[0],
                                    b"bh=" + hashed) for message in messages]
        self.assertEqual(self.found(self.write("quoted", mbox(*messages))), [])

    def test_it_is_told(self):
        summary = call("scan", "--offline", self.archive("bad.mbox", 12, 1)).err
        self.assertIn("Archives whose store or export damaged their mail: 1", summary)
        self.assertIn("12 of 13 unrelated signers differ, 12 of 13 messages", summary)


if __name__ == "__main__":
    unittest.main()
