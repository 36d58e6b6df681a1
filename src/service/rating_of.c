#include "service/rating_of.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/problem.h"
#include "codec/table_reader.h"
#include "service/workspace.h"
#include "base/banned.h"

/* A rules file and the function that takes its rows. */
struct scale_file {
    const char *name;
    size_t columns;
    const char *const *headings;
    void (*add)(struct scales *scales, const struct slice *cells, struct problems *problems);
};

static const struct scale_file scale_files[] = {
    { "scales.csv", SCALE_COLUMNS, scale_columns, scales_add_scale },
    { "rating_scales.csv", SCALE_LEVEL_COLUMNS, scale_level_columns, scales_add_level },
    { "milestone_levels.csv", SCALE_MILESTONE_COLUMNS, scale_milestone_columns,
      scales_add_milestone },
};

enum { MOST_SCALE_CELLS = 16 };

static enum status check_headings(struct work *work, const struct scale_file *file,
                                  const struct table_row *row)
{
    for (size_t i = 0; i < file->columns; i++)
        if (i >= row->count || !slice_is(row->cells[i], file->headings[i]))
            return work_fail(work, STATUS_INPUT,
                             "rules/%s needs the heading \"%s\" in column %zu; put it there.",
                             file->name, file->headings[i], i + 1);
    return STATUS_OK;
}

static enum status read_file(struct work *work, const struct scale_file *file,
                             struct scales *scales, struct problems *problems)
{
    struct slice bytes;
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    problems->file = arena_format(work->arena, "rules/%s", file->name);
    enum status status = workspace_rules(work, file->name, &bytes);
    if (status == STATUS_OK)
        status = table_reader_open_bytes(work, problems->file, bytes, NULL, &reader);
    if (status == STATUS_OK)
        status = table_reader_next(reader, &row);
    if (status == STATUS_OK)
        status = check_headings(work, file, &row);
    while (status == STATUS_OK && (status = table_reader_next(reader, &row)) == STATUS_OK) {
        struct slice cells[MOST_SCALE_CELLS] = { 0 };
        for (size_t i = 0; i < row.count && i < MOST_SCALE_CELLS; i++)
            cells[i] = row.cells[i];
        problems->row = row.number;
        file->add(scales, cells, problems);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Reads the files, once for each store that is open. */
static enum status load_scales(struct work *work, const struct scales **out_scales)
{
    static const char name[] = "rating scales";
    *out_scales = work->store ? store_kept(work->store, name) : NULL;
    if (*out_scales)
        return STATUS_OK;
    struct arena *arena = work->store ? store_arena(work->store) : work->arena;
    struct scales *scales = arena_new_of(arena, struct scales);
    struct problems problems = { .arena = work->arena };
    scales->arena = arena;
    for (size_t i = 0; i < ARRAY_COUNT(scale_files); i++) {
        enum status status = read_file(work, &scale_files[i], scales, &problems);
        if (status != STATUS_OK)
            return status;
    }
    scales_check(scales, &problems);
    if (problems.list.count > 0) {
        const struct problem *first = problems.list.items[0];
        return work_fail(work, STATUS_INPUT, "%s, row %lld: %s", first->file, (long long)first->row,
                         first->words);
    }
    if (work->store)
        store_keep(work->store, name, scales);
    *out_scales = scales;
    return STATUS_OK;
}

enum status rating_scale_load(struct work *work, const char *code, const struct scale **out_scale)
{
    const struct scales *scales = NULL;
    enum status status = load_scales(work, &scales);
    if (status != STATUS_OK)
        return status;
    const struct scale *scale = scales_find(scales, code);
    if (!scale)
        return work_fail(work, STATUS_INPUT,
                         "The rating scale \"%s\" of the authority is not in rules/scales.csv; "
                         "choose one that is.",
                         code ? code : "");
    *out_scale = scale;
    return STATUS_OK;
}

bool rating_is_percentage(const struct measure *measure)
{
    const char *unit = measure->unit_of_measure;
    return strcmp(measure->kind, "percentage") == 0 || strcmp(measure->kind, "survey") == 0 ||
           (unit && strcmp(unit, "%") == 0);
}

static bool has_number(const struct value *value)
{
    return value && (value->value != INTEGER_MISSING || (value->numerator != INTEGER_MISSING &&
                                                         value->denominator != INTEGER_MISSING));
}

/* Chooses the value: of the period, of the complement in the period, or the last one. */
static void take_value(const struct return_measure *measure, unsigned flags,
                       struct rated_measure *rated)
{
    struct rating_input *input = &rated->input;
    const struct value *value = measure->value;
    bool is_milestone = value && value->milestone;
    if (!is_milestone && !has_number(value) && has_number(measure->complement_value)) {
        value = measure->complement_value;
        rated->is_complement = true;
    } else if (!is_milestone && !has_number(value) && flags & RATING_OF_LAST && measure->last) {
        value = measure->last;
        rated->is_last = true;
    }
    rated->value = value;
    if (!value)
        return;
    input->milestone = value->milestone;
    input->value = value->value;
    input->numerator = value->numerator;
    input->denominator = value->denominator;
    if (value->decimals != INTEGER_MISSING)
        input->decimals = (int)value->decimals;
    if (rated->is_complement) {
        if (input->value != INTEGER_MISSING)
            input->value = 100 * NUMBER_ONE - input->value;
        if (input->numerator != INTEGER_MISSING && input->denominator != INTEGER_MISSING)
            input->numerator = input->denominator - input->numerator;
    }
    if (!has_number(value) && !is_milestone)
        (void)rating_missing_read(value->missing, &input->missing);
}

/* Chooses the target: the profile of the period when there is one. */
static void take_target(const struct return_view *view, const struct return_measure *measure,
                        unsigned flags, struct rated_measure *rated)
{
    struct rating_input *input = &rated->input;
    const struct target *target = measure->profile ? measure->profile : measure->annual;
    bool cumulative = strcmp(measure->measure->accumulation, "cumulative") == 0;
    rated->target = target;
    if (!target)
        return;
    input->target_kind = measure->profile ? RATING_PROFILE : RATING_ANNUAL;
    (void)rating_comparator_read(target->comparator, &input->comparator);
    input->target = target->value;
    input->upper = target->upper;
    input->baseline = target->baseline;
    input->change_percent = target->change_percent;
    input->is_baseline_relative = target->baseline_relative == 1 &&
                                  target->change_percent != INTEGER_MISSING;
    bool this_year = strcmp(target->period, view->year_code) == 0;
    input->is_cumulative = cumulative && this_year && !(flags & RATING_OF_WHOLE_YEAR);
}

struct rated_measure rating_of_measure(struct arena *arena, const struct return_view *view,
                                       const struct scale *scale,
                                       const struct return_measure *measure, unsigned flags)
{
    struct rated_measure rated = {
        .input = { .value = INTEGER_MISSING,
                   .numerator = INTEGER_MISSING,
                   .denominator = INTEGER_MISSING,
                   .target = INTEGER_MISSING,
                   .upper = INTEGER_MISSING,
                   .baseline = INTEGER_MISSING,
                   .change_percent = INTEGER_MISSING,
                   .decimals = (int)measure->measure->decimals,
                   .is_percentage = rating_is_percentage(measure->measure),
                   .months_gone = period_months_gone(view->period, view->start_month),
                   .small_base = view->authority.small_base },
    };
    if (rated.input.small_base != INTEGER_MISSING)
        rated.input.small_base *= NUMBER_ONE;
    (void)rating_polarity_read(measure->measure->polarity, &rated.input.polarity);
    (void)rating_distance_read(measure->measure->variance, &rated.input.distance);
    take_value(measure, flags, &rated);
    take_target(view, measure, flags, &rated);
    rating_compute(arena, scale, &rated.input, &rated.computed);
    return rated;
}

const struct scale_level *rating_declared(const struct scale *scale, const char *declared)
{
    struct slice words = slice_trim(slice_of(declared));
    const struct scale_level *level = words.length ? scale_level_named(scale, words) : NULL;
    for (size_t i = 0; !level && words.length && i < scale->level_count; i++)
        if (slice_equal_folded(words, slice_of(scale->levels[i].name)) ||
            slice_equal_folded(words, slice_of(scale->levels[i].word)))
            level = &scale->levels[i];
    return level;
}

const char *rating_number(struct arena *arena, const struct measure *measure, int64_t millionths)
{
    const char *number = number_print_short(arena, millionths);
    const char *unit = measure->unit_of_measure;
    if (rating_is_percentage(measure))
        return arena_format(arena, "%s%%", number);
    if (unit && strcmp(unit, "percentage points") == 0)
        return arena_format(arena, "%s percentage points", number);
    return number;
}
