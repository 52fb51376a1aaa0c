#include "core/base/memory.h"

#include <array>
#include <cstdio>
#include <fstream>

namespace gamegpt {

std::size_t available_memory() {
    std::ifstream in("/proc/meminfo");
    std::string key;
    std::size_t kibibytes = 0;
    while (in >> key >> kibibytes) {
        if (key == "MemAvailable:") return kibibytes * 1024;
        in.ignore(64, '\n');
    }
    return 0;
}

std::string bytes_text(std::size_t bytes) {
    constexpr std::array units{"bytes", "kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1000 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    char text[32];
    std::snprintf(text, sizeof text, "%.*f %s",
                  unit == 0 || value >= 100 ? 0
                  : value >= 10             ? 1
                                            : 2,
                  value, units[unit]);
    return text;
}

}  // namespace gamegpt
