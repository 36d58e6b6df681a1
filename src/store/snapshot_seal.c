#include "store/snapshot_seal.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "model/snapshot_chunk.h"
#include "store/entity_store.h"
#include "base/banned.h"

#define FAMILY "DRSEAL"
#define MAGIC FAMILY "2" /* another number wherever the form changes */

enum {
    LEVEL = 4, /* of compression: nearly as small as the best, several times as fast */
    EXTRA = crypto_secretstream_xchacha20poly1305_ABYTES,
    HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    SEALED_MOST = SEAL_PIECE + EXTRA,
    TEXT_MOST = sodium_base64_ENCODED_LEN(SEALED_MOST, sodium_base64_VARIANT_ORIGINAL)
};

static const char select_chunks[] =
    "SELECT body FROM snapshot_chunk WHERE snapshot_version = $1 ORDER BY number";

const char *const snapshot_seal_statements[] = { select_chunks, NULL };

/* ---- writing ---- */

struct sealing {
    struct work *work;
    struct audit *audit;
    const struct seal_place *place;
    z_stream zip;
    crypto_secretstream_xchacha20poly1305_state stream;
    struct hash hash;
    int64_t chunks;
    unsigned char *piece, *sealed; /* SEAL_PIECE and SEALED_MOST bytes */
    char *text;                    /* TEXT_MOST bytes */
};

static enum status write_chunk(struct sealing *sealing, const unsigned char *bytes, size_t length)
{
    sodium_bin2base64(sealing->text, TEXT_MOST, bytes, length, sodium_base64_VARIANT_ORIGINAL);
    hash_add(&sealing->hash, (struct slice){ (const char *)bytes, length });
    struct snapshot_chunk chunk = { .id = INTEGER_MISSING,
                                    .snapshot_version = sealing->place->version,
                                    .number = sealing->chunks++,
                                    .body = sealing->text,
                                    .event = audit_event_id(sealing->audit) };
    enum status status = entity_store_insert(sealing->work, &snapshot_chunk_entity, &chunk);
    return status == STATUS_OK
               ? audit_add(sealing->work, sealing->audit, &snapshot_chunk_entity, NULL, &chunk)
               : status;
}

static enum status write_piece(struct sealing *sealing, bool is_last)
{
    unsigned long long length = 0;
    const char *name = sealing->place->key_name;
    size_t filled = SEAL_PIECE - sealing->zip.avail_out;
    unsigned char tag = is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;
    crypto_secretstream_xchacha20poly1305_push(&sealing->stream, sealing->sealed, &length,
                                               sealing->piece, filled, (const unsigned char *)name,
                                               strlen(name), tag);
    sealing->zip.next_out = sealing->piece;
    sealing->zip.avail_out = SEAL_PIECE;
    return write_chunk(sealing, sealing->sealed, (size_t)length);
}

static enum status put(struct sealing *sealing, const void *bytes, size_t length)
{
    enum status status = STATUS_OK;
    const unsigned char *at = bytes;
    while (status == STATUS_OK && length > 0) {
        size_t now = length < (1U << 30) ? length : 1U << 30;
        sealing->zip.next_in = (unsigned char *)(uintptr_t)at;
        sealing->zip.avail_in = (unsigned)now;
        while (status == STATUS_OK && sealing->zip.avail_in > 0) {
            int code = deflate(&sealing->zip, Z_NO_FLUSH);
            assert(code == Z_OK || code == Z_BUF_ERROR);
            if (sealing->zip.avail_out == 0)
                status = write_piece(sealing, false);
        }
        at += now;
        length -= now;
    }
    return status;
}

/* Numbers go as eight bytes, the lowest first. */
static enum status put_number(struct sealing *sealing, uint64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
    return put(sealing, bytes, sizeof bytes);
}

static enum status put_slice(struct sealing *sealing, struct slice slice)
{
    enum status status = put_number(sealing, slice.length);
    return status == STATUS_OK ? put(sealing, slice.start, slice.length) : status;
}

static enum status put_column(struct sealing *sealing, const struct column *column, int64_t rows,
                              bool is_special)
{
    const uint64_t numbers[] = { (uint64_t)column->kind,
                                 (uint64_t)column->width,
                                 (uint64_t)column->scale,
                                 is_special,
                                 column->kind == COLUMN_CATEGORY ? column_label_count(column) : 0,
                                 column->kind == COLUMN_TEXT ? column->byte_count : 0 };
    enum status status = put_slice(sealing, slice_of(column->name));
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_COUNT(numbers); i++)
        status = put_number(sealing, numbers[i]);
    for (size_t i = 0; status == STATUS_OK && i < numbers[4]; i++)
        status = put_slice(sealing, column_label(column, (uint32_t)i));
    if (status == STATUS_OK)
        status = put(sealing, column->values.bytes, (size_t)rows * (size_t)column->width);
    if (status == STATUS_OK && numbers[5] > 0)
        status = put(sealing, column->bytes.bytes, column->byte_count);
    return status;
}

static enum status put_all(struct sealing *sealing, const struct seal_content *content)
{
    const struct columns *columns = content->columns;
    size_t left_out = 0;
    for (size_t i = 0; content->is_left_out && i < columns->count; i++)
        left_out += content->is_left_out[i];
    enum status status = put_slice(sealing, SLICE(MAGIC));
    if (status == STATUS_OK)
        status = put_slice(sealing, slice_of(content->about));
    if (status == STATUS_OK)
        status = put_number(sealing, (uint64_t)columns->rows);
    if (status == STATUS_OK)
        status = put_number(sealing, columns->count - left_out);
    for (size_t i = 0; status == STATUS_OK && i < columns->count; i++)
        if (!content->is_left_out || !content->is_left_out[i])
            status = put_column(sealing, &columns->column[i], columns->rows,
                                content->is_special[i]);
    for (int code = Z_OK; status == STATUS_OK && code != Z_STREAM_END;) {
        code = deflate(&sealing->zip, Z_FINISH);
        if (code == Z_STREAM_END || sealing->zip.avail_out == 0)
            status = write_piece(sealing, code == Z_STREAM_END);
    }
    return status;
}

enum status snapshot_seal(struct work *work, struct audit *audit, const struct seal_place *place,
                          const struct seal_content *content, int64_t *out_chunks,
                          char out_hash[HASH_TEXT_LENGTH + 1])
{
    unsigned char header[HEADER];
    struct sealing *sealing = malloc(sizeof *sealing);
    unsigned char *room = malloc((size_t)SEAL_PIECE + SEALED_MOST + TEXT_MOST);
    if (!sealing || !room)
        abort();
    *sealing = (struct sealing){ .work = work,
                                 .audit = audit,
                                 .place = place,
                                 .hash = hash_new(),
                                 .piece = room,
                                 .sealed = room + SEAL_PIECE,
                                 .text = (char *)room + SEAL_PIECE + SEALED_MOST };
    if (deflateInit(&sealing->zip, LEVEL) != Z_OK)
        abort();
    sealing->zip.next_out = sealing->piece;
    sealing->zip.avail_out = SEAL_PIECE;
    crypto_secretstream_xchacha20poly1305_init_push(&sealing->stream, header, place->key);
    enum status status = write_chunk(sealing, header, sizeof header);
    if (status == STATUS_OK)
        status = put_all(sealing, content);
    if (status == STATUS_OK) {
        *out_chunks = sealing->chunks;
        hash_end(&sealing->hash, out_hash);
    }
    deflateEnd(&sealing->zip);
    sodium_memzero(sealing, sizeof *sealing);
    sodium_memzero(room, SEAL_PIECE);
    free(sealing);
    free(room);
    return status;
}

/* ---- reading ---- */

struct unsealing {
    struct work *work;
    const struct seal_place *place;
    struct cursor *cursor;
    z_stream zip;
    crypto_secretstream_xchacha20poly1305_state stream;
    struct hash hash;
    bool is_final;                 /* the last piece was opened */
    unsigned char *piece, *sealed; /* SEAL_PIECE and SEALED_MOST bytes */
};

static enum status damaged(struct work *work)
{
    return work_fail(work, STATUS_STORAGE,
                     "The sealed snapshot does not open: it was altered or is incomplete, or the "
                     "key is not the one it was sealed with. Restore the workspace from a backup, "
                     "with the keys of the same workspace.");
}

/* The next chunk's bytes, as they are sealed. */
static enum status next_chunk(struct unsealing *unsealing, size_t *out_length)
{
    enum status status = cursor_next(unsealing->cursor);
    if (status == STATUS_END)
        return damaged(unsealing->work);
    if (status != STATUS_OK)
        return status;
    const char *body = cursor_text(unsealing->cursor, 0);
    if (!body || sodium_base642bin(unsealing->sealed, SEALED_MOST, body, strlen(body), NULL,
                                   out_length, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        return damaged(unsealing->work);
    hash_add(&unsealing->hash, (struct slice){ (const char *)unsealing->sealed, *out_length });
    return STATUS_OK;
}

static enum status next_piece(struct unsealing *unsealing)
{
    size_t length = 0;
    unsigned char tag = 0;
    unsigned long long opened = 0;
    const char *name = unsealing->place->key_name;
    if (unsealing->is_final)
        return damaged(unsealing->work);
    enum status status = next_chunk(unsealing, &length);
    if (status != STATUS_OK)
        return status;
    if (length < EXTRA ||
        crypto_secretstream_xchacha20poly1305_pull(&unsealing->stream, unsealing->piece, &opened,
                                                   &tag, unsealing->sealed, length,
                                                   (const unsigned char *)name, strlen(name)) != 0)
        return damaged(unsealing->work);
    unsealing->is_final = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    unsealing->zip.next_in = unsealing->piece;
    unsealing->zip.avail_in = (unsigned)opened;
    return STATUS_OK;
}

static enum status take(struct unsealing *unsealing, void *bytes, size_t length)
{
    enum status status = STATUS_OK;
    unsigned char *at = bytes;
    while (status == STATUS_OK && length > 0) {
        size_t now = length < (1U << 30) ? length : 1U << 30;
        unsealing->zip.next_out = at;
        unsealing->zip.avail_out = (unsigned)now;
        while (status == STATUS_OK && unsealing->zip.avail_out > 0) {
            if (unsealing->zip.avail_in == 0)
                status = next_piece(unsealing);
            if (status != STATUS_OK)
                break;
            int code = inflate(&unsealing->zip, Z_NO_FLUSH);
            bool ended = code == Z_STREAM_END && unsealing->zip.avail_out > 0;
            if ((code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) || ended)
                status = damaged(unsealing->work);
        }
        at += now;
        length -= now;
    }
    return status;
}

static enum status take_number(struct unsealing *unsealing, uint64_t most, uint64_t *out_number)
{
    unsigned char bytes[8];
    uint64_t number = 0;
    enum status status = take(unsealing, bytes, sizeof bytes);
    for (int i = 0; i < 8; i++)
        number |= (uint64_t)bytes[i] << (8 * i);
    if (status == STATUS_OK && number > most)
        return damaged(unsealing->work);
    *out_number = number;
    return status;
}

/* Text in `arena`. */
static enum status take_text(struct unsealing *unsealing, struct arena *arena, uint64_t most,
                             struct slice *out_text)
{
    uint64_t length = 0;
    enum status status = take_number(unsealing, most, &length);
    if (status != STATUS_OK)
        return status;
    char *bytes = arena_take(arena, length + 1);
    *out_text = (struct slice){ bytes, length };
    return take(unsealing, bytes, length);
}

static enum status take_labels(struct unsealing *unsealing, struct column *column, uint64_t count)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    enum status status = STATUS_OK;
    for (uint64_t i = 0; status == STATUS_OK && i < count; i++) {
        struct slice label;
        arena_empty(arena);
        status = take_text(unsealing, arena, COLUMN_MOST_LABEL, &label);
        if (status == STATUS_OK && dictionary_add(column->labels, label) != i)
            status = damaged(unsealing->work);
    }
    return status;
}

static enum status take_column(struct unsealing *unsealing, struct columns *columns, int64_t rows,
                               bool *out_special)
{
    static const uint64_t most[] = { COLUMN_TEXT, 8, NUMBER_PLACES, 1, DICTIONARY_MOST_LABELS,
                                     INT64_MAX };
    uint64_t numbers[ARRAY_COUNT(most)] = { 0 };
    struct slice name;
    size_t index = 0;
    enum status status = take_text(unsealing, unsealing->work->arena, COLUMN_MOST_LABEL, &name);
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_COUNT(most); i++)
        status = take_number(unsealing, most[i], &numbers[i]);
    if (status != STATUS_OK)
        return status;
    if (numbers[0] == COLUMN_CATEGORY)
        index = columns_add_category(columns, name.start);
    else if (numbers[0] == COLUMN_DECIMAL)
        index = columns_add_decimal(columns, name.start, (int)numbers[2]);
    else
        index = columns_add_text(columns, name.start);
    struct column *column = &columns->column[index];
    column_widen(column, 0, (int)numbers[1]);
    column_reach(column, rows);
    if (numbers[0] == COLUMN_CATEGORY)
        status = take_labels(unsealing, column, numbers[4]);
    if (status == STATUS_OK)
        status = take(unsealing, column->values.bytes, (size_t)rows * (size_t)column->width);
    if (status == STATUS_OK && numbers[0] == COLUMN_TEXT) {
        region_reach(&column->bytes, numbers[5]);
        column->byte_count = numbers[5];
        status = take(unsealing, column->bytes.bytes, numbers[5]);
        if (status == STATUS_OK && !column_find_starts(column, rows))
            status = damaged(unsealing->work);
    }
    *out_special = numbers[3] != 0;
    return status;
}

static enum status take_all(struct unsealing *unsealing, struct seal_content *content)
{
    struct work *work = unsealing->work;
    struct slice magic = { 0 }, about = { 0 };
    uint64_t rows = 0, count = 0;
    enum status status = take_text(unsealing, work->arena, sizeof MAGIC, &magic);
    if (status == STATUS_OK && slice_starts(magic, FAMILY) && !slice_is(magic, MAGIC))
        return work_fail(work, STATUS_STORAGE,
                         "The snapshot was sealed by another version of this program, in another "
                         "form; import its extract again under the same short name.");
    if (status == STATUS_OK && !slice_is(magic, MAGIC))
        return damaged(work);
    if (status == STATUS_OK)
        status = take_text(unsealing, work->arena, SEAL_MOST_ABOUT, &about);
    if (status == STATUS_OK)
        status = take_number(unsealing, COLUMNS_MOST_ROWS, &rows);
    if (status == STATUS_OK)
        status = take_number(unsealing, SEAL_MOST_COLUMNS, &count);
    content->about = about.start;
    content->is_special = arena_array_of(work->arena, count + 1, bool);
    for (uint64_t i = 0; status == STATUS_OK && i < count; i++)
        status = take_column(unsealing, content->columns, (int64_t)rows, &content->is_special[i]);
    content->columns->rows = (int64_t)rows;
    columns_seal(content->columns);
    return status;
}

/* The chunks must end where the stream does, and have the hash that was noted. */
static enum status check_end(struct unsealing *unsealing, const char *hash)
{
    char found[HASH_TEXT_LENGTH + 1];
    enum status status = unsealing->is_final ? cursor_next(unsealing->cursor) : STATUS_OK;
    if (status != STATUS_END)
        return status == STATUS_OK ? damaged(unsealing->work) : status;
    hash_end(&unsealing->hash, found);
    return strcmp(found, hash) == 0 ? STATUS_OK : damaged(unsealing->work);
}

static enum status unseal_with(struct unsealing *unsealing, const char *hash,
                               struct seal_content *content)
{
    size_t length = 0;
    struct work *work = unsealing->work;
    enum status status = store_stream(work, select_chunks,
                                      PARAMETERS(parameter_integer(unsealing->place->version)),
                                      &unsealing->cursor);
    if (status == STATUS_OK)
        status = next_chunk(unsealing, &length);
    if (status != STATUS_OK)
        return status;
    if (length != HEADER || crypto_secretstream_xchacha20poly1305_init_pull(
                                &unsealing->stream, unsealing->sealed, unsealing->place->key) != 0)
        return damaged(work);
    status = take_all(unsealing, content);
    /* The last bytes may have been asked for before the end of the stream was seen. */
    while (status == STATUS_OK && !unsealing->is_final)
        status = next_piece(unsealing);
    return status == STATUS_OK ? check_end(unsealing, hash) : status;
}

enum status snapshot_unseal(struct work *work, const struct seal_place *place, const char *hash,
                            struct seal_content *out_content)
{
    struct seal_content content = { .columns = columns_new() };
    struct unsealing *unsealing = malloc(sizeof *unsealing);
    unsigned char *room = malloc((size_t)SEAL_PIECE + SEALED_MOST);
    if (!unsealing || !room)
        abort();
    *unsealing = (struct unsealing){
        .work = work, .place = place, .hash = hash_new(), .piece = room, .sealed = room + SEAL_PIECE
    };
    if (inflateInit(&unsealing->zip) != Z_OK)
        abort();
    enum status status = unseal_with(unsealing, hash, &content);
    cursor_close(unsealing->cursor);
    inflateEnd(&unsealing->zip);
    sodium_memzero(unsealing, sizeof *unsealing);
    sodium_memzero(room, SEAL_PIECE);
    free(unsealing);
    free(room);
    if (status == STATUS_OK)
        *out_content = content;
    else
        columns_free(content.columns);
    return status;
}

enum status snapshot_unseal_remove(struct work *work, struct audit *audit, int64_t version)
{
    struct list chunks = { 0 };
    enum status status = entity_store_list_of(work, &snapshot_chunk_entity, "snapshot_version",
                                              version, &chunks);
    for (size_t i = 0; status == STATUS_OK && i < chunks.count; i++) {
        const struct snapshot_chunk *chunk = chunks.items[i];
        status = entity_store_remove(work, &snapshot_chunk_entity, chunk->id);
        if (status == STATUS_OK)
            status = audit_add(work, audit, &snapshot_chunk_entity, chunk, NULL);
    }
    return status;
}
