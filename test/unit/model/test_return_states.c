/* The life of a return: which step leads on from which state, and what each step asks for. */
#include "model/states/return_states.h"

#include <string.h>

#include "model/directorate_return.h"
#include "support/support.h"

static const char *const actions[] = { "submit", "approve", "send-back",
                                       "freeze", "revise",  "refreeze" };
static const char *const states[] = { RETURN_DUE,      RETURN_SUBMITTED, RETURN_SENT_BACK,
                                      RETURN_APPROVED, RETURN_FROZEN,    RETURN_REVISED };

enum { ACTIONS = sizeof actions / sizeof *actions, STATES = sizeof states / sizeof *states };

/* All that may be done; every other step from every other state is refused. */
static const struct {
    const char *action, *from, *to, *right;
} allowed[] = {
    { "submit", "due", "submitted", "return-fill" },
    { "submit", "sent-back", "submitted", "return-fill" },
    { "approve", "submitted", "approved", "return-approve" },
    { "send-back", "submitted", "sent-back", "return-approve" },
    { "send-back", "approved", "sent-back", "return-freeze" },
    { "freeze", "approved", "frozen", "return-freeze" },
    { "revise", "frozen", "revised", "return-freeze" },
    { "refreeze", "revised", "frozen", "return-freeze" },
};

enum { ALLOWED = sizeof allowed / sizeof *allowed };

static size_t place_of(const char *action, const char *from)
{
    size_t i = 0;
    while (i < ALLOWED &&
           (strcmp(allowed[i].action, action) != 0 || strcmp(allowed[i].from, from) != 0))
        i++;
    return i;
}

static void every_step_from_every_state_is_allowed_or_refused(void **state)
{
    (void)state;
    size_t found = 0;
    for (size_t a = 0; a < ACTIONS; a++)
        for (size_t s = 0; s < STATES; s++) {
            const struct return_transition *step = return_transition_find(actions[a], states[s]);
            size_t place = place_of(actions[a], states[s]);
            if ((step != NULL) != (place < ALLOWED))
                fail_msg("%s of a return that is %s", actions[a], states[s]);
            if (!step)
                continue;
            found++;
            assert_string_equal(step->to, allowed[place].to);
            assert_string_equal(step->right, allowed[place].right);
        }
    assert_int_equal(found, ALLOWED);
    assert_null(return_transition_find("burn", RETURN_DUE));
    assert_null(return_transition_find("submit", "burnt"));
}

/* What goes forward has to be whole, what goes back needs a reason, and figures go on record with
 * the two steps after which they are spoken of. */
static void a_step_asks_for_what_it_should(void **state)
{
    (void)state;
    for (size_t i = 0; i < return_transition_count; i++) {
        const struct return_transition *step = &return_transitions[i];
        bool goes_back = strcmp(step->to, RETURN_SENT_BACK) == 0 ||
                         strcmp(step->to, RETURN_REVISED) == 0;
        bool records = strcmp(step->action, "submit") == 0 || strcmp(step->action, "refreeze") == 0;
        assert_int_equal(step->needs_reason, goes_back);
        assert_int_equal(step->needs_answers, !goes_back);
        assert_int_equal(step->records, records);
        assert_true(step->label[0] && step->who[0] && step->done[0]);
    }
}

static void a_return_has_come_when_it_was_first_complete(void **state)
{
    (void)state;
    struct directorate_return head = { .state = RETURN_DUE, .submitted_on = "2012-07-20" };
    assert_null(return_received_on(&head));
    head.state = RETURN_SENT_BACK;
    assert_string_equal(return_received_on(&head), "2012-07-20");
    head.first_complete_on = "2012-07-18";
    assert_string_equal(return_received_on(&head), "2012-07-18");
    for (size_t i = 0; i < STATES; i++)
        assert_int_equal(return_state_is_given(states[i]), i > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_from_every_state_is_allowed_or_refused),
        cmocka_unit_test(a_step_asks_for_what_it_should),
        cmocka_unit_test(a_return_has_come_when_it_was_first_complete),
    };
    return cmocka_run_group_tests_name("model/return_states", tests, NULL, NULL);
}
