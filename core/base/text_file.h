#pragma once

#include <functional>
#include <ostream>
#include <string>

namespace gamegpt {

inline constexpr std::size_t largest_file = std::size_t{4} << 30;  // bytes

// The whole file as bytes. Throws Error (not_found, unreadable, too_large over `max_bytes`), which names the file.
// `progress` gets the share that is read, 0..1, some hundred times; what it throws is passed on.
std::string read_file(const std::string& path, std::size_t max_bytes = largest_file,
                      const std::function<void(double)>& progress = {});

// Replaces `path` as a whole or not at all: `write` fills a temporary file beside it, which is flushed to the disk and
// then renamed over it. On any failure the old file is untouched and the temporary one is gone; throws Error
// (write_failed), or passes on what `write` throws.
void replace_file(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace gamegpt
