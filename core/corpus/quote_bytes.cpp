#include "core/corpus/quote_bytes.h"

namespace gamegpt {

std::string quote_bytes(std::string_view bytes) {
    constexpr std::size_t most = 40;
    constexpr char hex[] = "0123456789ABCDEF";
    std::string result = "'";
    for (const char c : bytes.substr(0, most)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f) result += c;
        else result += {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
    }
    return result + (bytes.size() > most ? "...'" : "'");
}

}  // namespace gamegpt
