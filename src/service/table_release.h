/* Tables of a snapshot on their way out: protected together by a profile, attacked with everything
 * that was released before of the same people, and put on record in the ledger. */
#ifndef SERVICE_TABLE_RELEASE_H
#define SERVICE_TABLE_RELEASE_H

#include "base/problem.h"
#include "disclosure/release.h"
#include "service/ledger.h"
#include "store/snapshot_store.h"

enum { TABLE_RELEASE_MOST_TABLES = 60 };

/* A column of a snapshot that can be counted. */
struct table_column {
    const char *name;  /* ethnicity, unit-1: what a table is written with */
    const char *title; /* Ethnic group: what is printed over it */
    const char *list;  /* of its codes; NULL: labels stand as they are */
};

struct table_release_request {
    const char *snapshot; /* its code */
    const char *tables;   /* a table a line: ethnicity*sex, disability*unit-1/unit-2 */
    const char *profile, *name, *period;
    const char *amount; /* of which means and medians are given too: pay, bonus; "" or NULL: none */
    int64_t threshold;  /* INTEGER_MISSING: the profile's */
};

struct table_release {
    struct snapshot_entry entry;
    struct list columns, amounts; /* of struct table_column *: of the snapshot */
    struct profile profile;
    const char *refusal;     /* why it cannot be protected, in words; NULL: it can */
    const char *certificate; /* then: how a reader gets at a small number; or NULL */
    struct release release;
    const char *report; /* in lines: what was hidden and why, and what the attacker found */
    struct ledger ledger;
    size_t place; /* of the release in it */
    struct ledger_verdict verdict;
    bool may_go_out;
};

/* The profiles by which a snapshot's tables can be released: struct profile *. Those that hide
 * nothing are none. */
MUST_CHECK enum status table_release_profiles(struct work *work, struct list *out_profiles);
/* The columns of a snapshot that can be counted: struct table_column *, in the work's arena. */
MUST_CHECK enum status table_release_columns(struct work *work, const char *snapshot,
                                             struct list *out_columns);
/* The amounts of a snapshot that means can be given of: struct table_column *, without a list. */
MUST_CHECK enum status table_release_amounts(struct work *work, const char *snapshot,
                                             struct list *out_amounts);
/* Protects and attacks; nothing is kept. What was typed wrong is a problem under the name of its
 * member (the name of the release under `code`), and then nothing else is set. Needs the right to
 * count people. */
MUST_CHECK enum status table_release_try(struct work *work,
                                         const struct table_release_request *request,
                                         struct problems *problems,
                                         struct table_release *out_release);
/* Puts on record what was tried and may go out. STATUS_CONFLICT when something was released
 * meanwhile. */
MUST_CHECK enum status table_release_record(struct work *work, struct table_release *release);

#endif
