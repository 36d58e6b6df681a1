/* The scorecard's models of a small town: every row is in one cell, and the counts are the rows'.
 */
#include "service/scorecard.h"

#include <string.h>

#include "service/plan.h"
#include "support/support.h"
#include "support/town.h"

static const struct progress *load(void)
{
    struct period period;
    struct progress *progress = NULL;
    struct progress_options options = { .without_check = true };
    assert_true(period_read(slice_of("2012-13-Q1"), &period));
    assert_int_equal(progress_load(&town.work, period, &options, &progress), STATUS_OK);
    return progress;
}

static const char *words(const json_t *json, const char *member)
{
    return json_string_value(json_object_get(json, member));
}

static json_int_t number(const json_t *json, const char *member)
{
    return json_integer_value(json_object_get(json, member));
}

/* How many cells have a rating of that letter. */
static json_int_t count_cells(const json_t *map, const char *letters)
{
    json_int_t count = 0;
    const json_t *objectives = json_object_get(map, "objectives");
    for (size_t o = 0; o < json_array_size(objectives); o++) {
        const json_t *lines = json_object_get(json_array_get(objectives, o), "lines");
        for (size_t l = 0; l < json_array_size(lines); l++) {
            const json_t *cells = json_object_get(json_array_get(lines, l), "cells");
            assert_int_equal(json_array_size(cells),
                             json_array_size(json_object_get(map, "units")));
            for (size_t c = 0; c < json_array_size(cells); c++) {
                const char *own = words(json_object_get(json_array_get(cells, c), "computed"),
                                        "letters");
                count += own && strcmp(own, letters) == 0;
            }
        }
    }
    return count;
}

/* The same from the rows; one that its parts make is on the map too, though it is not counted. */
static json_int_t count_rows(const struct progress *progress, const char *letters)
{
    json_int_t count = 0;
    for (size_t i = 0; i < progress->rows.count; i++) {
        const struct progress_row *row = progress->rows.items[i];
        count += row->unit && row->computed && strcmp(row->computed->letters, letters) == 0;
    }
    return count;
}

static void the_map_holds_every_rating_once(void **state)
{
    (void)state;
    const struct progress *progress = load();
    json_t *map = heat_map_model(town.work.arena, progress);
    const json_t *counts = json_object_get(map, "counts");
    const json_t *levels = json_object_get(counts, "levels");
    assert_int_equal(json_array_size(json_object_get(map, "objectives")), 2);
    json_int_t rated = 0;
    for (size_t i = 0; i < json_array_size(levels); i++) {
        const json_t *level = json_array_get(levels, i);
        assert_int_equal(count_cells(map, words(level, "letters")),
                         count_rows(progress, words(level, "letters")));
        rated += number(level, "computed");
    }
    assert_true(rated > 0);
    assert_int_equal(rated + number(counts, "notComputed"), number(counts, "rows"));
    assert_true(number(counts, "differs") > 0);
    json_decref(map);
}

static void one_objective_has_its_own_counts(void **state)
{
    (void)state;
    const struct progress *progress = load();
    json_t *one = scorecard_objective(town.work.arena, progress, "new-2");
    json_t *map = heat_map_model(town.work.arena, progress);
    assert_string_equal(words(one, "objectiveTitle"), "Better parks");
    assert_true(number(json_object_get(one, "counts"), "rows") <
                number(json_object_get(map, "counts"), "rows"));
    json_decref(one);
    json_decref(map);
    one = scorecard_objective(town.work.arena, progress, "old-1");
    assert_true(json_is_null(one));
    json_decref(one);
}

static void an_objective_knows_its_plan(void **state)
{
    (void)state;
    json_t *model = NULL;
    assert_int_equal(plan_objective(&town.work, "new-1", &model), STATUS_OK);
    assert_string_equal(words(model, "objectiveTitle"), "Better homes");
    assert_string_equal(words(model, "scheme"), "new");
    json_decref(model);
    assert_int_equal(plan_objective(&town.work, "no-such", &model), STATUS_NOT_FOUND);
    work_forget(&town.work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_map_holds_every_rating_once),
        cmocka_unit_test(one_objective_has_its_own_counts),
        cmocka_unit_test(an_objective_knows_its_plan),
    };
    return cmocka_run_group_tests_name("service/scorecard", tests, town_open, town_close);
}
