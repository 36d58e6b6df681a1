#include "base/problem.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/banned.h"

enum { WORDS_LENGTH = 600 };

void problem_add(struct problems *problems, const char *column, const char *format, ...)
{
    char words[WORDS_LENGTH];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    struct problem *problem = arena_new_of(problems->arena, struct problem);
    *problem = (struct problem){ .file = problems->file,
                                 .sheet = problems->sheet,
                                 .row = problems->row,
                                 .column = arena_copy_text(problems->arena, column),
                                 .words = arena_copy_text(problems->arena, words) };
    list_add(problems->arena, &problems->list, problem);
}
