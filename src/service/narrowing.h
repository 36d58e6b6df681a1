/* A list narrowed by facets and put in order, whatever its items are: each entry says its values,
 * and what each choice would leave is counted. */
#ifndef SERVICE_NARROWING_H
#define SERVICE_NARROWING_H

#include <jansson.h>

#include "base/list.h"
#include "entity/entity.h"

enum {
    NARROWING_FACETS_MOST = 8,
    NARROWING_ORDERS_MOST = 6,
    NARROWING_ALL = 0, /* no page: all that fit */
    NARROWING_PAGE = 50,
    NARROWING_PAGES_MOST = 10000
};

struct narrowing_facet {
    const char *name, *title;   /* in addresses and JSON; in words */
    bool is_data;               /* its options are names on record, not words of ours */
    bool is_open;               /* shown open although nothing of it is chosen */
    const struct code *options; /* which stand first, in this order; others as they come */
    size_t option_count;
};

struct narrowing_order {
    const char *name, *title;
};

/* What a list can be narrowed and ordered by. */
struct narrowing_list {
    const struct narrowing_facet *facets;
    size_t facet_count;
    const struct narrowing_order *orders;
    size_t order_count;
};

/* What is asked of it. */
struct narrowing_asked {
    const char *wanted[NARROWING_FACETS_MOST]; /* a value of each facet; NULL: any */
    const char *order;                         /* the name of one; NULL: as the list has them */
    bool descends;
    size_t page; /* from 1, or NARROWING_ALL */
};

struct narrowing_entry {
    const void *item;
    struct list values[NARROWING_FACETS_MOST]; /* of const struct code * */
    const char *keys[NARROWING_ORDERS_MOST];   /* by which it is ordered; NULL: it comes last */
    size_t place;
};

struct narrowing {
    struct arena *arena;
    const struct narrowing_list *list;
    const struct narrowing_asked *asked;
    struct list entries; /* of struct narrowing_entry * */
};

struct narrowing_entry *narrowing_add(struct narrowing *narrowing, const void *item);
/* The entry has that value of a facet, among others perhaps. */
void narrowing_value(struct narrowing *narrowing, struct narrowing_entry *entry, size_t facet,
                     const char *value, const char *label);
/* The entries that fit, in order, those of the page alone; gives how many fit in all. */
size_t narrowing_entries(const struct narrowing *narrowing, struct list *out_entries);
/* Adds to a model "total", how many fit, "pages", and "facets": [{"name", "title", "isOpen",
 * "options": [{"value", "label", "isData", "count", "isChosen"}]}]. An option's count is what
 * choosing it would show; those that would show nothing are left out. */
void narrowing_tell(const struct narrowing *narrowing, size_t total, json_t *model);
/* One facet of that form, for a list that is counted elsewhere. */
json_t *narrowing_facet_json(const struct narrowing_facet *facet, const char *wanted,
                             json_t *options);
json_t *narrowing_option(const struct narrowing_facet *facet, const struct code *code,
                         int64_t count, const char *wanted);

#endif
