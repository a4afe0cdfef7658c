#include "models/people.h"

void flyt_people_set_adult(struct flyt_household *row, uint32_t which, struct flyt_adult adult)
{
    row->born[which] = adult.born;
    row->work_since[which] = adult.work_since;
    row->work[which] = adult.work;
    row->person[which] =
        (uint8_t)((adult.sex & 1) | (adult.education & 3) << 1 | adult.approved << 3 |
                  (adult.attachment & 1) << 4 | adult.frail << 5);
}

void flyt_people_set_background(struct flyt_household *row, struct flyt_background background)
{
    row->origin = (uint8_t)((background.origin & 3) | (background.language & 3) << 2 |
                            background.married << 4 | (background.cases & 3) << 5);
}

uint32_t flyt_people_persons(const struct flyt_household *row)
{
    uint32_t n = flyt_people_adults(row);
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        n += row->child_born[i] != FLYT_NO_MONTH;
    }
    return n;
}

int16_t flyt_people_oldest(const struct flyt_household *row)
{
    if (row->born[0] == FLYT_NO_MONTH) {
        return row->born[1];
    }
    return row->born[1] != FLYT_NO_MONTH && row->born[1] < row->born[0] ? row->born[1]
                                                                        : row->born[0];
}
