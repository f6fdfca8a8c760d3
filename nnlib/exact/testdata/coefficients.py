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
print("package main\n\n// Written by ../testdata/coefficients.py.\n\nconst tailCenter = 4")
for name, doc, c in tables:
    print("\n// %s: %s.\nvar %s = []float64{" % (name, doc, name))
    for x in c: print("\t%s," % float(x).hex())
    print("}")
