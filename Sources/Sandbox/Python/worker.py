# Executes a program that a model wrote. It sees neither the tests nor what they expect: all it is
# asked is to call what it has defined.

# The status with which a worker ends that nobody asks any more.
LINK_IS_OVER = 75


class Worker(Link):
    def __init__(self, descriptor):
        super().__init__(descriptor)
        # No __name__, as where OpenAI's and Hugging Face's runners execute a program: what stands
        # under `if __name__ == "__main__":` is not run.
        self.program = {}

    def may_be_named(self, x):
        return is_harmless(x)

    def named(self, module, name):
        return reached(self.module(module), name)

    def perform(self, operation, arguments, options):
        return getattr(self, "do_" + operation, OPERATIONS.get(operation))(*arguments, **options)

    def do_load(self, source):
        exec(compile(source, "<program>", "exec", dont_inherit=True), self.program)
        return {name: type(x) is types.ModuleType for name, x in self.program.items()}

    def do_global(self, name):
        return self.program[name]

    def do_bind(self, name, x):
        self.program[name] = x

    def do_plain(self, x, base):
        return PLAIN[base](x)


def work(arguments):
    prepare(arguments)
    worker = Worker(3)
    worker.send(b"", b"R")
    try:
        while True:
            worker.receive()
    except MemoryError:
        os._exit(128 + 9)
    except Gone:
        os._exit(LINK_IS_OVER)


if __name__ == "__main__":
    work(sys.argv[1:])
