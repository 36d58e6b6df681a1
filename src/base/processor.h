/* Which wide instructions the processor has. What uses them has a plain form too, which gives the
 * same bytes; tests run every form that the machine has. */
#ifndef BASE_PROCESSOR_H
#define BASE_PROCESSOR_H

enum processor_form {
    PROCESSOR_PLAIN,
    PROCESSOR_AVX2,   /* with BMI and carry-less multiplication */
    PROCESSOR_AVX512, /* with BW, VL, VBMI2 and VPOPCNTDQ too */
    PROCESSOR_FORMS
};

#if defined(__x86_64__)
#define PROCESSOR_HAS_WIDE 1
#define PROCESSOR_USES_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt,pclmul")))
#define PROCESSOR_USES_AVX512                                                                      \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx512vpopcntdq,avx2," \
                          "bmi,bmi2,popcnt,lzcnt,pclmul")))
#else
#define PROCESSOR_HAS_WIDE 0
#endif

/* The best form that this processor has. */
enum processor_form processor_best(void);

#endif
