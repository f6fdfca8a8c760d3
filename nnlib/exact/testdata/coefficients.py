# Makes gen/coefficients.go: near-minimax polynomials (interpolation in the Chebyshev points) for the vector functions, errors below 2^-40.
#   pip install mpmath==1.3.0 && python coefficients.py > ../gen/coefficients.go
from mpmath import mp, mpf, exp, log, sqrt, sin, cos, erf, erfc, pi, atanh
mp.prec = 200

def interpolate(f, lo, hi, degree):
    lo, hi = mpf(lo), mpf(hi)
    n = degree + 1
    xs = [(lo + hi) / 2 + (hi - lo) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    d = [f(x) for x in xs]
    for j in range(1, n):
        for i in range(n - 1, j - 1, -1): d[i] = (d[i] - d[i - 1]) / (xs[i] - xs[i - j])
    p = [mpf(0)] * n
    p[0] = d[n - 1]
    for i in range(n - 2, -1, -1):
        q = [mpf(0)] * n
        for k in range(n - 1):
            q[k + 1] += p[k]
        for k in range(n):
            q[k] -= p[k] * xs[i]
        q[0] += d[i]
        p = q
    return p

half = log(2) / 2 * mpf("1.0001")
tables = [
    ("expPoly", "(e^r - 1 - r)/r², |r| <= ln 2/2", interpolate(lambda r: (exp(r) - 1 - r) / r**2, -half, half, 7)),
    ("logPoly", "(atanh(s)/s - 1)/z in z = s², |s| <= 3 - 2·sqrt(2)", interpolate(lambda z: (atanh(sqrt(z)) / sqrt(z) - 1) / z, 0, mpf("0.02945"), 4)),
    ("sinPoly", "(sin(r)/r - 1)/z in z = r², |r| <= π/4", interpolate(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, 0, mpf("0.6170"), 5)),
    ("cosPoly", "(cos(r) - 1)/z in z = r², |r| <= π/4", interpolate(lambda z: (cos(sqrt(z)) - 1) / z, 0, mpf("0.6170"), 5)),
    ("erfPoly", "erf(x)/x in z = x², |x| <= 1/2", interpolate(lambda z: erf(sqrt(z)) / sqrt(z), 0, mpf("0.25"), 7)),
    ("tailPoly", "(a+4)·Φ(-a)·e^(a²/2) in t = (a-4)/(a+4), 0 <= a <= 15", interpolate(lambda t: (lambda a: (a + 4) * erfc(a / sqrt(2)) * exp(a * a / 2) / 2)(4 * (1 + t) / (1 - t)), -1, mpf(11) / 19, 14)),
]

# The tables for AVX-512: a VPERMT2PD looks one of 16 numbers up.
def pieces(f, first, width, degree, count=16):
    # row d holds the coefficient of t^d for each of count intervals around first + i·width, t from there
    each = [interpolate(lambda t: f(first + i * width + t), -width / 2, width / 2, degree) for i in range(count)]
    return [[each[i][d] for i in range(count)] for d in range(degree + 1)]

def relative(c, f, first, width):
    # the largest relative error of the tables on a grid
    worst = 0
    for i in range(len(c[0])):
        for n in range(-20, 20):
            u = (mpf(n) + mpf(1) / 2) / 40 * width
            x = first + i * width + u
            p = sum(c[d][i] * u**d for d in range(len(c)))
            worst = max(worst, abs(p / f(x) - 1))
    return float(log(worst, 2))

small = log(2) / 32 * mpf("1.0001")
tables += [
    ("exp16Poly", "(e^r - 1 - r)/r², |r| <= ln 2/32", interpolate(lambda r: (exp(r) - 1 - r) / r**2 if abs(r) > 1e-30 else mpf(1) / 2 + r / 6, -small, small, 2)),
    ("exp16LongPoly", "the same to 2^-42 of r", interpolate(lambda r: (exp(r) - 1 - r) / r**2 if abs(r) > 1e-30 else mpf(1) / 2 + r / 6, -small, small, 3)),
    ("log16Poly", "(ln(1+r) - r)/r², |r| <= 1/24", interpolate(lambda r: (mp.log1p(r) - r) / r**2 if abs(r) > 1e-30 else r / 3 - mpf(1) / 2, -mpf(1) / 24, mpf(1) / 24, 5)),
    ("sin16Poly", "(sin(r)/r - 1)/z in z = r², |r| <= π/16", interpolate(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, 0, mpf("0.03856"), 2)),
    ("cos16Poly", "(cos(r) - 1)/z in z = r², |r| <= π/16", interpolate(lambda z: (cos(sqrt(z)) - 1) / z, 0, mpf("0.03856"), 2)),
    ("exp16", "2^(i/16)", [mpf(2) ** (mpf(i) / 16) for i in range(16)]),
    ("inverse16", "16/j for the j in 12..27 with j % 16 = i", [mpf(16) / (i if i >= 12 else i + 16) for i in range(16)]),
    ("log16", "-ln inverse16, as rounded", [-log(mpf(float(mpf(16) / (i if i >= 12 else i + 16)))) for i in range(16)]),
    ("sin16", "sin(i·π/8)", [sin(pi * i / 8) if i % 8 else mpf(0) for i in range(16)]),
    ("cos16", "cos(i·π/8)", [cos(pi * i / 8) if i % 8 != 4 else mpf(0) for i in range(16)]),
]
# For the kernels in pairs of float32.
tables += [
    ("pairExpPoly", "(e^r - 1 - r)/r², |r| <= ln 2/16", interpolate(lambda r: (exp(r) - 1 - r) / r**2 if abs(r) > 1e-30 else mpf(1) / 2 + r / 6, -2 * small, 2 * small, 3)),
]
def log8():
    # ln around j/8 for the j in 6..13 with j % 8 = i, by degree; around 1, the error is in proportion to t²
    each = []
    for i in range(8):
        c = mpf(i if i >= 6 else i + 8) / 8
        if c == 1: each.append([mpf(0), mpf(1)] + interpolate(lambda t: (mp.log1p(t) - t) / t**2 if abs(t) > 1e-30 else t / 3 - mpf(1) / 2, -mpf(1) / 16, mpf(1) / 16, 5))
        else: each.append(interpolate(lambda t: log(c + t), -mpf(1) / 16, mpf(1) / 16, 7))
    return [[each[i][d] for i in range(8)] for d in range(8)]
def erfRatio(x): return erf(x) / x if abs(x) > 1e-30 else 2 / sqrt(pi)
def normalTail(x): return erfc(x / sqrt(2)) / 2
def logistic(x): return 1 / (1 + exp(x))
rows = [
    ("erfTable", "erf(x)/x around i/4 by degree, in x - i/4", erfRatio, 0, mpf(1) / 4, 7, 16),
    ("erf64", "erf(x)/x around i/16", erfRatio, 0, mpf(1) / 16, 5, 64),
    ("tail8", "Φ(-x) around i/2", normalTail, 0, mpf(1) / 2, 9, 8),
    ("tail32", "Φ(-x) around i/8", normalTail, 0, mpf(1) / 8, 6, 32),
    ("logistic32", "1/(1+e^x) around i/4", logistic, 0, mpf(1) / 4, 6, 32),
]
print("package main\n\n// Written by ../testdata/coefficients.py.\n\nconst tailCenter = 4")
for name, doc, c in tables:
    print("\n// %s: %s.\nvar %s = []float64{" % (name, doc, name))
    for x in c: print("\t%s," % float(x).hex())
    print("}")
def printRows(name, doc, c):
    print("\n// %s: %s.\nvar %s = [][]float64{" % (name, doc, name))
    for row in c: print("\t{%s}," % ", ".join(float(x).hex() for x in row))
    print("}")
for name, doc, f, first, width, degree, count in rows:
    c = pieces(f, first, width, degree, count)
    printRows(name, "%s. Relative error 2^%.1f" % (doc, relative(c, f, first, width)), c)
printRows("log8", "ln around j/8 for the j in 6..13 with j % 8 = i, by degree, in x - j/8", log8())
