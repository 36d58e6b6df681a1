/* From columns of people to columns of pay, and from there to figures unit by unit. */
#include "service/pay_report.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "entity/heading.h"
#include "service/people_units.h"
#include "service/people_weeks.h"
#include "service/rules_table.h"
#include "base/banned.h"

enum {
    PLAUSIBLE_HOURLY = 100, /* pounds; a median below it is pay for an hour */
    FAR_ABOVE = 100,        /* times the median */
};

struct making {
    struct work *work;
    const struct people *people;
    struct pay_report *report;
    struct pay_columns *columns;
    size_t count;
};

/* The decimals of a role, and the heading they stand under; none and NULL when there are none. */
static struct pay_numbers numbers_of(struct making *making, enum people_role role,
                                     const char **out_heading)
{
    const struct people_field *field = people_field_of(making->people, role);
    const struct column *column = people_values(making->people, field);
    *out_heading = NULL;
    if (!column || column->kind != COLUMN_DECIMAL)
        return (struct pay_numbers){ 0 };
    *out_heading = field->column->heading;
    return people_numbers(making->work->arena, column);
}

static enum status amounts_of_heading(struct making *making, const char *option,
                                      struct slice heading, struct pay_numbers *out_amounts)
{
    const struct people_field *field = people_field_under(making->work, making->people, heading);
    struct pay_numbers amounts = people_numbers(making->work->arena,
                                                people_values(making->people, field));
    if (!pay_numbers_are(&amounts))
        return work_fail(making->work, STATUS_USAGE,
                         "--%s: the file has no column of numbers under \"%.*s\".", option,
                         (int)heading.length, heading.start);
    *out_amounts = amounts;
    return STATUS_OK;
}

/* Pay period ------------------------------------------------------------------------------------
 */

static int64_t days_of(enum pay_period period)
{
    static const int64_t days[] = {
        [PAY_UNSAID] = PAY_DAYS_MONTH,
        [PAY_HOUR] = PAY_DAYS_WEEK,
        [PAY_WEEK] = PAY_DAYS_WEEK,
        [PAY_FORTNIGHT] = PAY_DAYS_FORTNIGHT,
        [PAY_FOUR_WEEKS] = PAY_DAYS_FOUR_WEEKS,
        [PAY_MONTH] = PAY_DAYS_MONTH,
        [PAY_YEAR] = PAY_DAYS_YEAR,
    };
    return days[period];
}

/* The period that a label names; PAY_UNSAID for any other. */
static enum pay_period period_of_label(struct arena *arena, struct slice label)
{
    static const struct {
        const char *word;
        enum pay_period period;
    } words[] = {
        { "fortnight", PAY_FORTNIGHT },
        { "2 week", PAY_FORTNIGHT },
        { "two week", PAY_FORTNIGHT },
        { "4 week", PAY_FOUR_WEEKS },
        { "four week", PAY_FOUR_WEEKS },
        { "lunar", PAY_FOUR_WEEKS },
        { "week", PAY_WEEK },
        { "month", PAY_MONTH },
        { "hour", PAY_HOUR },
        { "annual", PAY_YEAR },
        { "annum", PAY_YEAR },
        { "year", PAY_YEAR },
        { "salar", PAY_YEAR },
    };
    struct slice compared = slice_of(heading_compared(arena, label));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_find(compared, words[i].word) >= 0)
            return words[i].period;
    return PAY_UNSAID;
}

static int64_t weeks_of(const struct pay_columns *columns, size_t row)
{
    return columns->weeks ? columns->weeks[row] : 1;
}

/* Each person's own period, where a column says it. Hourly pay is that of one hour in a week. */
static void take_periods(struct making *making)
{
    const struct column *column = people_values(making->people,
                                                people_field_of(making->people, PEOPLE_PAY_PERIOD));
    if (!column || column->kind != COLUMN_CATEGORY || !pay_numbers_are(&making->columns->hours))
        return;
    struct arena *arena = making->work->arena;
    size_t label_count = column_label_count(column);
    enum pay_period *periods = arena_array_of(arena, label_count + 1, enum pay_period);
    int64_t *days = arena_array_of(arena, label_count + 1, int64_t);
    for (uint32_t i = 0; i < label_count; i++) {
        periods[i] = period_of_label(arena, column_label(column, i));
        days[i] = days_of(periods[i] == PAY_UNSAID ? making->people->pay_period : periods[i]);
        making->report->basis.has_periods |= periods[i] != PAY_UNSAID;
    }
    if (!making->report->basis.has_periods)
        return;
    int64_t *hours = arena_take_raw(arena, (making->count + 1) * sizeof *hours);
    for (size_t row = 0; row < making->count; row++) {
        enum pay_period period = periods[column_code(column, (int64_t)row)];
        hours[row] = period == PAY_HOUR ? NUMBER_ONE * weeks_of(making->columns, row)
                                        : pay_number(&making->columns->hours, row);
    }
    making->columns->own_days = (struct pay_numbers){ .column = column, .of_label = days };
    making->columns->hours = (struct pay_numbers){ .values = hours };
}

/* True when the middle amount is too small to be anything but pay for an hour. */
static bool looks_hourly(struct making *making)
{
    size_t count = 0, small = 0;
    for (size_t row = 0; row < making->count; row++) {
        int64_t amount = pay_number(&making->columns->ordinary, row);
        count += amount > 0;
        small += amount > 0 && amount < PLAUSIBLE_HOURLY * NUMBER_ONE;
    }
    return small > count / 2;
}

/* Where hours week by week stand: in the file, or as a snapshot was sealed with them. */
struct week_source {
    struct people_weeks weeks;
    const struct column *hours, *used; /* NULL: in the file */
};

static bool hours_of_weeks(const struct week_source *source, size_t row, int64_t *out_hours,
                           int64_t *out_used)
{
    if (!source->hours)
        return people_weeks_of(&source->weeks, row, out_hours, out_used);
    int64_t hours = column_decimal(source->hours, (int64_t)row);
    if (hours == INTEGER_MISSING)
        return false;
    *out_hours = hours;
    *out_used = column_decimal(source->used, (int64_t)row);
    return true;
}

/* Hours week by week for those without normal hours: Schedule 1, paragraph 7. */
static void take_week_hours(struct making *making, const struct week_source *source)
{
    struct arena *arena = making->work->arena;
    const struct pay_numbers contract = making->columns->hours;
    int64_t *hours = arena_take_raw(arena, (making->count + 1) * sizeof *hours);
    uint8_t *divisors = arena_take_raw(arena, making->count + 1);
    for (size_t row = 0; row < making->count; row++) {
        int64_t used = 1;
        hours[row] = pay_numbers_are(&contract) ? pay_number(&contract, row) : INTEGER_MISSING;
        if (hours[row] == INTEGER_MISSING && hours_of_weeks(source, row, &hours[row], &used))
            making->report->basis.averaged++;
        divisors[row] = (uint8_t)used;
    }
    making->columns->hours = (struct pay_numbers){ .values = hours };
    making->columns->weeks = divisors;
}

/* The hours of each week, where the file is asked for them or the snapshot has them. */
static enum status find_week_hours(struct making *making, const char *headings)
{
    const struct columns *columns = making->people->columns;
    ptrdiff_t hours = columns_find(columns, PEOPLE_WEEK_HOURS);
    ptrdiff_t used = columns_find(columns, PEOPLE_WEEKS_AVERAGED);
    struct week_source *source = arena_new_of(making->work->arena, struct week_source);
    enum status status = STATUS_OK;
    *source = (struct week_source){ .hours = NULL };
    if (headings)
        status = people_weeks_find(making->work, making->people, headings, &source->weeks);
    else if (hours >= 0 && used >= 0)
        *source = (struct week_source){ .hours = &columns->column[hours],
                                        .used = &columns->column[used] };
    if (status == STATUS_OK && (headings || source->hours)) {
        take_week_hours(making, source);
        if (!making->report->basis.hours)
            making->report->basis.hours = headings ? headings : PEOPLE_WEEK_HOURS;
    }
    return status;
}

/* "FTE Salary" is what the post would pay full time; the hours of somebody who works part of them
 * do not belong to it. */
static bool is_full_time_pay(struct arena *arena, const char *heading)
{
    static const char *const words[] = { " fte ", " wte ", " full time " };
    struct slice padded = slice_of(
        arena_format(arena, " %s ", heading_compared(arena, slice_of(heading))));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_find(padded, words[i]) >= 0)
            return true;
    return false;
}

static enum status take_hours(struct making *making, const struct pay_report_options *options)
{
    struct pay_basis *basis = &making->report->basis;
    basis->period = making->people->pay_period;
    making->columns->hours = numbers_of(making, PEOPLE_HOURS, &basis->hours);
    enum status status = find_week_hours(making, options->week_hours);
    basis->is_hourly = basis->period == PAY_HOUR;
    basis->is_full_time = !basis->is_hourly && is_full_time_pay(making->work->arena, basis->pay);
    bool has_hours = pay_numbers_are(&making->columns->hours);
    if (has_hours && basis->period == PAY_UNSAID && !basis->is_full_time)
        basis->is_hourly = looks_hourly(making);
    if (basis->is_hourly || basis->is_full_time)
        making->columns->hours = (struct pay_numbers){ 0 };
    making->columns->days = days_of(basis->period);
    take_periods(making);
    basis->by_hour = pay_numbers_are(&making->columns->hours);
    return status;
}

/* Reduced pay -----------------------------------------------------------------------------------
 */

static bool is_one_of(struct slice words, const char *const *list)
{
    for (; *list; list++)
        if (slice_is(words, *list))
            return true;
    return false;
}

/* "Full pay", but not "Less than full pay". */
static bool says_full(struct slice label)
{
    static const char *const denials[] = { "not", "no ", "less", "below", "under" };
    ptrdiff_t at = slice_find(label, "full");
    if (at < 0)
        return false;
    for (size_t i = 0; i < sizeof denials / sizeof *denials; i++) {
        ptrdiff_t denial = slice_find(label, denials[i]);
        if (denial >= 0 && denial < at)
            return false;
    }
    return true;
}

/* What a label of such a column says depends on the question that heads it: "Full pay: no" and
 * "Reduced pay: yes" are the same. What is none of the words for full pay is a reason for less. */
static bool label_is_reduced(struct arena *arena, struct slice heading, struct slice label)
{
    static const char *const no[] = { "no", "n", "false", "0", NULL };
    static const char *const yes[] = { "yes", "y", "true", "1", NULL };
    static const char *const usual[] = { "none",     "not reduced", "normal",       "in post",
                                         "active",   "current",     "paid",         "at work",
                                         "working",  "employed",    "usual",        "standard",
                                         "ordinary", "no leave",    "not on leave", NULL };
    struct slice compared = slice_of(heading_compared(arena, label));
    bool asks_full = slice_find(slice_of(heading_compared(arena, heading)), "full") >= 0;
    if (people_label_is_blank(label) || is_one_of(compared, usual))
        return false;
    if (is_one_of(compared, yes))
        return !asks_full;
    if (is_one_of(compared, no))
        return asks_full;
    return !says_full(compared);
}

static void take_reduced(struct making *making)
{
    struct arena *arena = making->work->arena;
    const struct people_field *field = people_field_of(making->people, PEOPLE_PAY_STATUS);
    const struct column *column = people_values(making->people, field);
    if (!column || column->kind != COLUMN_CATEGORY)
        return;
    struct pay_report *report = making->report;
    report->basis.status = field->column->heading;
    size_t label_count = column_label_count(column);
    uint8_t *of_label = arena_take(arena, label_count + 1);
    int64_t *counts = arena_array_of(arena, label_count + 1, int64_t);
    uint8_t *reduced = arena_take(arena, making->count + 1);
    for (uint32_t i = 0; i < label_count; i++)
        of_label[i] = label_is_reduced(arena, slice_of(field->column->heading),
                                       column_label(column, i));
    for (size_t row = 0; row < making->count; row++) {
        uint32_t code = column_code(column, (int64_t)row);
        reduced[row] = of_label[code];
        counts[code]++;
    }
    report->reductions = arena_array_of(arena, label_count + 1, struct pay_reduction);
    for (uint32_t i = 0; i < label_count; i++)
        if (of_label[i] && counts[i] > 0)
            report->reductions[report->reduction_count++] = (struct pay_reduction){
                column_label(column, i), counts[i]
            };
    making->columns->reduced = reduced;
}

/* Short contracts -------------------------------------------------------------------------------
 */

static bool label_is_temporary(struct arena *arena, struct slice label)
{
    static const char *const words[] = { "temp",   "fixed",     "casual",    "interim",
                                         "agency", "sessional", "zero hours" };
    struct slice compared = slice_of(heading_compared(arena, label));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_find(compared, words[i]) >= 0)
            return true;
    return false;
}

/* The top 5% are of permanent staff, and of temporary and fixed-term staff with over a year (Best
 * Value performance indicator 11). */
static void take_contracts(struct making *making, const char *on)
{
    const struct people_field *field = people_field_of(making->people, PEOPLE_CONTRACT);
    const struct column *column = people_values(making->people, field);
    const struct column *start = people_values(making->people,
                                               people_field_of(making->people, PEOPLE_START_DATE));
    struct date day;
    if (!column || column->kind != COLUMN_CATEGORY ||
        !date_read(slice_first(slice_of(on), 10), &day))
        return;
    struct arena *arena = making->work->arena;
    size_t label_count = column_label_count(column);
    bool *is_temporary = arena_array_of(arena, label_count + 1, bool);
    uint8_t *is_passing = arena_take(arena, making->count + 1);
    int64_t year_ago = date_days(date_add_months(day, -12));
    for (uint32_t i = 0; i < label_count; i++)
        is_temporary[i] = label_is_temporary(arena, column_label(column, i));
    for (size_t row = 0; row < making->count; row++) {
        int64_t began = start && start->kind == COLUMN_DECIMAL ? column_decimal(start, (int64_t)row)
                                                               : INTEGER_MISSING;
        bool is_long = began != INTEGER_MISSING && began < year_ago;
        is_passing[row] = is_temporary[column_code(column, (int64_t)row)] && !is_long;
        making->report->passing += is_passing[row];
    }
    making->report->contract = field->column->heading;
    making->columns->is_passing = is_passing;
}

/* Columns ---------------------------------------------------------------------------------------
 */

static enum status take_columns(struct making *making, const struct pay_report_options *options)
{
    struct work *work = making->work;
    struct pay_basis *basis = &making->report->basis;
    const struct people_groups *found = &making->report->groups;
    if (making->count > PAY_MOST_PEOPLE)
        return work_fail(work, STATUS_LIMIT, "The file has more than %d people.", PAY_MOST_PEOPLE);
    uint8_t *groups = arena_take_raw(work->arena, making->count + 1);
    for (size_t row = 0; row < making->count; row++)
        groups[row] = found->of_label[column_code(found->values, (int64_t)row)];
    basis->group = found->heading;
    *making->columns = (struct pay_columns){
        .count = making->count, .group = groups, .group_count = found->count, .tie_places = 2
    };
    making->columns->ordinary = numbers_of(making, PEOPLE_PAY, &basis->pay);
    if (!pay_numbers_are(&making->columns->ordinary))
        return work_fail(work, STATUS_INPUT,
                         "No column of the file says what people are paid; name it with --column "
                         "pay=HEADING.");
    enum status status = take_hours(making, options);
    if (status != STATUS_OK)
        return status;
    take_reduced(making);
    take_contracts(making, options->on);
    making->columns->bonus_year = numbers_of(making, PEOPLE_BONUS, &basis->bonus);
    making->columns->full_time = numbers_of(making, PEOPLE_FTE, &basis->full_time);
    making->columns->bonus_days = options->bonus_days;
    return options->period_bonus
               ? amounts_of_heading(making, "period-bonus", slice_of(options->period_bonus),
                                    &making->columns->bonus)
               : STATUS_OK;
}

/* Units -----------------------------------------------------------------------------------------
 */

static int by_path(const void *a, const void *b)
{
    return people_units_compare(((const struct pay_unit *)a)->path,
                                ((const struct pay_unit *)b)->path);
}

/* Figures of all units of one level. The ranking of everybody is put in their order. */
static void measure_level(struct making *making, const struct people_level *level,
                          struct pay_unit *units)
{
    struct arena *arena = making->work->arena;
    struct pay_ranking *ranking = &making->report->ranking;
    const struct column *of_person = &level->of_person;
    size_t group_count = making->columns->group_count;
    int64_t *relevant = arena_array_of(arena, level->count * group_count + 1, int64_t);
    CLEANUP_ARENA struct arena *of_level = arena_new();
    pay_gap_relevant(making->columns, of_person, relevant);
    struct pay_places places = pay_rank_by_unit(of_level, ranking, of_person, level->count);
    for (size_t i = 0; i < level->count; i++) {
        struct pay_part part = { ranking->ranked + places.people[i],
                                 ranking->bonuses + places.bonuses[i],
                                 places.people[i + 1] - places.people[i],
                                 places.bonuses[i + 1] - places.bonuses[i],
                                 relevant + i * group_count,
                                 making->report->groups.least_people };
        pay_gap_figures(arena, ranking, part, &units[i].figures);
    }
}

static void add_hierarchy(struct making *making, const struct people_hierarchy *hierarchy)
{
    struct pay_report *report = making->report;
    size_t before = report->unit_count, count = before;
    for (size_t depth = 0; depth < hierarchy->depth; depth++)
        count += hierarchy->levels[depth].count;
    struct pay_unit *units = arena_array_of(making->work->arena, count + 1, struct pay_unit);
    if (before > 0)
        memcpy(units, report->units, before * sizeof *units);
    for (size_t depth = 0; depth < hierarchy->depth; depth++) {
        const struct people_level *level = &hierarchy->levels[depth];
        for (size_t i = 0; i < level->count; i++)
            units[report->unit_count + i] = (struct pay_unit){ .path = level->paths[i],
                                                               .name = level->names[i],
                                                               .level = level->heading,
                                                               .depth = depth };
        measure_level(making, level, units + report->unit_count);
        report->unit_count += level->count;
    }
    report->units = units;
    if (count > before)
        qsort(units + before, count - before, sizeof *units, by_path);
}

/* The units of every level, with their figures. */
static enum status take_units(struct making *making, const struct pay_report_options *options)
{
    static const char *const found[] = { NULL }; /* those that the file was found to have */
    const char *const *headings = options->unit_count > 0 ? options->units : found;
    size_t count = options->unit_count > 0 ? options->unit_count : 1;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct people_hierarchy hierarchy;
        status = people_units_find(making->work, making->people, headings[i], &hierarchy);
        if (status == STATUS_OK)
            add_hierarchy(making, &hierarchy);
    }
    return status;
}

/* Checks of the pay -----------------------------------------------------------------------------
 */

struct wage_search {
    const char *on;
    const char *from; /* of the latest row so far */
    int64_t pence;
};

static enum status take_wage(struct work *work, void *target,
                             const char *const cells[RULES_MOST_COLUMNS])
{
    struct wage_search *search = target;
    int64_t pence = 0;
    if (!cells[0] || !cells[1] || !slice_integer(slice_of(cells[1]), &pence))
        return work_fail(work, STATUS_INPUT,
                         "rules/minimum_wages.csv wants a date and whole pence in each row.");
    if (strcmp(cells[0], search->on) <= 0 &&
        (!search->from || strcmp(cells[0], search->from) > 0)) {
        search->from = cells[0];
        search->pence = pence;
    }
    return STATUS_OK;
}

static enum status check_pay(struct making *making, const char *on)
{
    static const char *const columns[] = { "from", "pence", NULL };
    struct pay_report *report = making->report;
    const struct pay_ranking *ranking = &report->ranking;
    struct wage_search search = { .on = on };
    enum status status = STATUS_OK;
    if (report->basis.by_hour || report->basis.is_hourly)
        status = rules_table_read(making->work, "minimum_wages.csv", columns, take_wage, &search);
    report->minimum = search.pence;
    for (size_t i = 0; i < ranking->count; i++) {
        if (pay_ranked_rate(&ranking->ranked[i]) >= search.pence * (PAY_NANO / 100))
            break;
        report->below_minimum++;
    }
    if (ranking->count > 0) {
        int64_t median = pay_ranked_rate(&ranking->ranked[ranking->count / 2]);
        for (size_t i = ranking->count;
             i-- > 0 && pay_ranked_rate(&ranking->ranked[i]) / FAR_ABOVE > median;)
            report->far_above++;
    }
    return status;
}

/* -----------------------------------------------------------------------------------------------
 */

enum status pay_report_make(struct work *work, struct people_labels *labels,
                            const struct people *people, const struct pay_report_options *options,
                            struct pay_report *out_report)
{
    struct pay_columns *columns = arena_new_of(work->arena, struct pay_columns);
    struct making making = { work, people, out_report, columns, (size_t)people->columns->rows };
    *out_report = (struct pay_report){ 0 };
    enum status status = people_groups_find(work, &labels->lists, people, options->role,
                                            options->detail, &out_report->groups);
    if (status == STATUS_OK)
        status = take_columns(&making, options);
    if (status != STATUS_OK)
        return status;
    pay_rank(work->arena, columns, &out_report->ranking);
    int64_t *relevant = arena_array_of(work->arena, columns->group_count + 1, int64_t);
    pay_gap_relevant(columns, NULL, relevant);
    struct pay_part everybody = { out_report->ranking.ranked,
                                  out_report->ranking.bonuses,
                                  out_report->ranking.count,
                                  out_report->ranking.bonus_count,
                                  relevant,
                                  out_report->groups.least_people };
    pay_gap_figures(work->arena, &out_report->ranking, everybody, &out_report->figures);
    status = check_pay(&making, options->on);
    return status == STATUS_OK ? take_units(&making, options) : status;
}

const char *pay_standing_code(enum pay_standing standing)
{
    static const char *const codes[PAY_STANDING_COUNT] = {
        [PAY_COUNTED] = "counted",
        [PAY_GROUP_UNKNOWN] = "group-not-known",
        [PAY_REDUCED] = "reduced-pay",
        [PAY_MISSING] = "pay-missing",
        [PAY_NIL] = "pay-nil",
        [PAY_NEGATIVE] = "pay-negative",
        [PAY_TOO_LARGE] = "pay-too-large",
        [PAY_HOURS_MISSING] = "hours-missing",
        [PAY_HOURS_REFUSED] = "hours-refused",
    };
    return codes[standing];
}

int64_t pay_share_tenths(int64_t part, int64_t all)
{
    enum { TENTHS = 1000 };
    int64_t tenths = INTEGER_MISSING;
    return number_scale(part, TENTHS, all, &tenths) ? tenths : INTEGER_MISSING;
}
