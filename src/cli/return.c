/* dueregard return: the life of the quarter's returns, from opening a period to freezing. */
#include "service/return_life.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/return_scorecard.h"
#include "codec/table_reader.h"
#include "model/unit.h"
#include "service/finding.h"
#include "service/return_board.h"
#include "service/return_file.h"
#include "base/banned.h"

typedef enum status verb_run(struct work *work, const struct command *command,
                             const struct arguments *arguments);

static const char *value(const struct command *command, const struct arguments *arguments,
                         const char *name)
{
    return argument_value(command, arguments, name);
}

/* The code of the return of --period and --unit. */
static enum status named_return(struct work *work, const struct command *command,
                                const struct arguments *arguments, const char **out_code)
{
    const char *period = NULL, *unit = value(command, arguments, "unit");
    enum status status = argument_period(work, command, arguments, &period);
    if (status != STATUS_OK)
        return status;
    if (!unit)
        return work_fail(work, STATUS_USAGE, "Name the unit whose return it is with --unit CODE.");
    *out_code = return_code(work->arena, period, unit);
    return STATUS_OK;
}

static enum status run_open(struct work *work, const struct command *command,
                            const struct arguments *arguments)
{
    const char *words = NULL;
    struct period period;
    int64_t opened = 0;
    enum status status = argument_period(work, command, arguments, &words);
    if (status == STATUS_OK && !period_read(slice_of(words), &period))
        status = STATUS_USAGE;
    if (status == STATUS_OK)
        status = return_open_period(work, period, value(command, arguments, "scheme"), &opened);
    if (status == STATUS_OK)
        status = print_line(work, "%s: %lld returns opened.",
                            period_print_long(work->arena, period), (long long)opened);
    return status;
}

static enum status run_board(struct work *work, const struct command *command,
                             const struct arguments *arguments)
{
    const char *period = NULL;
    enum command_format format = FORMAT_TEXT;
    struct list entries = { 0 };
    enum status status = argument_period(work, command, arguments, &period);
    if (status == STATUS_OK)
        status = argument_format(work, command, arguments, &format);
    if (status == STATUS_OK)
        status = return_board_load(work, period, &entries);
    if (status != STATUS_OK)
        return status;
    if (format == FORMAT_JSON)
        return print_json(work, return_board_json(&entries));
    struct table_text *table = table_text_new(work->arena, 5);
    table_text_add(table, (const char *const[]){ "Unit", "State", "Due", "Answered", "Late" });
    for (size_t i = 0; i < entries.count; i++) {
        const struct return_board_entry *entry = entries.items[i];
        table_text_add(table, (const char *const[]){ entry->unit_name, entry->state_words,
                                                     entry->head->due_on ? entry->head->due_on : "",
                                                     arena_format(work->arena, "%zu of %zu",
                                                                  entry->answered, entry->rows),
                                                     entry->late_words });
    }
    return table_text_print(work, table);
}

static enum status print_row(struct work *work, const struct return_sheet_row *row)
{
    enum status status = print_wrapped(work, arena_format(work->arena, "%-6s", row->row->reference),
                                       row->row->success_criterion ? row->row->success_criterion
                                                                   : "");
    const char *answer = !row->has_answer ? "not answered"
                         : row->computed  ? row->reasoning
                                          : "answered";
    if (status == STATUS_OK)
        status = print_wrapped(work, "      ", answer);
    for (size_t i = 0; status == STATUS_OK && i < row->problems.count; i++)
        status = print_wrapped(work, "      mend   ",
                               ((const struct problem *)row->problems.items[i])->words);
    for (size_t i = 0; status == STATUS_OK && i < row->findings.count; i++)
        status = print_wrapped(work, "      check  ",
                               ((const struct finding *)row->findings.items[i])->message);
    return status;
}

static enum status run_show(struct work *work, const struct command *command,
                            const struct arguments *arguments)
{
    const char *code = NULL;
    enum command_format format = FORMAT_TEXT;
    struct return_sheet *sheet = NULL;
    enum status status = named_return(work, command, arguments, &code);
    if (status == STATUS_OK)
        status = argument_format(work, command, arguments, &format);
    if (status == STATUS_OK)
        status = return_sheet_load(work, code, RETURN_SHEET_ALL, &sheet);
    if (status != STATUS_OK)
        return status;
    if (format == FORMAT_JSON)
        return print_json(work, return_sheet_json(work->arena, sheet));
    status = print_line(work, "%s, %s: %s. %zu of %zu rows answered, %zu to be mended.",
                        sheet->unit_name, sheet->period_words,
                        return_state_words(sheet->head.state), sheet->answered, sheet->rows.count,
                        sheet->with_problems);
    if (status == STATUS_OK && sheet->locked)
        status = print_wrapped(work, "", sheet->locked);
    for (size_t i = 0; status == STATUS_OK && i < sheet->rows.count; i++)
        status = print_row(work, sheet->rows.items[i]);
    return status;
}

static enum status run_sheet(struct work *work, const struct command *command,
                             const struct arguments *arguments)
{
    const char *code = NULL, *path = value(command, arguments, "output");
    struct return_sheet *sheet = NULL;
    struct slice bytes;
    enum status status = named_return(work, command, arguments, &code);
    if (status == STATUS_OK && !path)
        status = work_fail(work, STATUS_USAGE, "Name the file with -o FILE.ods or -o FILE.xlsx.");
    if (status == STATUS_OK)
        status = return_sheet_load(work, code, RETURN_FILE_PARTS, &sheet);
    if (status == STATUS_OK)
        status = return_file_write(
            work, sheet, slice_ends(slice_of(path), ".xlsx") ? RETURN_FILE_XLSX : RETURN_FILE_ODS,
            &bytes);
    return status == STATUS_OK ? file_write(work, path, bytes) : status;
}

static enum status print_taken(struct work *work, const struct return_taken *taken)
{
    enum status status = print_line(
        work, "%lld rows read; %lld changed, %lld as they were, %lld conflicts, %lld refused.",
        (long long)taken->read, (long long)taken->changed, (long long)taken->unchanged,
        (long long)taken->conflicts, (long long)taken->refused);
    for (size_t i = 0; status == STATUS_OK && i < taken->problems.list.count; i++) {
        const struct problem *problem = taken->problems.list.items[i];
        status = print_wrapped(
            work,
            arena_format(work->arena, "  row %lld, %s: ", (long long)problem->row, problem->column),
            problem->words);
    }
    if (status != STATUS_OK)
        return status;
    return taken->problems.list.count > 0 ? STATUS_FINDINGS : STATUS_OK;
}

static enum status run_take(struct work *work, const struct command *command,
                            const struct arguments *arguments)
{
    const char *code = NULL, *path = arguments->words[1];
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct return_taken taken;
    enum status status = named_return(work, command, arguments, &code);
    if (status == STATUS_OK && arguments->word_count < 2)
        status = work_fail(work, STATUS_USAGE, "Name the file that came back.");
    if (status == STATUS_OK)
        status = table_reader_open(work, path, NULL, &reader);
    if (status == STATUS_OK)
        status = return_file_take(work, path, reader, code, &taken);
    return status == STATUS_OK ? print_taken(work, &taken) : status;
}

static enum status run_scorecard(struct work *work, const struct command *command,
                                 const struct arguments *arguments)
{
    const char *code = NULL;
    enum status status = named_return(work, command, arguments, &code);
    return status == STATUS_OK ? return_scorecard_run(work, command, arguments, code) : status;
}

static enum status run_except(struct work *work, const struct command *command,
                              const struct arguments *arguments)
{
    const char *code = NULL, *until = value(command, arguments, "until");
    const char *reason = value(command, arguments, "reason");
    enum status status = named_return(work, command, arguments, &code);
    if (status == STATUS_OK)
        status = return_allow_exception(work, code, until ? until : "", reason);
    return status == STATUS_OK ? print_line(work, "%s may be written until %s.", code, until)
                               : status;
}

static const struct {
    const char *name;
    verb_run *run;
} verbs[] = {
    { "open", run_open },           { "board", run_board }, { "show", run_show },
    { "sheet", run_sheet },         { "take", run_take },   { "except", run_except },
    { "scorecard", run_scorecard },
};

/* Every other word is a step of the table of transitions. */
static enum status run_step(struct work *work, const struct command *command,
                            const struct arguments *arguments)
{
    const char *code = NULL, *action = arguments->words[0];
    struct return_sheet *sheet = NULL;
    bool is_known = false;
    for (size_t i = 0; i < return_transition_count; i++)
        is_known = is_known || strcmp(return_transitions[i].action, action) == 0;
    if (!is_known)
        return work_fail(
            work, STATUS_USAGE,
            "return knows open, board, show, scorecard, sheet, take, except, submit, approve, "
            "send-back, freeze, revise and refreeze, not \"%.40s\".",
            action);
    enum status status = named_return(work, command, arguments, &code);
    if (status == STATUS_OK)
        status = return_take_step(work, code, action, value(command, arguments, "reason"), &sheet);
    for (size_t i = 0; status == STATUS_REFUSED && sheet && i < sheet->rows.count; i++) {
        const struct return_sheet_row *row = sheet->rows.items[i];
        if (row->problems.count > 0 && print_row(work, row) != STATUS_OK)
            return STATUS_STORAGE;
    }
    return status == STATUS_OK ? print_line(work, "Done: %s.", code) : status;
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    for (size_t i = 0; i < ARRAY_COUNT(verbs); i++)
        if (strcmp(verbs[i].name, arguments->words[0]) == 0)
            return verbs[i].run(work, command, arguments);
    return run_step(work, command, arguments);
}

const struct command command_return = {
    .name = "return",
    .words = "open | board | show | scorecard FILE | sheet | take FILE | except | STEP",
    .summary = "open a period, send the returns out and take them in, submit, approve, freeze",
    .details = "open and board want --period; the others --period and --unit.\n"
               "STEP is submit, approve, send-back, freeze, revise or refreeze.\n"
               "return open --period 2012-13-Q2\n"
               "return sheet --period 2012-13-Q2 --unit place-shaping -o return.ods\n"
               "return take return.ods --period 2012-13-Q2 --unit place-shaping\n"
               "return scorecard place.xlsx --period 2012-13-Q2 --unit place-shaping",
    .options = { { "period", "PERIOD", "the period, such as 2012-13-Q2", false },
                 { "unit", "CODE", "the unit whose return it is", false },
                 { "scheme", "CODE", "open: this scheme (standard: the one in force)", false },
                 { "reason", "TEXT",
                   "send-back, revise, except: why; freeze: why words stand that give somebody "
                   "away",
                   false },
                 { "until", "DATE", "except: the last day", false },
                 { "format", "FORMAT", "board, show: text or json", false },
                 { "dry-run", NULL, "scorecard: show how it is understood, fill nothing in",
                   false },
                 { "save", NULL, "scorecard: fill in and remember what is understood", false },
                 { "output", "FILE",
                   "sheet: FILE.ods or FILE.xlsx; scorecard: proposals as CSV (also -o FILE)",
                   false } },
    .least_words = 1,
    .most_words = 2,
    .need = NEED_WRITE,
    .right = RIGHT_READ,
    .run = run,
};
