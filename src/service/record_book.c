#include "service/record_book.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/appointment.h"
#include "model/model.h"
#include "service/related.h"
#include "service/vacancy.h"
#include "store/entity_store.h"
#include "base/banned.h"

/* What the book has of one entity. */
struct record_book_part {
    struct record_book_part *next;
    const struct entity *entity;
    struct list rows;               /* by id */
    struct related appointments;    /* of the posts among them that were asked for */
    size_t posts_with_appointments; /* so many rows there were then */
};

static int64_t id_of(const void *row)
{
    return *(const int64_t *)row; /* the first member of every row is its id */
}

static int by_id(const void *a, const void *b)
{
    int64_t left = id_of(*(void *const *)a), right = id_of(*(void *const *)b);
    return (left > right) - (left < right);
}

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static struct record_book_part *part_of(struct record_book *book, const struct entity *entity)
{
    for (struct record_book_part *part = book->parts; part; part = part->next)
        if (part->entity == entity)
            return part;
    struct record_book_part *part = arena_new_of(book->work->arena, struct record_book_part);
    part->entity = entity;
    part->next = book->parts;
    book->parts = part;
    return part;
}

/* Reads the rows of those ids, which may repeat and may be there already. */
static enum status add(struct record_book *book, struct record_book_part *part, int64_t *ids,
                       size_t count)
{
    struct id_list wanted = { ids, 0 };
    if (count > 1)
        qsort(ids, count, sizeof *ids, by_number);
    for (size_t i = 0; i < count; i++)
        if ((i == 0 || ids[i] != ids[i - 1]) && !related_get(&part->rows, part->entity, ids[i]))
            ids[wanted.count++] = ids[i];
    if (wanted.count == 0)
        return STATUS_OK;
    enum status status = entity_store_get_rows(book->work, part->entity, &wanted, &part->rows);
    if (part->rows.count > 1)
        qsort(part->rows.items, part->rows.count, sizeof *part->rows.items, by_id);
    return status;
}

enum status record_book_read(struct record_book *book, const struct entity *entity,
                             const struct list *rows)
{
    int64_t *ids = arena_array_of(book->work->arena, rows->count, int64_t);
    enum status status = STATUS_OK;
    for (size_t f = 0; status == STATUS_OK && f < entity->field_count; f++) {
        const struct field *field = &entity->fields[f];
        size_t count = 0;
        if (field->form != FORM_REFERENCE)
            continue;
        for (size_t i = 0; i < rows->count; i++)
            if (!field_is_missing(field, rows->items[i]))
                ids[count++] = field_integer(field, rows->items[i]);
        if (count > 0)
            status = add(book, part_of(book, model_entity(field->reference)), ids, count);
    }
    return status;
}

enum status record_book_get(struct record_book *book, const struct entity *entity, int64_t id,
                            const void **out_row)
{
    struct record_book_part *part = part_of(book, entity);
    const void *row = related_get(&part->rows, entity, id);
    if (!row) {
        enum status status = add(book, part, &id, 1);
        if (status != STATUS_OK)
            return status;
        row = related_get(&part->rows, entity, id);
    }
    if (!row)
        return STATUS_NOT_FOUND;
    *out_row = row;
    return STATUS_OK;
}

/* The appointments of all posts that are in the book by now. */
static enum status read_appointments(struct record_book *book, struct record_book_part *posts)
{
    int64_t *ids = arena_array_of(book->work->arena, posts->rows.count, int64_t);
    const struct id_list all = { ids, posts->rows.count };
    struct list rows = { 0 };
    for (size_t i = 0; i < posts->rows.count; i++)
        ids[i] = id_of(posts->rows.items[i]);
    enum status status = entity_store_list_of_rows(book->work, &appointment_entity, "post", &all,
                                                   &rows);
    posts->appointments = related_by(&appointment_entity, rows, "post");
    posts->posts_with_appointments = posts->rows.count;
    return status;
}

enum status record_book_is_vacant(struct record_book *book, int64_t post, bool *out_is_vacant)
{
    const char *today = slice_copy(book->work->arena, slice_first(slice_of(book->work->now), 10));
    const void *row = NULL;
    enum status status = record_book_get(book, &post_entity, post, &row);
    struct record_book_part *posts = part_of(book, &post_entity);
    if (status == STATUS_OK && posts->posts_with_appointments < posts->rows.count)
        status = read_appointments(book, posts);
    if (status != STATUS_OK)
        return status;
    struct related *held = &posts->appointments;
    related_find(held, post);
    *out_is_vacant = vacancy_on(row, held->rows.items + held->from, held->to - held->from, today);
    return STATUS_OK;
}
