#include "base/likeness.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/banned.h"

enum { PAIRS_MOST = 400 };

/* Pairs of neighbouring letters of a compared form, blanks left out. */
static size_t pairs_of(const char *text, char pairs[PAIRS_MOST][2])
{
    size_t count = 0;
    char last = 0;
    for (; *text && count < PAIRS_MOST; text++) {
        if (*text == ' ') {
            last = 0;
            continue;
        }
        if (last) {
            pairs[count][0] = last;
            pairs[count++][1] = *text;
        }
        last = *text;
    }
    return count;
}

int likeness_of(const char *a, const char *b)
{
    char left[PAIRS_MOST][2], right[PAIRS_MOST][2];
    size_t left_count = pairs_of(a, left), right_count = pairs_of(b, right), common = 0;
    bool used[PAIRS_MOST] = { false };
    for (size_t i = 0; i < left_count; i++)
        for (size_t j = 0; j < right_count; j++)
            if (!used[j] && left[i][0] == right[j][0] && left[i][1] == right[j][1]) {
                used[j] = true;
                common++;
                break;
            }
    return left_count + right_count ? (int)(200 * common / (left_count + right_count)) : 0;
}
