#include "store/canonical.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

enum { ROW_ROOM = 512 };

/* Writes a decimal so that it ends just before `end`; gives its start. */
static char *decimal_before(char *end, uint64_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return end;
}

struct slice canonical_field(const struct field *field, const void *row,
                             char buffer[CANONICAL_NUMBER])
{
    if (field->storage == STORAGE_TEXT)
        return slice_of(field_text(field, row));
    if (field->storage == STORAGE_REAL) {
        int length = snprintf(buffer, CANONICAL_NUMBER, "%.17g", field_real(field, row));
        return (struct slice){ buffer, (size_t)length };
    }
    int64_t number = field_integer(field, row);
    char *end = buffer + CANONICAL_NUMBER;
    char *start = decimal_before(end, number < 0 ? -(uint64_t)number : (uint64_t)number);
    if (number < 0)
        *--start = '-';
    return (struct slice){ start, (size_t)(end - start) };
}

/* Pieces of a row gathered before they go to the sink. */
struct gather {
    canonical_sink *sink;
    void *target;
    size_t used;
    char bytes[ROW_ROOM];
};

static void gather_flush(struct gather *gather)
{
    gather->sink(gather->target, gather->bytes, gather->used);
    gather->used = 0;
}

static void gather_add(struct gather *gather, const char *bytes, size_t length)
{
    if (length > ROW_ROOM - gather->used)
        gather_flush(gather);
    if (length > ROW_ROOM) {
        gather->sink(gather->target, bytes, length);
        return;
    }
    memcpy(gather->bytes + gather->used, bytes, length);
    gather->used += length;
}

static void gather_part(struct gather *gather, struct slice part)
{
    char buffer[CANONICAL_NUMBER];
    char *end = buffer + CANONICAL_NUMBER;
    *--end = ':';
    char *start = decimal_before(end, part.length);
    gather_add(gather, start, (size_t)(end + 1 - start));
    gather_add(gather, part.start, part.length);
    gather_add(gather, ",", 1);
}

void canonical_row(const struct entity *entity, const void *row, canonical_sink *sink, void *target)
{
    struct gather gather = { .sink = sink, .target = target };
    gather_part(&gather, slice_of(entity->name));
    for (size_t i = 0; i < entity->field_count; i++) {
        char buffer[CANONICAL_NUMBER];
        const struct field *field = &entity->fields[i];
        if (field_is_missing(field, row))
            gather_add(&gather, "-,", 2);
        else
            gather_part(&gather, canonical_field(field, row, buffer));
    }
    gather_flush(&gather);
}
