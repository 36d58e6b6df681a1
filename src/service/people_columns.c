/* Cells into columns: each by the role of its column. */
#include "service/people_parts.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "codec/columns_reader.h"
#include "codec/money.h"
#include "base/banned.h"

enum {
    STRAY_COLUMNS_LEAST = 3, /* with fewer columns, one filled cell is no wonder */
    DATE_OF_BIRTH_YOUNGEST = 10,
    DATE_AHEAD_MOST = 20,
    BANDS = 7,
    PENCE = 2, /* decimals that most amounts, hours and shares of full time make do with */
    NO_AGE = -1
};

static const char *name_of(struct people_reading *reading, const struct people_column *column)
{
    struct arena *arena = reading->work->arena;
    const struct columns *columns = reading->people->columns;
    const char *name = people_roles[column->role].code;
    if (column->role == PEOPLE_UNIT)
        name = arena_format(arena, "unit-%d", column->level + 1);
    else if (column->role == PEOPLE_UNKNOWN)
        name = column->heading;
    if (!*name || columns_find(columns, name) >= 0)
        name = arena_format(arena, "%s (column %zu)", name, column->place + 1);
    return name;
}

/* Without anything else of a row one knows from these whether it is a person. */
static bool tells_apart(enum people_role role)
{
    return role == PEOPLE_KEY || role == PEOPLE_START_DATE || role == PEOPLE_LEAVE_DATE;
}

static void lay_out_wish(struct people_reading *reading, const struct people_wish *wish,
                         struct people_field *field)
{
    struct people *people = reading->people;
    size_t place = 0;
    while (people->roles.columns[place].place != wish->place)
        place++;
    *field = (struct people_field){
        .column = &people->roles.columns[place], .is_wished = true, .values = -1, .written = -1
    };
    field->name = field->column->heading;
    if (columns_find(people->columns, field->name) >= 0) /* wanted as two kinds */
        field->name = arena_format(people->arena, "%s (%zu)", field->name, people->columns->count);
    if (wish->kind == COLUMN_CATEGORY)
        field->written = (ptrdiff_t)columns_add_category(people->columns, field->name);
    else if (wish->kind == COLUMN_DECIMAL)
        field->values = (ptrdiff_t)columns_add_decimal(people->columns, field->name, NUMBER_PLACES);
    else
        field->values = (ptrdiff_t)columns_add_text(people->columns, field->name);
}

static void lay_out_field(struct people_reading *reading, struct people_field *field)
{
    struct columns *columns = reading->people->columns;
    const struct people_column *column = field->column;
    enum people_kind kind = people_roles[column->role].kind;
    field->values = field->written = -1;
    field->name = name_of(reading, column);
    if (column->is_ignored || kind == PEOPLE_IS_UNREAD)
        return;
    if (reading->options->wishes && !reading->is_thorough && !tells_apart(column->role))
        return;
    const char *written = arena_format(reading->work->arena, "%s" PEOPLE_WRITTEN, field->name);
    switch (kind) {
    case PEOPLE_IS_KEY:
        field->values = (ptrdiff_t)columns_add_text(columns, field->name);
        break;
    case PEOPLE_IS_MONEY:
    case PEOPLE_IS_NUMBER:
        field->values = (ptrdiff_t)columns_add_amount(columns, field->name, PENCE, NUMBER_PLACES);
        break;
    case PEOPLE_IS_ANSWER:
    case PEOPLE_IS_DATE:
        field->written = (ptrdiff_t)columns_add_category(columns, written);
        break;
    case PEOPLE_IS_CATEGORY:
        field->values = (ptrdiff_t)columns_add_category(columns, field->name);
        break;
    case PEOPLE_IS_UNREAD:
        break;
    }
}

void people_layout(struct people_reading *reading)
{
    struct people *people = reading->people;
    const struct people_options *options = reading->options;
    people->field_count = people->roles.count + options->wish_count;
    people->fields = arena_array_of(people->arena, people->field_count, struct people_field);
    reading->row_place = columns_add_decimal(people->columns, PEOPLE_ROW, 0);
    reading->file_place = columns_add_category(people->columns, PEOPLE_FILE);
    /* Wishes first: they keep their headings as names. */
    for (size_t i = 0; i < options->wish_count; i++)
        lay_out_wish(reading, &options->wishes[i], &people->fields[people->roles.count + i]);
    for (size_t i = 0; i < people->roles.count; i++) {
        people->fields[i].column = &people->roles.columns[i];
        lay_out_field(reading, &people->fields[i]);
    }
}

/* A plain number, "37.5 hours" or "80%". */
static bool read_number(struct slice cell, int64_t *out_millionths)
{
    static const char *const units[] = { "hours", "hrs", "hour", "years", "h" };
    int decimals = 0;
    bool percent = slice_ends(cell, "%");
    if (percent)
        cell.length--;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (slice_ends(cell, units[i])) {
            cell.length -= strlen(units[i]);
            break;
        }
    struct money money;
    if (!number_read(slice_trim(cell), out_millionths, &decimals)) {
        if (!money_read(cell, &money))
            return false;
        *out_millionths = money.amount;
    }
    return !percent || number_scale(*out_millionths, 1, 100, out_millionths);
}

bool people_figure_read(const struct people_field *field, struct slice cell,
                        int64_t *out_millionths, enum money_period *out_period)
{
    struct money money = { 0 };
    bool is_money = people_roles[field->column->role].kind == PEOPLE_IS_MONEY;
    if (!(is_money ? money_read(cell, &money) : read_number(cell, &money.amount)))
        return false;
    *out_millionths = money.amount;
    *out_period = money.period;
    return true;
}

const char *people_figure_words(const struct people_field *field)
{
    return people_roles[field->column->role].kind == PEOPLE_IS_MONEY
               ? "This is no amount; write 25000 or 25,000.00."
               : "This is no number; write 36 or 0.8.";
}

void people_note_period(struct people_reading *reading, const struct people_field *field,
                        enum money_period period)
{
    static const enum pay_period periods[] = { [MONEY_PER_HOUR] = PAY_HOUR,
                                               [MONEY_PER_WEEK] = PAY_WEEK,
                                               [MONEY_PER_MONTH] = PAY_MONTH,
                                               [MONEY_PER_YEAR] = PAY_YEAR };
    if (field->column->role == PEOPLE_PAY && period != MONEY_PERIOD_UNSAID)
        reading->periods[periods[period]]++;
}

static int64_t read_figure(struct people_reading *reading, struct people_field *field,
                           struct slice cell, int64_t row)
{
    int64_t millionths = INTEGER_MISSING;
    enum money_period period = MONEY_PERIOD_UNSAID;
    if (money_is_blank(cell))
        return INTEGER_MISSING;
    if (!people_figure_read(field, cell, &millionths, &period)) {
        field->unread++;
        people_problem(reading, row, field->column->heading, people_figure_words(field));
        return INTEGER_MISSING;
    }
    people_note_period(reading, field, period);
    return millionths;
}

/* A label, or "" when it is too long, or one more than can be told apart. That many of a wish end
 * the reading. */
static bool put_label(struct people_reading *reading, struct people_field *field, size_t place,
                      struct slice cell, int64_t row)
{
    struct columns *columns = reading->people->columns;
    field->filled += cell.length > 0;
    if (column_put_label(columns, place, cell))
        return true;
    if (field->is_wished && cell.length <= COLUMN_MOST_LABEL)
        return false;
    field->unread++;
    if (field->column->role != PEOPLE_UNKNOWN || field->is_wished)
        people_problem(reading, row, field->column->heading,
                       "This is too long for a label, or the column has too many different ones.");
    return column_put_label(columns, place, SLICE(""));
}

static bool put_cell(struct people_reading *reading, struct people_field *field, struct slice cell,
                     int64_t row)
{
    struct columns *columns = reading->people->columns;
    if (field->written >= 0)
        return put_label(reading, field, (size_t)field->written, cell, row);
    if (field->values < 0)
        return true;
    size_t place = (size_t)field->values;
    switch (columns->column[place].kind) {
    case COLUMN_TEXT:
        field->filled += cell.length > 0;
        return column_put_text(columns, place, cell);
    case COLUMN_DECIMAL:
        return column_put_decimal(columns, place, read_figure(reading, field, cell, row));
    case COLUMN_CATEGORY:
        break;
    }
    return put_label(reading, field, place,
                     people_label_is_blank(cell) ? (struct slice){ NULL, 0 } : cell, row);
}

static bool is_figure(struct slice cell)
{
    bool has_digit = false;
    for (size_t i = 0; i < cell.length; i++) {
        if (isalpha((unsigned char)cell.start[i]))
            return false;
        has_digit = has_digit || isdigit((unsigned char)cell.start[i]);
    }
    return has_digit;
}

/* "Total", and beside it nothing but sums: two at most, because no row with more is judged where
 * files are read fast. */
static bool is_total(struct slice first, size_t figures, size_t filled)
{
    static const char *const words[] = { "total", "totals", "grand total", "sum", "average" };
    if (first.length && first.start[first.length - 1] == ':')
        first.length--;
    if (filled >= COLUMNS_PLAINLY_FILLED || figures + 1 != filled)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_equal_folded(first, slice_of(words[i])))
            return true;
    return false;
}

/* Rows that reports put below their tables. Somebody of whom only the number is known is none. */
static bool is_note(const struct slice *cells, size_t count)
{
    static const char *const words[] = { "total",  "grand total", "sum",       "count",   "note",
                                         "source", "end of",      "generated", "printed", "page",
                                         "report", "extract",     "average",   "records" };
    struct slice first = { NULL, 0 };
    size_t filled = 0, figures = 0;
    for (size_t i = 0; i < count; i++)
        if (cells[i].length > 0) {
            first = filled ? first : cells[i];
            filled++;
            figures += is_figure(cells[i]);
        }
    for (size_t i = 0; filled == 1 && i < sizeof words / sizeof *words; i++)
        if (slice_starts_folded(first, words[i]))
            return true;
    return is_total(first, figures, filled);
}

enum people_row people_row_judge(const struct slice *cells, size_t count)
{
    size_t filled = 0;
    for (size_t i = 0; i < count; i++)
        filled += cells[i].length > 0;
    if (filled == 0)
        return PEOPLE_ROW_BLANK;
    return count >= STRAY_COLUMNS_LEAST && is_note(cells, count) ? PEOPLE_ROW_STRAY
                                                                 : PEOPLE_ROW_PERSON;
}

enum status people_put_row(struct people_reading *reading, const struct slice *cells, size_t count,
                           int64_t number, const char *file)
{
    struct people *people = reading->people;
    enum people_row row = people_row_judge(cells, count);
    if (row == PEOPLE_ROW_BLANK)
        return STATUS_OK;
    people->rows_read++;
    if (row == PEOPLE_ROW_STRAY) {
        people->refused[PEOPLE_STRAY]++;
        people_problem(reading, number, NULL, PEOPLE_STRAY_WORDS);
        return STATUS_OK;
    }
    bool fits = column_put_decimal(people->columns, reading->row_place, number) &&
                column_put_label(people->columns, reading->file_place, slice_of(file));
    for (size_t i = 0; fits && i < people->field_count; i++) {
        struct people_field *field = &people->fields[i];
        fits = put_cell(reading, field, cells[field->column - people->roles.columns], number);
        if (!fits && field->is_wished)
            return work_fail(reading->work, STATUS_LIMIT,
                             "%s: the column \"%.80s\" has more different labels than are read "
                             "(%d); is it a number or a name?",
                             file, field->column->heading, DICTIONARY_MOST_LABELS);
    }
    if (!fits)
        return work_fail(reading->work, STATUS_LIMIT,
                         "%s, row %lld: this is more than %lld rows, or a key of more than %d "
                         "bytes.",
                         file, (long long)number, (long long)COLUMNS_MOST_ROWS, COLUMN_MOST_LABEL);
    columns_end_row(people->columns);
    return STATUS_OK;
}

/* Gives a decimal column its values by the code of a category. */
static size_t add_by_code(struct columns *columns, const char *name, size_t source,
                          const int64_t *values)
{
    size_t place = columns_add_decimal(columns, name, 0);
    struct column *column = &columns->column[place];
    column_widen(column, columns->rows, 8);
    for (int64_t row = 0; row < columns->rows; row++)
        ((int64_t *)column->values.bytes)[row] = values[column_code(&columns->column[source], row)];
    return place;
}

/* How many rows have each code; freed by the caller. */
static int64_t *counts_of(const struct columns *columns, size_t place)
{
    const struct column *column = &columns->column[place];
    int64_t *counts = calloc(column_label_count(column) + 1, sizeof *counts);
    if (!counts)
        abort();
    for (int64_t row = 0; row < columns->rows; row++)
        counts[column_code(column, row)]++;
    return counts;
}

static int latest_year(const struct people_reading *reading, enum people_role role)
{
    int64_t year = reading->options->on.year;
    if (year == 0 && !slice_integer(slice_first(slice_of(reading->work->now), 4), &year))
        year = 2000;
    return (int)year + (role == PEOPLE_DATE_OF_BIRTH ? -DATE_OF_BIRTH_YOUNGEST : DATE_AHEAD_MOST);
}

/* Problems at the rows whose date the order of the column does not read. */
static void name_unread_dates(struct people_reading *reading, struct people_field *field,
                              const bool *is_unread)
{
    const struct columns *columns = reading->people->columns;
    const struct column *written = &columns->column[field->written];
    const char *words = arena_format(reading->work->arena,
                                     "This is no date written %s, as the "
                                     "others of the column are.",
                                     date_form_words(field->dates.form));
    for (int64_t row = 0; row < columns->rows; row++)
        if (is_unread[column_code(written, row)]) {
            field->unread++;
            people_problem_at(reading, row, field->column->heading, words);
        }
}

static void derive_dates(struct people_reading *reading, struct people_field *field)
{
    struct columns *columns = reading->people->columns;
    const struct column *written = &columns->column[field->written];
    size_t count = column_label_count(written);
    struct date_tally tally = { .latest_year = latest_year(reading, field->column->role) };
    int64_t *counts = counts_of(columns, (size_t)field->written);
    int64_t *days = calloc(count + 1, sizeof *days);
    bool *unread = calloc(count + 1, sizeof *unread);
    if (!days || !unread)
        abort();
    for (size_t i = 0; i < count; i++)
        if (!money_is_blank(column_label(written, (uint32_t)i)))
            date_tally_add(&tally, column_label(written, (uint32_t)i), (size_t)counts[i]);
    field->dates = date_tally_decide(&tally);
    field->filled = (int64_t)tally.filled;
    for (size_t i = 0; i < count; i++) {
        struct date date;
        struct slice cell = column_label(written, (uint32_t)i);
        days[i] = INTEGER_MISSING;
        if (date_read_as(field->dates.form, tally.latest_year, cell, &date))
            days[i] = date_days(date);
        else
            unread[i] = !money_is_blank(cell);
    }
    field->values = (ptrdiff_t)add_by_code(columns, field->name, (size_t)field->written, days);
    name_unread_dates(reading, field, unread);
    free(counts);
    free(days);
    free(unread);
}

/* Which question the column answers, and what each of its labels stands for. */
/* Yes and no answer the employer's own question and the first of the two harmonised ones alike:
 * where another column says whether activities are reduced, it is the latter. */
static enum status settle_disability(struct people_reading *reading, struct people_field *field)
{
    struct people_question *question = &field->question;
    if (field->column->role != PEOPLE_DISABILITY || !question->list || question->is_by_hand ||
        strcmp(question->list->name, "disability-declared") != 0 ||
        !people_column_of(&reading->people->roles, PEOPLE_DISABILITY_ACTIVITY))
        return STATUS_OK;
    question->reason = "another column says whether activities are reduced";
    return code_list_load(reading->work, &reading->labels->lists, "disability-condition",
                          &question->list);
}

static enum status derive_answers(struct people_reading *reading, struct people_field *field)
{
    struct work *work = reading->work;
    struct columns *columns = reading->people->columns;
    size_t count = column_label_count(&columns->column[field->written]);
    struct slice *values = arena_array_of(work->arena, count + 1, struct slice);
    struct slice *codes = arena_array_of(work->arena, count + 1, struct slice);
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        values[i] = column_label(&columns->column[field->written], (uint32_t)i);
        any = any || !people_label_is_blank(values[i]);
    }
    field->question = (struct people_question){ .heading = field->column->heading,
                                                .role = field->column->role };
    enum status status = people_labels_question(work, reading->labels, values, count,
                                                &field->question);
    if (status == STATUS_OK)
        status = settle_disability(reading, field);
    if (status != STATUS_OK)
        return status;
    field->label_count = count;
    field->labels = arena_array_of(work->arena, count + 1, struct label_count);
    for (size_t i = 0; i < count; i++) {
        struct label_count *label = &field->labels[i];
        label->written = values[i];
        label->answer = people_labels_answer(work, reading->labels, &field->question, values[i]);
        if (label->answer.source == LABEL_BLANK && !any)
            label->answer.state = ANSWER_NOT_ASKED; /* nobody answered: it was not put */
        if (label->answer.source == LABEL_NOT_FOUND)
            label->suggestion = people_labels_suggest(work, reading->labels, &field->question,
                                                      values[i]);
        codes[i] = slice_of(label->answer.code ? label->answer.code
                                               : answer_state_code(label->answer.state));
    }
    field->values = (ptrdiff_t)columns_add_mapped(columns, field->name, (size_t)field->written,
                                                  codes);
    return STATUS_OK;
}

/* An empty category with at most 255 labels, to be filled row by row. */
static size_t add_small_category(struct columns *columns, const char *name)
{
    size_t place = columns_add_category(columns, name);
    assert(columns->column[place].width == 1);
    return place;
}

static void fill(struct columns *columns, size_t place, int64_t row, const char *label)
{
    struct column *column = &columns->column[place];
    uint32_t code = dictionary_add(column->labels, slice_of(label));
    assert(code <= UINT8_MAX);
    ((unsigned char *)column->values.bytes)[row] = (unsigned char)code;
}

static int64_t age_at(const struct people_reading *reading, const struct people_field *age,
                      const struct people_field *born, int64_t row)
{
    const struct columns *columns = reading->people->columns;
    int64_t value = INTEGER_MISSING;
    if (age)
        value = column_millionths(&columns->column[age->values], row);
    if (value != INTEGER_MISSING)
        return value < 0 ? NO_AGE : value / NUMBER_ONE;
    if (born && reading->options->on.year)
        value = column_decimal(&columns->column[born->values], row);
    return value == INTEGER_MISSING ? NO_AGE
                                    : people_age_on(date_of_days(value), reading->options->on);
}

/* The ten-year band, from the age or, where a day is known, from the date of birth. */
static void derive_age_group(struct people_reading *reading)
{
    static const struct {
        int from;
        const char *code;
    } bands[BANDS] = { { 65, "65+" },   { 55, "55-64" }, { 45, "45-54" }, { 35, "35-44" },
                       { 25, "25-34" }, { 16, "16-24" }, { 0, "0-15" } };
    struct people *people = reading->people;
    const struct people_field *age = people_field_of(people, PEOPLE_AGE);
    const struct people_field *born = people_field_of(people, PEOPLE_DATE_OF_BIRTH);
    if (!age && !(born && reading->options->on.year))
        return;
    size_t place = add_small_category(people->columns, PEOPLE_AGE_GROUP);
    for (int64_t row = 0; row < people->columns->rows; row++) {
        int64_t years = age_at(reading, age, born, row);
        int band = 0;
        while (band < BANDS - 1 && years < bands[band].from)
            band++;
        fill(people->columns, place, row,
             years == NO_AGE ? answer_state_code(ANSWER_NOT_ANSWERED) : bands[band].code);
    }
}

/* Disabled in the sense of the Equality Act, from the two harmonised questions: a condition that
 * lasts, and that reduces activities a lot or a little. */
static const char *disability_of(struct slice condition, struct slice activity)
{
    if (slice_is(condition, "CN"))
        return "D4";
    if (!slice_is(condition, "CY"))
        return NULL;
    if (slice_is(activity, "LL"))
        return "D1";
    if (slice_is(activity, "LM"))
        return "D2";
    return slice_is(activity, "LN") ? "D3" : answer_state_code(ANSWER_NOT_ANSWERED);
}

static void derive_disability(struct people_reading *reading)
{
    struct people *people = reading->people;
    const struct people_field *first = people_field_of(people, PEOPLE_DISABILITY);
    const struct people_field *second = people_field_of(people, PEOPLE_DISABILITY_ACTIVITY);
    if (!first || !second || !first->question.list ||
        strcmp(first->question.list->name, "disability-condition") != 0)
        return;
    size_t place = add_small_category(people->columns, "disability-equality-act");
    for (int64_t row = 0; row < people->columns->rows; row++) {
        const struct column *columns = people->columns->column;
        const struct column *one = &columns[first->values], *two = &columns[second->values];
        struct slice condition = column_label(one, column_code(one, row));
        const char *code = disability_of(condition, column_label(two, column_code(two, row)));
        fill(people->columns, place, row,
             code ? code : slice_copy(reading->work->arena, condition));
    }
}

void people_derive_dates(struct people_reading *reading)
{
    struct people *people = reading->people;
    for (size_t i = 0; i < people->field_count; i++) {
        struct people_field *field = &people->fields[i];
        if (field->written >= 0 && !field->is_wished &&
            people_roles[field->column->role].kind == PEOPLE_IS_DATE)
            derive_dates(reading, field);
    }
}

enum status people_derive_answers(struct people_reading *reading)
{
    struct people *people = reading->people;
    const bool *only = reading->options->only;
    enum status status = STATUS_OK;
    if (reading->options->wishes)
        return STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < people->field_count; i++) {
        struct people_field *field = &people->fields[i];
        if (field->written >= 0 && people_roles[field->column->role].kind == PEOPLE_IS_ANSWER &&
            (!only || only[field->column->role]))
            status = derive_answers(reading, field);
    }
    if (status == STATUS_OK) {
        derive_age_group(reading);
        derive_disability(reading);
    }
    return status;
}
