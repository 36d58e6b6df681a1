/* Search over what is on record. */
#include "service/search.h"

#include "base/arena.h"
#include "base/period.h"
#include "base/text.h"
#include "web/form.h"
#include "web/localise.h"
#include "web/pages/pages.h"
#include "web/routes.h"
#include "base/banned.h"

enum { QUERY_LONGEST = 400, PIECES_MOST = 100, FOUND_LONGEST = 64 * 1024 };

/* The words found, in pieces: each is plain or one that was looked for. */
static json_t *pieces_of(const char *found)
{
    json_t *pieces = json_array();
    struct slice rest = slice_of(found ? found : "");
    bool is_marked = false;
    while (rest.length > 0 && json_array_size(pieces) < PIECES_MOST) {
        struct slice piece;
        (void)slice_split(&rest, is_marked ? SEARCH_ENDS[0] : SEARCH_BEGINS[0], &piece);
        if (piece.length > 0)
            json_array_append_new(pieces, json_pack("{s:s%, s:b}", "words", piece.start,
                                                    piece.length, "isMarked", is_marked));
        is_marked = !is_marked;
    }
    return pieces;
}

/* Where it stands: for a row of a return the period, else nothing; codes say nothing to a reader.
 */
static json_t *context_of(struct work *work, const struct call *call, const struct search_hit *hit)
{
    struct slice rest = slice_of(hit->path), part = { NULL, 0 }, code = { NULL, 0 };
    struct period period;
    while (slice_split(&rest, '/', &part))
        if (slice_split(&part, '#', &code) && period_read(code, &period))
            return json_string(localise_period(work, call, period_print_long(work->arena, period)));
    return json_null();
}

/* Whether the words found say more than the title does. */
static bool says_more(struct arena *arena, const struct search_hit *hit)
{
    struct text plain = text_new(arena, FOUND_LONGEST);
    for (const char *at = hit->found ? hit->found : ""; *at; at++)
        if (*at != SEARCH_BEGINS[0] && *at != SEARCH_ENDS[0])
            text_add_character(&plain, *at);
    return !slice_is(text_slice(&plain), hit->title) && !slice_is(text_slice(&plain), hit->code);
}

enum status page_search(struct work *work, const struct call *call, struct page *out_page)
{
    struct list hits = { 0 };
    const char *query = request_query(call->request, "q");
    struct slice words = slice_first(slice_of(query ? query : ""), QUERY_LONGEST);
    query = slice_is_utf8(words) ? slice_copy(work->arena, slice_trim(words)) : "";
    enum status status = search_find(work, query, &hits);
    if (status != STATUS_OK)
        return status;
    json_t *shown = json_array();
    for (size_t i = 0; i < hits.count; i++) {
        const struct search_hit *hit = hits.items[i];
        const char *found = says_more(work->arena, hit) ? hit->found : NULL;
        json_array_append_new(shown,
                              json_pack("{s:s, s:s, s:o, s:s, s:s, s:o}", "kind",
                                        call_words(call, search_kind_words(hit->kind)), "code",
                                        hit->code, "context", context_of(work, call, hit), "title",
                                        hit->title, "href", hit->path, "found", pieces_of(found)));
    }
    json_t *model = json_pack("{s:s, s:I, s:b, s:o, s:o}", "query", query, "count",
                              (json_int_t)hits.count, "isAsked", *query != 0, "hits", shown,
                              "submit", form_button(call_words(call, WORDS("Search")), NULL));
    json_object_set_new(
        model, "field",
        form_field(&(struct form_field){ .name = "q",
                                         .label = call_words(call, WORDS("What are you looking "
                                                                         "for")),
                                         .hint = call_words(call, WORDS("All of the words are "
                                                                        "looked for; the last may "
                                                                        "be the beginning of one")),
                                         .value = query,
                                         .type = "search" },
                   NULL));
    *out_page = (struct page){ .template = "pages/search.html",
                               .title = call_words(call, WORDS("Search")),
                               .model = model };
    return STATUS_OK;
}
