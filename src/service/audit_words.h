/* The audit in words: what was done, and to which records, as somebody reads it who does not know
 * our names. */
#ifndef SERVICE_AUDIT_WORDS_H
#define SERVICE_AUDIT_WORDS_H

struct arena;

/* What an operation is called: "Closed an account" for "close-account"; English words of the
 * catalogue. An operation without words is given as it is. */
const char *audit_operation_words(const char *operation);
/* "Invitation: 1 changed (used at); Session: 1 added" for what an event says of its records; NULL
 * for NULL. */
const char *audit_records_words(struct arena *arena, const char *fields);
/* The title of an entity and the label of its field; a name that is not ours is given as it is. */
const char *audit_entity_words(const char *entity);
const char *audit_field_words(const char *entity, const char *field);

#endif
