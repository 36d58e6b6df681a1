/* Somebody signed in with one browser, until it ends or is left alone for too long. */
#include "model/session.h"

#include "base/banned.h"

static const struct code level_codes[] = {
    { "code-due", "Password given, code due" },
    { "full", "Signed in" },
    { "proven", "Signed in by the identity provider" },
    { 0 },
};

static const struct field session_fields[] = {
    { FIELD(session, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(session, account), .label = "Account", .form = FORM_REFERENCE, .flags = FIELD_REQUIRED,
      .reference = "account" },
    { FIELD(session, token), .label = "Token, hashed",
      .flags = FIELD_KEY | FIELD_REQUIRED | FIELD_SECRET, .longest = 64 },
    { FIELD(session, level), .label = "Level", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = level_codes },
    { FIELD(session, started_at), .label = "Since", .flags = FIELD_REQUIRED, .longest = 30 },
    { FIELD(session, seen_at), .label = "Last seen", .flags = FIELD_REQUIRED, .longest = 30 },
    { FIELD(session, ended_at), .label = "Ended at", .longest = 30 },
    { FIELD(session, agent), .label = "Browser", .flags = FIELD_PERSONAL, .longest = 100 },
    { FIELD(session, event), .label = "Last event", .flags = FIELD_SYSTEM },
    { FIELD(session, proven_at), .label = "Last proved", .longest = 30 },
};
ENTITY_IS_COMPLETE(session);

const struct entity session_entity = {
    ENTITY(session),
    .title = "Session",
    .plural = "sessions",
    .flags = ENTITY_LEDGER,
};
