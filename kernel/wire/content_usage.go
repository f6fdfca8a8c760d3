package wire

// UsageRequest is asked by the jupyter-resource-usage extension, on control.
type UsageRequest empty

// MsgType is usage_request.
func (UsageRequest) MsgType() string { return "usage_request" }

// UsageReply has the fields of ipykernel's, as far as the system tells them.
// The extension shows nothing when there is no content at all, so there is no status beside it.
type UsageReply struct {
	Hostname          string             `json:"hostname"`
	PID               int                `json:"pid"`
	KernelCPU         float64            `json:"kernel_cpu"`    // per cent of one core, since the last request
	KernelMemory      int64              `json:"kernel_memory"` // bytes, with child processes
	CPUCount          int                `json:"cpu_count"`
	HostCPUPercent    *float64           `json:"host_cpu_percent,omitempty"`
	HostVirtualMemory map[string]float64 `json:"host_virtual_memory,omitempty"` // psutil's virtual_memory: total, available, percent...
}

// MsgType is usage_reply.
func (UsageReply) MsgType() string { return "usage_reply" }
