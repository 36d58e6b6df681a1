#include "store/search_store.h"

#include <ctype.h>

#include "base/arena.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/rows.h"
#include "store/store_engine.h"
#include "base/banned.h"

enum { QUERY_MOST = 2000 };

/* kind, code, title, words, path */
#define ON_RECORD                                                                                  \
    "SELECT 'scheme' AS kind, s.code AS code, s.title AS title, COALESCE(s.vision, '') || ' ' || " \
    "COALESCE(s.summary, '') AS words, '/plan/' || s.code AS path FROM scheme s "                  \
    "UNION ALL SELECT 'objective', o.code, o.title, COALESCE(o.explanation, ''), "                 \
    "'/plan/' || s.code || '#' || o.code FROM objective o JOIN scheme s ON s.id = o.scheme "       \
    "UNION ALL SELECT 'priority', p.code, p.need, COALESCE(p.reason, ''), "                        \
    "'/plan/' || s.code || '#' || o.code FROM priority p JOIN objective o ON o.id = p.objective "  \
    "JOIN scheme s ON s.id = o.scheme "                                                            \
    "UNION ALL SELECT 'outcome', x.code, x.wording, '', '/plan/' || s.code || '#' || o.code "      \
    "FROM outcome x JOIN priority p ON p.id = x.priority JOIN objective o ON o.id = p.objective "  \
    "JOIN scheme s ON s.id = o.scheme "                                                            \
    "UNION ALL SELECT 'action', a.code, a.wording, COALESCE(a.lead_text, '') || ' ' || "           \
    "COALESCE(a.success_measure, '') || ' ' || COALESCE(a.note, ''), '/actions/' || a.code "       \
    "FROM action a "                                                                               \
    "UNION ALL SELECT 'measure', m.code, m.title, COALESCE(m.numerator_definition, '') || ' ' || " \
    "COALESCE(m.denominator_definition, '') || ' ' || COALESCE(m.population, '') || ' ' || "       \
    "COALESCE(m.note, ''), '/measures/' || m.code FROM measure m "                                 \
    "UNION ALL SELECT 'return_row', d.code, w.reference || ' ' || COALESCE(w.success_criterion, "  \
    "''), "                                                                                        \
    "COALESCE(w.progress, ''), '/returns/' || d.period || '#row-' || w.reference FROM return_row " \
    "w "                                                                                           \
    "JOIN directorate_return d ON d.id = w.directorate_return "                                    \
    "WHERE d.state NOT IN ('due', 'sent-back') "                                                   \
    "UNION ALL SELECT 'document', t.code, t.title, '', '/reports/' || t.code FROM document t "     \
    "WHERE t.state = 'frozen'"

static const char sqlite_tables[] =
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_index USING fts5(kind UNINDEXED, code, title, "
    "words, path UNINDEXED, tokenize = 'porter unicode61', prefix = '2 3');"
    "CREATE TABLE IF NOT EXISTS temp.search_made (event INTEGER);";
static const char sqlite_made[] = "SELECT event FROM temp.search_made";
static const char sqlite_fill[] =
    "INSERT INTO temp.search_index (kind, code, title, words, path) " ON_RECORD;
static const char sqlite_find[] =
    "SELECT kind, code, title, snippet(search_index, -1, char(2), char(3), '…', 24), path "
    "FROM temp.search_index WHERE search_index MATCH $1 "
    "ORDER BY bm25(search_index, 0, 8.0, 4.0, 1.0), kind, code LIMIT 200";

static const char postgres_find[] =
    "SELECT kind, code, title, ts_headline('english', title || ' ' || words, query, "
    "'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxWords=24, MinWords=12, "
    "MaxFragments=1'), path FROM (" ON_RECORD ") AS recorded, to_tsquery('english', $1) AS query "
    "WHERE setweight(to_tsvector('english', code || ' ' || title), 'A') || "
    "to_tsvector('english', words) @@ query "
    "ORDER BY ts_rank(setweight(to_tsvector('english', code || ' ' || title), 'A') || "
    "to_tsvector('english', words), query) DESC, kind, code LIMIT 200";

/* The next run of letters and digits; bytes beyond ASCII are letters. */
static bool next_word(struct slice *rest, struct slice *out_word)
{
    size_t start = 0, end;
    while (start < rest->length && !isalnum((unsigned char)rest->start[start]) &&
           (unsigned char)rest->start[start] < 0x80)
        start++;
    end = start;
    while (end < rest->length &&
           (isalnum((unsigned char)rest->start[end]) || (unsigned char)rest->start[end] >= 0x80))
        end++;
    *out_word = (struct slice){ rest->start + start, end - start };
    *rest = slice_from(*rest, end);
    return out_word->length > 0;
}

/* Every word of the query, the last also as a beginning, in the engine's syntax. Only letters and
 * digits go in, so nothing that a person types is read as syntax. */
static const char *query_of(struct arena *arena, enum engine engine, const char *typed)
{
    struct text query = text_new(arena, QUERY_MOST);
    struct slice rest = slice_of(typed), word;
    for (size_t count = 0; count < SEARCH_MOST_WORDS && next_word(&rest, &word); count++) {
        if (word.length > SEARCH_LONGEST_WORD)
            continue;
        bool is_sqlite = engine == ENGINE_SQLITE;
        text_add(&query, query.length == 0 ? "" : is_sqlite ? " AND " : " & ");
        text_add(&query, is_sqlite ? "\"" : "'");
        text_add_slice(&query, word);
        text_add(&query, is_sqlite ? "\"" : "'");
    }
    if (query.length > 0)
        text_add(&query, engine == ENGINE_SQLITE ? "*" : ":*");
    return query.bytes;
}

static enum status fill_sqlite(struct work *work, int64_t latest)
{
    enum status status = store_run_script(work, "DELETE FROM temp.search_index; "
                                                "DELETE FROM temp.search_made;");
    if (status == STATUS_OK)
        status = store_run(work, sqlite_fill, NULL, 0, NULL);
    if (status == STATUS_OK)
        status = store_run(work, "INSERT INTO temp.search_made VALUES ($1)",
                           PARAMETERS(parameter_integer(latest)), NULL);
    return status;
}

/* A connection that reads may write nothing, not even into its own memory: that is allowed for as
 * long as the index is built. */
static enum status allow_writing(struct work *work, bool allow)
{
    if (work->store->mode != STORE_READ)
        return STATUS_OK;
    return store_run_script(work, allow ? "PRAGMA query_only = OFF" : "PRAGMA query_only = ON");
}

static enum status bring_up_to_date(struct work *work)
{
    int64_t latest = 0, made = INTEGER_MISSING;
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = audit_latest(work, &latest);
    if (status == STATUS_OK)
        status = store_run_script(work, sqlite_tables);
    if (status == STATUS_OK)
        status = store_query(work, sqlite_made, NULL, 0, &cursor);
    if (status == STATUS_OK && cursor_next(cursor) == STATUS_OK)
        made = cursor_integer(cursor, 0);
    cursor_close(cursor);
    cursor = NULL;
    return status == STATUS_OK && made != latest ? fill_sqlite(work, latest) : status;
}

/* Builds the index anew unless it stands for what is on record. */
static enum status index_sqlite(struct work *work)
{
    enum status status = allow_writing(work, true);
    if (status == STATUS_OK)
        status = bring_up_to_date(work);
    enum status again = allow_writing(work, false);
    return status == STATUS_OK ? again : status;
}

static const struct row_column columns[] = {
    ROW_COLUMN(search_hit, kind),  ROW_COLUMN(search_hit, code), ROW_COLUMN(search_hit, title),
    ROW_COLUMN(search_hit, found), ROW_COLUMN(search_hit, path),
};
static const struct row_reading read_sqlite = ROW_READING(search_hit, NULL, columns, sqlite_find);
static const struct row_reading read_postgres = ROW_READING(search_hit, NULL, columns,
                                                            postgres_find);

enum status search_store_find(struct work *work, const char *query, struct list *out_hits)
{
    enum engine engine = store_engine(work->store);
    const char *wanted = query_of(work->arena, engine, query);
    if (!*wanted)
        return STATUS_OK;
    enum status status = engine == ENGINE_SQLITE ? index_sqlite(work) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    return rows_read(work, engine == ENGINE_SQLITE ? &read_sqlite : &read_postgres,
                     PARAMETERS(parameter_text(wanted)), out_hits);
}
