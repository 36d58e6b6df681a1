/* A document that was made and, once frozen, stands as it was. */
#ifndef MODEL_DOCUMENT_H
#define MODEL_DOCUMENT_H

#include "entity/entity.h"

struct document {
    int64_t id;
    const char *code;
    const char *title;
    const char *kind;
    const char *period;
    const char *created_at;
    const char *state;
    const char *content_hash;
    const char *disclosure_reason;
    int64_t event;
};

extern const struct entity document_entity;

#endif
