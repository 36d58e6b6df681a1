/* What a frozen document said: its JSON, byte for byte, the one whose hash the document holds. */
#ifndef MODEL_DOCUMENT_CONTENT_H
#define MODEL_DOCUMENT_CONTENT_H

#include "entity/entity.h"

struct document_content {
    int64_t id;
    int64_t document;
    const char *body;
    int64_t event;
};

extern const struct entity document_content_entity;

#endif
