/* Any entity's rows in the store, from its field rows alone. References are ids here. */
#ifndef STORE_ENTITY_STORE_H
#define STORE_ENTITY_STORE_H

#include "base/list.h"
#include "entity/entity.h"
#include "store/store.h"

/* Inserts a row; `id` must be missing and is set. */
MUST_CHECK enum status entity_store_insert(struct work *work, const struct entity *entity,
                                           void *row);
/* Inserts where no row has that natural key (and revision). `*out_inserted` tells; on false the
 * row's id stays missing. One statement: an import of a million new rows must not look each up. */
MUST_CHECK enum status entity_store_insert_new(struct work *work, const struct entity *entity,
                                               void *row, bool *out_inserted);
/* The same for up to STORE_ROWS_MOST rows, one after the other; see store_rows_at_once. */
MUST_CHECK enum status entity_store_insert_new_rows(struct work *work, const struct entity *entity,
                                                    void *const *rows, size_t count,
                                                    bool *out_inserted);
/* Inserts a row under the id that it has, for copies. */
MUST_CHECK enum status entity_store_insert_copy(struct work *work, const struct entity *entity,
                                                const void *row);
/* Updates all fields of the row with that id; STATUS_CONFLICT when it is gone, here and below. */
MUST_CHECK enum status entity_store_update(struct work *work, const struct entity *entity,
                                           const void *row);
/* Removes the row; one that is still referred to is STATUS_CONFLICT. */
MUST_CHECK enum status entity_store_remove(struct work *work, const struct entity *entity,
                                           int64_t id);
/* The row with the natural key of `key` (of a revised entity: its latest revision), into `out_row`,
 * in the work's arena. STATUS_NOT_FOUND without a sentence when there is none. */
MUST_CHECK enum status entity_store_find(struct work *work, const struct entity *entity,
                                         const void *key, void *out_row);
/* The same for up to STORE_ROWS_MOST keys; what is not found leaves `out_found` false. */
MUST_CHECK enum status entity_store_find_rows(struct work *work, const struct entity *entity,
                                              void *const *keys, size_t count,
                                              void *const *out_rows, bool *out_found);
MUST_CHECK enum status entity_store_get(struct work *work, const struct entity *entity, int64_t id,
                                        void *out_row);
struct id_list {
    const int64_t *ids;
    size_t count;
};
/* The rows of those ids, in their order, one for each time that an id stands there, added to
 * `out_rows`; what is not there is left out. */
MUST_CHECK enum status entity_store_get_rows(struct work *work, const struct entity *entity,
                                             const struct id_list *ids, struct list *out_rows);
/* The id of the row with that code; STATUS_NOT_FOUND without a sentence when there is none. */
MUST_CHECK enum status entity_store_id(struct work *work, const struct entity *entity,
                                       struct slice code, int64_t *out_id);
/* The code of the row with that id, in the work's arena. */
MUST_CHECK enum status entity_store_code(struct work *work, const struct entity *entity, int64_t id,
                                         const char **out_code);

enum { ENTITY_LATEST = 1 }; /* only latest revisions */
/* All rows in the order of id. Read each with entity_store_read after cursor_next. */
MUST_CHECK enum status entity_store_all(struct work *work, const struct entity *entity, int flags,
                                        struct cursor **out_cursor);
/* At most `most` of them, latest revisions only, from the one after the row with the id `after` on.
 */
MUST_CHECK enum status entity_store_after(struct work *work, const struct entity *entity,
                                          int64_t after, size_t most, struct cursor **out_cursor);
/* All those rows as structs in the work's arena, added to `out_rows`; for small tables that a page
 * shows whole. */
MUST_CHECK enum status entity_store_list(struct work *work, const struct entity *entity, int flags,
                                         struct list *out_rows);
/* The rows, of all revisions, whose reference `field` is `id`. */
MUST_CHECK enum status entity_store_list_of(struct work *work, const struct entity *entity,
                                            const char *field, int64_t id, struct list *out_rows);
/* The same for several ids at once. */
MUST_CHECK enum status entity_store_list_of_rows(struct work *work, const struct entity *entity,
                                                 const char *field, const struct id_list *ids,
                                                 struct list *out_rows);
/* Fills a row from a cursor that gives the entity's columns in their order, from column `first` on;
 * text is copied into `arena`. */
void entity_store_read(struct arena *arena, const struct entity *entity,
                       const struct cursor *cursor, size_t first, void *out_row);

#endif
