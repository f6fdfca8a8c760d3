// Package datasets has small sets of data to learn from: made with a seed, shipped
// with their sources and licences (data/SOURCES.md), or read from the user's files.
//
//	d := datasets.Iris()
//	XTrain, XTest, yTrain, yTest := nnlib.TrainTestSplit(d.X, d.Y, nnlib.Split{Stratify: d.Y})
//
// What is made depends on the seed alone, on every machine. Nothing is fetched from anywhere.
package datasets
