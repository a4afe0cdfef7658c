/**
 * @file mpi.h
 * @brief Ranks of MPI that share the tasks of a sweep: rank 0 hands them out, one at a time.
 *
 * Found when Flyt is built; without it, a start under mpirun is refused. Started without mpirun
 * nothing of MPI is called. One thread of each rank calls these.
 */
#ifndef FLYT_MPI_H
#define FLYT_MPI_H

#include "sim/status.h"

/**
 * @brief Begins, when mpirun started this process among others.
 * @return FLYT_ERR_USAGE when it did, and Flyt was built without MPI.
 */
FLYT_NODISCARD enum flyt_status flyt_mpi_begin(struct flyt_diag *diag);

/** @brief This rank and how many there are; 0 of 1 without mpirun. */
uint32_t flyt_mpi_rank(void);
uint32_t flyt_mpi_size(void);

/** @brief Waits for all ranks. @return the worst status (highest exit code) of all. */
enum flyt_status flyt_mpi_agree(enum flyt_status status);

/** @brief The next of n tasks, FLYT_NONE when all are taken. All ranks count together. */
uint32_t flyt_mpi_take(uint32_t n);

/** @brief Rank 0 answers those who wait: called now and then while it works. */
void flyt_mpi_serve(void);

/** @brief No more tasks for this rank; rank 0 answers until all ranks have said so. */
void flyt_mpi_leave(void);

/** @brief Ends MPI, when it was begun. */
void flyt_mpi_end(void);

#endif
