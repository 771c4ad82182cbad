#ifndef LETHE_CKERNELS_H
#define LETHE_CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Vector loops, the worker pool and the BLAS loader.
//
// Every loop here runs on the calling thread over the rows that it is given; `Kernels` splits rows
// over the pool. Matrices are row-major. Letters: rows = tokens, c = channels, v = vocabulary.
// "accumulates" means +=, anything else overwrites. Buffers named differently do not overlap.

// ---- pool.c ---------------------------------------------------------------------------------

/// Called with the context, an index in 0..<count and the worker that runs it (0..<threads).
typedef void (*lk_task)(void *context, long index, long worker);

/// Runs `task` for every index, the caller taking part; returns when all are done.
/// A call from inside a task runs on the caller alone.
void lk_pool_run(long count, lk_task task, void *context);
/// Threads that share the work of a run that this thread starts, the caller included.
long lk_pool_threads(void);
/// Sets that number for runs that the calling thread starts; 0 takes the limit away. Returns the
/// limit before.
long lk_pool_limit_threads(long threads);
/// Starts the threads now instead of with the first run; returns how many share the work, which are
/// fewer than were wanted where the system gives no more.
long lk_pool_start(void);
/// Sets the number of threads (1...64). Not while tasks run.
void lk_pool_set_threads(long threads);

// ---- memory.c -------------------------------------------------------------------------------

/// 64-byte aligned, zeroed; large blocks ask for huge pages. NULL when there is no memory.
void *lk_allocate(size_t bytes);
/// The same without a claim on memory: pages are taken as they are first written.
void *lk_reserve(size_t bytes);
/// Gives the pages of a reserved block back; the block reads as zeros.
void lk_forget(void *block, size_t bytes);
void lk_free(void *block, size_t bytes);
/// Largest resident size of this process so far, in bytes.
long lk_peak_resident_bytes(void);
/// Memory that the system has handed to this process page by page so far, in bytes: its page faults
/// without disk access, times the size of a page.
long lk_fresh_bytes(void);
/// Makes the present size the largest so far, where the system allows it.
void lk_reset_peak(void);
/// Memory of the machine, in bytes.
size_t lk_physical_bytes(void);

// ---- memory_limit.c -------------------------------------------------------------------------

/// Memory of the machine that this process has now, in bytes.
size_t lk_resident_bytes(void);
/// The most that this process could ever have: the machine's memory and swap, less where the
/// container or the process has a limit of its own.
size_t lk_memory_limit(void);
/// What is left of that now, in bytes.
size_t lk_memory_free(void);
/// What the process's own limits (ulimit -v, -d) leave; the largest number without a limit.
size_t lk_address_space_free(void);

// ---- blas.c, gemm.c -------------------------------------------------------------------------

/// C[m,n] = alpha * op(A)[m,k] * op(B)[k,n] + beta * C, row-major, on the calling thread.
void lk_gemm(
    bool transpose_a, bool transpose_b, long m, long n, long k, float alpha, const float *a,
    long lda, const float *b, long ldb, float beta, float *c, long ldc);
/// The same by the portable loop, whatever BLAS is loaded.
void lk_gemm_portable(
    bool transpose_a, bool transpose_b, long m, long n, long k, float alpha, const float *a,
    long lda, const float *b, long ldb, float beta, float *c, long ldc);
/// Loads the BLAS at `path` ("portable" for none), or the first one found when NULL. False, with
/// the one before still in use, when it was not usable.
bool lk_blas_load(const char *path);
/// The libraries that are looked for, best first; NULL after the last.
const char *lk_blas_candidate(long index);
/// Path or soname of the BLAS in use; "portable" without one.
const char *lk_blas_name(void);
/// The library's description of itself (version, core); empty if it has none.
const char *lk_blas_description(void);

// ---- lapack.c -------------------------------------------------------------------------------

/// The singular triples of a matrix [rows, columns], the largest first: left [rows, k], values
/// [k], right [k, columns] with k the smaller side. False, and undefined results, where the BLAS in
/// use has no LAPACK or it fails.
bool lk_svd(
    const float *matrix, long rows, long columns, float *left, float *values, float *right);

// ---- norm.c ---------------------------------------------------------------------------------

/// y = x * rstd * (offset + gain), rstd = 1/sqrt(mean(x^2) + epsilon) saved per row.
void lk_rms_norm(
    const float *x, const float *gain, float offset, float *y, float *rstd, long rows, long c,
    float epsilon);
/// dx accumulates when `accumulate`, else overwrites; dgain accumulates, or is skipped when NULL.
void lk_rms_norm_backward(
    const float *dy, const float *x, const float *gain, float offset, const float *rstd, float *dx,
    bool accumulate, float *dgain, long rows, long c);
/// y = (x - mean) * rstd * gain + bias; mean and rstd = 1/sqrt(variance + epsilon) saved per row.
void lk_layer_norm(
    const float *x, const float *gain, const float *bias, float *y, float *mean, float *rstd,
    long rows, long c, float epsilon);
/// dx accumulates when `accumulate`, else overwrites; dgain and dbias accumulate, or are skipped
/// when NULL.
void lk_layer_norm_backward(
    const float *dy, const float *x, const float *gain, const float *mean, const float *rstd,
    float *dx, bool accumulate, float *dgain, float *dbias, long rows, long c);

// ---- elementwise.c --------------------------------------------------------------------------

/// y += a * x
void lk_axpy(float *y, const float *x, float a, long count);
/// y *= a
void lk_scale(float *y, float a, long count);
/// out = silu(gate) * up
void lk_swiglu(const float *gate, const float *up, float *out, long count);
/// dgate and dup are overwritten; they may be the same buffers as gate and up.
void lk_swiglu_backward(
    const float *dout, const float *gate, const float *up, float *dgate, float *dup, long count);
/// y = x * sigmoid(2 z), z = sqrt(2/pi) (x + 0.044715 x^3); slope is its derivative.
void lk_gelu_tanh(const float *x, float *y, float *slope, long count);
/// y = x * Phi(x), Phi the normal distribution; slope is its derivative.
void lk_gelu(const float *x, float *y, float *slope, long count);
/// y = x * sigmoid(x); slope is its derivative.
void lk_silu(const float *x, float *y, float *slope, long count);
/// y *= x
void lk_multiply(float *y, const float *x, long count);
/// y = x / keep where the counter-based generator keeps the element, else 0. The mask depends on
/// (seed, first + i) alone, so the backward pass calls this again on the gradient.
void lk_dropout(
    const float *x, float *y, float keep, uint64_t seed, uint64_t first, bool accumulate,
    long count);
/// Sum of squares in double precision.
double lk_sum_squares(const float *x, long count);
/// Index of the largest element, the first among equals.
long lk_argmax(const float *x, long count);
/// y = e^((x - shift) / divisor)
void lk_exp(const float *x, float shift, float divisor, float *y, long count);

// ---- rope.c ---------------------------------------------------------------------------------

/// Rotates the first 2 * half channels of each head of each row by its position: the pair
/// (i, i + half) turns by sign * position * frequency[i]. cosine and sine are tables
/// [positions, half].
void lk_rope(
    float *x, const int32_t *positions, const float *cosine, const float *sine, float sign,
    long rows, long heads, long size, long half);

// ---- row_products.c ---------------------------------------------------------------------------

/// Rows [m, k, stride ldx] in panels [m / 16, k, 16], the last one filled up with zeros.
void lk_pack_rows(const float *x, long ldx, long m, long k, float *packed);
/// y[m, n] = alpha * x * w[n, k]^T + beta * y with row strides, of packed rows x[m, k], on the
/// calling thread; the bits of a row depend on that row and on w alone.
void lk_row_products(
    const float *packed, long m, const float *w, long ldw, long n, long k, float alpha, float beta,
    float *y, long ldy);

// ---- cached_attention.c ---------------------------------------------------------------------

/// Tokens of a page of a cache.
enum { lk_page_tokens = 32 };

/// scores[rows, 32, stride ld] = q[rows, size] * keys[size, 32].
void lk_page_scores(
    const float *q, long rows, const float *keys, long size, float *scores, long ld);
/// out[rows, size] += weights[rows, count, stride ld] * values[count, size], the products of a row
/// added in the order of the values.
void lk_page_mix(
    const float *weights, long ld, long rows, const float *values, long count, long size,
    float *out);

// ---- softmax.c ------------------------------------------------------------------------------

/// Row i of `scores` [rows, columns, stride ld] becomes softmax(scale * scores) over its columns
/// from `first_begin + i`, or 0, to below `first_end + i`, or `columns`; zero elsewhere.
/// lse[i * lse_stride] is the log of the denominator.
void lk_causal_softmax(
    float *scores, long rows, long columns, long ld, long first_begin, long first_end, float scale,
    float *lse, long lse_stride);
/// The same probabilities again from raw scores and lse.
void lk_causal_probabilities(
    float *scores, long rows, long columns, long ld, long first_begin, long first_end, float scale,
    const float *lse, long lse_stride);
/// x becomes cap * tanh(scale * x / cap); slope, unless NULL, the derivative.
void lk_soft_cap(float *x, float scale, float cap, float *slope, long count);
/// ds = p * (dp - sum(dout * out)) * scale, in place of dp. dout and out: [rows, size, stride ldo].
void lk_softmax_backward(
    const float *p, float *dp, const float *dout, const float *out, long rows, long columns,
    long ld, long size, long ldo, float scale);

// ---- cross_entropy.c ------------------------------------------------------------------------

/// loss[i] = -log softmax(logits[i])[target[i]]; logits become weight[i] * (softmax - onehot).
void lk_cross_entropy(
    float *logits, const int32_t *targets, const float *weights, float *loss, long rows, long v);
/// As above without touching logits; best[i] is the index of the largest logit.
void lk_log_likelihood(
    const float *logits, const int32_t *targets, float *loss, int32_t *best, long rows, long v);

// ---- embedding.c ----------------------------------------------------------------------------

void lk_gather_rows(
    const float *table, const int32_t *indices, float *y, long rows, long c);
/// table[index[i]] += scale * y[i]
void lk_scatter_add_rows(
    float *table, const int32_t *indices, const float *y, float scale, long rows, long c);

// ---- columns.c ------------------------------------------------------------------------------

/// y[i,j] = x[i,j] * factors[j]
void lk_scale_columns(const float *x, const float *factors, float *y, long rows, long c);
/// y[i,j] += x[i,j] * factors[j]
void lk_accumulate_scaled_columns(
    const float *x, const float *factors, float *y, long rows, long c);
/// sums[j] = sum over i of x[i,j] * y[i,j], both with the same row stride, rows in order.
void lk_column_products(
    const float *x, const float *y, float *sums, long rows, long c, long stride);

/// y[i,j] += row[j]
void lk_add_row(float *y, const float *row, long rows, long c);
/// sums[j] += sum over i of x[i,j], rows in order.
void lk_add_column_sums(const float *x, float *sums, long rows, long c, long stride);

/// `length` columns from `source` on, added to those from `target` on.
typedef struct {
    int32_t source, target, length;
} lk_column_run;

/// y[i, target + j] += x[i, source + j] for every run, in order.
void lk_route_columns(
    const float *x, long x_columns, float *y, long y_columns, const lk_column_run *runs,
    long count, long rows);

// ---- adamw.c --------------------------------------------------------------------------------

typedef struct {
    float learning_rate, beta1, beta2, epsilon;
    /// Share of each weight that is taken away.
    float decay;
    /// 1 - beta^step of each moment.
    float correction1, correction2;
    /// Factor on the gradient (clipping).
    float gradient_scale;
} lk_adamw_settings;

/// One AdamW step: w -= decay * w + lr * mhat / (sqrt(vhat) + epsilon).
void lk_adamw(
    float *w, const float *g, float *m, float *v, long count, const lk_adamw_settings *settings);

// ---- lion.c ---------------------------------------------------------------------------------

typedef struct {
    float learning_rate, beta1, beta2, decay, gradient_scale;
} lk_lion_settings;

/// One Lion step: w -= decay * w + lr * sign(beta1 m + (1 - beta1) g); m = beta2 m + (1 - beta2) g.
void lk_lion(float *w, const float *g, float *m, long count, const lk_lion_settings *settings);

// ---- schedule_free.c ------------------------------------------------------------------------

typedef struct {
    float learning_rate, beta1, beta2, epsilon, weight_decay;
    /// Weight of the new z in the average x.
    float weight;
    /// 1 - beta2^step.
    float correction2;
    float gradient_scale;
} lk_schedule_free_settings;

/// One schedule-free AdamW step on y, where gradients are taken, and z.
void lk_schedule_free(
    float *y, const float *g, float *z, float *v, long count,
    const lk_schedule_free_settings *settings);

/// Makes y the average x, by y = beta1 x + (1 - beta1) z.
void lk_schedule_free_average(float *y, const float *z, float beta1, long count);

#endif
