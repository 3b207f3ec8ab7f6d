#embed "/etc/passwd"
int main() {}
