"""jupyter_kernel_test against the installed kernel, every attribute filled.

    REPRISE_KERNEL_NAME=reprise python test_reprise.py

The history that is searched is one of its own, in a directory that is thrown away.
"""
import os
import sys
import tempfile
import unittest

home = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = home.name

import jupyter_kernel_test as jkt  # noqa: E402

NAME = os.environ.get("REPRISE_KERNEL_NAME", "reprise")
EXPECTED = 13  # 12 of KernelTests, 1 of IopubWelcomeTests


class Reprise(jkt.KernelTests):
    kernel_name = NAME
    language_name = "go"
    file_extension = ".go"
    code_hello_world = 'fmt.Println("hello, world")'
    code_stderr = 'fmt.Fprintln(os.Stderr, "test")'
    completion_samples = [
        {"text": "strings.HasP", "matches": {"HasPrefix"}},
        {"text": "strings.NoSuchThing", "matches": set()},
    ]
    complete_code_samples = ["x := 1", "1 + 2", "func f() int {\n\treturn 1\n}", "", 'import "fmt"\nfmt.Println(1)']
    incomplete_code_samples = ["func f() {", "for i := 0; i < 3; i++ {", "x := []int{1,", "fmt.Println(", "s := `a", "/* a"]
    invalid_code_samples = ["x := )", "func 1() {}"]
    code_page_something = "fmt.Println?"
    code_generate_error = 'panic("on purpose")'
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": 'strings.Repeat("ab", 2)', "result": '"abab"'},
        {"code": "[]int{1, 2}"},
    ]
    code_display_data = [
        {"code": "%%html\n<b>bold</b>", "mime": "text/html"},
        {"code": "%%markdown\n*text*", "mime": "text/markdown"},
        {"code": "%%svg\n<svg xmlns='http://www.w3.org/2000/svg'/>", "mime": "image/svg+xml"},
    ]
    code_history_pattern = "1 + ?"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "fmt.Println"
    code_clear_output = "display.Clear(false)"


class RepriseWelcome(jkt.IopubWelcomeTests):
    kernel_name = NAME
    support_iopub_welcome = True


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    if result.skipped or result.testsRun != EXPECTED:
        print(f"{result.testsRun} tests ran and {len(result.skipped)} were skipped; want {EXPECTED} and none", file=sys.stderr)
        sys.exit(1)
    sys.exit(0 if result.wasSuccessful() else 1)
