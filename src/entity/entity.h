/* What any floor above may know about any entity: its fields as rows, declared once beside its
 * struct.
 *
 * Every stored member is eight bytes wide: int64_t, double or const char *. Missing is
 * INTEGER_MISSING, NAN or NULL. The first member is `id`; where the row's last change is told by an
 * audit event, the last member is `event`. */
#ifndef ENTITY_ENTITY_H
#define ENTITY_ENTITY_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/number.h"

struct problems;
struct arena;

#define ARRAY_COUNT(array) (sizeof(array) / sizeof(array)[0])

enum storage { STORAGE_INTEGER, STORAGE_REAL, STORAGE_TEXT };

/* How a stored member is written as text in forms, files and JSON. */
enum form {
    FORM_PLAIN,     /* as it is stored */
    FORM_BOOLEAN,   /* 1 and 0, written yes and no */
    FORM_DECIMAL,   /* millionths, written as a decimal */
    FORM_DATE,      /* ISO text */
    FORM_PERIOD,    /* the notation of base/period.h */
    FORM_REFERENCE, /* the id of a row of another entity, written as its code */
};

enum field_flags {
    FIELD_REQUIRED = 1,
    FIELD_KEY = 2, /* part of the natural key; a key text that is not required is "" when missing */
    FIELD_PERSONAL = 4,    /* never logged, never in an error message */
    FIELD_SYSTEM = 8,      /* set by the program: id, event, revision, latest */
    FIELD_DERIVED = 16,    /* set by the entity's prepare function from other fields */
    FIELD_SECRET = 64,     /* a hash or key: its value stands in no history, file or message */
    FIELD_AS_WRITTEN = 32, /* when missing, the number of decimals in which `value` was written */
};

enum entity_flags {
    ENTITY_REVISED =
        1,             /* a change adds a row with the next `revision`; the newest has `latest` 1 */
    ENTITY_LEDGER = 2, /* written by the store alone; neither imported nor exported */
};

struct code {
    const char *value, *label;
};

struct field {
    const char *name; /* column, JSON key, CSV heading, form input */
    const char *label, *hint;
    enum storage storage; /* taken from the C member, never typed */
    enum form form;
    size_t offset;
    unsigned flags;
    int64_t least, most;      /* range of an integer; both 0: none */
    size_t longest;           /* bytes of text; 0: no limit */
    const struct code *codes; /* allowed values, ended by {0}; or NULL */
    const char *reference;    /* FORM_REFERENCE: the entity's name */
    const char *standard; /* as text: taken where a new row's file or form does not say; or NULL */
};

struct entity {
    const char *name, *title, *plural;
    const struct field *fields;
    size_t field_count, size;
    unsigned flags;
    /* Fills what is not said of a new row but shows from what is; before the standards. Or NULL. */
    void (*complete)(void *row);
    /* Fills the derived fields of a row whose other fields are set; or NULL. `around` is what the
     * service knows besides the row, of a type that the entity says; or NULL. */
    void (*prepare)(struct arena *arena, void *row, const void *around);
    /* A change that says only some fields is laid over a row: clears those of the others that the
     * said ones replace. `said` is by field, NULL when all are said. Or NULL. */
    void (*renew)(void *row, const bool *said);
    /* Rules across fields; each broken one is added to `out`. Or NULL. */
    void (*check)(const void *row, struct problems *out);
};

#define STORAGE_OF(member)                                                                         \
    _Generic((member), int64_t: STORAGE_INTEGER, double: STORAGE_REAL, const char *: STORAGE_TEXT)
#define FIELD(type, member)                                                                        \
    .name = #member, .offset = offsetof(struct type, member),                                      \
    .storage = STORAGE_OF(((struct type *)0)->member)
#define ENTITY(type)                                                                               \
    .name = #type, .fields = type##_fields, .field_count = ARRAY_COUNT(type##_fields),             \
    .size = sizeof(struct type)
#define ENTITY_IS_COMPLETE(type)                                                                   \
    static_assert(sizeof(struct type) == 8 * ARRAY_COUNT(type##_fields),                           \
                  "a member of struct " #type " has no row")

/* Members by field. */
int64_t field_integer(const struct field *field, const void *row);
double field_real(const struct field *field, const void *row);
const char *field_text(const struct field *field, const void *row);
void field_set_integer(const struct field *field, void *row, int64_t integer);
void field_set_real(const struct field *field, void *row, double real);
void field_set_text(const struct field *field, void *row, const char *text);
bool field_is_missing(const struct field *field, const void *row);
bool field_equal(const struct field *field, const void *a, const void *b);

/* The field of that name, or NULL. */
const struct field *entity_field(const struct entity *entity, const char *name);
/* The `code` field where that alone is the natural key, else NULL. */
const struct field *entity_code(const struct entity *entity);
/* A row with every member missing, in the arena. */
void *entity_row(struct arena *arena, const struct entity *entity);

#endif
