/* What the pages of single records share. */
#ifndef WEB_PAGES_RECORD_PARTS_H
#define WEB_PAGES_RECORD_PARTS_H

#include "service/plan_record.h"

struct call;

/* The kind that the address names. */
MUST_CHECK enum status record_kind_of(struct work *work, const struct call *call,
                                      const struct plan_record_kind **out_kind);
const char *record_address(struct arena *arena, const struct plan_record_kind *kind,
                           const char *key, const char *rest);
/* The words with a capital. */
const char *record_sentence(struct arena *arena, const char *words);
/* The page to go on to from a record: of what it stands under where it only joins others, else its
 * own. */
MUST_CHECK enum status record_back(struct work *work, const struct plan_record_kind *kind,
                                   const char *key, const char **out_path);

#endif
