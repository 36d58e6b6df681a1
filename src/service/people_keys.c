/* Which rows have the same key. Most extracts have each key once, often in order: that shows
 * without any memory. Else each key is looked up in a table of four bytes of its hash and the row,
 * and only rows that share one are put in order. */
#include "service/people_keys.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "service/people_labels.h"
#include "base/banned.h"

enum { ROW_BITS = 32, LEAST_SLOTS = 64 };

/* FNV-1a, 64 bits: the order of keys that are shared. */
static uint64_t hash_of_key(struct slice key)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < key.length; i++)
        hash = (hash ^ (unsigned char)key.start[i]) * UINT64_C(1099511628211);
    return hash;
}

static int compare_keyed(const void *a, const void *b, void *context)
{
    const struct keyed *left = a, *right = b;
    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    struct slice one = column_text(context, left->row), other = column_text(context, right->row);
    size_t length = one.length < other.length ? one.length : other.length;
    int order = memcmp(one.start, other.start, length);
    if (order != 0 || one.length != other.length)
        return order ? order : one.length < other.length ? -1 : 1;
    return left->row < right->row ? -1 : left->row > right->row;
}

/* Shorter before longer, so that numbers rise as numbers. */
static bool is_after(struct slice key, struct slice before)
{
    if (key.length != before.length)
        return key.length > before.length;
    return key.length > 0 && memcmp(key.start, before.start, key.length) > 0;
}

/* Each key comes after the one before it, so that none is there twice. */
static bool are_rising(const struct column *key, int64_t rows)
{
    struct slice before = { "", 0 };
    for (int64_t row = 0; row < rows; row++) {
        struct slice next = column_text(key, row);
        if (!is_after(next, before))
            return false;
        before = next;
    }
    return true;
}

/* The table under way. Its hash has a key of its own, so that nobody can choose keys that collide.
 */
struct key_table {
    const struct column *key;
    uint64_t *slots; /* the upper half of the hash, and one more than the row; 0: none */
    uint64_t mask;
    unsigned char hash_key[crypto_shorthash_KEYBYTES];
};

/* The row that has the key already, or -1 once this one has been put in. */
static int64_t find_or_put(struct key_table *table, int64_t row)
{
    struct slice text = column_text(table->key, row);
    uint64_t hash = 0;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)text.start, text.length,
                     table->hash_key);
    uint64_t tag = hash >> ROW_BITS << ROW_BITS;
    for (uint64_t at = hash & table->mask;; at = (at + 1) & table->mask) {
        uint64_t slot = table->slots[at];
        if (slot == 0) {
            table->slots[at] = tag | (uint64_t)(row + 1);
            return -1;
        }
        int64_t other = (int64_t)(slot & UINT32_MAX) - 1;
        if ((slot ^ tag) >> ROW_BITS == 0 && slice_equal(column_text(table->key, other), text))
            return other;
    }
}

static int64_t mark_shared(const struct column *key, int64_t rows, unsigned char *is_shared)
{
    struct key_table table = { .key = key };
    uint64_t slots = LEAST_SLOTS;
    int64_t shared = 0;
    while (slots < (uint64_t)rows + (uint64_t)rows / 4)
        slots *= 2;
    table.slots = calloc(slots, sizeof *table.slots);
    if (!table.slots)
        abort();
    table.mask = slots - 1;
    crypto_shorthash_keygen(table.hash_key);
    for (int64_t row = 0; row < rows; row++) {
        if (people_label_is_blank(column_text(key, row)))
            continue;
        int64_t other = find_or_put(&table, row);
        if (other < 0)
            continue;
        shared += 1 + !is_shared[other];
        is_shared[other] = is_shared[row] = 1;
    }
    free(table.slots);
    return shared;
}

void people_keys_find(const struct column *key, int64_t rows, struct people_keys *out_keys)
{
    struct people_keys keys = { NULL, 0, NULL };
    *out_keys = keys;
    if (are_rising(key, rows))
        return;
    keys.is_shared = calloc((size_t)rows + 1, 1);
    if (!keys.is_shared)
        abort();
    int64_t shared = mark_shared(key, rows, keys.is_shared);
    keys.rows = calloc((size_t)shared + 1, sizeof *keys.rows);
    if (!keys.rows)
        abort();
    for (int64_t row = 0; row < rows; row++)
        if (keys.is_shared[row])
            keys.rows[keys.count++] = (struct keyed){ hash_of_key(column_text(key, row)), row };
    qsort_r(keys.rows, (size_t)keys.count, sizeof *keys.rows, compare_keyed,
            (void *)(uintptr_t)key);
    *out_keys = keys;
}

void people_keys_free(struct people_keys *keys)
{
    free(keys->rows);
    free(keys->is_shared);
    *keys = (struct people_keys){ NULL, 0, NULL };
}
