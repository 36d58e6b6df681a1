#include "service/known_count.h"

#include <string.h>

#include "base/arena.h"
#include "service/check.h"
#include "service/ledger_record.h"
#include "service/narrative_count.h"
#include "service/narrative_parts.h"
#include "service/narrative_shelf.h"
#include "service/snapshot.h"
#include "store/snapshot_store.h"
#include "base/banned.h"

enum { NEAR_DAYS = 366, LABEL_MOST_TOKENS = 12 };

/* ---- loading ---- */

static enum status load_workforce(struct work *work, const struct return_view *view,
                                  struct known_counts *known)
{
    struct list entries = { 0 };
    int64_t end = date_days(period_last_day(view->period, view->start_month)), best = NEAR_DAYS + 1;
    enum status status = snapshot_store_list(work, &entries);
    for (size_t i = 0; status == STATUS_OK && i < entries.count; i++) {
        const struct snapshot_entry *entry = entries.items[i];
        struct date day;
        if (strcmp(entry->snapshot.population, POPULATION_STANDARD) != 0 ||
            !date_read(slice_of(entry->snapshot.taken_on), &day))
            continue;
        int64_t apart = date_days(day) - end;
        apart = apart < 0 ? -apart : apart;
        if (apart >= best)
            continue;
        best = apart;
        known->workforce = entry->version.people;
        known->snapshot = entry->snapshot.title;
    }
    return status;
}

static enum status load_releases(struct work *work, const struct return_view *view,
                                 struct known_counts *known)
{
    struct list stored = { 0 };
    enum status status = ledger_store_of_periods(work, view->period_code, view->year_code, &stored);
    for (size_t i = 0; status == STATUS_OK && i < stored.count; i++) {
        const struct ledger_stored *one = stored.items[i];
        struct ledger *ledger = arena_new_of(work->arena, struct ledger);
        struct known_release *release = arena_new_of(work->arena, struct known_release);
        status = ledger_record_read(work, one, ledger);
        if (status != STATUS_OK)
            return status;
        *release = (struct known_release){ ledger, ledger->releases.items[0] };
        list_add(work->arena, &known->releases, release);
    }
    return status;
}

static bool counts_people(const struct known_counts *known, struct narrative_shelf *shelf,
                          struct arena *arena, const char *text)
{
    struct narrative_count *counts = NULL;
    struct narrative narrative = narrative_shelf_read(shelf, arena, text);
    return narrative_counts(&narrative, known->words, &counts) > 0;
}

/* Whether any text counts anybody, so that most pages never read the ledger. */
static bool view_counts_people(struct work *work, const struct known_counts *known,
                               const struct return_view *view, const struct check_scope *scope)
{
    struct narrative_shelf *shelf = narrative_shelf_open(work);
    CLEANUP_ARENA struct arena *arena = arena_new();
    for (size_t i = 0; i < view->line_count; i++) {
        const struct return_row *row = view->lines[i].row;
        if (!check_scope_has(scope, &view->lines[i]))
            continue;
        const char *const texts[] = { row->progress, row->corrective_action, row->quality_note,
                                      row->outcome_of_last, row->declared_reason };
        for (size_t t = 0; t < ARRAY_COUNT(texts); t++)
            if (texts[t] && counts_people(known, shelf, arena, texts[t]))
                return true;
        arena_empty(arena);
    }
    return false;
}

enum status known_counts_load(struct work *work, const struct return_view *view,
                              const struct check_scope *scope, struct known_counts *out_known)
{
    struct known_counts known = { 0 };
    enum status status = people_words_read(work, &known.words);
    if (status == STATUS_OK && view_counts_people(work, &known, view, scope)) {
        status = load_workforce(work, view, &known);
        if (status == STATUS_OK)
            status = load_releases(work, view, &known);
    }
    if (status == STATUS_OK)
        *out_known = known;
    return status;
}

/* ---- what a sentence names ---- */

bool known_cell_is_hidden(const struct published_cell *cell)
{
    return cell->state != CELL_KNOWN && cell->least != cell->most;
}

static bool is_in_sentence(const struct narrative *narrative, size_t token, size_t sentence)
{
    return token < narrative->count && narrative->tokens[token].sentence == sentence;
}

/* The label up to its first comma or bracket, of a path its last part: "Black" of "Black, Black
 * British, Caribbean or African", "Legal" of "Place/Legal". */
static struct slice label_head(const char *label)
{
    const char *slash = strrchr(label, '/');
    struct slice head = slice_of(slash ? slash + 1 : label);
    return slice_trim(slice_first(head, strcspn(head.start, ",(:")));
}

static bool says_too_little(struct slice head)
{
    static const char *const bare[] = { "yes",       "no",      "other",     "none",      "all",
                                        "not known", "unknown", "not given", "not stated" };
    for (size_t i = 0; i < ARRAY_COUNT(bare); i++)
        if (slice_equal_folded(head, slice_of(bare[i])))
            return true;
    return head.length < 3;
}

/* The words of the label, one after the other, somewhere in the sentence. */
static bool names_label(const struct narrative *narrative, size_t sentence, struct slice head)
{
    struct narrative label = narrative_read(narrative->arena, slice_copy(narrative->arena, head));
    if (label.count == 0 || label.count > LABEL_MOST_TOKENS || says_too_little(head))
        return false;
    for (size_t i = 0; i + label.count <= narrative->count; i++) {
        size_t same = 0;
        while (same < label.count && is_in_sentence(narrative, i + same, sentence) &&
               strcmp(narrative->tokens[i + same].word, label.tokens[same].word) == 0)
            same++;
        if (same == label.count)
            return true;
    }
    return false;
}

/* A word of the list in the sentence that stands for the label: "disabled" for disability Yes. */
static bool names_group(const struct known_counts *known, const struct narrative *narrative,
                        size_t sentence, const char *variable, const char *label)
{
    for (size_t i = 0; i < narrative->count; i++) {
        const struct people_word *word;
        size_t at = 0;
        if (!is_in_sentence(narrative, i, sentence))
            continue;
        while ((word = people_words_next(known->words, narrative, i, PEOPLE_WORD_GROUP, &at)) !=
               NULL)
            if ((!word->variable || slice_find_folded(slice_of(variable), word->variable) >= 0) &&
                word->label && slice_starts_folded(slice_of(label), word->label))
                return true;
    }
    return false;
}

bool known_names_group(const struct known_counts *known, const struct narrative *narrative,
                       size_t sentence)
{
    for (size_t i = 0; i < narrative->count; i++)
        if (is_in_sentence(narrative, i, sentence) &&
            people_words_at(known->words, narrative, i, PEOPLE_WORD_GROUP, NULL) > 0)
            return true;
    return false;
}

bool known_cell_is_named(const struct known_counts *known, const struct known_release *release,
                         const struct published_cell *cell, const struct narrative *narrative,
                         size_t sentence)
{
    const struct published *published = &release->ledger->published;
    for (int32_t i = 0; i < cell->category_count; i++) {
        const char *variable = published_word_of(published, cell->categories[i].variable);
        const char *label = published_word_of(published, cell->categories[i].label);
        if (!names_label(narrative, sentence, label_head(label)) &&
            !names_group(known, narrative, sentence, variable, label))
            return false;
    }
    return cell->category_count > 0;
}
