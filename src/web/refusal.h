/* What a person reads who may not do what they asked for: which permission is missing and who can
 * give it, that the form was too old, or why the service said no. Nothing of what is kept from
 * them. */
#ifndef WEB_REFUSAL_H
#define WEB_REFUSAL_H

#include <jansson.h>

#include "web/routes.h"

/* Adds to the model of a page that says 403: "message", "reason" (a service's sentence), "missing"
 * (the right's title), "who" (service/holders.h: who has it, or can unlock what is locked) and
 * "administrators". */
void refusal_explain(struct work *work, const struct call *call, json_t *model);

#endif
