#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "codec/columns_parts.h"
#include "base/banned.h"

enum { MOST_DIGITS = 18 }; /* so many always fit an int64_t */

struct intake *intake_new(const struct columns_request *request, const struct columns_map *map,
                          const char *file)
{
    struct arena *arena = arena_new();
    struct intake *intake = arena_new_of(arena, struct intake);
    *intake = (struct intake){ .work = { .arena = arena },
                               .request = request,
                               .map = map,
                               .columns = columns_new(),
                               .sheet = "",
                               .rejected = { .arena = arena, .file = file },
                               .noted = { .arena = arena, .file = file },
                               .noted_counts = arena_array_of(arena, request->wish_count, int64_t),
                               .marks = arena_array_of(arena, request->wish_count, unsigned int) };
    for (size_t i = 0; i < request->wish_count; i++) {
        const struct columns_wish *wish = &request->wishes[i];
        const char *name = wish->name ? wish->name : wish->heading;
        if (wish->kind == COLUMN_CATEGORY)
            columns_add_category(intake->columns, name);
        else if (wish->kind == COLUMN_DECIMAL)
            columns_add_amount(intake->columns, name, wish->scale - wish->spared, wish->scale);
        else
            columns_add_text(intake->columns, name);
    }
    return intake;
}

void intake_free(struct intake *intake)
{
    if (!intake)
        return;
    columns_free(intake->columns);
    arena_free(intake->work.arena);
}

void intake_reject(struct intake *intake, int64_t row, const char *column, const char *words)
{
    intake->rejected.row = row;
    intake->rejected.sheet = intake->sheet[0] ? intake->sheet : NULL;
    intake->rejected_count++;
    if (intake->rejected_before < COLUMNS_MOST_NAMED)
        problem_add(&intake->rejected, column, "%s", words);
}

void intake_note(struct intake *intake, size_t wish, int64_t row, const char *words)
{
    const char *heading = intake->request->wishes[wish].heading;
    intake->noted.row = row;
    intake->noted_counts[wish]++;
    if (intake->noted_before < COLUMNS_MOST_NAMED)
        problem_add(&intake->noted, heading, "%s", words);
}

enum status intake_fail_full(struct intake *intake, size_t wish)
{
    const struct columns *columns = intake->columns;
    if (columns->rows == COLUMNS_MOST_ROWS)
        return work_fail(&intake->work, STATUS_LIMIT,
                         "%s: there are more than %lld rows; send them in parts.",
                         intake->rejected.file, (long long)COLUMNS_MOST_ROWS);
    return work_fail(&intake->work, STATUS_LIMIT,
                     "%s: the column \"%.80s\" has more different labels than are read (%d); is it "
                     "a number or a name?",
                     intake->rejected.file, intake->request->wishes[wish].heading,
                     DICTIONARY_MOST_LABELS);
}

bool intake_read_plain(struct slice cell, int scale, int finest, int64_t *out_value)
{
    bool is_negative = cell.length > 0 && cell.start[0] == '-', has_point = false;
    int64_t value = 0;
    int digits = 0, decimals = 0;
    for (size_t i = is_negative; i < cell.length; i++) {
        char byte = cell.start[i];
        if (byte == '.' && !has_point && digits > 0) {
            has_point = true;
            continue;
        }
        if (byte < '0' || byte > '9' || ++digits > MOST_DIGITS - finest)
            return false;
        decimals += has_point;
        value = value * 10 + (byte - '0');
    }
    if (digits == 0 || decimals > scale || (has_point && decimals == 0))
        return false;
    for (; decimals < scale; decimals++)
        value *= 10;
    *out_value = is_negative ? -value : value;
    return true;
}

enum columns_cell intake_read_decimal(struct intake *intake, size_t wish, struct slice cell,
                                      int64_t *out_value, const char **out_words)
{
    const struct columns_request *request = intake->request;
    int scale = request->wishes[wish].scale;
    struct columns_decimal decimal = {
        .words = "is not a plain number; write it as 1234.5, or leave it empty"
    };
    enum columns_cell read = COLUMNS_REFUSED;
    if (cell.length == 0)
        read = COLUMNS_MISSING;
    else if (intake_read_plain(cell, scale, scale, &decimal.value))
        read = COLUMNS_VALUE;
    else if (request->read_decimal)
        read = request->read_decimal(request->context, wish, cell, &decimal);
    intake->marks[wish] |= decimal.marks;
    *out_value = read == COLUMNS_VALUE ? decimal.value : INTEGER_MISSING;
    *out_words = decimal.words;
    return read;
}
