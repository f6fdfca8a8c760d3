package kernel

import (
	"context"

	"reprise/kernel/wire"
)

// Info is what a kernel tells of itself.
type Info struct {
	Version   string // of the kernel
	GoVersion string // of the language that cells are written in: "1.26.8"
	Banner    string // a console shows it at the start
	HelpLinks []wire.HelpLink
}

// Language is language_info's name. Front ends choose highlighting, file
// extension and exporter by it and by the fields beside it.
const Language = "go"

func (k *Kernel) kernelInfo(context.Context, *request, wire.KernelInfoRequest) wire.Content {
	info := k.options.Info
	links := info.HelpLinks
	if links == nil {
		links = []wire.HelpLink{}
	}
	return wire.KernelInfoReply{
		Status:                wire.OK,
		ProtocolVersion:       wire.Version,
		Implementation:        "reprise",
		ImplementationVersion: info.Version,
		LanguageInfo:          LanguageInfo(info.GoVersion),
		Banner:                info.Banner,
		HelpLinks:             links,
		SupportedFeatures:     []string{"kernel subshells"},
	}
}

// LanguageInfo is what front ends write into a notebook as language_info.
func LanguageInfo(goVersion string) wire.LanguageInfo {
	return wire.LanguageInfo{
		Name: Language, Version: goVersion, MIMEType: "text/x-go", FileExtension: ".go",
		PygmentsLexer: "go", CodeMirrorMode: "go", NBConvertExporter: "script",
	}
}
