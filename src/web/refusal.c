#include "web/refusal.h"

#include "base/arena.h"
#include "service/holders.h"
#include "web/site.h"

#include "base/banned.h"

/* Who has the right; and who could grant it. That they cannot be found is no reason to say less. */
static json_t *who_has(struct work *work, const struct call *call, enum right right)
{
    const struct holders_of of = {
        .right = right,
        .units = &call->unit,
        .unit_count = call->refusal == REFUSAL_UNIT ? 1 : 0,
        .words = call_words(call, WORDS("Ask somebody who has it, or for the role itself.")),
    };
    json_t *who = NULL;
    if (!work->store || holders_load(work, &of, &who) != STATUS_OK)
        return json_null();
    return who;
}

void refusal_explain(struct work *work, const struct call *call, json_t *model)
{
    static const char *const messages[] = {
        [REFUSAL_SERVICE] = WORDS("This is not done now, for a reason."),
        [REFUSAL_RIGHT] = WORDS("Your roles do not allow this."),
        [REFUSAL_UNIT] = WORDS("Your roles do not allow this for this unit."),
        [REFUSAL_FORM] = WORDS("The form that you sent was too old, or not one of ours. Go back, "
                               "load the page again and send it once more."),
    };
    bool is_right = call->refusal == REFUSAL_RIGHT || call->refusal == REFUSAL_UNIT;
    const char *reason = call->refusal == REFUSAL_SERVICE && *work->error
                             ? arena_copy_text(work->arena, work->error)
                             : NULL;
    work_forget(work);
    json_t *granting = who_has(work, call, RIGHT_ACCOUNTS_MANAGE);
    json_t *names = json_object_get(granting, "administrators");
    json_object_set_new(model, "message", json_string(call_words(call, messages[call->refusal])));
    json_object_set_new(model, "reason", reason ? json_string(reason) : json_null());
    json_object_set_new(model, "missing",
                        is_right ? json_string(permission_rights[call->route->right].title)
                                 : json_null());
    json_object_set_new(model, "who",
                        is_right ? who_has(work, call, call->route->right) : json_null());
    json_object_set_new(model, "administrators", names ? json_incref(names) : json_null());
    json_decref(granting);
    work_forget(work);
}
