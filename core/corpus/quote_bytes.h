#pragma once

#include <string>
#include <string_view>

namespace gamegpt {

// Bytes from a file as an error quotes them: 'like this', at most 40 of them, unprintable and non-ASCII ones as \xNN.
std::string quote_bytes(std::string_view bytes);

}  // namespace gamegpt
