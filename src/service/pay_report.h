/* The pay gap figures of an extract of people: of everybody, and of each unit at every level. They
 * are unprotected, for the analyst's own eyes. */
#ifndef SERVICE_PAY_REPORT_H
#define SERVICE_PAY_REPORT_H

#include "service/people_groups.h"
#include "service/people.h"
#include "stats/pay_gap.h"

struct pay_report_options {
    enum people_role role;
    enum people_detail detail;
    const char *on; /* the snapshot date, ISO, for the minimum wage */
    /* Headings of units, from the top down, parted by a slash: "Department/Division". Each is a
     * hierarchy of its own. None: the unit columns that the file was found to have. */
    const char *const *units;
    size_t unit_count;
    /* Headings of the hours worked week by week, the latest week first, parted by a slash; for
     * people without normal hours. NULL: none. */
    const char *week_hours;
    /* The heading of bonuses paid in the relevant pay period, and the hundredths of days over which
     * they were earned. NULL: none. */
    const char *period_bonus;
    int64_t bonus_days;
};

/* How the pay was read. */
struct pay_basis {
    bool by_hour;            /* pay was divided by hours; else it is compared as it stands */
    bool is_hourly;          /* the file holds hourly pay already */
    bool is_full_time;       /* it holds the pay of full-time posts, which no hours belong to */
    enum pay_period period;  /* of the pay; PAY_UNSAID: not known, and it does not matter */
    bool has_periods;        /* each person has a pay period of their own */
    const char *pay, *group; /* headings */
    const char *hours, *bonus, *status, *full_time; /* headings, or NULL */
    int64_t averaged; /* people whose hours are the average of the weeks worked */
};

struct pay_unit {
    const char *path;  /* "Corporate Resources/Legal": each level's label, from the top */
    const char *name;  /* the last of them */
    const char *level; /* the heading of its level */
    size_t depth;      /* 0 for the topmost */
    struct pay_figures figures;
};

/* A reason why pay is reduced, as the file has it. */
struct pay_reduction {
    struct slice label;
    int64_t count;
};

struct pay_report {
    struct people_groups groups;
    struct pay_basis basis;
    struct pay_ranking ranking;
    struct pay_figures figures; /* of everybody */
    struct pay_unit *units;     /* by path, a unit before what is in it */
    size_t unit_count;
    struct pay_reduction *reductions;
    size_t reduction_count;
    int64_t below_minimum, minimum; /* people paid less than `minimum` pence an hour; the latter 0
                                       when hourly pay is not known */
    const char *contract;           /* the heading that tells short contracts, or NULL */
    int64_t passing;   /* temporary and fixed-term staff of a year or less, or of whom it
                          is not known: not among the top earners */
    int64_t far_above; /* paid more than a hundred times the median */
};

/* Computes everything. `people` must outlive the report. */
MUST_CHECK enum status pay_report_make(struct work *work, struct people_labels *labels,
                                       const struct people *people,
                                       const struct pay_report_options *options,
                                       struct pay_report *out_report);
/* "reduced-pay" and so on: why people are not counted. */
const char *pay_standing_code(enum pay_standing standing);
/* The share in tenths of a per cent, rounded half away from zero; INTEGER_MISSING of nobody. */
int64_t pay_share_tenths(int64_t part, int64_t all);

#endif
