/* What services say in fixed forms (periods, dates, targets), in the language of a page. Services
 * speak English, and so does the JSON answer; the words of a page are its template's. */
#ifndef WEB_LOCALISE_H
#define WEB_LOCALISE_H

#include <jansson.h>

#include "web/routes.h"

/* Turns every text in the model that is one of those forms, and nothing but it, into the answer's
 * language: "Quarter 1 2012/13", "31 March 2024", "31 March 2024, 14:05", "at least 39%". Texts
 * that people wrote as dates (`targetDate`) stay as they wrote them. */
void localise(struct work *work, const struct call *call, json_t *model);
/* Figures as people read them: whole numbers under the names by which pages of people count
 * ("people", "count", "total", "answered", "base", "cases") as "1,720", and texts that are nothing
 * but a negative figure with a minus sign, which a hyphen is not read as. */
void localise_figures(struct arena *arena, json_t *model);
/* A period in words; the text itself when it is none, or the language is English. */
const char *localise_period(struct work *work, const struct call *call, const char *text);

#endif
