#include "service/holders.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/account.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { NAMES_BYTES_MOST = 1000 };

/* All grants that hold today, and the accounts. */
struct grants {
    struct list accounts, grants;
};

/* The names of those who hold a role that reaches the unit. */
struct names {
    struct text text;
    int64_t count;
    int64_t last; /* account that was added last: grants of one account follow each other */
};

static enum status load(struct work *work, struct grants *grants)
{
    struct list all = { 0 };
    enum status status = entity_store_list(work, &account_entity, 0, &grants->accounts);
    if (status == STATUS_OK)
        status = entity_store_list(work, &role_grant_entity, 0, &all);
    for (size_t i = 0; i < all.count; i++)
        if (permission_holds(work, all.items[i]))
            list_add(work->arena, &grants->grants, all.items[i]);
    return status;
}

/* Whether that one grant gives the right for one of the units. */
static enum status gives(struct work *work, const struct role_grant *grant, enum role role,
                         const struct holders_of *of, bool *out_gives)
{
    struct granted granted = { role, grant->unit };
    struct actor actor = { .account = grant->account, .session = INTEGER_MISSING };
    const struct actor *before = work->actor;
    enum status status = STATUS_OK;
    list_add(work->arena, &actor.granted, &granted);
    work->actor = &actor;
    if (of->unit_count == 0)
        status = permission_allows(work, of->right, INTEGER_MISSING, out_gives);
    for (size_t i = 0; status == STATUS_OK && !*out_gives && i < of->unit_count; i++)
        status = permission_allows(work, of->right, of->units[i], out_gives);
    work->actor = before;
    return status;
}

static void add_name(struct names *names, const struct account *account)
{
    if (strcmp(account->status, "open") != 0 || account->id == names->last)
        return;
    names->last = account->id;
    if (names->count++ < HOLDERS_NAMED_MOST)
        text_add_format(&names->text, "%s%.200s", names->count > 1 ? ", " : "", account->name);
}

static enum status names_of(struct work *work, const struct grants *grants, enum role role,
                            const struct holders_of *of, struct names *out_names)
{
    enum status status = STATUS_OK;
    *out_names = (struct names){ text_new(work->arena, NAMES_BYTES_MOST), 0, INTEGER_MISSING };
    for (size_t a = 0; a < grants->accounts.count; a++) {
        const struct account *account = grants->accounts.items[a];
        for (size_t i = 0; status == STATUS_OK && i < grants->grants.count; i++) {
            const struct role_grant *grant = grants->grants.items[i];
            bool does_give = false;
            if (grant->account != account->id ||
                strcmp(grant->role, permission_roles[role].code) != 0)
                continue;
            status = gives(work, grant, role, of, &does_give);
            if (does_give)
                add_name(out_names, account);
        }
    }
    return status;
}

static const char *told(const struct names *names)
{
    return names->count ? names->text.bytes : NULL;
}

static json_t *role_json(enum role role, const struct names *names)
{
    int64_t more = names->count - HOLDERS_NAMED_MOST;
    return json_pack("{s:s, s:s?, s:o}", "role", permission_roles[role].title, "names", told(names),
                     "more", more > 0 ? json_integer(more) : json_null());
}

static enum status roles_json(struct work *work, const struct grants *grants,
                              const struct holders_of *of, json_t *roles, bool *out_is_held)
{
    enum status status = STATUS_OK;
    for (int role = 0; status == STATUS_OK && role < ROLE_COUNT; role++) {
        struct names names;
        if (permission_rights[of->right].reach[role] == REACH_NONE)
            continue;
        status = names_of(work, grants, (enum role)role, of, &names);
        *out_is_held = *out_is_held || names.count > 0;
        json_array_append_new(roles, role_json((enum role)role, &names));
    }
    return status;
}

enum status holders_load(struct work *work, const struct holders_of *of, json_t **out_model)
{
    static const struct holders_of granting = { .right = RIGHT_ACCOUNTS_MANAGE };
    struct grants grants = { .accounts = { 0 } };
    struct names administrators;
    bool is_held = false;
    if (!permission_has(work, RIGHT_SIGNED_IN)) {
        *out_model = json_null();
        return STATUS_OK;
    }
    json_t *roles = json_array();
    enum status status = load(work, &grants);
    if (status == STATUS_OK)
        status = roles_json(work, &grants, of, roles, &is_held);
    if (status == STATUS_OK)
        status = names_of(work, &grants, ROLE_ADMINISTRATOR, &granting, &administrators);
    if (status != STATUS_OK) {
        json_decref(roles);
        return status;
    }
    *out_model = json_pack("{s:s, s:o, s:b, s:s?}", "words", of->words, "holders", roles, "isHeld",
                           is_held, "administrators", told(&administrators));
    return STATUS_OK;
}
