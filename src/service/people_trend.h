/* The workforce from snapshot to snapshot: headcount, shares of each group, pay gap. Counts are
 * unprotected: for those who may count people, within their scope. */
#ifndef SERVICE_PEOPLE_TREND_H
#define SERVICE_PEOPLE_TREND_H

#include "service/people_profile.h"
#include "stats/pay_gap.h"

enum { TREND_MOST = 12 /* snapshots, the latest ones */ };

/* One snapshot. */
struct trend_point {
    struct snapshot_entry entry;
    int64_t people;
    const struct profile_table *table; /* of the characteristic; NULL where it was not asked */
    struct pay_gap mean, median; /* women's to men's; not given where there is no pay or sex */
};

/* A group over time, by the list of the latest snapshot that asked. */
struct trend_group {
    const char *code, *label;
    const struct profile_row *rows[TREND_MOST]; /* by point; NULL where it was not asked alike */
};

/* A characteristic that can be chosen. */
struct trend_choice {
    const char *column, *title;
};

struct people_trend {
    struct trend_point points[TREND_MOST]; /* by day */
    size_t count;
    struct trend_group *groups;
    size_t group_count;
    struct list choices;               /* of struct trend_choice *, of the latest snapshot */
    const char *column, *title, *list; /* what is shown; NULL: no snapshot has any */
    struct list units;                 /* const char *: that may be seen, of the latest */
    const char *unit;                  /* NULL: everybody */
    bool is_whole;                     /* the whole workforce may be seen */
    bool is_broken;                    /* some snapshot asked by another list, or not at all */
};

/* Loads the latest snapshots of the workforce, for a unit (by its name) or everybody, and the
 * characteristic of that column; NULL takes ethnicity where there is any, else the first. Only like
 * is put beside like: a snapshot that asked by another list has no row, unless both lead to the
 * five groups. STATUS_NOT_FOUND for a column that the latest has not. */
MUST_CHECK enum status people_trend_load(struct work *work, const char *unit, const char *column,
                                         struct people_trend *out_trend);

#endif
