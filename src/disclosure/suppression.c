/* Threshold, greedy, audit; what is hidden for nothing is shown again, and the audit repeated. */
#include "disclosure/suppression.h"

#include <assert.h>

#include <string.h>

#include "base/arena.h"
#include "disclosure/joint.h"
#include "base/banned.h"

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
    struct audit_options audit = {
        .knows_least = options->safety != SAFETY_LINEAR,
        .least = least,
        .witness = out_suppression->secondary.witness,
    };
    do
        audit_pattern(work, relations, statuses, &audit, &out_suppression->audit);
    while (out_suppression->audit.exposed_primaries == 0 &&
           show_exposed_secondaries(relations, statuses, out_suppression));
    if (out_suppression->audit.exposed_primaries)
        return work_fail(
            work, STATUS_REFUSED,
            "The audit finds %lld small numbers that a reader can work out; nothing is "
            "given out.",
            (long long)out_suppression->audit.exposed_primaries);
    return STATUS_OK;
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

enum status suppression_run(struct work *work, const struct relations *relations,
                            const struct suppression_options *options, unsigned char *statuses,
                            struct suppression *out_suppression)
{
    bool is_asked = options->safety == SAFETY_JOINT && options->shows_zeros;
    enum joint_extent extent = JOINT_ADDS_NOTHING;
    const struct relations *joint = is_asked ? joint_extend(work->arena, relations, &extent) : NULL;
    unsigned char *fixed = arena_take_raw(work->arena, (size_t)relations->cell_count);
    memcpy(fixed, statuses, (size_t)relations->cell_count);
    if (joint && run_jointly(work, joint, options, relations->cell_count, statuses,
                             out_suppression) == STATUS_OK) {
        out_suppression->joint = JOINT_PROVED;
        return STATUS_OK;
    }
    /* Without the joint space, or when in it no proof is found: table by table. */
    work_forget(work);
    memcpy(statuses, fixed, (size_t)relations->cell_count);
    enum status status = run(work, relations, options, statuses, out_suppression);
    out_suppression->joint = proof_without(is_asked, extent);
    return status;
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
