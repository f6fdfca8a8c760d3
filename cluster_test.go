package main_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
)

// The files in install/cluster start workers that join a session and play its runs.
func TestClusterFiles(t *testing.T) {
	for name, command := range map[string]func(t *testing.T, url string) *exec.Cmd{"kubernetes.yaml": kubernetesWorker, "slurm.sh": slurmWorker} {
		t.Run(name, func(t *testing.T) {
			url := freeAddress(t)
			folder := notebook(t, "%workers listen "+url+" --token tok --local 0", `experiment.Repeat(8, func(run experiment.Run) float64 { return run.Stream("x").Float64() })`)
			c := command(t, "nats://"+url)
			said := startWorkerCommand(t, c)
			reprise(t, folder, "run", "x.ipynb").want(t, 0)
			c.Process.Kill() // else it waits for the next session
			if text := <-said; !strings.Contains(text, "played") {
				t.Errorf("the worker has played nothing:\n%s", text)
			}
		})
	}
}

// kubernetesWorker is the command of the Job's container, with what Kubernetes fills in.
func kubernetesWorker(t *testing.T, url string) *exec.Cmd {
	var job struct {
		Kind, APIVersion string
		Spec             struct {
			CompletionMode           string
			Parallelism, Completions int
			Template                 struct {
				Spec struct {
					RestartPolicy string
					Containers    []struct {
						Command, Args []string
						Env           []struct {
							Name      string
							ValueFrom struct{ SecretKeyRef, FieldRef map[string]string }
						}
					}
				}
			}
		}
	}
	text := bytesOf(t, "install", "cluster", "kubernetes.yaml")
	d := yaml.NewDecoder(strings.NewReader(strings.NewReplacer("apiVersion", "apiversion", "completionMode", "completionmode",
		"restartPolicy", "restartpolicy", "valueFrom", "valuefrom", "secretKeyRef", "secretkeyref", "fieldRef", "fieldref").Replace(text)))
	if err := d.Decode(&job); err != nil {
		t.Fatal(err)
	}
	s := job.Spec
	if job.Kind != "Job" || job.APIVersion != "batch/v1" || s.CompletionMode != "Indexed" || s.Parallelism < 2 || s.Parallelism != s.Completions ||
		s.Template.Spec.RestartPolicy != "OnFailure" || len(s.Template.Spec.Containers) != 1 {
		t.Fatalf("%+v", job)
	}
	c := s.Template.Spec.Containers[0]
	given := map[string]string{"JOB_NAME": "reprise-workers", "JOB_COMPLETION_INDEX": "3", "REPRISE_TOKEN": "tok"}
	var env, args []string
	for _, e := range c.Env {
		if given[e.Name] == "" || len(e.ValueFrom.SecretKeyRef)+len(e.ValueFrom.FieldRef) == 0 {
			t.Fatalf("environment variable %+v", e)
		}
		env = append(env, e.Name+"="+given[e.Name])
	}
	for _, a := range c.Args {
		for name, value := range given {
			a = strings.ReplaceAll(a, "$("+name+")", value)
		}
		if strings.HasPrefix(a, "--join=") {
			a = "--join=" + url
		}
		args = append(args, a)
	}
	if len(c.Command) != 1 || filepath.Base(c.Command[0]) != "reprise" || strings.Contains(strings.Join(args, " "), "$(") || len(env) != 3 {
		t.Fatalf("command %q %q, environment %q", c.Command, args, env)
	}
	cmd := exec.Command(program, args...)
	cmd.Env = append(cmd.Environ(), env...)
	return cmd
}

func slurmWorker(t *testing.T, url string) *exec.Cmd {
	path, err := filepath.Abs(filepath.Join("install", "cluster", "slurm.sh"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash here, which Slurm's script is for")
	}
	cmd := exec.Command("bash", path)
	cmd.Env = append(cmd.Environ(), "REPRISE="+program, "REPRISE_QUEUE="+url, "REPRISE_TOKEN=tok", "SLURM_ARRAY_JOB_ID=17", "SLURM_ARRAY_TASK_ID=4")
	return cmd
}

// startWorkerCommand starts c; what it has said comes when it ends.
func startWorkerCommand(t *testing.T, c *exec.Cmd) <-chan string {
	t.Helper()
	r, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(deadline, func() { c.Process.Kill() })
	said := make(chan string, 1)
	go func() {
		text, _ := io.ReadAll(bufio.NewReader(r)) // what there is tells
		timer.Stop()
		said <- fmt.Sprint(string(text), c.Wait())
	}()
	return said
}

// freeAddress is one of this machine where nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
