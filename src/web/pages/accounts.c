/* Accounts and roles, for administrators. They see who has which role for which unit, and none of
 * the data. */
#include "service/account.h"
#include "service/approval.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/moment.h"
#include "model/unit.h"
#include "store/entity_store.h"
#include "service/related.h"
#include "web/form.h"
#include "web/pages/list_links.h"
#include "web/pages/pages.h"
#include "web/pages/table_file.h"
#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

enum { LABELS_MOST = 4096 };

/* The name of a unit; NULL stands for the whole authority. */
static enum status unit_name(struct work *work, int64_t id, const char **out_name)
{
    struct unit unit;
    *out_name = NULL;
    if (id == INTEGER_MISSING)
        return STATUS_OK;
    enum status status = entity_store_get(work, &unit_entity, id, &unit);
    if (status == STATUS_OK)
        *out_name = unit.name;
    return status;
}

static const char *day(struct work *work, const char *iso)
{
    struct date date;
    return iso && date_read(slice_of(iso), &date) ? date_print_long(work->arena, date) : NULL;
}

/* The grants of an account; `is_all` takes in those that hold no more, or not yet. */
static enum status grants_of(struct work *work, const struct account *account, bool is_all,
                             json_t *out_grants)
{
    struct list grants = { 0 };
    enum status status = entity_store_list_of(work, &role_grant_entity, "account", account->id,
                                              &grants);
    for (size_t i = 0; status == STATUS_OK && i < grants.count; i++) {
        const struct role_grant *grant = grants.items[i];
        enum role role = ROLE_COUNT;
        const char *unit = NULL;
        bool holds = permission_holds(work, grant);
        if (!is_all && !holds)
            continue;
        status = unit_name(work, grant->unit, &unit);
        bool is_known = permission_role(grant->role, &role);
        json_t *made = json_pack("{s:I, s:s, s:s?, s:s?, s:s?, s:b}", "id", (json_int_t)grant->id,
                                 "role", is_known ? permission_roles[role].title : grant->role,
                                 "unit", unit, "from", day(work, grant->valid_from), "to",
                                 day(work, grant->valid_to), "holds", holds);
        json_array_append_new(out_grants, made);
    }
    return status;
}

static bool is_open(const struct account *account)
{
    return strcmp(account->status, "open") == 0;
}

enum { FACET_ROLE, FACET_UNIT, FACET_STATUS };

static const struct code account_states[] = {
    { "open", WORDS("Open") },
    { "waiting", WORDS("Open, no password yet") },
    { "closed", WORDS("Closed") },
    { 0 },
};

static const struct narrowing_facet account_facets[] = {
    [FACET_ROLE] = { .name = "role", .title = WORDS("Role"), .is_open = true },
    [FACET_UNIT] = { .name = "unit", .title = WORDS("Unit"), .is_data = true },
    [FACET_STATUS] = { .name = "status",
                       .title = WORDS("Status"),
                       .options = account_states,
                       .option_count = ARRAY_COUNT(account_states) - 1 },
};

static const struct narrowing_order account_orders[] = { { "name", WORDS("Name") },
                                                         { "email", WORDS("E-mail address") } };

static const struct narrowing_list account_narrowing = {
    account_facets, ARRAY_COUNT(account_facets), account_orders, ARRAY_COUNT(account_orders)
};

static void add_grants(struct work *work, const struct list *grants, const struct list *units,
                       struct narrowing *narrowing, struct narrowing_entry *entry)
{
    const struct account *account = entry->item;
    for (size_t i = 0; i < grants->count; i++) {
        const struct role_grant *grant = grants->items[i];
        enum role role = ROLE_COUNT;
        if (grant->account != account->id || !permission_holds(work, grant) ||
            !permission_role(grant->role, &role))
            continue;
        narrowing_value(narrowing, entry, FACET_ROLE, grant->role, permission_roles[role].title);
        const struct unit *unit = grant->unit == INTEGER_MISSING
                                      ? NULL
                                      : related_get(units, &unit_entity, grant->unit);
        if (unit)
            narrowing_value(narrowing, entry, FACET_UNIT, unit->code, unit->name);
    }
}

/* All accounts with what they can be narrowed by. */
static enum status load_accounts(struct work *work, struct narrowing *narrowing)
{
    struct list accounts = { 0 }, grants = { 0 }, units = { 0 };
    enum status status = account_list(work, &accounts);
    if (status == STATUS_OK)
        status = entity_store_list(work, &role_grant_entity, 0, &grants);
    if (status == STATUS_OK)
        status = entity_store_list(work, &unit_entity, 0, &units);
    for (size_t i = 0; status == STATUS_OK && i < accounts.count; i++) {
        const struct account *account = accounts.items[i];
        struct narrowing_entry *entry = narrowing_add(narrowing, account);
        bool waits = is_open(account) && !account->password && !account->subject;
        const struct code *state = &account_states[!is_open(account) ? 2 : waits ? 1 : 0];
        narrowing_value(narrowing, entry, FACET_STATUS, state->value, state->label);
        add_grants(work, &grants, &units, narrowing, entry);
        entry->keys[0] = account->name;
        entry->keys[1] = account->email;
    }
    return status;
}

enum status page_accounts(struct work *work, const struct call *call, struct page *out_page)
{
    struct list shown = { 0 };
    struct list_links links = { .arena = work->arena,
                                .path = "/accounts",
                                .list = &account_narrowing };
    struct narrowing narrowing = { work->arena, &account_narrowing, &links.asked, { 0 } };
    enum status status = list_links_read(work, call, &links);
    if (status == STATUS_OK)
        status = load_accounts(work, &narrowing);
    if (status != STATUS_OK)
        return status;
    size_t total = narrowing_entries(&narrowing, &shown);
    json_t *list = json_array();
    for (size_t i = 0; status == STATUS_OK && i < shown.count; i++) {
        const struct account *account = ((struct narrowing_entry *)shown.items[i])->item;
        json_t *roles = json_array();
        status = grants_of(work, account, false, roles);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:b, s:o}", "code", account->code,
                                              "name", account->name, "email", account->email,
                                              "isOpen", is_open(account), "roles", roles));
    }
    json_t *model = json_pack("{s:o}", "accounts", list);
    narrowing_tell(&narrowing, total, model);
    list_links_add(&links, model);
    json_object_set_new(model, "csvHref", json_string(list_links_address(&links, "/accounts.csv")));
    *out_page = (struct page){ .template = "pages/accounts.html",
                               .title = WORDS("Accounts"),
                               .model = model };
    return status;
}

/* The labels that an entry has of a facet, with a semicolon between. */
static struct slice labels_of(struct arena *arena, const struct narrowing_entry *entry,
                              size_t facet)
{
    struct text text = text_new(arena, LABELS_MOST);
    for (size_t i = 0; i < entry->values[facet].count; i++)
        text_add_format(&text, "%s%s", i ? "; " : "",
                        ((const struct code *)entry->values[facet].items[i])->label);
    return text_slice(&text);
}

/* Who can sign in, with which roles, as a file: for a review of rights. */
enum status page_accounts_csv(struct work *work, const struct call *call, struct page *out_page)
{
    static const char *const headings[] = { "code", "name", "email", "status", "roles", "units" };
    enum { COLUMNS = ARRAY_COUNT(headings) };
    struct list shown = { 0 };
    struct list_links links = { .arena = work->arena,
                                .path = "/accounts",
                                .list = &account_narrowing };
    struct narrowing narrowing = { work->arena, &account_narrowing, &links.asked, { 0 } };
    enum status status = list_links_read(work, call, &links);
    links.asked.page = NARROWING_ALL;
    if (status == STATUS_OK)
        status = load_accounts(work, &narrowing);
    if (status != STATUS_OK)
        return status;
    (void)narrowing_entries(&narrowing, &shown);
    struct slice *cells = arena_array_of(work->arena, shown.count * COLUMNS + 1, struct slice);
    for (size_t i = 0; i < shown.count; i++) {
        const struct narrowing_entry *entry = shown.items[i];
        const struct account *account = entry->item;
        struct slice *row = &cells[i * COLUMNS];
        row[0] = slice_of(account->code);
        row[1] = slice_of(account->name);
        row[2] = slice_of(account->email);
        row[3] = labels_of(work->arena, entry, FACET_STATUS);
        row[4] = labels_of(work->arena, entry, FACET_ROLE);
        row[5] = labels_of(work->arena, entry, FACET_UNIT);
    }
    const struct table_file table = { "accounts", "Accounts",  headings, COLUMNS,
                                      cells,      shown.count, COLUMNS };
    return table_file_answer(work, &table, false, out_page);
}

static json_t *crumbs(void)
{
    return json_pack("{s:[{s:s, s:s}]}", "items", "text", "Accounts", "href", "/accounts");
}

static void show_new(const struct call *call, const struct problems *problems,
                     struct page *out_page)
{
    json_t *model = json_pack(
        "{s:o, s:o, s:o, s:o, s:o}", "breadcrumbs", crumbs(), "name",
        form_field(&(struct form_field){ .name = "name",
                                         .label = "Name",
                                         .value = form_value(call, "name") },
                   problems),
        "email",
        form_field(&(struct form_field){ .name = "email",
                                         .label = "E-mail address",
                                         .hint = "With it and a password the person signs in",
                                         .type = "email",
                                         .value = form_value(call, "email") },
                   problems),
        "code",
        form_field(&(struct form_field){ .name = "code",
                                         .label = "Short name",
                                         .hint = "Such as j.smith: it stands in the audit and "
                                                 "never changes",
                                         .value = form_value(call, "code"),
                                         .classes = "govuk-input--width-20" },
                   problems),
        "submit", form_button("Add account", NULL));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/account-new.html",
                               .title = WORDS("Add an account"),
                               .model = model,
                               .has_form = true };
}

enum status page_account_new(struct work *work, const struct call *call, struct page *out_page)
{
    (void)work;
    show_new(call, NULL, out_page);
    return STATUS_OK;
}

enum status page_account_new_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct account_details details = { form_value(call, "code"), form_value(call, "name"),
                                       form_value(call, "email") };
    enum status status = account_add(work, &details, &problems);
    if (status == STATUS_OK && problems.list.count)
        show_new(call, &problems, out_page);
    else if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = arena_format(work->arena, "/accounts/%s",
                                                            details.code),
                                   .done = "account-added" };
    return status;
}

static json_t *role_items(const char *chosen)
{
    json_t *items = json_array();
    for (size_t i = 0; i < ROLE_COUNT; i++)
        json_array_append_new(items, form_item(permission_roles[i].code, permission_roles[i].title,
                                               permission_roles[i].summary, chosen));
    return items;
}

/* The units that there are today, and first of all the whole authority. */
static enum status unit_items(struct work *work, const struct call *call, json_t *out_items)
{
    struct list units = { 0 };
    const char *chosen = form_value(call, "unit");
    enum status status = entity_store_list(work, &unit_entity, 0, &units);
    json_array_append_new(out_items, form_item("", "The whole authority", NULL, chosen));
    for (size_t i = 0; status == STATUS_OK && i < units.count; i++) {
        const struct unit *unit = units.items[i];
        if (!unit->valid_to || strncmp(work->now, unit->valid_to, 10) <= 0)
            json_array_append_new(out_items, form_data_item(call, unit->code, unit->name, chosen));
    }
    return status;
}

/* The form that grants a role, as fields of the page's model. */
static enum status add_grant_form(struct work *work, const struct call *call, json_t *model,
                                  const struct problems *problems)
{
    json_t *units = json_array();
    enum status status = unit_items(work, call, units);
    const struct form_field fields[] = {
        { .name = "role", .legend = "Role", .items = role_items(form_value(call, "role")) },
        { .name = "unit",
          .label = "Unit",
          .hint = "The role is for it and everything below it",
          .items = units },
        { .name = "valid_from",
          .label = "From",
          .hint = "Today, where nothing is typed",
          .value = form_value(call, "valid_from"),
          .classes = "govuk-input--width-10" },
        { .name = "valid_to",
          .label = "To",
          .hint = "Until it is ended, where nothing is typed",
          .value = form_value(call, "valid_to"),
          .classes = "govuk-input--width-10" },
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        json_object_set_new(model, fields[i].name, form_field(&fields[i], problems));
    return status;
}

static enum status show_account(struct work *work, const struct call *call,
                                const struct problems *problems, struct page *out_page)
{
    struct account account;
    const char *code = call_parameter(call, "code");
    json_t *grants = json_array();
    enum status status = account_find(work, code, &account);
    if (status == STATUS_OK)
        status = grants_of(work, &account, true, grants);
    if (status != STATUS_OK) {
        json_decref(grants);
        return status;
    }
    json_t *model = json_pack(
        "{s:o, s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:o, s:o, s:o, s:o}", "breadcrumbs", crumbs(),
        "code", account.code, "name", account.name, "email", account.email, "made",
        moment_print_long(work->arena, account.created_at), "isOpen", is_open(&account),
        "hasPassword", account.password != NULL, "hasCodes", account.totp_secret != NULL, "grants",
        grants, "grantButton", form_button("Grant role", NULL), "inviteButton",
        form_button("Make a link to choose a password", "govuk-button--secondary"), "statusButton",
        form_button(is_open(&account) ? WORDS("Close this account")
                                      : WORDS("Open this account again"),
                    is_open(&account) ? "govuk-button--warning" : "govuk-button--secondary"));
    status = add_grant_form(work, call, model, problems);
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/account.html",
                               .title = arena_copy_text(work->arena, account.name),
                               .model = model,
                               .has_form = true };
    return status;
}

enum status page_account(struct work *work, const struct call *call, struct page *out_page)
{
    return show_account(work, call, NULL, out_page);
}

static void go_back(struct work *work, const struct call *call, const char *done,
                    struct page *out_page)
{
    *out_page = (struct page){ .redirect = arena_format(work->arena, "/accounts/%s",
                                                        call_parameter(call, "code")),
                               .done = done };
}

enum status page_account_grant(struct work *work, const struct call *call, struct page *out_page)
{
    enum role role = ROLE_COUNT;
    struct problems problems = form_problems(work);
    struct account_grant grant = { form_value(call, "role"), form_value(call, "unit"),
                                   form_value(call, "valid_from"), form_value(call, "valid_to") };
    enum status status = account_grant(work, call_parameter(call, "code"), &grant, &problems);
    if (status == STATUS_OK && problems.list.count)
        return show_account(work, call, &problems, out_page);
    if (status == STATUS_OK)
        go_back(work, call,
                permission_role(grant.role, &role) && approval_is_wanted(work, role)
                    ? "role-asked"
                    : "role-granted",
                out_page);
    return status;
}

enum status page_account_revoke(struct work *work, const struct call *call, struct page *out_page)
{
    enum status status = account_revoke(work, call_parameter(call, "code"),
                                        form_number(call, "grant"));
    if (status == STATUS_OK)
        go_back(work, call, "role-ended", out_page);
    return status;
}

enum status page_account_status(struct work *work, const struct call *call, struct page *out_page)
{
    bool is_opening = strcmp(form_value(call, "status"), "open") == 0;
    enum status status = account_set_open(work, call_parameter(call, "code"), is_opening);
    if (status == STATUS_OK)
        go_back(work, call, is_opening ? "account-opened" : "account-closed", out_page);
    return status;
}

/* The link is shown once, here and nowhere else. */
enum status page_account_invite(struct work *work, const struct call *call, struct page *out_page)
{
    const char *token = NULL, *code = call_parameter(call, "code");
    enum status status = account_invite(work, code, "password", &token);
    if (status != STATUS_OK)
        return status;
    const char *address = call_site_address(work, call);
    *out_page = (struct page){
        .template = "pages/account-invited.html",
        .title = WORDS("A link to choose a password"),
        .model = json_pack("{s:o, s:s, s:s, s:i}", "breadcrumbs", crumbs(), "code", code, "link",
                           arena_format(work->arena, "%s/invitation/%s", address, token), "days",
                           INVITATION_DAYS),
    };
    return STATUS_OK;
}
