/* Ratings, figures and counts as runs and words. */
#include "report/report_runs.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

static const struct {
    const char *token, *colour;
} colours[] = {
    { "high-green", "dark-green" }, { "low-green", "green" },   { "green", "dark-green" },
    { "amber", "amber" },           { "low-red", "light-red" }, { "high-red", "dark-red" },
    { "red", "dark-red" },          { "blue", "blue" },
};

const char *report_rating_colour(const char *token)
{
    for (size_t i = 0; token != NULL && i < ARRAY_COUNT(colours); i++) {
        if (strcmp(colours[i].token, token) == 0)
            return colours[i].colour;
    }
    return "grey";
}

struct document_rating report_rating(const struct scale_level *level)
{
    return (struct document_rating){ .letters = level->letters,
                                     .words = level->name,
                                     .colour = report_rating_colour(level->colour) };
}

void report_add_figure(struct document_runs *runs, const struct progress_figure *figure)
{
    if (figure->words == NULL)
        return;
    const struct value *value = figure->value;
    const char *breakdown = value->breakdown;
    const struct document_citation citation = {
        .measure = figure->cited->code,
        .measure_title = figure->cited->title,
        .unit = figure->unit == NULL ? NULL : figure->unit->code,
        .period = value->period,
        .breakdown = breakdown == NULL || *breakdown == '\0' ? NULL : breakdown,
        .revision = value->revision,
    };
    runs_add_figure(runs, figure->words, &citation);
}

void report_add_target(struct document_runs *runs, const struct progress_row *row,
                       const struct target *target)
{
    const struct measure *measure = row->measure;
    if (target == NULL)
        return;
    if (target->value == INTEGER_MISSING) {
        runs_add_text(runs, target->wording);
        return;
    }
    const struct document_citation citation = { .subject = "target",
                                                .measure = measure->code,
                                                .measure_title = measure->title,
                                                .unit = row->unit == NULL ? NULL : row->unit->code,
                                                .period = target->period,
                                                .detail = target->kind,
                                                .revision = target->revision };
    const int64_t numbers[] = { target->value, target->upper };
    runs_add_text(runs, progress_comparator_words(target));
    for (size_t i = 0; i < ARRAY_COUNT(numbers) && numbers[i] != INTEGER_MISSING; i++) {
        runs_add_text(runs, i == 0 ? NULL : " and ");
        runs_add_figure(runs,
                        progress_number_words(runs->arena, measure, numbers[i], target->decimals),
                        &citation);
    }
}

void report_add_forecast(struct document_runs *runs, const struct progress_row *row,
                         const struct forecast *forecast)
{
    const struct measure *measure = row->measure;
    const struct document_citation citation = { .subject = "forecast",
                                                .measure = measure->code,
                                                .measure_title = measure->title,
                                                .unit = row->unit == NULL ? NULL : row->unit->code,
                                                .period = forecast->period,
                                                .detail = forecast->made_in,
                                                .revision = forecast->revision };
    runs_add_figure(
        runs, progress_number_words(runs->arena, measure, forecast->value, forecast->decimals),
        &citation);
}

void report_add_comparator(struct document_runs *runs, const struct progress_row *row,
                           const struct comparator *comparator)
{
    const struct measure *measure = row->measure;
    const struct document_citation citation = { .subject = "comparator",
                                                .measure = measure->code,
                                                .measure_title = measure->title,
                                                .period = comparator->period,
                                                .detail = comparator->name };
    runs_add_figure(
        runs, progress_number_words(runs->arena, measure, comparator->value, comparator->decimals),
        &citation);
}

void report_add_value(struct document_runs *runs, const struct progress_row *row)
{
    if (row->figure.words != NULL) {
        report_add_figure(runs, &row->figure);
        if (row->is_small_base)
            runs_add_text(runs, " (small base)");
        return;
    }
    if (row->milestone_words != NULL) {
        runs_add_text(runs, row->milestone_words);
        return;
    }
    if (row->rolled_words != NULL) {
        runs_add_derived(runs, row->rolled_words);
        return;
    }
    runs_add_missing(runs, row->missing, row->missing_words);
    if (row->earlier.words != NULL) {
        runs_add_text(runs, "; ");
        report_add_figure(runs, &row->earlier);
        runs_add_format(runs, " in %s", report_period(runs->arena, row->earlier.value->period));
    }
}

const char *report_travel_words(enum trend_direction direction)
{
    static const char *const words[] = {
        [TREND_UNKNOWN] = "not known",
        [TREND_IMPROVED] = "better",
        [TREND_SAME] = "the same",
        [TREND_WORSE] = "worse",
    };
    return words[direction];
}

const char *report_count(struct arena *arena, int64_t count, const char *one, const char *many)
{
    return arena_format(arena, "%" PRId64 " %s", count, count == 1 ? one : many);
}

const char *report_period(struct arena *arena, const char *notation)
{
    struct period period;
    if (notation == NULL || !period_read(slice_of(notation), &period))
        return notation;
    return period_print_long(arena, period);
}

void report_add_levels(struct document_tree *tree, const struct scale *scale)
{
    struct document_block *list = document_add_list(tree, false);
    for (size_t i = 0; i < scale->level_count; i++) {
        const struct scale_level *level = &scale->levels[i];
        const struct document_rating rating = report_rating(level);
        struct document_runs *item = document_list_add_item(list);
        runs_add_rating(item, &rating);
        const char *bound = level->least_variance == INTEGER_MISSING
                                ? "further off"
                                : arena_format(
                                      tree->arena, "%s%s%% from the target or better",
                                      level->least_variance > 0 ? "+" : "",
                                      number_print_short(tree->arena, level->least_variance));
        runs_add_format(item, " %s: %s", level->word, bound);
    }
}
