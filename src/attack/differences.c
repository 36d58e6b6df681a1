#include "attack/differences.h"

#include "base/arena.h"
#include "base/banned.h"

enum { MOST_PARTS = 1000, MOST_PAIRS = 4000 };

struct linking {
    struct work *work;
    struct published *published;
    struct population_part *parts;
    struct period_pair *pairs;
    size_t part_count, pair_count;
};

static bool has_population(const struct published *published, int32_t word)
{
    for (size_t i = 0; i < published->cell_count; i++)
        if (published->cells[i].population == word)
            return true;
    return false;
}

/* The two sides of "a = b". */
static enum status split(struct work *work, const char *words, const char *option,
                         struct slice *out_left, struct slice *out_right)
{
    struct slice rest = slice_of(words);
    bool has_sign = slice_split(&rest, '=', out_left);
    *out_left = slice_trim(*out_left);
    *out_right = slice_trim(rest);
    if (!has_sign || out_left->length == 0 || out_right->length == 0)
        return work_fail(work, STATUS_USAGE,
                         "--%s needs two sides with = between them, not "
                         "\"%.100s\".",
                         option, words);
    return STATUS_OK;
}

static enum status add_part(struct linking *linking, int32_t whole, struct slice name, int8_t sign)
{
    int32_t part = published_word(linking->published, slice_trim(name));
    if (linking->part_count == MOST_PARTS)
        return work_fail(linking->work, STATUS_LIMIT, "The sums name more than %d populations.",
                         MOST_PARTS);
    linking->parts[linking->part_count++] = (struct population_part){ whole, part, sign };
    return STATUS_OK;
}

/* "whole = part + part - part"; at least two of them have to be in the tables. The ledger reads
 * what its populations are made of by itself: what attacks shares no reading with what guards. */
static enum status add_sum(struct linking *linking, const char *words)
{
    struct slice left, rest;
    size_t first = linking->part_count, found = 0;
    int8_t sign = 1;
    enum status status = split(linking->work, words, "sum", &left, &rest);
    if (status != STATUS_OK)
        return status;
    int32_t whole = published_word(linking->published, left);
    while (status == STATUS_OK && rest.length) {
        ptrdiff_t plus = slice_find(rest, " + "), minus = slice_find(rest, " - ");
        ptrdiff_t end = plus < 0 || (minus >= 0 && minus < plus) ? minus : plus;
        struct slice name = end < 0 ? rest : slice_first(rest, (size_t)end);
        status = add_part(linking, whole, name, sign);
        sign = end >= 0 && end == minus ? -1 : 1;
        rest = end < 0 ? SLICE("") : slice_from(rest, (size_t)end + sizeof " + " - 1);
    }
    for (size_t i = first; i < linking->part_count; i++)
        found += has_population(linking->published, linking->parts[i].part);
    if (status == STATUS_OK && (!has_population(linking->published, whole) || found == 0))
        return work_fail(linking->work, STATUS_USAGE,
                         "--sum \"%.100s\" names no two populations of the tables; their names "
                         "stand in the column population, or are given by --population.",
                         words);
    return status;
}

static bool is_listed(const struct linking *linking, size_t first, int32_t population)
{
    for (size_t i = first; i < linking->pair_count; i++)
        if (linking->pairs[i].population == population)
            return true;
    return false;
}

static enum status add_change(struct linking *linking, const char *words)
{
    struct slice left, right;
    size_t first = linking->pair_count;
    const struct published *published = linking->published;
    enum status status = split(linking->work, words, "change", &left, &right);
    if (status != STATUS_OK)
        return status;
    int32_t earlier = published_word(linking->published, left);
    int32_t later = published_word(linking->published, right);
    for (size_t i = 0; i < published->cell_count && linking->pair_count < MOST_PAIRS; i++) {
        int32_t population = published->cells[i].population;
        if (published->cells[i].category_count > 0 || published->cells[i].period != later ||
            is_listed(linking, first, population))
            continue;
        int64_t before = published_total(published, population, earlier);
        int64_t after = published_total(published, population, later);
        if (before < 0 || after < 0)
            continue;
        linking->pairs[linking->pair_count++] = (struct period_pair){
            population,
            earlier,
            later,
            after >= before ? 1 : -1,
            after >= before ? after - before : before - after,
        };
    }
    if (linking->pair_count == first)
        return work_fail(linking->work, STATUS_USAGE,
                         "--change \"%.100s\": no population has an exact total in both periods; "
                         "their names stand in the column period, or are given by --period.",
                         words);
    return STATUS_OK;
}

enum status differences_as_links(struct work *work, struct published *published,
                                 const struct differences *differences,
                                 struct published_links *out_links)
{
    struct linking linking = {
        .work = work,
        .published = published,
        .parts = arena_array_of(work->arena, MOST_PARTS, struct population_part),
        .pairs = arena_array_of(work->arena, MOST_PAIRS, struct period_pair)
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < differences->sum_count; i++)
        status = add_sum(&linking, differences->sums[i]);
    for (size_t i = 0; status == STATUS_OK && i < differences->change_count; i++)
        status = add_change(&linking, differences->changes[i]);
    *out_links = (struct published_links){ linking.parts, linking.part_count, linking.pairs,
                                           linking.pair_count };
    return status;
}
