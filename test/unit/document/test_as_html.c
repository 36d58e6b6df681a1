/* HTML: well formed, self-contained, and what accessibility asks of headings, tables and links. */
#include <expat.h>

#include "sample.h"

enum { NAMES_MOST = 400 };

/* What was seen while the page was parsed. */
struct page {
    struct arena *arena;
    const char *ids[NAMES_MOST], *targets[NAMES_MOST];
    size_t id_count, target_count;
    size_t tables, captions, regions, headings, h1, figures, sources;
    int level; /* of the last heading */
    const char *problem;
};

static const char *attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(attributes[i], name) == 0)
            return attributes[i + 1];
    return NULL;
}

static void see_heading(struct page *page, const char *element)
{
    int level = element[1] - '0';
    page->headings++;
    page->h1 += level == 1;
    if (level > page->level + 1)
        page->problem = "a heading skips a level";
    page->level = level;
}

static void see_link(struct page *page, const char **attributes)
{
    const char *address = attribute(attributes, "href"), *kind = attribute(attributes, "class");
    if (address && address[0] == '#')
        page->targets[page->target_count++] = arena_copy_text(page->arena, address + 1);
    if (!kind || strcmp(kind, "document-figure") != 0)
        return;
    page->figures++;
    if (!address || strncmp(address, "#source-", 8) != 0 || !attribute(attributes, "title"))
        page->problem = "a figure without its citation";
}

static void see(void *data, const char *element, const char **attributes)
{
    struct page *page = data;
    const char *id = attribute(attributes, "id"), *role = attribute(attributes, "role");
    if (id && strncmp(id, "source-", 7) == 0) {
        page->sources++;
        if (!*attribute(attributes, "data-measure") || !*attribute(attributes, "data-period") ||
            !*attribute(attributes, "data-revision"))
            page->problem = "a source without its citation";
    }
    if (id) {
        for (size_t i = 0; i < page->id_count; i++)
            if (strcmp(page->ids[i], id) == 0)
                page->problem = "an id stands twice";
        page->ids[page->id_count++] = arena_copy_text(page->arena, id);
    }
    if (element[0] == 'h' && element[1] >= '1' && element[1] <= '6' && !element[2])
        see_heading(page, element);
    page->tables += strcmp(element, "table") == 0;
    page->captions += strcmp(element, "caption") == 0;
    if (strcmp(element, "th") == 0 && !attribute(attributes, "scope"))
        page->problem = "a th without scope";
    if (strcmp(element, "script") == 0 || attribute(attributes, "src") ||
        attribute(attributes, "style"))
        page->problem = "a script, an outside resource or a style attribute";
    if (role && strcmp(role, "region") == 0) {
        const char *label = attribute(attributes, "aria-labelledby");
        page->regions++;
        page->targets[page->target_count++] = arena_copy_text(page->arena, label);
        if (strcmp(attribute(attributes, "tabindex"), "0") != 0)
            page->problem = "a region that scrolls cannot be reached by keyboard";
    }
    if (strcmp(element, "a") == 0)
        see_link(page, attributes);
}

static void parse(struct slice bytes, struct page *page)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, page);
    XML_SetElementHandler(parser, see, NULL);
    if (XML_Parse(parser, bytes.start, (int)bytes.length, 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(parser),
                 XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
    if (page->problem)
        fail_msg("%s", page->problem);
    for (size_t i = 0; i < page->target_count; i++) {
        bool is_there = false;
        for (size_t j = 0; j < page->id_count && !is_there; j++)
            is_there = strcmp(page->targets[i], page->ids[j]) == 0;
        if (!is_there)
            fail_msg("#%s leads nowhere", page->targets[i]);
    }
}

static void the_page_is_accessible(void **state)
{
    (void)state;
    struct work work = support_work();
    struct page page = { .arena = work.arena };
    struct slice bytes = sample_render(&work, "html", NULL);
    parse(bytes, &page);
    assert_int_equal(page.h1, 1);
    assert_int_equal(page.tables, 3);
    assert_int_equal(page.captions, 3);
    assert_int_equal(page.regions, 3);
    assert_int_equal(page.figures, 8);
    assert_int_equal(page.sources, 8);
    assert_int_equal(sample_count(bytes, "<html lang=\"en-GB\""), 1);
    assert_int_equal(sample_count(bytes, "href=\"#content\""), 1);
    assert_int_equal(sample_count(bytes, "revised since: 77.2%"), 1);
    assert_int_equal(sample_count(bytes, "data-missing=\"awaited\">Awaited<"), 1);
    sample_golden(&work, "sample.html", bytes);
    support_work_end(&work);
}

static void the_body_stands_alone(void **state)
{
    (void)state;
    struct work work = support_work();
    struct page page = { .arena = work.arena, .level = 1 };
    struct slice bytes = { NULL, 0 };
    assert_int_equal(document_render_body(&work, sample_document(&work), &bytes), STATUS_OK);
    parse(bytes, &page);
    assert_int_equal(page.h1, 0);
    assert_int_equal(page.figures, 8);
    assert_int_equal(page.sources, 8);
    assert_int_equal(sample_count(bytes, "<style"), 0);
    support_work_end(&work);
}

/* Words from outside in every place where words can stand. */
static void hostile_words_stay_words(void **state)
{
    (void)state;
    static const char evil[] = "\"'><script>alert(1)</script>&{{title}}";
    struct work work = support_work();
    struct document_tree *tree = document_new(work.arena,
                                              &(struct document_about){ .title = evil,
                                                                        .subtitle = evil,
                                                                        .authority = evil,
                                                                        .description = evil,
                                                                        .created = evil,
                                                                        .language = "en" });
    document_add_heading(tree, 1, evil, evil);
    struct document_runs *runs = document_add_box(tree, DOCUMENT_BOX_NOTE, evil);
    struct document_citation citation = { .measure = evil,
                                          .measure_title = evil,
                                          .unit = evil,
                                          .period = evil,
                                          .breakdown = evil,
                                          .newer = evil,
                                          .is_revised_since = true,
                                          .revision = 1 };
    runs_add_figure(runs, evil, &citation);
    runs_add_rating(runs, &(struct document_rating){ evil, evil, evil });
    runs_add_missing(runs, evil, evil);
    runs_add_finding(runs, DOCUMENT_ERROR, evil, evil);
    runs_add_link(runs_add_strong(runs_add_code(runs, evil), evil), evil, "/a?\"><script>");
    struct document_table *table = document_add_table(tree, evil, evil);
    document_table_add_column(table, &(struct document_column){ .heading = evil, .name = evil });
    document_table_add_group(table, evil);
    document_table_add_row(table);
    document_table_add_words(table, evil);
    struct slice bytes = { NULL, 0 };
    if (document_render(&work, tree, "html", NULL, &bytes) != STATUS_OK)
        fail_msg("%s", work.error);
    struct page page = { .arena = work.arena };
    parse(bytes, &page);
    assert_int_equal(sample_count(bytes, "<script"), 0);
    assert_true(sample_count(bytes, "&lt;script&gt;") > 15);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_is_accessible),
        cmocka_unit_test(the_body_stands_alone),
        cmocka_unit_test(hostile_words_stay_words),
    };
    return cmocka_run_group_tests_name("document/as_html", tests, NULL, NULL);
}
