/* How often an account is told by e-mail what needs it. */
#include "model/digest_choice.h"

#include "base/banned.h"

static const struct code frequency_codes[] = {
    { DIGEST_DAILY, "Every day" },
    { DIGEST_WEEKLY, "Every week" },
    { DIGEST_NEVER, "Never" },
    { 0 },
};

static const struct field digest_choice_fields[] = {
    { FIELD(digest_choice, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(digest_choice, account), .label = "Account", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "account" },
    { FIELD(digest_choice, frequency), .label = "How often", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = frequency_codes, .standard = DIGEST_WEEKLY },
    { FIELD(digest_choice, last_made_on), .label = "Last made on", .form = FORM_DATE },
    { FIELD(digest_choice, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(digest_choice);

const struct entity digest_choice_entity = {
    ENTITY(digest_choice),
    .title = "Choice of digests",
    .plural = "digest choices",
    .flags = ENTITY_LEDGER,
};
