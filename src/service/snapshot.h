/* Snapshots of people: brought in from an extract, counted, opened for one subject alone. The right
 * is asked for in each; what is read of one person is an event of the audit, which holds no value
 * and no key. */
#ifndef SERVICE_SNAPSHOT_H
#define SERVICE_SNAPSHOT_H

#include <jansson.h>

#include "base/text.h"
#include "service/people.h"
#include "store/snapshot_store.h"

struct snapshot_request {
    const char *code, *title; /* the title may be NULL */
    const char *population;   /* NULL: the workforce */
    struct date taken_on;
};

/* Which rows of an extract a population is: workforce, starters and leavers by their dates, of any
 * other every row. */
enum people_whom snapshot_whom(const char *population);
#define POPULATION_STANDARD "workforce"

/* Seals an extract: every column that has a role, the answers as written and as codes. A code that
 * is there gets a new version, and the former one's key is destroyed; the same files, read in the
 * same way, change nothing. */
MUST_CHECK enum status snapshot_take(struct work *work, struct people *people,
                                     const struct snapshot_request *request,
                                     struct snapshot_entry *out_entry, bool *out_is_new);
/* Adds the labels that the authority has confirmed (people_label). */
MUST_CHECK enum status snapshot_labels_load(struct work *work, struct people_labels *labels);
/* Remembers what a label stands for, for this workspace. A list or code that does not exist is
 * STATUS_INPUT; a label that was confirmed before is changed. */
MUST_CHECK enum status snapshot_labels_keep(struct work *work, const struct label_meaning *meanings,
                                            size_t count);
/* Reads "ethnicity*sex" by its variables, without margins. */
MUST_CHECK enum status snapshot_table_read(struct work *work, const char *words,
                                           struct snapshot_table *out_table);
/* Counts a table written "ethnicity*sex" or "disability*unit-1/unit-2" and writes it as CSV: a
 * column a variable, then the count. */
MUST_CHECK enum status snapshot_count_csv(struct work *work, const char *code, const char *table,
                                          struct text *out_text);
/* An amount by the first of the groups as CSV: for everybody and for each unit, people, mean,
 * median and the four bands of the unit's list. */
MUST_CHECK enum status snapshot_pay_csv(struct work *work, const char *code,
                                        const struct snapshot_pay *pay, struct text *out_text);
/* One subject's record as JSON, for a request for access; the caller owns it. */
MUST_CHECK enum status snapshot_subject_json(struct work *work, const char *code, struct slice key,
                                             json_t **out_json);
/* Takes one subject out: a new version, the former one's key destroyed. */
MUST_CHECK enum status snapshot_remove_subject(struct work *work, const char *code,
                                               struct slice key, const char *reason,
                                               struct snapshot_entry *out_entry);
struct stop_request {
    const char *code;
    struct date received, effective;
};

/* Records a notice to stop processing a person's monitoring data; from the effective day on it is
 * left out of what is counted. */
MUST_CHECK enum status snapshot_stop(struct work *work, const struct stop_request *request,
                                     struct slice key);
/* Ends a notice that its subject has taken back. */
MUST_CHECK enum status snapshot_stop_end(struct work *work, const char *code, struct date ended);

#endif
