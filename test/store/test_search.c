/* Search finds the same on both engines, what is on record and nothing that is still being written.
 */
#include "store/search_store.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/directorate_return.h"
#include "model/return_row.h"
#include "support/plan_rows.h"
#include "support/support.h"

static void put_return(struct opened *opened, int64_t objective, const char *code,
                       const char *state, const char *progress)
{
    struct directorate_return *back = row_new(opened, &directorate_return_entity);
    struct return_row *row = row_new(opened, &return_row_entity);
    back->code = code;
    back->period = "2012-13-Q1";
    back->unit = put_unit(opened, code, INTEGER_MISSING);
    back->state = state;
    row->directorate_return = row_put(opened, &directorate_return_entity, back);
    row->reference = "1.1";
    row->sequence = 1;
    row->objective = objective;
    row->progress = progress;
    (void)row_put(opened, &return_row_entity, row);
}

static void fill(struct opened *opened)
{
    must(opened, store_begin(&opened->work));
    int64_t objective = put_objective(opened, 1, "A workforce like the borough");
    put_action(opened, objective, "plan-1-01", "Review the café menus of every residential home",
               "not-started");
    put_action(opened, objective, "plan-1-02", "Train managers in recruiting fairly",
               "not-started");
    put_return(opened, objective, "given", "submitted", "Recruitment training began in May.");
    put_return(opened, objective, "draft", "due", "Recruitment is not to be found here.");
    must(opened, store_commit(&opened->work));
}

/* The kinds and codes found, in alphabetical order of the hits' places, with bars between. */
static const char *found(struct opened *opened, const char *query)
{
    struct list hits = { 0 };
    struct text text = text_new(opened->work.arena, 10000);
    must(opened, search_store_find(&opened->work, query, &hits));
    for (size_t i = 0; i < hits.count; i++) {
        const struct search_hit *hit = hits.items[i];
        text_add_format(&text, "%s%s:%s", i > 0 ? "|" : "", hit->kind, hit->code);
    }
    return text.bytes;
}

static void words_are_found_by_their_stems(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    fill(&opened);
    assert_string_equal(found(&opened, "manager recruit"), "action:plan-1-02");
    assert_string_equal(found(&opened, "café"), "action:plan-1-01");
    assert_string_equal(found(&opened, "resid"), "action:plan-1-01");
    assert_string_equal(found(&opened, "workforce"), "objective:plan-1");
    assert_string_equal(found(&opened, "recruitment may"), "return_row:given");
    assert_string_equal(found(&opened, "nothing of the kind"), "");
    opened_end(&opened);
}

static void what_is_typed_is_never_syntax(void **state)
{
    static const char *const queries[] = {
        "\"", "' OR '1'='1",      "manager) OR (", "NEAR(a b)",
        "*",  "title:manager -x", "a & | ! b",     "\xE2\x80\x99"
    };
    struct opened opened;
    opened_new(&opened, *state);
    fill(&opened);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        (void)found(&opened, queries[i]);
    assert_string_equal(found(&opened, ""), "");
    assert_string_equal(found(&opened, "(manager)"), "action:plan-1-02");
    opened_end(&opened);
}

static void what_is_written_later_is_found(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    fill(&opened);
    assert_string_equal(found(&opened, "lift"), "");
    must(&opened, store_begin(&opened.work));
    put_action(&opened, 1, "plan-1-03", "Mend the lift", "not-started");
    must(&opened, store_commit(&opened.work));
    opened_event(&opened);
    assert_string_equal(found(&opened, "lift"), "action:plan-1-03");
    opened_end(&opened);
}

static void the_words_found_are_marked(void **state)
{
    struct opened opened;
    struct list hits = { 0 };
    opened_new(&opened, *state);
    fill(&opened);
    must(&opened, search_store_find(&opened.work, "manager", &hits));
    const struct search_hit *hit = hits.items[0];
    assert_non_null(strstr(hit->found, SEARCH_BEGINS "managers" SEARCH_ENDS));
    assert_string_equal(hit->path, "/actions/plan-1-02");
    opened_end(&opened);
}

MAIN_ON_BOTH("store/search", ON_BOTH(words_are_found_by_their_stems),
             ON_BOTH(what_is_typed_is_never_syntax), ON_BOTH(what_is_written_later_is_found),
             ON_BOTH(the_words_found_are_marked))
