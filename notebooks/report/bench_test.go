package report_test

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"reprise/notebooks/nb"
	"reprise/notebooks/report"
)

// BenchmarkHTML makes the page of a large notebook. It reports the page's size beside that
// of its images and text.
func BenchmarkHTML(b *testing.B) {
	n, content := large()
	var page []byte
	for b.Loop() {
		page, _ = report.HTML(n, report.Options{})
	}
	b.ReportMetric(float64(len(page))/float64(content), "bytes/content")
}

// large is a notebook with 200 cells and 50 plots of 40 kB, and the size of its images and text.
func large() (*nb.Notebook, int) {
	n := book()
	random := rand.New(rand.NewPCG(1, 1))
	content := 0
	for i := range 200 {
		switch {
		case i%4 == 0:
			image := make([]byte, 40_000)
			for j := range image {
				image[j] = byte(random.Uint32())
			}
			data := base64.StdEncoding.EncodeToString(image)
			content += len(data)
			n.Cells = append(n.Cells, code("plot()", show(map[string]any{"image/png": data, "text/plain": fmt.Sprintf("plot %d", i)})))
		case i%4 == 1:
			n.Cells = append(n.Cells, text(fmt.Sprintf("## Part %d\n\nThe loss is $\\frac{1}{n}\\sum_i (y_i-\\hat y_i)^2$, which falls.\n", i)))
		default:
			n.Cells = append(n.Cells, code(strings.Repeat("model.Add(&nnlib.Dense{Units: 10}) // a layer\n", 10), stream(strings.Repeat("epoch 10 loss 0.125\n", 20))))
		}
	}
	for _, c := range n.Cells {
		content += len(c.Source)
		for _, o := range c.Outputs {
			content += len(o.Text)
		}
	}
	return n, content
}
