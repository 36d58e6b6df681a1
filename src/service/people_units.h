/* The units that people of an extract belong to, level by level. A division is itself only under
 * its department. */
#ifndef SERVICE_PEOPLE_UNITS_H
#define SERVICE_PEOPLE_UNITS_H

#include "service/people.h"

enum { PEOPLE_MOST_UNITS = 200000 }; /* of one level */

struct people_level {
    const char *heading;
    struct column of_person; /* codes: the number of each person's unit, from 0 */
    const char **names;      /* of each unit; "(blank)" for an empty cell */
    const char **paths;      /* with the names above it: "Corporate Resources/Legal" */
    size_t count;
};

struct people_hierarchy {
    struct people_level levels[PEOPLE_MOST_LEVELS]; /* from the top */
    size_t depth;
};

/* The column of a field's values, or NULL. */
const struct column *people_values(const struct people *people, const struct people_field *field);
/* The field under a heading that was read, or NULL. */
const struct people_field *people_field_under(struct work *work, const struct people *people,
                                              struct slice heading);
/* Numbers the units under headings from the top down, parted by a slash ("Department/Division");
 * NULL takes the unit columns that the file was found to have, which may be none. STATUS_USAGE for
 * a heading that is not there, STATUS_LIMIT for too many units. */
MUST_CHECK enum status people_units_find(struct work *work, const struct people *people,
                                         const char *headings,
                                         struct people_hierarchy *out_hierarchy);
/* Compares paths such that a unit stands just before what is in it. */
int people_units_compare(const char *left, const char *right);

#endif
