#include "web/assets.h"

#include <assert.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/hash.h"
#include "document/render.h"

#include "base/banned.h"

#define PREFIX "assets/"

enum {
    ADDED_MOST = 4 /* beside those of assets/ */,
    HASH_SHOWN = 12,
    GZIP_WINDOW = 15 + 16 /* zlib's way to ask for gzip */
};

static const struct {
    const char *ending, *media_type;
    bool is_text;
} media_types[] = {
    { ".css", "text/css; charset=utf-8", true },
    { ".js", "text/javascript; charset=utf-8", true },
    { ".svg", "image/svg+xml", true },
    { ".png", "image/png", false },
    { ".ico", "image/vnd.microsoft.icon", false },
};

/* What the build made of the file, gzip and brotli: only what is shorter was kept. */
static const struct {
    const char *ending, *tag;
} forms[ASSET_FORMS] = { { "", "" }, { ".gz", "-gzip" }, { ".br", "-brotli" } };

static bool is_compressed(const char *name)
{
    const char *ending = strrchr(name, '.');
    return ending && (strcmp(ending, ".gz") == 0 || strcmp(ending, ".br") == 0);
}

/* For what is not built in: compressed bytes, or none where they would not be shorter. */
static struct slice compress_bytes(struct arena *arena, struct slice bytes)
{
    z_stream stream = { .next_in = (Bytef *)(uintptr_t)bytes.start,
                        .avail_in = (uInt)bytes.length };
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 9, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        return (struct slice){ NULL, 0 };
    size_t room = deflateBound(&stream, bytes.length);
    unsigned char *made = arena_take(arena, room);
    stream.next_out = made;
    stream.avail_out = (uInt)room;
    int code = deflate(&stream, Z_FINISH);
    size_t length = room - stream.avail_out;
    deflateEnd(&stream);
    if (code != Z_STREAM_END || length >= bytes.length)
        return (struct slice){ NULL, 0 };
    return (struct slice){ (const char *)made, length };
}

static void add_forms(struct arena *arena, struct asset *asset)
{
    bool is_built_in = false;
    for (int form = ASSET_GZIP; form < ASSET_FORMS; form++)
        is_built_in = embedded_find(
                          arena_format(arena, PREFIX "%s%s", asset->file, forms[form].ending),
                          &asset->forms[form].bytes) ||
                      is_built_in;
    if (!is_built_in)
        asset->forms[ASSET_GZIP].bytes = compress_bytes(arena, asset->forms[ASSET_PLAIN].bytes);
}

static enum status load_one(struct work *work, const char *name, struct slice bytes,
                            struct asset *out_asset)
{
    const char *ending = strrchr(name, '.');
    struct asset asset = { .file = name, .forms = { { bytes, NULL } } };
    char hash[HASH_TEXT_LENGTH + 1];
    hash_of(bytes, hash);
    for (size_t i = 0; ending && i < sizeof media_types / sizeof *media_types; i++) {
        if (strcmp(ending, media_types[i].ending) != 0)
            continue;
        asset.media_type = media_types[i].media_type;
        if (media_types[i].is_text)
            add_forms(work->arena, &asset);
    }
    if (!asset.media_type)
        return work_fail(work, STATUS_INPUT, "%s is of no kind that pages use.", name);
    asset.name = arena_format(work->arena, "%.*s.%.*s%s", (int)(ending - name), name, HASH_SHOWN,
                              hash, ending);
    for (int form = 0; form < ASSET_FORMS; form++)
        asset.forms[form].etag = arena_format(work->arena, "\"%.*s%s\"", HASH_SHOWN, hash,
                                              forms[form].tag);
    *out_asset = asset;
    return STATUS_OK;
}

enum status assets_add(struct work *work, struct assets *assets, const char *file,
                       struct slice bytes)
{
    assert(assets->count < assets->room);
    return load_one(work, file, bytes, &assets->items[assets->count++]);
}

enum status assets_load(struct work *work, struct assets *out_assets)
{
    size_t index = 0, count = 0;
    for (const struct embedded_file *file; (file = embedded_next(PREFIX, &index)) != NULL;)
        count += !is_compressed(file->name);
    size_t room = count + ADDED_MOST;
    struct assets assets = { arena_array_of(work->arena, room, struct asset), 0, room };
    enum status status = STATUS_OK;
    index = 0;
    while (status == STATUS_OK && assets.count < count) {
        const struct embedded_file *file = embedded_next(PREFIX, &index);
        struct slice bytes = { (const char *)file->bytes, file->size };
        if (is_compressed(file->name))
            continue;
        status = assets_add(work, &assets, file->name + strlen(PREFIX), bytes);
    }
    /* The look of documents is one: in a file of its own and within a page. */
    if (status == STATUS_OK)
        status = assets_add(work, &assets, "document.css", document_style());
    if (status == STATUS_OK)
        *out_assets = assets;
    return status;
}

const struct asset *asset_find(const struct assets *assets, const char *name)
{
    for (size_t i = 0; i < assets->count; i++)
        if (strcmp(assets->items[i].name, name) == 0 || strcmp(assets->items[i].file, name) == 0)
            return &assets->items[i];
    return NULL;
}
