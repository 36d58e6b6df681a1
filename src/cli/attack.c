/* dueregard attack: starts dueregard-attack, the program beside this one, with the same words. */
#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/command.h"
#include "base/banned.h"

#define ATTACKER "dueregard-attack"

/* The attacker's place: the folder that this program runs from. */
static enum status find_attacker(struct work *work, const char **out_path)
{
    char own[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    if (length < 0)
        return work_fail(work, STATUS_STORAGE, "The place of this program is not known: %s.",
                         strerror(errno));
    own[length] = '\0';
    const char *slash = strrchr(own, '/');
    *out_path = arena_format(work->arena, "%.*s/" ATTACKER, (int)(slash ? slash - own : 0), own);
    return STATUS_OK;
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    char name[] = ATTACKER;
    const char *path = NULL;
    size_t count = 0;
    pid_t child;
    int state = 0;
    (void)command;
    enum status status = find_attacker(work, &path);
    if (status != STATUS_OK)
        return status;
    while (arguments->rest[count])
        count++;
    char **words = arena_array_of(work->arena, count + 2, char *);
    words[0] = name;
    memcpy(words + 1, arguments->rest, count * sizeof *words);
    /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
    int failure = posix_spawn(&child, path, NULL, NULL, words, environ);
    if (failure)
        return work_fail(work, STATUS_STORAGE,
                         "%s cannot be started (%s); install it beside "
                         "dueregard.",
                         path, strerror(failure));
    if (waitpid(child, &state, 0) < 0 || !WIFEXITED(state))
        return work_fail(work, STATUS_STORAGE, ATTACKER " ended before it was done.");
    /* It has said on standard error what went wrong. */
    for (enum status other = STATUS_OK; other < STATUS_COUNT; other++)
        if (other != STATUS_END && status_exit_code(other) == WEXITSTATUS(state))
            return other;
    return STATUS_STORAGE;
}

const struct command command_attack = {
    .name = "attack",
    .words = "[OPTIONS]",
    .summary = "try to find out what published tables hide",
    .passes_on = true,
    .right = RIGHT_PUBLIC,
    .run = run,
};
