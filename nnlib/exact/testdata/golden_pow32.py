# Makes golden_pow32.txt: Pow32 correctly rounded, by mpmath 1.3.0 with 300 bits; ordinary arguments, powers that are exact and powers that
# lie on the midpoint of two float32.
#   pip install mpmath==1.3.0 && python golden_pow32.py > golden_pow32.txt
# Each line: bits of x, of y, of x^y.
import math, random, struct
from fractions import Fraction
from mpmath import mp, mpf, power

random.seed(32)
mp.prec = 300
f32 = lambda x: struct.unpack("<f", struct.pack("<f", x))[0]
bits = lambda x: "%08x" % struct.unpack("<I", struct.pack("<f", x))[0]

def nearest(y):
    # to the nearest float32, ties to even, subnormals included
    if y == 0: return 0.0
    m, e = mp.frexp(y)
    e = max(e - 24, -149)
    return f32(float(mp.nint(mp.ldexp(y, -e))) * 2.0 ** e) if e > -1000 else 0.0

def line(x, y):
    x, y = f32(x), f32(y)
    v = power(mpf(x), mpf(y))
    if v < mpf(2) ** 127: print(bits(x), bits(y), bits(nearest(v)))

for _ in range(600): line(math.exp(random.gauss(0, 3)), random.gauss(0, 6))
for _ in range(200): line(random.randint(1, 200), random.randint(0, 9))
for _ in range(200): line((2 * random.randint(2048, 2895) + 1) * 2.0 ** random.randint(-9, 9), 2) # 25 bits: a midpoint
for _ in range(100): line((2 * random.randint(64, 90) + 1) ** 2, 1.5) # up to 23 bits and more
for _ in range(100): line((2 * random.randint(128, 150) + 1) ** 2, 1.5) # 25 bits
for _ in range(100): line(1 + random.randint(1, 99) * 2.0 ** -23, random.gauss(0, 1e6))
for _ in range(100): line(random.uniform(0.9, 1.1) * 2.0 ** -64, random.uniform(1.95, 2.32)) # subnormal results
