#include "service/import_objective.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "model/objective.h"
#include "model/scheme.h"
#include "store/text_store.h"
#include "base/banned.h"

enum { NUMBER_MOST_DIGITS = 4 };

/* Blanks, and the marks and dashes that stand between a label and a title. */
static struct slice skip_separators(struct slice words)
{
    while (words.length > 0) {
        unsigned char byte = (unsigned char)words.start[0];
        bool is_dash = slice_starts(words, "\xE2\x80\x93") || slice_starts(words, "\xE2\x80\x94");
        if (!is_dash && !memchr(" \t\r\n:.)-", byte, 9))
            break;
        words = slice_from(words, is_dash ? 3 : 1);
    }
    return words;
}

/* "3. Work", "3) Work" and "3 - Work" have a number before the title; "24-hour services" and "16 to
 * 18 year olds" are titles. */
static bool is_parting(struct slice between)
{
    bool has_blank = false, has_dash = false;
    for (size_t i = 0; i < between.length; i++) {
        if (strchr(".:)", between.start[i]))
            return true;
        has_blank |= between.start[i] == ' ';
        has_dash |= between.start[i] != ' ';
    }
    return has_blank && has_dash;
}

/* The words after a label such as "Objective"; the same words when they begin with none. */
static struct slice skip_label(struct slice words, bool *out_labelled)
{
    static const char *const labels[] = { "equality objective",
                                          "strategic objective",
                                          "corporate equality objective",
                                          "objective",
                                          "theme",
                                          "strategic aim",
                                          "aim",
                                          "goal" };
    *out_labelled = false;
    for (size_t i = 0; i < ARRAY_COUNT(labels); i++) {
        struct slice rest = slice_from(words, strlen(labels[i]));
        if (!slice_starts_folded(words, labels[i]))
            continue;
        struct slice number = slice_trim(rest);
        *out_labelled = number.length == 0 || isdigit((unsigned char)number.start[0]) ||
                        (rest.start[0] != ' ' && skip_separators(rest).start != rest.start) ||
                        skip_separators(number).start != number.start;
        return *out_labelled ? number : words;
    }
    return words;
}

struct objective_words objective_words_read(struct slice words)
{
    bool labelled = false;
    struct slice rest = skip_label(slice_trim(words), &labelled);
    struct objective_words read = { 0, slice_trim(rest) };
    size_t digits = 0;
    while (digits < rest.length && isdigit((unsigned char)rest.start[digits]))
        digits++;
    struct slice after = slice_from(rest, digits), title = skip_separators(after);
    struct slice between = slice_first(after, after.length - title.length);
    bool parted = after.length == 0 || labelled || is_parting(between);
    if (digits > 0 && digits <= NUMBER_MOST_DIGITS && parted &&
        slice_integer(slice_first(rest, digits), &read.number))
        read.title = slice_trim(title);
    else if (labelled)
        read.title = slice_trim(skip_separators(rest));
    return read;
}

enum status import_find_objective(struct work *work, struct import_context *context,
                                  struct objective_words words, int64_t *out_scheme,
                                  int64_t *out_id)
{
    *out_id = INTEGER_MISSING;
    enum status status = context_scheme(work, context, out_scheme);
    if (status != STATUS_OK || *out_scheme == INTEGER_MISSING)
        return status;
    if (words.title.length > 0)
        return text_store_objective(work, *out_scheme, slice_copy(work->arena, words.title),
                                    out_id);
    return text_store_objective_numbered(work, *out_scheme, words.number, out_id);
}

enum status import_make_objective(struct work *work, struct import_context *context,
                                  struct objective_words words, int64_t scheme, int64_t *out_id)
{
    struct objective *objective = entity_row(work->arena, &objective_entity);
    const char *scheme_code = NULL;
    bool done = false;
    int64_t taken = 0;
    enum status status = STATUS_OK;
    if (words.number > 0)
        status = text_store_objective_numbered(work, scheme, words.number, &taken);
    objective->number = words.number;
    if (status == STATUS_OK && taken != INTEGER_MISSING)
        status = text_store_next_objective(work, scheme, &objective->number);
    if (status == STATUS_OK)
        status = reference_code(work, context->references, &scheme_entity, scheme, &scheme_code);
    if (status != STATUS_OK)
        return status;
    objective->scheme = scheme;
    objective->title = slice_copy(work->arena, words.title);
    objective->code = arena_format(work->arena, "%s-%" PRId64, scheme_code, objective->number);
    status = context_put(work, context, &objective_entity, objective, &done);
    if (done)
        *out_id = objective->id;
    return status;
}
