/* Puts one validated row into the store: new, changed or as it was; and says which. */
#ifndef SERVICE_IMPORT_PUT_H
#define SERVICE_IMPORT_PUT_H

#include "entity/entity.h"
#include "service/id_set.h"
#include "service/reference.h"
#include "store/audit.h"
#include "store/entity_store.h"

enum put_outcome { PUT_INSERTED, PUT_CHANGED, PUT_UNCHANGED, PUT_REFUSED };

struct put {
    const struct entity *entity;
    struct audit *audit;
    struct references *references;
    const bool *present; /* by field: whether the file says anything of it; NULL: it says all */
    struct problems *problems;
    struct id_set *settled; /* rows that the file has left as they were; or NULL */
    bool describe;          /* fill `words` */
    const char *words;
};

/* `row` holds what the file said; what it did not say keeps its old value, or takes its standard
 * when the row is new. A row that the same event has already written with other values, or the file
 * has left as it was, is refused: of two rows of one file neither is more right. */
MUST_CHECK enum status put_row(struct work *work, struct put *put, void *row,
                               enum put_outcome *out_outcome);
/* The same in steps, for many rows in one journey to the store. First each row alone:
 * `*out_is_ready` tells that it is whole and may be sent with others; else it goes by put_alone,
 * when all rows before it have been sent. */
MUST_CHECK enum status put_ready(struct work *work, struct put *put, void *row, bool *out_is_ready);
MUST_CHECK enum status put_alone(struct work *work, struct put *put, void *row,
                                 enum put_outcome *out_outcome);

struct put_item {
    struct put put; /* of the same entity for all */
    void *row;
    bool is_inserted;
    void *standing; /* the row that is there already, or NULL */
};

struct put_rows {
    struct put_item items[STORE_ROWS_MOST];
    size_t count;
    bool has_changed; /* a row was, so that `standing` of those after it may be old */
};

/* Sends all rows that are ready; then each is settled, in their order. */
MUST_CHECK enum status put_rows_send(struct work *work, struct put_rows *rows);
MUST_CHECK enum status put_rows_settle(struct work *work, struct put_rows *rows, size_t i,
                                       enum put_outcome *out_outcome);
/* Fields that are FIELD_AS_WRITTEN and were not said are those of the number: `decimals` as it was
 * written with, -1 when none was written. */
void put_as_written(const struct entity *entity, void *row, bool *present, int decimals);
/* The natural key in words: codes and texts, with slashes between. */
MUST_CHECK enum status put_key_words(struct work *work, struct references *references,
                                     const struct entity *entity, const void *row,
                                     const char **out_words);

#endif
