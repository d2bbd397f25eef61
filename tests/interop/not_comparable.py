"""What a peer cannot be asked: the mutation needs DNS that the peer is never given."""

ONE_RECORD = "it takes one TXT record of a name, several cannot be given to it"
SEVERAL_RECORDS = ("key-two-second-good", "key-two-first-good", "key-behind-text")

# {peer: {mutation: why}}
NOT_COMPARABLE = {
    "dkimpy": dict.fromkeys(SEVERAL_RECORDS, ONE_RECORD),
    "libopendkim": dict.fromkeys(SEVERAL_RECORDS, ONE_RECORD),
    "Mail::DKIM": {},
}


def reason_not_to_compare(peer, kind):
    return NOT_COMPARABLE[peer].get(kind)
