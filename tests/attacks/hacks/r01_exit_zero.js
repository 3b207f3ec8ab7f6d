// Leaves before anything is asked, as if all were well.
process.exit(0);
