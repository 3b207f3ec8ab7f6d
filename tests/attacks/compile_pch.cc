// The preprocessor's own word for "load this precompiled header".
#pragma GCC pch_preprocess "/etc/passwd"
int main() {}
