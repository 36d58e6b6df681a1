/* Styles and icons, under names that change when they do, so that browsers keep them for ever. */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include "base/slice.h"
#include "base/work.h"

/* As it is, and compressed when the program was built; each has bytes and a tag of its own. */
enum asset_form { ASSET_PLAIN, ASSET_GZIP, ASSET_BROTLI, ASSET_FORMS };

struct asset_bytes {
    struct slice bytes; /* length 0: there is no such form */
    const char *etag;   /* with its quotes */
};

struct asset {
    const char *file; /* govuk.css */
    const char *name; /* govuk.1a2b3c4d5e6f.css */
    const char *media_type;
    struct asset_bytes forms[ASSET_FORMS];
};

struct assets {
    struct asset *items;
    size_t count, room;
};

/* The program's own assets/, in the work's arena, which must live as long as they are served. */
MUST_CHECK enum status assets_load(struct work *work, struct assets *out_assets);
/* One more, such as the authority's logo; its bytes must live as long. A few may be added. */
MUST_CHECK enum status assets_add(struct work *work, struct assets *assets, const char *file,
                                  struct slice bytes);
/* By the name with its hash, or by the file's name; NULL when there is none. */
const struct asset *asset_find(const struct assets *assets, const char *name);

#endif
