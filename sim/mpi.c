#include "sim/mpi.h"

#include <stdlib.h>

/** Ranks that mpirun says it started; 1: it did not. */
static uint32_t started(void)
{
    static const char *const names[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MPI_LOCALNRANKS"};
    for (size_t i = 0; i < FLYT_COUNT(names); i++) {
        const char *text = getenv(names[i]);
        char *end = NULL;
        unsigned long n = text == NULL ? 0 : strtoul(text, &end, 10);
        if (text != NULL && *end == '\0' && n > 1 && n < 1000000) {
            return (uint32_t)n;
        }
    }
    return 1;
}

#ifdef FLYT_MPI

#include <mpi.h>

enum { TAG_ASK = 1, TAG_TASK = 2, TAG_LEAVE = 3 };

/* MPI itself is one for the process, and so is this; all written by one thread */
static int rank_, size_ = 1;
static uint32_t next_, n_left_;

enum flyt_status flyt_mpi_begin(struct flyt_diag *diag)
{
    int provided = 0;
    if (started() == 1) {
        return FLYT_OK;
    }
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS ||
        MPI_Comm_rank(MPI_COMM_WORLD, &rank_) != MPI_SUCCESS ||
        MPI_Comm_size(MPI_COMM_WORLD, &size_) != MPI_SUCCESS) {
        return flyt_diag_fault(diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                               "MPI could not be started", "MPI kunne ikke startes");
    }
    return FLYT_OK;
}

uint32_t flyt_mpi_rank(void)
{
    return (uint32_t)rank_;
}

uint32_t flyt_mpi_size(void)
{
    return (uint32_t)size_;
}

enum flyt_status flyt_mpi_agree(enum flyt_status status)
{
    int own = (int)status, worst = own;
    if (size_ > 1) {
        (void)MPI_Allreduce(&own, &worst, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    }
    return (enum flyt_status)worst;
}

void flyt_mpi_serve(void)
{
    int there = 1;
    while (rank_ == 0 && size_ > 1 && there != 0) {
        MPI_Status from;
        uint32_t n = 0;
        if (MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &from) != MPI_SUCCESS ||
            there == 0) {
            return;
        }
        (void)MPI_Recv(&n, 1, MPI_UINT32_T, from.MPI_SOURCE, from.MPI_TAG, MPI_COMM_WORLD,
                       MPI_STATUS_IGNORE);
        if (from.MPI_TAG == TAG_LEAVE) {
            n_left_++;
        } else {
            uint32_t task = next_ < n ? next_++ : FLYT_NONE;
            (void)MPI_Send(&task, 1, MPI_UINT32_T, from.MPI_SOURCE, TAG_TASK, MPI_COMM_WORLD);
        }
    }
}

uint32_t flyt_mpi_take(uint32_t n)
{
    uint32_t task = FLYT_NONE;
    if (rank_ == 0) {
        flyt_mpi_serve();
        return next_ < n ? next_++ : FLYT_NONE;
    }
    (void)MPI_Send(&n, 1, MPI_UINT32_T, 0, TAG_ASK, MPI_COMM_WORLD);
    (void)MPI_Recv(&task, 1, MPI_UINT32_T, 0, TAG_TASK, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return task;
}

void flyt_mpi_leave(void)
{
    uint32_t nothing = 0;
    if (rank_ != 0) {
        (void)MPI_Send(&nothing, 1, MPI_UINT32_T, 0, TAG_LEAVE, MPI_COMM_WORLD);
    }
    while (rank_ == 0 && n_left_ + 1 < (uint32_t)size_) {
        MPI_Status from;
        (void)MPI_Probe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &from);
        flyt_mpi_serve();
    }
}

void flyt_mpi_end(void)
{
    if (size_ > 1) {
        (void)MPI_Finalize();
    }
}

#else

enum flyt_status flyt_mpi_begin(struct flyt_diag *diag)
{
    uint32_t n = started();
    if (n == 1) {
        return FLYT_OK;
    }
    return flyt_diag_fault(
        diag, FLYT_ERR_USAGE, (struct flyt_place){0},
        "started %u times by mpirun, but this flyt was built without MPI: build "
        "it where an MPI is installed, or use --shard",
        "startet %u gange af mpirun, men denne flyt er bygget uden MPI: byg den, "
        "hvor der er en MPI, eller brug --shard",
        n);
}

uint32_t flyt_mpi_rank(void)
{
    return 0;
}

uint32_t flyt_mpi_size(void)
{
    return 1;
}

enum flyt_status flyt_mpi_agree(enum flyt_status status)
{
    return status;
}

uint32_t flyt_mpi_take(uint32_t n)
{
    (void)n;
    return FLYT_NONE;
}

void flyt_mpi_serve(void)
{
}

void flyt_mpi_leave(void)
{
}

void flyt_mpi_end(void)
{
}

#endif
