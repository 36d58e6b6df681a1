/* The progress report as a document: the summary that a tired officer needs, who has returned, each
 * objective by directorate, what the check found, the key. */
#include "report/progress_report.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "model/states/return_states.h"
#include "report/progress_detail.h"
#include "report/report_runs.h"
#include "service/finding.h"
#include "service/progress_newest.h"
#include "service/return_sheet.h"
#include "base/banned.h"

enum { MOST_NAMES = 4096 };

static void add_number_cell(struct document_table *table, int64_t number)
{
    runs_add_derived(document_table_add_cell(table),
                     arena_format(table->arena, "%" PRId64, number));
}

/* "6 awaited, 3 not due": why values are missing. */
static const char *missing_words(struct arena *arena, const struct progress *progress)
{
    struct text words = text_new(arena, 1024);
    for (size_t i = 0; i < progress->missing.count; i++) {
        const struct progress_missing *one = progress->missing.items[i];
        text_add_format(&words, "%s%s: %" PRId64, i == 0 ? "" : "; ",
                        *one->code == '\0' ? "Without a reason" : one->words, one->count);
    }
    return words.bytes;
}

static int64_t without_reason(const struct progress *progress)
{
    int64_t count = 0;
    for (size_t i = 0; i < progress->rows.count; i++) {
        const struct progress_row *row = progress->rows.items[i];
        if (row->agreement == PROGRESS_DIFFERS && row->parts.count == 0 &&
            (row->rating == NULL || row->rating->declared_reason == NULL))
            count++;
    }
    return count;
}

static void add_agreement(struct document_tree *tree, const struct progress *progress)
{
    const struct progress_counts *counts = &progress->counts;
    const int64_t *agreement = counts->agreement;
    struct document_block *list = document_add_list(tree, false);
    struct arena *arena = tree->arena;
    runs_add_format(document_list_add_item(list),
                    "%s under %zu objectives; a measure that has sub-outputs is counted by them.",
                    report_count(arena, counts->rows, "measure", "measures"),
                    progress->objectives.count);
    runs_add_format(document_list_add_item(list),
                    "Declared and computed rating agree for %" PRId64 " and differ for %" PRId64
                    "; for %" PRId64 " of those that differ no reason is given.",
                    agreement[PROGRESS_AGREES], agreement[PROGRESS_DIFFERS],
                    without_reason(progress));
    runs_add_format(document_list_add_item(list),
                    "Declared where none can be computed: %" PRId64
                    ". Computed where none is declared: %" PRId64 ". Neither: %" PRId64 ".",
                    agreement[PROGRESS_DECLARED], agreement[PROGRESS_COMPUTED],
                    agreement[PROGRESS_NEITHER]);
    if (counts->awaited > 0)
        runs_add_format(document_list_add_item(list), "%s without a value. %s.",
                        report_count(arena, counts->awaited, "measure is", "measures are"),
                        missing_words(arena, progress));
    const int64_t *found = progress->findings_by_severity;
    runs_add_format(document_list_add_item(list), "The check of the returns found %s, %s and %s.",
                    report_count(arena, found[FINDING_ERROR], "error", "errors"),
                    report_count(arena, found[FINDING_WARNING], "warning", "warnings"),
                    report_count(arena, found[FINDING_NOTE], "note", "notes"));
}

static void add_columns(struct document_table *table, const struct document_column *columns,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        document_table_add_column(table, &columns[i]);
}

static void add_rating_table(struct document_tree *tree, const struct progress *progress)
{
    static const struct document_column columns[] = {
        { .heading = "Rating", .name = "rating", .is_row_header = true, .width = 16 },
        { .heading = "Declared", .name = "declared", .alignment = DOCUMENT_RIGHT },
        { .heading = "Computed", .name = "computed", .alignment = DOCUMENT_RIGHT },
    };
    struct document_table *table = document_add_table(tree, "ratings",
                                                      "Ratings, declared and computed");
    add_columns(table, columns, ARRAY_COUNT(columns));
    for (size_t i = 0; i < progress->scale->level_count; i++) {
        const struct document_rating rating = report_rating(&progress->scale->levels[i]);
        document_table_add_row(table);
        runs_add_rating(document_table_add_cell(table), &rating);
        add_number_cell(table, progress->counts.declared[i]);
        add_number_cell(table, progress->counts.computed[i]);
    }
    document_table_add_row(table);
    document_table_add_words(table, "No rating");
    add_number_cell(table, progress->counts.not_declared);
    add_number_cell(table, progress->counts.not_computed);
}

/* Two lines for each objective or directorate: what was declared, and what was computed. */
static void add_level_rows(struct document_table *table, const struct scale *scale,
                           const char *name, const struct progress_counts *counts)
{
    const int64_t *by_level[] = { counts->declared, counts->computed };
    const int64_t none[] = { counts->not_declared, counts->not_computed };
    static const char *const words[] = { "Declared", "Computed" };
    for (size_t line = 0; line < ARRAY_COUNT(words); line++) {
        document_table_add_row(table);
        document_table_add_words(table, name);
        document_table_add_words(table, words[line]);
        for (size_t i = 0; i < scale->level_count; i++)
            add_number_cell(table, by_level[line][i]);
        add_number_cell(table, none[line]);
        add_number_cell(table, counts->agreement[PROGRESS_DIFFERS]);
    }
}

static struct document_table *start_level_table(struct document_tree *tree, const char *id,
                                                const char *caption, const char *heading,
                                                const struct scale *scale)
{
    struct document_table *table = document_add_table(tree, id, caption);
    const struct document_column first[] = {
        { .heading = heading, .name = id, .is_row_header = true, .width = 30 },
        { .heading = "Rating", .name = "which", .width = 12 },
    };
    add_columns(table, first, ARRAY_COUNT(first));
    for (size_t i = 0; i < scale->level_count; i++) {
        const struct document_column level = { .heading = scale->levels[i].letters,
                                               .name = scale->levels[i].code,
                                               .alignment = DOCUMENT_RIGHT,
                                               .width = 5 };
        document_table_add_column(table, &level);
    }
    static const struct document_column last[] = {
        { .heading = "None", .name = "none", .alignment = DOCUMENT_RIGHT, .width = 6 },
        { .heading = "Differ", .name = "differ", .alignment = DOCUMENT_RIGHT, .width = 7 },
    };
    add_columns(table, last, ARRAY_COUNT(last));
    return table;
}

static void add_level_tables(struct document_tree *tree, const struct progress *progress)
{
    struct document_table *table = start_level_table(tree, "by-objective", "Ratings by objective",
                                                     "Objective", progress->scale);
    for (size_t i = 0; i < progress->objectives.count; i++) {
        const struct progress_objective *objective = progress->objectives.items[i];
        add_level_rows(
            table, progress->scale,
            arena_format(tree->arena, "Objective %" PRId64, objective->objective->number),
            &objective->counts);
    }
    table = start_level_table(tree, "by-directorate", "Ratings by directorate", "Directorate",
                              progress->scale);
    for (size_t i = 0; i < progress->returns.count; i++) {
        const struct progress_return *back = progress->returns.items[i];
        add_level_rows(table, progress->scale, progress_unit_name(back->unit), &back->counts);
    }
}

static const char *return_words(struct arena *arena, const struct progress_return *back)
{
    if (back->row == NULL)
        return "No return";
    if (!back->has_returned)
        return "Due, not received";
    if (back->days_late == INTEGER_MISSING)
        return "Received";
    if (back->days_late <= 0)
        return "Received on time";
    return arena_format(arena, "Received, %s late",
                        report_count(arena, back->days_late, "day", "days"));
}

static const char *date_words(struct arena *arena, const char *iso)
{
    struct date date;
    return iso != NULL && date_read(slice_of(iso), &date) ? date_print_long(arena, date) : "";
}

/* Who has not returned, by name: whom to ask. */
static void add_missing_returns(struct document_tree *tree, const struct progress *progress)
{
    size_t missing = 0;
    struct text names = text_new(tree->arena, MOST_NAMES);
    for (size_t i = 0; i < progress->returns.count; i++) {
        const struct progress_return *back = progress->returns.items[i];
        if (back->has_returned)
            continue;
        text_add_format(&names, "%s%s", missing == 0 ? "" : ", ", progress_unit_name(back->unit));
        missing++;
    }
    if (missing == 0)
        document_add_words(tree, "Everybody who supplies a measure has returned.");
    else
        runs_add_format(document_add_paragraph(tree), "%zu of %zu %s not returned: %s%s", missing,
                        progress->returns.count, missing == 1 ? "has" : "have", names.bytes,
                        names.is_full ? " and others." : ".");
}

static void add_returns(struct document_tree *tree, const struct progress *progress)
{
    static const struct document_column columns[] = {
        { .heading = "Directorate", .name = "unit", .is_row_header = true, .width = 24 },
        { .heading = "Return", .name = "return", .width = 20 },
        { .heading = "Due", .name = "due_on", .width = 12 },
        { .heading = "Received", .name = "received_on", .width = 12 },
        { .heading = "Measures", .name = "measures", .alignment = DOCUMENT_RIGHT, .width = 8 },
    };
    document_add_heading(tree, 1, "returns", "Who has returned");
    add_missing_returns(tree, progress);
    struct document_table *table = document_add_table(tree, "returns-table",
                                                      "Returns of the period");
    add_columns(table, columns, ARRAY_COUNT(columns));
    for (size_t i = 0; i < progress->returns.count; i++) {
        const struct progress_return *back = progress->returns.items[i];
        document_table_add_row(table);
        document_table_add_words(table, progress_unit_name(back->unit));
        document_table_add_words(table, return_words(tree->arena, back));
        document_table_add_words(
            table, back->row == NULL ? "" : date_words(tree->arena, back->row->due_on));
        document_table_add_words(
            table, back->row == NULL ? "" : date_words(tree->arena, return_received_on(back->row)));
        add_number_cell(table, back->counts.rows);
    }
}

/* The rows that are rated red, as they are printed. */
static struct list red_rows(struct arena *arena, const struct progress *progress)
{
    struct list red = { 0 };
    for (size_t i = 0; i < progress->rows.count; i++) {
        struct progress_row *row = progress->rows.items[i];
        const struct scale_level *level = row->declared ? row->declared : row->computed;
        if (row->parts.count == 0 && return_level_is_red(level))
            list_add(arena, &red, row);
    }
    return red;
}

/* For which red rows nothing is on record: whom to ask. */
static void add_silent(struct document_tree *tree, const struct list *red)
{
    size_t silent = 0;
    struct text names = text_new(tree->arena, MOST_NAMES);
    for (size_t i = 0; i < red->count; i++) {
        const struct progress_row *row = red->items[i];
        if (progress_corrective_action(row))
            continue;
        text_add_format(&names, "%s%s", silent == 0 ? "" : ", ", row->reference);
        silent++;
    }
    if (silent > 0)
        runs_add_format(document_add_paragraph(tree),
                        "For %zu of %zu red ratings no corrective action is on record: %s%s",
                        silent, red->count, names.bytes, names.is_full ? " and others." : ".");
}

/* What is done about red ratings: the action, who does it, by when. */
static void add_corrective_actions(struct document_tree *tree, const struct progress *progress)
{
    static const struct document_column columns[] = {
        { .heading = "Row", .name = "reference", .width = 6 },
        { .heading = "Measure", .name = "measure", .is_row_header = true, .width = 20 },
        { .heading = "Directorate", .name = "unit", .width = 14 },
        { .heading = "Corrective action", .name = "corrective_action", .width = 30 },
        { .heading = "Who", .name = "corrective_owner", .width = 14 },
        { .heading = "By when", .name = "corrective_by", .width = 12 },
    };
    struct list red = red_rows(tree->arena, progress);
    struct document_table *table = NULL;
    document_add_heading(tree, 1, "corrective-action", "What is done about red ratings");
    if (red.count == 0)
        document_add_words(tree, "No measure is rated red.");
    add_silent(tree, &red);
    for (size_t i = 0; i < red.count; i++) {
        const struct progress_row *row = red.items[i];
        if (!progress_corrective_action(row))
            continue;
        if (!table) {
            table = document_add_table(tree, "corrective-action-table",
                                       "Corrective action for red ratings");
            add_columns(table, columns, ARRAY_COUNT(columns));
        }
        document_table_add_row(table);
        document_table_add_words(table, row->reference);
        document_table_add_words(table, row->measure->title);
        document_table_add_words(table, progress_unit_name(row->unit));
        document_table_add_words(table, row->narrative->row->corrective_action);
        document_table_add_words(table, row->narrative->row->corrective_owner);
        document_table_add_words(table, row->narrative->row->corrective_by);
    }
}

static void add_findings(struct document_tree *tree, const struct progress *progress, bool is_brief)
{
    document_add_heading(tree, 1, "findings", "What the check found");
    if (progress->findings.count == 0) {
        document_add_words(tree, "Nothing.");
        return;
    }
    if (!is_brief)
        document_add_words(tree, "Each finding also stands at its row above.");
    struct document_block *list = document_add_list(tree, false);
    for (size_t i = 0; i < progress->findings.count; i++) {
        const struct finding *finding = progress->findings.items[i];
        struct document_runs *item = document_list_add_item(list);
        runs_add_strong(item, finding->row);
        runs_add_text(item, " ");
        runs_add_finding(item, (enum document_severity)finding->severity, finding->kind,
                         finding->message);
    }
}

static void add_key(struct document_tree *tree, const struct progress *progress)
{
    document_add_heading(tree, 1, "key", "Key");
    report_add_levels(tree, progress->scale);
    document_add_words(
        tree, "The declared rating is the directorate's own judgement. The computed rating follows "
              "from value and target alone: the distance from the target, better counted as more. "
              "Travel compares with the period before, and with the same period last year. Every "
              "value, target, forecast and figure of others leads to its source, with the revision "
              "that is printed; the counts of ratings and measures are made from this report's own "
              "rows.");
}

struct document_tree *progress_report(struct work *work, const struct progress *progress,
                                      const struct progress_report_options *options)
{
    static const struct progress_report_options plain = { 0 };
    options = options == NULL ? &plain : options;
    const struct scheme *scheme = progress->data.scheme;
    const struct document_about about = {
        .title = arena_format(work->arena, "Progress report, %s", progress->period_words),
        .subtitle = scheme->title,
        .authority = progress->data.authority->name,
        .created = work->now,
        .description = arena_format(work->arena,
                                    "Progress on %s in %s, with declared and computed "
                                    "ratings and what the check of the returns found.",
                                    scheme->title, progress->period_words),
        .period = progress->period_code,
    };
    struct document_tree *tree = document_new(work->arena, &about);
    document_add_heading(tree, 1, "summary", "Summary");
    add_agreement(tree, progress);
    add_rating_table(tree, progress);
    add_level_tables(tree, progress);
    add_returns(tree, progress);
    add_corrective_actions(tree, progress);
    for (size_t i = 0; i < progress->objectives.count; i++)
        progress_detail_objective(tree, progress->objectives.items[i], !options->is_brief);
    add_findings(tree, progress, options->is_brief);
    add_key(tree, progress);
    return tree;
}
