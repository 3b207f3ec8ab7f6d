# Raises its own resource limits.
import resource

raised = []
for name in ("CPU", "DATA", "AS", "FSIZE", "NOFILE", "NPROC", "CORE"):
    number = getattr(resource, "RLIMIT_" + name)
    soft, hard = resource.getrlimit(number)
    try:
        resource.setrlimit(number, (hard + 1, hard + 1))
        raised.append(name)
    except (OSError, ValueError):
        pass
# What 0 does not stop: a handler behind a pipe in core_pattern.
if resource.getrlimit(resource.RLIMIT_CORE)[1] not in (0, 1):
    raised.append("core files")
print(raised)
