#pragma once

#include <ostream>

namespace gamegpt::cli {

// Runs `gamegpt` with its arguments (argv[0] is the program). Returns the exit code: 0, or 2 with one line on `err`
// that says what was wrong, where, and what was expected.
int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

}  // namespace gamegpt::cli
