/* Reads the input as the filter of a recipe. What is read has terms within the limits, each with
 * something to meet; a label meets a term or its contrary, never both. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "service/recipe_filter.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2026-11-25T09:00:00Z", .user = "fuzz" };
    struct recipe_filter filter;
    const char *text = arena_copy(arena, (const char *)data, size);
    if (recipe_filter_read(&work, text, &filter) != STATUS_OK) {
        assert(work.status == STATUS_INPUT && work.error[0]);
        return 0;
    }
    assert(filter.count <= FILTER_MOST_TERMS);
    for (size_t i = 0; i < filter.count; i++) {
        struct filter_term *term = &filter.terms[i];
        assert(term->column[0] && (term->group || term->is_answered || term->value_count > 0));
        bool meets = recipe_filter_meets(term, NULL, SLICE("W1"));
        term->is_not = !term->is_not;
        assert(recipe_filter_meets(term, NULL, SLICE("W1")) != meets);
    }
    return 0;
}
