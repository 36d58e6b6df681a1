/* dueregard import: a spreadsheet's rows into the workspace. */

#include "base/arena.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/kind.h"
#include "service/import.h"
#include "base/banned.h"

enum { SHOWN_PROBLEMS = 40, SHOWN_CHANGES = 40 };

static enum status read_sets(struct work *work, const char *const *sets, size_t count,
                             struct import_constant *constants)
{
    for (size_t i = 0; i < count; i++) {
        struct slice rest = slice_of(sets[i]), name;
        if (!slice_split(&rest, '=', &name) || !rest.start)
            return work_fail(work, STATUS_USAGE,
                             "Write --set NAME=TEXT, such as "
                             "--set period=2012-13-Q1.");
        constants[i] = (struct import_constant){ slice_copy(work->arena, name), rest.start };
    }
    return STATUS_OK;
}

static const char *place(struct work *work, const char *sheet, int64_t row)
{
    return sheet ? arena_format(work->arena, "sheet %s, row %lld", sheet, (long long)row)
                 : arena_format(work->arena, "row %lld", (long long)row);
}

static enum status print_problems(struct work *work, const struct import_result *result)
{
    const struct list *problems = &result->problems.list;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < problems->count && i < SHOWN_PROBLEMS; i++) {
        const struct problem *problem = problems->items[i];
        status = print_line(work, "  %s, %s%s%s: %s", file_name(problem->file),
                            place(work, problem->sheet, problem->row),
                            problem->column ? ", column " : "",
                            problem->column ? problem->column : "", problem->words);
    }
    if (status == STATUS_OK && problems->count > SHOWN_PROBLEMS)
        status = print_line(work, "  … and more; the mend file has them all.");
    return status;
}

static enum status print_changes(struct work *work, const struct import_result *result)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < result->changes.count && i < SHOWN_CHANGES; i++) {
        const struct import_change *change = result->changes.items[i];
        status = print_line(work, "  %s: %s", place(work, change->sheet, change->row),
                            change->words);
    }
    if (status == STATUS_OK && result->changes.count > SHOWN_CHANGES)
        status = print_line(work, "  … and more.");
    return status;
}

static enum status print_text(struct work *work, const char *path, bool dry_run,
                              const struct import_result *result)
{
    enum status status = STATUS_OK;
    if (dry_run)
        status = print_changes(work, result);
    if (status == STATUS_OK)
        status = print_line(work,
                            "%s: %lld %s read; %lld %s, %lld %s, %lld as they were, %lld "
                            "refused.",
                            file_name(path), (long long)result->read,
                            result->read == 1 ? "row" : "rows", (long long)result->inserted,
                            dry_run ? "would be new" : "new", (long long)result->changed,
                            dry_run ? "would change" : "changed", (long long)result->unchanged,
                            (long long)result->rejected);
    if (status == STATUS_OK && result->dates_moved > 0)
        status = print_line(work, "  %lld actions %s due on another day.",
                            (long long)result->dates_moved, dry_run ? "would be" : "are");
    for (size_t i = 0; status == STATUS_OK && i < result->skipped.count; i++)
        status = print_line(work, "  %s", (const char *)result->skipped.items[i]);
    if (status == STATUS_OK)
        status = print_problems(work, result);
    if (status == STATUS_OK && dry_run)
        status = print_line(work, "Nothing was written: this was a dry run.");
    return status;
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    const char *sets[COMMAND_MOST_REPEATED];
    size_t set_count = argument_repeated(command, arguments, "set", sets);
    struct import_constant constants[COMMAND_MOST_REPEATED];
    struct import_result result;
    const char *path = arguments->words[1];
    const char *mend = argument_value(command, arguments, "mend");
    struct import_options options = { .constants = constants,
                                      .constant_count = set_count,
                                      .dry_run = argument_value(command, arguments, "dry-run") };
    enum status status = kind_find(work, arguments->words[0], &options.entity);
    if (status == STATUS_OK)
        status = read_sets(work, sets, set_count, constants);
    if (status != STATUS_OK)
        return status;
    enum status outcome = import_file(work, path, &options, &result);
    if (outcome != STATUS_OK && outcome != STATUS_FINDINGS)
        return outcome;
    status = print_text(work, path, options.dry_run, &result);
    if (status == STATUS_OK && result.mend && mend) {
        status = file_write(work, mend, (struct slice){ result.mend, result.mend_length });
        if (status == STATUS_OK)
            status = print_line(work, "The refused rows are in %s: mend them and send that file.",
                                mend);
    } else if (status == STATUS_OK && result.mend) {
        status = print_line(work, "Give --mend FILE to have the refused rows as a file to mend.");
    }
    return status == STATUS_OK ? outcome : status;
}

const struct command command_import = {
    .name = "import",
    .words = "KIND FILE",
    .summary = "take in a CSV, XLSX, ODS or DOCX file of actions, measures, targets, values, …",
    .details = "KIND is what the rows are, such as values or action-leads.\n"
               "Headings are the field names, or what councils write (rules/headings.csv).\n"
               "Good rows go in although others fail; sending the same file twice changes nothing.",
    .listed = kinds_listed,
    .options = { { "dry-run", NULL, "show what would change, and write nothing", false },
                 { "set", "NAME=TEXT", "a value for a column that the file does not have", true },
                 { "mend", "FILE", "write the refused rows, each with its problem, to FILE",
                   false } },
    .least_words = 2,
    .most_words = 2,
    .need = NEED_WRITE,
    .right = RIGHT_DATA_IMPORT,
    .run = run,
};
