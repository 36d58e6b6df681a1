/* dueregard people: what is in an extract of people, how it is read, what is missing. */
#include "cli/people.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "service/people_view.h"
#include "service/snapshot.h"
#include "service/workspace.h"
#include "base/banned.h"

enum { CSV_MOST_BYTES = 64 * 1024 * 1024, SHOWN_LABELS = 30, SHOWN_PROBLEMS = 20 };

static enum status print_head(struct work *work, const struct people *people,
                              const struct people_options *options)
{
    enum status status = print_wrapped(work, "",
                                       arena_format(work->arena,
                                                    "%s rows were read; %s stay and are %s %s.",
                                                    count_words(work->arena, people->rows_read),
                                                    count_words(work->arena, people->columns->rows),
                                                    count_words(work->arena, people->people),
                                                    people->people == 1 ? "person" : "people"));
    /* NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Branch) */
    if (status == STATUS_OK && options->on.year)
        status = print_line(work, "In force on %s.", date_print_long(work->arena, options->on));
    if (status == STATUS_OK && people->joiners != INTEGER_MISSING)
        status = print_line(
            work, "Since %s, %s joined and %s left.", date_print_long(work->arena, options->since),
            count_words(work->arena, people->joiners), count_words(work->arena, people->leavers));
    const char *sheets = people_other_sheets(people);
    if (status == STATUS_OK && sheets)
        status = print_wrapped(work, "",
                               arena_format(work->arena,
                                            "The sheet \"%s\" was read, not %s. --sheet NAME reads "
                                            "another.",
                                            people->sheet, sheets));
    if (status == STATUS_OK)
        status = print_wrapped(work, "", PEOPLE_UNPROTECTED);
    return status;
}

static const char *role_words(struct work *work, const struct people_field *field)
{
    const struct people_column *column = field->column;
    if (column->is_ignored)
        return "left out";
    if (column->role == PEOPLE_UNKNOWN)
        return "";
    if (column->role == PEOPLE_UNIT)
        return arena_format(work->arena, "unit, level %d", column->level + 1);
    return people_roles[column->role].code;
}

static enum status print_columns(struct work *work, const struct people *people)
{
    struct table_text *table = table_text_new(work->arena, 4);
    const char *const heading[] = { "Column", "Read as", "Filled", "Why" };
    table_text_add(table, heading);
    for (size_t i = 0; i < people->field_count; i++) {
        const struct people_field *field = &people->fields[i];
        const char *why = field->column->reason;
        bool is_date = people_roles[field->column->role].kind == PEOPLE_IS_DATE;
        if (is_date && field->filled > 0)
            why = arena_format(
                work->arena, "%s The dates are %s%s.", why, date_form_words(field->dates.form),
                field->dates.is_certain ? "" : ", taken as British: no day is above 12");
        if (field->unread > 0)
            why = arena_format(work->arena, "%s %s cells could not be read.", why,
                               count_words(work->arena, field->unread));
        const char *const cells[] = { field->column->heading, role_words(work, field),
                                      field->values < 0 ? "not read"
                                                        : count_words(work->arena, field->filled),
                                      why };
        table_text_add(table, cells);
    }
    enum status status = print_line(work, "\nColumns\n");
    return status == STATUS_OK ? table_text_print(work, table) : status;
}

static enum status print_labels(struct work *work, const struct people_field *field)
{
    struct table_text *table = table_text_new(work->arena, 4);
    size_t shown = 0;
    for (size_t i = 0; i < field->label_count && field->labels[i].count > 0; i++) {
        const struct label_count *label = &field->labels[i];
        const char *list = NULL, *code = NULL;
        const char *means = people_answer_words(field, &label->answer);
        if (shown++ == SHOWN_LABELS)
            break;
        people_answer_map(field, &label->answer, &list, &code);
        if (label->suggestion.likeness > 0)
            means = arena_format(work->arena, "not understood; perhaps %s (%d%% alike)",
                                 label->suggestion.code
                                     ? label->suggestion.code->label
                                     : answer_state_title(label->suggestion.state),
                                 label->suggestion.likeness);
        const char *const cells[] = { arena_format(work->arena, "  %s",
                                                   label->written.length
                                                       ? slice_copy(work->arena, label->written)
                                                       : "(blank)"),
                                      count_words(work->arena, label->count),
                                      label->answer.state == ANSWER_GIVEN ? code : "", means };
        table_text_add(table, cells);
    }
    enum status status = print_line(work, "\n%s: %s, by the list %s (%s)", field->column->heading,
                                    people_roles[field->column->role].title,
                                    field->question.list ? field->question.list->name : "none",
                                    field->question.reason);
    if (status == STATUS_OK)
        status = table_text_print(work, table);
    if (status == STATUS_OK && shown > SHOWN_LABELS)
        status = print_line(work, "  … and more; --format csv has them all.");
    return status;
}

size_t people_tell_problems(const struct problems *problems, size_t most)
{
    size_t told = 0;
    for (; told < problems->list.count && told < most; told++) {
        const struct problem *problem = problems->list.items[told];
        size_t length = strlen(problem->words);
        fprintf(stderr, "%s%s%s, row %lld%s%s: %s%s\n", problem->file, problem->sheet ? ", " : "",
                problem->sheet ? problem->sheet : "", (long long)problem->row,
                problem->column ? ", " : "", problem->column ? problem->column : "", problem->words,
                length > 0 && problem->words[length - 1] == '.' ? "" : ".");
    }
    return told;
}

static enum status print_problems(struct work *work, const struct people *people)
{
    enum status status = STATUS_OK;
    struct list missing = people_missing(people);
    if (missing.count > 0)
        status = print_line(work, "\nMissing\n");
    for (size_t i = 0; status == STATUS_OK && i < missing.count; i++)
        status = print_wrapped(work, "  ", missing.items[i]);
    if (status != STATUS_OK || people->problem_count == 0)
        return status;
    status = print_line(work, "\nProblems: %s\n", count_words(work->arena, people->problem_count));
    for (size_t i = 0; status == STATUS_OK && i < people->problems.list.count; i++) {
        const struct problem *problem = people->problems.list.items[i];
        if (i == SHOWN_PROBLEMS)
            return print_line(work, "  … and more; --format json has the first %d.",
                              PEOPLE_PROBLEMS_KEPT);
        const char *place = problem->row > 0
                                ? arena_format(work->arena, ", row %lld", (long long)problem->row)
                                : "";
        status = print_wrapped(work, "  ",
                               arena_format(work->arena, "%s%s%s%s: %s", problem->file, place,
                                            problem->column ? ", " : "",
                                            problem->column ? problem->column : "",
                                            problem->words));
    }
    return status;
}

static enum status print_text(struct work *work, const struct people *people,
                              const struct people_options *options)
{
    enum status status = print_head(work, people, options);
    if (status == STATUS_OK)
        status = print_columns(work, people);
    for (size_t i = 0; status == STATUS_OK && i < people->field_count; i++)
        if (people->fields[i].labels)
            status = print_labels(work, &people->fields[i]);
    if (status == STATUS_OK)
        status = print_problems(work, people);
    size_t unmatched = people_unmatched(people);
    if (status == STATUS_OK && unmatched > 0)
        status = print_line(work, "%s", "");
    if (status == STATUS_OK && unmatched > 0)
        status = print_wrapped(
            work, "",
            arena_format(work->arena,
                         "%zu label%s not understood. Give --template FILE to have them as a file "
                         "with suggestions; mend it and give it back with --map FILE.",
                         unmatched, unmatched == 1 ? " was" : "s were"));
    return status;
}

static enum status write_template(struct work *work, const struct people *people, const char *path,
                                  bool is_text)
{
    struct text text = text_new(work->arena, CSV_MOST_BYTES);
    people_labels_as_csv(people, true, &text);
    enum status status = file_write(work, path, text_slice(&text));
    if (status == STATUS_OK && is_text)
        status = print_line(work, "The labels to mend are in %s.", path);
    return status;
}

static enum status print_csv(struct work *work, const struct people *people)
{
    struct text text = text_new(work->arena, CSV_MOST_BYTES);
    people_labels_as_csv(people, false, &text);
    return print_bytes(work, text_slice(&text));
}

static enum status read_day(struct work *work, const struct command *command,
                            const struct arguments *arguments, const char *name,
                            struct date *out_day)
{
    const char *value = argument_value(command, arguments, name);
    if (value && !date_read_british(slice_of(value), out_day))
        return work_fail(work, STATUS_USAGE, "--%s is a date such as 2026-03-31.", name);
    return STATUS_OK;
}

enum status people_arguments(struct work *work, const struct command *command,
                             const struct arguments *arguments, struct people_labels *labels,
                             struct people_options *out_options)
{
    const char *given[COMMAND_MOST_REPEATED];
    const char *map = argument_value(command, arguments, "map");
    size_t count = argument_repeated(command, arguments, "column", given);
    struct people_choice *choices = arena_array_of(work->arena, count + 1, struct people_choice);
    for (size_t i = 0; i < count; i++)
        choices[i].text = given[i];
    struct people_options options = { .choices = choices,
                                      .choice_count = count,
                                      .sheet = argument_value(command, arguments, "sheet") };
    enum status status = read_day(work, command, arguments, "on", &options.on);
    if (status == STATUS_OK)
        status = read_day(work, command, arguments, "since", &options.since);
    if (status == STATUS_OK && options.since.year && !options.on.year)
        return work_fail(work, STATUS_USAGE, "--since needs --on, the day up to which it counts.");
    if (status == STATUS_OK)
        status = people_labels_read(work, labels);
    if (status == STATUS_OK && work->store)
        status = snapshot_labels_load(work, labels);
    if (status == STATUS_OK && map)
        status = people_labels_add_map(work, labels, map);
    if (status == STATUS_OK)
        *out_options = options;
    return status;
}

static const char *file_names(struct arena *arena, const struct arguments *arguments)
{
    const char *names = file_name(arguments->words[0]);
    for (size_t i = 1; i < arguments->word_count; i++)
        names = arena_format(arena, "%s, %s", names, file_name(arguments->words[i]));
    return names;
}

enum status people_source_read(struct work *work, const struct command *command,
                               const struct arguments *arguments, struct people_labels *labels,
                               struct people_options *options, struct people_source *out_source)
{
    const char *code = argument_value(command, arguments, "snapshot");
    const bool *only = options->only;
    if ((code != NULL) == (arguments->word_count > 0))
        return work_fail(work, STATUS_USAGE,
                         "%s wants files, or --snapshot CODE and no files; see `dueregard %s "
                         "--help`.",
                         command->name, command->name);
    enum status status = code ? workspace_open(work, arguments->folder, STORE_READ) : STATUS_OK;
    if (status == STATUS_OK)
        status = people_arguments(work, command, arguments, labels, options);
    options->only = only;
    if (status != STATUS_OK)
        return status;
    if (!code) {
        status = people_read(work, arguments->words, arguments->word_count, labels, options,
                             &out_source->read);
        out_source->people = &out_source->read;
        out_source->names = file_names(work->arena, arguments);
        return status;
    }
    if (options->choice_count > 0 || options->sheet || options->on.year)
        return work_fail(work, STATUS_USAGE,
                         "A snapshot is read as it was sealed: --column, --sheet and --on are for "
                         "files.");
    status = permission_require(work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = sealed_people_open(work, &labels->lists, code, NULL, &out_source->sealed);
    out_source->people = &out_source->sealed.people;
    out_source->names = out_source->sealed.entry.snapshot.title;
    return status;
}

void people_source_close(struct people_source *source)
{
    people_free(&source->read);
    sealed_people_close(&source->sealed);
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct people_labels labels;
    struct people_options options;
    enum command_format format = FORMAT_TEXT;
    const char *template = argument_value(command, arguments, "template");
    CLEANUP_PEOPLE struct people people = { 0 };
    const char *folder = argument_value(command, arguments, "workspace");
    enum status status = argument_format(work, command, arguments, &format);
    if (status == STATUS_OK && folder)
        status = workspace_open(work, folder, STORE_READ);
    if (status == STATUS_OK)
        status = people_arguments(work, command, arguments, &labels, &options);
    options.is_summary = true;
    if (status == STATUS_OK)
        status = people_read(work, arguments->words, arguments->word_count, &labels, &options,
                             &people);
    if (status != STATUS_OK)
        return status;
    if (format == FORMAT_JSON)
        status = print_json(work, people_as_json(&people));
    else if (format == FORMAT_CSV)
        status = print_csv(work, &people);
    else
        status = print_text(work, &people, &options);
    if (status == STATUS_OK && template)
        status = write_template(work, &people, template, format == FORMAT_TEXT);
    bool findings = people_unmatched(&people) > 0 || people.problem_count > 0;
    return status == STATUS_OK && findings ? STATUS_FINDINGS : status;
}

const struct command command_people = {
    .name = "people",
    .words = "FILE…",
    .summary = "show how an extract of people is read: columns, labels, what is missing",
    .details =
        "Several files with the same headings are one extract. A map is a CSV file with the "
        "columns column, label, list and code. Exits with 1 when something was not understood.",
    .options = { PEOPLE_FILE_OPTIONS,
                 { "template", "FILE", "write the labels that were not understood, to mend",
                   false },
                 { "since", "DATE", "count joiners and leavers after that day", false },
                 { "workspace", "DIR", "use the labels that this workspace has confirmed", false },
                 { "format", "FORMAT", "text, json or csv (the labels, as a map)", false } },
    .least_words = 1,
    .most_words = COMMAND_MOST_WORDS,
    .need = NEED_NOTHING,
    .right = RIGHT_DATA_IMPORT,
    .run = run,
};
