/* What counting files and counting a database share; nobody else includes this. */
#ifndef SERVICE_FILE_CUBE_PARTS_H
#define SERVICE_FILE_CUBE_PARTS_H

#include "service/file_cube.h"
#include "service/people_roles.h"

/* A count under way: what the headings are, and which of them are wanted so far. */
struct counting {
    struct work *work;
    const struct file_cube_request *request;
    const char *name;            /* of what is counted, for messages */
    struct people_sample sample; /* of the first file, or the columns of the database */
    struct people_columns roles; /* of its columns */
    struct columns_wish wishes[COLUMNS_MOST_WISHES];
    size_t places[COLUMNS_MOST_WISHES]; /* of the wishes' columns */
    size_t wish_count;
};

/* What the variables of the listed tables are: columns are numbers of wishes. */
MUST_CHECK enum status file_cube_find_tables(struct counting *counting,
                                             const struct table_list *list,
                                             struct cube_table *tables);
/* The wish for a column outside the tables; -1 for no name. */
MUST_CHECK enum status file_cube_find_column(struct counting *counting, const char *name,
                                             enum column_kind kind, ptrdiff_t *out_column);
/* The heading or headings that --column gives the name; false, and untouched, for none. */
bool file_cube_find_choice(const struct file_cube_request *request, struct slice name,
                           struct slice *out_words);
/* Counts the request's snapshot (snapshot_cube.c). */
MUST_CHECK enum status snapshot_cube_count(struct counting *counting, struct file_cube *cube);
/* Counts the request's database (database_cube.c). */
MUST_CHECK enum status database_cube_count(struct counting *counting, struct file_cube *cube);

#endif
