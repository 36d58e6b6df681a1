/* dueregard report: a document of the workspace in any format. */
#include "report/progress_report.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/period.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "document/render.h"
#include "report/board_report.h"
#include "service/freeze.h"
#include "service/workspace.h"
#include "base/banned.h"

/* The report of today; with --freeze it is kept whole, however little of it is shown. */
static enum status make_tree(struct work *work, const struct command *command,
                             const struct arguments *arguments, bool is_brief,
                             struct document_tree **out_tree)
{
    struct period period;
    struct progress *progress = NULL;
    const char *words = NULL, *freeze = argument_value(command, arguments, "freeze");
    struct progress_options options = { .scheme = argument_value(command, arguments, "scheme"),
                                        .unit = argument_value(command, arguments, "unit") };
    const struct progress_report_options report = { .is_brief = is_brief };
    enum status status = argument_period(work, command, arguments, &words);
    if (status != STATUS_OK)
        return status;
    bool read = period_read(slice_of(words), &period);
    assert(read);
    status = progress_load(work, period, &options, &progress);
    if (status != STATUS_OK)
        return status;
    if (freeze) {
        const struct freeze_about about = {
            .code = freeze,
            .title = arena_format(work->arena, "Progress report, %s", progress->period_words),
            .kind = "progress",
            .period = words,
            .findings = &progress->findings,
            .reason = argument_value(command, arguments, "reason"),
        };
        status = freeze_document(work, progress_report(work, progress, NULL), &about);
    }
    if (status == STATUS_OK)
        *out_tree = progress_report(work, progress, &report);
    return status;
}

/* What one directorate answers in its return, for its Improvement Board. */
static enum status make_board_tree(struct work *work, const struct command *command,
                                   const struct arguments *arguments,
                                   struct document_tree **out_tree)
{
    const char *period = NULL, *unit = argument_value(command, arguments, "unit");
    struct return_sheet *sheet = NULL;
    struct authority *authority = NULL;
    enum status status = argument_period(work, command, arguments, &period);
    if (status == STATUS_OK && !unit)
        status = work_fail(work, STATUS_USAGE, "Name the directorate with --unit CODE.");
    if (status == STATUS_OK)
        status = return_sheet_load(work, return_code(work->arena, period, unit), RETURN_SHEET_ALL,
                                   &sheet);
    if (status == STATUS_OK)
        status = permission_require(work, RIGHT_RETURN_FILL, sheet->head.unit);
    if (status == STATUS_OK)
        status = progress_store_authority(work, &authority);
    if (status == STATUS_OK)
        *out_tree = board_report(work, sheet, authority ? authority->name : NULL);
    return status;
}

static enum status load_tree(struct work *work, const struct command *command,
                             const struct arguments *arguments, const char *format,
                             struct document_tree **out_tree)
{
    const char *frozen = argument_value(command, arguments, "frozen");
    if (strcmp(arguments->words[0], "board") == 0)
        return make_board_tree(work, command, arguments, out_tree);
    bool is_brief = strcmp(format, "text") == 0 && !argument_value(command, arguments, "full");
    return frozen ? freeze_load(work, frozen, out_tree)
                  : make_tree(work, command, arguments, is_brief, out_tree);
}

/* Freezing writes; everything else only reads. */
static enum status open_store(struct work *work, const struct command *command,
                              const struct arguments *arguments)
{
    bool writes = argument_value(command, arguments, "freeze") != NULL;
    return workspace_open(work, arguments->folder, writes ? STORE_WRITE : STORE_READ);
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct document_tree *tree = NULL;
    struct slice bytes;
    const char *path = argument_value(command, arguments, "output");
    const char *format = argument_value(command, arguments, "format");
    bool is_board = strcmp(arguments->words[0], "board") == 0;
    if (!is_board && strcmp(arguments->words[0], "progress") != 0)
        return work_fail(work, STATUS_USAGE, "The reports are progress and board, not \"%.40s\".",
                         arguments->words[0]);
    format = format ? format : "text";
    const struct document_format *known = document_format_named(format);
    if (!known)
        return work_fail(work, STATUS_USAGE,
                         "--format is text, html, odt, ods, csv or json, not \"%.40s\".", format);
    bool packed = strcmp(format, "odt") == 0 || strcmp(format, "ods") == 0;
    if (!path && packed && isatty(STDOUT_FILENO))
        return work_fail(work, STATUS_USAGE, "Give -o FILE: an %s file is not for the terminal.",
                         format);
    struct document_options options = { .width = (int)terminal_width(),
                                        .colour = !path && terminal_has_colour(),
                                        .without_sources = !argument_value(command, arguments,
                                                                           "full") };
    enum status status = open_store(work, command, arguments);
    if (status == STATUS_OK)
        status = load_tree(work, command, arguments, format, &tree);
    if (status == STATUS_OK)
        status = document_render(work, tree, format, &options, &bytes);
    return status == STATUS_OK ? print_output(work, path, bytes) : status;
}

const struct command command_report = {
    .name = "report",
    .words = "progress | board",
    .summary =
        "make the progress report of a period, or a directorate's board report, in any format",
    .details = "As text it is brief, for the terminal; --full has the narratives and the sources.\n"
               "report board --period 2012-13-Q2 --unit place-shaping -o board.odt --format odt",
    .options = { { "period", "PERIOD", "the period, such as 2012-13-Q1", false },
                 { "scheme", "CODE", "the scheme (standard: the one in force in the period)",
                   false },
                 { "unit", "CODE", "only the measures of this unit; board: whose report it is",
                   false },
                 { "format", "FORMAT", "text, html, odt, ods, csv or json", false },
                 { "full", NULL, "as text: everything, with narratives and sources", false },
                 { "freeze", "CODE", "put the report on record as it is, with every figure",
                   false },
                 { "reason", "TEXT", "freeze: why figures stand that may give somebody away",
                   false },
                 { "frozen", "CODE",
                   "the report that was kept under CODE; what was revised says so", false },
                 { "output", "FILE", "write to FILE (also -o FILE)", false } },
    .least_words = 1,
    .most_words = 1,
    .need = NEED_WORKSPACE,
    .right = RIGHT_READ,
    .run = run,
};
