/* dueregard protect FILE: tables of people's records, protected together. */
#include "cli/protect.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "codec/columns_reader.h"
#include "disclosure/release.h"
#include "disclosure/secondary.h"
#include "base/banned.h"

struct request {
    struct work *work;
    const struct command *command;
    const struct arguments *arguments;
    struct profile profile;
    const struct profiles *profiles;
    const char *tables; /* the list of tables */
    const char *counts; /* the column that says how many people a row stands for, or NULL */
    int64_t effort;
    enum { AS_CSV, AS_ODS, AS_JSON } format;
};

static const char *value_of(const struct request *request, const char *name)
{
    return argument_value(request->command, request->arguments, name);
}

static enum status read_format(struct request *request)
{
    static const char *const names[] = { "csv", "ods", "json" };
    const char *value = value_of(request, "format"), *output = value_of(request, "output");
    for (int i = 0; value && i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            request->format = i;
            if (i == AS_ODS && !output)
                return work_fail(request->work, STATUS_USAGE,
                                 "An ODS file goes into a file: give -o FILE.");
            return STATUS_OK;
        }
    request->format = AS_CSV;
    return value ? work_fail(request->work, STATUS_USAGE,
                             "--format is csv, ods or json, not \"%.40s\".", value)
                 : STATUS_OK;
}

static enum status read_profile(struct request *request)
{
    const char *name = value_of(request, "profile"), *value = value_of(request, "threshold");
    int64_t threshold = 0;
    enum status status = profiles_load(request->work, &request->profiles);
    if (status == STATUS_OK)
        status = profile_find(request->work, request->profiles, name ? name : "public",
                              &request->profile);
    if (status == STATUS_OK && value)
        status = argument_integer(request->work, request->command, request->arguments, "threshold",
                                  (struct argument_range){ 1, 1000000, 0 }, &threshold);
    if (status == STATUS_OK && value)
        status = profile_raise(request->work, &request->profile, threshold);
    if (status == STATUS_OK && request->profile.is_restricted && !value_of(request, "restricted"))
        return work_fail(request->work, STATUS_REFUSED,
                         "The profile %s hides nothing; say --restricted if only people of the "
                         "restricted role will see the result.",
                         request->profile.name);
    return status;
}

static enum status read_options(struct request *request)
{
    request->tables = value_of(request, "tables");
    request->counts = value_of(request, "counts");
    if (!request->tables)
        return work_fail(request->work, STATUS_USAGE,
                         "Say which tables: --tables FILE, with the headings "
                         "table,variables,levels.");
    enum status status = read_format(request);
    if (status == STATUS_OK)
        status = read_profile(request);
    if (status == STATUS_OK)
        status = argument_integer(
            request->work, request->command, request->arguments, "effort",
            (struct argument_range){ 0, SECONDARY_MOST_EFFORT, SECONDARY_STANDARD_EFFORT },
            &request->effort);
    return status;
}

/* The columns that the list of tables names, as categories; last the column of counts. */
static enum status read_people(struct request *request, struct columns **out_people)
{
    struct work *work = request->work;
    const char **names = NULL;
    size_t count = 0;
    enum status status = release_plan_headings(work, request->tables, &names, &count);
    if (status != STATUS_OK)
        return status;
    struct columns_wish *wishes = arena_array_of(work->arena, count + 1, struct columns_wish);
    for (size_t i = 0; i < count; i++)
        wishes[i] = (struct columns_wish){ .heading = names[i], .kind = COLUMN_CATEGORY };
    if (request->counts)
        wishes[count++] = (struct columns_wish){ .heading = request->counts,
                                                 .name = "count of people",
                                                 .kind = COLUMN_DECIMAL };
    struct columns_request wanted = {
        .paths = request->arguments->words, .path_count = 1, .wishes = wishes, .wish_count = count
    };
    struct columns_reading reading;
    status = columns_read(work, &wanted, &reading);
    if (status != STATUS_OK)
        return status;
    if (reading.rejected_count) {
        const struct problem *first = reading.rejected.list.items[0];
        columns_free(reading.columns);
        return work_fail(work, STATUS_INPUT,
                         "%s, row %lld: %s; %lld rows in all cannot be read, and tables without "
                         "them would be wrong.",
                         first->file, (long long)first->row, first->words,
                         (long long)reading.rejected_count);
    }
    *out_people = reading.columns;
    return STATUS_OK;
}

static enum status print_release(const struct request *request, const struct release *release)
{
    struct work *work = request->work;
    struct slice bytes;
    enum status status = STATUS_OK;
    switch (request->format) {
    case AS_ODS:
        status = released_as_ods(work, release->tables, release->table_count, &bytes);
        break;
    case AS_JSON:
        status = released_as_json(work, release->tables, release->table_count, &bytes);
        break;
    case AS_CSV:
        status = released_as_csv(work, release->tables, release->table_count, &bytes);
    }
    if (status == STATUS_OK)
        status = print_output(work, value_of(request, "output"), bytes);
    if (status != STATUS_OK)
        return status;
    const char *report = release_report(work, release, &request->profile);
    const char *path = value_of(request, "report");
    if (path)
        return file_write(work, path, slice_of(report));
    if (!value_of(request, "quiet"))
        fputs(report, stderr);
    return STATUS_OK;
}

static enum status release_people(struct request *request, const struct columns *people)
{
    struct work *work = request->work;
    struct release_plan_tables tables;
    struct cube cube;
    struct release_plan *plan = NULL;
    struct release release = { 0 };
    struct release_options options = { &request->profile, request->effort };
    enum status status = release_plan_read_tables(work, request->tables, people, &tables);
    if (status != STATUS_OK)
        return status;
    struct cube_request wanted = {
        .columns = people,
        .tables = tables.tables,
        .table_count = tables.count,
        .weight = request->counts ? columns_find(people, "count of people") : -1,
    };
    status = cube_count(work, &wanted, &cube);
    struct release_plan_source source = {
        .people = people,
        .tables = &tables,
        .cube = &cube,
        .profiles = request->profile.method == PROFILE_NONE ? NULL : request->profiles,
    };
    if (status == STATUS_OK)
        status = release_plan_make(work, &source, &plan);
    if (status == STATUS_OK)
        status = release_make(work, plan, &options, &release);
    if (status == STATUS_REFUSED && release.certificate)
        fprintf(stderr, "A reader works it out: %s.\n", release.certificate);
    return status == STATUS_OK ? print_release(request, &release) : status;
}

enum status protect_tables(struct work *work, const struct command *command,
                           const struct arguments *arguments)
{
    struct request request = { .work = work, .command = command, .arguments = arguments };
    CLEANUP_COLUMNS struct columns *people = NULL;
    enum status status = read_options(&request);
    if (status == STATUS_OK)
        status = read_people(&request, &people);
    return status == STATUS_OK ? release_people(&request, people) : status;
}
