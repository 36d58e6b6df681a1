#include "store/text_store.h"

#include <string.h>

#include "base/banned.h"

static const struct {
    const char *entity, *sql;
} named[] = {
    { "body", "SELECT id FROM body WHERE lower(name) = lower($1) ORDER BY id LIMIT 2" },
    { "characteristic",
      "SELECT id FROM characteristic WHERE lower(title) = lower($1) ORDER BY id LIMIT 2" },
    { "measure", "SELECT id FROM measure WHERE lower(title) = lower($1) ORDER BY id LIMIT 2" },
    { "objective", "SELECT id FROM objective WHERE lower(title) = lower($1) ORDER BY id LIMIT 2" },
    { "post", "SELECT id FROM post WHERE lower(title) = lower($1) ORDER BY id LIMIT 2" },
    { "scheme", "SELECT id FROM scheme WHERE lower(title) = lower($1) ORDER BY id LIMIT 2" },
    { "unit", "SELECT id FROM unit WHERE lower(name) = lower($1) ORDER BY id LIMIT 2" },
};

static enum status one_integer(struct work *work, const char *sql,
                               const struct parameter *parameters, size_t count, int64_t *out)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, sql, parameters, count, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK)
        *out = cursor_integer(cursor, 0);
    else if (status == STATUS_END)
        *out = INTEGER_MISSING;
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status by_words(struct work *work, const char *sql, int64_t parent, const char *words,
                            int64_t *out_id)
{
    return one_integer(work, sql, PARAMETERS(parameter_integer(parent), parameter_text(words)),
                       out_id);
}

static enum status next_number(struct work *work, const char *sql, int64_t parent,
                               int64_t *out_number)
{
    return one_integer(work, sql, PARAMETERS(parameter_integer(parent)), out_number);
}

enum status text_store_objective(struct work *work, int64_t scheme, const char *title,
                                 int64_t *out_id)
{
    return by_words(work,
                    "SELECT id FROM objective WHERE scheme = $1 AND lower(title) = lower($2) "
                    "ORDER BY id LIMIT 1",
                    scheme, title, out_id);
}

enum status text_store_priority(struct work *work, int64_t objective, const char *need,
                                int64_t *out_id)
{
    return by_words(work,
                    "SELECT id FROM priority WHERE objective = $1 AND need = $2 "
                    "ORDER BY id LIMIT 1",
                    objective, need, out_id);
}

enum status text_store_outcome(struct work *work, int64_t priority, const char *wording,
                               int64_t *out_id)
{
    return by_words(work,
                    "SELECT id FROM outcome WHERE priority = $1 AND wording = $2 "
                    "ORDER BY id LIMIT 1",
                    priority, wording, out_id);
}

enum status text_store_action(struct work *work, int64_t objective, const char *wording,
                              int64_t *out_id)
{
    return by_words(work,
                    "SELECT id FROM action WHERE objective = $1 AND wording = $2 "
                    "ORDER BY id LIMIT 1",
                    objective, wording, out_id);
}

enum status text_store_next_objective(struct work *work, int64_t scheme, int64_t *out_number)
{
    return next_number(work, "SELECT COALESCE(MAX(number), 0) + 1 FROM objective WHERE scheme = $1",
                       scheme, out_number);
}

enum status text_store_next_priority(struct work *work, int64_t objective, int64_t *out_number)
{
    return next_number(work,
                       "SELECT COALESCE(MAX(number), 0) + 1 FROM priority WHERE objective = $1",
                       objective, out_number);
}

enum status text_store_next_outcome(struct work *work, int64_t priority, int64_t *out_number)
{
    return next_number(work, "SELECT COALESCE(MAX(number), 0) + 1 FROM outcome WHERE priority = $1",
                       priority, out_number);
}

enum status text_store_next_action(struct work *work, int64_t objective, int64_t *out_number)
{
    return next_number(work, "SELECT COALESCE(MAX(number), 0) + 1 FROM action WHERE objective = $1",
                       objective, out_number);
}

static enum status one_named(struct work *work, const char *sql, const char *name, int64_t *out_id,
                             bool *out_several)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    int64_t id = INTEGER_MISSING;
    enum status status = store_query(work, sql, PARAMETERS(parameter_text(name)), &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK) {
        id = cursor_integer(cursor, 0);
        status = cursor_next(cursor);
    }
    *out_several = status == STATUS_OK;
    *out_id = status == STATUS_END ? id : INTEGER_MISSING;
    return status == STATUS_END ? STATUS_OK : status;
}

enum status text_store_named(struct work *work, const struct entity *entity, const char *name,
                             int64_t *out_id, bool *out_several)
{
    *out_id = INTEGER_MISSING;
    *out_several = false;
    for (size_t i = 0; i < ARRAY_COUNT(named); i++)
        if (strcmp(named[i].entity, entity->name) == 0)
            return one_named(work, named[i].sql, name, out_id, out_several);
    return STATUS_OK;
}
