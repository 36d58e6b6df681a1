/* What the check found in a return: data for people and programs, never a status. */
#ifndef SERVICE_FINDING_H
#define SERVICE_FINDING_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/list.h"

struct arena;

enum finding_severity {
    FINDING_ERROR,   /* the return should not be accepted so */
    FINDING_WARNING, /* a reader may be misled */
    FINDING_NOTE,    /* to be borne in mind */
};

struct finding {
    const char *kind; /* a row of rules/finding_kinds.csv */
    enum finding_severity severity;
    const char *objective;   /* code of the objective under which the row stands */
    const char *measure;     /* code; NULL when the row has none */
    const char *unit;        /* code of the unit whose return it is */
    const char *row;         /* the row's reference: 1.4 */
    const char *message;     /* one plain sentence or two: what is wrong, and what to do */
    const char *evidence;    /* the words or numbers that it rests on */
    size_t line, kind_order; /* places in the return and in the table of kinds, for sorting */
};

struct findings {
    struct arena *arena; /* in which findings and their words live */
    struct list list;    /* of struct finding * */
};

/* "error", "warning", "note". */
const char *finding_severity_code(enum finding_severity severity);
/* True for a finding that somebody may be recognised: before a freeze it is mended, or a reason
 * says why it stands. */
bool finding_discloses(const struct finding *finding);
/* The rows of those findings in a list of struct finding *, "1.7, 1.9"; NULL when there are none.
 */
const char *findings_disclosing(struct arena *arena, const struct list *findings);
/* Sorts by objective and row as the return has them, then by kind. */
void findings_sort(struct findings *findings);
/* The number of findings of that kind (NULL: any) at that row (NULL: any). */
size_t findings_count(const struct findings *findings, const char *kind, const char *row);
/* A new array of objects with the keys kind, severity, objective, measure, unit, row, message and
 * evidence, in that order; what is NULL is null. The caller owns it. */
json_t *findings_as_json(const struct findings *findings);

#endif
