#include "service/ledger.h"

#include <assert.h>
#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "attack/tables_file.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "base/banned.h"

#define MOST_BYTES ((size_t)2 << 30)
#define HASH_BEGINS ",\"hash\":\""
enum { HASH_ENDS = sizeof "\"}" - 1 };

struct ledger ledger_new(struct arena *arena)
{
    return (struct ledger){ .published = published_new(arena) };
}

bool ledger_is_name(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)name[i]) && !strchr("-_.", name[i]))
            return false;
    return length > 0 && length <= LEDGER_LONGEST_NAME;
}

/* The hash of a line: of the one before it and of its own text up to the hash. */
static void line_hash(const char *before, struct slice text, char out_hash[HASH_TEXT_LENGTH + 1])
{
    struct hash hash = hash_new();
    hash_add(&hash, slice_of(before));
    hash_add(&hash, text);
    hash_end(&hash, out_hash);
}

static enum status bad_line(struct work *work, const char *name, int64_t number, const char *what)
{
    return work_fail(work, STATUS_INPUT, "%s, line %lld: %s.", name, (long long)number, what);
}

/* The line's own text, after proving that its hash follows from the one before. */
static bool check_chain(struct ledger *ledger, struct slice line)
{
    size_t tail = sizeof HASH_BEGINS - 1 + HASH_TEXT_LENGTH + HASH_ENDS;
    char hash[HASH_TEXT_LENGTH + 1];
    if (line.length <= tail)
        return false;
    struct slice text = slice_first(line, line.length - tail), end = slice_from(line, text.length);
    line_hash(ledger->hash, text, hash);
    if (!slice_starts(end, HASH_BEGINS) ||
        memcmp(end.start + sizeof HASH_BEGINS - 1, hash, HASH_TEXT_LENGTH) != 0)
        return false;
    memcpy(ledger->hash, hash, sizeof hash);
    return true;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* The release that a line belongs to: the last one, or a new one behind it. */
static struct ledger_release *release_of(struct ledger *ledger, const json_t *object)
{
    struct arena *arena = ledger->published.arena;
    size_t count = ledger->releases.count;
    struct ledger_release *last = count ? ledger->releases.items[count - 1] : NULL;
    const char *name = text_of(object, "release");
    if (last && strcmp(last->name, name) == 0)
        return last;
    struct ledger_release *release = arena_new_of(arena, struct ledger_release);
    *release = (struct ledger_release){
        .name = arena_copy_text(arena, name),
        .released = arena_copy_text(arena, text_of(object, "released")),
        .by = arena_copy_text(arena, text_of(object, "by")),
        .population = arena_copy_text(arena, text_of(object, "population")),
        .definition = arena_copy_text(arena, text_of(object, "definition")),
        .period = arena_copy_text(arena, text_of(object, "period")),
        .method = arena_copy_text(arena, text_of(object, "method")),
        .threshold = json_integer_value(json_object_get(object, "threshold")),
        .first = ledger->published.cell_count,
        .end = ledger->published.cell_count,
        .first_table = ledger->published.table_count,
        .table_end = ledger->published.table_count,
    };
    list_add(arena, &ledger->releases, release);
    return release;
}

/* What a figure says beside its interval: shown, hidden, in a band. */
static enum cell_state state_of(struct slice shown, int64_t most)
{
    int64_t number;
    if (slice_integer(shown, &number))
        return CELL_SHOWN;
    if (slice_is(shown, "[z]"))
        return CELL_KNOWN;
    if (slice_is(shown, "[x]"))
        return CELL_UNPUBLISHED;
    return most == PUZZLE_UNBOUNDED ? CELL_SECONDARY : CELL_PRIMARY;
}

static bool take_categories(struct published *published, json_t *categories,
                            struct published_cell *cell)
{
    const char *key;
    json_t *label;
    json_object_foreach(categories, key, label)
    {
        if (cell->category_count == PUBLISHED_MOST_VARIABLES || !json_is_string(label))
            return false;
        cell->categories[cell->category_count++] = (struct category){
            published_word(published, slice_of(key)),
            published_word(published, slice_of(json_string_value(label))),
        };
    }
    return json_is_object(categories);
}

/* Adds the cell of a line; false when something is missing. */
static bool take_cell(struct ledger *ledger, const json_t *object, int32_t *table)
{
    struct published *published = &ledger->published;
    const json_t *least = json_object_get(object, "least"), *most = json_object_get(object, "most");
    struct published_cell cell = {
        .population = published_word(published, slice_of(text_of(object, "population"))),
        .period = published_word(published, slice_of(text_of(object, "period"))),
        .table_name = published_word(published, slice_of(text_of(object, "table"))),
        .shown = published_word(published, slice_of(text_of(object, "shown"))),
        .least = json_integer_value(least),
        .most = json_is_null(most) ? PUZZLE_UNBOUNDED : json_integer_value(most),
    };
    bool is_whole = json_is_integer(least) && (json_is_null(most) || json_is_integer(most)) &&
                    cell.least >= 0 && cell.least <= cell.most && cell.most <= PUZZLE_UNBOUNDED;
    if (!is_whole || !*text_of(object, "release") || !*text_of(object, "shown") ||
        !take_categories(published, json_object_get(object, "cell"), &cell))
        return false;
    size_t releases = ledger->releases.count;
    struct ledger_release *release = release_of(ledger, object);
    cell.state = state_of(slice_of(text_of(object, "shown")), cell.most);
    if (releases != ledger->releases.count || cell.table_name != *table)
        published_add_table(published);
    *table = cell.table_name;
    published_add_cell(published, &cell);
    release->end = published->cell_count;
    release->table_end = published->table_count;
    return true;
}

enum status ledger_parse(struct work *work, const char *name, struct slice lines,
                         struct ledger *ledger)
{
    struct slice line;
    int64_t number = 0;
    int32_t table = -1;
    while (slice_split(&lines, '\n', &line)) {
        number++;
        if (slice_trim(line).length == 0)
            continue;
        if (!check_chain(ledger, line))
            return bad_line(work, name, number,
                            "its hash does not follow from the lines before, so this line or one "
                            "before it was changed; bring the ledger back from a backup");
        json_t *object = json_loadb(line.start, line.length, JSON_REJECT_DUPLICATES, NULL);
        bool is_cell = json_is_object(object) && take_cell(ledger, object, &table);
        json_decref(object);
        if (!is_cell)
            return bad_line(work, name, number,
                            "a released cell has release, population, period, cell, shown, least "
                            "and most");
    }
    return STATUS_OK;
}

enum status ledger_read(struct work *work, const char *path, struct ledger *out_ledger)
{
    struct ledger ledger = ledger_new(work->arena);
    struct slice bytes;
    enum status status = STATUS_OK;
    if (file_exists(path)) {
        status = file_read(work, path, MOST_BYTES, &bytes);
        if (status == STATUS_OK)
            status = ledger_parse(work, path, bytes, &ledger);
    }
    if (status == STATUS_OK)
        *out_ledger = ledger;
    return status;
}

/* Opens a release at the ledger's end; its name must be new. */
static enum status open_release(struct work *work, const struct ledger *ledger,
                                const struct ledger_release *about,
                                struct ledger_release **out_release)
{
    const struct published *published = &ledger->published;
    struct ledger_release *release = arena_new_of(published->arena, struct ledger_release);
    for (size_t i = 0; i < ledger->releases.count; i++) {
        const struct ledger_release *other = ledger->releases.items[i];
        if (strcmp(other->name, about->name) == 0)
            return work_fail(
                work, STATUS_CONFLICT,
                "There is a release \"%.60s\" already; choose another name, also for a "
                "revision.",
                about->name);
    }
    *release = *about;
    release->first = published->cell_count;
    release->first_table = published->table_count;
    *out_release = release;
    return STATUS_OK;
}

static enum status close_release(struct work *work, struct ledger *ledger,
                                 struct ledger_release *release)
{
    struct published *published = &ledger->published;
    assert(release); /* opened by open_release */
    release->end = published->cell_count;
    release->table_end = published->table_count;
    if (release->end == release->first)
        return work_fail(work, STATUS_INPUT,
                         "The tables hold no figure; there is nothing to "
                         "release.");
    list_add(published->arena, &ledger->releases, release);
    return STATUS_OK;
}

enum status ledger_take(struct work *work, struct ledger *ledger,
                        const struct ledger_release *about, const struct figure_rule *rule,
                        const char *const *files, size_t file_count)
{
    struct ledger_release *release = NULL;
    const struct tables_context context = { about->population, about->period, *rule };
    enum status status = open_release(work, ledger, about, &release);
    for (size_t i = 0; status == STATUS_OK && i < file_count; i++)
        status = tables_file_read(work, files[i], &context, &ledger->published);
    return status == STATUS_OK ? close_release(work, ledger, release) : status;
}

enum status ledger_take_csv(struct work *work, struct ledger *ledger,
                            const struct ledger_release *about, const struct figure_rule *rule,
                            struct slice csv)
{
    struct ledger_release *release = NULL;
    const struct tables_context context = { about->population, about->period, *rule };
    enum status status = open_release(work, ledger, about, &release);
    if (status == STATUS_OK)
        status = tables_file_parse(work, "the tables", csv, &context, &ledger->published);
    return status == STATUS_OK ? close_release(work, ledger, release) : status;
}

static json_t *line_object(const struct published *published, const struct ledger_release *release,
                           const struct published_cell *cell)
{
    json_t *categories = json_object();
    for (int32_t i = 0; i < cell->category_count; i++)
        json_object_set_new(categories, published_word_of(published, cell->categories[i].variable),
                            json_string(published_word_of(published, cell->categories[i].label)));
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:I, s:s, s:I, s:o}", "release",
                     release->name, "released", release->released, "by", release->by, "population",
                     published_word_of(published, cell->population), "definition",
                     release->definition, "period", published_word_of(published, cell->period),
                     "table", published_word_of(published, cell->table_name), "cell", categories,
                     "method", release->method, "threshold", (json_int_t)release->threshold,
                     "shown", published_word_of(published, cell->shown), "least",
                     (json_int_t)cell->least, "most",
                     cell->most == PUZZLE_UNBOUNDED ? json_null() : json_integer(cell->most));
}

struct slice ledger_lines(struct work *work, struct ledger *ledger,
                          const struct ledger_release *release)
{
    struct text lines = text_new(work->arena, MOST_BYTES);
    for (size_t i = release->first; i < release->end; i++) {
        json_t *object = line_object(&ledger->published, release, &ledger->published.cells[i]);
        char *bytes = json_dumps(object, JSON_COMPACT);
        json_decref(object);
        if (!bytes)
            abort(); /* out of memory, as in arenas */
        struct slice text = slice_first(slice_of(bytes), strlen(bytes) - 1);
        line_hash(ledger->hash, text, ledger->hash);
        text_add_slice(&lines, text);
        text_add_format(&lines, HASH_BEGINS "%s\"}\n", ledger->hash);
        free(bytes);
    }
    return text_slice(&lines);
}
