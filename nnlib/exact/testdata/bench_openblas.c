/* The OpenBLAS side of bench: reads "32|64 transA transB m n k threads calls" and answers with nanoseconds per call.
   One thread is measured in CPU time of the thread, more in wall time. gcc -O2 bench_openblas.c -lopenblas */
#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
extern void openblas_set_num_threads(int);
extern char *openblas_get_corename(void);
static double now(int threads) {
  struct timespec t; clock_gettime(threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &t); return t.tv_sec * 1e9 + t.tv_nsec;
}
int main(void) {
  int type, ta, tb, m, n, k, threads, calls;
  size_t room = 1100 * 1100;
  float *a = malloc(room * 4), *b = malloc(room * 4), *c = malloc(room * 4);
  double *a8 = malloc(room * 8), *b8 = malloc(room * 8), *c8 = malloc(room * 8);
  for (size_t i = 0; i < room; i++) a8[i] = a[i] = (i * 37 % 101) / 101.0f, b8[i] = b[i] = (i * 53 % 97) / 97.0f, c8[i] = c[i] = 0;
  printf("%s\n", openblas_get_corename()); fflush(stdout);
  while (scanf("%d %d %d %d %d %d %d %d", &type, &ta, &tb, &m, &n, &k, &threads, &calls) == 8) {
    openblas_set_num_threads(threads);
    enum CBLAS_TRANSPOSE oa = ta ? CblasTrans : CblasNoTrans, ob = tb ? CblasTrans : CblasNoTrans;
    int lda = ta ? m : k, ldb = tb ? k : n;
    double t = 0;
    for (int timed = 0; timed < 2; timed++) { /* the first 150 ms are not */
      double begin = now(2);
      t = now(threads);
      for (int i = 0; timed ? i < calls : now(2) - begin < 150e6; i++)
        if (type == 32) cblas_sgemm(CblasRowMajor, oa, ob, m, n, k, 1, a, lda, b, ldb, 0, c, n);
        else cblas_dgemm(CblasRowMajor, oa, ob, m, n, k, 1, a8, lda, b8, ldb, 0, c8, n);
    }
    printf("%.1f\n", (now(threads) - t) / calls); fflush(stdout);
  }
}
