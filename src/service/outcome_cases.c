/* Cases and trainings that stand in an extract of their own: whose they are, and when. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/dictionary.h"
#include "service/outcome_parts.h"
#include "service/people_units.h"
#include "base/banned.h"

/* What is known of one number's records. */
struct record_of {
    int64_t first, last; /* days of completion, the latter up to the period's end; missing */
    int64_t events;      /* rows under the number */
    bool is_found;       /* somebody of the base has the number */
};

struct outcome_cases {
    struct dictionary *keys;
    struct record_of *records;
    uint32_t *number_of_row;            /* of each person in `keys`, or DICTIONARY_NONE */
    const struct column *start, *leave; /* their dates; NULL: none */
    enum outcome_trained trained;
    struct training_period period;
};

/* The column of employees' numbers; STATUS_USAGE where there is none. */
static enum status find_keys(struct work *work, const struct people *people, const char *what,
                             const struct column **out_column)
{
    const struct column *column = people_values(people, people_field_of(people, PEOPLE_KEY));
    if (!column || column->kind != COLUMN_TEXT)
        return work_fail(
            work, STATUS_USAGE,
            "%s has no employees' numbers, by which cases and people are put together; "
            "name them with --column key=HEADING.",
            what);
    *out_column = column;
    return STATUS_OK;
}

static const struct column *dates_of(const struct people *people, enum people_role role)
{
    const struct column *column = people_values(people, people_field_of(people, role));
    return column && column->kind == COLUMN_DECIMAL ? column : NULL;
}

static int64_t day_at(const struct column *column, int64_t row)
{
    return column ? column_decimal(column, row) : INTEGER_MISSING;
}

/* Notes a completion; one after the period is as if it had not been yet. */
static void note_completion(struct outcome_cases *cases, uint32_t number, int64_t day)
{
    struct record_of *record = &cases->records[number];
    if (day == INTEGER_MISSING)
        return;
    if (record->first == INTEGER_MISSING || day < record->first)
        record->first = day;
    if (day <= cases->period.last && (record->last == INTEGER_MISSING || day > record->last))
        record->last = day;
}

static enum status gather(struct work *work, const struct outcome_request *request,
                          const struct column *keys, struct outcome_cases *cases)
{
    struct outcome_condition where = { 0 };
    const struct column *completed = dates_of(request->cases, PEOPLE_COMPLETED_ON);
    int64_t rows = request->cases->columns->rows;
    enum status status = request->cases_where
                             ? outcome_condition(work, request->cases, request->cases_where, &where)
                             : STATUS_OK;
    if (status == STATUS_OK && cases->trained != TRAINED_NOT_ASKED && !completed)
        return work_fail(work, STATUS_USAGE,
                         "No column of the cases says when a training was completed; name it with "
                         "--column completed-on=HEADING.");
    cases->records = arena_array_of(work->arena, (size_t)rows + 1, struct record_of);
    for (int64_t row = 0; status == STATUS_OK && row < rows; row++) {
        struct slice key = slice_trim(column_text(keys, row));
        if (key.length == 0 || !outcome_meets(&where, row))
            continue;
        size_t before = dictionary_count(cases->keys);
        uint32_t number = dictionary_add(cases->keys, key);
        if (number == DICTIONARY_NONE)
            return work_fail(work, STATUS_LIMIT, "There are more than %d people with cases.",
                             DICTIONARY_MOST_LABELS);
        if (number == before)
            cases->records[number] = (struct record_of){ INTEGER_MISSING, INTEGER_MISSING, 0,
                                                         false };
        cases->records[number].events++;
        note_completion(cases, number, day_at(completed, row));
    }
    return status;
}

/* Finds each person's number among those of the cases. */
static enum status link_people(struct work *work, const struct people *people,
                               const struct snapshot_people *snapshot, struct outcome_cases *cases)
{
    const struct column *own = NULL;
    int64_t rows = people->columns->rows;
    cases->number_of_row = arena_array_of(work->arena, (size_t)rows + 1, uint32_t);
    if (snapshot)
        return snapshot_people_link(snapshot, cases->keys, cases->number_of_row)
                   ? STATUS_OK
                   : work_fail(work, STATUS_USAGE,
                               "The snapshot was sealed without employees' numbers, by which "
                               "cases and people are put together; seal the extract again with "
                               "--column key=HEADING.");
    enum status status = find_keys(work, people, "The file of people", &own);
    if (status != STATUS_OK)
        return status;
    assert(own);
    for (int64_t row = 0; row < rows; row++)
        cases->number_of_row[row] = dictionary_find(cases->keys, slice_trim(column_text(own, row)));
    return STATUS_OK;
}

enum status outcome_cases_link(struct work *work, const struct people *people,
                               const struct outcome_request *request,
                               struct outcome_cases **out_cases)
{
    const struct column *keys = NULL;
    struct outcome_cases *cases = arena_new_of(work->arena, struct outcome_cases);
    *cases = (struct outcome_cases){ .start = dates_of(people, PEOPLE_START_DATE),
                                     .leave = dates_of(people, PEOPLE_LEAVE_DATE),
                                     .trained = request->trained,
                                     .period = request->period };
    enum status status = find_keys(work, request->cases, "The file of cases", &keys);
    if (status == STATUS_OK && request->trained == TRAINED_STARTERS && !cases->start)
        status = work_fail(work, STATUS_USAGE,
                           "No column says when people started; name it with --column "
                           "start-date=HEADING.");
    if (status != STATUS_OK)
        return status;
    assert(keys);
    cases->keys = dictionary_new();
    status = gather(work, request, keys, cases);
    if (status == STATUS_OK)
        status = link_people(work, people, request->snapshot, cases);
    if (status == STATUS_OK)
        *out_cases = cases;
    else
        dictionary_free(cases->keys);
    return status;
}

bool outcome_cases_counts(const struct outcome_cases *cases, int64_t row)
{
    int64_t start = day_at(cases->start, row), leave = day_at(cases->leave, row);
    switch (cases->trained) {
    case TRAINED_STARTERS:
        return training_starter_counts(start, leave, cases->period);
    case TRAINED_REFRESHER:
        return training_refresher_counts(start, leave, cases->period);
    case TRAINED_NOT_ASKED:
        break;
    }
    return true;
}

bool outcome_cases_has(struct outcome_cases *cases, int64_t row)
{
    uint32_t number = cases->number_of_row[row];
    if (number == DICTIONARY_NONE)
        return false;
    struct record_of *record = &cases->records[number];
    record->is_found = true;
    switch (cases->trained) {
    case TRAINED_STARTERS:
        return training_starter_met(day_at(cases->start, row), record->first);
    case TRAINED_REFRESHER:
        return training_refresher_met(record->last, cases->period);
    case TRAINED_NOT_ASKED:
        break;
    }
    return true;
}

int64_t outcome_cases_events(const struct outcome_cases *cases, int64_t row)
{
    uint32_t number = cases->number_of_row[row];
    return number == DICTIONARY_NONE ? 0 : cases->records[number].events;
}

int64_t outcome_cases_end(struct outcome_cases *cases)
{
    int64_t of_nobody = 0;
    for (size_t i = 0; cases && i < dictionary_count(cases->keys); i++)
        of_nobody += cases->records[i].is_found ? 0 : 1;
    if (cases)
        dictionary_free(cases->keys);
    return of_nobody;
}
