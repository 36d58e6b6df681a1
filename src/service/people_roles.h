/* What the columns of an extract of people mean: by their headings (rules/people_headings.csv), by
 * their values, or as the analyst says (--column sex=Gender). Every decision has its reason, so
 * that it can be shown and put right. */
#ifndef SERVICE_PEOPLE_ROLES_H
#define SERVICE_PEOPLE_ROLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/list.h"
#include "base/slice.h"
#include "base/work.h"

enum people_role {
    PEOPLE_UNKNOWN, /* kept as a plain category under its heading */
    PEOPLE_KEY,     /* an employee's number: makes one person of several rows */
    PEOPLE_NAME,    /* says who somebody is; never read */
    /* characteristics, each with lists of codes in the registry */
    PEOPLE_SEX,
    PEOPLE_GENDER_IDENTITY,
    PEOPLE_ETHNICITY,
    PEOPLE_DISABILITY,
    PEOPLE_DISABILITY_ACTIVITY,
    PEOPLE_RELIGION,
    PEOPLE_SEXUAL_ORIENTATION,
    PEOPLE_MARITAL_STATUS,
    PEOPLE_PREGNANCY_MATERNITY,
    PEOPLE_AGE_BAND,
    PEOPLE_CARER,
    PEOPLE_CARE_EXPERIENCED,
    PEOPLE_ARMED_FORCES,
    PEOPLE_FREE_SCHOOL_MEALS,
    PEOPLE_SCHOOL,
    PEOPLE_PARENT_DEGREE,
    PEOPLE_DEPRIVATION,
    /* numbers, money and dates */
    PEOPLE_AGE,
    PEOPLE_DATE_OF_BIRTH,
    PEOPLE_PAY,
    PEOPLE_BONUS,
    PEOPLE_OVERTIME,
    PEOPLE_HOURS,
    PEOPLE_FTE,
    PEOPLE_WEIGHT,
    PEOPLE_START_DATE,
    PEOPLE_LEAVE_DATE,
    PEOPLE_COMPLETED_ON, /* of a training */
    /* plain categories */
    PEOPLE_UNIT, /* several columns may have it, one a level, the topmost first */
    PEOPLE_GRADE,
    PEOPLE_CONTRACT,
    PEOPLE_WORKING_PATTERN,
    PEOPLE_JOB_FAMILY,
    PEOPLE_PAY_STATUS, /* "full pay", or why it is reduced */
    PEOPLE_PAY_PERIOD,
    PEOPLE_LEAVING_REASON,
    PEOPLE_JOB_SHARE,
    PEOPLE_PERIOD,
    PEOPLE_PLACE,
    PEOPLE_ROLE_COUNT
};

enum people_kind {
    PEOPLE_IS_CATEGORY,
    PEOPLE_IS_ANSWER, /* a category whose labels stand for codes of the registry */
    PEOPLE_IS_MONEY,
    PEOPLE_IS_NUMBER,
    PEOPLE_IS_DATE,
    PEOPLE_IS_KEY,
    PEOPLE_IS_UNREAD
};

/* Which period an amount is for, where the heading or the analyst says so. */
enum pay_period {
    PAY_UNSAID,
    PAY_HOUR,
    PAY_WEEK,
    PAY_FORTNIGHT,
    PAY_FOUR_WEEKS,
    PAY_MONTH,
    PAY_YEAR
};

struct people_role_row {
    const char *code, *title;
    enum people_kind kind;
    bool is_special; /* special category data, or treated so: leaves the counts when a stop notice
                        takes effect, and is never logged */
};

enum { PEOPLE_MOST_COLUMNS = 512, PEOPLE_MOST_LEVELS = 6 };

extern const struct people_role_row people_roles[PEOPLE_ROLE_COUNT];

/* One column: `pay=Base_Salary`. For pay the role may name its period: pay-hourly, pay-weekly,
 * pay-monthly, pay-annual. Units stand from the top down, parted by a slash:
 * `unit=Department/Division`. `ignore=Notes` leaves a column out. */
struct people_choice {
    const char *text;
};

struct people_column {
    const char *heading;
    size_t place; /* in the file, from 0 */
    enum people_role role;
    int level; /* of a unit, from 0, the topmost */
    enum pay_period period;
    bool is_chosen;     /* the analyst said so */
    bool is_ignored;    /* the analyst left it out, or another column has its place */
    const char *reason; /* a sentence */
};

struct people_columns {
    struct people_column *columns; /* one for each column of the file */
    size_t count;
    size_t level_count; /* of units */
};

/* The first rows of a file, row after row, `column_count` cells in each. */
struct people_sample {
    const struct slice *headings;
    size_t column_count;
    const struct slice *cells;
    size_t row_count;
};

/* The rules of rules/people_headings.csv. */
struct people_rules {
    struct list rows;
};

MUST_CHECK enum status people_rules_read(struct work *work, struct people_rules *out_rules);
/* Decides the role of every column. A choice that names no column, no role, or two roles for one
 * column is STATUS_USAGE with a sentence that says what there is. All in the work's arena. */
MUST_CHECK enum status people_roles_find(struct work *work, const struct people_rules *rules,
                                         const struct people_sample *sample,
                                         const struct people_choice *choices, size_t choice_count,
                                         struct people_columns *out_columns);
/* The column of a role (the topmost one of the units), or NULL. */
const struct people_column *people_column_of(const struct people_columns *columns,
                                             enum people_role role);
/* The column of a level of the units, or NULL. */
const struct people_column *people_unit_column(const struct people_columns *columns, int level);
/* The role of that code, false when there is none. */
bool people_role_read(struct slice code, enum people_role *out_role, enum pay_period *out_period);

#endif
