package exact

import "math"

// Sin returns the sine of x radians.
func Sin(x float64) float64 {
	s, _ := Sincos(x)
	return s
}

// Cos returns the cosine of x radians.
func Cos(x float64) float64 {
	_, c := Sincos(x)
	return c
}

// Sincos returns Sin(x), Cos(x).
func Sincos(x float64) (sin, cos float64) {
	switch {
	case x != x || math.IsInf(x, 0):
		return math.NaN(), math.NaN()
	case math.Abs(x) < 0x1p-28 && math.Abs(x) < 0x1p-500:
		return x, 1
	}
	s, c := ddSinCos(x)
	return s.float(), c.float()
}

// Tan returns the tangent of x radians.
func Tan(x float64) float64 {
	switch {
	case x != x || math.IsInf(x, 0):
		return math.NaN()
	case math.Abs(x) < 0x1p-500:
		return x
	}
	s, c := ddSinCos(x)
	return s.div(c).float()
}

// Atan returns the arctangent of x in radians.
func Atan(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || a < 0x1p-500:
		return x
	case a > 0x1p100:
		return math.Copysign(ddHalfPi.float(), x)
	}
	return math.Copysign(ddAtan2(ddOf(a), ddOf(1)).float(), x)
}

// Asin returns the arcsine of x in radians.
func Asin(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || a > 1:
		return math.NaN()
	case a < 0x1p-500:
		return x
	}
	return math.Copysign(ddAtan2(ddOf(a), sqrtOneMinusSquare(a)).float(), x)
}

// Acos returns the arccosine of x in radians.
func Acos(x float64) float64 {
	a := math.Abs(x)
	if x != x || a > 1 {
		return math.NaN()
	}
	angle := ddAtan2(sqrtOneMinusSquare(a), ddOf(a))
	if x < 0 {
		angle = ddPi.sub(angle)
	}
	return angle.float()
}

func sqrtOneMinusSquare(a float64) dd { return twoSum(1, -a).mul(twoSum(1, a)).sqrt() }

// Atan2 returns the angle of the point (x, y), in the quadrant its signs give.
func Atan2(y, x float64) float64 {
	if x != x || y != y {
		return math.NaN()
	}
	return math.Copysign(quadrantAngle(math.Abs(y), math.Abs(x), math.Signbit(x)), y)
}

// quadrantAngle returns the angle of (±x, y), x, y >= 0.
func quadrantAngle(y, x float64, left bool) float64 {
	if math.IsInf(x, 1) {
		x, y = 1, boolFloat(math.IsInf(y, 1))
	} else if math.IsInf(y, 1) || x == 0 && y > 0 {
		return ddHalfPi.float()
	}
	if y == 0 {
		if left {
			return ddPi.float()
		}
		return 0
	}
	_, ex := math.Frexp(x)
	_, ey := math.Frexp(y)
	d := ey - ex
	switch {
	case d > 200:
		return ddHalfPi.float()
	case d < -200 && left:
		return ddPi.float()
	case d < -200:
		return smallRatio(y, x)
	}
	angle := ddAtan2(ddOf(scalb(y, -ex)), ddOf(scalb(x, -ex)))
	if left {
		angle = ddPi.sub(angle)
	}
	return angle.float()
}

// smallRatio returns y/x with one rounding.
func smallRatio(y, x float64) float64 { return y / x }

func boolFloat(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
