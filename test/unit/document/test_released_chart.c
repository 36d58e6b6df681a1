/* Released tables that were kept are read back as they went out, and a chart of one shows what it
 * shows and tells what it hides. */
#include "document/released_chart.h"

#include <string.h>

#include "support/support.h"

static const char kept[] =
    "[{\"table\":\"Sex by Unit\",\"columns\":[\"Sex\",\"Unit\"],\"rows\":["
    "{\"labels\":[\"All\",\"All\"],\"count\":60,\"count_mark\":null,\"percent\":null,"
    "\"percent_mark\":\"[z]\"},"
    "{\"labels\":[\"Female\",\"All\"],\"count\":35,\"count_mark\":null,\"percent\":58,"
    "\"percent_mark\":null},"
    "{\"labels\":[\"Male\",\"All\"],\"count\":20,\"count_mark\":null,\"percent\":33,"
    "\"percent_mark\":null},"
    "{\"labels\":[\"Other\",\"All\"],\"count\":null,\"count_mark\":\"[c]\",\"percent\":null,"
    "\"percent_mark\":\"[c]\"},"
    "{\"labels\":[\"Female\",\"Legal\"],\"count\":15,\"count_mark\":null,\"percent\":60,"
    "\"percent_mark\":null}]}]";

static void what_was_kept_is_read_back(void **state)
{
    (void)state;
    struct work work = support_work();
    struct list tables = { 0 };
    struct slice json;
    assert_int_equal(released_read(&work, "kept", slice_of(kept), &tables), STATUS_OK);
    assert_int_equal(tables.count, 1);
    const struct released_table *table = tables.items[0];
    assert_int_equal(released_table_rows(table), 5);
    assert_int_equal(released_table_count(table, 1).number, 35);
    assert_int_equal(released_table_count(table, 3).mark, RELEASED_CONFIDENTIAL);
    assert_string_equal(released_table_label(table, 4, 1), "Legal");
    assert_int_equal(released_as_json(&work, &table, 1, &json), STATUS_OK);
    struct list again = { 0 };
    assert_int_equal(released_read(&work, "again", json, &again), STATUS_OK);
    support_work_end(&work);
}

/* A number beside a mark would be a hidden count that somebody put there. */
static void what_nobody_released_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "{}",
        "[{\"table\":\"t\",\"columns\":[],\"rows\":[{\"labels\":[],\"count\":3,\"count_mark\":"
        "\"[c]\",\"percent\":null,\"percent_mark\":\"[c]\"}]}]",
        "[{\"table\":\"t\",\"columns\":[],\"rows\":[{\"labels\":[],\"count\":-3,\"count_mark\":"
        "null,\"percent\":null,\"percent_mark\":\"[c]\"}]}]",
        "[{\"table\":\"t\",\"columns\":[\"a\"],\"rows\":[{\"labels\":[],\"count\":3,\"count_mark\":"
        "null,\"percent\":null,\"percent_mark\":\"[c]\"}]}]",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct work work = support_work();
        struct list tables = { 0 };
        assert_int_equal(released_read(&work, "wrong", slice_of(wrong[i]), &tables), STATUS_INPUT);
        assert_int_equal(tables.count, 0);
        support_work_end(&work);
    }
}

static void a_chart_tells_what_it_hides(void **state)
{
    (void)state;
    struct work work = support_work();
    struct list tables = { 0 };
    struct text text = text_new(work.arena, 1 << 16);
    const struct released_chart_words words = { "Sex", "People", "The table has the figures.",
                                                "Hidden, so nobody is recognised: {1}." };
    assert_int_equal(released_read(&work, "kept", slice_of(kept), &tables), STATUS_OK);
    assert_int_equal(released_chart(&work, tables.items[0], &words, "chart-1", &text), STATUS_OK);
    assert_non_null(strstr(text.bytes, "recognised: Other."));
    assert_non_null(strstr(text.bytes, "35"));
    assert_null(strstr(text.bytes, ">60<"));  /* the total is no bar */
    assert_null(strstr(text.bytes, "Legal")); /* nor what is crossed */
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_kept_is_read_back),
        cmocka_unit_test(what_nobody_released_is_refused),
        cmocka_unit_test(a_chart_tells_what_it_hides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
