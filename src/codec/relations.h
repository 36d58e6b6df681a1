/* The relationships of a part in an OOXML package: which other parts it refers to, and as what. */
#ifndef CODEC_RELATIONS_H
#define CODEC_RELATIONS_H

#include "base/list.h"
#include "codec/zip_reader.h"

struct arena;

struct relation {
    const char *id;
    const char *type;   /* the last word of its address: worksheet, sharedStrings, styles … */
    const char *target; /* the part's name in the package */
};

/* Reads the relationships of `part` ("" for the package itself) into a list of struct relation *;
 * a part without any gives an empty list. */
MUST_CHECK enum status relations_read(struct zip_reader *zip, const char *part, struct arena *arena,
                                      struct list *out_relations);
/* The first with that id, or of that type; NULL when there is none. */
const struct relation *relation_by_id(const struct list *relations, const char *id);
const struct relation *relation_by_type(const struct list *relations, const char *type);

#endif
