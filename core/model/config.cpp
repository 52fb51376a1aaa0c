#include "core/model/config.h"

#include <string>

#include "core/base/error.h"

namespace gamegpt {

namespace {
void in_range(const char* field, int value, int most) {
    if (value < 1 || value > most)
        throw Error(Error::Code::bad_argument, std::string(field) + " is " + std::to_string(value) + "; 1 to " +
                                                   std::to_string(most) + " was expected");
}
}  // namespace

void ModelConfig::validate() const {
    in_range("vocab_size", vocab_size, 1 << 20);
    in_range("n_layer", n_layer, 256);
    in_range("n_embd", n_embd, 1 << 14);
    in_range("block_size", block_size, 1 << 16);
    in_range("n_head", n_head, 1 << 10);
    if (n_embd % n_head != 0)
        throw Error(Error::Code::bad_argument, "n_embd (" + std::to_string(n_embd) + ") must be divisible by n_head (" +
                                                   std::to_string(n_head) + ")");
    if (!(init_std >= 0 && init_std < 100))
        throw Error(Error::Code::bad_argument, "init_std is " + std::to_string(init_std) + "; 0 to 100 was expected");
}

}  // namespace gamegpt
