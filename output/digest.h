/**
 * @file digest.h
 * @brief SHA-256 of bytes and of typed values, as 64 hex digits.
 *
 * Numbers are fed as eight bytes, lowest first, whatever the machine; texts with their length
 * before them, so that no two lists of texts look alike. Source: libmd, FIPS 180-4.
 */
#ifndef FLYT_DIGEST_H
#define FLYT_DIGEST_H

#include <sha2.h>

#include "sim/status.h"

#define FLYT_DIGEST_SIZE 65 /* 64 hex digits and NUL */

struct flyt_digest {
    SHA2_CTX context;
};

void flyt_digest_init(struct flyt_digest *digest);
void flyt_digest_bytes(struct flyt_digest *digest, const void *bytes, size_t n);

/** @brief A number of 64 bits: eight bytes, lowest first. */
void flyt_digest_number(struct flyt_digest *digest, uint64_t number);

/** @brief A text: its length in bytes as a number, then the bytes. */
void flyt_digest_text(struct flyt_digest *digest, const char *text);

/** @brief Counts or reals of 64 bits each, as numbers in order. */
void flyt_digest_array(struct flyt_digest *digest, const void *words, size_t n);

/** @brief Ends the digest; writes 64 hex digits and a NUL. */
void flyt_digest_end(struct flyt_digest *digest, char hex[FLYT_DIGEST_SIZE]);

/** @brief Digest of these bytes alone. */
void flyt_digest_of(const void *bytes, size_t n, char hex[FLYT_DIGEST_SIZE]);

#endif
