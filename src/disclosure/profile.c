/* Reads the lists strictly: a heading, a number or a word that is not understood stops everything,
 * because a profile that is half understood protects nobody. */
#include "disclosure/profile.h"

#include "base/arena.h"
#include "base/embedded.h"
#include "base/number.h"
#include "base/text.h"
#include "codec/table_reader.h"
#include "base/banned.h"

enum { PROFILE_COLUMNS = 13, SENSITIVE_COLUMNS = 4, LONGEST_LIST = 600 };

static const char *const profile_columns[PROFILE_COLUMNS] = {
    "profile",   "title",         "method",    "threshold", "zeros",      "base",    "percent_base",
    "mean_base", "largest_share", "p_percent", "width",     "restricted", "summary",
};

static const char *const sensitive_columns[SENSITIVE_COLUMNS] = { "role", "label", "rule",
                                                                  "threshold" };

/* The place of a cell among words; -1 when it is none of them. */
static int word_of(struct slice cell, const char *const *words, int count)
{
    for (int i = 0; i < count; i++)
        if (slice_is(cell, words[i]))
            return i;
    return -1;
}

/* An empty cell is missing, which is right only where that has a meaning. */
static bool read_optional(struct slice cell, int64_t *out_number)
{
    int decimals = 0;
    if (cell.length == 0) {
        *out_number = INTEGER_MISSING;
        return true;
    }
    return number_read(cell, out_number, &decimals) && *out_number >= 0;
}

static bool read_profile(struct work *work, const struct slice *cells, struct profiles *profiles)
{
    static const char *const methods[] = {
        [PROFILE_SUPPRESS] = "suppress", [PROFILE_ROUND] = "round",
        [PROFILE_NEAREST] = "nearest",   [PROFILE_CELL_KEY] = "cell-key",
        [PROFILE_ADDITIVE] = "additive", [PROFILE_CONTROLLED] = "controlled",
        [PROFILE_NONE] = "none",
    };
    static const char *const zeros[] = { "hidden", "shown" }, *const yes[] = { "no", "yes" };
    struct profile profile = { .name = slice_copy(work->arena, cells[0]),
                               .title = slice_copy(work->arena, cells[1]),
                               .summary = slice_copy(work->arena, cells[12]) };
    int method = word_of(cells[2], methods, PROFILE_NONE + 1), shown = word_of(cells[4], zeros, 2);
    int restricted = word_of(cells[11], yes, 2);
    if (profiles->count == PROFILE_MOST || method < 0 || shown < 0 || restricted < 0 ||
        !slice_integer(cells[3], &profile.threshold) || !slice_integer(cells[5], &profile.base) ||
        !read_optional(cells[6], &profile.percent_base) ||
        !slice_integer(cells[7], &profile.mean_base) ||
        !read_optional(cells[8], &profile.largest_share) ||
        !read_optional(cells[9], &profile.p_percent))
        return false;
    profile.method = (enum profile_method)method;
    profile.shows_zeros = shown == 1;
    profile.is_restricted = restricted == 1;
    profiles->items[profiles->count++] = profile;
    return true;
}

static bool read_sensitive(struct work *work, const struct slice *cells, struct profiles *profiles)
{
    static const char *const rules[] = { "threshold", "whole-organisation" };
    struct sensitive sensitive = { .role = slice_copy(work->arena, cells[0]),
                                   .label = slice_copy(work->arena, cells[1]) };
    int rule = word_of(cells[2], rules, 2);
    if (profiles->sensitive_count == SENSITIVE_MOST || rule < 0 || cells[0].length == 0 ||
        !slice_integer(cells[3], &sensitive.threshold) || sensitive.threshold < 1)
        return false;
    sensitive.rule = (enum sensitive_rule)rule;
    profiles->sensitive[profiles->sensitive_count++] = sensitive;
    return true;
}

typedef bool read_row(struct work *work, const struct slice *cells, struct profiles *profiles);

struct list_file {
    const char *name;
    const char *const *columns;
    size_t column_count;
    read_row *read;
};

static const struct list_file files[] = {
    { "rules/disclosure/profiles.csv", profile_columns, PROFILE_COLUMNS, read_profile },
    { "rules/disclosure/sensitive.csv", sensitive_columns, SENSITIVE_COLUMNS, read_sensitive },
};

static enum status read_file(struct work *work, const struct list_file *file,
                             struct profiles *profiles)
{
    struct slice bytes;
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    if (!embedded_find(file->name, &bytes))
        return work_fail(work, STATUS_INPUT, "%s is not built into the program; build it again.",
                         file->name);
    enum status status = table_reader_open_bytes(work, file->name, bytes, NULL, &reader);
    bool is_heading = true;
    while (status == STATUS_OK && (status = table_reader_next(reader, &row)) == STATUS_OK) {
        bool is_sound = row.count == file->column_count;
        for (size_t i = 0; is_sound && is_heading && i < row.count; i++)
            is_sound = slice_is(row.cells[i], file->columns[i]);
        if (is_sound && !is_heading)
            is_sound = file->read(work, row.cells, profiles);
        if (!is_sound)
            return work_fail(work, STATUS_INPUT, "%s, row %lld, is not understood.", file->name,
                             (long long)row.number);
        is_heading = false;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

enum status profiles_load(struct work *work, const struct profiles **out_profiles)
{
    struct profiles *profiles = arena_new_of(work->arena, struct profiles);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        enum status status = read_file(work, &files[i], profiles);
        if (status != STATUS_OK)
            return status;
    }
    *out_profiles = profiles;
    return STATUS_OK;
}

enum status profile_find(struct work *work, const struct profiles *profiles, const char *name,
                         struct profile *out_profile)
{
    struct text names = text_new(work->arena, LONGEST_LIST);
    for (size_t i = 0; i < profiles->count; i++) {
        if (slice_is(slice_of(name), profiles->items[i].name)) {
            *out_profile = profiles->items[i];
            return STATUS_OK;
        }
        text_add_format(&names, "%s%s", i ? ", " : "", profiles->items[i].name);
    }
    return work_fail(work, STATUS_USAGE, "There is no profile \"%.40s\"; there are %s.", name,
                     names.bytes);
}

enum status profile_raise(struct work *work, struct profile *profile, int64_t threshold)
{
    if (profile->threshold == 0)
        return work_fail(work, STATUS_REFUSED,
                         "The profile %s has no threshold that could be raised.", profile->name);
    if (threshold < profile->threshold)
        return work_fail(work, STATUS_REFUSED,
                         "The profile %s hides counts below %lld; that can be raised, not lowered.",
                         profile->name, (long long)profile->threshold);
    profile->threshold = threshold;
    return STATUS_OK;
}

bool profiles_whole_only(const struct profiles *profiles, const char *role)
{
    for (size_t i = 0; i < profiles->sensitive_count; i++)
        if (profiles->sensitive[i].rule == SENSITIVE_WHOLE_ORGANISATION &&
            slice_is(slice_of(role), profiles->sensitive[i].role))
            return true;
    return false;
}

bool profile_moves_counts(const struct profile *profile)
{
    return profile->method == PROFILE_CELL_KEY || profile->method == PROFILE_ADDITIVE ||
           profile->method == PROFILE_CONTROLLED;
}

int64_t profile_round(int64_t base, int64_t count)
{
    return base == 0 ? count : (2 * count + base) / (2 * base) * base;
}
