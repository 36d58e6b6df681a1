/* Every route × every role × inside and outside the unit that the role was granted for, as page, as
 * JSON and as form: who gets through is what the table of permissions says, and nobody else. */
#include <string.h>

#include "base/file.h"
#include "model/unit.h"
#include "service/account.h"
#include "service/api_token.h"
#include "service/sign_in.h"
#include "store/entity_store.h"
#include "support/store_fixture.h"
#include "support/support.h"
#include "web/dispatch.h"
#include "web/pool.h"
#include "web/routes.h"
#include "web/site.h"
#include "web/visitor.h"

enum { STRANGER = ROLE_COUNT, NO_ROLE, WHO_COUNT };

struct house {
    struct opened opened;
    struct site *site;
    struct arena *lasting;
    const char *granted; /* the unit of all roles; NULL: the whole authority */
    const char *tokens[WHO_COUNT];
    const char *cookies[WHO_COUNT]; /* of sessions that hold; NULL: none yet */
};

static int64_t put_unit(struct house *house, const char *code, int64_t parent)
{
    struct unit *unit = entity_row(house->lasting, &unit_entity);
    unit->code = code;
    unit->name = code;
    unit->kind = "directorate";
    unit->parent = parent;
    must(&house->opened, entity_store_insert(&house->opened.work, &unit_entity, unit));
    return unit->id;
}

static const char *name_of(int who)
{
    return who < ROLE_COUNT ? permission_roles[who].code : who == NO_ROLE ? "no-role" : "stranger";
}

/* An account for each role, granted for one unit, and one without any. */
static void put_people(struct house *house)
{
    struct work *work = &house->opened.work;
    for (int who = 0; who < WHO_COUNT; who++) {
        struct problems problems = { .arena = work->arena };
        const char *email = arena_format(work->arena, "%s@example.invalid", name_of(who));
        if (who == STRANGER)
            continue;
        must(&house->opened,
             account_add(work, &(struct account_details){ name_of(who), "Made up", email },
                         &problems));
        if (who < ROLE_COUNT)
            must(&house->opened,
                 account_grant(work, name_of(who),
                               &(struct account_grant){ name_of(who), house->granted, NULL, NULL },
                               &problems));
        assert_int_equal(problems.list.count, 0);
    }
}

static void open_house(struct house *house, const char *granted, bool pages_need_sign_in)
{
    static const struct store_fixture sqlite = { ENGINE_SQLITE, NULL };
    *house = (struct house){ .lasting = arena_new(), .granted = granted };
    opened_new(&house->opened, &sqlite);
    int64_t council = put_unit(house, "council", INTEGER_MISSING);
    put_unit(house, "repairs", put_unit(house, "housing", council));
    put_unit(house, "legal", council);
    put_people(house);
    struct work lasting = { .arena = house->lasting };
    const struct brand_options brand = { "", "" };
    assert_int_equal(site_load(&lasting, "Town", NULL, &brand, &house->site), STATUS_OK);
    house->site->pages_need_sign_in = pages_need_sign_in;
    house->site->session_idle = 30;
    house->site->session_longest = 480;
    house->site->prove_again = 5;
    house->site->takes_demonstration = true;
    house->site->writers = pool_new(house->opened.address);
}

static void close_house(struct house *house)
{
    pool_free(house->site->writers); /* the server's, which outlives a site's settings */
    site_free(house->site);
    arena_free(house->lasting);
    opened_end(&house->opened);
}

/* The browser's cookie of that person; NULL for a stranger. */
static const char *sign_in(struct house *house, int who)
{
    struct sign_in made;
    const char *token = NULL;
    if (who == STRANGER || house->cookies[who])
        return house->cookies[who];
    must(&house->opened,
         account_invite(&house->opened.work, name_of(who), "demonstration", &token));
    must(&house->opened, sign_in_link(&house->opened.work, token, "test", &made));
    house->cookies[who] = arena_copy_text(house->lasting, made.token);
    return house->cookies[who];
}

struct attempt {
    const struct route *route;
    const char *unit;
    int who;
    bool wants_json;
    const char *typed; /* further fields of the form: "&name=value"; NULL: none */
};

/* A program's token with all scope on that person's behalf; NULL for a stranger. */
static const char *token_for(struct house *house, int who)
{
    const struct api_token_details details = { name_of(who), "test", "write", 1 };
    const char *token = NULL;
    if (who == STRANGER || house->tokens[who])
        return house->tokens[who];
    must(&house->opened, api_token_add(&house->opened.work, &details, &token));
    house->tokens[who] = arena_copy_text(house->lasting, token);
    return house->tokens[who];
}

/* A program shows its token; a browser's cookie would count for nothing. */
static void ask_as_program(struct house *house, const struct attempt *attempt,
                           struct request *request)
{
    const char *token = token_for(house, attempt->who);
    request->content_type = "application/json";
    request->if_match = "\"v0\"";
    if (attempt->route->writes)
        request->body = SLICE("{\"progress\": \"x\"}");
    if (token)
        request->authorization = arena_format(house->opened.work.arena, "Bearer %s", token);
}

/* The segments of a pattern, with the unit where it wants one. */
static void fill(struct arena *arena, const struct route *route, const char *unit,
                 struct request *request)
{
    struct slice rest = slice_of(route->pattern + 1), part;
    while (slice_split(&rest, '/', &part) && part.length) {
        const char *words = slice_copy(arena, part);
        if (*words == '{') {
            part = (struct slice){ part.start + 1, part.length - 2 };
            bool is_unit = route->unit && slice_is(part, route->unit);
            words = is_unit ? unit : slice_is(part, "period") ? "2012-13-Q1" : "none";
        }
        request->segments[request->segment_count++] = words;
    }
}

static const char *header_of(const struct response *response, const char *name)
{
    for (size_t i = 0; i < response->header_count; i++)
        if (strcmp(response->headers[i].name, name) == 0)
            return response->headers[i].value;
    return "";
}

static struct response ask(struct house *house, const struct attempt *attempt)
{
    struct work work = { .arena = house->opened.work.arena,
                         .now = house->opened.work.now,
                         .user = "test",
                         .store = house->opened.work.store,
                         .workspace = &house->opened.workspace };
    struct request request = { .method = attempt->route->method,
                               .accept = attempt->wants_json ? "application/json" : "text/html",
                               .content_type = "application/x-www-form-urlencoded",
                               .if_none_match = "",
                               .if_match = "",
                               .cookie = "",
                               .authorization = "",
                               .host = "127.0.0.1",
                               .origin = "",
                               .fetch_site = "",
                               .agent = "" };
    struct response response = { .status = 0 };
    const char *cookie = attempt->route->is_api ? NULL : sign_in(house, attempt->who);
    fill(work.arena, attempt->route, attempt->unit, &request);
    if (attempt->route->is_api)
        ask_as_program(house, attempt, &request);
    if (cookie)
        request.cookie = arena_format(work.arena, "session=%s", cookie);
    if (cookie && request.method == REQUEST_POST) {
        struct call call = { .cookie = cookie, .site = house->site };
        request.body = slice_of(arena_format(work.arena, "token=%s%s",
                                             visitor_form_token(&work, &call, &response),
                                             attempt->typed ? attempt->typed : ""));
    }
    dispatch(&work, house->site, 0, &request, &response);
    if (strcmp(attempt->route->pattern, "/sign-out") == 0)
        house->cookies[attempt->who] = NULL;
    return response;
}

/* What the table says, in a second way: by the page docs/permissions.md, which another test
 * compares with it, this is all that there is to know. */
static bool may(const struct house *house, const struct attempt *attempt)
{
    enum right right = attempt->route->right;
    if (right == RIGHT_PUBLIC || (right == RIGHT_READ && !house->site->pages_need_sign_in))
        return true;
    if (attempt->who == STRANGER)
        return false;
    if (right == RIGHT_SIGNED_IN)
        return true;
    enum reach reach = attempt->who < ROLE_COUNT ? permission_rights[right].reach[attempt->who]
                                                 : REACH_NONE;
    bool is_inside = !house->granted || !attempt->route->unit ||
                     strcmp(attempt->unit, "legal") != 0;
    return reach == REACH_EVERYWHERE || (reach == REACH_UNITS && is_inside);
}

/* Whether the row alone does not tell: its right was granted for one unit, and what is done names
 * its unit in the form, or is done to the whole authority. The service asks then. */
static bool is_for_the_service(const struct house *house, const struct attempt *attempt)
{
    return house->granted && !attempt->route->unit && attempt->who < ROLE_COUNT &&
           permission_rights[attempt->route->right].reach[attempt->who] == REACH_UNITS;
}

static void check(struct house *house, const struct attempt *attempt)
{
    const struct response response = ask(house, attempt);
    const char *location = header_of(&response, "Location");
    int status = response.status;
    bool leads_to_sign_in = status == 303 && strncmp(location, "/sign-in", 8) == 0 &&
                            strstr(location, "done=") == NULL;
    bool is_refused = status == 401 || status == 403 || leads_to_sign_in;
    bool is_asked_for_itself = strncmp(attempt->route->pattern, "/sign-in", 8) == 0;
    bool is_form = attempt->route->method == REQUEST_POST && !attempt->route->is_api;
    bool wants_json = attempt->wants_json || attempt->route->is_api;
    bool is_right = is_refused != may(house, attempt);
    /* A stranger's form has no token that we gave. */
    if (attempt->who == STRANGER && is_form)
        is_right = is_refused;
    else if (is_asked_for_itself)
        is_right = status != 401 && status != 403;
    if (attempt->who == STRANGER && !may(house, attempt))
        is_right = is_right && (wants_json ? status == 401 : leads_to_sign_in);
    if (status >= 500)
        fail_msg("%s for %s: %d", attempt->route->pattern, name_of(attempt->who), status);
    if (!is_right && !is_for_the_service(house, attempt))
        fail_msg("%s %s %s for %s (%s): %d %s", attempt->wants_json ? "JSON" : "page",
                 is_form ? "POST" : "GET", attempt->route->pattern, name_of(attempt->who),
                 attempt->unit, status, location);
}

static size_t check_all(struct house *house)
{
    static const char *const units[] = { "housing", "repairs", "legal" };
    size_t count = 0;
    for (size_t r = 0; r < route_count; r++)
        for (int who = 0; who < WHO_COUNT; who++)
            for (size_t u = 0; u < (routes[r].unit ? ARRAY_COUNT(units) : 1); u++)
                for (int json = 0; json < 2; json++) {
                    struct arena_mark mark = arena_mark(house->opened.work.arena);
                    check(house, &(struct attempt){ &routes[r], units[u], who, json == 1, NULL });
                    arena_return(house->opened.work.arena, mark);
                    count++;
                }
    return count;
}

static void check_house(const char *granted)
{
    struct house house;
    open_house(&house, granted, true);
    assert_true(check_all(&house) >= 2 * WHO_COUNT * route_count);
    close_house(&house);
}

static void a_role_for_a_unit_opens_what_the_table_says(void **state)
{
    (void)state;
    check_house("housing");
}

static void a_role_for_all_opens_what_the_table_says(void **state)
{
    (void)state;
    check_house(NULL);
}

static void open_pages_are_for_everybody(void **state)
{
    struct house house;
    (void)state;
    open_house(&house, NULL, false);
    for (size_t r = 0; r < route_count; r++)
        if (routes[r].right == RIGHT_READ)
            check(&house, &(struct attempt){ &routes[r], "housing", STRANGER, false, NULL });
    close_house(&house);
}

static bool has(const struct response *response, const char *words)
{
    return slice_find(response->body, words) >= 0;
}

/* What a session whose last proof is six minutes old is told, as page and as JSON. */
static void check_is_asked(struct house *house, const struct attempt *attempt)
{
    struct attempt as_json = *attempt;
    bool is_form = attempt->route->method == REQUEST_POST;
    as_json.wants_json = true;
    struct response page = ask(house, attempt), json = ask(house, &as_json);
    if (is_form)
        assert_int_equal(page.status, 401);
    else
        assert_true(strncmp(header_of(&page, "Location"), "/account/prove?next=", 20) == 0);
    if (is_form && !has(&page, "name=\"typed\" value=\"kept &amp; safe\""))
        fail_msg("%s lost what was typed", attempt->route->pattern);
    assert_int_equal(json.status, 401);
    assert_string_equal(json.media_type, "application/problem+json");
    assert_true(has(&json, "/account/prove"));
    assert_non_null(strstr(header_of(&json, "WWW-Authenticate"),
                           "error=\"insufficient_user_authentication\", max_age=\"300\""));
}

static bool is_asked(const struct response *response)
{
    return strncmp(header_of(response, "Location"), "/account/prove", 14) == 0 ||
           *header_of(response, "WWW-Authenticate") || has(response, "name=\"proof\"");
}

/* Every route, by somebody who may: the delicate ones ask again who it is when the last proof is
 * older than the setting says, and the others never do. */
static void check_age(struct house *house, const struct attempt *attempt, const char *fresh,
                      const char *old)
{
    struct work *work = &house->opened.work;
    work->now = fresh;
    struct response response = ask(house, attempt);
    if (is_asked(&response) && strcmp(attempt->route->pattern, "/account/prove") != 0)
        fail_msg("%s asks although the proof is fresh", attempt->route->pattern);
    work->now = old;
    if (attempt->route->is_delicate) {
        check_is_asked(house, attempt);
        return;
    }
    response = ask(house, attempt);
    if (is_asked(&response) && strcmp(attempt->route->pattern, "/account/prove") != 0)
        fail_msg("%s asks and is not delicate", attempt->route->pattern);
}

static void delicate_steps_ask_again_who_it_is(void **state)
{
    struct house house;
    size_t delicate = 0;
    (void)state;
    open_house(&house, NULL, true);
    for (size_t r = 0; r < route_count; r++)
        for (int who = 0; who < ROLE_COUNT; who++) {
            struct arena_mark mark = arena_mark(house.opened.work.arena);
            struct attempt attempt = { &routes[r], "housing", who, false, "&typed=kept+%26+safe" };
            bool ends_session = strncmp(routes[r].pattern, "/sign-", 6) == 0;
            if (may(&house, &attempt) && !ends_session && !routes[r].is_api) {
                house.cookies[who] = NULL; /* the account may have been changed by a route */
                house.opened.work.now = "2026-11-25T12:00:00Z";
                (void)sign_in(&house, who);
                check_age(&house, &attempt, "2026-11-25T12:04:59Z", "2026-11-25T12:06:00Z");
                delicate += routes[r].is_delicate;
            }
            arena_return(house.opened.work.arena, mark);
        }
    assert_true(delicate > 30);
    /* With its proof the form is taken, in one step. */
    house.cookies[ROLE_ADMINISTRATOR] = NULL;
    house.opened.work.now = "2026-11-25T12:00:00Z";
    (void)sign_in(&house, ROLE_ADMINISTRATOR);
    house.opened.work.now = "2026-11-25T12:06:00Z";
    for (size_t r = 0; r < route_count; r++)
        if (strcmp(routes[r].pattern, "/accounts/new") == 0 && routes[r].is_delicate) {
            struct response response = ask(
                &house, &(struct attempt){ &routes[r], "", ROLE_ADMINISTRATOR, false,
                                           "&proof=yes&code=sam&name=Sam&email=s%40e.invalid" });
            assert_int_equal(response.status, 303);
            assert_non_null(strstr(header_of(&response, "Location"), "/accounts/sam"));
        }
    close_house(&house);
}

/* docs/permissions.md names every delicate route, and no other. */
static void the_page_names_the_delicate_steps(void **state)
{
    struct work work = support_work();
    struct slice page, line, word;
    size_t named = 0, delicate = 0;
    (void)state;
    assert_int_equal(file_read(&work, support_path(&work, "docs/permissions.md"), 1 << 20, &page),
                     STATUS_OK);
    while (slice_split(&page, '\n', &line)) {
        bool is_post = slice_starts(line, "| `POST /"), is_get = slice_starts(line, "| `GET /");
        if (!is_post && !is_get)
            continue;
        struct slice rest = slice_from(line, strlen(is_post ? "| `POST " : "| `GET "));
        assert_true(slice_split(&rest, '`', &word));
        bool is_found = false;
        for (size_t r = 0; r < route_count; r++)
            is_found = is_found ||
                       (routes[r].is_delicate && (routes[r].method == REQUEST_POST) == is_post &&
                        slice_is(word, routes[r].pattern));
        if (!is_found)
            fail_msg("%.*s is no delicate route", (int)word.length, word.start);
        named++;
    }
    for (size_t r = 0; r < route_count; r++) {
        delicate += routes[r].is_delicate;
        /* A file could not be carried on; a program's token cannot be asked. */
        assert_false(routes[r].is_delicate && (routes[r].takes_file || routes[r].is_api));
    }
    assert_int_equal(named, delicate);
    support_work_end(&work);
}

static void every_row_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        assert_in_range(route->right, RIGHT_PUBLIC, RIGHT_COUNT - 1);
        /* What is sent can be of some length and is written; what is asked for is neither, but for
         * the way back from an identity provider, which proves itself by its state. */
        bool is_sent = route->method == REQUEST_POST || route->method == REQUEST_PUT;
        bool is_way_back = strcmp(route->pattern, "/sign-in/single/back") == 0;
        assert_int_equal(is_sent, route->form_most > 0);
        assert_true(is_sent || !route->writes || is_way_back);
        assert_true(route->method != REQUEST_PUT || route->is_api);
        assert_true(!route->is_cached || route->right == RIGHT_READ);
        assert_true(!route->is_personal ||
                    (!route->is_cached && !route->is_restricted && !is_sent && !route->is_api));
        if (route->unit)
            assert_non_null(
                strstr(route->pattern, (char[64]){ '{', route->unit[0], route->unit[1] }));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(a_role_for_a_unit_opens_what_the_table_says),
        cmocka_unit_test(a_role_for_all_opens_what_the_table_says),
        cmocka_unit_test(open_pages_are_for_everybody),
        cmocka_unit_test(delicate_steps_ask_again_who_it_is),
        cmocka_unit_test(the_page_names_the_delicate_steps),
    };
    return cmocka_run_group_tests_name("web/permission", tests, NULL, NULL);
}
