"""jupyter_kernel_test with every attribute filled. The language is that of kerneltest.Echo."""
import jupyter_kernel_test as jkt

import counted


class Echo(jkt.KernelTests):
    kernel_name = "echo"
    language_name = "go"
    file_extension = ".go"
    code_hello_world = "print hello, world"
    code_stderr = "warn test"
    completion_samples = [{"text": "pri", "matches": {"print"}}, {"text": "xyz", "matches": set()}]
    complete_code_samples = ["print 1"]
    incomplete_code_samples = ["print \\"]
    invalid_code_samples = ["!"]
    code_page_something = "page help"
    code_generate_error = "fail x"
    code_execute_result = [{"code": "value 1", "result": "1"}, {"code": "value 22", "result": "22"}]
    code_display_data = [{"code": "html <b>x</b>", "mime": "text/html"}, {"code": "show  x", "mime": "text/plain"}]
    code_history_pattern = "value 2?"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "print"
    code_clear_output = "clear"


class EchoWelcome(jkt.IopubWelcomeTests):
    kernel_name = "echo"
    support_iopub_welcome = True


if __name__ == "__main__":
    counted.main(13)
