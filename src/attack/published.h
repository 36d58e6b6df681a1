/* Published figures with what they count, and the puzzle that they make together: one cell for each
 * thing that is counted, however many tables show it, and an equation wherever a total and its
 * parts are there. */
#ifndef ATTACK_PUBLISHED_H
#define ATTACK_PUBLISHED_H

#include "attack/puzzle.h"
#include "base/list.h"
#include "base/slice.h"

enum { PUBLISHED_MOST_VARIABLES = 16 };

/* A variable with one of its labels, both as numbers of words. */
struct category {
    int32_t variable, label;
};

/* Everybody with the inner category has the outer one too. */
struct published_nesting {
    struct category outer, inner;
};

struct published_cell {
    int32_t population, period; /* numbers of words; -1 where nothing is said */
    int32_t category_count;
    struct category categories[PUBLISHED_MOST_VARIABLES]; /* by variable; a total has none of it */
    int32_t table;                                        /* counted from 0 */
    int32_t table_name, shown; /* numbers of words, or -1: its name, and the figure as printed */
    int32_t cell;              /* of the puzzle, when it is made */
    enum cell_state state;
    int64_t least, most;
};

struct words_table;
struct hierarchy;

struct published {
    struct arena *arena;
    struct words_table *words;
    struct published_cell *cells;
    size_t cell_count, cell_room;
    struct published_nesting *nestings;
    size_t nesting_count, nesting_room;
    const struct hierarchy *hierarchies; /* of columns in which labels of several levels stand */
    size_t hierarchy_count;
    struct list understood; /* sentences on how each file was read */
    int32_t table_count;
    bool omits_zeros; /* a row that is not there may be hidden; otherwise it is a zero */
};

struct published published_new(struct arena *arena);
/* The number of a word, and the word of a number ("" for -1). */
int32_t published_word(struct published *published, struct slice word);
const char *published_word_of(const struct published *published, int32_t number);
/* Opens a table: cells that are added belong to it until the next is opened. */
void published_add_table(struct published *published);
/* Adds a cell to the open table; its categories need not be sorted. */
void published_add_cell(struct published *published, const struct published_cell *cell);
/* Adds that a label lies within another; both as categories of variables of their own. */
void published_add_nesting(struct published *published, const struct published_nesting *nesting);
/* "council, 2012-13-Q1: sex Female, disability Yes"; "all" where there is no category. */
const char *published_name(const struct published *published, struct arena *arena,
                           const struct published_cell *cell);

/* How a figure is to be read: what it says of the count that stands behind it. */
struct figure_rule {
    bool shows_zeros;
    int64_t rounding, band; /* as in relation_file.h */
    int64_t reach; /* a figure that is shown may be off by so many, up or down; 0: as above */
    int64_t least; /* of those: fewer never stand behind what is shown */
};

/* Reads a figure as it is printed: a whole number, [c] (hidden), [low] (rounds to 0), [x] (not
 * there), [z] (does not apply: 0), <10, 1-4, and what other publishers put where they hide a
 * figure:
 * *, -, .., : and the like, or nothing at all. False for anything else. */
bool published_read_figure(struct slice figure, const struct figure_rule *rule,
                           struct published_cell *out_cell);

/* A population that is made of others: of the same period and categories, its counts are the sum
 * of the parts' counts, or their difference. */
struct population_part {
    int32_t whole, part;
    int8_t sign;
};

struct published_links {
    const struct population_part *parts; /* those of one whole beside each other */
    size_t part_count;
    /* Pairs of periods in which, as far as anybody knows, nobody left (sign 1) or nobody joined
     * (-1): a count of the later one is that of the earlier one and a few more or less. */
    const struct period_pair {
        int32_t population, earlier, later;
        int8_t sign;
        int64_t most; /* how many joined or left in all */
    } * pairs;
    size_t pair_count;
};

/* What stands behind a cell of the puzzle. */
struct published_meaning {
    const struct published_cell *cell; /* one that counts it */
    bool is_difference;                /* people who are counted in one population or period only */
};

struct published_puzzle {
    struct puzzle puzzle;
    struct published_meaning *meanings; /* of each cell of the puzzle */
    /* A variable (a word) whose labels count more people than their total does, as where labels of
     * several levels stand in one column; -1: there is none. */
    int32_t overlapping;
};

/* Makes the puzzle. Fails with STATUS_INPUT when two tables show different figures for one thing.
 */
MUST_CHECK enum status published_as_puzzle(struct work *work, struct published *published,
                                           const struct published_links *links,
                                           struct published_puzzle *out_puzzle);
/* How many a population counts in all in a period, where that is shown exactly; else -1. */
int64_t published_total(const struct published *published, int32_t population, int32_t period);

#endif
