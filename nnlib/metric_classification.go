package nnlib

import (
	"fmt"
	"slices"

	"reprise/nnlib/exact"
)

// AccuracyScore is scikit-learn's accuracy_score: the share of samples whose class
// is right. Classes are given as for ConfusionMatrix.
func AccuracyScore(yTrue, yPred any) float64 {
	l := labels("AccuracyScore", yTrue, yPred)
	right := 0
	for i, t := range l.truth {
		if t == l.pred[i] {
			right++
		}
	}
	return float64(right) / float64(len(l.truth))
}

// PrecisionScore is scikit-learn's precision_score. The average is "binary", which
// is about the class 1 or the last of two, "macro", "micro" or "weighted".
func PrecisionScore(yTrue, yPred any, average string) float64 {
	return averaged("PrecisionScore", yTrue, yPred, average, precisionOf)
}

// RecallScore is scikit-learn's recall_score; see PrecisionScore.
func RecallScore(yTrue, yPred any, average string) float64 {
	return averaged("RecallScore", yTrue, yPred, average, recallOf)
}

// F1Score is scikit-learn's f1_score; see PrecisionScore.
func F1Score(yTrue, yPred any, average string) float64 {
	return averaged("F1Score", yTrue, yPred, average, f1Of)
}

// hits are what precision and recall are made of, for one class or for all together.
type hits struct{ right, predicted, there float64 }

func precisionOf(h hits) float64 { return ratio(h.right, h.predicted) }
func recallOf(h hits) float64    { return ratio(h.right, h.there) }
func f1Of(h hits) float64        { return ratio(2*h.right, h.predicted+h.there) }

// ratio is 0 where there is nothing to divide by, as scikit-learn's zero_division="warn" has it.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

func (l labelled) hits() []hits {
	all := make([]hits, len(l.names))
	for i, t := range l.truth {
		all[t].there++
		all[l.pred[i]].predicted++
		if t == l.pred[i] {
			all[t].right++
		}
	}
	return all
}

func averaged(who string, yTrue, yPred any, average string, score func(hits) float64) float64 {
	l := labels(who, yTrue, yPred)
	all := l.hits()
	switch average {
	case "", "binary":
		if len(all) > 2 {
			panic(fmt.Errorf(`nnlib: %s: there are %d classes; say "macro", "micro" or "weighted"`, who, len(all)))
		}
		return score(all[len(all)-1])
	case "micro":
		var sum hits
		for _, h := range all {
			sum = hits{sum.right + h.right, sum.predicted + h.predicted, sum.there + h.there}
		}
		return score(sum)
	case "macro":
		return exact.Mean64(each(all, score))
	case "weighted":
		return weightedMean(all, score)
	}
	panic(fmt.Errorf(`nnlib: %s: there is no average %q; there are "binary", "macro", "micro" and "weighted"`, who, average))
}

func each(all []hits, score func(hits) float64) (values []float64) {
	for _, h := range all {
		values = append(values, score(h))
	}
	return values
}

func weightedMean(all []hits, score func(hits) float64) float64 {
	values, total := each(all, score), 0.0
	for k, h := range all {
		values[k] *= h.there
		total += h.there
	}
	return exact.Sum64(values) / total
}

// LogLoss is scikit-learn's log_loss: the mean of minus the logarithm of the
// probability that was given to the true class. The probabilities are a row of one
// for each class, or for two classes those of the second one.
func LogLoss(yTrue, yProb any) float64 {
	truth := indexLabels("LogLoss", yTrue)
	p := dense("LogLoss", yProb)
	n, classes := p.Dims()
	if n != len(truth.index[0]) {
		panic(fmt.Errorf("nnlib: LogLoss got %d samples and %d rows of probabilities", len(truth.index[0]), n))
	}
	if len(truth.names) != max(classes, 2) {
		panic(fmt.Errorf("nnlib: LogLoss got %d classes and probabilities of %d", len(truth.names), max(classes, 2)))
	}
	losses := make([]float64, n)
	for i, t := range truth.index[0] {
		row := []float64{1 - p.At(i, 0), p.At(i, 0)}
		if classes > 1 {
			row = p.RawRowView(i)
		}
		losses[i] = -exact.Log(offEnds(row[t]) / exact.Sum64(row))
	}
	return exact.Mean64(losses)
}

// offEnds keeps a probability off 0 and 1 by the precision of float64.
func offEnds(p float64) float64 { return min(max(p, 0x1p-52), 1-0x1p-52) }

// ROCAUCScore is scikit-learn's roc_auc_score for two classes: the probability that
// a sample of the second class has a higher score than one of the first.
func ROCAUCScore(yTrue, yScore any) float64 {
	c := ROCCurve(yTrue, yScore)
	area := 0.0
	for k := 1; k < len(c.FPR); k++ {
		area += float64((c.FPR[k] - c.FPR[k-1]) * (c.TPR[k] + c.TPR[k-1]) / 2)
	}
	return area
}

// A ROC is the receiver operating characteristic: the shares of false and true
// positives for falling thresholds.
type ROC struct{ FPR, TPR, Thresholds []float64 }

// ROCCurve is scikit-learn's roc_curve with drop_intermediate=False.
func ROCCurve(yTrue, yScore any) ROC {
	truth, scores := indexLabels("ROCCurve", yTrue), float64s("ROCCurve", yScore)
	if len(truth.index[0]) != len(scores) || len(truth.names) != 2 {
		panic(fmt.Errorf("nnlib: ROCCurve wants two classes and a score for each sample, got %d classes, %d samples and %d scores", len(truth.names), len(truth.index[0]), len(scores)))
	}
	order := indices(len(scores))
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return 0
	})
	c := ROC{[]float64{0}, []float64{0}, []float64{inf}}
	positive, negative := 0.0, 0.0
	for k, i := range order {
		if truth.index[0][i] == 1 {
			positive++
		} else {
			negative++
		}
		if k+1 == len(order) || scores[order[k+1]] != scores[i] {
			c.FPR, c.TPR, c.Thresholds = append(c.FPR, negative), append(c.TPR, positive), append(c.Thresholds, scores[i])
		}
	}
	for k := range c.FPR {
		c.FPR[k], c.TPR[k] = c.FPR[k]/negative, c.TPR[k]/positive
	}
	return c
}
