#pragma once

#include <cstddef>
#include <string>

namespace gamegpt {

// Bytes that programs can still take without swapping, as the system estimates it; 0 when it does not tell.
std::size_t available_memory();

// "4.1 MB", "1.32 GB": three digits, powers of 1000.
std::string bytes_text(std::size_t bytes);

}  // namespace gamegpt
