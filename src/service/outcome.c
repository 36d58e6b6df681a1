/* One walk along the people: is it one of the base, did it meet with the event, which group. */
#include "service/outcome.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "entity/heading.h"
#include "service/outcome_parts.h"
#include "service/people_units.h"
#include "base/banned.h"

enum { PER_CENT = 100, RATE_PER = 1000, MOST_VALUES = 64 };

/* Anything but a blank or a no. */
static bool is_yes(struct arena *arena, struct slice label)
{
    static const char *const no[] = { "no", "n", "false", "0", "none", "not" };
    const char *compared = heading_compared(arena, label);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (strcmp(compared, no[i]) == 0)
            return false;
    return !people_label_is_blank(label);
}

static enum status take_values(struct work *work, const char *words, struct slice values,
                               struct outcome_condition *condition)
{
    struct slice part;
    size_t labels = column_label_count(condition->column);
    while (slice_split(&values, '|', &part)) {
        const char *wanted = heading_compared(work->arena, slice_trim(part));
        bool is_there = false;
        for (uint32_t i = 0; i < labels; i++) {
            struct slice label = column_label(condition->column, i);
            if (strcmp(heading_compared(work->arena, label), wanted) != 0)
                continue;
            condition->meets[i] = true;
            is_there = true;
        }
        if (!is_there)
            return work_fail(work, STATUS_USAGE, "%.80s: nobody has \"%.*s\" in that column.",
                             words, (int)part.length, part.start);
    }
    return STATUS_OK;
}

enum status outcome_condition(struct work *work, const struct people *people, const char *words,
                              struct outcome_condition *out_condition)
{
    struct slice values = slice_of(words), heading;
    struct outcome_condition condition = { 0 };
    bool has_values = strchr(words, '=') != NULL;
    (void)slice_split(&values, '=', &heading);
    const struct people_field *field = people_field_under(work, people, slice_trim(heading));
    if (field)
        condition.column =
            &people->columns->column[field->written >= 0 ? field->written : field->values];
    if (!field || condition.column->kind != COLUMN_CATEGORY)
        return work_fail(work, STATUS_USAGE,
                         "%.80s: the file has no column of categories under \"%.*s\".", words,
                         (int)heading.length, heading.start);
    size_t labels = column_label_count(condition.column);
    condition.meets = arena_array_of(work->arena, labels + 1, bool);
    for (uint32_t i = 0; i < labels && !has_values; i++)
        condition.meets[i] = is_yes(work->arena, column_label(condition.column, i));
    *out_condition = condition;
    return has_values ? take_values(work, words, values, out_condition) : STATUS_OK;
}

struct counting {
    const struct people *people;
    struct outcome_cases *cases; /* NULL: the outcome is a column */
    const struct column *weights;
    struct outcome_condition outcome, among;
    struct outcome *result;
    struct weighted_share *weighted;
};

static void add_weight(struct weighted_share *share, double weight, bool is_case)
{
    share->base++;
    share->weight += weight;
    share->squared_weight += weight * weight;
    share->cases_weight += is_case ? weight : 0;
}

static void count_people(struct counting *counting)
{
    struct outcome *result = counting->result;
    for (int64_t row = 0; row < counting->people->columns->rows; row++) {
        if (!outcome_meets(&counting->among, row) ||
            (counting->cases && !outcome_cases_counts(counting->cases, row)))
            continue;
        bool is_case = counting->cases ? outcome_cases_has(counting->cases, row)
                                       : outcome_meets(&counting->outcome, row);
        uint8_t group = result->groups.of_label[column_code(result->groups.values, row)];
        struct significance_group *counts = group == PAY_NO_GROUP ? &result->unknown
                                                                  : &result->rows[group].counts;
        counts->base++;
        counts->cases += is_case;
        if (counting->cases && group != PAY_NO_GROUP)
            result->rows[group].events += outcome_cases_events(counting->cases, row);
        if (!counting->weights || group == PAY_NO_GROUP)
            continue;
        int64_t weight = column_millionths(counting->weights, row);
        if (weight != INTEGER_MISSING && weight > 0)
            add_weight(&counting->weighted[group], (double)weight, is_case);
    }
}

/* Years or other periods that stand together in the file. */
static size_t periods_of(const struct people *people)
{
    const struct column *column = people_values(people, people_field_of(people, PEOPLE_PERIOD));
    size_t labels = 0;
    if (!column || column->kind != COLUMN_CATEGORY)
        return 1;
    for (uint32_t i = 0; i < column_label_count(column); i++)
        labels += column_label(column, i).length > 0;
    return labels > 0 ? labels : 1;
}

/* The metric in the words of the groups that are compared; a scheme's own words stay where just two
 * groups are. */
static struct likelihood_metric words_of(struct arena *arena, const struct outcome *result,
                                         const struct outcome_request *request, size_t group)
{
    struct likelihood_metric words = *request->metric;
    if (words.scheme && result->groups.count == 2)
        return words;
    words.reference = result->groups.groups[0].words;
    words.group = result->groups.groups[group].words;
    if (!words.scheme)
        words.event = arena_format(arena, "to have \"%s\"", request->outcome);
    return words;
}

/* Cases per 1,000 people: somebody may have several, so that they are no share. */
static void set_rate(struct outcome_group *row, bool has_cases)
{
    double people = (double)row->counts.base / RATE_PER;
    row->rate = NAN;
    if (!has_cases)
        row->events = -1;
    if (!has_cases || row->counts.base == 0)
        return;
    row->rate = (double)row->events / people;
    row->rate_interval = interval_count(row->events, INTERVAL_Z_95);
    row->rate_interval.low /= people;
    row->rate_interval.high /= people;
}

static void compare_groups(struct arena *arena, const struct outcome_request *request,
                           const struct weighted_share *weighted, struct outcome *result)
{
    struct significance_group counts[PAY_MOST_GROUPS] = { { 0, 0 } };
    struct likelihood likelihoods[PAY_MOST_GROUPS];
    double adjusted[PAY_MOST_GROUPS];
    size_t count = result->groups.count;
    for (size_t i = 0; i < count; i++) {
        counts[i] = result->rows[i].counts;
        result->everybody.cases += counts[i].cases;
        result->everybody.base += counts[i].base;
    }
    result->all = likelihood_family(counts, count, request->metric->top, likelihoods, adjusted);
    for (size_t i = 0; i < count; i++) {
        struct outcome_group *row = &result->rows[i];
        row->likelihood = likelihoods[i];
        row->adjusted = adjusted[i];
        row->words = words_of(arena, result, request, i);
        if (!likelihood_share_ratio(counts[i], result->everybody, &row->share_ratio))
            row->share_ratio = INTEGER_MISSING;
        if (counts[i].base > 0) {
            row->interval = interval_wilson((double)counts[i].cases, (double)counts[i].base,
                                            INTERVAL_Z_95);
            row->interval.low *= PER_CENT;
            row->interval.high *= PER_CENT;
        }
        row->has_weighted = survey_share_of(&weighted[i], &row->weighted);
        set_rate(row, request->cases && request->trained == TRAINED_NOT_ASKED);
    }
}

/* One extract's groups and what they count; `weighted` gets as many shares as rows. */
static enum status count_one(struct work *work, struct people_labels *labels,
                             const struct people *people, const struct outcome_request *request,
                             struct counting *counting)
{
    struct outcome *result = counting->result;
    counting->people = people;
    *result = (struct outcome){ .years = periods_of(people) };
    enum status status = people_groups_find(work, &labels->lists, people, request->role,
                                            request->detail, &result->groups);
    if (status == STATUS_OK && !request->cases)
        status = outcome_condition(work, people, request->outcome, &counting->outcome);
    if (status == STATUS_OK && request->among)
        status = outcome_condition(work, people, request->among, &counting->among);
    if (status == STATUS_OK && request->cases)
        status = outcome_cases_link(work, people, request, &counting->cases);
    if (status != STATUS_OK)
        return status;
    const struct people_field *weight = people_field_of(people, PEOPLE_WEIGHT);
    counting->weights = people_values(people, weight);
    if (counting->weights && counting->weights->kind != COLUMN_DECIMAL)
        counting->weights = NULL;
    result->is_weighted = counting->weights != NULL;
    result->weight = counting->weights ? weight->column->heading : NULL;
    result->rows = arena_array_of(work->arena, PAY_MOST_GROUPS, struct outcome_group);
    counting->weighted = arena_array_of(work->arena, PAY_MOST_GROUPS, struct weighted_share);
    count_people(counting);
    result->cases_of_nobody = outcome_cases_end(counting->cases);
    return STATUS_OK;
}

static void add_counts(struct significance_group *to, struct significance_group more)
{
    to->cases += more.cases;
    to->base += more.base;
}

/* The place of a group by its code; one that was not met before gets the next. */
static size_t place_of(struct people_groups *groups, const struct people_group *group)
{
    size_t place = 0;
    while (place < groups->count && strcmp(groups->groups[place].code, group->code) != 0)
        place++;
    if (place == groups->count) {
        assert(groups->count < PAY_MOST_GROUPS); /* both are groups of one list */
        groups->groups[groups->count++] = *group;
    }
    return place;
}

/* Puts another year's counts to those there are. */
static enum status pool(struct work *work, struct counting *counting, const struct counting *more)
{
    struct outcome *to = counting->result;
    const struct outcome *from = more->result;
    if (strcmp(to->groups.groups[0].code, from->groups.groups[0].code) != 0 ||
        to->is_weighted != from->is_weighted)
        return work_fail(work, STATUS_INPUT,
                         "The years cannot be put together: they compare with different groups, or "
                         "only some have weights.");
    for (size_t i = 0; i < from->groups.count; i++) {
        size_t place = place_of(&to->groups, &from->groups.groups[i]);
        const struct weighted_share *share = &more->weighted[i];
        struct weighted_share *sum = &counting->weighted[place];
        add_counts(&to->rows[place].counts, from->rows[i].counts);
        sum->base += share->base;
        sum->weight += share->weight;
        sum->squared_weight += share->squared_weight;
        sum->cases_weight += share->cases_weight;
    }
    add_counts(&to->unknown, from->unknown);
    to->years += from->years;
    return STATUS_OK;
}

enum status outcome_make(struct work *work, struct people_labels *labels,
                         const struct people *people, const struct outcome_request *request,
                         struct outcome *out_outcome)
{
    struct counting counting = { .result = out_outcome };
    assert(!request->cases || request->other_count == 0);
    enum status status = count_one(work, labels, people, request, &counting);
    for (size_t i = 0; status == STATUS_OK && i < request->other_count; i++) {
        struct counting more = { .result = arena_new_of(work->arena, struct outcome) };
        status = count_one(work, labels, request->others[i], request, &more);
        if (status == STATUS_OK)
            status = pool(work, &counting, &more);
    }
    if (status == STATUS_OK)
        compare_groups(work->arena, request, counting.weighted, out_outcome);
    return status;
}
