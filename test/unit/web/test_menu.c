/* The navigation of every role: few entries at the top, each leading somewhere that the role may
 * see, and the page that one is on found again in both rows of it. */
#include "web/menu.h"

#include <string.h>

#include "base/arena.h"
#include "support/support.h"
#include "web/site.h"

enum { TOP_MOST = 8 };

struct fixture {
    struct work work;
    struct actor actor;
    struct granted granted;
    struct site site;
};

/* Signed in, with one role or none (ROLE_COUNT). */
static struct fixture *person(struct work *work, enum role role)
{
    struct fixture *fixture = arena_new_of(work->arena, struct fixture);
    fixture->work = *work;
    fixture->actor = (struct actor){ .account = 1, .session = INTEGER_MISSING };
    fixture->granted = (struct granted){ role, INTEGER_MISSING };
    if (role != ROLE_COUNT)
        list_add(work->arena, &fixture->actor.granted, &fixture->granted);
    fixture->work.actor = &fixture->actor;
    return fixture;
}

static const struct route *route_of(const char *pattern)
{
    for (size_t i = 0; i < route_count; i++)
        if (routes[i].method == REQUEST_GET && strcmp(routes[i].pattern, pattern) == 0)
            return &routes[i];
    fail_msg("there is no page %s", pattern);
    return NULL;
}

static size_t count_true(const json_t *items, const char *key)
{
    size_t count = 0, index;
    const json_t *item;
    json_array_foreach(items, index, item) count += json_is_true(json_object_get(item, key));
    return count;
}

static const char *text_of(const json_t *item, const char *key)
{
    return json_string_value(json_object_get(item, key));
}

static void every_entry_has_a_section(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        assert_int_equal(route->menu != NULL, route->section != SECTION_NONE);
        if (route->under)
            assert_non_null(route_of(route->under)->menu);
    }
    assert_int_equal(menu_section(route_of("/records/{kind}/{code}")), SECTION_PLAN);
    assert_int_equal(menu_section(route_of("/roll-over/{scheme}/{year}")), SECTION_PLAN);
    assert_int_equal(menu_section(route_of("/returns/{period}/{unit}")), SECTION_RETURNS);
    assert_int_equal(menu_section(route_of("/comments/{measure}/{unit}/{period}")),
                     SECTION_PROGRESS);
    assert_int_equal(menu_section(route_of("/accessibility")), SECTION_NONE);
}

static void nobody_has_more_than_fits(void **state)
{
    (void)state;
    struct work work = support_work();
    for (int role = 0; role <= ROLE_COUNT; role++) {
        struct fixture *fixture = person(&work, (enum role)role);
        json_t *top = menu_top(&fixture->work, &fixture->site, LANGUAGE_ENGLISH,
                               route_of("/account"));
        assert_in_range(json_array_size(top), 1, TOP_MOST);
        assert_int_equal(count_true(top, "active"), 1);
        size_t index;
        json_t *item;
        json_array_foreach(top, index, item)
            assert_true(permission_has(&fixture->work, route_of(text_of(item, "href"))->right));
        json_decref(top);
    }
    support_work_end(&work);
}

static void each_page_is_found_again(void **state)
{
    (void)state;
    struct work work = support_work();
    struct fixture *fixture = person(&work, ROLE_POLICY_OFFICER);
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        if (route->method != REQUEST_GET || menu_section(route) == SECTION_NONE ||
            !permission_has(&fixture->work, route->right) || route->is_for_strangers)
            continue;
        json_t *top = menu_top(&fixture->work, &fixture->site, LANGUAGE_ENGLISH, route);
        json_t *within = menu_within(&fixture->work, &fixture->site, LANGUAGE_ENGLISH, route);
        const json_t *items = json_object_get(within, "items");
        assert_int_equal(count_true(top, "active"), 1);
        assert_true(json_is_null(within) || count_true(items, "active") == 1);
        assert_true(json_is_null(within) || json_array_size(items) >= 2);
        assert_int_equal(count_true(items, "current"), route->menu && json_is_object(within));
        json_decref(top);
        json_decref(within);
    }
    support_work_end(&work);
}

/* The place of the entry that is marked as active; -1: none is. */
static int active_in(const json_t *within)
{
    const json_t *items = json_object_get(within, "items"), *item;
    size_t index;
    json_array_foreach(items, index, item)
    {
        if (json_is_true(json_object_get(item, "active")))
            return (int)index;
    }
    return -1;
}

static void a_form_that_comes_back_stands_where_its_page_does(void **state)
{
    (void)state;
    struct work work = support_work();
    struct fixture *fixture = person(&work, ROLE_POLICY_OFFICER);
    const char *const patterns[] = { "/returns/{period}/{unit}/rows/{row}",
                                     "/returns/{period}/{unit}/steps/{action}",
                                     "/records/{kind}/new" };
    size_t found = 0;
    for (size_t i = 0; i < route_count; i++)
        for (size_t j = 0; j < ARRAY_COUNT(patterns); j++) {
            if (routes[i].method != REQUEST_POST || strcmp(routes[i].pattern, patterns[j]) != 0)
                continue;
            json_t *page = menu_within(&fixture->work, &fixture->site, LANGUAGE_ENGLISH,
                                       route_of(patterns[j]));
            json_t *form = menu_within(&fixture->work, &fixture->site, LANGUAGE_ENGLISH,
                                       &routes[i]);
            assert_int_equal(active_in(form), active_in(page));
            found++;
            json_decref(page);
            json_decref(form);
        }
    assert_int_equal(found, ARRAY_COUNT(patterns));
    support_work_end(&work);
}

/* Where one page of a section is open, the entry says what that page says, and there is no second
 * row. */
static void a_section_of_one_page_has_its_words(void **state)
{
    (void)state;
    struct work work = support_work();
    struct fixture *fixture = person(&work, ROLE_POLICY_OFFICER);
    const struct route *releases = route_of("/releases");
    json_t *within = menu_within(&fixture->work, &fixture->site, LANGUAGE_ENGLISH, releases);
    json_t *top = menu_top(&fixture->work, &fixture->site, LANGUAGE_ENGLISH, releases);
    bool is_there = false;
    size_t index;
    json_t *item;
    json_array_foreach(top, index, item)
        is_there = is_there || strcmp(text_of(item, "text"), "Releases") == 0;
    assert_true(is_there);
    assert_true(json_is_null(within));
    json_decref(top);
    json_decref(within);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entry_has_a_section),
        cmocka_unit_test(nobody_has_more_than_fits),
        cmocka_unit_test(each_page_is_found_again),
        cmocka_unit_test(a_form_that_comes_back_stands_where_its_page_does),
        cmocka_unit_test(a_section_of_one_page_has_its_words),
    };
    return cmocka_run_group_tests_name("web/menu", tests, NULL, NULL);
}
