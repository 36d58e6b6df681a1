#include "service/people_weeks.h"

#include "base/arena.h"
#include "codec/money.h"
#include "service/people_units.h"
#include "base/banned.h"

/* What the labels of a category are in millionths; INTEGER_MISSING where they are no amount. */
static int64_t *amounts_of_labels(struct arena *arena, const struct column *column)
{
    size_t label_count = column_label_count(column);
    int64_t *amounts = arena_array_of(arena, label_count + 1, int64_t);
    for (uint32_t i = 0; i < label_count; i++) {
        struct money money;
        amounts[i] = money_read(column_label(column, i), &money) ? money.amount : INTEGER_MISSING;
    }
    return amounts;
}

struct pay_numbers people_numbers(struct arena *arena, const struct column *column)
{
    if (!column || column->kind == COLUMN_TEXT)
        return (struct pay_numbers){ 0 };
    if (column->kind == COLUMN_CATEGORY)
        return (struct pay_numbers){ .column = column,
                                     .of_label = amounts_of_labels(arena, column) };
    return (struct pay_numbers){ .column = column, .factor = column_millionths_factor(column) };
}

enum status people_weeks_find(struct work *work, const struct people *people, const char *headings,
                              struct people_weeks *out_weeks)
{
    struct slice rest = slice_of(headings), part;
    *out_weeks = (struct people_weeks){ .count = 0 };
    while (slice_split(&rest, '/', &part)) {
        struct slice heading = slice_trim(part);
        if (out_weeks->count == PEOPLE_MOST_WEEKS)
            return work_fail(work, STATUS_USAGE, "Hours are averaged over %d weeks at most.",
                             PEOPLE_MOST_WEEKS);
        struct pay_numbers hours = people_numbers(
            work->arena, people_values(people, people_field_under(work, people, heading)));
        if (!pay_numbers_are(&hours))
            return work_fail(work, STATUS_USAGE,
                             "Hours of each week: the file has no column of numbers under "
                             "\"%.*s\".",
                             (int)heading.length, heading.start);
        out_weeks->hours[out_weeks->count++] = hours;
    }
    return STATUS_OK;
}

bool people_weeks_of(const struct people_weeks *weeks, size_t row, int64_t *out_hours,
                     int64_t *out_used)
{
    int64_t own[PEOPLE_MOST_WEEKS];
    for (size_t week = 0; week < weeks->count; week++)
        own[week] = pay_number(&weeks->hours[week], row);
    return pay_rate_hours_of_weeks(own, weeks->count, out_hours, out_used);
}

/* A decimal that is missing in every row, wide enough for any. */
static size_t add_wide(struct columns *columns, const char *name, int scale)
{
    size_t place = columns_add_decimal(columns, name, scale);
    column_widen(&columns->column[place], columns->rows, (int)sizeof(int64_t));
    return place;
}

enum status people_weeks_add(struct work *work, struct people *people, const char *headings,
                             int64_t *out_averaged)
{
    struct columns *columns = people->columns;
    size_t hours_place = add_wide(columns, PEOPLE_WEEK_HOURS, NUMBER_PLACES);
    size_t weeks_place = add_wide(columns, PEOPLE_WEEKS_AVERAGED, 0);
    struct people_weeks weeks; /* found once no column is added any more, which may move them */
    enum status status = people_weeks_find(work, people, headings, &weeks);
    struct pay_numbers contract = people_numbers(
        work->arena, people_values(people, people_field_of(people, PEOPLE_HOURS)));
    *out_averaged = 0;
    for (int64_t row = 0; status == STATUS_OK && row < columns->rows; row++) {
        int64_t hours = INTEGER_MISSING, used = 0;
        if (pay_numbers_are(&contract) && pay_number(&contract, (size_t)row) != INTEGER_MISSING)
            continue;
        if (!people_weeks_of(&weeks, (size_t)row, &hours, &used))
            continue;
        column_set_decimal(&columns->column[hours_place], row, hours);
        column_set_decimal(&columns->column[weeks_place], row, used);
        ++*out_averaged;
    }
    people->week_hours = arena_copy_text(work->arena, headings);
    return status;
}
