/* The table of an objective is short enough for a terminal; criterion, narrative, reasoning and
 * findings follow it row by row. */
#include "report/progress_detail.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "report/report_runs.h"
#include "service/finding.h"
#include "base/banned.h"

static const struct document_column columns[] = {
    { .heading = "Row", .name = "reference", .width = 6 },
    { .heading = "Measure", .name = "measure", .is_row_header = true, .width = 26 },
    { .heading = "Target", .name = "target", .width = 15 },
    { .heading = "Value", .name = "value", .width = 13 },
    { .heading = "Declared", .name = "declared", .width = 10 },
    { .heading = "Computed", .name = "computed", .width = 10 },
    { .heading = "Travel", .name = "travel", .width = 10 },
};

const char *progress_unit_name(const struct unit *unit)
{
    if (unit == NULL)
        return "Nobody supplies these";
    return strcmp(unit->kind, "authority") == 0 ? "All directorates" : unit->name;
}

static void add_level(struct document_runs *runs, const struct scale_level *level,
                      const char *otherwise)
{
    if (level == NULL) {
        runs_add_text(runs, otherwise);
        return;
    }
    const struct document_rating rating = report_rating(level);
    runs_add_rating(runs, &rating);
}

static void add_travel(struct document_runs *runs, const struct trend *trend)
{
    if (trend->before.direction == TREND_UNKNOWN && trend->year_before.direction == TREND_UNKNOWN) {
        runs_add_text(runs, "not known");
        return;
    }
    runs_add_format(runs, "%s; year: %s", report_travel_words(trend->before.direction),
                    report_travel_words(trend->year_before.direction));
}

static void add_row(struct document_table *table, const struct progress_row *row)
{
    document_table_add_row(table);
    document_table_add_words(table, row->reference);
    document_table_add_words(table, row->measure->title);
    struct document_runs *target = document_table_add_cell(table);
    report_add_target(target, row, row->target);
    runs_add_text(target, row->target == NULL ? "No target" : NULL);
    report_add_value(document_table_add_cell(table), row);
    add_level(document_table_add_cell(table), row->declared,
              row->parts.count > 0 ? "By its parts" : "None");
    struct document_runs *computed = document_table_add_cell(table);
    add_level(computed, row->computed, "None");
    if (row->agreement == PROGRESS_DIFFERS)
        runs_add_text(computed, " differs");
    add_travel(document_table_add_cell(table), &row->trend);
}

static void add_target_line(struct document_runs *words, const struct progress_row *row)
{
    struct arena *arena = words->arena;
    if (row->target == NULL)
        return;
    runs_add_break(words);
    runs_add_strong(words, "Target: ");
    report_add_target(words, row, row->target);
    runs_add_format(words, ", for %s", report_period(arena, row->target->period));
    if (row->annual != NULL) {
        runs_add_text(words, "; ");
        report_add_target(words, row, row->annual);
        runs_add_format(words, " for %s", report_period(arena, row->annual->period));
    }
    runs_add_text(words, ".");
}

static void add_value_line(struct document_runs *words, const struct progress_row *row)
{
    runs_add_break(words);
    runs_add_strong(words, "Value: ");
    report_add_value(words, row);
    if (row->source.words != NULL) {
        runs_add_text(words, ", 100 less ");
        report_add_figure(words, &row->source);
    }
    const struct value *value = row->figure.value != NULL ? row->figure.value : row->value;
    if (row->figure.words != NULL && strcmp(value->state, "provisional") == 0)
        runs_add_text(words, " (provisional)");
    runs_add_text(words, ".");
    if (value != NULL && value->quality_note != NULL)
        runs_add_format(words, " %s", value->quality_note);
}

static void add_rating_lines(struct document_runs *words, const struct progress_row *row)
{
    runs_add_break(words);
    runs_add_strong(words, "Declared: ");
    add_level(words, row->declared,
              row->parts.count > 0          ? "by its parts"
              : row->declared_words != NULL ? row->declared_words
                                            : "nothing");
    if (row->declared_reason != NULL)
        runs_add_format(words, ", %s", row->declared_reason);
    runs_add_break(words);
    runs_add_strong(words, "Computed: ");
    add_level(words, row->computed, "none");
    runs_add_format(words, ". %s", row->reasoning);
}

static void add_arrow(struct document_runs *words, const struct trend_arrow *arrow,
                      const struct progress_figure *earlier, const char *against)
{
    runs_add_format(words, "%s %s", against, report_travel_words(arrow->direction));
    if (arrow->direction != TREND_UNKNOWN) {
        runs_add_text(words, " (then ");
        report_add_figure(words, earlier);
        runs_add_text(words, ")");
    } else if (arrow->reason != TREND_KNOWN) {
        runs_add_format(words, " (%s)", trend_reason_words(arrow->reason));
    }
}

static void add_travel_line(struct document_runs *words, const struct progress_row *row)
{
    if (row->trend.before.direction == TREND_UNKNOWN &&
        row->trend.year_before.direction == TREND_UNKNOWN)
        return;
    runs_add_break(words);
    runs_add_strong(words, "Travel: ");
    add_arrow(words, &row->trend.before, &row->before, "since the period before");
    add_arrow(words, &row->trend.year_before, &row->year_before, "; since a year before");
    runs_add_text(words, ".");
}

static void add_forecasts(struct document_runs *words, const struct progress_row *row)
{
    struct arena *arena = words->arena;
    for (size_t i = 0; i < row->forecasts.count; i++) {
        const struct forecast *forecast = row->forecasts.items[i];
        runs_add_break(words);
        runs_add_strong(words, "Forecast, not a value: ");
        report_add_forecast(words, row, forecast);
        runs_add_format(words, " in %s.", report_period(arena, forecast->period));
        if (forecast->note != NULL)
            runs_add_format(words, " %s", forecast->note);
    }
}

static void add_comparators(struct document_runs *words, const struct progress_row *row)
{
    struct arena *arena = words->arena;
    if (row->comparators.count == 0)
        return;
    runs_add_break(words);
    runs_add_strong(words, "Others: ");
    for (size_t i = 0; i < row->comparators.count; i++) {
        const struct comparator *other = row->comparators.items[i];
        runs_add_format(words, "%s%s ", i == 0 ? "" : "; ", other->name);
        report_add_comparator(words, row, other);
        runs_add_format(words, " in %s", report_period(arena, other->period));
    }
    runs_add_text(words, ".");
}

static void add_narrative(struct document_runs *words, const struct progress_row *row)
{
    const struct progress_narrative *narrative = row->narrative;
    if (narrative == NULL || narrative->row->progress == NULL)
        return;
    runs_add_break(words);
    runs_add_strong(words, "Progress: ");
    if (row->shows_narrative) {
        runs_add_text(words, narrative->row->progress);
        return;
    }
    const struct progress_row *first = narrative->rows.items[0];
    runs_add_format(words, "told with row %s.", first->reference);
}

/* What the return promises about a red rating, and what came of what the last one promised. */
static void add_corrective(struct document_runs *words, const struct progress_row *row)
{
    const struct return_row *written = row->narrative ? row->narrative->row : NULL;
    if (written == NULL || !row->shows_narrative)
        return;
    if (written->outcome_of_last != NULL) {
        runs_add_break(words);
        runs_add_strong(words, "What came of the last corrective action: ");
        runs_add_text(words, written->outcome_of_last);
    }
    if (written->corrective_action == NULL)
        return;
    runs_add_break(words);
    runs_add_strong(words, "Corrective action: ");
    runs_add_text(words, written->corrective_action);
    if (written->corrective_owner != NULL)
        runs_add_format(words, " Who: %s.", written->corrective_owner);
    if (written->corrective_by != NULL)
        runs_add_format(words, " By when: %s.", written->corrective_by);
}

static void add_details(struct document_block *definitions, const struct progress_row *row)
{
    struct document_runs *words = document_definitions_add(definitions, row->reference);
    runs_add_strong(words, row->measure->title);
    if (row->criterion != NULL) {
        runs_add_break(words);
        runs_add_strong(words, "We will have succeeded if: ");
        runs_add_text(words, row->criterion);
    }
    add_target_line(words, row);
    add_value_line(words, row);
    add_narrative(words, row);
    add_rating_lines(words, row);
    add_corrective(words, row);
    add_travel_line(words, row);
    add_forecasts(words, row);
    add_comparators(words, row);
    for (size_t i = 0; i < row->findings.count; i++) {
        const struct finding *finding = row->findings.items[i];
        runs_add_break(words);
        runs_add_finding(words, (enum document_severity)finding->severity, finding->kind,
                         finding->message);
    }
}

/* The units of an objective in the order in which its rows name them first; each unit's rows. */
struct unit_rows {
    const struct unit *unit;
    struct list rows;
};

static struct list group_rows(struct arena *arena, const struct progress_objective *objective)
{
    struct list groups = { 0 };
    struct unit_rows *last = NULL;
    for (size_t i = 0; i < objective->rows.count; i++) {
        const struct progress_row *row = objective->rows.items[i];
        struct unit_rows *group = last != NULL && last->unit == row->unit ? last : NULL;
        for (size_t k = 0; group == NULL && k < groups.count; k++) {
            struct unit_rows *other = groups.items[k];
            if (other->unit == row->unit)
                group = other;
        }
        if (group == NULL) {
            group = arena_new_of(arena, struct unit_rows);
            group->unit = row->unit;
            list_add(arena, &groups, group);
        }
        list_add(arena, &group->rows, objective->rows.items[i]);
        last = group;
    }
    return groups;
}

static void add_group_details(struct document_tree *tree, const struct list *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        const struct unit_rows *group = groups->items[i];
        document_add_heading(tree, 2, NULL, progress_unit_name(group->unit));
        struct document_block *definitions = document_add_definitions(tree);
        for (size_t k = 0; k < group->rows.count; k++)
            add_details(definitions, group->rows.items[k]);
    }
}

void progress_detail_objective(struct document_tree *tree,
                               const struct progress_objective *objective, bool with_details)
{
    struct arena *arena = tree->arena;
    int64_t number = objective->objective->number;
    document_add_heading(
        tree, 1, objective->objective->code,
        arena_format(arena, "Objective %" PRId64 ": %s", number, objective->objective->title));
    if (objective->rows.count == 0) {
        document_add_words(tree, "No measure stands under this objective.");
        return;
    }
    struct list groups = group_rows(arena, objective);
    struct document_table *table = document_add_table(
        tree, NULL,
        arena_format(arena, "Objective %" PRId64 ": targets, values and ratings", number));
    for (size_t i = 0; i < ARRAY_COUNT(columns); i++)
        document_table_add_column(table, &columns[i]);
    for (size_t i = 0; i < groups.count; i++) {
        const struct unit_rows *group = groups.items[i];
        document_table_add_group(table, progress_unit_name(group->unit));
        for (size_t k = 0; k < group->rows.count; k++)
            add_row(table, group->rows.items[k]);
    }
    if (with_details)
        add_group_details(tree, &groups);
}
