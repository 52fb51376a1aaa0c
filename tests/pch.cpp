// Carries the precompiled header that the test programs of the core share.
