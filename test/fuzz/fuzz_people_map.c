/* Reads the input as a map of labels, and its first bytes as a label. A map is taken or refused
 * with a sentence; an answer has a code of its list or is a state. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "service/people_labels.h"
#include "base/banned.h"

enum { LABEL_MOST = 40 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2026-11-25T09:00:00Z", .user = "fuzz" };
    struct people_labels labels;
    struct people_question question = { .heading = "Ethnicity", .role = PEOPLE_ETHNICITY };
    struct slice input = { (const char *)data, size };
    enum status status = people_labels_read(&work, &labels);
    assert(status == STATUS_OK);
    status = people_labels_add_map_bytes(&work, &labels, "map", input);
    assert((status == STATUS_OK) == (work.error[0] == '\0'));
    work_forget(&work);
    struct slice label = slice_first(input, LABEL_MOST);
    status = people_labels_question(&work, &labels, &label, 1, &question);
    if (status != STATUS_OK)
        return 0;
    struct people_answer answer = people_labels_answer(&work, &labels, &question, label);
    assert((answer.state == ANSWER_GIVEN) == (answer.code != NULL));
    assert(!answer.code || code_list_find(question.list, answer.code));
    struct label_suggestion suggestion = people_labels_suggest(&work, &labels, &question, label);
    assert(suggestion.likeness >= 0 && suggestion.likeness <= 100);
    return 0;
}
