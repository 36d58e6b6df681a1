/* What a template looks at: text, a number, a list or an object. A JSON value is one kind of it
 * (thing_of_json). Another is a struct as it stands, whose members a table names: what is long need
 * not be made JSON before it can be written. */
#ifndef TEMPLATE_THING_H
#define TEMPLATE_THING_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum thing_type {
    THING_NONE, /* there is no such name */
    THING_NULL,
    THING_FALSE,
    THING_TRUE,
    THING_TEXT,
    THING_INTEGER,
    THING_REAL,
    THING_LIST,
    THING_OBJECT,
};

struct thing_kind;

struct thing {
    enum thing_type type;
    union {
        struct slice words;
        int64_t integer;
        double real;
        struct { /* a list or an object */
            const struct thing_kind *kind;
            const void *at, *within; /* what the kind's functions look at, and what that is in */
        };
    };
};

/* A member of an object: what a function gives, else what stands at an offset. */
struct thing_member {
    const char *name;
    struct thing (*get)(const struct thing *object);
    enum thing_type type; /* at the offset: THING_TEXT a char *, which may be NULL; THING_TRUE a
                             bool; THING_INTEGER an int */
    size_t offset;
    bool is_unlisted; /* found by its name, but not written as JSON */
};

struct thing_kind {
    const struct thing_member *members; /* of an object that is a struct */
    size_t member_count;
    /* Of other objects: the member of that name. */
    struct thing (*member)(const struct thing *object, const char *name);
    /* How many items a list has, or members another object has. */
    size_t (*count)(const struct thing *thing);
    /* The item of a list at `index`, of which `before` is the one before it; NULL at the first. */
    struct thing (*item)(const struct thing *list, size_t index, const struct thing *before);
};

/* Initialisers of the members of a struct's table, and of its kind. */
#define MEMBER_TEXT(type_name, member)                                                             \
    {                                                                                              \
#member, NULL, THING_TEXT, offsetof(struct type_name, member), false                       \
    }
#define MEMBER_TRUTH(type_name, member)                                                            \
    {                                                                                              \
#member, NULL, THING_TRUE, offsetof(struct type_name, member), false                       \
    }
#define MEMBER_INTEGER(type_name, member)                                                          \
    {                                                                                              \
#member, NULL, THING_INTEGER, offsetof(struct type_name, member), false                    \
    }
#define MEMBER_BY(member_name, get_function)                                                       \
    {                                                                                              \
        member_name, get_function, THING_NONE, 0, false                                            \
    }
#define MEMBER_UNLISTED(member_name, get_function)                                                 \
    {                                                                                              \
        member_name, get_function, THING_NONE, 0, true                                             \
    }
#define MEMBER_UNLISTED_TEXT(type_name, member)                                                    \
    {                                                                                              \
#member, NULL, THING_TEXT, offsetof(struct type_name, member), true                        \
    }
#define THING_KIND_OF(table)                                                                       \
    {                                                                                              \
        .members = (table), .member_count = sizeof(table) / sizeof *(table)                        \
    }

struct thing thing_of_json(const json_t *value);
/* NULL gives THING_NULL. */
struct thing thing_of_text(const char *words);
struct thing thing_of_truth(bool is_true);
struct thing thing_of_integer(int64_t integer);
/* A list or an object. */
struct thing thing_of(enum thing_type type, const struct thing_kind *kind, const void *at,
                      const void *within);
/* The JSON list or object that a thing was made of; NULL for other things. */
const json_t *thing_as_json(const struct thing *thing);

/* THING_NONE when it is no object or has no such member. */
struct thing thing_member(const struct thing *object, const char *name);
/* The member at a place in the table of an object that is a struct. */
struct thing thing_member_at(const struct thing *object, size_t index);
size_t thing_count(const struct thing *thing);
struct thing thing_item(const struct thing *list, size_t index, const struct thing *before);
/* Not null, false, "", missing, or a list of such; 0 is there. */
bool thing_is_there(const struct thing *thing);
/* Text, number or boolean as text; `room` holds a number. False for anything else. */
enum { THING_NUMBER_LENGTH = 40 };
bool thing_words(const struct thing *thing, char room[THING_NUMBER_LENGTH],
                 struct slice *out_words);

#endif
