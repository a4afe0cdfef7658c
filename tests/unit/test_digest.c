#include <criterion/criterion.h>

#include "output/digest.h"

Test(digest, agrees_with_the_standard)
{
    char hex[FLYT_DIGEST_SIZE];
    flyt_digest_of("abc", 3, hex);
    cr_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    flyt_digest_of(NULL, 0, hex);
    cr_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

Test(digest, numbers_are_eight_bytes_lowest_first)
{
    char hex[FLYT_DIGEST_SIZE], expected[FLYT_DIGEST_SIZE];
    struct flyt_digest digest;
    flyt_digest_init(&digest);
    flyt_digest_number(&digest, 0x0102);
    flyt_digest_end(&digest, hex);
    flyt_digest_of("\2\1\0\0\0\0\0\0", 8, expected);
    cr_assert_str_eq(hex, expected);
}

Test(digest, arrays_are_numbers_in_order_whatever_their_length)
{
    static int64_t words[1500];
    char hex[FLYT_DIGEST_SIZE], expected[FLYT_DIGEST_SIZE];
    struct flyt_digest digest, one;
    flyt_digest_init(&one);
    for (size_t i = 0; i < FLYT_COUNT(words); i++) {
        words[i] = (int64_t)i * -77777777777;
        flyt_digest_number(&one, (uint64_t)words[i]);
    }
    flyt_digest_end(&one, expected);
    flyt_digest_init(&digest);
    flyt_digest_array(&digest, words, 600);
    flyt_digest_array(&digest, words + 600, 900);
    flyt_digest_end(&digest, hex);
    cr_assert_str_eq(hex, expected);
}

Test(digest, texts_in_a_row_do_not_run_together)
{
    char first[FLYT_DIGEST_SIZE], second[FLYT_DIGEST_SIZE];
    struct flyt_digest digest;
    flyt_digest_init(&digest);
    flyt_digest_text(&digest, "ab");
    flyt_digest_text(&digest, "c");
    flyt_digest_end(&digest, first);
    flyt_digest_init(&digest);
    flyt_digest_text(&digest, "a");
    flyt_digest_text(&digest, "bc");
    flyt_digest_end(&digest, second);
    cr_assert_str_neq(first, second);
}
