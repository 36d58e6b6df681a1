#include "store/ledger_store.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "store/rows.h"
#include "base/banned.h"

static const char latest_sql[] =
    "SELECT chain_hash FROM disclosure_release ORDER BY id DESC LIMIT 1";

static const char of_periods_sql[] =
    "SELECT r.code, r.period, r.body, COALESCE((SELECT b.chain_hash FROM disclosure_release b "
    "WHERE b.id < r.id ORDER BY b.id DESC LIMIT 1), '') FROM disclosure_release r "
    "WHERE r.period = $1 OR r.period = $2 ORDER BY r.id";

/* A word stands in the name, in who, whom, when and how, or in the cells: their labels too. */
#define HOLDS(word)                                                                                \
    "(CAST(" word " AS text) IS NULL OR lower(r.code || ' ' || r.population || ' ' || r.period "   \
    "|| ' ' || r.method || ' ' || r.released_by || ' ' || r.released_at || ' ' || r.body) LIKE "   \
    "'%' || lower(" word ") || '%' ESCAPE '\\')"

static const char search_sql[] =
    "SELECT r.code, r.population, r.period, r.method, r.threshold, r.cells, r.released_at, "
    "r.released_by FROM disclosure_release r WHERE " HOLDS("$1") " AND " HOLDS("$2") " AND " HOLDS(
        "$3") " AND (CAST($4 AS text) IS NULL OR r.period = $4) ORDER BY r.id DESC";
static const char find_sql[] =
    "SELECT r.code, r.period, r.body, COALESCE((SELECT b.chain_hash FROM disclosure_release b "
    "WHERE b.id < r.id ORDER BY b.id DESC LIMIT 1), '') FROM disclosure_release r "
    "WHERE r.code = $1";
static const char about_sql[] =
    "SELECT r.code, r.population, r.definition, r.period, r.method, r.threshold, r.cells, "
    "r.released_at, r.released_by, r.chain_hash, r.tables, r.report FROM disclosure_release r "
    "WHERE r.code = $1";

const char *const ledger_statements[] = { latest_sql, of_periods_sql, search_sql,
                                          find_sql,   about_sql,      NULL };

static const struct row_column stored_columns[] = { ROW_COLUMN(ledger_stored, code),
                                                    ROW_COLUMN(ledger_stored, period),
                                                    ROW_COLUMN(ledger_stored, body),
                                                    ROW_COLUMN(ledger_stored, hash_before) };

static const struct row_reading read_stored = ROW_READING(ledger_stored, NULL, stored_columns,
                                                          of_periods_sql);

enum status ledger_store_of_periods(struct work *work, const char *period, const char *year,
                                    struct list *out_releases)
{
    return rows_read(work, &read_stored, PARAMETERS(parameter_text(period), parameter_text(year)),
                     out_releases);
}

enum status ledger_store_latest(struct work *work, const char **out_hash)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, latest_sql, NULL, 0, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_END)
        *out_hash = "";
    else if (status == STATUS_OK)
        *out_hash = arena_copy_text(work->arena, cursor_text(cursor, 0));
    return status == STATUS_END ? STATUS_OK : status;
}

static const struct row_column search_columns[] = {
    ROW_COLUMN(disclosure_release, code),        ROW_COLUMN(disclosure_release, population),
    ROW_COLUMN(disclosure_release, period),      ROW_COLUMN(disclosure_release, method),
    ROW_COLUMN(disclosure_release, threshold),   ROW_COLUMN(disclosure_release, cells),
    ROW_COLUMN(disclosure_release, released_at), ROW_COLUMN(disclosure_release, released_by),
};

static const struct row_reading read_found = ROW_READING(
    disclosure_release, &disclosure_release_entity, search_columns, search_sql);

static const struct row_column about_columns[] = {
    ROW_COLUMN(disclosure_release, code),        ROW_COLUMN(disclosure_release, population),
    ROW_COLUMN(disclosure_release, definition),  ROW_COLUMN(disclosure_release, period),
    ROW_COLUMN(disclosure_release, method),      ROW_COLUMN(disclosure_release, threshold),
    ROW_COLUMN(disclosure_release, cells),       ROW_COLUMN(disclosure_release, released_at),
    ROW_COLUMN(disclosure_release, released_by), ROW_COLUMN(disclosure_release, chain_hash),
    ROW_COLUMN(disclosure_release, tables),      ROW_COLUMN(disclosure_release, report),
};

static const struct row_reading read_about = ROW_READING(
    disclosure_release, &disclosure_release_entity, about_columns, about_sql);

static const struct row_reading read_one = ROW_READING(ledger_stored, NULL, stored_columns,
                                                       find_sql);

/* A word with what LIKE would take for a wildcard escaped; NULL stays NULL. */
static struct parameter like_word(struct work *work, const char *word)
{
    if (!word)
        return parameter_text(NULL);
    struct text text = text_new(work->arena, 2 * strlen(word) + 1);
    for (const char *at = word; *at; at++) {
        if (*at == '%' || *at == '_' || *at == '\\')
            text_add(&text, "\\");
        text_add_character(&text, *at);
    }
    return parameter_text(text.bytes);
}

enum status ledger_store_search(struct work *work, const struct ledger_filter *filter,
                                struct list *out_releases)
{
    return rows_read(work, &read_found,
                     PARAMETERS(like_word(work, filter->words[0]),
                                like_word(work, filter->words[1]),
                                like_word(work, filter->words[2]), parameter_text(filter->period)),
                     out_releases);
}

enum status ledger_store_find(struct work *work, const char *code,
                              struct disclosure_release *out_release,
                              struct ledger_stored *out_stored)
{
    struct disclosure_release *release = NULL;
    struct ledger_stored *stored = NULL;
    enum status status = rows_read_one(work, &read_about, PARAMETERS(parameter_text(code)),
                                       &release);
    if (status == STATUS_OK && release)
        status = rows_read_one(work, &read_one, PARAMETERS(parameter_text(code)), &stored);
    if (status != STATUS_OK)
        return status;
    if (!release || !stored)
        return work_fail(work, STATUS_NOT_FOUND, "There is no release \"%.60s\".", code);
    *out_release = *release;
    *out_stored = *stored;
    return STATUS_OK;
}
