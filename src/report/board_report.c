#include "report/board_report.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "model/codes.h"
#include "model/states/return_states.h"
#include "model/unit.h"
#include "report/report_runs.h"
#include "service/finding.h"
#include "service/progress.h"
#include "base/banned.h"

/* A report under way. */
struct making {
    struct document_tree *tree;
    const struct return_sheet *sheet;
    struct unit unit;
    bool is_given;
};

/* The rating that is printed: the declared one, else the computed one. */
static const struct scale_level *printed(const struct return_sheet_row *row)
{
    return row->declared ? row->declared : row->computed;
}

static const char *title_of(const struct return_sheet_row *row)
{
    return row->measure ? row->measure->title : row->row->success_criterion;
}

static void add_level(struct document_runs *runs, const struct return_sheet_row *row)
{
    const struct scale_level *level = printed(row);
    if (!level) {
        runs_add_text(runs, "None");
        return;
    }
    const struct document_rating rating = report_rating(level);
    runs_add_rating(runs, &rating);
    if (row->declared && row->computed && row->declared != row->computed) {
        const struct document_rating computed = report_rating(row->computed);
        runs_add_text(runs, ", computed ");
        runs_add_rating(runs, &computed);
    }
}

/* The value as it was answered; a citation where it is recorded so. */
static void add_value(const struct making *making, struct document_runs *runs,
                      const struct return_sheet_row *row)
{
    const struct value *value = &row->typed;
    int64_t number = row->measure ? progress_value_number(row->measure, value) : INTEGER_MISSING;
    if (number != INTEGER_MISSING) {
        const char *words = progress_number_words(runs->arena, row->measure, number,
                                                  value->decimals);
        bool is_recorded = making->is_given && row->recorded &&
                           progress_value_number(row->measure, row->recorded) == number;
        const struct progress_figure figure = { words, row->recorded, row->measure, &making->unit };
        if (is_recorded)
            report_add_figure(runs, &figure);
        else
            runs_add_text(runs, words);
    } else if (value->milestone) {
        runs_add_text(runs, code_label(milestone_codes, value->milestone));
    } else if (value->missing) {
        runs_add_missing(runs, value->missing, code_label(missing_codes, value->missing));
    } else if (row->row->nothing_to_report == 1) {
        runs_add_text(runs, "Nothing to report");
    } else {
        runs_add_missing(runs, NULL,
                         row->row->progress ? "In words"
                         : making->is_given ? "No value"
                                            : "Not answered yet");
    }
}

static void add_target(const struct making *making, struct document_runs *runs,
                       const struct return_sheet_row *row)
{
    const struct progress_row cited = { .measure = row->measure, .unit = &making->unit };
    const struct target *target = row->profile ? row->profile : row->annual;
    if (target)
        report_add_target(runs, &cited, target);
    else
        runs_add_text(runs, "No target");
}

static void add_columns(struct document_table *table, const struct document_column *columns,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        document_table_add_column(table, &columns[i]);
}

static void add_draft(const struct making *making)
{
    const struct return_sheet *sheet = making->sheet;
    if (making->is_given)
        return;
    runs_add_format(document_add_box(making->tree, DOCUMENT_BOX_WARNING, "Draft"),
                    "The return is not submitted yet: %zu of %zu rows are answered, and what "
                    "stands here can still change.",
                    sheet->answered, sheet->rows.count);
}

static void add_ratings(const struct making *making)
{
    static const struct document_column columns[] = {
        { .heading = "Rating", .name = "rating", .is_row_header = true, .width = 16 },
        { .heading = "Measures", .name = "measures", .alignment = DOCUMENT_RIGHT },
    };
    const struct scale *scale = making->sheet->scale;
    struct document_table *table = document_add_table(making->tree, "ratings",
                                                      "Measures by rating");
    add_columns(table, columns, ARRAY_COUNT(columns));
    for (size_t level = 0; level <= scale->level_count; level++) {
        const struct scale_level *wanted = level < scale->level_count ? &scale->levels[level]
                                                                      : NULL;
        int64_t count = 0;
        for (size_t i = 0; i < making->sheet->rows.count; i++)
            count += printed(making->sheet->rows.items[i]) == wanted;
        document_table_add_row(table);
        struct document_runs *cell = document_table_add_cell(table);
        if (wanted) {
            const struct document_rating rating = report_rating(wanted);
            runs_add_rating(cell, &rating);
        } else {
            runs_add_text(cell, "No rating");
        }
        runs_add_derived(document_table_add_cell(table),
                         arena_format(table->arena, "%" PRId64, count));
    }
}

static const char *or_words(const char *words, const char *otherwise)
{
    return words ? words : otherwise;
}

static void add_red_row(const struct making *making, struct document_table *table,
                        const struct return_sheet_row *row)
{
    document_table_add_row(table);
    document_table_add_words(table, row->row->reference);
    document_table_add_words(table, title_of(row));
    add_target(making, document_table_add_cell(table), row);
    add_value(making, document_table_add_cell(table), row);
    add_level(document_table_add_cell(table), row);
    document_table_add_words(table, or_words(row->row->corrective_action, "Nothing is said yet"));
    document_table_add_words(table, row->row->corrective_owner);
    document_table_add_words(table, row->row->corrective_by);
}

/* What a board is for: red ratings, each with what is done about it. */
static void add_red(const struct making *making)
{
    static const struct document_column columns[] = {
        { .heading = "Row", .name = "reference", .width = 5 },
        { .heading = "Measure", .name = "measure", .is_row_header = true, .width = 20 },
        { .heading = "Target", .name = "target", .width = 10 },
        { .heading = "Value", .name = "value", .width = 9 },
        { .heading = "Rating", .name = "rating", .width = 10 },
        { .heading = "Corrective action", .name = "corrective_action", .width = 26 },
        { .heading = "Who", .name = "corrective_owner", .width = 12 },
        { .heading = "By when", .name = "corrective_by", .width = 10 },
    };
    struct document_table *table = NULL;
    document_add_heading(making->tree, 1, "red", "What is red, and what is done about it");
    for (size_t i = 0; i < making->sheet->rows.count; i++) {
        const struct return_sheet_row *row = making->sheet->rows.items[i];
        if (!return_level_is_red(printed(row)))
            continue;
        if (!table) {
            table = document_add_table(making->tree, "red-table", "Red ratings");
            add_columns(table, columns, ARRAY_COUNT(columns));
        }
        add_red_row(making, table, row);
    }
    if (!table)
        document_add_words(making->tree, "No measure is rated red.");
}

static void add_last(const struct making *making)
{
    struct document_block *definitions = NULL;
    for (size_t i = 0; i < making->sheet->rows.count; i++) {
        const struct return_sheet_row *row = making->sheet->rows.items[i];
        if (!row->last || !row->last->corrective_action)
            continue;
        if (!definitions) {
            document_add_heading(making->tree, 1, "outcome",
                                 "What came of the last corrective action");
            definitions = document_add_definitions(making->tree);
        }
        struct document_runs *words = document_definitions_add(definitions, row->row->reference);
        runs_add_strong(words, title_of(row));
        runs_add_break(words);
        runs_add_strong(words, "Promised: ");
        runs_add_text(words, row->last->corrective_action);
        runs_add_break(words);
        runs_add_strong(words, "Outcome: ");
        runs_add_text(words, or_words(row->row->outcome_of_last, "Nothing is said yet"));
    }
}

static void add_measure_row(const struct making *making, struct document_table *table,
                            const struct return_sheet_row *row)
{
    document_table_add_row(table);
    document_table_add_words(table, row->row->reference);
    document_table_add_words(table, title_of(row));
    add_target(making, document_table_add_cell(table), row);
    add_value(making, document_table_add_cell(table), row);
    document_table_add_words(table, or_words(row->past[0].words, "Not recorded"));
    add_level(document_table_add_cell(table), row);
}

static void add_measures(const struct making *making)
{
    static const struct document_column columns[] = {
        { .heading = "Row", .name = "reference", .width = 6 },
        { .heading = "Measure", .name = "measure", .is_row_header = true, .width = 30 },
        { .heading = "Target", .name = "target", .width = 14 },
        { .heading = "Value", .name = "value", .width = 13 },
        { .heading = "Period before", .name = "before", .width = 13 },
        { .heading = "Rating", .name = "rating", .width = 14 },
    };
    const struct objective *objective = NULL;
    document_add_heading(making->tree, 1, "measures", "Every measure");
    struct document_table *table = document_add_table(making->tree, "measures-table",
                                                      "Targets, values and ratings");
    add_columns(table, columns, ARRAY_COUNT(columns));
    for (size_t i = 0; i < making->sheet->rows.count; i++) {
        const struct return_sheet_row *row = making->sheet->rows.items[i];
        if (!objective || objective->id != row->objective->id) {
            objective = row->objective;
            document_table_add_group(table, arena_format(table->arena, "Objective %" PRId64 ": %s",
                                                         objective->number, objective->title));
        }
        add_measure_row(making, table, row);
    }
}

/* A labelled line, where there are words for it. */
static void add_line(struct document_runs *runs, const char *label, const char *words)
{
    if (!words || !*words)
        return;
    runs_add_break(runs);
    runs_add_strong(runs, label);
    runs_add_text(runs, words);
}

static void add_words_of(struct document_block *definitions, const struct return_sheet_row *row)
{
    const struct return_row *written = row->row;
    struct document_runs *runs = document_definitions_add(definitions, written->reference);
    runs_add_strong(runs, title_of(row));
    add_line(runs, "Progress: ", written->progress);
    add_line(runs, "Rating: ", row->reasoning);
    add_line(runs, "Why the rating given differs: ", written->declared_reason);
    add_line(runs, "Forecast for the year, not a value: ", written->forecast_text);
    add_line(runs, "Quality: ", written->quality_note);
    add_line(runs, "Answered by: ", written->supplied_by);
    for (size_t i = 0; i < row->findings.count; i++) {
        const struct finding *finding = row->findings.items[i];
        runs_add_break(runs);
        runs_add_finding(runs, (enum document_severity)finding->severity, finding->kind,
                         finding->message);
    }
}

static void add_narratives(const struct making *making)
{
    document_add_heading(making->tree, 1, "words", "In words");
    struct document_block *definitions = document_add_definitions(making->tree);
    for (size_t i = 0; i < making->sheet->rows.count; i++)
        add_words_of(definitions, making->sheet->rows.items[i]);
}

struct document_tree *board_report(struct work *work, const struct return_sheet *sheet,
                                   const char *authority)
{
    const struct document_about about = {
        .title = arena_format(work->arena, "Improvement Board report, %s", sheet->period_words),
        .subtitle = sheet->unit_name,
        .authority = authority,
        .created = work->now,
        .description = arena_format(work->arena,
                                    "What %s returned for %s: ratings, red ratings with their "
                                    "corrective action, and every measure.",
                                    sheet->unit_name, sheet->period_words),
        .period = sheet->head.period,
    };
    const struct making making = {
        .tree = document_new(work->arena, &about),
        .sheet = sheet,
        .unit = { .id = sheet->head.unit, .code = sheet->unit_code, .name = sheet->unit_name },
        .is_given = return_state_is_given(sheet->head.state),
    };
    add_draft(&making);
    document_add_heading(making.tree, 1, "summary", "At a glance");
    add_ratings(&making);
    add_red(&making);
    add_last(&making);
    add_measures(&making);
    add_narratives(&making);
    document_add_heading(making.tree, 1, "key", "Key");
    report_add_levels(making.tree, sheet->scale);
    return making.tree;
}
