// Package diff tells why two executed notebooks have different results.
//
// First come the causes that can be read: cells whose source is another, seeds,
// versions, data files. Then the first cell that shows or draws something else. When
// there is a training in it that went another way, both notebooks are run again up to
// that cell, once to see that they still part, and once with every tensor of the steps in
// question hashed; so the first step, layer and tensor that differ are named.
package diff
