/**
 * @file sanitized.h
 * @brief Whether the address sanitizer watches this build, in which all is several times slower.
 *
 * Tests of many random cases try a part of them there: it looks for faults of memory, which a part
 * shows as well. The build that users run tries them all.
 */
#ifndef FLYT_TESTS_SANITIZED_H
#define FLYT_TESTS_SANITIZED_H

#include <math.h>

#if defined(__SANITIZE_ADDRESS__)
#define FLYT_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FLYT_SANITIZED 1
#endif
#endif
#ifndef FLYT_SANITIZED
#define FLYT_SANITIZED 0
#endif

/** All of n cases, or one in `part` of them under the sanitizer. */
#define FLYT_CASES(n, part) (FLYT_SANITIZED ? (n) / (part) : (n))

/** How much wider chance spreads a mean of FLYT_CASES(n, part) cases than one of n. */
#define FLYT_CASES_SPREAD(part) (FLYT_SANITIZED ? sqrt(part) : 1.0)

#endif
