#include "service/permission.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "store/entity_store.h"
#include "store/unit_store.h"
#include "base/banned.h"

enum { TITLES_BYTES_MOST = 500 };

const struct role_row permission_roles[ROLE_COUNT] = {
    [ROLE_CONTRIBUTOR] = { "contributor", "Contributor", "Fills in the returns of their units",
                           false },
    [ROLE_ACTION_OWNER] = { "action-owner", "Action owner", "Reports on the actions of their units",
                            false },
    [ROLE_DIRECTORATE_LEAD] = { "directorate-lead", "Directorate lead",
                                "Chairs the task group of their units and approves their returns",
                                false },
    [ROLE_POLICY_OFFICER] = { "policy-officer", "Policy officer",
                              "Opens and freezes periods, collates, reports, keeps the plan",
                              false },
    [ROLE_HR_DATA_OFFICER] = { "hr-data-officer", "HR data officer", "Brings in the workforce data",
                               true },
    [ROLE_ASSESSMENT_AUTHOR] = { "assessment-author", "Assessment author",
                                 "Writes equality impact assessments for their units", false },
    [ROLE_CLEARER] = { "clearer", "Legal and finance clearer",
                       "Clears reports and assessments before they are decided on", false },
    [ROLE_SPONSOR] = { "sponsor", "Executive sponsor",
                       "Answers for the scheme; reads everything on record", false },
    [ROLE_COMMITTEE_MEMBER] = { "committee-member", "Committee member", "Reads what is on record",
                                false },
    [ROLE_AUDITOR] = { "auditor", "Auditor", "Reads everything, changes nothing", false },
    [ROLE_ADMINISTRATOR] = { "administrator", "Administrator",
                             "Keeps the accounts and the workspace; sees no data", true },
};

#define UNITS REACH_UNITS
#define EVERYWHERE REACH_EVERYWHERE

/* A role that is not named has not got the right. RIGHT_PUBLIC and RIGHT_SIGNED_IN need no role. */
const struct right_row permission_rights[RIGHT_COUNT] = {
    [RIGHT_UNSET] = { "unset", "Do what nobody may", { REACH_NONE } },
    [RIGHT_PUBLIC] = { "public", "See what is public", { REACH_NONE } },
    [RIGHT_SIGNED_IN] = { "signed-in", "Look after one's own account", { REACH_NONE } },
    [RIGHT_READ] = { "read",
                     "Read what is on record",
                     { [ROLE_CONTRIBUTOR] = EVERYWHERE,
                       [ROLE_ACTION_OWNER] = EVERYWHERE,
                       [ROLE_DIRECTORATE_LEAD] = EVERYWHERE,
                       [ROLE_POLICY_OFFICER] = EVERYWHERE,
                       [ROLE_HR_DATA_OFFICER] = EVERYWHERE,
                       [ROLE_ASSESSMENT_AUTHOR] = EVERYWHERE,
                       [ROLE_CLEARER] = EVERYWHERE,
                       [ROLE_SPONSOR] = EVERYWHERE,
                       [ROLE_COMMITTEE_MEMBER] = EVERYWHERE,
                       [ROLE_AUDITOR] = EVERYWHERE } },
    [RIGHT_RETURN_FILL] = { "return-fill",
                            "Fill in and submit a return",
                            { [ROLE_CONTRIBUTOR] = UNITS,
                              [ROLE_DIRECTORATE_LEAD] = UNITS,
                              [ROLE_POLICY_OFFICER] = UNITS } },
    [RIGHT_RETURN_APPROVE] = { "return-approve",
                               "Approve a return or send it back",
                               { [ROLE_DIRECTORATE_LEAD] = UNITS } },
    [RIGHT_RETURN_FREEZE] = { "return-freeze",
                              "Open, freeze and revise the returns of a period",
                              { [ROLE_POLICY_OFFICER] = UNITS } },
    [RIGHT_COMMENT_READ] = { "comment-read",
                             "Read comments on figures, and what is proposed for a new year",
                             { [ROLE_CONTRIBUTOR] = EVERYWHERE,
                               [ROLE_ACTION_OWNER] = EVERYWHERE,
                               [ROLE_DIRECTORATE_LEAD] = EVERYWHERE,
                               [ROLE_POLICY_OFFICER] = EVERYWHERE,
                               [ROLE_CLEARER] = EVERYWHERE,
                               [ROLE_SPONSOR] = EVERYWHERE,
                               [ROLE_AUDITOR] = EVERYWHERE } },
    [RIGHT_COMMENT] = { "comment",
                        "Comment on figures, and settle what was to be followed up",
                        { [ROLE_CONTRIBUTOR] = UNITS,
                          [ROLE_ACTION_OWNER] = UNITS,
                          [ROLE_DIRECTORATE_LEAD] = UNITS,
                          [ROLE_POLICY_OFFICER] = UNITS,
                          [ROLE_CLEARER] = EVERYWHERE,
                          [ROLE_SPONSOR] = EVERYWHERE } },
    [RIGHT_PLAN_CHANGE] = { "plan-change",
                            "Change the plan",
                            { [ROLE_ACTION_OWNER] = UNITS,
                              [ROLE_DIRECTORATE_LEAD] = UNITS,
                              [ROLE_POLICY_OFFICER] = UNITS } },
    [RIGHT_PLAN_APPROVE] = { "plan-approve",
                             "Approve what is proposed for a new year of the plan",
                             { [ROLE_DIRECTORATE_LEAD] = UNITS, [ROLE_SPONSOR] = EVERYWHERE } },
    [RIGHT_DATA_IMPORT] = { "data-import",
                            "Import files",
                            { [ROLE_POLICY_OFFICER] = UNITS, [ROLE_HR_DATA_OFFICER] = UNITS } },
    [RIGHT_DATA_EXPORT] = { "data-export",
                            "Export records to files",
                            { [ROLE_POLICY_OFFICER] = UNITS, [ROLE_AUDITOR] = EVERYWHERE } },
    [RIGHT_REPORT_MAKE] = { "report-make",
                            "Make and freeze reports",
                            { [ROLE_POLICY_OFFICER] = UNITS } },
    [RIGHT_TABLES_RELEASE] = { "tables-release",
                               "Release protected tables",
                               { [ROLE_POLICY_OFFICER] = UNITS, [ROLE_HR_DATA_OFFICER] = UNITS } },
    [RIGHT_PEOPLE_COUNT] = { "people-count",
                             "Count people, with small counts unprotected",
                             { [ROLE_HR_DATA_OFFICER] = UNITS } },
    [RIGHT_PEOPLE_KEEP] = { "people-keep",
                            "Bring in records of people, give out and remove a subject's",
                            { [ROLE_HR_DATA_OFFICER] = UNITS } },
    [RIGHT_AUDIT_READ] = { "audit-read",
                           "Read and verify the audit",
                           { [ROLE_AUDITOR] = EVERYWHERE } },
    [RIGHT_ACCOUNTS_MANAGE] = { "accounts-manage",
                                "Keep accounts and roles",
                                { [ROLE_ADMINISTRATOR] = EVERYWHERE } },
    [RIGHT_WORKSPACE_MANAGE] = { "workspace-manage",
                                 "Keep the workspace: backups and migrations",
                                 { [ROLE_ADMINISTRATOR] = EVERYWHERE } },
};

const struct actor permission_owner = { .account = INTEGER_MISSING,
                                        .session = INTEGER_MISSING,
                                        .code = "owner",
                                        .name = "Owner of the workspace",
                                        .is_owner = true };

bool permission_role(const char *code, enum role *out_role)
{
    for (size_t i = 0; i < ROLE_COUNT; i++)
        if (strcmp(permission_roles[i].code, code) == 0) {
            *out_role = (enum role)i;
            return true;
        }
    return false;
}

enum right permission_right(const char *code)
{
    for (size_t i = 0; i < RIGHT_COUNT; i++)
        if (strcmp(permission_rights[i].code, code) == 0)
            return (enum right)i;
    return RIGHT_UNSET;
}

/* Dates and moments in ISO text sort as they follow; a moment begins with its date. */
bool permission_holds(const struct work *work, const struct role_grant *grant)
{
    return strncmp(grant->valid_from, work->now, 10) <= 0 &&
           (!grant->valid_to || strncmp(work->now, grant->valid_to, 10) <= 0);
}

enum status permission_load(struct work *work, int64_t account, struct actor *out_actor)
{
    struct list grants = { 0 };
    enum status status = entity_store_list_of(work, &role_grant_entity, "account", account,
                                              &grants);
    for (size_t i = 0; status == STATUS_OK && i < grants.count; i++) {
        const struct role_grant *grant = grants.items[i];
        enum role role = ROLE_COUNT;
        if (!permission_holds(work, grant) || !permission_role(grant->role, &role))
            continue;
        struct granted *granted = arena_new_of(work->arena, struct granted);
        *granted = (struct granted){ role, grant->unit };
        list_add(work->arena, &out_actor->granted, granted);
    }
    return status;
}

/* What needs no role; false when only a role can tell. */
static bool needs_no_role(const struct actor *actor, enum right right)
{
    if (right == RIGHT_PUBLIC)
        return true;
    if (!actor)
        return false;
    bool is_signed_in = actor->account != INTEGER_MISSING && !actor->is_code_due;
    return (actor->is_owner && right != RIGHT_UNSET) ||
           (right == RIGHT_SIGNED_IN && is_signed_in) ||
           (right == RIGHT_READ && actor->pages_are_open);
}

static enum reach reach_of(const struct granted *granted, enum right right)
{
    return permission_rights[right].reach[granted->role];
}

bool permission_has(const struct work *work, enum right right)
{
    const struct actor *actor = work->actor;
    if (needs_no_role(actor, right))
        return true;
    for (size_t i = 0; actor && i < actor->granted.count; i++)
        if (reach_of(actor->granted.items[i], right) != REACH_NONE)
            return true;
    return false;
}

/* Whether one of the grants reaches everywhere, or to one of the units. */
static bool reaches(const struct actor *actor, enum right right, const int64_t *units, size_t count)
{
    for (size_t i = 0; i < actor->granted.count; i++) {
        const struct granted *granted = actor->granted.items[i];
        enum reach reach = reach_of(granted, right);
        if (reach == REACH_EVERYWHERE || (reach == REACH_UNITS && granted->unit == INTEGER_MISSING))
            return true;
        for (size_t j = 0; reach == REACH_UNITS && j < count; j++)
            if (units[j] == granted->unit)
                return true;
    }
    return false;
}

enum status permission_allows(struct work *work, enum right right, int64_t unit, bool *out_allows)
{
    int64_t units[UNIT_DEPTH_MOST];
    size_t count = 0;
    *out_allows = needs_no_role(work->actor, right);
    if (*out_allows || !permission_has(work, right))
        return STATUS_OK;
    /* Most are asked about their own units: only else those above it must be read. */
    *out_allows = reaches(work->actor, right, &unit, unit != INTEGER_MISSING);
    if (*out_allows || unit == INTEGER_MISSING)
        return STATUS_OK;
    enum status status = unit_store_above(work, unit, units, &count);
    if (status == STATUS_OK)
        *out_allows = reaches(work->actor, right, units, count);
    return status;
}

/* The titles of the roles that have the right. */
static const char *roles_with(struct arena *arena, enum right right)
{
    struct text titles = text_new(arena, TITLES_BYTES_MOST);
    for (int role = 0; role < ROLE_COUNT; role++)
        if (permission_rights[right].reach[role] != REACH_NONE)
            text_add_format(&titles, "%s%s", titles.length ? ", " : "",
                            permission_roles[role].title);
    return titles.length ? titles.bytes : "none";
}

static enum status refuse(struct work *work, struct refused refused, const char *words)
{
    enum status status = work_fail(work, STATUS_REFUSED, "%s", words);
    refused.error = arena_copy_text(work->arena, work->error);
    if (work->actor && work->actor->refused)
        *work->actor->refused = refused;
    return status;
}

enum status permission_refuse_locked(struct work *work, enum right right, int64_t unit,
                                     const char *words)
{
    return refuse(work, (struct refused){ .right = right, .unit = unit, .is_locked = true }, words);
}

const struct refused *permission_refused(const struct work *work)
{
    const struct refused *refused = work->actor ? work->actor->refused : NULL;
    return refused && refused->error && strcmp(refused->error, work->error) == 0 ? refused : NULL;
}

enum status permission_require(struct work *work, enum right right, int64_t unit)
{
    bool allows = false;
    enum status status = permission_allows(work, right, unit, &allows);
    if (status == STATUS_OK && !allows)
        return refuse(work, (struct refused){ .right = right, .unit = unit },
                      arena_format(work->arena,
                                   "This needs the right \"%s\"%s, which these roles have: %s. An "
                                   "administrator grants "
                                   "roles.",
                                   permission_rights[right].title,
                                   unit == INTEGER_MISSING ? "" : " for this unit",
                                   roles_with(work->arena, right)));
    return status;
}
