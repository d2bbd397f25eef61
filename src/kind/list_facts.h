// What list fields and the envelope sender tell beyond their presence.
#ifndef MAILASSAY_KIND_LIST_FACTS_H
#define MAILASSAY_KIND_LIST_FACTS_H

#include <string>
#include <string_view>

#include "kind/field_marks.h"
#include "mailassay/kind.h"
#include "mailassay/limits.h"

namespace mailassay::kind {

ListFacts read_list_facts(const FieldMarks& fields, const Limits& limits, bool& cut);

/// Whether a list put itself in the place of the author: a field has the author, or From is a name
/// "via" the list, or its local part is an address ("user=example.org@list").
bool is_from_munged(const FieldMarks& fields);

/// The address that an SRS sender hides; empty if the path is none.
std::string srs_sender(std::string_view return_path);

/// Whether the delivery address stands in neither To nor Cc.
bool is_delivered_elsewhere(const FieldMarks& fields);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_LIST_FACTS_H
