/* Code lists that several entities share. */
#ifndef MODEL_CODES_H
#define MODEL_CODES_H

#include "entity/entity.h"

extern const struct code missing_codes[];       /* Why a value is missing. */
extern const struct code roll_up_codes[];       /* How parts make a whole. */
extern const struct code recurrence_codes[];    /* How often something recurs. */
extern const struct code action_status_codes[]; /* Where an action stands. */
extern const struct code milestone_codes[];     /* How far a milestone is. */

/* The label of a value in a list; the value itself where the list does not have it, NULL for NULL.
 */
const char *code_label(const struct code *codes, const char *value);

#endif
