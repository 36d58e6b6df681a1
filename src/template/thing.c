#include "template/thing.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

static struct thing json_member(const struct thing *object, const char *name)
{
    return thing_of_json(json_object_get(object->at, name));
}

static size_t json_count(const struct thing *thing)
{
    return thing->type == THING_LIST ? json_array_size(thing->at) : json_object_size(thing->at);
}

static struct thing json_item(const struct thing *list, size_t index, const struct thing *before)
{
    (void)before;
    return thing_of_json(json_array_get(list->at, index));
}

static const struct thing_kind json_kind = { .member = json_member,
                                             .count = json_count,
                                             .item = json_item };

struct thing thing_of(enum thing_type type, const struct thing_kind *kind, const void *at,
                      const void *within)
{
    return (struct thing){ .type = type, .kind = kind, .at = at, .within = within };
}

struct thing thing_of_text(const char *words)
{
    if (!words)
        return (struct thing){ .type = THING_NULL };
    return (struct thing){ .type = THING_TEXT, .words = slice_of(words) };
}

struct thing thing_of_truth(bool is_true)
{
    return (struct thing){ .type = is_true ? THING_TRUE : THING_FALSE };
}

struct thing thing_of_integer(int64_t integer)
{
    return (struct thing){ .type = THING_INTEGER, .integer = integer };
}

struct thing thing_of_json(const json_t *value)
{
    if (!value)
        return (struct thing){ .type = THING_NONE };
    switch (json_typeof(value)) {
    case JSON_NULL:
        return (struct thing){ .type = THING_NULL };
    case JSON_FALSE:
    case JSON_TRUE:
        return thing_of_truth(json_is_true(value));
    case JSON_STRING:
        return (struct thing){ .type = THING_TEXT,
                               .words = { json_string_value(value), json_string_length(value) } };
    case JSON_INTEGER:
        return thing_of_integer(json_integer_value(value));
    case JSON_REAL:
        return (struct thing){ .type = THING_REAL, .real = json_real_value(value) };
    case JSON_ARRAY:
        return thing_of(THING_LIST, &json_kind, value, NULL);
    case JSON_OBJECT:
        return thing_of(THING_OBJECT, &json_kind, value, NULL);
    }
    return (struct thing){ .type = THING_NONE };
}

const json_t *thing_as_json(const struct thing *thing)
{
    bool is_json = thing->type >= THING_LIST && thing->kind == &json_kind;
    return is_json ? thing->at : NULL;
}

struct thing thing_member_at(const struct thing *object, size_t index)
{
    assert(object->type == THING_OBJECT && index < object->kind->member_count);
    const struct thing_member *member = &object->kind->members[index];
    if (member->get)
        return member->get(object);
    const unsigned char *place = (const unsigned char *)object->at + member->offset;
    switch (member->type) {
    case THING_TEXT:
        return thing_of_text(*(const char *const *)(const void *)place);
    case THING_TRUE:
        return thing_of_truth(*(const bool *)(const void *)place);
    default:
        assert(member->type == THING_INTEGER);
        return thing_of_integer(*(const int *)(const void *)place);
    }
}

struct thing thing_member(const struct thing *object, const char *name)
{
    if (object->type != THING_OBJECT)
        return (struct thing){ .type = THING_NONE };
    const struct thing_kind *kind = object->kind;
    if (kind->member)
        return kind->member(object, name);
    for (size_t i = 0; i < kind->member_count; i++)
        if (kind->members[i].name[0] == *name && strcmp(kind->members[i].name, name) == 0)
            return thing_member_at(object, i);
    return (struct thing){ .type = THING_NONE };
}

size_t thing_count(const struct thing *thing)
{
    if (thing->type < THING_LIST)
        return 0;
    return thing->kind->count ? thing->kind->count(thing) : thing->kind->member_count;
}

struct thing thing_item(const struct thing *list, size_t index, const struct thing *before)
{
    assert(list->type == THING_LIST);
    return list->kind->item(list, index, before);
}

/* A list is there when any of its items is. */
static bool any_is_there(const struct thing *list)
{
    struct thing item;
    size_t count = thing_count(list);
    for (size_t i = 0; i < count; i++) {
        item = thing_item(list, i, i > 0 ? &item : NULL);
        if (thing_is_there(&item))
            return true;
    }
    return false;
}

bool thing_is_there(const struct thing *thing)
{
    switch (thing->type) {
    case THING_NONE:
    case THING_NULL:
    case THING_FALSE:
        return false;
    case THING_TEXT:
        return thing->words.length > 0;
    case THING_LIST:
        return any_is_there(thing);
    case THING_OBJECT:
        return thing_count(thing) > 0;
    case THING_TRUE:
    case THING_INTEGER:
    case THING_REAL:
        break;
    }
    return true;
}

/* From the last digit to the first: the many numbers of a long page need no format read. */
static struct slice integer_words(int64_t integer, char room[THING_NUMBER_LENGTH])
{
    uint64_t rest = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
    size_t at = THING_NUMBER_LENGTH;
    do
        room[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (integer < 0)
        room[--at] = '-';
    return (struct slice){ room + at, THING_NUMBER_LENGTH - at };
}

bool thing_words(const struct thing *thing, char room[THING_NUMBER_LENGTH], struct slice *out_words)
{
    switch (thing->type) {
    case THING_TEXT:
        *out_words = thing->words;
        return true;
    case THING_INTEGER:
        *out_words = integer_words(thing->integer, room);
        return true;
    case THING_REAL:
        snprintf(room, THING_NUMBER_LENGTH, "%.15g", thing->real);
        *out_words = slice_of(room);
        return true;
    case THING_TRUE:
    case THING_FALSE:
        *out_words = thing->type == THING_TRUE ? SLICE("true") : SLICE("false");
        return true;
    default:
        return false;
    }
}
