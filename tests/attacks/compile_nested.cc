// Brackets ten thousand deep: whoever reads them by recursion falls over.
#define OPEN ((((((((((
#define OPEN2 OPEN OPEN OPEN OPEN OPEN OPEN OPEN OPEN OPEN OPEN
#define OPEN3 OPEN2 OPEN2 OPEN2 OPEN2 OPEN2 OPEN2 OPEN2 OPEN2 OPEN2 OPEN2
#define OPEN4 OPEN3 OPEN3 OPEN3 OPEN3 OPEN3 OPEN3 OPEN3 OPEN3 OPEN3 OPEN3
int main() { return OPEN4 0; }
