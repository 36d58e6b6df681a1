/* Threshold, greedy, audit; what is hidden for nothing is shown again, and the audit repeated. */
#include "disclosure/suppression.h"

#include <assert.h>

#include <string.h>

#include "base/arena.h"
#include "disclosure/companions.h"
#include "disclosure/joint.h"
#include "disclosure/whole.h"
#include "base/banned.h"

enum { MOST_TRIES = 40 /* to hide more because counts are whole numbers */ };

static void mark_primaries(const struct relations *relations,
                           const struct suppression_options *options, unsigned char *statuses)
{
    int64_t least = options->shows_zeros ? 1 : 0;
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        if (statuses[cell] == CELL_PUBLISHED && relations->values[cell] >= least &&
            relations->values[cell] < options->threshold)
            statuses[cell] = CELL_PRIMARY;
}

/* The least that a reader knows a hidden cell to be: a primary zero from outside tells that zeros
 * are not all shown. */
static int64_t least_hidden(const struct relations *relations,
                            const struct suppression_options *options,
                            const unsigned char *statuses)
{
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        if (statuses[cell] == CELL_PRIMARY && relations->values[cell] == 0)
            return 0;
    return options->shows_zeros ? 1 : 0;
}

/* When known cells already give a primary away: which, and how. */
static const char *find_certificate(struct work *work, const struct relations *relations,
                                    unsigned char *statuses)
{
    const char *certificate = NULL;
    /* Nothing but known cells and zeros counts as shown here. */
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        if (statuses[cell] == CELL_PUBLISHED && relations->values[cell] != 0)
            statuses[cell] = CELL_SECONDARY;
    for (int32_t cell = 0; cell < relations->cell_count && !certificate; cell++)
        if (statuses[cell] == CELL_PRIMARY)
            certificate = audit_certificate(work, relations, statuses, cell);
    return certificate;
}

/* Shows again what the reader can work out anyway; true when there was such a cell. */
static bool show_exposed_secondaries(const struct relations *relations, unsigned char *statuses,
                                     struct suppression *suppression)
{
    if (suppression->audit.exposed_secondaries == 0)
        return false;
    for (int32_t cell = 0; cell < relations->cell_count; cell++) {
        if (statuses[cell] != CELL_SECONDARY || !suppression->audit.is_exposed[cell])
            continue;
        statuses[cell] = CELL_PUBLISHED;
        suppression->secondary.secondary_count--;
        suppression->secondary.published_count++;
    }
    return true;
}

/* Audits the pattern, and shows again what was hidden for nothing. */
static enum status audit_all(struct work *work, const struct relations *relations,
                             const struct suppression_options *options, unsigned char *statuses,
                             struct suppression *suppression)
{
    struct audit_options audit = {
        .knows_least = options->safety != SAFETY_LINEAR,
        .least = least_hidden(relations, options, statuses),
        .witness = suppression->secondary.witness,
    };
    do
        audit_pattern(work, relations, statuses, &audit, &suppression->audit);
    while (suppression->audit.exposed_primaries == 0 &&
           show_exposed_secondaries(relations, statuses, suppression));
    if (suppression->audit.exposed_primaries)
        return work_fail(work, STATUS_REFUSED,
                         "The audit finds %lld small numbers that a reader can work out; nothing "
                         "is given out.",
                         (long long)suppression->audit.exposed_primaries);
    return STATUS_OK;
}

static enum status run(struct work *work, const struct relations *relations,
                       const struct suppression_options *options, unsigned char *statuses,
                       struct suppression *out_suppression)
{
    *out_suppression = (struct suppression){ 0 };
    mark_primaries(relations, options, statuses);
    int64_t least = least_hidden(relations, options, statuses);
    struct secondary_options secondary = {
        .safety = options->safety,
        .least = least,
        .weights = options->weights,
        .effort = options->effort,
    };
    enum status status = secondary_protect(work, relations, &secondary, statuses,
                                           &out_suppression->secondary);
    if (status == STATUS_REFUSED)
        out_suppression->certificate = find_certificate(work, relations, statuses);
    if (status != STATUS_OK)
        return status;
    return audit_all(work, relations, options, statuses, out_suppression);
}

/* The same over the joint space: combinations stand behind the cells. */
static enum status run_jointly(struct work *work, const struct relations *joint,
                               const struct suppression_options *options, int32_t cell_count,
                               unsigned char *statuses, struct suppression *out_suppression)
{
    size_t cells = (size_t)cell_count, all = (size_t)joint->cell_count;
    struct suppression_options wider = *options;
    unsigned char *wide = arena_take_raw(work->arena, all);
    memcpy(wide, statuses, cells);
    memset(wide + cells, CELL_UNPUBLISHED, all - cells);
    if (options->weights) {
        int64_t *weights = arena_array_of(work->arena, all, int64_t);
        memcpy(weights, options->weights, cells * sizeof *weights);
        wider.weights = weights;
    }
    enum status status = run(work, joint, &wider, wide, out_suppression);
    memcpy(statuses, wide, cells);
    out_suppression->combination_count = joint->cell_count - cell_count;
    return status;
}

/* Whether the joint space was taken in, and if not, why. */
static enum joint_proof proof_without(bool is_asked, enum joint_extent extent)
{
    if (!is_asked)
        return JOINT_NOT_ASKED;
    switch (extent) {
    case JOINT_EXTENDS:
        return JOINT_NOT_PROVED;
    case JOINT_ADDS_NOTHING:
        return JOINT_IS_TABLES;
    case JOINT_IS_TOO_WIDE:
        break;
    }
    return JOINT_NOT_TRIED;
}

static unsigned char *copied(struct arena *arena, const unsigned char *statuses, size_t count)
{
    unsigned char *copy = arena_take_raw(arena, count);
    memcpy(copy, statuses, count);
    return copy;
}

/* What is to be made safe, and its joint space if it has one. */
struct task {
    const struct relations *relations, *joint;
    const struct suppression_options *options;
    enum joint_proof without_joint;
};

/* Over the joint space if a proof is found in it, else table by table. */
static enum status run_once(struct work *work, const struct task *task, unsigned char *statuses,
                            struct suppression *out_suppression)
{
    int32_t count = task->relations->cell_count;
    const unsigned char *fixed = copied(work->arena, statuses, (size_t)count);
    if (task->joint && run_jointly(work, task->joint, task->options, count, statuses,
                                   out_suppression) == STATUS_OK) {
        out_suppression->joint = JOINT_PROVED;
        return STATUS_OK;
    }
    work_forget(work);
    memcpy(statuses, fixed, (size_t)count);
    enum status status = run(work, task->relations, task->options, statuses, out_suppression);
    out_suppression->joint = task->without_joint;
    return status;
}

/* What the caller sees: only small cells are primary, whatever was kept hidden as if it were. */
static void call_secondary(const unsigned char *first, const struct relations *relations,
                           unsigned char *statuses, struct secondary_result *result)
{
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        if (statuses[cell] == CELL_PRIMARY && first[cell] != CELL_PRIMARY)
            statuses[cell] = CELL_SECONDARY;
    secondary_count(relations, statuses, result);
}

/* What makes a pattern safe from readers who know that counts are whole. */
struct repair {
    const struct task *task;
    struct companions companions;
    struct suppression *suppression;
    bool is_local; /* something was hidden that no run over everything has looked at */
};

/* Runs over everything again with further primaries; what is hidden stays so. False when there is
 * nothing more to hide. */
static bool hide_everywhere(struct work *work, struct repair *repair, enum status *out_status)
{
    unsigned char *statuses = repair->companions.statuses;
    int32_t *cells = arena_take_raw(work->arena,
                                    (size_t)repair->companions.found->exposed * sizeof *cells);
    int32_t count = companions_pick(&repair->companions, cells);
    if (count == 0)
        return false;
    for (int32_t cell = 0; cell < repair->task->relations->cell_count; cell++)
        if (statuses[cell] == CELL_SECONDARY)
            statuses[cell] = CELL_PRIMARY;
    for (int32_t i = 0; i < count; i++)
        statuses[cells[i]] = CELL_PRIMARY;
    repair->is_local = false;
    *out_status = run_once(work, repair->task, statuses, repair->suppression);
    return *out_status == STATUS_OK;
}

/* Hides more: near the exposed cells alone if that helps. A proof over the joint space has no near.
 * False when there is nothing more to hide. */
static bool hide_more(struct work *work, struct repair *repair, enum status *out_status)
{
    *out_status = STATUS_OK;
    if (repair->suppression->joint == JOINT_PROVED ||
        companions_hide(work, &repair->companions) == 0)
        return hide_everywhere(work, repair, out_status);
    repair->is_local = true;
    return true;
}

/* Hides more until other whole numbers fit for every primary, as far as the search can tell; then
 * the audit goes over all of it once more, and what it says holds. */
static enum status make_whole_safe(struct work *work, const struct task *task,
                                   unsigned char *statuses, struct suppression *out_suppression)
{
    const struct relations *relations = task->relations;
    const unsigned char *first = copied(work->arena, statuses, (size_t)relations->cell_count);
    const struct whole_options wanted = { least_hidden(relations, task->options, statuses),
                                          task->options->effort > 0 ? task->options->effort : 1 };
    struct whole_result whole = whole_begin(work->arena, relations, statuses);
    struct repair repair = {
        .task = task,
        .companions = { relations, task->options->weights, wanted, &whole, statuses },
        .suppression = out_suppression,
    };
    enum status status = STATUS_OK;
    whole_audit(relations, statuses, &wanted, &whole);
    for (int tries = 0; whole.exposed && tries < MOST_TRIES; tries++) {
        if (!hide_more(work, &repair, &status))
            break;
        whole_audit(relations, statuses, &wanted, &whole);
    }
    if (status != STATUS_OK)
        return status;
    out_suppression->whole_open = whole.open;
    call_secondary(first, relations, statuses, &out_suppression->secondary);
    if (whole.exposed)
        return work_fail(work, STATUS_REFUSED,
                         "Because counts are whole numbers, a reader can work out %lld small "
                         "numbers; nothing is given out.",
                         (long long)whole.exposed);
    return repair.is_local ? audit_all(work, relations, task->options, statuses, out_suppression)
                           : STATUS_OK;
}

enum status suppression_run(struct work *work, const struct relations *relations,
                            const struct suppression_options *options, unsigned char *statuses,
                            struct suppression *out_suppression)
{
    bool is_asked = options->safety == SAFETY_JOINT && options->shows_zeros;
    enum joint_extent extent = JOINT_ADDS_NOTHING;
    struct task task = { .relations = relations, .options = options };
    if (is_asked)
        task.joint = joint_extend(work->arena, relations, &extent);
    task.without_joint = proof_without(is_asked, extent);
    enum status status = run_once(work, &task, statuses, out_suppression);
    if (status != STATUS_OK || options->safety == SAFETY_LINEAR)
        return status;
    return make_whole_safe(work, &task, statuses, out_suppression);
}

const char *suppression_joint_words(struct arena *arena, enum joint_proof joint,
                                    int64_t combination_count)
{
    switch (joint) {
    case JOINT_PROVED:
        return arena_format(arena,
                            "The same for a reader who thinks of whole people: %lld combinations "
                            "of labels can exist.\n",
                            (long long)combination_count);
    case JOINT_NOT_PROVED:
        return "For a reader who thinks of whole people no proof was found: try fewer tables, or "
               "hide zeros too.\n";
    case JOINT_NOT_TRIED:
        return "A reader who thinks of whole people was not looked at: there are too many "
               "combinations of labels. The proof holds for the sums between the tables.\n";
    case JOINT_NOT_ASKED:
    case JOINT_IS_TABLES:
        break;
    }
    return "";
}

const char *suppression_whole_words(struct arena *arena, int64_t whole_open)
{
    if (whole_open == 0)
        return "";
    return arena_format(arena,
                        "A reader who knows that counts are whole: for %lld small numbers no other "
                        "number was found that fits, and no proof that there is none.\n",
                        (long long)whole_open);
}
