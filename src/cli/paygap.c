/* dueregard paygap: the statutory figures of an extract, without any workspace. */
#include "cli/paygap.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "cli/people.h"
#include "service/pay_csv.h"
#include "base/banned.h"

/* What the analyst asked for. */
struct request {
    struct pay_report_options options;
    struct people_options people;
    enum command_format format;
    bool is_government;
};

static bool read_role(const char *word, enum people_role *out_role)
{
    static const enum people_role roles[] = { PEOPLE_SEX, PEOPLE_ETHNICITY, PEOPLE_DISABILITY };
    for (size_t i = 0; i < ARRAY_COUNT(roles); i++)
        if (strcmp(people_roles[roles[i]].code, word) == 0) {
            *out_role = roles[i];
            return true;
        }
    return false;
}

/* Over how many hundredths of days a bonus was earned. */
static bool read_earned(const char *word, int64_t *out_days)
{
    static const struct {
        const char *word;
        int64_t days;
    } periods[] = { { "week", PAY_DAYS_WEEK },
                    { "month", PAY_DAYS_MONTH },
                    { "quarter", PAY_DAYS_YEAR / 4 },
                    { "half-year", PAY_DAYS_YEAR / 2 },
                    { "year", PAY_DAYS_YEAR } };
    for (size_t i = 0; i < ARRAY_COUNT(periods); i++)
        if (strcmp(periods[i].word, word) == 0) {
            *out_days = periods[i].days;
            return true;
        }
    return false;
}

static enum status read_request(struct work *work, const struct command *command,
                                const struct arguments *arguments, struct request *request)
{
    const char *by = argument_value(command, arguments, "by");
    const char *groups = argument_value(command, arguments, "groups");
    const char *earned = argument_value(command, arguments, "bonus-earned");
    enum status status = argument_format(work, command, arguments, &request->format);
    if (status != STATUS_OK)
        return status;
    if (by && !read_role(by, &request->options.role))
        return work_fail(work, STATUS_USAGE, "--by is sex, ethnicity or disability, not \"%.40s\".",
                         by);
    if (groups && !people_detail_read(groups, &request->options.detail))
        return work_fail(work, STATUS_USAGE,
                         "--groups is broad, category or binary, not \"%.40s\".", groups);
    if (earned && !read_earned(earned, &request->options.bonus_days))
        return work_fail(work, STATUS_USAGE,
                         "--bonus-earned is week, month, quarter, half-year or year, not "
                         "\"%.40s\".",
                         earned);
    request->is_government = argument_value(command, arguments, "government") != NULL;
    if (request->is_government && request->options.role != PEOPLE_SEX)
        return work_fail(work, STATUS_USAGE, "--government is for the gap by sex alone.");
    return STATUS_OK;
}

/* The answers that the figures need; where columns are named by heading, any may be needed. */
static const bool *needed_roles(struct arena *arena, const struct pay_report_options *options)
{
    if (options->unit_count > 0 || options->week_hours || options->period_bonus)
        return NULL;
    bool *only = arena_array_of(arena, PEOPLE_ROLE_COUNT, bool);
    only[options->role] = true;
    only[PEOPLE_DISABILITY_ACTIVITY] = options->role == PEOPLE_DISABILITY;
    return only;
}

/* The government's row; what its service would object to is told on standard error. */
static enum status print_government(struct work *work, const struct command *command,
                                    const struct arguments *arguments,
                                    const struct pay_report *report)
{
    const char *sets[COMMAND_MOST_REPEATED];
    const struct government_words words = { sets,
                                            argument_repeated(command, arguments, "set", sets) };
    struct text text = text_new(work->arena, PAY_CSV_MOST);
    struct problems problems = { .arena = work->arena };
    enum status status = pay_government_csv(work, report, &words, &text, &problems);
    if (status == STATUS_OK)
        status = print_bytes(work, text_slice(&text));
    for (size_t i = 0; status == STATUS_OK && i < problems.list.count; i++) {
        const struct problem *problem = problems.list.items[i];
        fprintf(stderr, "dueregard: %s: %s\n", problem->column, problem->words);
    }
    return status == STATUS_OK && problems.list.count > 0 ? STATUS_FINDINGS : status;
}

static enum status print_csv(struct work *work, const struct pay_report *report)
{
    struct text text = text_new(work->arena, PAY_CSV_MOST);
    enum status status = pay_report_csv(work, report, NULL, &text);
    return status == STATUS_OK ? print_bytes(work, text_slice(&text)) : status;
}

/* The snapshot date, which decides the minimum wage. */
static const char *snapshot_day(struct work *work, const struct request *request,
                                const struct people_source *source)
{
    if (source->sealed.snapshot)
        return source->sealed.entry.snapshot.taken_on;
    return request->people.on.year ? date_print(work->arena, request->people.on)
                                   : arena_copy(work->arena, work->now, strlen("2026-03-31"));
}

static enum status print_report(struct work *work, const struct command *command,
                                const struct arguments *arguments, const struct request *request,
                                const struct paygap_print *print)
{
    if (request->is_government)
        return print_government(work, command, arguments, print->report);
    switch (request->format) {
    case FORMAT_JSON:
        return paygap_print_json(work, print);
    case FORMAT_CSV:
        return print_csv(work, print->report);
    case FORMAT_TEXT:
        break;
    }
    return paygap_print_text(work, print);
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct request request = { .options = { .role = PEOPLE_SEX, .bonus_days = PAY_DAYS_YEAR } };
    struct people_labels labels;
    CLEANUP_PEOPLE_SOURCE struct people_source source = { 0 };
    struct pay_report report = { 0 };
    const char *units[COMMAND_MOST_REPEATED];
    enum status status = read_request(work, command, arguments, &request);
    if (status != STATUS_OK)
        return status;
    request.options.units = units;
    request.options.unit_count = argument_repeated(command, arguments, "unit", units);
    request.options.week_hours = argument_value(command, arguments, "week-hours");
    request.options.period_bonus = argument_value(command, arguments, "period-bonus");
    request.people.only = needed_roles(work->arena, &request.options);
    status = people_source_read(work, command, arguments, &labels, &request.people, &source);
    if (status != STATUS_OK)
        return status;
    request.options.on = snapshot_day(work, &request, &source);
    status = pay_report_make(work, &labels, source.people, &request.options, &report);
    if (status != STATUS_OK)
        return status;
    struct paygap_print print = { source.people, &report, source.names };
    return print_report(work, command, arguments, &request, &print);
}

const struct command command_paygap = {
    .name = "paygap",
    .words = "FILE… | --snapshot CODE",
    .summary = "the statutory pay gap figures of an extract or a snapshot, unprotected",
    .details = "paygap people.csv --column sex=Gender --column pay=Base_Salary --unit "
               "Department/Division\n"
               "paygap people.xlsx --by ethnicity --groups binary\n"
               "paygap --snapshot workforce-2026 --by disability\n"
               "paygap people.csv --government --set EmployerName=\"Council\"",
    .options = { PEOPLE_SOURCE_OPTIONS,
                 { "by", "WHAT", "sex (also when it is not given), ethnicity or disability",
                   false },
                 { "groups", "HOW", "ethnicity: broad, category or binary", false },
                 { "unit", "COLUMN", "the same per unit: Department, or Department/Division",
                   true },
                 { "week-hours", "COLUMNS",
                   "hours of each week, the latest first, as W1/W2/…, where hours vary", false },
                 { "period-bonus", "COLUMN", "bonuses paid in the pay period, part of pay", false },
                 { "bonus-earned", "PERIOD", "over which these were earned (standard: year)",
                   false },
                 { "format", "FORMAT", "text, json or csv", false },
                 { "government", NULL, "the columns of the government's service, as CSV", false },
                 { "set", "COLUMN=TEXT", "government: what the file cannot say", true } },
    .least_words = 0,
    .most_words = COMMAND_MOST_WORDS,
    .need = NEED_ITSELF,
    .right = RIGHT_PUBLIC,
    .run = run,
};
