// This file lets goroutine.go declare a function that package runtime has.
