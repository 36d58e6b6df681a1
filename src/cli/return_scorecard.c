/* dueregard return scorecard: fills a return from the directorate's own scorecard. */
#include "cli/return_scorecard.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "codec/csv_writer.h"
#include "codec/table_reader.h"
#include "model/codes.h"
#include "model/scorecard_match.h"
#include "service/scorecard_fill.h"
#include "base/banned.h"

enum { SHOWN_MOST = 40, PROPOSALS_MOST = 1 << 20 };

static const char *outcome_words(enum scorecard_outcome outcome)
{
    static const char *const words[] = { [SCORECARD_FILLS] = "to fill in",
                                         [SCORECARD_RENEWS] = "to renew",
                                         [SCORECARD_SAME] = "filled in",
                                         [SCORECARD_KEEPS] = "kept: written otherwise",
                                         [SCORECARD_TWICE] = "another cell says otherwise" };
    return words[outcome];
}

static const char *cell_words(struct arena *arena, const char *sheet, const char *cell)
{
    return *sheet ? arena_format(arena, "%s, %s", sheet, cell) : cell;
}

static enum status print_answers(struct work *work, const struct scorecard_reading *reading)
{
    struct table_text *table = table_text_new(work->arena, 5);
    if (reading->answers.count == 0)
        return print_line(work, "Nothing of this return was found in the file.");
    table_text_add(table, (const char *const[]){ "Row", "What", "From", "Says", "" });
    for (size_t i = 0; i < reading->answers.count; i++) {
        const struct scorecard_answer *answer = reading->answers.items[i];
        table_text_add(
            table, (const char *const[]){ answer->row->row->reference,
                                          code_label(scorecard_meanings, answer->input),
                                          cell_words(work->arena, answer->sheet, answer->cell),
                                          cell_shortened(work->arena, answer->words, SHOWN_MOST),
                                          outcome_words(answer->outcome) });
    }
    return table_text_print(work, table);
}

static enum status print_columns(struct work *work, const struct scorecard_reading *reading)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < reading->words.count; i++) {
        const struct scorecard_word *word = reading->words.items[i];
        if (!word->is_open)
            continue;
        const char *like = word->suggestion
                               ? arena_format(work->arena, " Perhaps: %s.", word->suggestion)
                               : "";
        status = print_wrapped(
            work, "  column  ",
            arena_format(work->arena, "\"%.200s\" (%s) is not understood.%s", word->shown,
                         cell_words(work->arena, word->sheet, word->cell), like));
    }
    return status;
}

static enum status print_gaps(struct work *work, const struct scorecard_reading *reading)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < reading->gaps.count; i++) {
        const struct scorecard_gap *gap = reading->gaps.items[i];
        struct arena *arena = work->arena;
        const char *was = gap->was ? arena_format(arena, " Last time it was \"%.200s\".", gap->was)
                                   : "";
        const char *like = gap->likeliest
                               ? arena_format(
                                     arena, " Perhaps \"%.200s\" (%s)?", gap->likeliest->shown,
                                     cell_words(arena, gap->likeliest->sheet, gap->likeliest->cell))
                               : "";
        status = print_wrapped(work, arena_format(arena, "  %-6s  ", gap->row->row->reference),
                               arena_format(arena, "%.200s is not in the file.%s%s",
                                            gap->row->measure->title, was, like));
    }
    return status;
}

static void propose(struct text *text, const char *unit, const struct scorecard_word *word,
                    const char *meaning, const char *measure)
{
    const struct slice cells[] = { slice_of(unit), slice_of(word->place), slice_of(word->words),
                                   slice_of(meaning), slice_of(measure) };
    csv_write_row(text, cells, ARRAY_COUNT(cells));
}

/* Rows of scorecard-matches to be mended and imported: the likeliest, or that it is not for the
 * return. */
static struct slice proposals(struct work *work, const char *unit,
                              const struct scorecard_reading *reading)
{
    static const struct slice headings[] = {
        { "unit", 4 }, { "place", 5 }, { "words", 5 }, { "meaning", 7 }, { "measure", 7 }
    };
    struct text text = text_new(work->arena, PROPOSALS_MOST);
    csv_write_row(&text, headings, ARRAY_COUNT(headings));
    for (size_t i = 0; i < reading->words.count; i++) {
        const struct scorecard_word *word = reading->words.items[i];
        if (word->is_open)
            propose(&text, unit, word, word->suggestion ? word->suggestion : SCORECARD_IGNORED, "");
    }
    for (size_t i = 0; i < reading->gaps.count; i++) {
        const struct scorecard_gap *gap = reading->gaps.items[i];
        if (gap->likeliest)
            propose(&text, unit, gap->likeliest, SCORECARD_MEASURE, gap->row->measure->code);
    }
    return text_slice(&text);
}

/* What was not understood, and what to do about it. */
static enum status ask(struct work *work, const char *unit, const char *output,
                       const struct scorecard_reading *reading)
{
    enum status status = print_columns(work, reading);
    if (status == STATUS_OK)
        status = print_gaps(work, reading);
    if (status == STATUS_OK && output)
        status = file_write(work, output, proposals(work, unit, reading));
    if (status == STATUS_OK)
        status = print_wrapped(
            work, "",
            output ? arena_format(work->arena,
                                  "Nothing is filled in yet. Mend %.200s, import it with "
                                  "`dueregard import scorecard-matches`, and send the scorecard "
                                  "again.",
                                  output)
                   : "Nothing is filled in yet. With -o FILE you get proposals to mend and "
                     "import; with --save it is filled in, and remembered, as it is understood.");
    return status == STATUS_OK ? STATUS_FINDINGS : status;
}

static enum status fill(struct work *work, const char *path, const struct return_sheet *sheet)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct scorecard_filled filled;
    enum status status = table_reader_open(work, path, NULL, &reader);
    if (status == STATUS_OK)
        status = scorecard_keep(work, sheet, path, reader);
    if (status == STATUS_OK)
        status = scorecard_fill(work, sheet->head.code, NULL, 0, &filled);
    if (status == STATUS_OK)
        status = print_answers(work, &filled.reading);
    if (status == STATUS_OK)
        status = print_gaps(work, &filled.reading);
    if (status == STATUS_OK)
        status = print_line(work, "%lld answers in %lld rows filled in; %lld kept as written.",
                            (long long)filled.inputs, (long long)filled.rows,
                            (long long)filled.kept);
    for (size_t i = 0; status == STATUS_OK && i < filled.problems.list.count; i++) {
        const struct problem *problem = filled.problems.list.items[i];
        status = print_wrapped(work, arena_format(work->arena, "  %s  ", problem->column),
                               problem->words);
    }
    return status == STATUS_OK && filled.problems.list.count > 0 ? STATUS_FINDINGS : status;
}

enum status return_scorecard_run(struct work *work, const struct command *command,
                                 const struct arguments *arguments, const char *code)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct return_sheet *sheet = NULL;
    struct scorecard_grid grid;
    struct scorecard_reading reading;
    const char *path = arguments->word_count > 1 ? arguments->words[1] : NULL;
    if (!path)
        return work_fail(work, STATUS_USAGE, "Name the scorecard's file.");
    enum status status = return_sheet_load(work, code, 0, &sheet);
    if (status == STATUS_OK)
        status = table_reader_open(work, path, NULL, &reader);
    if (status == STATUS_OK)
        status = scorecard_grid_read(work, path, reader, &grid);
    if (status == STATUS_OK)
        status = scorecard_read(work, sheet, &grid, &reading);
    if (status != STATUS_OK)
        return status;
    bool is_asking = reading.is_asking && !argument_value(command, arguments, "save");
    if (!is_asking && !argument_value(command, arguments, "dry-run"))
        return fill(work, path, sheet);
    status = print_answers(work, &reading);
    if (status != STATUS_OK || !is_asking)
        return status;
    return ask(work, sheet->unit_code, argument_value(command, arguments, "output"), &reading);
}
