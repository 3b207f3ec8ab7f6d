// Compiled once, so that the precompiled <torch/torch.h> exists.
