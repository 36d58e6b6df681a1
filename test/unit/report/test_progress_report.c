/* The document of the progress report: what stands where, and that every figure is a citation. */
#include "report/progress_report.h"

#include <string.h>

#include "document/render.h"
#include "document/sources.h"
#include "report/progress_detail.h"
#include "report/report_runs.h"
#include "support/support.h"
#include "support/town.h"

static struct document_tree *make(bool is_brief)
{
    const struct period period = { PERIOD_QUARTER, 2012, 1 };
    const struct progress_report_options options = { .is_brief = is_brief };
    struct progress *progress = NULL;
    assert_int_equal(progress_load(&town.work, period, NULL, &progress), STATUS_OK);
    return progress_report(&town.work, progress, &options);
}

static const char *print(struct document_tree *tree)
{
    const struct document_options options = { .width = 400 };
    struct slice bytes;
    assert_int_equal(document_render(&town.work, tree, "text", &options, &bytes), STATUS_OK);
    return slice_copy(town.work.arena, bytes);
}

static void assert_says(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        print_error("\"%s\" does not stand in the text.\n", words);
    assert_non_null(strstr(text, words));
}

/* The cells of the row that begins with a reference, in any table. */
static const struct document_row *row_of(const struct document_tree *tree, const char *reference)
{
    for (size_t i = 0; i < tree->blocks.count; i++) {
        const struct document_block *block = tree->blocks.items[i];
        for (size_t k = 0; block->kind == DOCUMENT_TABLE && k < block->table->rows.count; k++) {
            const struct document_row *row = block->table->rows.items[k];
            if (row->group == NULL && row->cells[0].first != NULL &&
                row->cells[0].first->kind == DOCUMENT_RUN_TEXT &&
                strcmp(row->cells[0].first->text, reference) == 0)
                return row;
        }
    }
    fail_msg("no row %s", reference);
    return NULL;
}

static const char *cell_words(const struct document_row *row, size_t column)
{
    struct text words = text_new(town.work.arena, 1000);
    runs_print(&row->cells[column], &words);
    return words.bytes;
}

enum { TARGET = 2, VALUE, DECLARED, COMPUTED, TRAVEL };

static void a_row_holds_target_value_and_both_ratings(void **state)
{
    (void)state;
    const struct document_row *row = row_of(make(true), "1.2a");
    assert_string_equal(cell_words(row, TARGET), "at most 12%");
    assert_string_equal(cell_words(row, VALUE), "12.0%");
    assert_string_equal(cell_words(row, DECLARED), "A (Amber)");
    assert_string_equal(cell_words(row, COMPUTED), "LG (Low Green) differs");
    assert_string_equal(cell_words(row, TRAVEL), "worse; year: better");
}

static void a_row_without_value_says_why(void **state)
{
    (void)state;
    struct document_tree *tree = make(true);
    assert_string_equal(cell_words(row_of(tree, "1.3"), VALUE), "No value");
    assert_string_equal(cell_words(row_of(tree, "1.3"), TARGET), "No target");
    assert_string_equal(cell_words(row_of(tree, "2.1"), DECLARED), "By its parts");
    assert_string_equal(cell_words(row_of(tree, "2.1"), VALUE), "From its parts");
    assert_string_equal(cell_words(row_of(tree, "2.1A"), VALUE), "Complete");
    assert_says(print(tree), "Awaited; 4.50% in 2011/12");
}

static void every_figure_cites_measure_unit_period_and_revision(void **state)
{
    static const char *const subjects[] = { "", "target", "forecast", "comparator" };
    (void)state;
    struct document_tree *tree = make(false);
    struct list sources = document_sources(tree).list;
    size_t by_subject[ARRAY_COUNT(subjects)] = { 0 };
    for (size_t i = 0; i < sources.count; i++) {
        const struct document_source *source = sources.items[i];
        const struct document_citation *citation = &source->first->citation;
        assert_non_null(citation->measure);
        assert_non_null(citation->measure_title);
        assert_non_null(citation->period);
        assert_null(citation->breakdown);
        bool is_comparator = citation->subject && strcmp(citation->subject, "comparator") == 0;
        assert_int_equal(citation->unit == NULL, is_comparator);
        assert_int_equal(citation->detail == NULL, citation_is_value(citation));
        assert_int_equal(citation->revision, is_comparator ? 0 : 1);
        for (size_t k = 0; k < ARRAY_COUNT(subjects); k++)
            by_subject[k] += strcmp(subjects[k], citation->subject ? citation->subject : "") == 0;
    }
    assert_true(by_subject[0] > 5 && by_subject[1] > 4);
    assert_int_equal(by_subject[2], 1);
    assert_int_equal(by_subject[3], 2);
    const struct document_row *dry = row_of(tree, "1.2b");
    assert_string_equal(runs_only_figure(&dry->cells[VALUE])->citation.measure, "damp");
    const struct document_run *target = row_of(tree, "1.2a")->cells[TARGET].first;
    assert_string_equal(target->text, "at most ");
    assert_string_equal(target->next->figure->text, "12%");
    assert_string_equal(target->next->figure->citation.detail, "profile");
}

static void details_tell_what_the_table_has_no_room_for(void **state)
{
    (void)state;
    static const char *const words[] = {
        "We will have succeeded if: More are let",
        "Target: at most 12%, for Quarter 1 2012/13; below 10% for 2012/13.",
        "88.0%, 100 less 12.0%",
        "Declared: A (Amber), Sickness in the team",
        "Declared: LG (Low\u00a0Green), no reason given",
        "Progress: 30 were let.",
        "Progress: told with row 1.2a.",
        "Forecast, not a value: 110 in 2012/13. By March",
        "Others: England 13.5% in 2011/12; Neighbours 15.0% in 2011/12.",
        "since the period before worse (then 11.5%); since a year before better (then 13.0%)",
        "(provisional)",
    };
    const char *full = print(make(false)), *brief = print(make(true));
    for (size_t i = 0; i < ARRAY_COUNT(words); i++)
        assert_says(full, words[i]);
    assert_null(strstr(brief, "We will have succeeded if"));
    assert_null(strstr(brief, "Forecast"));
}

static void the_summary_is_for_the_tired(void **state)
{
    (void)state;
    const char *text = print(make(true));
    assert_says(text, "9 measures under 2 objectives");
    assert_says(text,
                "agree for 2 and differ for 2; for 1 of those that differ no reason is given");
    assert_says(text, "2 of 3 have not returned: Parks, All directorates.");
    assert_says(text, "Received, 2 days late");
    assert_says(text, "Due, not received");
    assert_says(text, "No return");
}

static void colours_of_scales_are_colours_of_documents(void **state)
{
    (void)state;
    assert_string_equal(report_rating_colour("high-green"), "dark-green");
    assert_string_equal(report_rating_colour("amber"), "amber");
    assert_string_equal(report_rating_colour("purple"), "grey");
    assert_string_equal(report_rating_colour(NULL), "grey");
    const struct unit council = { .kind = "authority", .name = "Town" };
    assert_string_equal(progress_unit_name(&council), "All directorates");
    assert_string_equal(report_count(town.work.arena, 1, "day", "days"), "1 day");
    assert_string_equal(report_count(town.work.arena, 0, "day", "days"), "0 days");
    assert_string_equal(report_period(town.work.arena, "2012-13-Q1"), "Quarter 1 2012/13");
    assert_string_equal(report_period(town.work.arena, "soon"), "soon");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_holds_target_value_and_both_ratings),
        cmocka_unit_test(a_row_without_value_says_why),
        cmocka_unit_test(every_figure_cites_measure_unit_period_and_revision),
        cmocka_unit_test(details_tell_what_the_table_has_no_room_for),
        cmocka_unit_test(the_summary_is_for_the_tired),
        cmocka_unit_test(colours_of_scales_are_colours_of_documents),
    };
    return cmocka_run_group_tests(tests, town_open, town_close);
}
