#include "attack/profile_rule.h"

#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "codec/table_reader.h"
#include "base/banned.h"

#define PROFILES "rules/disclosure/profiles.csv"

enum place { NAME, METHOD, THRESHOLD, ZEROS, BASE, WIDTH, PLACES };
enum { MISSING = -1 };

/* The columns that matter here, by their headings. */
static void find_columns(const struct table_row *heading, int *out_places)
{
    static const char *const names[PLACES] = { "profile", "method", "threshold",
                                               "zeros",   "base",   "width" };
    for (int place = 0; place < PLACES; place++) {
        out_places[place] = MISSING;
        for (size_t i = 0; i < heading->count; i++)
            if (slice_is(heading->cells[i], names[place]))
                out_places[place] = (int)i;
    }
}

static bool read_rule(const struct table_row *row, const int *places, struct profile_rule *out_rule)
{
    struct slice cells[PLACES];
    struct profile_rule rule = { 0 };
    int64_t base = 0;
    for (int place = 0; place < PLACES; place++) {
        if (places[place] == MISSING || (size_t)places[place] >= row->count)
            return false;
        cells[place] = row->cells[places[place]];
    }
    if (!slice_integer(cells[THRESHOLD], &rule.threshold) || !slice_integer(cells[BASE], &base) ||
        !slice_integer(cells[WIDTH], &rule.width) || rule.width < 1)
        return false;
    rule.shows_zeros = slice_is(cells[ZEROS], "shown");
    bool has_band = slice_is(cells[METHOD], "round");
    if (has_band || slice_is(cells[METHOD], "nearest"))
        rule.rounding = base;
    rule.band = has_band ? rule.threshold : 0;
    *out_rule = rule;
    return true;
}

static enum status use(struct work *work, const struct table_row *row, const int *places,
                       struct profile_rule *out_rule)
{
    struct slice method = row->cells[places[METHOD]];
    if (slice_is(method, "cell-key") || slice_is(method, "controlled"))
        return work_fail(work, STATUS_USAGE,
                         "Figures of the profile %.*s are moved, so a shown figure does not say "
                         "what its count is; they are attacked when they are released.",
                         (int)row->cells[places[NAME]].length, row->cells[places[NAME]].start);
    return read_rule(row, places, out_rule)
               ? STATUS_OK
               : work_fail(work, STATUS_INPUT, "%s, row %lld, is not understood.", PROFILES,
                           (long long)row->number);
}

enum status profile_rule_read(struct work *work, const char *name, struct profile_rule *out_rule)
{
    struct slice bytes;
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    int places[PLACES];
    if (!embedded_find(PROFILES, &bytes))
        return work_fail(work, STATUS_INPUT, "%s is not built into the program; build it again.",
                         PROFILES);
    enum status status = table_reader_open_bytes(work, PROFILES, bytes, NULL, &reader);
    if (status == STATUS_OK)
        status = table_reader_next(reader, &row);
    if (status != STATUS_OK)
        return status;
    find_columns(&row, places);
    while ((status = table_reader_next(reader, &row)) == STATUS_OK)
        if (places[NAME] != MISSING && places[METHOD] != MISSING &&
            slice_is(row.cells[places[NAME]], name))
            return use(work, &row, places, out_rule);
    return status != STATUS_END
               ? status
               : work_fail(work, STATUS_USAGE,
                           "There is no profile \"%.40s\"; dueregard protect --help names them.",
                           name);
}
