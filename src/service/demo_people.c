#include "service/demo_people.h"

#include "base/arena.h"
#include "service/account.h"
#include "base/banned.h"

static const struct {
    const char *code, *name, *email;
    struct account_grant grant;
} people[DEMO_PEOPLE_COUNT] = {
    { "demo-contributor",
      "Demonstration contributor",
      "contributor@demonstration.invalid",
      { .role = "contributor", .unit = "community-health-wellbeing" } },
    { "demo-chair",
      "Demonstration chair",
      "chair@demonstration.invalid",
      { .role = "directorate-lead", .unit = "community-health-wellbeing" } },
    { "demo-policy",
      "Demonstration policy officer",
      "policy@demonstration.invalid",
      { .role = "policy-officer" } },
    { "demo-committee",
      "Demonstration committee member",
      "committee@demonstration.invalid",
      { .role = "committee-member" } },
    { "demo-auditor",
      "Demonstration auditor",
      "auditor@demonstration.invalid",
      { .role = "auditor" } },
};

static enum status make(struct work *work, size_t i)
{
    struct account account;
    struct problems problems = { .arena = work->arena };
    const struct account_details details = { people[i].code, people[i].name, people[i].email };
    enum status status = account_find(work, people[i].code, &account);
    if (status != STATUS_NOT_FOUND)
        return status;
    work_forget(work);
    status = account_add(work, &details, &problems);
    if (status == STATUS_OK && problems.list.count == 0)
        status = account_grant(work, people[i].code, &people[i].grant, &problems);
    if (status == STATUS_OK && problems.list.count)
        return work_fail(work, STATUS_INPUT,
                         "The demonstration's people could not be made: %s. Make the workspace "
                         "with `dueregard demo`.",
                         ((const struct problem *)problems.list.items[0])->words);
    return status;
}

enum status demo_people(struct work *work, struct demo_link out_links[DEMO_PEOPLE_COUNT])
{
    for (size_t i = 0; i < DEMO_PEOPLE_COUNT; i++) {
        out_links[i].name = people[i].name;
        enum status status = make(work, i);
        if (status == STATUS_OK)
            status = account_invite(work, people[i].code, "demonstration", &out_links[i].token);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}
