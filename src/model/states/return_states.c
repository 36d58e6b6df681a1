#include "model/states/return_states.h"

#include <string.h>

#include "model/directorate_return.h"
#include "base/banned.h"

const struct return_transition return_transitions[] = {
    { .action = "submit",
      .label = "Submit the return",
      .from = { RETURN_DUE, RETURN_SENT_BACK },
      .to = RETURN_SUBMITTED,
      .right = "return-fill",
      .needs_answers = true,
      .records = true,
      .who = "whoever writes the return",
      .done = "submitted the return" },
    { .action = "approve",
      .label = "Approve the return",
      .from = { RETURN_SUBMITTED },
      .to = RETURN_APPROVED,
      .right = "return-approve",
      .needs_answers = true,
      .who = "the directorate lead",
      .done = "approved the return" },
    { .action = "send-back",
      .label = "Send the return back",
      .from = { RETURN_SUBMITTED },
      .to = RETURN_SENT_BACK,
      .right = "return-approve",
      .needs_reason = true,
      .who = "the directorate lead",
      .done = "sent the return back" },
    { .action = "send-back",
      .label = "Send the return back",
      .from = { RETURN_APPROVED },
      .to = RETURN_SENT_BACK,
      .right = "return-freeze",
      .needs_reason = true,
      .who = "the policy officer",
      .done = "sent the return back" },
    { .action = "freeze",
      .label = "Freeze the return",
      .from = { RETURN_APPROVED },
      .to = RETURN_FROZEN,
      .right = "return-freeze",
      .needs_answers = true,
      .who = "the policy officer",
      .done = "froze the return" },
    { .action = "revise",
      .label = "Open the return for a revision",
      .from = { RETURN_FROZEN },
      .to = RETURN_REVISED,
      .right = "return-freeze",
      .needs_reason = true,
      .who = "the policy officer",
      .done = "opened the return for a revision" },
    { .action = "refreeze",
      .label = "Record the revision",
      .from = { RETURN_REVISED },
      .to = RETURN_FROZEN,
      .right = "return-freeze",
      .needs_answers = true,
      .records = true,
      .who = "the policy officer",
      .done = "recorded the revision" },
};
const size_t return_transition_count = sizeof return_transitions / sizeof *return_transitions;

const struct return_transition *return_transition_find(const char *action, const char *from)
{
    for (size_t i = 0; i < return_transition_count; i++) {
        const struct return_transition *transition = &return_transitions[i];
        if (strcmp(transition->action, action) != 0)
            continue;
        for (size_t j = 0; j < RETURN_MOST_SOURCES && transition->from[j]; j++)
            if (strcmp(transition->from[j], from) == 0)
                return transition;
    }
    return NULL;
}

bool return_state_is_given(const char *state)
{
    return strcmp(state, RETURN_DUE) != 0;
}

const char *return_received_on(const struct directorate_return *head)
{
    if (head->first_complete_on)
        return head->first_complete_on;
    return return_state_is_given(head->state) ? head->submitted_on : NULL;
}
