/* Which rows of an extract stay, and how many people they are. */
#include "service/people_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "service/people_keys.h"
#include "base/banned.h"

struct force {
    bool on, since; /* employed on the day, and on the one that joiners are counted from */
    bool is_wanted; /* some row of the person stays */
};

static int64_t days_at(const struct people *people, const struct people_field *field, int64_t row)
{
    return field ? column_decimal(&people->columns->column[field->values], row) : INTEGER_MISSING;
}

static bool is_in_force(const struct people *people, int64_t row, struct date day)
{
    int64_t on = date_days(day);
    int64_t start = days_at(people, people_field_of(people, PEOPLE_START_DATE), row);
    int64_t leave = days_at(people, people_field_of(people, PEOPLE_LEAVE_DATE), row);
    return (start == INTEGER_MISSING || start <= on) && (leave == INTEGER_MISSING || leave >= on);
}

static void refuse(struct people_reading *reading, int64_t row, enum people_refusal refusal)
{
    struct people *people = reading->people;
    reading->include[row] = 0;
    people->refused[refusal]++;
    if (refusal == PEOPLE_NOT_IN_FORCE)
        return; /* expected of a history */
    people_problem_at(
        reading, row, NULL,
        arena_format(reading->work->arena, "Left out: %s.", people_refusal_words(refusal)));
}

/* True when all that was read of two rows is the same. */
static bool are_same(const struct people *people, int64_t a, int64_t b)
{
    for (size_t i = 0; i < people->field_count; i++) {
        const struct people_field *field = &people->fields[i];
        ptrdiff_t place = field->written >= 0 ? field->written : field->values;
        if (place < 0)
            continue;
        const struct column *column = &people->columns->column[place];
        bool same = column->kind == COLUMN_CATEGORY
                        ? column_code(column, a) == column_code(column, b)
                    : column->kind == COLUMN_DECIMAL
                        ? column_decimal(column, a) == column_decimal(column, b)
                        : slice_equal(column_text(column, a), column_text(column, b));
        if (!same)
            return false;
    }
    return true;
}

/* Whether the row began, or ended, within the days asked about. */
static bool is_movement(const struct people_reading *reading, int64_t row)
{
    const struct people *people = reading->people;
    const struct people_options *options = reading->options;
    int64_t since = date_days(options->since), on = date_days(options->on);
    int64_t start = days_at(people, people_field_of(people, PEOPLE_START_DATE), row);
    int64_t leave = days_at(people, people_field_of(people, PEOPLE_LEAVE_DATE), row);
    if (options->whom == PEOPLE_STARTED)
        return start != INTEGER_MISSING && start > since && start <= on;
    return leave != INTEGER_MISSING && leave >= since && leave < on;
}

/* Of a person who started or left, one row stays: the first to begin, the last to end. */
static void keep_movement(struct people_reading *reading, const struct keyed *rows, int64_t count,
                          struct force *force)
{
    const struct people *people = reading->people;
    bool started = reading->options->whom == PEOPLE_STARTED;
    bool moved = started ? !force->since : !force->on;
    int64_t kept = -1, best = 0;
    for (int64_t i = 0; i < count; i++) {
        int64_t row = rows[i].row;
        if (!reading->include[row] || !moved || !is_movement(reading, row))
            continue;
        int64_t day = days_at(
            people, people_field_of(people, started ? PEOPLE_START_DATE : PEOPLE_LEAVE_DATE), row);
        if (kept < 0 || (started ? day < best : day > best)) {
            kept = row;
            best = day;
        }
    }
    for (int64_t i = 0; i < count; i++)
        if (reading->include[rows[i].row] && rows[i].row != kept)
            refuse(reading, rows[i].row, PEOPLE_NOT_IN_FORCE);
    force->is_wanted = kept >= 0;
}

/* The person's rows in force on the day stay, or all where no day is asked about. */
static void keep_in_force(struct people_reading *reading, const struct keyed *rows, int64_t count,
                          struct force *force)
{
    bool all = reading->options->whom == PEOPLE_ALL || !reading->options->on.year;
    for (int64_t i = 0; i < count; i++) {
        int64_t row = rows[i].row;
        if (!reading->include[row])
            continue;
        if (all || is_in_force(reading->people, row, reading->options->on))
            force->is_wanted = true;
        else
            refuse(reading, row, PEOPLE_NOT_IN_FORCE);
    }
}

/* One person's rows: repeats go, the others say when the person was employed. */
static struct force take_person(struct people_reading *reading, const struct keyed *rows,
                                int64_t count)
{
    struct people *people = reading->people;
    struct force force = { false, false, false };
    for (int64_t i = 0; i < count; i++) {
        for (int64_t j = 0; j < i && reading->include[rows[i].row]; j++)
            if (are_same(people, rows[i].row, rows[j].row))
                refuse(reading, rows[i].row, PEOPLE_REPEATED);
        if (!reading->include[rows[i].row])
            continue;
        force.on |= !reading->options->on.year ||
                    is_in_force(people, rows[i].row, reading->options->on);
        force.since |= reading->options->since.year &&
                       is_in_force(people, rows[i].row, reading->options->since);
    }
    enum people_whom whom = reading->options->whom;
    if (whom == PEOPLE_STARTED || whom == PEOPLE_LEFT)
        keep_movement(reading, rows, count, &force);
    else
        keep_in_force(reading, rows, count, &force);
    return force;
}

static void count_person(struct people_reading *reading, struct force force)
{
    struct people *people = reading->people;
    people->people += force.is_wanted;
    if (people->joiners == INTEGER_MISSING)
        return;
    people->joiners += force.on && !force.since;
    people->leavers += force.since && !force.on;
}

/* True when every row is a person that stays: no day is asked about. */
static bool is_undated(const struct people_options *options)
{
    return !options->on.year && !options->since.year &&
           (options->whom == PEOPLE_IN_FORCE || options->whom == PEOPLE_ALL);
}

/* Those whose key no other row has. */
static void count_single(struct people_reading *reading, const unsigned char *is_shared)
{
    bool is_plain = is_undated(reading->options);
    struct people *people = reading->people;
    for (int64_t row = 0; row < people->columns->rows; row++) {
        struct keyed alone = { 0, row };
        if ((is_shared && is_shared[row]) || !reading->include[row])
            continue;
        if (is_plain)
            people->people++;
        else
            count_person(reading, take_person(reading, &alone, 1));
    }
}

/* Where only wishes were read, whether rows of one key are the same does not show. */
static void count_people(struct people_reading *reading)
{
    struct people *people = reading->people;
    const struct people_field *field = people_field_of(people, PEOPLE_KEY);
    struct people_keys keys = { NULL, 0, NULL };
    if (field) {
        const struct column *key = &people->columns->column[field->values];
        people_keys_find(key, people->columns->rows, &keys);
        reading->must_be_thorough = reading->options->wishes && !reading->is_thorough &&
                                    keys.count > 0;
        for (int64_t from = 0, to; from < keys.count; from = to) {
            struct slice first = column_text(key, keys.rows[from].row);
            for (to = from + 1;
                 to < keys.count && slice_equal(column_text(key, keys.rows[to].row), first);)
                to++;
            count_person(reading, take_person(reading, keys.rows + from, to - from));
        }
    }
    count_single(reading, keys.is_shared);
    people_keys_free(&keys);
}

void people_select(struct people_reading *reading)
{
    struct people *people = reading->people;
    const struct people_options *options = reading->options;
    struct columns *columns = people->columns;
    const struct people_field *start = people_field_of(people, PEOPLE_START_DATE);
    const struct people_field *leave = people_field_of(people, PEOPLE_LEAVE_DATE);
    reading->include = malloc((size_t)columns->rows + 1);
    if (!reading->include)
        abort();
    memset(reading->include, 1, (size_t)columns->rows + 1);
    for (int64_t row = 0; start && leave && row < columns->rows; row++) {
        int64_t from = days_at(people, start, row), to = days_at(people, leave, row);
        if (from != INTEGER_MISSING && to != INTEGER_MISSING && to < from)
            refuse(reading, row, PEOPLE_DATES_CROSS);
    }
    if (options->on.year && options->since.year && start)
        people->joiners = people->leavers = 0;
    count_people(reading);
    if (memchr(reading->include, 0, (size_t)columns->rows)) {
        people->columns = columns_select(columns, reading->include);
        columns_free(columns);
    } else {
        columns_seal(columns); /* as it is, without standing in memory twice */
    }
    free(reading->include);
    reading->include = NULL;
}

static int compare_labels(const void *a, const void *b)
{
    const struct label_count *left = a, *right = b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    size_t length = left->written.length < right->written.length ? left->written.length
                                                                 : right->written.length;
    int order = length ? memcmp(left->written.start, right->written.start, length) : 0;
    return order ? order
                 : (left->written.length > right->written.length) -
                       (left->written.length < right->written.length);
}

/* From here on the rows are people, and where they stood does not matter. */
void people_give_back(struct people_reading *reading)
{
    struct people *people = reading->people;
    const bool *only = reading->options->only;
    columns_forget(people->columns, reading->row_place);
    columns_forget(people->columns, reading->file_place);
    for (size_t i = 0; i < people->roles.count; i++) {
        struct people_field *field = &people->fields[i];
        enum people_kind kind = people_roles[field->column->role].kind;
        if (kind == PEOPLE_IS_KEY && field->values >= 0 && (only || reading->options->is_summary))
            columns_forget(people->columns, (size_t)field->values);
        if (kind == PEOPLE_IS_KEY && only)
            field->values = -1;
        if (kind == PEOPLE_IS_ANSWER && field->written >= 0 && only && !only[field->column->role]) {
            columns_forget(people->columns, (size_t)field->written);
            field->written = -1;
        }
    }
}

/* How many kept rows say something in the cell. */
static int64_t count_filled_labels(struct arena *arena, const struct column *column, int64_t rows)
{
    size_t count = column_label_count(column);
    bool *is_filled = arena_array_of(arena, count + 1, bool);
    int64_t filled = 0;
    for (uint32_t i = 0; i < count; i++)
        is_filled[i] = !people_label_is_blank(column_label(column, i));
    for (int64_t row = 0; row < rows; row++)
        filled += is_filled[column_code(column, row)];
    return filled;
}

static int64_t count_filled(struct arena *arena, const struct column *column, int64_t rows)
{
    int64_t filled = 0;
    if (column->kind == COLUMN_CATEGORY)
        return count_filled_labels(arena, column, rows);
    for (int64_t row = 0; row < rows; row++)
        filled += column->kind == COLUMN_DECIMAL ? column_decimal(column, row) != INTEGER_MISSING
                                                 : !people_label_is_blank(column_text(column, row));
    return filled;
}

void people_count_filled(struct people_reading *reading)
{
    struct people *people = reading->people;
    for (size_t i = 0; !reading->options->wishes && i < people->field_count; i++) {
        struct people_field *field = &people->fields[i];
        ptrdiff_t place = field->written >= 0 ? field->written : field->values;
        if (place >= 0)
            field->filled = count_filled(reading->work->arena, &people->columns->column[place],
                                         people->columns->rows);
    }
}

void people_count_labels(struct people_reading *reading)
{
    struct people *people = reading->people;
    for (size_t i = 0; i < people->field_count; i++) {
        struct people_field *field = &people->fields[i];
        if (!field->labels)
            continue;
        const struct column *column = &people->columns->column[field->written];
        for (int64_t row = 0; row < people->columns->rows; row++)
            field->labels[column_code(column, row)].count++;
        qsort(field->labels, field->label_count, sizeof *field->labels, compare_labels);
    }
}
