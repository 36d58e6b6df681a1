/* Which column of a sheet goes into which field: the heading row, found and matched. */
#ifndef SERVICE_IMPORT_MAP_H
#define SERVICE_IMPORT_MAP_H

#include "codec/table_reader.h"
#include "entity/heading.h"

/* Before the code of a characteristic in what a heading means (rules/headings.csv). */
#define HEADING_CHARACTERISTIC "characteristic:"

enum { IMPORT_MOST_COLUMNS = 256, IMPORT_HEADING_ROWS = 12 };

enum import_use {
    IMPORT_FIELD,           /* goes into a field */
    IMPORT_CHARACTERISTIC,  /* a mark in it tags the action with a characteristic */
    IMPORT_PRIORITY,        /* of a plan: the need that the action meets */
    IMPORT_OUTCOME,         /* of a plan: what will be different */
    IMPORT_REFERENCE,       /* of a plan: the printed reference of the action, such as 2.1 */
    IMPORT_CHARACTERISTICS, /* of a plan: the characteristics in words, in one cell */
    IMPORT_IGNORED,         /* understood, and not wanted */
    IMPORT_UNKNOWN,         /* not understood */
};

struct import_column {
    enum import_use use;
    const struct field *field;
    const struct entity *reference; /* of a FORM_REFERENCE field */
    const char *characteristic;     /* the code of the characteristic */
    const char *heading;            /* as it stands in the file */
};

struct import_map {
    const struct entity *entity;
    struct import_column columns[IMPORT_MOST_COLUMNS];
    size_t count;
    size_t understood; /* columns that are put to use */
};

/* Matches the cells of a row as headings. Headings given twice for one field keep the first. */
void import_map_row(struct arena *arena, const struct heading_rules *rules,
                    const struct entity *entity, const struct table_row *row,
                    struct import_map *out_map);
/* True when the row is a heading row: at least two columns (or all of them) are understood. */
bool import_map_is_heading(const struct import_map *map);
/* The column for that field, or NULL. */
const struct import_column *import_map_find(const struct import_map *map,
                                            const struct field *field);

#endif
