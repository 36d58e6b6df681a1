/* dueregard protect FILE: tables of people's records, protected together. */
#include "cli/protect.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "cli/people.h"
#include "disclosure/record_keys.h"
#include "disclosure/release.h"
#include "disclosure/secondary.h"
#include "service/file_cube.h"
#include "service/release_attack.h"
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
    enum protect_format { AS_CSV, AS_ODS, AS_JSON } format;
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
            request->format = (enum protect_format)i;
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
        status = profile_find(request->work, request->profiles, name ? name : PROFILE_STANDARD,
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

/* Tables without what cannot be read would be wrong. Rows that are nobody, such as totals, or the
 * same as another are left out and told of. */
static enum status check_read(const struct request *request, const struct file_cube *cube)
{
    if (cube->unread == 0) {
        if (cube->left_out > 0 && !value_of(request, "quiet"))
            people_tell_problems(&cube->problems, cube->problems.list.count);
        return STATUS_OK;
    }
    const struct list *problems = &cube->problems.list;
    const struct problem *first = problems->items[0];
    for (size_t i = 0; i < problems->count && !first->column; i++) /* not a row left out */
        if (((const struct problem *)problems->items[i])->column)
            first = problems->items[i];
    return work_fail(request->work, STATUS_INPUT,
                     "%s, row %lld%s%s: %s; %lld rows in all cannot be read, and tables without "
                     "them would be wrong.",
                     first->file, (long long)first->row, first->column ? ", " : "",
                     first->column ? first->column : "", first->words, (long long)cube->unread);
}

static enum status print_release(const struct request *request, const struct release *release,
                                 const struct release_attack *attack)
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
    const char *report = arena_format(
        work->arena, "%s%s\n", release_report(work, release, &request->profile), attack->words);
    const char *path = value_of(request, "report");
    if (path)
        return file_write(work, path, slice_of(report));
    if (!value_of(request, "quiet"))
        fputs(report, stderr);
    return STATUS_OK;
}

/* What the cell-key method needs beside: the secret, the noise, and who is who. */
struct keys {
    unsigned char secret[CELL_KEY_SECRET_LENGTH];
    const struct cell_key_table *noise; /* NULL: another method */
    const char *person;
};

static enum status read_keys(const struct request *request, struct keys *keys)
{
    const char *secret = value_of(request, "secret"), *noise = value_of(request, "noise");
    *keys = (struct keys){ .person = value_of(request, "person") };
    if (request->profile.method != PROFILE_CELL_KEY)
        return secret || noise || keys->person
                   ? work_fail(request->work, STATUS_USAGE,
                               "--secret, --noise and --person go with --profile cell-key.")
                   : STATUS_OK;
    if (!secret || !keys->person || request->counts)
        return work_fail(request->work, STATUS_USAGE,
                         "Cell keys need --secret FILE and --person COLUMN, and a row for each "
                         "person.");
    enum status status = cell_key_read_secret(request->work, secret, keys->secret);
    if (status == STATUS_OK && noise)
        return cell_key_read_table(request->work, noise, &keys->noise);
    if (status == STATUS_OK)
        keys->noise = cell_key_standard(request->work);
    return status;
}

/* Counts again, with the sums of record keys beside the counts. */
static enum status count_keys(struct work *work, const struct file_cube *cube,
                              const struct keys *keys, struct columns **out_keyed,
                              struct cube *out_cube)
{
    enum status status = record_keys_add(work, cube->columns, (size_t)cube->person, keys->secret,
                                         out_keyed);
    if (status != STATUS_OK)
        return status;
    const struct cube_request wanted = {
        .columns = *out_keyed,
        .tables = cube->tables,
        .table_count = cube->cube.table_count,
        .weight = (ptrdiff_t)(*out_keyed)->count - 1,
    };
    return cube_count(work, &wanted, out_cube);
}

static enum status release_people(struct request *request, const struct file_cube *cube,
                                  const struct keys *keys)
{
    CLEANUP_COLUMNS struct columns *keyed = NULL;
    struct cube key_cube;
    struct work *work = request->work;
    struct release_plan *plan = NULL;
    struct release release = { 0 };
    struct release_attack attack = { .certificate = NULL };
    struct release_options options = { .profile = &request->profile,
                                       .effort = request->effort,
                                       .noise = keys->noise };
    const size_t amount = (size_t)cube->amount;
    if (cube->amount >= 0)
        options.amount = &amount;
    bool is_grouped = request->counts || cube->is_cube; /* a row stands for several people */
    struct release_plan_source source = {
        .people = cube->columns,
        .tables = cube->tables,
        .table_count = cube->cube.table_count,
        .cube = &cube->cube,
        .weight_unit = is_grouped ? NUMBER_ONE : 0,
        .profiles = request->profile.method == PROFILE_NONE ? NULL : request->profiles,
    };
    enum status status = check_read(request, cube);
    if (status == STATUS_OK && is_grouped && request->profile.method == PROFILE_ADDITIVE)
        status = work_fail(work, STATUS_USAGE,
                           "Small count rounding needs a row for each person, not groups.");
    if (status == STATUS_OK && is_grouped && cube->amount >= 0)
        status = work_fail(work, STATUS_USAGE,
                           "Means of an amount need a row for each person, not groups.");
    if (status == STATUS_OK && is_grouped && cube->cube.unweighted)
        status = work_fail(
            work, STATUS_INPUT, "%lld rows have no number of people in the column \"%.60s\".",
            (long long)cube->cube.unweighted, request->counts ? request->counts : "count");
    if (status == STATUS_OK && keys->noise) {
        status = count_keys(work, cube, keys, &keyed, &key_cube);
        source.people = keyed;
        source.cube = &key_cube;
        source.has_keys = true;
    }
    if (status == STATUS_OK)
        status = release_plan_make(work, &source, &plan);
    if (status == STATUS_OK)
        status = release_make(work, plan, &options, &release);
    if (status == STATUS_REFUSED && release.certificate)
        fprintf(stderr, "A reader works it out: %s.\n", release.certificate);
    if (status == STATUS_OK)
        status = release_attack(work, &release, &request->profile, &attack);
    if (status == STATUS_REFUSED && attack.certificate)
        fputs(attack.certificate, stderr);
    return status == STATUS_OK ? print_release(request, &release, &attack) : status;
}

enum status protect_tables(struct work *work, const struct command *command,
                           const struct arguments *arguments)
{
    const char *choices[COMMAND_MOST_REPEATED];
    struct request request = { .work = work, .command = command, .arguments = arguments };
    CLEANUP_FILE_CUBE struct file_cube cube = { .variables = NULL };
    struct keys keys = { .noise = NULL };
    enum status status = read_options(&request);
    if (status == STATUS_OK)
        status = read_keys(&request, &keys);
    struct file_cube_request wanted = {
        .paths = arguments->words,
        .path_count = arguments->word_count,
        .tables = request.tables,
        .choices = choices,
        .choice_count = argument_repeated(command, arguments, "column", choices),
        .sheet = argument_value(command, arguments, "sheet"),
        .weight = request.counts,
        .takes_cube = true,
        .amount = argument_value(command, arguments, "amount"),
        .person = keys.person,
        .all_margins = true,
    };
    if (status == STATUS_OK)
        status = file_cube_count(work, &wanted, &cube);
    return status == STATUS_OK ? release_people(&request, &cube, &keys) : status;
}
