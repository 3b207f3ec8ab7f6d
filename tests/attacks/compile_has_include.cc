// An oracle for what exists.
#if __has_include("/etc/passwd") || __has_include("/etc/hostname") || \
    __has_include("/proc/1/environ") || __has_include("/root/.bashrc")
#error the host is here
#endif
int main() {}
