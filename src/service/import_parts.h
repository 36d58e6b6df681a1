/* What the files of import.c share: an import under way. */
#ifndef SERVICE_IMPORT_PARTS_H
#define SERVICE_IMPORT_PARTS_H

#include "codec/table_reader.h"
#include "entity/heading.h"
#include "service/id_set.h"
#include "service/import.h"
#include "service/import_context.h"
#include "service/import_map.h"
#include "service/import_put.h"

struct import {
    struct work *work;
    const struct import_options *options;
    struct import_result *result;
    struct arena *lasting, *passing; /* the work's arena; and one emptied after each row */
    struct heading_rules rules;
    struct list words; /* rules/words.csv */
    struct references *references;
    struct audit *audit;
    struct import_map map;
    bool has_map;
    int heading_rows_seen;
    const char *sheet;
    bool *present;
    bool is_plan;   /* of actions: rows may lack codes, and bring priorities and tags */
    bool is_return; /* of return rows: rows may lack references */
    struct import_context context;
    struct list deferred;  /* rows that refer to rows of the same entity that are not there yet */
    bool last_chance;      /* deferred rows are being tried again */
    struct id_set settled; /* rows that the file has left as they were */
    struct put_rows *rows; /* that are read and not yet sent; NULL: each is put at once */
    struct table_row *waiting; /* the cells of those, for what is refused after all */
    const char *carried[IMPORT_MOST_COLUMNS]; /* what a blank cell of a plan stands for */
    struct text mend;
    bool mend_headed;
    const char *mend_title; /* that stands above the rows in the file to mend */
};

/* The cell without blanks at its ends; empty where the row is shorter. */
struct slice import_cell(const struct table_row *row, size_t i);
/* A cell of a plan that is merged with those below says for all of them which objective and
 * priority they stand under. */
bool import_is_carried(const struct import *import, size_t column);
/* A copy of the row and its cells in the arena. */
struct table_row import_copy_row(struct arena *arena, const struct table_row *row);
/* Counts a row that was put, and gives a refused one back with its problems: those from
 * `problems_before` on. */
void import_settle(struct import *import, const struct table_row *cells, size_t problems_before,
                   enum put_outcome outcome, const char *words);
/* Puts a row together with others; one that is not whole alone, and a refused one in its turn. */
MUST_CHECK enum status import_put_with_others(struct import *import, const struct table_row *cells,
                                              void *row, struct put *put, size_t problems_before);
/* Sends the rows that wait, and settles them in their order. */
MUST_CHECK enum status import_send(struct import *import);

#endif
