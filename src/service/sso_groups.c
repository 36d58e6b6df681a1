#include "service/sso_groups.h"

#include <string.h>

#include "base/arena.h"
#include "model/unit.h"
#include "service/account.h"
#include "service/record.h"
#include "store/entity_store.h"
#include "base/banned.h"

struct sso_group {
    const char *name, *role;
    int64_t unit; /* INTEGER_MISSING: the whole authority */
};

/* "role@unit", or "role". */
static enum status read_role(struct work *work, struct slice words, struct sso_group *group)
{
    struct slice rest = words, role;
    enum role known = ROLE_COUNT;
    (void)slice_split(&rest, '@', &role);
    group->role = slice_copy(work->arena, slice_trim(role));
    group->unit = INTEGER_MISSING;
    if (!permission_role(group->role, &known))
        return work_fail(work, STATUS_INPUT, "The setting sso-groups: there is no role \"%.60s\".",
                         group->role);
    if (!rest.start)
        return STATUS_OK;
    enum status status = entity_store_id(work, &unit_entity, slice_trim(rest), &group->unit);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, STATUS_INPUT, "The setting sso-groups: there is no unit \"%.*s\".",
                         (int)(rest.length < 60 ? rest.length : 60), rest.start);
    return status;
}

enum status sso_groups_read(struct work *work, const char *setting, struct list *out_groups)
{
    struct slice rest = slice_of(setting), entry;
    struct list groups = { 0 };
    enum status status = STATUS_OK;
    while (status == STATUS_OK && slice_split(&rest, ';', &entry)) {
        struct slice role = slice_trim(entry), name;
        struct sso_group *group = arena_new_of(work->arena, struct sso_group);
        if (role.length == 0)
            continue;
        (void)slice_split(&role, ':', &name);
        if (!role.start)
            return work_fail(work, STATUS_INPUT,
                             "The setting sso-groups: write each group as \"Group: role@unit\", "
                             "parted by semicolons.");
        group->name = slice_copy(work->arena, slice_trim(name));
        status = read_role(work, role, group);
        list_add(work->arena, &groups, group);
    }
    if (status == STATUS_OK)
        *out_groups = groups;
    return status;
}

static bool is_in(const struct list *groups, const char *name)
{
    for (size_t i = 0; i < groups->count; i++)
        if (strcmp(groups->items[i], name) == 0)
            return true;
    return false;
}

bool sso_groups_any(const struct list *mapped, const struct list *groups)
{
    for (size_t i = 0; i < mapped->count; i++)
        if (is_in(groups, ((const struct sso_group *)mapped->items[i])->name))
            return true;
    return false;
}

/* Whether any group that the account is in is mapped to the same role and unit. */
static bool is_due(const struct list *mapped, const struct list *groups,
                   const struct sso_group *wanted)
{
    for (size_t i = 0; i < mapped->count; i++) {
        const struct sso_group *group = mapped->items[i];
        if (strcmp(group->role, wanted->role) == 0 && group->unit == wanted->unit &&
            is_in(groups, group->name))
            return true;
    }
    return false;
}

/* The grant of that role and unit that holds today, or NULL. */
static struct role_grant *held(const struct work *work, const struct list *grants,
                               const struct sso_group *group)
{
    for (size_t i = 0; i < grants->count; i++) {
        struct role_grant *grant = grants->items[i];
        if (permission_holds(work, grant) && strcmp(grant->role, group->role) == 0 &&
            grant->unit == group->unit)
            return grant;
    }
    return NULL;
}

static enum status apply_one(struct work *work, struct audit *audit, int64_t account,
                             const struct sso_group *group, bool is_wanted)
{
    struct list grants = { 0 };
    enum status status = entity_store_list_of(work, &role_grant_entity, "account", account,
                                              &grants);
    if (status != STATUS_OK)
        return status;
    struct role_grant *grant = held(work, &grants, group);
    if (grant && !is_wanted)
        return account_end_grant(work, audit, grant);
    if (grant || !is_wanted)
        return STATUS_OK;
    struct role_grant *made = entity_row(work->arena, &role_grant_entity);
    made->account = account;
    made->role = group->role;
    made->unit = group->unit;
    made->valid_from = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    return record_insert(work, audit, &role_grant_entity, made);
}

enum status sso_groups_apply(struct work *work, struct audit *audit, const struct account *account,
                             const struct list *mapped, const struct list *groups)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < mapped->count; i++)
        status = apply_one(work, audit, account->id, mapped->items[i],
                           is_due(mapped, groups, mapped->items[i]));
    return status;
}
