package nnlib

import (
	"fmt"
	"html"
	"math"
	"strings"

	"reprise/nnlib/exact"
)

var inf = math.Inf(1)

// A Report is precision, recall and F1 of each class, as a table.
type Report struct {
	Rows     []ReportRow
	Accuracy float64
	Macro    ReportRow // the mean over classes
	Weighted ReportRow // the mean over samples
}

// A ReportRow is one class, or a mean.
type ReportRow struct {
	Name                  string
	Precision, Recall, F1 float64
	Support               int // samples of the class
}

// ClassificationReport is scikit-learn's classification_report. Classes are given
// as for ConfusionMatrix.
func ClassificationReport(yTrue, yPred any) *Report {
	l := labels("ClassificationReport", yTrue, yPred)
	all := l.hits()
	r := &Report{Accuracy: AccuracyScore(yTrue, yPred)}
	for k, h := range all {
		r.Rows = append(r.Rows, ReportRow{l.names[k], precisionOf(h), recallOf(h), f1Of(h), int(h.there)})
	}
	n := len(l.truth)
	r.Macro = ReportRow{"macro avg", exact.Mean64(each(all, precisionOf)), exact.Mean64(each(all, recallOf)), exact.Mean64(each(all, f1Of)), n}
	r.Weighted = ReportRow{"weighted avg", weightedMean(all, precisionOf), weightedMean(all, recallOf), weightedMean(all, f1Of), n}
	return r
}

var reportHead = []string{"precision", "recall", "f1-score", "support"}

// String is the text of scikit-learn's report.
func (r *Report) String() string {
	wide := len("weighted avg")
	for _, row := range r.Rows {
		wide = max(wide, len(row.Name))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%*s ", wide, "")
	for _, h := range reportHead {
		fmt.Fprintf(&b, " %9s", h)
	}
	b.WriteString("\n\n")
	line := func(row ReportRow) {
		fmt.Fprintf(&b, "%*s  %9.2f %9.2f %9.2f %9d\n", wide, row.Name, row.Precision, row.Recall, row.F1, row.Support)
	}
	for _, row := range r.Rows {
		line(row)
	}
	fmt.Fprintf(&b, "\n%*s  %9s %9s %9.2f %9d\n", wide, "accuracy", "", "", r.Accuracy, r.Macro.Support)
	line(r.Macro)
	line(r.Weighted)
	return b.String()
}

// HTML is the report as a table.
func (r *Report) HTML() string {
	var b strings.Builder
	b.WriteString("<table>\n<thead><tr><th></th>")
	for _, h := range reportHead {
		b.WriteString("<th>" + h + "</th>")
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range append(append([]ReportRow{}, r.Rows...), r.Macro, r.Weighted) {
		fmt.Fprintf(&b, `<tr><th style="text-align:left">%s</th><td>%.2f</td><td>%.2f</td><td>%.2f</td><td>%d</td></tr>`+"\n",
			html.EscapeString(row.Name), row.Precision, row.Recall, row.F1, row.Support)
	}
	fmt.Fprintf(&b, "</tbody>\n</table>\n<p>accuracy %.2f of %d</p>", r.Accuracy, r.Macro.Support)
	return b.String()
}
