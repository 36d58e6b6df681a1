/* Counts of people in the words of a row, held against what readers know: the row's own numbers,
 * the workforce, and what was released. */
#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "service/check_parts.h"
#include "service/narrative_count.h"
#include "service/narrative_parts.h"
#include "base/banned.h"

enum {
    TELLING_COUNT = 5, /* counts below are small wherever no release says otherwise: no profile that
                          leaves the restricted role shows them */
    WORDS_MOST = 1000,
    IDIOM_MOST = 20 /* "one in four" is a figure of speech, "one in 62" is a count */
};

/* A count that is being judged, and where it stands. */
struct spoken {
    const struct check *check;
    const struct check_line *line;
    const struct narrative *narrative;
    const struct narrative_count *count;
    size_t sentence;
};

static bool is_small(int64_t count)
{
    return count > 0 && count < TELLING_COUNT;
}

/* A part of a whole, or what is left of it, is small. */
static bool splits_small(int64_t part, int64_t whole)
{
    return whole > 0 && (is_small(part) || is_small(whole - part));
}

/* Every count that the percentage can be on the base is small, or leaves few. */
static bool percent_is_small(struct printed_percent percent, int64_t base)
{
    int64_t least = 0, most = 0;
    if (base < 1 || !numerators_of(percent, base, 1, &least, &most))
        return false;
    return (least > 0 && is_small(most)) || (most < base && is_small(base - least));
}

/* "One in 62" on 124 people: two. */
static int64_t ratio_on(const struct narrative_count *count, int64_t base)
{
    return (count->count * base * 2 + count->base) / (2 * count->base);
}

/* ---- the row's own numbers ---- */

static bool is_of_people(const struct spoken *spoken, const struct return_measure *measure)
{
    return rating_is_percentage(measure->measure) &&
           check_counts_people(spoken->check, measure->measure->population);
}

static bool repeats_own(const struct spoken *spoken)
{
    const struct return_line *line = spoken->line->line;
    const struct narrative_count *count = spoken->count;
    for (size_t i = 0; i < line->measure_count; i++) {
        const struct value *value = line->measures[i].value;
        if (!value || value->numerator == INTEGER_MISSING ||
            value->denominator == INTEGER_MISSING || !is_of_people(spoken, &line->measures[i]))
            continue;
        int64_t part = value->numerator / NUMBER_ONE, whole = value->denominator / NUMBER_ONE;
        int64_t told = count->is_ratio && whole > 0 ? ratio_on(count, whole) : count->count;
        if (!count->is_percent && count->names_people && splits_small(told, whole) &&
            (told == part || told == whole - part))
            return true;
    }
    return false;
}

/* The text gives the base itself: two of the 62 top earners. */
static bool tells_own_base(const struct spoken *spoken)
{
    const struct narrative_count *count = spoken->count;
    if (count->base == 0 || !count->names_people)
        return false;
    if (count->is_percent)
        return percent_is_small(count->percent, count->base);
    if (count->is_ratio)
        return count->base > IDIOM_MOST && count->base % TELLING_COUNT != 0 &&
               is_small(count->count);
    return splits_small(count->count, count->base);
}

/* ---- the workforce ---- */

static bool counts_workforce(const struct spoken *spoken)
{
    const struct known_counts *known = spoken->check->known;
    const struct narrative_count *count = spoken->count;
    if (known->workforce == 0 || !count->is_staff)
        return false;
    if (count->is_percent)
        return count->base == 0 && percent_is_small(count->percent, known->workforce);
    if (count->is_ratio)
        return is_small(ratio_on(count, known->workforce));
    return is_small(count->count) && known_names_group(known, spoken->narrative, spoken->sentence);
}

/* ---- what was released ---- */

/* The cell is hidden, and the count could be what stands behind it. */
static bool fills_cell(const struct narrative_count *count, const struct published_cell *cell,
                       int64_t threshold)
{
    return !count->is_percent && !count->is_ratio && count->base == 0 &&
           known_cell_is_hidden(cell) && count->count < threshold && count->count >= cell->least &&
           count->count <= cell->most;
}

/* The percentage is of a group whose number was released. */
static bool divides_cell(const struct narrative_count *count, const struct published_cell *cell)
{
    return count->is_percent && count->base == 0 && cell->state == CELL_SHOWN &&
           cell->least == cell->most && percent_is_small(count->percent, cell->least);
}

/* "Disability: Disabled; Unit: Legal": what the cell counts, by the words of its table. */
static const char *cell_words(struct arena *arena, const struct known_release *release,
                              const struct published_cell *cell)
{
    const struct published *published = &release->ledger->published;
    struct text text = text_new(arena, WORDS_MOST);
    for (int32_t i = 0; i < cell->category_count; i++)
        text_add_format(&text, "%s%s: %s", i ? "; " : "",
                        published_word_of(published, cell->categories[i].variable),
                        published_word_of(published, cell->categories[i].label));
    return text.bytes;
}

/* Which table of which release it is, and what of it; the number that is hidden is not known here.
 */
static const char *cell_reason(struct arena *arena, const struct known_release *release,
                               const struct published_cell *cell)
{
    const char *table = published_word_of(&release->ledger->published, cell->table_name);
    return arena_format(arena,
                        known_cell_is_hidden(cell)
                            ? "the table \"%s\" of the release \"%s\" hides this count (%s)"
                            : "on the number that the table \"%s\" of the release \"%s\" shows "
                              "(%s) it stands for so few",
                        *table ? table : release->release->name, release->release->name,
                        cell_words(arena, release, cell));
}

/* Why what was released speaks against the count; NULL: it does not. */
static const char *release_told(const struct spoken *spoken)
{
    const struct known_counts *known = spoken->check->known;
    const struct narrative_count *count = spoken->count;
    for (size_t r = 0; r < known->releases.count; r++) {
        const struct known_release *release = known->releases.items[r];
        for (size_t i = release->release->first; i < release->release->end; i++) {
            const struct published_cell *cell = &release->ledger->published.cells[i];
            if ((fills_cell(count, cell, release->release->threshold) ||
                 divides_cell(count, cell)) &&
                known_cell_is_named(known, release, cell, spoken->narrative, spoken->sentence))
                return cell_reason(spoken->check->arena, release, cell);
        }
    }
    return NULL;
}

/* ---- the verdict ---- */

/* Why the count may not stand, in words that do not repeat it; NULL: it may. */
static const char *reason_against(const struct spoken *spoken)
{
    struct arena *arena = spoken->check->arena;
    if (tells_own_base(spoken))
        return "it gives the number of a group and of so few of it";
    if (repeats_own(spoken))
        return "with the row's own numbers it counts, or leaves out, so few people";
    if (counts_workforce(spoken))
        return arena_format(arena, "the workforce is known (%s), and of it these are so few",
                            spoken->check->known->snapshot);
    return release_told(spoken);
}

/* Adds a finding for the first count of the text that may not stand. */
static bool judge_text(struct check *check, const struct check_line *line, const char *name,
                       const struct narrative *narrative)
{
    struct narrative_count *counts = NULL;
    size_t count = narrative_counts(narrative, check->known->words, &counts);
    for (size_t i = 0; i < count; i++) {
        size_t sentence = narrative->tokens[counts[i].first].sentence;
        const struct spoken spoken = { check, line, narrative, &counts[i], sentence };
        const char *reason = reason_against(&spoken);
        if (!reason)
            continue;
        check_add(check, line, NULL,
                  arena_format(check->arena, "%s, sentence %zu", name, sentence + 1),
                  "Sentence %zu of the %s may give somebody away: %s. Leave the number out, or "
                  "say it of a larger group or a longer period.",
                  sentence + 1, name, reason);
        return true;
    }
    return false;
}

void check_count_in_words(struct check *check, const struct check_line *line)
{
    const struct return_row *row = line->line->row;
    const struct {
        const char *name, *text;
    } others[] = { { "note on quality", row->quality_note },
                   { "corrective action", row->corrective_action },
                   { "outcome of the last action", row->outcome_of_last },
                   { "reason for the rating", row->declared_reason } };
    if (judge_text(check, line, "progress", &line->progress) ||
        judge_text(check, line, "forecast", &line->forecast))
        return;
    for (size_t i = 0; i < ARRAY_COUNT(others); i++) {
        if (!others[i].text)
            continue;
        struct narrative narrative = check_read(check, others[i].text);
        if (judge_text(check, line, others[i].name, &narrative))
            return;
    }
}
