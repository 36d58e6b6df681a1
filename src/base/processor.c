#include "base/processor.h"

#include <stdbool.h>

#include "base/banned.h"

enum processor_form processor_best(void)
{
#if PROCESSOR_HAS_WIDE
    __builtin_cpu_init();
    bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
                    __builtin_cpu_supports("pclmul");
    bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
                      __builtin_cpu_supports("avx512vbmi2") &&
                      __builtin_cpu_supports("avx512vpopcntdq");
    if (has_avx2 && has_avx512)
        return PROCESSOR_AVX512;
    if (has_avx2)
        return PROCESSOR_AVX2;
#endif
    return PROCESSOR_PLAIN;
}
