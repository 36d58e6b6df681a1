/* The return's own check: faults that a careful reader would find, found before the reader.
 *
 * Kinds are a closed list: the rows of check_kinds here, of rules/finding_kinds.csv, and the
 * sections of docs/findings.md; a test demands that they agree. Each kind is one function over the
 * loaded view of a period; none of them touches the store. */
#ifndef SERVICE_CHECK_H
#define SERVICE_CHECK_H

#include "service/finding.h"
#include "stats/scale.h"
#include "store/return_store.h"

struct check;
struct check_line;
struct known_counts;
struct narrative_shelf;

struct check_kind {
    const char *name;
    enum finding_severity severity;
    /* Adds what it finds in one line; it may look at the other lines too. */
    void (*find)(struct check *check, const struct check_line *line);
};

extern const struct check_kind check_kinds[];
extern const size_t check_kind_count;

struct check_options {
    const char *unit; /* code: only findings in that unit's return; NULL: all */
};

/* The lines whose findings are wanted; the others are there to be compared with. All NULL: all. */
struct check_scope {
    const char *unit; /* code */
    const char *row;  /* reference, of that unit's return */
};
bool check_scope_has(const struct check_scope *scope, const struct return_line *line);

/* Loads the period's returns (of all units, because some faults show only side by side) and checks
 * them. Findings are no failure: STATUS_OK with an empty or full list in the work's arena, sorted.
 * STATUS_NOT_FOUND when nothing is returned for the period, or there is no such unit. */
MUST_CHECK enum status check_period(struct work *work, struct period period,
                                    const struct check_options *options,
                                    struct findings *out_findings);
/* What a view is checked against. */
struct check_basis {
    const struct scale *scale;
    const struct known_counts *known; /* known_count.h */
    struct narrative_shelf *shelf;    /* of texts read before; NULL: none */
    struct check_scope scope;
};

/* Checks a view that is loaded already. Findings live in `arena`. */
void check_view(struct arena *arena, const struct return_view *view,
                const struct check_basis *basis, struct findings *out_findings);

/* Whether the progress of a line of the scope may stand in one of the texts as well, of which each
 * is the progress of a line that is not in the view. False is certain; true only says that both
 * must be in one view, for the check to tell. */
bool check_may_repeat(const struct return_view *view, const struct check_scope *scope,
                      const struct list *texts);

#endif
