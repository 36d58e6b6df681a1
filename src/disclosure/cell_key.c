/* Record keys, the noise table (read, or made by maximum entropy), and looking noise up. */
#include "disclosure/cell_key.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "codec/table_reader.h"
#include "base/banned.h"

enum {
    MOST_SECRET_FILE = 1000,
    STANDARD_NOISE = 5,
    SUPPORT = 2 * STANDARD_NOISE + 1,
    HALVINGS = 100,
    TABLE_COLUMNS = 3
};
#define STANDARD_VARIANCE 2.0
#define STEEPEST 20.0

uint32_t cell_key_of_record(const unsigned char secret[CELL_KEY_SECRET_LENGTH], struct slice person)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    _Static_assert(crypto_auth_hmacsha256_KEYBYTES == CELL_KEY_SECRET_LENGTH, "the key's length");
    crypto_auth_hmacsha256(mac, (const unsigned char *)person.start, person.length, secret);
    return mac[0];
}

enum status cell_key_read_secret(struct work *work, const char *path,
                                 unsigned char out_secret[CELL_KEY_SECRET_LENGTH])
{
    struct slice bytes;
    size_t length = 0;
    unsigned char secret[CELL_KEY_SECRET_LENGTH];
    enum status status = file_read(work, path, MOST_SECRET_FILE, &bytes);
    if (status != STATUS_OK)
        return status;
    bytes = slice_trim(bytes);
    if (bytes.length != 2 * CELL_KEY_SECRET_LENGTH ||
        sodium_hex2bin(secret, sizeof secret, bytes.start, bytes.length, NULL, &length, NULL) ||
        length != sizeof secret)
        return work_fail(work, STATUS_INPUT,
                         "%s is no secret: it needs 64 hexadecimal digits, such as `openssl rand "
                         "-hex 32` gives.",
                         path);
    memcpy(out_secret, secret, sizeof secret);
    sodium_memzero(secret, sizeof secret);
    return STATUS_OK;
}

/* ---- the standard table ---- */

/* exp(tilt * v + curve * v * v) over -5 to 5, without what takes the count below 0; sums to 1.
 * Gives the mean. */
static double weigh(int64_t count, double tilt, double curve, double *out_shares)
{
    double sum = 0, mean = 0;
    for (int i = 0; i < SUPPORT; i++) {
        double v = i - STANDARD_NOISE;
        out_shares[i] = count + (int64_t)v < 0 ? 0 : exp(tilt * v + curve * v * v);
        sum += out_shares[i];
    }
    for (int i = 0; i < SUPPORT; i++) {
        out_shares[i] /= sum;
        mean += out_shares[i] * (i - STANDARD_NOISE);
    }
    return mean;
}

/* The tilt for which the mean is 0; gives the variance. */
static double centre(int64_t count, double curve, double *out_shares)
{
    double low = -STEEPEST, high = STEEPEST, variance = 0;
    for (int i = 0; i < HALVINGS; i++) {
        double tilt = (low + high) / 2;
        if (weigh(count, tilt, curve, out_shares) < 0)
            low = tilt;
        else
            high = tilt;
    }
    for (int i = 0; i < SUPPORT; i++)
        variance += out_shares[i] * (i - STANDARD_NOISE) * (i - STANDARD_NOISE);
    return variance;
}

/* Shares the keys out from the least noise to the most. */
static void fill_row(int64_t count, int8_t *out_noise)
{
    double shares[SUPPORT], low = -STEEPEST, high = STEEPEST, reached = 0;
    for (int i = 0; i < HALVINGS; i++) {
        double curve = (low + high) / 2;
        if (centre(count, curve, shares) < STANDARD_VARIANCE)
            low = curve;
        else
            high = curve;
    }
    int key = 0;
    for (int i = 0; i < SUPPORT; i++) {
        reached += shares[i] * CELL_KEYS;
        for (; key < CELL_KEYS && key + 0.5 < reached; key++)
            out_noise[key] = (int8_t)(i - STANDARD_NOISE);
    }
    for (; key < CELL_KEYS; key++)
        out_noise[key] = STANDARD_NOISE;
}

const struct cell_key_table *cell_key_standard(struct work *work)
{
    struct cell_key_table *table = arena_new_of(work->arena, struct cell_key_table);
    for (int64_t count = 1; count <= CELL_KEY_ROWS; count++)
        if (count <= STANDARD_NOISE)
            fill_row(count, table->noise[count]);
        else
            memcpy(table->noise[count], table->noise[STANDARD_NOISE], sizeof table->noise[count]);
    return table;
}

/* ---- a table that is given ---- */

static bool read_row(const struct table_row *row, struct cell_key_table *table, bool *is_given)
{
    int64_t count = 0, key = 0, noise = 0;
    if (row->count < TABLE_COLUMNS || !slice_integer(slice_trim(row->cells[0]), &count) ||
        !slice_integer(slice_trim(row->cells[1]), &key) ||
        !slice_integer(slice_trim(row->cells[2]), &noise) || count < 1 || count > CELL_KEY_ROWS ||
        key < 0 || key >= CELL_KEYS || noise < -CELL_KEY_MOST_NOISE ||
        noise > CELL_KEY_MOST_NOISE || is_given[count * CELL_KEYS + key])
        return false;
    table->noise[count][key] = (int8_t)noise;
    is_given[count * CELL_KEYS + key] = true;
    return true;
}

enum status cell_key_read_table(struct work *work, const char *path,
                                const struct cell_key_table **out_table)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    struct cell_key_table *table = arena_new_of(work->arena, struct cell_key_table);
    bool *is_given = arena_array_of(work->arena, (size_t)(CELL_KEY_ROWS + 1) * CELL_KEYS, bool);
    int64_t given = 0;
    enum status status = table_reader_open(work, path, NULL, &reader);
    if (status == STATUS_OK)
        status = table_reader_next(reader, &row);
    if (status == STATUS_OK &&
        (row.count < TABLE_COLUMNS || !slice_is(slice_trim(row.cells[0]), "pcv") ||
         !slice_is(slice_trim(row.cells[1]), "ckey") ||
         !slice_is(slice_trim(row.cells[2]), "pvalue")))
        return work_fail(work, STATUS_INPUT, "%s needs the headings pcv,ckey,pvalue.", path);
    for (; status == STATUS_OK && (status = table_reader_next(reader, &row)) == STATUS_OK; given++)
        if (!read_row(&row, table, is_given))
            return work_fail(work, STATUS_INPUT,
                             "%s, row %lld: counts go from 1 to %d, keys from 0 to %d, noise from "
                             "-%d to %d, each pair once.",
                             path, (long long)row.number, CELL_KEY_ROWS, CELL_KEYS - 1,
                             CELL_KEY_MOST_NOISE, CELL_KEY_MOST_NOISE);
    if (status == STATUS_END && given != (int64_t)CELL_KEY_ROWS * CELL_KEYS)
        return work_fail(work, STATUS_INPUT, "%s has %lld rows of noise; it needs %d.", path,
                         (long long)given, CELL_KEY_ROWS * CELL_KEYS);
    *out_table = table;
    return status == STATUS_END ? STATUS_OK : status;
}

int64_t cell_key_reach(const struct cell_key_table *table)
{
    int64_t reach = 0;
    for (size_t row = 0; row <= CELL_KEY_ROWS; row++)
        for (size_t key = 0; key < CELL_KEYS; key++) {
            int64_t noise = table->noise[row][key] < 0 ? -table->noise[row][key]
                                                       : table->noise[row][key];
            reach = noise > reach ? noise : reach;
        }
    return reach;
}

int64_t cell_key_perturb(const struct cell_key_table *table, int64_t count, int64_t key_sum)
{
    int64_t row = count;
    if (count > CELL_KEY_ROWS)
        row = (count - 1) % CELL_KEY_ROUND + CELL_KEY_ROWS - CELL_KEY_ROUND + 1;
    int64_t perturbed = count + table->noise[row][key_sum % CELL_KEYS];
    return perturbed < 0 ? 0 : perturbed;
}
