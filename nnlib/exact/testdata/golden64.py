# Makes golden64.txt: float64 functions to the nearest float64, by mpmath 1.3.0 with 600 bits and more.
#   pip install mpmath==1.3.0 && python golden64.py > golden64.txt
# Each line: function, argument bits (one or two), result bits.
import math, random, struct
from mpmath import mp, mpf
import mpmath as m

random.seed(20)
bits = lambda x: "%016x" % struct.unpack("<Q", struct.pack("<d", x))[0]
ordinary = lambda: random.gauss(0, 1) * math.exp(random.gauss(0, 2))
positive = lambda: abs(ordinary())
unit = lambda: random.choice([random.uniform(-1, 1), math.copysign(1 - random.random() ** 8, random.gauss(0, 1)), random.gauss(0, 1) * 1e-6])
unit = (lambda f: lambda: max(-1.0, min(1.0, f())))(unit)
anybits = lambda: struct.unpack("<d", struct.pack("<Q", random.getrandbits(64)))[0]
anyabs = lambda: abs(anybits())
huge = lambda: random.choice([ordinary, lambda: ordinary() * 2.0 ** random.randint(0, 1000)])()
nearone = lambda: 1 + random.gauss(0, 1) * 10.0 ** -random.randint(1, 12)
def some(*fs): return lambda: random.choice(fs)()
expish = some(ordinary, lambda: random.uniform(-745, 710), lambda: random.gauss(0, 1) * 2.0 ** -random.randint(1, 60))

def big(x): return mpf(x)
F = {
 "Exp": (m.exp, expish), "Exp2": (lambda x: m.power(2, x), some(expish, lambda: random.uniform(-1074, 1023))), "Expm1": (m.expm1, expish),
 "Log": (m.log, some(positive, anyabs, nearone)), "Log2": (lambda x: m.log(x) / m.log(2), some(positive, anyabs, nearone)),
 "Log10": (lambda x: m.log(x) / m.log(10), some(positive, anyabs, nearone)), "Log1p": (m.log1p, some(positive, lambda: unit() * 0.9999, lambda: unit() * 2.0 ** -random.randint(1, 50))),
 "Sinh": (m.sinh, expish), "Cosh": (m.cosh, expish), "Tanh": (m.tanh, expish), "Asinh": (m.asinh, some(huge, expish)), "Acosh": (m.acosh, some(lambda: 1 + positive(), lambda: abs(huge()) + 1)), "Atanh": (m.atanh, unit),
 "Sin": (m.sin, some(huge, anybits)), "Cos": (m.cos, some(huge, anybits)), "Tan": (m.tan, some(huge, anybits)),
 "Asin": (m.asin, unit), "Acos": (m.acos, unit), "Atan": (m.atan, some(huge, anybits, ordinary)), "Cbrt": (lambda x: m.sign(x) * m.cbrt(abs(x)), anybits),
 "Erf": (m.erf, some(ordinary, lambda: random.uniform(-6, 6))), "Erfc": (m.erfc, some(ordinary, lambda: random.uniform(-6, 27.2))),
 "Erfinv": (lambda x: m.erfinv(x), unit), "Erfcinv": (None, some(lambda: random.uniform(0, 2), lambda: 10.0 ** random.uniform(-300, 0))),
 "Gamma": (m.gamma, some(lambda: random.uniform(-180, 171.6), lambda: random.uniform(-5, 5))), "Lgamma": (lambda x: m.log(abs(m.gamma(x))) if abs(x) < 1e5 else m.loggamma(x), some(lambda: random.uniform(-180, 500), lambda: random.uniform(-5, 5), lambda: 10 ** random.uniform(1, 300), nearone, lambda: 1 + nearone())),
 "J0": (lambda x: m.besselj(0, x), some(lambda: random.uniform(-60, 60), ordinary, lambda: 10 ** random.uniform(1, 6))), "J1": (lambda x: m.besselj(1, x), some(lambda: random.uniform(-60, 60), ordinary)),
 "Y0": (lambda x: m.bessely(0, x), some(lambda: random.uniform(0, 60), positive)), "Y1": (lambda x: m.bessely(1, x), some(lambda: random.uniform(0, 60), positive)),
}
def erfcinv(q):
    y = m.sqrt(max(-m.log(q) - 0.5, mpf("0.2"))) if q < 0.5 else m.erfinv(1 - q)
    for _ in range(12): y = y - (m.log(m.erfc(y)) - m.log(q)) / (-2 / m.sqrt(m.pi) * m.exp(-y * y) / m.erfc(y))
    return y
G = {
 "Pow": (m.power, lambda: (random.choice([abs(ordinary()), abs(nearone()), float(random.randint(1, 99))]), random.choice([random.uniform(-50, 50), float(random.randint(-20, 40)), 0.5, 1.5, 0.25, -0.5]))),
 "Atan2": (lambda y, x: m.atan2(y, x), lambda: (huge(), huge())), "Hypot": (lambda x, y: m.sqrt(x * x + y * y), lambda: (huge(), huge())),
 "Jn": (lambda n, x: m.besselj(int(n), x), lambda: (random.randint(0, 40), random.uniform(0, 50))), "Yn": (lambda n, x: m.bessely(int(n), x), lambda: (random.randint(0, 40), random.uniform(0, 50))),
}
def line(name, y, *xs):
    y = float(y)
    if math.isfinite(y): print(name, *[bits(float(x)) for x in xs], bits(y))
mp.prec = 2300
for name, (f, draw) in F.items():
    mp.prec = 400 if name in ("Erfinv", "Erfcinv", "Gamma", "Lgamma", "J0", "J1", "Y0", "Y1", "Erf", "Erfc") else 2300
    n = 60 if name[0] in "JYEG" and name not in ("Exp", "Exp2", "Expm1") else 150
    for _ in range(n):
        x = draw()
        if not math.isfinite(x): continue
        line(name, erfcinv(mpf(x)) if f is None else f(mpf(x)), x)
mp.prec = 2300
for name, (f, draw) in G.items():
    if name in ("Jn", "Yn"): mp.prec = 400
    for _ in range(150):
        a, b = draw()
        line(name, f(mpf(a), mpf(b)), a, b)
# Added later, with draws of their own, so that the lines above stay.
random.seed(21)
mp.prec = 2300
wide = some(ordinary, lambda: random.uniform(-745, 50), lambda: random.gauss(0, 1) * 2.0 ** -random.randint(1, 60))
for name, f, draw in [("Sigmoid", lambda x: 1 / (1 + m.exp(-x)), wide), ("Softplus", lambda x: m.log1p(m.exp(x)), wide),
                      ("Gelu", lambda x: x * m.erfc(-x / m.sqrt(mpf(2))) / 2, some(ordinary, lambda: random.uniform(-37, 12), lambda: random.gauss(0, 1) * 2.0 ** -random.randint(1, 60))),
                      ("Sqrt", m.sqrt, anyabs)]:
    for _ in range(150):
        x = draw()
        if math.isfinite(x): line(name, f(mpf(x)), x)
