/* Reads the lines of ./accuracy and prints for each function how far its results are from MPFR's with 300 bits: the largest error in ULP of the
   result (2^-1074 where it is subnormal), the number that are not the nearest float64, and where the largest error is.
   gcc -O2 check_accuracy.c -lmpfr -lgmp -lm */
#include <math.h>
#include <mpfr.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
static mpfr_t t;
#define R MPFR_RNDN
static int lgam(mpfr_t y, mpfr_t x, mpfr_rnd_t r) { int sign; return mpfr_lgamma(y, &sign, x, r); }
static int sigmoid(mpfr_t y, mpfr_t x, mpfr_rnd_t r) { mpfr_neg(t, x, r); mpfr_exp(t, t, r); mpfr_add_ui(t, t, 1, r); return mpfr_ui_div(y, 1, t, r); }
static int softplus(mpfr_t y, mpfr_t x, mpfr_rnd_t r) { mpfr_exp(t, x, r); return mpfr_log1p(y, t, r); }
static int gelu(mpfr_t y, mpfr_t x, mpfr_rnd_t r) {
  mpfr_sqrt_ui(t, 2, r); mpfr_div(t, x, t, r); mpfr_neg(t, t, r); mpfr_erfc(t, t, r); mpfr_mul(t, t, x, r); return mpfr_div_ui(y, t, 2, r);
}
static struct { const char *name; int (*f)(mpfr_t, mpfr_t, mpfr_rnd_t); } ones[] = {
#define F(n) {#n, (int (*)(mpfr_t, mpfr_t, mpfr_rnd_t))mpfr_##n}
  F(exp), F(exp2), F(expm1), F(log), F(log2), F(log10), F(log1p), F(sinh), F(cosh), F(tanh), F(asinh), F(acosh), F(atanh), F(sin), F(cos), F(tan), F(asin),
  F(acos), F(atan), F(cbrt), F(sqrt), F(erf), F(erfc), F(gamma), F(j0), F(j1), F(y0), F(y1),
  {"lgamma", lgam}, {"sigmoid", sigmoid}, {"softplus", softplus}, {"gelu", gelu}};
static double worst, at, at2; static long seen, missed; static char last[20];
static void report(void) { if (seen) printf("%-9s %7ld samples, largest error %.4f ULP at %a %a, %ld not the nearest\n", last, seen, worst, at, at2, missed); worst = seen = missed = 0; }
int main(void) {
  char name[20]; uint64_t u[3]; double v[3];
  mpfr_t x, y, z; mpfr_inits2(300, x, y, z, t, (mpfr_ptr)0);
  while (scanf("%19s %lx %lx %lx", name, u, u + 1, u + 2) == 4) {
    memcpy(v, u, sizeof v);
    if (strcmp(name, last)) { report(); strcpy(last, name); }
    mpfr_set_d(x, v[0], R); mpfr_set_d(z, v[1], R);
    int found = 0;
    for (unsigned i = 0; i < sizeof ones / sizeof *ones; i++) if (!strcmp(name, ones[i].name)) ones[i].f(y, x, R), found = 1;
    if (!strcmp(name, "pow")) mpfr_pow(y, x, z, R), found = 1;
    if (!strcmp(name, "atan2")) mpfr_atan2(y, x, z, R), found = 1;
    if (!strcmp(name, "hypot")) mpfr_hypot(y, x, z, R), found = 1;
    if (!found) { fprintf(stderr, "no function %s\n", name); return 2; }
    int e; double nearest = mpfr_get_d(y, R); frexp(nearest, &e);
    mpfr_sub_d(y, y, v[2], R); mpfr_mul_2si(y, y, e < -1021 ? 1074 : 53 - e, R);
    double error = nearest == 0 && v[2] == 0 ? 0 : fabs(mpfr_get_d(y, R));
    if (error > worst) worst = error, at = v[0], at2 = v[1];
    seen++; missed += nearest != v[2];
  }
  report();
  return 0;
}
