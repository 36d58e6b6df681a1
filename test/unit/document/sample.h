/* A document with every kind of block and run, for the tests of the renderers. */
#ifndef TEST_UNIT_DOCUMENT_SAMPLE_H
#define TEST_UNIT_DOCUMENT_SAMPLE_H

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "document/document.h"
#include "document/render.h"
#include "support/support.h"

#define SAMPLE_SVG                                                                                 \
    "<svg class=\"chart\" role=\"img\" aria-labelledby=\"eet-title\" "                             \
    "xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\" height=\"120\">"                          \
    "<title id=\"eet-title\">In learning or work</title>"                                          \
    "<line x1=\"10%\" y1=\"100\" x2=\"90%\" y2=\"20\" stroke=\"#0b0c0c\" stroke-width=\"3\"/>"     \
    "<text x=\"10%\" y=\"118\" font-size=\"14\">2011/12</text></svg>"

static inline struct document_citation sample_citation(const char *measure, const char *unit)
{
    return (struct document_citation){ .measure = measure,
                                       .measure_title = "Work & learning",
                                       .unit = unit,
                                       .period = "2012-13-Q1",
                                       .revision = 1 };
}

static inline void sample_figure(struct document_runs *runs, const char *text, const char *measure)
{
    struct document_citation citation = sample_citation(measure, "children");
    runs_add_figure(runs, text, &citation);
}

static inline void sample_rating(struct document_table *table, const char *letters,
                                 const char *words, const char *colour)
{
    runs_add_rating(document_table_add_cell(table), &(struct document_rating){
                                                        .letters = letters,
                                                        .words = words,
                                                        .colour = colour,
                                                    });
}

static inline void sample_row(struct document_table *table, const char *number, const char *title,
                              const char *target)
{
    document_table_add_row(table);
    document_table_add_words(table, number);
    document_table_add_words(table, title);
    if (target)
        document_table_add_words(table, target);
}

static inline void sample_target(struct document_runs *runs, const char *text, const char *measure)
{
    struct document_citation citation = sample_citation(measure, "children");
    citation.subject = "target";
    citation.detail = "annual";
    citation.revision = 2;
    runs_add_figure(runs, text, &citation);
}

static inline void sample_main_table(struct document_tree *tree)
{
    struct document_table *table = document_add_table(tree, "progress",
                                                      "Progress by measure, Quarter 1 2012/13");
    static const struct document_column columns[] = {
        { .heading = "Ref.", .width = 5, .is_row_header = true },
        { .heading = "Success criterion", .width = 25, .is_row_header = true },
        { .heading = "Target", .alignment = DOCUMENT_RIGHT, .width = 8 },
        { .heading = "Value", .alignment = DOCUMENT_RIGHT, .width = 8 },
        { .heading = "Rating", .width = 12 },
        { .heading = "Findings", .name = "findings", .width = 30 },
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        document_table_add_column(table, &columns[i]);
    document_table_add_group(table, "Objective 1: Services that people can reach");
    sample_row(table, "1.4", "Residents who feel safe after dark", NULL);
    sample_target(document_table_add_cell(table), "50%", "safe-after-dark");
    sample_figure(document_table_add_cell(table), "47.58%", "safe-after-dark");
    sample_rating(table, "A", "Amber", "amber");
    runs_add_finding(document_table_add_cell(table), DOCUMENT_ERROR, "rating-contradicts-value",
                     "The value is 4.8% short of the target, yet High Red was declared.");
    sample_row(table, "1.5", "Complaints answered in time", "75%");
    struct document_citation revised = sample_citation("complaints", NULL);
    revised.is_revised_since = true;
    revised.newer = "77.2%";
    runs_add_figure(document_table_add_cell(table), "78.0%", &revised);
    sample_rating(table, "LG", "Low Green", "green");
    document_table_add_cell(table);
    document_table_add_group(table, "Objective 2: Work & learning");
    sample_row(table, "2.1",
               "16\xe2\x80\x93"
               "18 year olds in learning or work",
               "at least 96%");
    runs_add_missing(document_table_add_cell(table), "awaited", "Awaited");
    sample_rating(table, "", "Not rated", "grey");
    struct document_runs *findings = document_table_add_cell(table);
    runs_add_finding(findings, DOCUMENT_WARNING, "missing-untyped", "No reason is given.");
    runs_add_break(findings);
    runs_add_finding(findings, DOCUMENT_NOTE, "small-base", "Based on fewer than 50 people.");
    sample_row(table, "2.2", "Pay gap, mean hourly",
               "below \xc2\xa3"
               "1.00");
    sample_figure(document_table_add_cell(table),
                  "-\xc2\xa3"
                  "0.35",
                  "pay-gap");
    sample_rating(table, "HG", "High Green", "dark-green");
    document_table_add_words(table, "=1+1 is text, not a formula");
}

static inline void sample_chart(struct document_tree *tree)
{
    struct document_table *table = document_add_chart(
        tree, &(struct document_chart){
                  .id = "eet",
                  .caption = "In learning or work, by year",
                  .svg = SAMPLE_SVG,
                  .alternative = "The share rose from 94.1% in 2010/11 to 95.3% in 2011/12.",
                  .height = 120,
              });
    document_table_add_column(
        table, &(struct document_column){ .heading = "Year", .is_row_header = true });
    document_table_add_column(
        table, &(struct document_column){ .heading = "Share", .alignment = DOCUMENT_RIGHT });
    static const char *const years[][2] = { { "2010/11", "94.1%" }, { "2011/12", "95.3%" } };
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        document_table_add_row(table);
        document_table_add_words(table, years[i][0]);
        sample_figure(document_table_add_cell(table), years[i][1], "eet");
    }
    document_table_add_row(table);
    document_table_add_words(table, "Change");
    runs_add_derived(document_table_add_cell(table), "1.2");
}

static inline void sample_words(struct document_tree *tree)
{
    struct document_runs *runs = document_add_paragraph(tree);
    runs_add_text(runs, "Of the measures, ");
    sample_figure(runs, "14", "met");
    runs_add_text(runs, " (");
    runs_add_derived(runs, "25%");
    runs_add_text(runs, "), that is ");
    sample_figure(runs, "1,010 of 2,308", "met-of");
    runs_add_text(runs, " cases, stand at ");
    runs_add_rating(runs, &(struct document_rating){ "LG", "Low Green", "green" });
    runs_add_text(runs, " or ");
    runs_add_strong(runs, "better");
    runs_add_text(runs, ". See ");
    runs_add_link(runs, "the guidance", "https://www.example.org/guidance?a=1&b=2");
    runs_add_text(runs, " and code ");
    runs_add_code(runs, "boundary-misread");
    runs_add_text(runs, ". Names such as Si\xc3\xa2n & <Zo\xc3\xab> stay as they are.");
}

static inline struct document_tree *sample_document(struct work *work)
{
    struct document_tree *tree = document_new(
        work->arena, &(struct document_about){
                         .title = "Equality progress report",
                         .subtitle = "Quarter 1 2012/13",
                         .authority = "Harrow Council (demonstration)",
                         .created = "2012-08-24T09:00:00Z",
                         .description = "Progress against the equality objectives.",
                         .period = "2012-13-Q1",
                     });
    document_add_heading(tree, 1, "summary", "Summary");
    sample_words(tree);
    runs_add_text(
        document_add_box(tree, DOCUMENT_BOX_WARNING, "Two directorates have not returned"),
        "Place Shaping and Legal were due on 31 July 2012.");
    runs_add_text(document_add_box(tree, DOCUMENT_BOX_NOTE, NULL),
                  "Figures are as at 30 June 2012.");
    document_add_heading(tree, 1, "measures", "Measures");
    document_add_heading(tree, 2, NULL, "By objective");
    sample_main_table(tree);
    document_add_page_break(tree);
    document_add_heading(tree, 3, NULL, "In learning or work");
    sample_chart(tree);
    document_add_heading(tree, 4, NULL, "What the letters mean");
    struct document_block *terms = document_add_definitions(tree);
    runs_add_text(document_definitions_add(terms, "HG"),
                  "High Green: at least 5% above the target");
    runs_add_text(document_definitions_add(terms, "A"), "Amber: less than 5% below the target");
    document_add_heading(tree, 1, "next", "Next steps");
    struct document_block *steps = document_add_list(tree, true);
    runs_add_text(document_list_add_item(steps), "Directorates mend the rows listed above.");
    runs_add_text(document_list_add_item(steps), "The group meets on 3 September 2012.");
    struct document_block *points = document_add_list(tree, false);
    runs_add_text(document_list_add_item(points),
                  "\xe7\x94\xb7\xe5\xa5\xb3 is two wide characters");
    document_add_words(tree, "End.");
    return tree;
}

static inline struct slice sample_render(struct work *work, const char *format,
                                         const struct document_options *options)
{
    struct slice bytes = { NULL, 0 };
    enum status status = document_render(work, sample_document(work), format, options, &bytes);
    if (status != STATUS_OK)
        fail_msg("%s: %s", format, work->error);
    return bytes;
}

/* Compares with test/golden/document/NAME; with GOLDEN=write in the environment writes it instead,
 * for a person to review. */
static inline void sample_golden(struct work *work, const char *name, struct slice bytes)
{
    const char *path = support_path(work,
                                    arena_format(work->arena, "test/golden/document/%s", name));
    const char *mode = getenv("GOLDEN");
    if (mode && strcmp(mode, "write") == 0) {
        if (file_write(work, path, bytes) != STATUS_OK)
            fail_msg("%s", work->error);
        return;
    }
    struct slice wanted = { NULL, 0 };
    if (file_read(work, path, 1 << 20, &wanted) != STATUS_OK)
        fail_msg("%s", work->error);
    assert_string_equal(slice_copy(work->arena, bytes), slice_copy(work->arena, wanted));
}

/* How often `words` stand in `bytes`. */
static inline size_t sample_count(struct slice bytes, const char *words)
{
    size_t count = 0;
    for (ptrdiff_t at; (at = slice_find(bytes, words)) >= 0; count++)
        bytes = slice_from(bytes, (size_t)at + strlen(words));
    return count;
}

#endif
