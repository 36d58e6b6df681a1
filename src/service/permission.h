/* THE table of permissions: which role has which right, and how far it reaches. Pages, JSON, files,
 * search and the command line all ask here.
 *
 * The right that a route or command needs stands in its row, and the service that does the thing
 * asks again, with the unit that it is done to:
 *
 *     status = permission_require(work, RIGHT_RETURN_FILL, return->unit);
 */
#ifndef SERVICE_PERMISSION_H
#define SERVICE_PERMISSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "base/work.h"
#include "model/role_grant.h"

enum role {
    ROLE_CONTRIBUTOR,
    ROLE_ACTION_OWNER,
    ROLE_DIRECTORATE_LEAD,
    ROLE_POLICY_OFFICER,
    ROLE_HR_DATA_OFFICER,
    ROLE_ASSESSMENT_AUTHOR,
    ROLE_CLEARER,
    ROLE_SPONSOR,
    ROLE_COMMITTEE_MEMBER,
    ROLE_AUDITOR,
    ROLE_ADMINISTRATOR,
    ROLE_COUNT
};

enum right {
    RIGHT_UNSET,     /* what a row says that does not say: nobody has it */
    RIGHT_PUBLIC,    /* everybody, signed in or not */
    RIGHT_SIGNED_IN, /* everybody who is */
    RIGHT_READ,      /* what is on record: plan, measures, returns, reports */
    RIGHT_RETURN_FILL,
    RIGHT_RETURN_APPROVE,
    RIGHT_RETURN_FREEZE,
    RIGHT_COMMENT_READ,
    RIGHT_COMMENT,
    RIGHT_PLAN_CHANGE,
    RIGHT_PLAN_APPROVE,
    RIGHT_DATA_IMPORT,
    RIGHT_DATA_EXPORT,
    RIGHT_REPORT_MAKE,
    RIGHT_TABLES_RELEASE,
    RIGHT_PEOPLE_COUNT,
    RIGHT_PEOPLE_KEEP,
    RIGHT_AUDIT_READ,
    RIGHT_ACCOUNTS_MANAGE,
    RIGHT_WORKSPACE_MANAGE,
    RIGHT_COUNT
};

/* How far a right reaches for a role. */
enum reach {
    REACH_NONE,
    REACH_UNITS,      /* the units that the role was granted for, and everything below them */
    REACH_EVERYWHERE, /* the whole authority, whichever unit the grant names */
};

struct role_row {
    const char *code, *title, *summary;
    bool needs_two; /* is granted by two people: approval.h */
};

struct right_row {
    const char *code, *title;
    enum reach reach[ROLE_COUNT];
};

extern const struct role_row permission_roles[ROLE_COUNT];
extern const struct right_row permission_rights[RIGHT_COUNT];

/* The role of that code; false when there is none. */
bool permission_role(const char *code, enum role *out_role);

/* The right of that code; RIGHT_UNSET, which nobody has, when there is none. */
enum right permission_right(const char *code);

/* A role that somebody has today. */
struct granted {
    enum role role;
    int64_t unit; /* INTEGER_MISSING: the whole authority */
};

/* What a refusal was about, for whoever tells it: who has that right for that unit can do it, or
 * unlock what is locked. */
struct refused {
    const char *error; /* the work's, by then; NULL: nothing was refused yet */
    enum right right;
    int64_t unit;   /* INTEGER_MISSING: the whole authority */
    bool is_locked; /* by its state, whoever asks */
};

/* On whose behalf a work is done. A work without one may do what everybody may. */
struct actor {
    int64_t account; /* INTEGER_MISSING: nobody's */
    int64_t session; /* INTEGER_MISSING: not in a browser */
    const char *code, *name;
    bool has_second_proof;   /* codes are on, or an identity provider vouches */
    bool must_turn_codes_on; /* by the settings, before anything else can be done */
    bool is_code_due;        /* the password was right, the code has not been given yet */
    bool is_owner;       /* who runs the program on the workspace's own files: may do everything */
    bool pages_are_open; /* the authority shows to everybody what is on record */
    struct list granted; /* of struct granted * */
    struct refused *refused; /* where the last refusal is noted; NULL: nobody tells it */
};

/* Who gives commands in the workspace's folder. */
extern const struct actor permission_owner;

/* Whether a grant holds on the work's day. */
bool permission_holds(const struct work *work, const struct role_grant *grant);
/* The grants of an account that are in force on the work's day, added to `out_actor`. */
MUST_CHECK enum status permission_load(struct work *work, int64_t account, struct actor *out_actor);
/* Whether the work's actor has the right for some unit or other. */
bool permission_has(const struct work *work, enum right right);
/* Whether the work's actor has the right for that unit; INTEGER_MISSING: for the whole authority.
 */
MUST_CHECK enum status permission_allows(struct work *work, enum right right, int64_t unit,
                                         bool *out_allows);
/* The same as STATUS_REFUSED, with a sentence that names the right. */
MUST_CHECK enum status permission_require(struct work *work, enum right right, int64_t unit);
/* STATUS_REFUSED in those words, because of the state that something is in: those with the right
 * for the unit can change it. */
MUST_CHECK enum status permission_refuse_locked(struct work *work, enum right right, int64_t unit,
                                                const char *words);
/* What the work's error is about, when it is such a refusal; NULL: it is about something else. */
const struct refused *permission_refused(const struct work *work);

#endif
