#include "output/digest.h"

#include <string.h>

void flyt_digest_init(struct flyt_digest *digest)
{
    SHA256Init(&digest->context);
}

void flyt_digest_bytes(struct flyt_digest *digest, const void *bytes, size_t n)
{
    if (n > 0) {
        SHA256Update(&digest->context, bytes, n);
    }
}

static void put_word(uint8_t *bytes, uint64_t word)
{
    for (unsigned i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(word >> (8 * i));
    }
}

void flyt_digest_number(struct flyt_digest *digest, uint64_t number)
{
    uint8_t bytes[8];
    put_word(bytes, number);
    flyt_digest_bytes(digest, bytes, sizeof bytes);
}

void flyt_digest_text(struct flyt_digest *digest, const char *text)
{
    size_t n = strlen(text);
    flyt_digest_number(digest, n);
    flyt_digest_bytes(digest, text, n);
}

void flyt_digest_array(struct flyt_digest *digest, const void *words, size_t n)
{
    uint8_t bytes[512 * 8];
    const char *next = words;
    while (n > 0) {
        size_t some = n < 512 ? n : 512;
        for (size_t i = 0; i < some; i++) {
            uint64_t word;
            memcpy(&word, next + 8 * i, 8);
            put_word(bytes + 8 * i, word);
        }
        flyt_digest_bytes(digest, bytes, 8 * some);
        next += 8 * some;
        n -= some;
    }
}

void flyt_digest_end(struct flyt_digest *digest, char hex[FLYT_DIGEST_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_LENGTH];
    SHA256Final(bytes, &digest->context);
    for (size_t i = 0; i < sizeof bytes; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * sizeof bytes] = '\0';
}

void flyt_digest_of(const void *bytes, size_t n, char hex[FLYT_DIGEST_SIZE])
{
    struct flyt_digest digest;
    flyt_digest_init(&digest);
    flyt_digest_bytes(&digest, bytes, n);
    flyt_digest_end(&digest, hex);
}
