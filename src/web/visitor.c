#include "web/visitor.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "service/api_token.h"
#include "service/sign_in.h"
#include "service/token.h"
#include "web/limits.h"
#include "web/site.h"
#include "base/banned.h"

static const char form_purpose[] = "form";

/* A name with __Host- is taken from the very host and over TLS alone (RFC 6265bis, 4.1.3.2). */
static const char *cookie_name(const struct site *site)
{
    return site->is_secure ? "__Host-session" : "session";
}

struct session_limits visitor_limits(const struct site *site)
{
    return (struct session_limits){ site->session_idle * 60, site->session_longest * 60 };
}

static enum status find_session(struct work *work, struct call *call, struct actor *actor)
{
    struct session_limits limits = visitor_limits(call->site);
    struct session *session = arena_new_of(work->arena, struct session);
    enum status status = session_find(work, call->cookie, &limits, session, actor);
    if (status == STATUS_NOT_FOUND) {
        work_forget(work);
        return STATUS_OK;
    }
    if (status == STATUS_OK) {
        call->session = session;
        work->user = actor->code;
        actor->must_turn_codes_on = second_factor_is_missing(&call->site->second_factor, actor);
    }
    /* No role counts until then, here and in the services. */
    if (actor->must_turn_codes_on)
        actor->granted = (struct list){ 0 };
    return status;
}

/* A program brings a token and nothing else; a browser's cookie counts for nothing at the API, so
 * that no page of others can use it there. */
static enum status find_program(struct work *work, struct call *call, struct actor *actor)
{
    static const char scheme[] = "Bearer ";
    struct slice header = slice_of(call->request->authorization);
    if (!slice_starts_folded(header, scheme) || !work->store)
        return STATUS_OK;
    const char *token = slice_copy(work->arena, slice_trim(slice_from(header, sizeof scheme - 1)));
    enum status status = api_token_find(work, token, actor, &call->may_write);
    if (status == STATUS_NOT_FOUND) {
        limits_note_wrong(call->site->limits, call);
        work_forget(work);
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        work->user = actor->code;
    return status;
}

enum status visitor_find(struct work *work, struct call *call)
{
    struct actor *actor = arena_new_of(work->arena, struct actor);
    *actor = (struct actor){
        .account = INTEGER_MISSING, .session = INTEGER_MISSING, .code = "", .name = ""
    };
    work->user = "nobody";
    const char *cookie = request_cookie(work->arena, call->request, cookie_name(call->site));
    bool is_token = cookie && strlen(cookie) == TOKEN_LENGTH;
    enum status status = STATUS_OK;
    call->cookie = is_token ? cookie : NULL;
    if (call->route->is_api)
        status = find_program(work, call, actor);
    else if (is_token && work->store)
        status = find_session(work, call, actor);
    actor->refused = arena_new_of(work->arena, struct refused);
    actor->pages_are_open = !call->site->pages_need_sign_in;
    work->actor = actor;
    return status;
}

/* A hash of the cookie's secret for a purpose, by which nobody finds the secret or another hash: it
 * can stand in a page. */
static void secret_of(const char *cookie, const char *purpose,
                      char out_secret[VISITOR_TOKEN_LENGTH + 1])
{
    unsigned char hash[VISITOR_TOKEN_LENGTH / 2];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)purpose, strlen(purpose),
                       (const unsigned char *)cookie, strlen(cookie));
    sodium_bin2hex(out_secret, VISITOR_TOKEN_LENGTH + 1, hash, sizeof hash);
}

const char *visitor_secret(struct work *work, const char *cookie, const char *purpose)
{
    char secret[VISITOR_TOKEN_LENGTH + 1];
    secret_of(cookie, purpose, secret);
    return arena_copy_text(work->arena, secret);
}

/* The browser says where the form was: it must have been here. Programs that say nothing are left
 * to the token. */
static bool is_from_here(const struct call *call)
{
    const struct request *request = call->request;
    const char *site = request->fetch_site, *origin = request->origin;
    if (*site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    if (!*origin)
        return true;
    if (*call->site->public_address)
        return strcmp(origin, call->site->public_address) == 0;
    return slice_starts(slice_of(origin), "http://") &&
           strcmp(origin + strlen("http://"), request->host) == 0;
}

int visitor_check_form(const struct work *work, const struct call *call)
{
    char token[VISITOR_TOKEN_LENGTH + 1];
    struct slice given;
    (void)work;
    if (!is_from_here(call) || !call->cookie || !urlencoded_find(&call->form, "token", &given) ||
        given.length != VISITOR_TOKEN_LENGTH)
        return 403;
    secret_of(call->cookie, form_purpose, token);
    return sodium_memcmp(given.start, token, VISITOR_TOKEN_LENGTH) == 0 ? 0 : 403;
}

static void set_cookie(struct work *work, const struct call *call, const char *value,
                       struct response *response)
{
    response_add_header(response, "Set-Cookie",
                        arena_format(work->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
                                     cookie_name(call->site), value,
                                     call->site->is_secure ? "; Secure" : "",
                                     *value ? "" : "; Max-Age=0"));
}

const char *visitor_new_cookie(struct work *work, const struct call *call,
                               struct response *response)
{
    struct token made = token_new();
    const char *cookie = arena_copy_text(work->arena, made.text);
    set_cookie(work, call, cookie, response);
    return cookie;
}

const char *visitor_form_token(struct work *work, const struct call *call,
                               struct response *response)
{
    const char *cookie = call->cookie ? call->cookie : visitor_new_cookie(work, call, response);
    return visitor_secret(work, cookie, form_purpose);
}

void visitor_set_session(struct work *work, const struct call *call, const char *token,
                         struct response *response)
{
    set_cookie(work, call, token ? token : "", response);
    if (!token)
        response_add_header(response, "Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"");
}

void visitor_begin_forms(struct work *work, const struct call *call, const char *token,
                         struct page *page)
{
    struct call after = *call;
    after.cookie = token;
    visitor_set_session(work, call, token, &page->response);
    json_object_set_new(page->model, "formToken",
                        json_string(visitor_form_token(work, &after, &page->response)));
    page->has_form = false;
}
