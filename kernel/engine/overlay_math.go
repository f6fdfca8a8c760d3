package engine

import (
	"reflect"

	"reprise/nnlib/exact"
)

// mathOverlay serves the functions of math whose last bits depend on the machine by portable ones.
func mathOverlay() map[string]reflect.Value {
	v := reflect.ValueOf
	return map[string]reflect.Value{
		"Acos": v(exact.Acos), "Acosh": v(exact.Acosh), "Asin": v(exact.Asin), "Asinh": v(exact.Asinh),
		"Atan": v(exact.Atan), "Atan2": v(exact.Atan2), "Atanh": v(exact.Atanh), "Cbrt": v(exact.Cbrt),
		"Cos": v(exact.Cos), "Cosh": v(exact.Cosh), "Erf": v(exact.Erf), "Erfc": v(exact.Erfc),
		"Erfinv": v(exact.Erfinv), "Erfcinv": v(exact.Erfcinv), "Exp": v(exact.Exp), "Exp2": v(exact.Exp2),
		"Expm1": v(exact.Expm1), "Gamma": v(exact.Gamma), "Hypot": v(exact.Hypot),
		"J0": v(exact.J0), "J1": v(exact.J1), "Jn": v(exact.Jn), "Y0": v(exact.Y0), "Y1": v(exact.Y1), "Yn": v(exact.Yn),
		"Lgamma": v(exact.Lgamma), "Log": v(exact.Log), "Log10": v(exact.Log10), "Log1p": v(exact.Log1p), "Log2": v(exact.Log2),
		"Pow": v(exact.Pow), "Sin": v(exact.Sin), "Sincos": v(exact.Sincos), "Sinh": v(exact.Sinh),
		"Tan": v(exact.Tan), "Tanh": v(exact.Tanh),
	}
}
