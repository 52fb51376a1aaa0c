#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>

namespace gamegpt {

// Where something went wrong in an input: a file, and if known a line (from 1) or a token (offset from 0).
struct Where {
    std::string file;
    std::optional<std::size_t> line;
    std::optional<std::size_t> token;

    // "names.txt, line 12" or "names.txt, token 7"; empty when nothing is known.
    std::string text() const;
};

// The one exception of the core. what() is a whole sentence for people: place, what was found, what was expected.
// It never crosses a thread: the training loop turns it into a state.
class Error : public std::runtime_error {
   public:
    enum class Code {
        bad_argument,  // a setting out of its range
        not_found,     // no such file
        unreadable,    // a file that cannot be opened or read
        write_failed,  // the old file is still whole
        bad_format,    // a file that is not what it should be
        mismatch,      // two things that do not fit each other: weights and corpus, say
        too_large,     // more than the machine or the format can hold
    };

    Error(Code code, const std::string& message, Where where = {});

    Code code() const { return code_; }
    const Where& where() const { return where_; }
    // The message without the place.
    const std::string& message() const { return message_; }

   private:
    Code code_;
    Where where_;
    std::string message_;
};

}  // namespace gamegpt
