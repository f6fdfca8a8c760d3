/* check <function> [step] [compare]: the correctly rounded value of the function for all 2^32 float32, or each step-th block of 16384.
   The C library's double decides where it is further than 2^-48 (gelu 2^-43) from a rounding boundary, MPFR with 260 bits elsewhere.
   Prints a hash of the values: h = (h ^ bits) * 0x100000001b3 from 0xcbf29ce484222325, NaN as 7fc00000. With compare it reads the results of
   ./exhaustive from standard input and prints the wrong ones. HARD names a file for the arguments nearest to a boundary (2^-48, normal results).
   gcc -O2 check_exhaustive.c -lmpfr -lgmp -lm */
#include <math.h>
#include <mpfr.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define PREC 260
#define BLOCK (1 << 14)
static double d_sigmoid(double x) { return 1 / (1 + exp(-x)); }
static double d_softplus(double x) { return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)); }
/* the limit at -infinity is -0 */
static double d_gelu(double x) { return x < -1e30 ? -0.0 : 0.5 * x * erfc(-x * M_SQRT1_2); }
static void m_sigmoid(mpfr_t y, mpfr_t x) { mpfr_neg(y, x, 0); mpfr_exp(y, y, 0); mpfr_add_ui(y, y, 1, 0); mpfr_ui_div(y, 1, y, 0); }
static void m_softplus(mpfr_t y, mpfr_t x) { mpfr_exp(y, x, 0); mpfr_log1p(y, y, 0); }
static void m_gelu(mpfr_t y, mpfr_t x) {
  mpfr_t h; mpfr_init2(h, PREC); mpfr_sqrt_ui(h, 2, 0); mpfr_div(h, x, h, 0); mpfr_neg(h, h, 0);
  mpfr_erfc(h, h, 0); mpfr_mul(y, x, h, 0); mpfr_div_ui(y, y, 2, 0); mpfr_clear(h);
}
#define M(f) static void m_##f(mpfr_t y, mpfr_t x) { mpfr_##f(y, x, MPFR_RNDN); }
M(exp) M(expm1) M(log) M(log1p) M(tanh) M(erf) M(sin) M(cos) M(sqrt)
static struct { const char *name; double (*d)(double); void (*m)(mpfr_t, mpfr_t); double slack; } fs[] = {
  {"exp", exp, m_exp, 0x1p-48}, {"expm1", expm1, m_expm1, 0x1p-48}, {"log", log, m_log, 0x1p-48}, {"log1p", log1p, m_log1p, 0x1p-48},
  {"tanh", tanh, m_tanh, 0x1p-48}, {"sigmoid", d_sigmoid, m_sigmoid, 0x1p-48}, {"softplus", d_softplus, m_softplus, 0x1p-48},
  {"erf", erf, m_erf, 0x1p-48}, {"gelu", d_gelu, m_gelu, 0x1p-43}, {"sin", sin, m_sin, 0x1p-48}, {"cos", cos, m_cos, 0x1p-48}, {"sqrt", sqrt, m_sqrt, 0x1p-48}};
static int near_boundary(double d, double slack) { return (float)(d * (1 - slack)) != (float)(d * (1 + slack)); }
int main(int argc, char **argv) {
  int f = -1, n = sizeof fs / sizeof *fs, compare = argc > 3;
  for (int i = 0; i < n; i++) if (argc > 1 && !strcmp(argv[1], fs[i].name)) f = i;
  if (f < 0) { fprintf(stderr, "check: no function %s\n", argc > 1 ? argv[1] : ""); return 2; }
  uint64_t step = argc > 2 ? strtoull(argv[2], 0, 10) : 1;
  FILE *hard = getenv("HARD") ? fopen(getenv("HARD"), "w") : NULL;
  mpfr_set_emin(-2000); mpfr_set_emax(2000);
  mpfr_t x, y; mpfr_init2(x, PREC); mpfr_init2(y, PREC);
  static uint32_t got[BLOCK];
  uint64_t wrong = 0, decided = 0, seen = 0, h = 0xcbf29ce484222325;
  for (uint64_t base = 0; base < 1ull << 32; base += BLOCK * step) {
    if (compare && fread(got, 4, BLOCK, stdin) != BLOCK) { fprintf(stderr, "check: input ends early\n"); return 2; }
    for (int i = 0; i < BLOCK; i++, seen++) {
      uint32_t u = base + i, a; float v, r;
      memcpy(&v, &u, 4);
      double d = fs[f].d(v);
      if (d != d || !near_boundary(d, fs[f].slack)) r = d;
      else {
        mpfr_set_flt(x, v, 0); fs[f].m(y, x); r = mpfr_get_flt(y, MPFR_RNDN); decided++;
        d = mpfr_get_d(y, MPFR_RNDN);
        memcpy(&a, &r, 4);
        if (hard && fabs(d) >= 0x1p-126 && near_boundary(d, 0x1p-48)) fprintf(hard, "%s %08x %08x\n", fs[f].name, u, a);
      }
      memcpy(&a, &r, 4);
      if (r != r) a = 0x7fc00000;
      h = (h ^ a) * 0x100000001b3;
      if (compare && a != got[i] && wrong++ < 20) printf("%s(%08x) = %08x, want %08x\n", fs[f].name, u, got[i], a);
    }
  }
  printf("%s %016llx %llu values, %llu decided by MPFR", fs[f].name, (unsigned long long)h, (unsigned long long)seen, (unsigned long long)decided);
  if (compare) printf(", %llu wrong", (unsigned long long)wrong);
  printf("\n");
  return wrong != 0;
}
