package engine

import (
	"bytes"
	"context"
	"io"
	"log"
	"log/slog"
	"reflect"
	"time"
)

// slogOverlay is slog with a default logger that writes through the standard logger of log, until SetDefault
// turns both round.
func slogOverlay(standard *log.Logger) map[string]reflect.Value {
	v := reflect.ValueOf
	level := new(slog.LevelVar)
	def := slog.New(&slogHandler{standard: standard, level: level, text: func(h slog.Handler) slog.Handler { return h }})
	contextual := func(level slog.Level) func(context.Context, string, ...any) {
		return func(ctx context.Context, msg string, args ...any) { def.Log(ctx, level, msg, args...) }
	}
	return map[string]reflect.Value{
		"Default": v(func() *slog.Logger { return def }),
		"SetDefault": v(func(l *slog.Logger) {
			if def = l; !isOwnHandler(l.Handler()) {
				standard.SetOutput(slogWriter{l.Handler(), level})
				standard.SetFlags(0)
			}
		}),
		"SetLogLoggerLevel": v(func(l slog.Level) slog.Level {
			old := level.Level()
			level.Set(l)
			return old
		}),
		"With":  v(func(args ...any) *slog.Logger { return def.With(args...) }),
		"Debug": v(func(msg string, args ...any) { def.Debug(msg, args...) }), "DebugContext": v(contextual(slog.LevelDebug)),
		"Info": v(func(msg string, args ...any) { def.Info(msg, args...) }), "InfoContext": v(contextual(slog.LevelInfo)),
		"Warn": v(func(msg string, args ...any) { def.Warn(msg, args...) }), "WarnContext": v(contextual(slog.LevelWarn)),
		"Error": v(func(msg string, args ...any) { def.Error(msg, args...) }), "ErrorContext": v(contextual(slog.LevelError)),
		"Log": v(func(ctx context.Context, level slog.Level, msg string, args ...any) {
			def.Log(ctx, level, msg, args...)
		}),
		"LogAttrs": v(func(ctx context.Context, level slog.Level, msg string, attrs ...slog.Attr) {
			def.LogAttrs(ctx, level, msg, attrs...)
		}),
	}
}

// A slogHandler writes as that of slog's first default logger: level, message and attributes, and what the
// standard logger puts before them.
type slogHandler struct {
	standard *log.Logger
	level    *slog.LevelVar
	text     func(slog.Handler) slog.Handler // adds the attributes and groups so far
}

func isOwnHandler(h slog.Handler) bool {
	_, ok := h.(*slogHandler)
	return ok
}

// Enabled goes by slog.SetLogLoggerLevel.
func (h *slogHandler) Enabled(_ context.Context, l slog.Level) bool { return l >= h.level.Level() }

// Handle writes one line.
func (h *slogHandler) Handle(ctx context.Context, r slog.Record) error {
	attrs, err := h.attributes(ctx, r)
	if err != nil {
		return err
	}
	line := r.Level.String() + " " + r.Message
	if attrs != "" {
		line += " " + attrs
	}
	return h.standard.Output(0, line)
}

// attributes writes a record as slog's text handler does, without what slog itself puts in front.
func (h *slogHandler) attributes(ctx context.Context, r slog.Record) (string, error) {
	var b bytes.Buffer
	front := 0 // how much of it is still to come
	text := h.text(slog.NewTextHandler(&b, &slog.HandlerOptions{Level: r.Level, ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if front > 0 {
			front--
			return slog.Attr{}
		}
		return a
	}}))
	r = r.Clone()
	r.Time = time.Time{}
	front = 2 // level and message
	err := text.Handle(ctx, r)
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), err
}

// WithAttrs returns a handler that adds attributes.
func (h *slogHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &slogHandler{h.standard, h.level, func(to slog.Handler) slog.Handler { return h.text(to).WithAttrs(attrs) }}
}

// WithGroup returns a handler that opens a group.
func (h *slogHandler) WithGroup(name string) slog.Handler {
	return &slogHandler{h.standard, h.level, func(to slog.Handler) slog.Handler { return h.text(to).WithGroup(name) }}
}

// A slogWriter hands what the standard logger writes to a handler.
type slogWriter struct {
	to    slog.Handler
	level *slog.LevelVar
}

var _ io.Writer = slogWriter{}

// Write hands over one message.
func (w slogWriter) Write(p []byte) (int, error) {
	if !w.to.Enabled(context.Background(), w.level.Level()) {
		return 0, nil
	}
	r := slog.NewRecord(time.Now(), w.level.Level(), string(bytes.TrimSuffix(p, []byte("\n"))), 0)
	return len(p), w.to.Handle(context.Background(), r)
}

// A loggable is a value of a cell that has LogValue.
type loggable struct{ Boxed }

// LogValue calls the cell's method.
func (l loggable) LogValue() slog.Value {
	return l.T.method("LogValue").(func(any) slog.Value)(l.V)
}

// Logged is a value for slog, with its own LogValue if its type has one.
func (t *typeTable) Logged(v any) any {
	x, raw := t.of(v)
	if _, ok := x.method("LogValue").(func(any) slog.Value); ok {
		return loggable{Boxed{x, raw}}
	}
	return v
}

// LoggedAs is Logged of a value of a known type, which is handed over as plain data otherwise.
func (t *typeTable) LoggedAs(id int, v any) any {
	if l, ok := t.Logged(Boxed{t.get(id), v}).(loggable); ok {
		return l
	}
	return v
}
