#include "models/people.h"

/* an adult's `person` byte: sex 1 bit, education 2, approved 1, attachment 1 */

struct flyt_adult flyt_people_adult(const struct flyt_household *row, uint32_t which)
{
    uint8_t person = row->person[which];
    return (struct flyt_adult){
        .born = row->born[which],
        .work_since = row->work_since[which],
        .sex = person & 1,
        .education = person >> 1 & 3,
        .approved = person >> 3 & 1,
        .attachment = person >> 4 & 1,
        .work = row->work[which],
    };
}

void flyt_people_set_adult(struct flyt_household *row, uint32_t which, struct flyt_adult adult)
{
    row->born[which] = adult.born;
    row->work_since[which] = adult.work_since;
    row->work[which] = adult.work;
    row->person[which] = (uint8_t)((adult.sex & 1) | (adult.education & 3) << 1 |
                                   adult.approved << 3 | (adult.attachment & 1) << 4);
}

/* the `origin` byte: origin 2 bits, language 2, married 1, social cases 2 */

struct flyt_background flyt_people_background(const struct flyt_household *row)
{
    uint8_t byte = row->origin;
    return (struct flyt_background){
        .origin = byte & 3,
        .language = byte >> 2 & 3,
        .married = byte >> 4 & 1,
        .cases = byte >> 5 & 3,
    };
}

void flyt_people_set_background(struct flyt_household *row, struct flyt_background background)
{
    row->origin = (uint8_t)((background.origin & 3) | (background.language & 3) << 2 |
                            background.married << 4 | (background.cases & 3) << 5);
}

uint32_t flyt_people_adults(const struct flyt_household *row)
{
    return (uint32_t)(row->born[0] != FLYT_NO_MONTH) + (uint32_t)(row->born[1] != FLYT_NO_MONTH);
}

uint32_t flyt_people_children(const struct flyt_household *row, int16_t now)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        n += row->child_born[i] != FLYT_NO_MONTH && now - row->child_born[i] < 18 * 12;
    }
    return n;
}

uint32_t flyt_people_persons(const struct flyt_household *row)
{
    uint32_t n = flyt_people_adults(row);
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        n += row->child_born[i] != FLYT_NO_MONTH;
    }
    return n;
}

enum flyt_type flyt_people_type(const struct flyt_household *row, int16_t now)
{
    bool couple = flyt_people_adults(row) == 2;
    bool children = flyt_people_children(row, now) > 0;
    return children ? (couple ? FLYT_TYPE_couple_with_children : FLYT_TYPE_single_parent)
                    : (couple ? FLYT_TYPE_couple : FLYT_TYPE_single);
}

int16_t flyt_people_oldest(const struct flyt_household *row)
{
    if (row->born[0] == FLYT_NO_MONTH) {
        return row->born[1];
    }
    return row->born[1] != FLYT_NO_MONTH && row->born[1] < row->born[0] ? row->born[1]
                                                                        : row->born[0];
}
