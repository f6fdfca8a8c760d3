package wire

// KernelInfoRequest asks who is there.
type KernelInfoRequest empty

// MsgType is kernel_info_request.
func (KernelInfoRequest) MsgType() string { return "kernel_info_request" }

// KernelInfoReply says it.
type KernelInfoReply struct {
	Status                string       `json:"status"`
	ProtocolVersion       string       `json:"protocol_version"`
	Implementation        string       `json:"implementation"`
	ImplementationVersion string       `json:"implementation_version"`
	LanguageInfo          LanguageInfo `json:"language_info"`
	Banner                string       `json:"banner"`
	HelpLinks             []HelpLink   `json:"help_links"`
	SupportedFeatures     []string     `json:"supported_features"` // JEP 92
	Debugger              bool         `json:"debugger"`           // what supported_features replaced
}

// MsgType is kernel_info_reply.
func (KernelInfoReply) MsgType() string { return "kernel_info_reply" }

// LanguageInfo tells a front end how to show, save and export the language.
type LanguageInfo struct {
	Name              string `json:"name"`
	Version           string `json:"version"`
	MIMEType          string `json:"mimetype"`
	FileExtension     string `json:"file_extension"`
	PygmentsLexer     string `json:"pygments_lexer"`
	CodeMirrorMode    any    `json:"codemirror_mode"` // a name; some kernels write an object
	NBConvertExporter string `json:"nbconvert_exporter"`
}

// HelpLink is an entry of the front end's Help menu.
type HelpLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}
