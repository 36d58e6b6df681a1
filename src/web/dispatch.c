#include "web/dispatch.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "codec/multipart.h"
#include "base/text.h"
#include "model/unit.h"
#include "service/audit_view.h"
#include "service/sign_in.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "template/escape.h"
#include "web/api/api.h"
#include "web/cache.h"
#include "web/confirmation.h"
#include "web/failure.h"
#include "web/limits.h"
#include "web/localise.h"
#include "web/metrics.h"
#include "web/pages/pages.h"
#include "web/pool.h"
#include "web/proof.h"
#include "web/quota.h"
#include "web/refusal.h"
#include "web/routes.h"
#include "web/site.h"
#include "web/visitor.h"

#include "base/banned.h"

enum { PATH_NOTED_MOST = 400 /* bytes of an address in the audit */ };

static bool wants_json(const struct request *request)
{
    const char *format = request_query(request, "format");
    if (format)
        return strcmp(format, "json") == 0;
    struct slice accept = slice_of(request->accept ? request->accept : "");
    return slice_find_folded(accept, "application/json") >= 0 &&
           slice_find_folded(accept, "text/html") < 0;
}

static int add_json(const char *bytes, size_t length, void *context)
{
    struct text *text = context;
    text_add_slice(text, (struct slice){ bytes, length });
    return text->is_full ? -1 : 0;
}

static enum status write_json(struct work *work, const struct page *page, struct response *response)
{
    struct text text = text_new(work->arena, PAGE_MOST);
    if (json_dump_callback(page->model, add_json, &text,
                           JSON_INDENT(1) | JSON_REAL_PRECISION(15)) != 0)
        return work_fail(work, STATUS_LIMIT, "The answer is longer than %d bytes.", PAGE_MOST);
    text_add(&text, "\n");
    response->media_type = "application/json";
    response->body = text_slice(&text);
    return STATUS_OK;
}

/* The address that was asked for, without its language, as it stands in links. */
static const char *address_of(struct work *work, const struct call *call)
{
    struct text path = text_new(work->arena, (size_t)4 * REQUEST_TARGET_MOST);
    for (size_t i = 0; i < call->request->segment_count; i++) {
        text_add_character(&path, '/');
        escape_add(&path, ESCAPE_PART, slice_of(call->request->segments[i]));
    }
    for (size_t i = 0; i < call->request->query_count; i++) {
        text_add_character(&path, i ? '&' : '?');
        escape_add(&path, ESCAPE_PART, slice_of(call->request->query[i].name));
        text_add_character(&path, '=');
        escape_add(&path, ESCAPE_PART, slice_of(call->request->query[i].value));
    }
    return path.bytes;
}

/* The same page in every language, as items of the Design System's language navigation. */
static json_t *language_links(struct work *work, const struct call *call)
{
    const char *address = address_of(work, call);
    json_t *links = json_array();
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        const struct language_row *row = &languages[i];
        const char *home = *row->home || call->request->segment_count ? row->home : "/";
        json_t *link = json_pack("{s:s, s:s, s:b}", "text", row->name, "lang", row->code, "current",
                                 i == (size_t)call->language);
        /* As an attribute, because links of a page are led to the page's own language. */
        json_object_set_new(
            link, "attributes",
            json_pack("{s:s}", "href", arena_format(work->arena, "%s%s", home, address)));
        json_array_append_new(links, link);
    }
    return links;
}

/* What a page has beside its model: the token of its forms, and what was just done. */
static void add_to_model(struct work *work, const struct call *call, const struct page *page,
                         struct response *response)
{
    const char *words = confirmation_words(request_query(call->request, "done"));
    if (page->has_form)
        json_object_set_new(page->model, "formToken",
                            json_string(visitor_form_token(work, call, response)));
    if (page->has_form && call->session)
        json_object_set_new(page->model, "sessionMinutes", json_integer(call->site->session_idle));
    if (words)
        json_object_set_new(
            page->model, "confirmation",
            json_pack("{s:s, s:s}", "type", "success", "text", call_words(call, words)));
}

static enum status write_html(struct work *work, const struct call *call, const struct page *page,
                              struct response *response)
{
    struct text text = text_new(work->arena, PAGE_MOST);
    const struct site *site = call->site;
    add_to_model(work, call, page, response);
    json_t *shared = site_view(work, site, call->language, call->route);
    struct template_view view = {
        .model = thing_of_json(page->model),
        .site = thing_of_json(shared),
        .is_strict = site->is_strict,
        .translate = call->language == LANGUAGE_ENGLISH ? NULL : language_translate,
        .catalogue = &site->catalogues[call->language],
        .home = languages[call->language].home,
    };
    if (call->route)
        json_object_set_new(page->model, "languageLinks", language_links(work, call));
    if (call->language != LANGUAGE_ENGLISH)
        localise(work, call, page->model);
    if (page->has_figures)
        localise_figures(work->arena, page->model);
    enum status status = template_render(work, call->site->templates, page->template, &view, &text);
    json_decref(shared);
    response->media_type = "text/html; charset=utf-8";
    response->body = text_slice(&text);
    return status;
}

/* After a form: the address of the page that comes next. */
static void write_redirect(struct work *work, const struct page *page, struct response *response)
{
    const char *mark = strchr(page->redirect, '?') ? "&" : "?";
    response->status = 303;
    response_add_header(
        response, "Location",
        page->done ? arena_format(work->arena, "%s%sdone=%s", page->redirect, mark, page->done)
                   : page->redirect);
}

/* A page's model as HTML or JSON. */
static enum status write_page(struct work *work, const struct call *call, struct page *page,
                              struct response *out_response)
{
    struct response response = page->response;
    enum status status = STATUS_OK;
    response.status = response.status ? response.status : 200;
    if (page->redirect)
        write_redirect(work, page, &response);
    if (page->template && page->title)
        json_object_set_new(page->model, "title", json_string(call_words(call, page->title)));
    if (page->template && !page->redirect) {
        response_add_header(&response, "Vary", "Accept");
        status = call->wants_json ? write_json(work, page, &response)
                                  : write_html(work, call, page, &response);
    }
    if (status == STATUS_OK)
        *out_response = response;
    return status;
}

/* A page that says what is wrong; plain words when even that page cannot be made. */
static void write_failure(struct work *work, const struct call *call, int http_status,
                          struct response *out_response)
{
    const struct failure *failure = failure_of(http_status);
    struct page page = {
        .template = "pages/failure.html",
        .title = failure->title,
        .model = json_pack("{s:i, s:s}", "status", http_status, "message",
                           call_words(call, failure->message)),
        .response = { .status = http_status },
    };
    json_object_set_new(page.model, "missing", json_null());
    json_object_set_new(page.model, "reason", json_null());
    if (call->is_over_quota)
        json_object_set_new(page.model, "message", json_string(quota_words(call)));
    bool is_explained = http_status == 403 && call->route && !call->route->is_api;
    if (is_explained)
        refusal_explain(work, call, page.model);
    struct work again = {
        .arena = work->arena, .now = work->now, .user = work->user, .actor = work->actor
    };
    struct call plain = *call;
    plain.route = NULL;
    if (call->route && call->route->is_api) {
        api_problem(work, call, http_status, out_response);
        json_decref(page.model);
        return;
    }
    if (write_page(&again, &plain, &page, out_response) != STATUS_OK)
        *out_response = (struct response){ .status = http_status,
                                           .media_type = "text/plain; charset=utf-8",
                                           .body = slice_of(failure->message) };
    json_decref(page.model);
}

/* The reason is for those who run the server; the reader is told what can be done. */
static void log_failure(const struct work *work, const struct route *route)
{
    json_t *line = json_pack("{s:s, s:s, s:s}", "time", work->now, "route",
                             route ? route->pattern : "", "error", work->error);
    char *words = line ? json_dumps(line, JSON_COMPACT) : NULL;
    if (words)
        fprintf(stderr, "%s\n", words);
    free(words);
    json_decref(line);
}

/* What tells one answer from another: the address as it was decoded, and the form wanted. */
static struct slice cache_key(struct work *work, const struct call *call)
{
    struct text key = text_new(work->arena, (size_t)2 * REQUEST_TARGET_MOST);
    text_add(&key, call->wants_json ? "json" : "html");
    text_add(&key, languages[call->language].home);
    for (size_t i = 0; i < call->request->segment_count; i++) {
        text_add_character(&key, '/');
        text_add(&key, call->request->segments[i]);
    }
    for (size_t i = 0; i < call->request->query_count; i++) {
        text_add_character(&key, '\n');
        text_add(&key, call->request->query[i].name);
        text_add_character(&key, '=');
        text_add(&key, call->request->query[i].value);
    }
    if (call->route->is_personal) {
        text_add_character(&key, '\n');
        text_add(&key, call->cookie);
    }
    /* What stands in the navigation follows from what one may do. */
    for (int right = 0; right < RIGHT_COUNT; right++)
        text_add_character(&key, permission_has(work, (enum right)right) ? '+' : '-');
    /* The next due dates change with the day. */
    text_add_slice(&key, slice_first(slice_of(work->now), 10));
    return text_slice(&key);
}

/* A redirection keeps the language. */
static void lead_home(struct work *work, const struct call *call, struct response *response)
{
    for (size_t i = 0; i < response->header_count; i++) {
        struct response_header *header = &response->headers[i];
        if (strcmp(header->name, "Location") == 0 && header->value[0] == '/')
            header->value = arena_format(work->arena, "%s%s", languages[call->language].home,
                                         header->value);
    }
}

static int handle_anew(struct work *work, const struct call *call, struct response *out_response)
{
    struct page page = { .template = NULL };
    enum status status = call->route->handle(work, call, &page);
    if (page.is_wrong_secret)
        limits_note_wrong(call->site->limits, call);
    if (status == STATUS_OK)
        status = write_page(work, call, &page, out_response);
    if (status == STATUS_OK)
        lead_home(work, call, out_response);
    json_decref(page.model);
    out_response->route = call->route->pattern;
    int code = status_http_code(status);
    if (code >= 500)
        log_failure(work, call->route);
    return status == STATUS_OK ? 0 : code;
}

/* Where the answer may be kept; NULL: it may not. */
static struct cache *cache_of(const struct work *work, const struct call *call)
{
    if (!work->store || request_query(call->request, "done"))
        return NULL;
    if (call->route->is_cached)
        return call->site->cache;
    return call->route->is_personal && call->session ? call->site->personal : NULL;
}

/* All that is read for an answer, who asks and what they may among it, is read at one moment: what
 * is written meanwhile is not half in it, SQLite locks its file once and not for each statement,
 * and what was read before need not be read again while nobody writes. 0, or 503. */
static int begin_moment(struct work *work, const struct call *call)
{
    const struct route *route = call->route;
    assert(route); /* it was found */
    if (!work->store || route->needs_no_store || store_in_transaction(work->store) ||
        store_begin_read(work) == STATUS_OK)
        return 0;
    log_failure(work, route);
    return 503;
}

/* Before anything is written, and at the end. It is no rollback, because of what a search keeps. */
static void end_moment(struct work *work)
{
    if (!work->store || !store_in_transaction(work->store))
        return;
    if (work->status != STATUS_OK || store_commit(work) != STATUS_OK)
        store_rollback(work);
}

static int handle(struct work *work, const struct call *call, struct response *out_response)
{
    int64_t event = 0;
    struct cache *cache = cache_of(work, call);
    int code = begin_moment(work, call);
    if (code)
        return code;
    if (!cache)
        return handle_anew(work, call, out_response);
    struct slice key = cache_key(work, call);
    struct response response = { .status = 200, .route = call->route->pattern };
    enum status status = audit_latest(work, &event);
    if (status == STATUS_OK &&
        cache_get(cache, work->arena, key, event, &response.body, &response.media_type)) {
        metrics_add(call->site->metrics, METRICS_KEPT);
        response_add_header(&response, "Vary", "Accept");
        *out_response = response;
        return 0;
    }
    metrics_add(call->site->metrics, METRICS_MADE);
    work_forget(work);
    code = handle_anew(work, call, out_response);
    if (code == 0 && status == STATUS_OK && out_response->status == 200)
        cache_put(cache, key, event, out_response->body, out_response->media_type);
    return code;
}

/* What a program sent. Its token stands in a header that no page of others can make a browser send,
 * so there is no form whose origin could be doubted. */
static int take_body(struct work *work, struct call *call)
{
    const struct request *request = call->request;
    json_error_t error;
    if (!call->route->writes)
        return 0;
    if (!permission_has(work, RIGHT_SIGNED_IN))
        return 401;
    if (!call->may_write)
        return 403;
    if (request->body.length == 0)
        return 0;
    if (!slice_starts_folded(slice_of(request->content_type), "application/json"))
        return 415;
    call->body = json_loadb(request->body.start, request->body.length, JSON_REJECT_DUPLICATES,
                            &error);
    return json_is_object(call->body) ? 0 : 400;
}

/* The form that was sent, and whether it is one of ours. */
static int take_form(struct work *work, struct call *call)
{
    static const char form_type[] = "application/x-www-form-urlencoded";
    const struct request *request = call->request;
    if (call->route->is_api)
        return take_body(work, call);
    if (request->method != REQUEST_POST)
        return 0;
    struct slice boundary;
    enum status status;
    if (call->route->takes_file && multipart_boundary(slice_of(request->content_type), &boundary)) {
        struct multipart *upload = arena_new_of(work->arena, struct multipart);
        status = multipart_read(work, request->body, boundary, upload);
        call->form = upload->form;
        call->upload = upload;
    } else if (slice_starts_folded(slice_of(request->content_type), form_type)) {
        status = urlencoded_read(work, request->body, NULL, &call->form);
    } else {
        return 415;
    }
    work_forget(work);
    if (status != STATUS_OK)
        return status_http_code(status);
    return visitor_check_form(work, call);
}

/* Whether the right of the route reaches the unit that the address names. */
static int check_unit(struct work *work, struct call *call)
{
    int64_t unit = INTEGER_MISSING;
    bool allows = false;
    if (!call->route->unit)
        return 0;
    const char *code = call_parameter(call, call->route->unit);
    enum status status = entity_store_id(work, &unit_entity, slice_of(code), &unit);
    if (status == STATUS_OK)
        status = permission_allows(work, call->route->right, unit, &allows);
    if (status != STATUS_OK)
        return status_http_code(status);
    if (allows)
        return 0;
    call->refusal = REFUSAL_UNIT;
    call->unit = unit;
    return 403;
}

/* The bytes of a body that the route takes. */
static size_t body_most(const struct call *call)
{
    const struct route *route = call->route;
    bool is_extract = route->takes_extract && call->site->extract_most > route->form_most;
    return is_extract ? call->site->extract_most : route->form_most;
}

static int check_quota(struct work *work, struct call *call)
{
    bool is_within = false;
    if (quota_pass(work, call, &is_within) != STATUS_OK)
        return 503;
    return is_within ? 0 : 429;
}

/* 0, or the HTTP status of the refusal. */
static int check(struct work *work, struct call *call)
{
    const struct route *route = call->route;
    assert(route); /* it was found */
    if (call->request->body.length > body_most(call))
        return 413;
    if (!limits_pass(call->site, call))
        return 429;
    if (!work->store && work->workspace && !route->needs_no_store)
        return 503;
    if (visitor_find(work, call) != STATUS_OK)
        return 503;
    if (!limits_pass_account(call->site, call, work->actor))
        return 429;
    if (work->actor->must_turn_codes_on && route->right != RIGHT_PUBLIC && !route->is_enrolment)
        return 403;
    int code = take_form(work, call);
    call->form_is_ours = code == 0 && call->request->method == REQUEST_POST;
    if (code == 403)
        call->refusal = REFUSAL_FORM;
    if (!permission_has(work, route->right)) {
        call->refusal = REFUSAL_RIGHT;
        return permission_has(work, RIGHT_SIGNED_IN) ? 403 : 401;
    }
    if (code == 0)
        code = check_unit(work, call);
    /* A proof and an upload are counted, by a connection that writes. */
    if (code == 0 && (route->is_delicate || call->upload))
        end_moment(work);
    if (code == 0 && proof_pass(work, call) != STATUS_OK)
        return 503;
    if (code == 0 && call->must_prove)
        return 401;
    return code == 0 && call->upload ? check_quota(work, call) : code;
}

/* The path that was asked for, as the audit names it. */
static const char *path_of(struct work *work, const struct call *call)
{
    struct text path = text_new(work->arena, PATH_NOTED_MOST);
    for (size_t i = 0; i < call->request->segment_count; i++)
        text_add_format(&path, "/%s", call->request->segments[i]);
    return path.bytes;
}

/* Notes that something restricted is read; 503 when it cannot be noted, for then it is not shown.
 */
static int note_reading(struct work *work, const struct call *call)
{
    struct store *own = NULL;
    if (!call->route->is_restricted)
        return 0;
    if (!call->site->writers)
        return 503;
    end_moment(work);
    enum status status = pool_take(call->site->writers, work, &own);
    if (status == STATUS_OK) {
        status = audit_view_note_reading(work, path_of(work, call));
        pool_give(call->site->writers, work, own);
    }
    if (status == STATUS_OK)
        return 0;
    log_failure(work, call->route);
    return 503;
}

/* The handler of a route that writes gets a store that does. */
static int handle_writing(struct work *work, const struct call *call, struct response *out_response)
{
    struct store *own = NULL;
    if (!call->site->writers)
        return 503;
    end_moment(work);
    if (pool_take(call->site->writers, work, &own) != STATUS_OK) {
        log_failure(work, call->route);
        return 503;
    }
    int code = handle_anew(work, call, out_response);
    pool_give(call->site->writers, work, own);
    return code;
}

/* Notes now and then that the session is in use; that it could not be noted is no failure of the
 * page. */
static void note_session(struct work *work, const struct call *call)
{
    struct store *own = NULL;
    if (!call->session || !call->site->writers || !session_wants_noting(work, call->session))
        return;
    end_moment(work);
    if (pool_take(call->site->writers, work, &own) != STATUS_OK) {
        work_forget(work);
        return;
    }
    if (session_note(work, call->session) != STATUS_OK)
        log_failure(work, call->route);
    pool_give(call->site->writers, work, own);
    work_forget(work);
}

/* To a page of ours first, which leads back to the one that was asked for. */
static void write_way_round(struct work *work, const struct call *call, const char *first,
                            struct response *out_response)
{
    struct page page = { .redirect = first };
    struct text address = text_new(work->arena, (size_t)16 * REQUEST_TARGET_MOST);
    urlencoded_add(&address, "next",
                   slice_of(arena_format(work->arena, "%s%s", languages[call->language].home,
                                         address_of(work, call))));
    if (call->request->method != REQUEST_POST && !address.is_full)
        page.redirect = arena_format(work->arena, "%s?%s", first, address.bytes);
    struct response response = { .route = call->route->pattern };
    write_redirect(work, &page, &response);
    *out_response = response;
}

/* Whoever is not signed in is asked to, and comes back to the page that they wanted, or to the form
 * that they sent. */
static void write_sign_in(struct work *work, const struct call *call, struct response *out_response)
{
    assert(call->route);
    if (call->form_is_ours) {
        struct page again = { .template = NULL };
        page_sign_in_again(work, call, &again);
        if (write_page(work, call, &again, out_response) != STATUS_OK)
            write_failure(work, call, 500, out_response);
        json_decref(again.model);
        out_response->route = call->route->pattern;
        return;
    }
    write_way_round(work, call, "/sign-in", out_response);
}

/* Whoever must prove again who they are is asked to, and their form waits. */
static void write_proof(struct work *work, const struct call *call, struct response *out_response)
{
    struct page page = { .template = NULL };
    if (call->wants_json) {
        proof_problem(work, call, out_response);
    } else if (call->request->method != REQUEST_POST) {
        write_way_round(work, call, "/account/prove", out_response);
    } else if (proof_ask(work, call, &page) != STATUS_OK ||
               write_page(work, call, &page, out_response) != STATUS_OK) {
        log_failure(work, call->route);
        write_failure(work, call, 500, out_response);
    }
    json_decref(page.model);
    out_response->route = call->route->pattern;
}

/* Takes the language off the address. */
static enum language take_language(struct request *request)
{
    enum language language = language_of(request->segment_count ? request->segments[0] : NULL);
    if (language == LANGUAGE_ENGLISH)
        return language;
    request->segment_count--;
    memmove(request->segments, request->segments + 1,
            request->segment_count * sizeof *request->segments);
    if (request->segment_count == 0)
        request->ends_in_slash = false;
    return language;
}

static void answer(struct work *work, int refusal, const struct request *request,
                   struct request *plain, struct call *call, struct response *out_response)
{
    const char *allowed = NULL;
    int code = refusal;
    if (code == 0) {
        call->wants_json = wants_json(request);
        enum status found = route_find(work->arena, plain, call, &allowed);
        code = found == STATUS_NOT_FOUND ? 404 : found == STATUS_USAGE ? 405 : 0;
        call->wants_json = call->wants_json || (call->route && call->route->is_api);
    }
    if (call->route && call->route->is_api)
        call->language = LANGUAGE_ENGLISH;
    if (code == 0)
        code = begin_moment(work, call);
    if (code == 0)
        code = check(work, call);
    if (code == 0)
        code = note_reading(work, call);
    if (code == 0) {
        note_session(work, call);
        code = call->route->writes ? handle_writing(work, call, out_response)
                                   : handle(work, call, out_response);
    }
    if (call->must_prove && code == 401) {
        write_proof(work, call, out_response);
        return;
    }
    if (code == 401 && !call->wants_json) {
        write_sign_in(work, call, out_response);
        return;
    }
    if (code == 403 && work->actor && work->actor->must_turn_codes_on && !call->wants_json) {
        assert(call->route); /* where there is an actor, it was found */
        write_redirect(work, &(struct page){ .redirect = "/account/codes" }, out_response);
        out_response->route = call->route->pattern;
        return;
    }
    if (code == 0)
        return;
    const char *route = call->route ? call->route->pattern : NULL;
    write_failure(work, call, code, out_response);
    out_response->route = route;
    if (code == 405)
        response_add_header(out_response, "Allow", allowed ? allowed : "GET, HEAD, POST");
    if (code == 429)
        response_add_header(out_response, "Retry-After",
                            arena_format(work->arena, "%lld", (long long)call->retry_after));
    if (code == 503)
        response_add_header(out_response, "Retry-After", "10");
}

size_t dispatch_body_most(struct work *work, const struct site *site, const struct request *request)
{
    struct request plain = *request;
    struct call call = { .request = &plain, .site = site };
    const char *allowed = NULL;
    call.language = take_language(&plain);
    if (route_find(work->arena, &plain, &call, &allowed) != STATUS_OK || !call.route->takes_extract)
        return REQUEST_BODY_MOST;
    bool may = visitor_find(work, &call) == STATUS_OK && permission_has(work, call.route->right);
    work_forget(work);
    return may && site->extract_most > REQUEST_BODY_MOST ? site->extract_most : REQUEST_BODY_MOST;
}

void dispatch(struct work *work, const struct site *site, int refusal,
              const struct request *request, struct response *out_response)
{
    struct request plain = *request;
    struct call call = { .request = &plain, .site = site };
    call.language = take_language(&plain);
    answer(work, refusal, request, &plain, &call, out_response);
    end_moment(work);
    out_response->is_behind_tls = site->is_secure;
    out_response->is_unlisted = site->pages_need_sign_in;
    json_decref(call.body);
}
