/* What the files of the narrative reader share among themselves. */
#ifndef SERVICE_NARRATIVE_PARTS_H
#define SERVICE_NARRATIVE_PARTS_H

#include "service/narrative.h"

/* What is read of a text (NULL reads as empty). */
struct slice narrative_slice(const char *text);
/* Passes over the tokens, in the order in which narrative_read runs them. */
void narrative_split(struct narrative *narrative);
void narrative_find_periods(struct narrative *narrative);
void narrative_find_uses(struct narrative *narrative);
void narrative_find_figures(struct narrative *narrative);
void narrative_find_shares(struct narrative *narrative);
void narrative_find_changes(struct narrative *narrative);
void narrative_find_bounds(struct narrative *narrative);
void narrative_find_targets(struct narrative *narrative);

/* Room for one item more in an array of `count` items, which doubles: gives the array back, moved
 * when it had to grow. Start with NULL and 0. */
void *narrative_room(struct arena *arena, void *items, size_t count, size_t size);

/* Questions about one token; all are false outside the text. */
bool token_is(const struct narrative *narrative, size_t token, const char *word);
/* True when the token is one of the words, which are parted by blanks: "in by since". */
bool token_is_among(const struct narrative *narrative, size_t token, const char *words);
bool token_is_number(const struct narrative *narrative, size_t token);
/* A number that is still plain: no date, age, label. */
bool token_is_plain(const struct narrative *narrative, size_t token);
bool token_same_sentence(const struct narrative *narrative, size_t a, size_t b);
/* A whole number without decimals, per cent sign or comma; -1 when it is none. */
int64_t token_whole(const struct narrative *narrative, size_t token);
/* The length in tokens of `phrase` ("on track to", "expect*", "over * years") at that token. */
size_t token_phrase(const struct narrative *narrative, size_t token, const char *phrase);
/* The index of the figure that is this token, or NARRATIVE_NONE. */
size_t figure_of_token(const struct narrative *narrative, size_t token);

#endif
