/* The records that other records name, looked up together: a page that shows a hundred rows, each
 * with its references, asks once for each kind of record that they name, not once for each name. */
#ifndef SERVICE_RECORD_BOOK_H
#define SERVICE_RECORD_BOOK_H

#include "base/list.h"
#include "store/store.h"

struct record_book_part;

/* Start with { .work = work }. It lives in the work's arena. */
struct record_book {
    struct work *work;
    struct record_book_part *parts;
};

/* Reads what the rows of an entity name with their references, and what is not in the book yet. */
MUST_CHECK enum status record_book_read(struct record_book *book, const struct entity *entity,
                                        const struct list *rows);
/* The row of that id, read now when it was not read before. STATUS_NOT_FOUND without a sentence
 * when there is none. */
MUST_CHECK enum status record_book_get(struct record_book *book, const struct entity *entity,
                                       int64_t id, const void **out_row);
/* Whether nobody holds the post on the work's day; the appointments of all posts in the book are
 * read at once. */
MUST_CHECK enum status record_book_is_vacant(struct record_book *book, int64_t post,
                                             bool *out_is_vacant);

#endif
