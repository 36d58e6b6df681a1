/* dueregard compare --outcome: who met with an event, group by group, against the reference. */
#include <jansson.h>
#include <math.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "base/period.h"
#include "base/text.h"
#include "cli/compare.h"
#include "codec/csv_writer.h"
#include "service/outcome.h"
#include "service/people_view.h"
#include "base/banned.h"

enum { CSV_MOST_BYTES = 16 << 20, TENTH = NUMBER_ONE / 10 };

static const char *share_of(struct arena *arena, struct significance_group counts)
{
    int64_t percent = 0;
    return number_percent(counts.cases, counts.base, &percent) ? number_print(arena, percent, 1)
                                                               : NULL;
}

static const char *ratio_words(struct arena *arena, const struct likelihood *likelihood)
{
    return likelihood->has_ratio ? number_print(arena, likelihood->ratio, 2) : NULL;
}

static bool is_compared(const struct outcome_group *row)
{
    return row->likelihood.finding != LIKELIHOOD_NOT_COMPARED;
}

static bool is_equal_provision(const struct outcome_group *row)
{
    return row->share_ratio != INTEGER_MISSING && row->share_ratio >= OUTCOME_EQUAL_LEAST &&
           row->share_ratio <= OUTCOME_EQUAL_MOST;
}

static const char *sentence_of(struct arena *arena, const struct outcome *outcome, size_t group)
{
    const struct outcome_group *row = &outcome->rows[group];
    struct likelihood_case compared = { outcome->rows[0].counts, row->counts, outcome->years };
    return likelihood_sentence(arena, &row->words, &compared, &row->likelihood);
}

/* JSON ------------------------------------------------------------------------------------------
 */

static json_t *two_decimals(struct arena *arena, double number)
{
    return json_string(arena_format(arena, "%.2f", number));
}

static void set_likelihood(json_t *json, struct arena *arena, const struct outcome_group *row)
{
    const struct likelihood *likelihood = &row->likelihood;
    const char *ratio = ratio_words(arena, likelihood);
    json_object_set_new(json, "ratio", ratio ? json_string(ratio) : json_null());
    json_object_set_new(json, "ratio_interval",
                        json_pack("[o, o]", two_decimals(arena, likelihood->katz.interval.low),
                                  two_decimals(arena, likelihood->katz.interval.high)));
    json_object_set_new(json, "difference_points",
                        json_pack("[s, s]",
                                  arena_format(arena, "%.1f", likelihood->difference.low * 100),
                                  arena_format(arena, "%.1f", likelihood->difference.high * 100)));
    json_object_set_new(json, "p", json_real(likelihood->test.p));
    json_object_set_new(json, "p_adjusted", json_real(row->adjusted));
    json_object_set_new(json, "test", json_string(likelihood->test.is_exact ? "fisher" : "z"));
    json_object_set_new(json, "below_four_fifths", json_boolean(likelihood->is_below_four_fifths));
    json_object_set_new(json, "small", json_boolean(likelihood->is_small));
}

static json_t *group_json(struct arena *arena, const struct outcome *outcome, size_t group)
{
    const struct outcome_group *row = &outcome->rows[group];
    json_t *json = json_object();
    const char *share = share_of(arena, row->counts);
    json_object_set_new(json, "group", json_string(outcome->groups.groups[group].title));
    json_object_set_new(json, "cases", json_integer(row->counts.cases));
    json_object_set_new(json, "base", json_integer(row->counts.base));
    json_object_set_new(json, "percent", share ? json_string(share) : json_null());
    if (share)
        json_object_set_new(json, "interval",
                            json_pack("[s, s]", arena_format(arena, "%.1f", row->interval.low),
                                      arena_format(arena, "%.1f", row->interval.high)));
    if (row->has_weighted)
        json_object_set_new(
            json, "weighted",
            json_pack("{s:s, s:s, s:[s, s]}", "percent",
                      arena_format(arena, "%.1f", row->weighted.percent), "effective_base",
                      arena_format(arena, "%.1f", row->weighted.effective_base), "interval",
                      arena_format(arena, "%.1f", row->weighted.interval.low),
                      arena_format(arena, "%.1f", row->weighted.interval.high)));
    if (row->events >= 0) {
        json_object_set_new(json, "events", json_integer(row->events));
        json_object_set_new(json, "per_1000",
                            isnan(row->rate) ? json_null() : two_decimals(arena, row->rate));
        if (!isnan(row->rate))
            json_object_set_new(json, "per_1000_interval",
                                json_pack("[o, o]", two_decimals(arena, row->rate_interval.low),
                                          two_decimals(arena, row->rate_interval.high)));
    }
    if (row->share_ratio != INTEGER_MISSING) {
        json_object_set_new(json, "share_ratio",
                            json_string(number_print(arena, row->share_ratio, 2)));
        json_object_set_new(json, "equal_provision", json_boolean(is_equal_provision(row)));
    }
    if (is_compared(row))
        set_likelihood(json, arena, row);
    if (group > 0) {
        json_object_set_new(json, "finding",
                            json_string(likelihood_finding_code(row->likelihood.finding)));
        json_object_set_new(json, "sentence", json_string(sentence_of(arena, outcome, group)));
        json_object_set_new(json, "reading",
                            json_string(likelihood_reading(arena, &row->words, &row->likelihood)));
    }
    return json;
}

static enum status print_as_json(struct work *work, const struct outcome_request *request,
                                 const struct outcome *outcome)
{
    struct arena *arena = work->arena;
    json_t *json = json_object(), *array = json_array();
    json_object_set_new(json, "protected", json_false());
    json_object_set_new(json, "by", json_string(people_roles[request->role].code));
    json_object_set_new(json, "outcome", json_string(request->outcome));
    if (request->cases)
        json_object_set_new(json, "cases_of_nobody", json_integer(outcome->cases_of_nobody));
    json_object_set_new(json, "among", request->among ? json_string(request->among) : json_null());
    json_object_set_new(json, "metric", json_string(request->metric->code));
    json_object_set_new(
        json, "on_top",
        json_string(request->metric->top == LIKELIHOOD_GROUP_ON_TOP ? "group" : "reference"));
    json_object_set_new(json, "reference", json_string(outcome->groups.groups[0].title));
    json_object_set_new(json, "years", json_integer((json_int_t)outcome->years));
    json_object_set_new(json, "weight",
                        outcome->weight ? json_string(outcome->weight) : json_null());
    for (size_t group = 0; group < outcome->groups.count; group++)
        json_array_append_new(array, group_json(arena, outcome, group));
    json_object_set_new(json, "groups", array);
    json_object_set_new(json, "not_known",
                        json_pack("{s:I, s:I}", "cases", (json_int_t)outcome->unknown.cases, "base",
                                  (json_int_t)outcome->unknown.base));
    if (outcome->all.freedom > 0)
        json_object_set_new(json, "all_groups",
                            json_pack("{s:f, s:I, s:f, s:b}", "chi_square", outcome->all.statistic,
                                      "degrees_of_freedom", (json_int_t)outcome->all.freedom, "p",
                                      outcome->all.p, "rough", outcome->all.is_rough));
    return print_json(work, json);
}

/* CSV -------------------------------------------------------------------------------------------
 */

static const char *rate_words(struct arena *arena, const struct outcome_group *row, double number)
{
    return isnan(row->rate) ? "" : arena_format(arena, "%.2f", number);
}

static enum status print_as_csv(struct work *work, const struct outcome *outcome)
{
    struct arena *arena = work->arena;
    const struct slice heading[] = {
        SLICE("group"),      SLICE("cases"),        SLICE("base"),         SLICE("percent"),
        SLICE("low"),        SLICE("high"),         SLICE("ratio"),        SLICE("ratio_low"),
        SLICE("ratio_high"), SLICE("share_ratio"),  SLICE("finding"),      SLICE("events"),
        SLICE("per_1000"),   SLICE("per_1000_low"), SLICE("per_1000_high")
    };
    struct text text = text_new(arena, CSV_MOST_BYTES);
    csv_write_row(&text, heading, ARRAY_COUNT(heading));
    for (size_t i = 0; i < outcome->groups.count; i++) {
        const struct outcome_group *row = &outcome->rows[i];
        const struct interval *katz = &row->likelihood.katz.interval;
        bool has_base = row->counts.base > 0, compared = is_compared(row);
        const struct slice cells[] = {
            slice_of(outcome->groups.groups[i].title),
            slice_of(arena_format(arena, "%lld", (long long)row->counts.cases)),
            slice_of(arena_format(arena, "%lld", (long long)row->counts.base)),
            slice_of(share_of(arena, row->counts)),
            slice_of(has_base ? arena_format(arena, "%.1f", row->interval.low) : ""),
            slice_of(has_base ? arena_format(arena, "%.1f", row->interval.high) : ""),
            slice_of(compared ? ratio_words(arena, &row->likelihood) : ""),
            slice_of(compared ? arena_format(arena, "%.2f", katz->low) : ""),
            slice_of(compared ? arena_format(arena, "%.2f", katz->high) : ""),
            slice_of(row->share_ratio != INTEGER_MISSING ? number_print(arena, row->share_ratio, 2)
                                                         : ""),
            slice_of(i > 0 ? likelihood_finding_code(row->likelihood.finding) : ""),
            slice_of(row->events >= 0 ? arena_format(arena, "%lld", (long long)row->events) : ""),
            slice_of(rate_words(arena, row, row->rate)),
            slice_of(rate_words(arena, row, row->rate_interval.low)),
            slice_of(rate_words(arena, row, row->rate_interval.high)),
        };
        csv_write_row(&text, cells, ARRAY_COUNT(cells));
    }
    return print_bytes(work, text_slice(&text));
}

/* Text ------------------------------------------------------------------------------------------
 */

static enum status print_table(struct work *work, const struct outcome *outcome)
{
    struct arena *arena = work->arena;
    struct table_text *table = table_text_new(arena, 6);
    const char *const titles[] = { "  Group", "Of", "Did", "%", "95% interval", "Share ratio" };
    table_text_add(table, titles);
    for (size_t i = 0; i < outcome->groups.count; i++) {
        const struct outcome_group *row = &outcome->rows[i];
        bool has_base = row->counts.base > 0, has_ratio = row->share_ratio != INTEGER_MISSING;
        const struct interval *interval = row->has_weighted ? &row->weighted.interval
                                                            : &row->interval;
        const char *const cells[] = {
            arena_format(arena, "  %s", outcome->groups.groups[i].title),
            count_words(arena, row->counts.base),
            count_words(arena, row->counts.cases),
            row->has_weighted ? arena_format(arena, "%.1f", row->weighted.percent)
                              : (has_base ? share_of(arena, row->counts) : "-"),
            has_base ? arena_format(arena, "%.1f to %.1f", interval->low, interval->high) : "-",
            has_ratio ? arena_format(arena, "%s%s", number_print(arena, row->share_ratio, 2),
                                     is_equal_provision(row) ? "" : " *")
                      : "-",
        };
        table_text_add(table, cells);
    }
    return table_text_print(work, table);
}

/* Cases that are events: somebody may have several. */
static enum status print_rates(struct work *work, const struct outcome *outcome)
{
    struct arena *arena = work->arena;
    struct table_text *table = table_text_new(arena, 4);
    const char *const titles[] = { "  Group", "Cases", "Per 1,000", "95% interval" };
    if (outcome->rows[0].events < 0)
        return STATUS_OK;
    table_text_add(table, titles);
    for (size_t i = 0; i < outcome->groups.count; i++) {
        const struct outcome_group *row = &outcome->rows[i];
        const char *const cells[] = {
            arena_format(arena, "  %s", outcome->groups.groups[i].title),
            count_words(arena, row->events),
            isnan(row->rate) ? "-" : arena_format(arena, "%.1f", row->rate),
            isnan(row->rate) ? "-"
                             : arena_format(arena, "%.1f to %.1f", row->rate_interval.low,
                                            row->rate_interval.high),
        };
        table_text_add(table, cells);
    }
    enum status status = print_line(work, "\n  Cases, each counted, by Byar's method\n");
    return status == STATUS_OK ? table_text_print(work, table) : status;
}

static enum status print_group(struct work *work, const struct outcome *outcome, size_t group)
{
    struct arena *arena = work->arena;
    const struct outcome_group *row = &outcome->rows[group];
    enum status status = print_line(work, "\n%s", outcome->groups.groups[group].title);
    if (status == STATUS_OK)
        status = print_wrapped(work, "  ", sentence_of(arena, outcome, group));
    if (status == STATUS_OK)
        status = print_wrapped(work, "  ",
                               likelihood_reading(arena, &row->words, &row->likelihood));
    if (status != STATUS_OK || !is_compared(row))
        return status;
    return print_wrapped(
        work, "  ",
        arena_format(
            arena, "p is %s by %s%s.%s%s", likelihood_p_words(arena, row->likelihood.test.p),
            row->likelihood.test.is_exact ? "Fisher's exact test" : "the z test",
            outcome->groups.count > 2
                ? arena_format(arena, ", %s adjusted for all comparisons (Holm)",
                               likelihood_p_words(arena, row->adjusted))
                : "",
            row->likelihood.is_below_four_fifths ? " Below four fifths of the reference." : "",
            row->likelihood.is_small ? " A base is below 30: put two or three years "
                                       "together."
                                     : ""));
}

static enum status print_as_text(struct work *work, const struct outcome_request *request,
                                 const struct outcome *outcome)
{
    struct arena *arena = work->arena;
    enum status status = print_wrapped(
        work, "",
        arena_format(arena, "\"%s\"%s%s%s by %s%s", request->outcome,
                     request->among ? " among \"" : "", request->among ? request->among : "",
                     request->among ? "\"" : "", people_roles[request->role].code,
                     outcome->years > 1
                         ? arena_format(arena, ", %zu periods together", outcome->years)
                         : ""));
    if (status == STATUS_OK)
        status = print_wrapped(work, "", PEOPLE_UNPROTECTED);
    if (status == STATUS_OK)
        status = print_line(work, "%s", "");
    if (status == STATUS_OK)
        status = print_table(work, outcome);
    if (status == STATUS_OK)
        status = print_rates(work, outcome);
    if (status == STATUS_OK)
        status = print_wrapped(
            work, "  ",
            arena_format(arena,
                         "The share ratio is a group's share of those who did over its share "
                         "of all; a star: outside 0.9 to 1.1.%s%s",
                         outcome->is_weighted
                             ? arena_format(arena,
                                            " Percentages and their intervals are weighted "
                                            "by \"%s\"; counts are of people.",
                                            outcome->weight)
                             : "",
                         outcome->unknown.base > 0
                             ? arena_format(arena,
                                            " Left out, because their group is not known: "
                                            "%lld of %lld.",
                                            (long long)outcome->unknown.cases,
                                            (long long)outcome->unknown.base)
                             : ""));
    if (status == STATUS_OK && outcome->cases_of_nobody > 0)
        status = print_wrapped(work, "  ",
                               arena_format(arena,
                                            "Cases of nobody in the file: the numbers of %s people "
                                            "are not there.",
                                            count_words(arena, outcome->cases_of_nobody)));
    for (size_t group = 1; group < outcome->groups.count && status == STATUS_OK; group++)
        status = print_group(work, outcome, group);
    if (status == STATUS_OK && outcome->groups.count > 2 && outcome->all.freedom > 0)
        status = print_wrapped(
            work, "",
            arena_format(arena,
                         "\nAll groups together: chi-square %.2f with %lld degrees of "
                         "freedom, p is %s%s.",
                         outcome->all.statistic, (long long)outcome->all.freedom,
                         likelihood_p_words(arena, outcome->all.p),
                         outcome->all.is_rough ? " (rough: an expected number is below 5)" : ""));
    return status;
}

static enum status read_request(struct work *work, const struct compare_job *job,
                                struct outcome_request *request)
{
    const char *by = argument_value(job->command, job->arguments, "by");
    const char *groups = argument_value(job->command, job->arguments, "groups");
    enum pay_period period;
    request->role = PEOPLE_SEX;
    request->among = argument_value(job->command, job->arguments, "among");
    if (by &&
        (!people_role_read(slice_of(by), &request->role, &period) ||
         (people_roles[request->role].kind != PEOPLE_IS_ANSWER && request->role != PEOPLE_AGE)))
        return work_fail(
            work, STATUS_USAGE,
            "--by is a characteristic such as sex, ethnicity, disability, religion or age, "
            "not \"%.40s\".",
            by);
    if (groups && !people_detail_read(groups, &request->detail))
        return work_fail(work, STATUS_USAGE,
                         "--groups is broad, category or binary, not \"%.40s\".", groups);
    return STATUS_OK;
}

/* --trained starters|refresher over --period. The year begins in April where no workspace says
 * otherwise. */
static enum status read_trained(struct work *work, const struct compare_job *job,
                                struct outcome_request *request)
{
    enum { APRIL = 4 };
    const char *trained = argument_value(job->command, job->arguments, "trained"), *code = NULL;
    struct period period;
    if (!trained)
        return STATUS_OK;
    if (strcmp(trained, "starters") != 0 && strcmp(trained, "refresher") != 0)
        return work_fail(work, STATUS_USAGE, "--trained is starters or refresher, not \"%.40s\".",
                         trained);
    request->trained = strcmp(trained, "starters") == 0 ? TRAINED_STARTERS : TRAINED_REFRESHER;
    enum status status = argument_period(work, job->command, job->arguments, &code);
    if (status == STATUS_OK && period_read(slice_of(code), &period))
        request->period = (struct training_period){ date_days(period_first_day(period, APRIL)),
                                                    date_days(period_last_day(period, APRIL)) };
    return status;
}

/* Reads the file of cases into `cases` and compares by who has one. */
static enum status compare_by_cases(struct work *work, const struct compare_job *job,
                                    struct outcome_request *request, struct people *cases,
                                    struct outcome *outcome)
{
    const char *path = argument_value(job->command, job->arguments, "cases");
    const struct people_options options = { .whom = PEOPLE_ALL };
    enum status status = people_read(work, &path, 1, job->labels, &options, cases);
    request->cases = cases;
    request->snapshot = job->snapshot;
    request->cases_where = argument_value(job->command, job->arguments, "cases-where");
    request->outcome = request->cases_where
                           ? request->cases_where
                           : arena_format(work->arena, "a case in %s", file_name(path));
    if (status == STATUS_OK)
        status = read_trained(work, job, request);
    if (status == STATUS_OK)
        status = outcome_make(work, job->labels, job->people, request, outcome);
    return status;
}

enum status compare_by_outcome(struct work *work, const struct compare_job *job,
                               const char *outcome_words)
{
    struct likelihood_metric metric;
    struct outcome_request request = { .outcome = outcome_words, .metric = &metric };
    struct outcome outcome;
    CLEANUP_PEOPLE struct people cases = { 0 };
    const char *code = argument_value(job->command, job->arguments, "metric");
    bool by_cases = argument_value(job->command, job->arguments, "cases") != NULL;
    enum status status = read_request(work, job, &request);
    if (status == STATUS_OK)
        status = likelihood_metric_load(work, code ? code : "likelihood", &metric);
    if (status == STATUS_OK)
        status = by_cases ? compare_by_cases(work, job, &request, &cases, &outcome)
                          : outcome_make(work, job->labels, job->people, &request, &outcome);
    if (status != STATUS_OK)
        return status;
    switch (job->format) {
    case FORMAT_JSON:
        return print_as_json(work, &request, &outcome);
    case FORMAT_CSV:
        return print_as_csv(work, &outcome);
    case FORMAT_TEXT:
        break;
    }
    return print_as_text(work, &request, &outcome);
}
