/* Functions that invite a fault are compile errors. Included last, after all system headers. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#define BANNED(name, instead) name##_is_banned_use_##instead

#undef sprintf
#define sprintf(...) BANNED(sprintf, text_add_format)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf, text_add_format)
#undef strcpy
#define strcpy(...) BANNED(strcpy, arena_copy_text)
#undef strncpy
#define strncpy(...) BANNED(strncpy, arena_copy)
#undef strcat
#define strcat(...) BANNED(strcat, text_add)
#undef strncat
#define strncat(...) BANNED(strncat, text_add)
#undef strtok
#define strtok(...) BANNED(strtok, slice_split)
#undef atoi
#define atoi(...) BANNED(atoi, slice_integer)
#undef atol
#define atol(...) BANNED(atol, slice_integer)
#undef strtol
#define strtol(...) BANNED(strtol, slice_integer)
#undef strtod
#define strtod(...) BANNED(strtod, number_read)
#undef localtime
#define localtime(...) BANNED(localtime, date_of_days)
#undef gmtime
#define gmtime(...) BANNED(gmtime, gmtime_r)
#undef system
#define system(...) BANNED(system, posix_spawn)
#undef rand
#define rand(...) BANNED(rand, random_next)
#undef gets
#define gets(...) BANNED(gets, file_read)
#undef alloca
#define alloca(...) BANNED(alloca, arena_take)

#endif
