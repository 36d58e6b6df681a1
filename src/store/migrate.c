/* Numbered migrations. A file holds plain SQL in which type words ($id $integer $real $text $bytes
 * $strict) stand for what each engine calls them; from a line `-- sqlite:` or `-- postgresql:` on,
 * until `-- both:`, it is for that engine alone. */
#include "store/migrate.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/store_engine.h"
#include "base/banned.h"

#define MIGRATIONS "src/store/migrations/"

enum { SCRIPT_MOST = 1024 * 1024, NUMBER_DIGITS = 4 };

static const char create_ledger[] = "CREATE TABLE IF NOT EXISTS migration ("
                                    " number $integer NOT NULL PRIMARY KEY,"
                                    " name $text NOT NULL,"
                                    " hash $text NOT NULL,"
                                    " at $text NOT NULL"
                                    ") $strict;";

static const char select_version[] = "SELECT coalesce(max(number), 0) FROM migration";
static const char insert_migration[] =
    "INSERT INTO migration (number, name, hash, at) VALUES ($1, $2, $3, $4)";

const char *const migrate_statements[] = { select_version, insert_migration, NULL };

struct word {
    const char *word, *meaning;
};

/* Replaces the type words at the start of `rest`, which begins with a dollar. */
static void add_word(struct text *text, struct slice *rest, const struct store_engine *engine)
{
    const struct word words[] = {
        { "$id", engine->word_id },       { "$integer", engine->word_integer },
        { "$real", engine->word_real },   { "$text", engine->word_text },
        { "$bytes", engine->word_bytes }, { "$strict", engine->word_strict },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_starts(*rest, words[i].word)) {
            text_add(text, words[i].meaning);
            *rest = slice_from(*rest, strlen(words[i].word));
            return;
        }
    assert(false && "a migration has a type word that is not known");
}

/* Whether lines after this one are for the engine; other lines leave it as it was. */
static bool section(struct slice line, enum engine engine, bool before)
{
    line = slice_trim(line);
    if (slice_is(line, "-- both:"))
        return true;
    if (slice_is(line, "-- sqlite:"))
        return engine == ENGINE_SQLITE;
    if (slice_is(line, "-- postgresql:"))
        return engine == ENGINE_POSTGRESQL;
    return before;
}

/* The file as the engine wants it. */
static const char *translate(struct arena *arena, const struct store_engine *engine,
                             struct slice script)
{
    struct text text = text_new(arena, SCRIPT_MOST);
    struct slice line;
    bool is_wanted = true;
    while (slice_split(&script, '\n', &line)) {
        is_wanted = section(line, engine->kind, is_wanted);
        if (!is_wanted || slice_starts(slice_trim(line), "--"))
            continue;
        for (ptrdiff_t place; (place = slice_find(line, "$")) >= 0;) {
            text_add_slice(&text, slice_first(line, (size_t)place));
            line = slice_from(line, (size_t)place);
            add_word(&text, &line, engine);
        }
        text_add_slice(&text, line);
        text_add_character(&text, '\n');
    }
    assert(!text.is_full);
    return text.bytes;
}

static int64_t number_of(const struct embedded_file *file)
{
    int64_t number = 0;
    struct slice name = slice_from(slice_of(file->name), sizeof MIGRATIONS - 1);
    bool is_number = slice_integer(slice_first(name, NUMBER_DIGITS), &number);
    assert(is_number && slice_starts(slice_from(name, NUMBER_DIGITS), "_"));
    return number;
}

int64_t migrate_newest(void)
{
    int64_t newest = 0;
    size_t index = 0;
    for (const struct embedded_file *file; (file = embedded_next(MIGRATIONS, &index));)
        newest = number_of(file);
    return newest;
}

/* The only number that a statement gives. */
static enum status query_number(struct work *work, const char *sql,
                                const struct parameter *parameters, size_t count,
                                int64_t *out_number)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, sql, parameters, count, &cursor);
    if (status != STATUS_OK)
        return status;
    status = cursor_next(cursor);
    if (status == STATUS_OK)
        *out_number = cursor_integer(cursor, 0);
    return status == STATUS_END ? STATUS_OK : status;
}

enum status migrate_version(struct work *work, int64_t *out_version)
{
    int64_t exists = 0, version = 0;
    enum status status = query_number(work, work->store->engine->table_exists,
                                      PARAMETERS(parameter_text("migration")), &exists);
    if (status == STATUS_OK && exists)
        status = query_number(work, select_version, NULL, 0, &version);
    if (status != STATUS_OK)
        return status;
    *out_version = version;
    return STATUS_OK;
}

static enum status refuse_newer(struct work *work, int64_t version)
{
    return work_fail(work, STATUS_STORAGE,
                     "%s was made by a newer program (schema %lld, this program knows %lld); use "
                     "that program, or install its version here.",
                     store_name(work->store), (long long)version, (long long)migrate_newest());
}

enum status migrate_check(struct work *work)
{
    int64_t version = 0;
    enum status status = migrate_version(work, &version);
    if (status != STATUS_OK)
        return status;
    if (version == 0)
        return work_fail(work, STATUS_REFUSED,
                         "%s holds no Due Regard data yet; make it with `dueregard init`.",
                         store_name(work->store));
    if (version > migrate_newest())
        return refuse_newer(work, version);
    if (version < migrate_newest())
        return work_fail(work, STATUS_STORAGE,
                         "%s was made by an older program (schema %lld, this program needs %lld); "
                         "bring it up to date with `dueregard migrate`.",
                         store_name(work->store), (long long)version, (long long)migrate_newest());
    return STATUS_OK;
}

/* Before the first migration the schema must be empty: nothing of others is mixed with ours. */
static enum status check_empty(struct work *work)
{
    int64_t tables = 0;
    enum status status = query_number(work, work->store->engine->table_count, NULL, 0, &tables);
    if (status != STATUS_OK || tables == 0)
        return status;
    return work_fail(work, STATUS_REFUSED,
                     "%s holds tables of another program; give an empty database, or a schema of "
                     "its own.",
                     store_name(work->store));
}

/* Inside a transaction: applies the file unless somebody else just did. */
static enum status apply(struct work *work, const struct embedded_file *file, bool *out_applied)
{
    const struct store_engine *engine = work->store->engine;
    struct slice script = { (const char *)file->bytes, file->size };
    int64_t version = 0;
    enum status status = migrate_version(work, &version);
    if (status == STATUS_OK && version == 0)
        status = check_empty(work);
    if (status != STATUS_OK || version >= number_of(file))
        return status;
    status = store_run_script(work, translate(work->arena, engine, slice_of(create_ledger)));
    if (status == STATUS_OK)
        status = store_run_script(work, translate(work->arena, engine, script));
    if (status != STATUS_OK)
        return status;
    char hash[HASH_TEXT_LENGTH + 1];
    hash_of(script, hash);
    status = store_run(work, insert_migration,
                       PARAMETERS(parameter_integer(number_of(file)),
                                  parameter_text(file->name + sizeof MIGRATIONS - 1),
                                  parameter_text(hash), parameter_text(work->now)),
                       NULL);
    *out_applied = status == STATUS_OK;
    return status;
}

enum status migrate_up(struct work *work, int64_t *out_applied)
{
    int64_t version = 0, applied = 0;
    enum status status = migrate_version(work, &version);
    if (status == STATUS_OK && version > migrate_newest())
        status = refuse_newer(work, version);
    size_t index = 0;
    for (const struct embedded_file *file;
         status == STATUS_OK && (file = embedded_next(MIGRATIONS, &index));) {
        if (number_of(file) <= version)
            continue;
        bool is_applied = false;
        status = store_begin(work);
        if (status != STATUS_OK)
            return status;
        status = apply(work, file, &is_applied);
        if (status == STATUS_OK)
            status = store_commit(work);
        else
            store_rollback(work);
        applied += status == STATUS_OK && is_applied;
    }
    if (status == STATUS_OK)
        *out_applied = applied;
    return status;
}
