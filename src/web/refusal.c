#include "web/refusal.h"

#include "base/arena.h"
#include "service/holders.h"
#include "web/site.h"

#include "base/banned.h"

/* What is told: which right for which unit (INTEGER_MISSING: the whole authority), and whether it
 * is missing or would unlock. */
struct told {
    enum right right; /* RIGHT_UNSET: it is about none */
    int64_t unit;
    bool is_missing;
};

/* Who has the right; and who could grant it. That they cannot be found is no reason to say less. */
static json_t *who_has(struct work *work, const struct told *told, const char *words)
{
    const struct holders_of of = {
        .right = told->right,
        .units = &told->unit,
        .unit_count = told->unit == INTEGER_MISSING ? 0 : 1,
        .words = words,
    };
    json_t *who = NULL;
    if (!work->store || holders_load(work, &of, &who) != STATUS_OK)
        return json_null();
    return who;
}

static struct told told_of(const struct work *work, const struct call *call)
{
    const struct refused *refused = call->refusal == REFUSAL_SERVICE ? permission_refused(work)
                                                                     : NULL;
    if (refused)
        return (struct told){ refused->right, refused->unit, !refused->is_locked };
    if (call->refusal == REFUSAL_RIGHT || call->refusal == REFUSAL_UNIT)
        return (struct told){ call->route->right,
                              call->refusal == REFUSAL_UNIT ? call->unit : INTEGER_MISSING, true };
    return (struct told){ RIGHT_UNSET, INTEGER_MISSING, false };
}

static const char *message_of(const struct call *call, const struct told *told)
{
    if (call->refusal == REFUSAL_FORM)
        return WORDS("The form that you sent was too old, or not one of ours. Go back, "
                     "load the page again and send it once more.");
    if (!told->is_missing)
        return WORDS("This is not done now, for a reason.");
    return told->unit == INTEGER_MISSING ? WORDS("Your roles do not allow this.")
                                         : WORDS("Your roles do not allow this for this unit.");
}

void refusal_explain(struct work *work, const struct call *call, json_t *model)
{
    static const struct told granting = { RIGHT_ACCOUNTS_MANAGE, INTEGER_MISSING, false };
    const struct told told = told_of(work, call);
    /* A missing right is told by itself, in the reader's language. */
    const char *reason = call->refusal == REFUSAL_SERVICE && !told.is_missing && *work->error
                             ? arena_copy_text(work->arena, work->error)
                             : NULL;
    const char *words = told.is_missing ? WORDS("Ask somebody who has it, or for the role itself.")
                                        : WORDS("Ask somebody who can unlock it.");
    work_forget(work);
    json_t *grants = who_has(work, &granting, "");
    json_t *names = json_object_get(grants, "administrators");
    json_object_set_new(model, "message", json_string(call_words(call, message_of(call, &told))));
    json_object_set_new(model, "reason", reason ? json_string(reason) : json_null());
    json_object_set_new(model, "missing",
                        told.is_missing ? json_string(permission_rights[told.right].title)
                                        : json_null());
    json_object_set_new(model, "who",
                        told.right == RIGHT_UNSET ? json_null()
                                                  : who_has(work, &told, call_words(call, words)));
    json_object_set_new(model, "administrators", names ? json_incref(names) : json_null());
    json_decref(grants);
    work_forget(work);
}
