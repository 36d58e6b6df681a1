/* Snapshots of people. Records are sealed; what can be done with them is all here: bring one in,
 * count into a cube, rank pay by group, give out one subject's record, take one subject out. There
 * is no way to list people.
 *
 * A stop-processing notice that is in effect withdraws the subject's special category data from
 * everything that is counted; sex, age, pay and the head itself stay. */
#ifndef STORE_SNAPSHOT_STORE_H
#define STORE_SNAPSHOT_STORE_H

#include "base/list.h"
#include "disclosure/release_plan.h"
#include "model/snapshot.h"
#include "model/snapshot_version.h"
#include "model/stop_notice.h"
#include "stats/grouped.h"
#include "store/audit.h"
#include "store/snapshot_seal.h"

/* The column of the employees' numbers, by which a subject is found. */
#define SNAPSHOT_KEY "key"

/* An open version; its columns are nobody else's. */
struct snapshot_people;

struct snapshot_entry {
    struct snapshot snapshot;
    struct snapshot_version version; /* the latest */
};

/* What is brought in under a code: a new snapshot, or the next version of the one there is. */
struct snapshot_intake {
    const char *code, *title, *taken_on, *population;
    const struct seal_content *content;
    const char *source_hash; /* when it is that of the latest version, nothing is written */
    const char *reason;
    bool is_removal; /* a subject was taken out: written although the sources are the same */
    int64_t people;
};

/* Seals the columns under a key of their own. `*out_is_new` is false when nothing was written,
 * because the sources are those of the latest version. The former version's chunks go; its key must
 * be shredded by snapshot_store_shred once the audit is committed. */
MUST_CHECK enum status snapshot_store_import(struct work *work, struct audit *audit,
                                             const struct snapshot_intake *intake,
                                             struct snapshot_entry *out_entry, bool *out_is_new);
/* Destroys the keys of all shredded versions of a snapshot. */
MUST_CHECK enum status snapshot_store_shred(struct work *work, const char *code);
/* All snapshots with their latest version, by day: struct snapshot_entry *, in the work's arena. */
MUST_CHECK enum status snapshot_store_list(struct work *work, struct list *out_entries);

/* Opens the latest version, with the notices in effect on the work's day taken account of. */
MUST_CHECK enum status snapshot_people_open(struct work *work, const char *code,
                                            struct snapshot_people **out_people);
void snapshot_people_close(struct snapshot_people *people);
void snapshot_people_cleanup(struct snapshot_people **people);
#define CLEANUP_SNAPSHOT __attribute__((cleanup(snapshot_people_cleanup)))
const struct snapshot_entry *snapshot_people_entry(const struct snapshot_people *people);
/* What the service said of the columns, as JSON. */
const char *snapshot_people_about(const struct snapshot_people *people);
/* The columns to measure groups by, for service/snapshot_people.c alone: without the employees'
 * numbers and all other text, and with what a notice withdraws taken out. They live as long as
 * `people`. */
struct columns *snapshot_people_columns(struct snapshot_people *people);

/* Days from the first to the last, as date_days counts them. */
struct snapshot_days {
    int64_t first, last;
};

/* Makes a category of a column of dates: before, within or after the days, or nothing where there
 * is no date. Gives its name; NULL where the snapshot has no column of numbers under `column`. */
const char *snapshot_people_date(struct work *work, struct snapshot_people *people,
                                 const char *column, struct snapshot_days days);

/* Of each record the number that its key has in `keys`, or DICTIONARY_NONE: who brings the numbers
 * of cases learns which records have them, and of the others nothing. `out_numbers` has as many as
 * the columns have rows. False where the snapshot has no keys. */
bool snapshot_people_link(const struct snapshot_people *people, const struct dictionary *keys,
                          uint32_t *out_numbers);

/* A table by the names of its columns; a hierarchy's are parted by slashes: "unit-1/unit-2". */
struct snapshot_table {
    const char *name;
    const char *variables[CUBE_MOST_VARIABLES];
    size_t variable_count;
    bool with_margins;
};

/* Counts all tables in one pass. A column that is no category of the snapshot is STATUS_INPUT with
 * those there are. The cube's labels live as long as `people`. */
MUST_CHECK enum status snapshot_people_count(struct work *work,
                                             const struct snapshot_people *people,
                                             const struct snapshot_table *tables,
                                             size_t table_count, struct cube *out_cube);

/* Tables that are to go out together, each with all its margins. */
struct snapshot_release {
    const struct snapshot_table *tables;
    size_t table_count;
    const struct profiles *profiles; /* whose rules for sensitive columns hold */
    const unsigned char *secret;     /* of record keys, where noise is to follow from the people
                                        (cell_key.h); NULL: no keys */
};

/* The plan of a release, which holds unprotected counts: for release_make alone. It lives as long
 * as `people`. Fails as counting does. */
MUST_CHECK enum status snapshot_people_plan(struct work *work, struct snapshot_people *people,
                                            const struct snapshot_release *wanted,
                                            struct release_plan **out_plan);
/* Adds the names of the columns that can be counted, and of those that are amounts, in the work's
 * arena. */
void snapshot_people_categories(struct work *work, const struct snapshot_people *people,
                                struct list *out_names);
void snapshot_people_amounts(struct work *work, const struct snapshot_people *people,
                             struct list *out_names);

/* Pay by group: which amount, by which categories, in which units. */
struct snapshot_pay {
    const char *amount;        /* "pay" or "bonus" */
    const char *unit;          /* "unit-1/unit-2"; NULL: everybody only */
    const char *const *groups; /* "sex", "ethnicity" */
    size_t group_count;
};

/* Number, sum, middle and bands of an amount by group, for everybody and every unit. Labels live as
 * long as `people`. */
MUST_CHECK enum status snapshot_people_pay(struct work *work, const struct snapshot_people *people,
                                           const struct snapshot_pay *pay,
                                           struct grouped *out_grouped);

/* A subject's record, for a request for access: what each column holds, record by record. */
struct snapshot_cell {
    int64_t record; /* from 1 */
    const char *column, *text;
    bool is_withdrawn; /* a notice keeps it out of the counts */
};

/* The cells of everything under that key, in the work's arena: struct snapshot_cell *.
 * STATUS_NOT_FOUND with a sentence (that does not hold the key) when there is none. */
MUST_CHECK enum status snapshot_store_subject(struct work *work, const char *code, struct slice key,
                                              struct list *out_cells);
/* Takes everything under that key out: a new version without it, the former one shredded. */
MUST_CHECK enum status snapshot_store_remove(struct work *work, struct audit *audit,
                                             const char *code, struct slice key, const char *reason,
                                             struct snapshot_entry *out_entry);
/* The keyed hash by which a notice names a subject. */
const char *snapshot_subject(struct work *work, struct slice key);

#endif
