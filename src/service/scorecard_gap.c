/* What a scorecard leaves open: columns without a meaning, measures without a label. */
#include <string.h>

#include "base/arena.h"
#include "base/likeness.h"
#include "model/scorecard_match.h"
#include "service/scorecard_parts.h"
#include "base/banned.h"

/* The likeliest meaning of a column's words. */
static void suggest_meaning(const struct scorecard_context *reading, struct scorecard_word *word)
{
    int best = LIKENESS_LEAST - 1;
    const char *words = scorecard_plain_words(reading->arena, word->words);
    for (size_t i = 0; i < reading->headings.rows.count; i++) {
        const struct heading_rule *rule = reading->headings.rows.items[i];
        int like = likeness_of(words, rule->heading);
        if (strcmp(rule->entity, return_row_entity.name) != 0 || like <= best)
            continue;
        best = like;
        word->suggestion = scorecard_known_meaning(reading, rule->heading);
    }
}

static const struct scorecard_names *names_of(const struct scorecard_context *reading,
                                              const struct return_sheet_row *row)
{
    size_t index = 0;
    while (reading->back->rows.items[index] != row)
        index++;
    return &reading->names[index];
}

static int likeness_to(const struct scorecard_names *names, const char *words)
{
    int best = 0;
    for (size_t k = 0; k < ARRAY_COUNT(names->words); k++) {
        int like = likeness_of(names->words[k], words);
        best = like > best ? like : best;
    }
    return best;
}

static void find_gap(const struct scorecard_context *reading, const struct return_sheet_row *row)
{
    struct scorecard_gap *gap = arena_new_of(reading->arena, struct scorecard_gap);
    gap->row = row;
    for (size_t i = 0; i < reading->out->words.count; i++)
        if (((const struct scorecard_word *)reading->out->words.items[i])->row == row)
            return;
    for (size_t i = 0; i < reading->saved.count; i++) {
        const struct scorecard_match *match = reading->saved.items[i];
        if (match->measure == row->row->measure)
            gap->was = match->words;
    }
    list_add(reading->arena, &reading->out->gaps, gap);
    reading->out->is_asking = reading->out->is_asking || gap->was != NULL;
}

static bool is_taken(const struct scorecard_context *reading, const struct scorecard_word *word)
{
    for (size_t i = 0; i < reading->out->gaps.count; i++)
        if (((const struct scorecard_gap *)reading->out->gaps.items[i])->likeliest == word)
            return true;
    return false;
}

/* The likeliest pair of a measure and a label that are both still free; false when none is likely.
 */
static bool pair_likeliest(const struct scorecard_context *reading)
{
    struct scorecard_gap *best_gap = NULL;
    const struct scorecard_word *best_word = NULL;
    int best = LIKENESS_LEAST - 1;
    for (size_t g = 0; g < reading->out->gaps.count; g++) {
        struct scorecard_gap *gap = reading->out->gaps.items[g];
        for (size_t i = 0; !gap->likeliest && i < reading->out->words.count; i++) {
            const struct scorecard_word *word = reading->out->words.items[i];
            bool is_free = !word->meaning && strcmp(word->place, SCORECARD_ROW) == 0;
            int like = is_free ? likeness_to(names_of(reading, gap->row), word->words) : 0;
            if (like <= best || is_taken(reading, word))
                continue;
            best = like;
            best_gap = gap;
            best_word = word;
        }
    }
    if (best_gap) {
        best_gap->likeliest = best_word;
        best_gap->likeness = best;
    }
    return best_gap != NULL;
}

/* In the order of the return's rows. */
static void sort_answers(const struct scorecard_context *reading)
{
    struct list sorted = { 0 };
    for (size_t i = 0; i < reading->back->rows.count; i++)
        for (size_t k = 0; k < reading->out->answers.count; k++) {
            struct scorecard_answer *answer = reading->out->answers.items[k];
            if (answer->row == reading->back->rows.items[i])
                list_add(reading->arena, &sorted, answer);
        }
    reading->out->answers = sorted;
}

void scorecard_find_gaps(const struct scorecard_context *reading)
{
    struct scorecard_reading *out = reading->out;
    out->is_saved = reading->saved.count > 0;
    out->is_asking = !out->is_saved;
    for (size_t i = 0; i < out->words.count; i++) {
        struct scorecard_word *word = out->words.items[i];
        word->is_open = !word->meaning && word->is_useful && word->example;
        if (!word->is_open)
            continue;
        suggest_meaning(reading, word);
        out->is_asking = true;
    }
    for (size_t i = 0; i < reading->back->rows.count; i++) {
        const struct return_sheet_row *row = reading->back->rows.items[i];
        if (row->measure && row->row->measure != INTEGER_MISSING)
            find_gap(reading, row);
    }
    while (pair_likeliest(reading))
        ;
    sort_answers(reading);
}
