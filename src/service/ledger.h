/* The ledger of what was released: every cell with what it counts, of whom, when, and how it was
 * protected. A new release is attacked together with the released ones before it goes out.
 *
 * In its plain form a line of JSON a released cell, each with the SHA-256 of the line before and
 * its own text, so that no line can be changed, put in or taken out unseen. A workspace keeps the
 * same lines, a row a release. */
#ifndef SERVICE_LEDGER_H
#define SERVICE_LEDGER_H

#include "attack/published.h"
#include "base/hash.h"
#include "base/list.h"

/* One release: tables that went out together. */
struct ledger_release {
    const char *name, *released, *by; /* released: when, UTC */
    const char *population;           /* "council", "council without schools" */
    const char *definition; /* what the population is made of: "council - schools"; or "" */
    const char *period, *method;
    int64_t threshold;              /* counts below it must not become known */
    size_t first, end;              /* cells [first, end) of the ledger's */
    int32_t first_table, table_end; /* tables [first_table, table_end) */
    const char *tables, *report;    /* as JSON, in lines: kept beside the cells; or NULL */
};

struct ledger {
    struct published published;
    struct list releases;            /* of struct ledger_release *, oldest first */
    char hash[HASH_TEXT_LENGTH + 1]; /* of the last line; "" while there is none */
};

enum { LEDGER_LONGEST_NAME = 80, LEDGER_LEAST_THRESHOLD = 5 };

struct ledger ledger_new(struct arena *arena);
/* Whether a release can be called so: letters, digits, "-", "_" and ".". */
bool ledger_is_name(const char *name);
/* Reads lines behind those that were read before, and proves the chain. `name` is what messages
 * call them. STATUS_INPUT with the line where it breaks. */
MUST_CHECK enum status ledger_parse(struct work *work, const char *name, struct slice lines,
                                    struct ledger *ledger);
/* Reads a ledger in its plain form; a file that is not there is an empty one. */
MUST_CHECK enum status ledger_read(struct work *work, const char *path, struct ledger *out_ledger);
/* Reads files of tables as one more release, which is not written yet. `about` has its words; its
 * places are set. */
MUST_CHECK enum status ledger_take(struct work *work, struct ledger *ledger,
                                   const struct ledger_release *about,
                                   const struct figure_rule *rule, const char *const *files,
                                   size_t file_count);
/* The same of released tables as CSV, as released_as_csv gives them. */
MUST_CHECK enum status ledger_take_csv(struct work *work, struct ledger *ledger,
                                       const struct ledger_release *about,
                                       const struct figure_rule *rule, struct slice csv);
/* The lines of a release, chained to `ledger->hash`, which moves on. */
struct slice ledger_lines(struct work *work, struct ledger *ledger,
                          const struct ledger_release *release);

/* A count that a release gives away with those before it. */
struct ledger_exposure {
    const char *name;        /* what is counted */
    int64_t least, most;     /* what becomes known of it */
    const char *certificate; /* how, in lines of text */
};

struct ledger_verdict {
    struct list exposures; /* of struct ledger_exposure * */
    bool is_undecided;     /* no level could decide every cell: it is not proved safe */
};

/* The one rule of every way out, pages and commands: nothing is given away, and every count could
 * be decided. */
bool ledger_verdict_admits(const struct ledger_verdict *verdict);
/* What the attacker found, in a sentence, beside so many releases before. */
const char *ledger_verdict_words(struct arena *arena, const struct ledger_verdict *verdict,
                                 size_t before);
/* The same as a step that must be passed: STATUS_REFUSED with the reason and the remedy. */
MUST_CHECK enum status ledger_admit(struct work *work, const struct ledger_release *release,
                                    const struct ledger_verdict *verdict);

/* Attacks the release of that place in the list together with all before it: of the same population
 * and those that it is made of or part of, in its period and the ones beside that. What was known
 * before is not held against it. */
MUST_CHECK enum status ledger_judge(struct work *work, struct ledger *ledger, size_t release,
                                    struct ledger_verdict *out_verdict);

#endif
