/* dueregard snapshot: sealed snapshots of people, and what can be done with them. */
#include "service/people_weeks.h"
#include "service/snapshot.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "cli/command.h"
#include "cli/people.h"
#include "service/people_view.h"
#include "service/permission.h"
#include "service/recipe.h"
#include "base/banned.h"

enum { CSV_MOST_BYTES = 64 * 1024 * 1024, KEY_MOST = 4096 };

struct call {
    struct work *work;
    const struct command *command;
    const struct arguments *arguments;
};

static const char *option(const struct call *call, const char *name)
{
    return argument_value(call->command, call->arguments, name);
}

static const char *word(const struct call *call, size_t at)
{
    return at < call->arguments->word_count ? call->arguments->words[at] : NULL;
}

/* A day of an option; without it `standard`, or a failure when that is NULL. */
static enum status day_of(const struct call *call, const char *name, const char *standard,
                          struct date *out_day)
{
    const char *value = option(call, name);
    if (!value && !standard)
        return work_fail(call->work, STATUS_USAGE, "Say which day: --%s 2026-03-31.", name);
    struct slice text = value ? slice_of(value) : slice_first(slice_of(standard), 10);
    if (!date_read_british(text, out_day))
        return work_fail(call->work, STATUS_USAGE, "--%s is a date such as 2026-03-31.", name);
    return STATUS_OK;
}

/* The employee's number: of --key or, so that it stays out of the shell's history, a line of
 * standard input. */
static enum status read_key(const struct call *call, struct slice *out_key)
{
    const char *given = option(call, "key");
    if (given) {
        *out_key = slice_of(given);
        return STATUS_OK;
    }
    char *line = arena_take(call->work->arena, KEY_MOST);
    if (!fgets(line, KEY_MOST, stdin) || slice_trim(slice_of(line)).length == 0)
        return work_fail(call->work, STATUS_USAGE,
                         "Give the employee's number as a line of standard input, or with --key.");
    *out_key = slice_trim(slice_of(line));
    return STATUS_OK;
}

static enum status run_import(const struct call *call)
{
    struct work *work = call->work;
    struct people_labels labels;
    struct people_options options;
    struct snapshot_entry entry;
    bool is_new = false;
    int64_t averaged = 0;
    CLEANUP_PEOPLE struct people people = { 0 };
    struct snapshot_request request = { .code = word(call, 1),
                                        .title = option(call, "title"),
                                        .population = option(call, "population") };
    enum status status = day_of(call, "on", NULL, &request.taken_on);
    if (status == STATUS_OK)
        status = people_arguments(work, call->command, call->arguments, &labels, &options);
    if (status == STATUS_OK) {
        options.whom = snapshot_whom(request.population);
        bool moves = options.whom == PEOPLE_STARTED || options.whom == PEOPLE_LEFT;
        if (moves && !options.since.year)
            return work_fail(work, STATUS_USAGE,
                             "Say since when they started or left: --since 2025-03-31.");
    }
    if (status == STATUS_OK)
        status = people_read(work, call->arguments->words + 2, call->arguments->word_count - 2,
                             &labels, &options, &people);
    if (status == STATUS_OK && option(call, "week-hours"))
        status = people_weeks_add(work, &people, option(call, "week-hours"), &averaged);
    if (status == STATUS_OK)
        status = snapshot_take(work, &people, &request, &entry, &is_new);
    if (status == STATUS_OK)
        status = print_line(work, "%s: %s version %lld of the snapshot \"%s\", %lld people.",
                            request.code, is_new ? "sealed" : "nothing new;",
                            (long long)entry.version.number, entry.snapshot.title,
                            (long long)entry.version.people);
    if (status == STATUS_OK && averaged > 0)
        status = print_line(work, "Hours that are the average of the latest weeks worked: %lld.",
                            (long long)averaged);
    if (status != STATUS_OK || (people_unmatched(&people) == 0 && people.problem_count == 0))
        return status;
    status = print_line(work,
                        "%zu labels were not understood and %lld cells or rows have problems: "
                        "`dueregard people` names them.",
                        people_unmatched(&people), (long long)people.problem_count);
    return status == STATUS_OK ? STATUS_FINDINGS : status;
}

static enum status run_list(const struct call *call)
{
    struct work *work = call->work;
    struct list entries = { 0 };
    enum command_format format = FORMAT_TEXT;
    enum status status = argument_format(work, call->command, call->arguments, &format);
    if (status == STATUS_OK)
        status = snapshot_store_list(work, &entries);
    if (status != STATUS_OK)
        return status;
    json_t *array = json_array();
    struct table_text *table = table_text_new(work->arena, 7);
    const char *const heading[] = { "Code",   "On",      "Title",  "Population",
                                    "People", "Records", "Version" };
    table_text_add(table, heading);
    for (size_t i = 0; i < entries.count; i++) {
        const struct snapshot_entry *entry = entries.items[i];
        const struct snapshot_version *version = &entry->version;
        const char *const cells[] = {
            entry->snapshot.code,
            entry->snapshot.taken_on,
            entry->snapshot.title,
            entry->snapshot.population,
            arena_format(work->arena, "%lld", (long long)version->people),
            arena_format(work->arena, "%lld", (long long)version->records),
            arena_format(work->arena, "%lld", (long long)version->number),
        };
        table_text_add(table, cells);
        json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:s, s:s}", "code",
                                               cells[0], "taken_on", cells[1], "title", cells[2],
                                               "people", (json_int_t)version->people, "records",
                                               (json_int_t)version->records, "version",
                                               (json_int_t)version->number, "sealed_at",
                                               version->sealed_at, "hash", version->sealed_hash));
    }
    if (format == FORMAT_JSON)
        return print_json(work, array);
    json_decref(array);
    return entries.count ? table_text_print(work, table) : print_line(work, "No snapshots yet.");
}

static enum status run_count(const struct call *call)
{
    struct text text = text_new(call->work->arena, CSV_MOST_BYTES);
    enum status status = snapshot_count_csv(call->work, word(call, 1), word(call, 2), &text);
    if (status == STATUS_OK)
        status = print_bytes(call->work, text_slice(&text));
    if (status == STATUS_OK)
        fprintf(stderr, "%s\n", PEOPLE_UNPROTECTED);
    return status;
}

static enum status run_pay(const struct call *call)
{
    const char *amount = option(call, "amount");
    struct text text = text_new(call->work->arena, CSV_MOST_BYTES);
    const char *group = word(call, 2);
    const struct snapshot_pay pay = { amount ? amount : "pay", option(call, "unit"), &group, 1 };
    enum status status = snapshot_pay_csv(call->work, word(call, 1), &pay, &text);
    if (status == STATUS_OK)
        status = print_bytes(call->work, text_slice(&text));
    if (status == STATUS_OK)
        fprintf(stderr, "%s\n", PEOPLE_UNPROTECTED);
    return status;
}

static enum status run_subject(const struct call *call)
{
    struct slice key = { NULL, 0 };
    json_t *json = NULL;
    enum status status = read_key(call, &key);
    if (status == STATUS_OK)
        status = snapshot_subject_json(call->work, word(call, 1), key, &json);
    return status == STATUS_OK ? print_json(call->work, json) : status;
}

static enum status run_remove(const struct call *call)
{
    struct slice key = { NULL, 0 };
    struct snapshot_entry entry;
    const char *reason = option(call, "reason");
    if (!reason)
        return work_fail(call->work, STATUS_USAGE, "Say why: --reason \"erasure asked for\".");
    enum status status = read_key(call, &key);
    if (status == STATUS_OK)
        status = snapshot_remove_subject(call->work, word(call, 1), key, reason, &entry);
    if (status == STATUS_OK)
        status = print_line(call->work,
                            "Removed. Version %lld has %lld people; the key of the version before "
                            "is destroyed, so that no backup opens it.",
                            (long long)entry.version.number, (long long)entry.version.people);
    return status;
}

static enum status run_stop(const struct call *call)
{
    struct slice key = { NULL, 0 };
    struct stop_request request = { .code = word(call, 1) };
    struct date ended = { 0 };
    if (option(call, "ended")) {
        enum status status = day_of(call, "ended", NULL, &ended);
        if (status == STATUS_OK)
            status = snapshot_stop_end(call->work, request.code, ended);
        return status == STATUS_OK ? print_line(call->work, "The notice has ended.") : status;
    }
    enum status status = day_of(call, "received", call->work->now, &request.received);
    if (status == STATUS_OK)
        status = day_of(call, "effective", date_print(call->work->arena, request.received),
                        &request.effective);
    if (status == STATUS_OK)
        status = read_key(call, &key);
    if (status == STATUS_OK)
        status = snapshot_stop(call->work, &request, key);
    if (status == STATUS_OK)
        status = print_line(call->work,
                            "Recorded. From %s on, the person's special category data is left out "
                            "of every count.",
                            date_print_long(call->work->arena, request.effective));
    return status;
}

static enum status print_values(struct work *work, const struct list *values)
{
    static const char *const outcomes[] = { [PUT_INSERTED] = "new",
                                            [PUT_CHANGED] = "changed",
                                            [PUT_UNCHANGED] = "as it was",
                                            [PUT_REFUSED] = "refused" };
    size_t refused = 0;
    struct table_text *table = table_text_new(work->arena, 6);
    const char *const heading[] = { "Measure", "Unit", "Breakdown", "Counted", "Among", "" };
    table_text_add(table, heading);
    for (size_t i = 0; i < values->count; i++) {
        const struct recipe_value *value = values->items[i];
        bool is_refused = value->outcome == PUT_REFUSED;
        const char *among = value->denominator == INTEGER_MISSING
                                ? ""
                                : number_print_short(work->arena, value->denominator);
        const char *const cells[] = {
            value->measure,
            value->unit,
            value->breakdown,
            is_refused ? "" : arena_format(work->arena, "%lld", (long long)value->numerator),
            is_refused ? "" : among,
            is_refused ? value->words
                       : arena_format(work->arena, "%s%s", outcomes[value->outcome],
                                      value->is_withheld ? ", withheld" : ""),
        };
        table_text_add(table, cells);
        refused += is_refused;
    }
    if (values->count == 0)
        return print_line(work, "There are no recipes; `dueregard import measure-recipes FILE` "
                                "brings them in.");
    enum status status = table_text_print(work, table);
    return status == STATUS_OK && refused > 0 ? STATUS_FINDINGS : status;
}

static enum status run_measures(const struct call *call)
{
    struct list values = { 0 };
    const char *period = NULL;
    enum status status = argument_period(call->work, call->command, call->arguments, &period);
    if (status == STATUS_OK)
        status = recipe_run(call->work, call->arguments->word_count > 1 ? word(call, 1) : NULL,
                            period, option(call, "measure"), &values);
    return status == STATUS_OK ? print_values(call->work, &values) : status;
}

static const struct {
    const char *name, *words;
    size_t least, most;
    enum status (*run)(const struct call *call);
} verbs[] = {
    { "import", " CODE FILE…", 3, COMMAND_MOST_WORDS, run_import },
    { "list", "", 1, 1, run_list },
    { "count", " CODE TABLE", 3, 3, run_count },
    { "pay", " CODE GROUP", 3, 3, run_pay },
    { "measures", " [CODE]", 1, 2, run_measures },
    { "subject", " CODE", 2, 2, run_subject },
    { "remove", " CODE", 2, 2, run_remove },
    { "stop", " NOTICE", 2, 2, run_stop },
};

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct call call = { work, command, arguments };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i].name, arguments->words[0]) != 0)
            continue;
        if (arguments->word_count < verbs[i].least || arguments->word_count > verbs[i].most)
            return work_fail(work, STATUS_USAGE, "Write `dueregard snapshot %s%s`.", verbs[i].name,
                             verbs[i].words);
        return verbs[i].run(&call);
    }
    return work_fail(work, STATUS_USAGE,
                     "snapshot knows import, list, count, pay, measures, subject, remove and stop, "
                     "not \"%.40s\".",
                     arguments->words[0]);
}

const struct command command_snapshot = {
    .name = "snapshot",
    .words = "import | list | count | pay | measures | subject | remove | stop",
    .summary = "sealed snapshots of people: bring in, count, feed measures, serve one subject",
    .details =
        "snapshot import workforce-2026 staff.csv --on 2026-03-31 --map labels.csv\n"
        "snapshot count workforce-2026 'ethnicity*unit-1/unit-2'     unprotected, as CSV\n"
        "snapshot pay workforce-2026 sex --unit unit-1     people, mean, median, bands, as CSV\n"
        "snapshot measures workforce-2026 --period 2025-26     values by the recipes\n"
        "snapshot measures --period 2025-26     on the latest of each population in the period\n"
        "snapshot subject workforce-2026     all that is held under a number, as JSON\n"
        "snapshot remove workforce-2026 --reason \"erasure asked for\"\n"
        "snapshot stop notice-12 --received 2026-05-01 --effective 2026-05-29\n"
        "The employee's number is a line of standard input, or given with --key.",
    .options = { { "on", "DATE", "import: the day of the snapshot; rows in force then stay",
                   false },
                 { "population", "NAME",
                   "import: workforce (standard), starters, leavers, or a name of your own",
                   false },
                 { "since", "DATE", "import: starters and leavers after that day", false },
                 { "title", "TEXT", "import: what the snapshot is called", false },
                 { "map", "FILE", "import: what labels stand for", false },
                 { "column", "ROLE=HEADING", "import: name a column by hand", true },
                 { "sheet", "NAME", "import: the sheet of a spreadsheet", false },
                 { "week-hours", "COLUMNS",
                   "import: hours of each week, the latest first, as W1/W2/…, where hours vary",
                   false },
                 { "amount", "NAME", "pay: pay (standard), bonus or overtime", false },
                 { "unit", "COLUMNS", "pay: in each unit too, such as unit-1/unit-2", false },
                 { "period", "PERIOD", "measures: the period of the values", false },
                 { "measure", "CODE", "measures: only this one", false },
                 { "key", "NUMBER", "subject, remove, stop: the employee's number", false },
                 { "reason", "TEXT", "remove: why", false },
                 { "received", "DATE", "stop: when the notice came (standard: today)", false },
                 { "effective", "DATE", "stop: from when it holds (standard: at once)", false },
                 { "ended", "DATE", "stop: the notice was taken back on that day", false },
                 { "format", "FORMAT", "list: text or json", false } },
    .least_words = 1,
    .most_words = COMMAND_MOST_WORDS,
    .need = NEED_WRITE,
    .right = RIGHT_PEOPLE_KEEP,
    .run = run,
};
