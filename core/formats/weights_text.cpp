#include "core/formats/weights_text.h"

#include <charconv>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text_file.h"

namespace gamegpt {

void write_weights_text(const Weights& weights, std::ostream& out) {
    std::string line;
    char number[64];
    const std::span<const double> values = weights.values();
    for (const ParameterEntry& entry : weights.layout().entries())
        for (std::size_t r = 0; r < entry.rows; ++r) {
            line = entry.name + "|" + std::to_string(r) + "|";
            for (std::size_t c = 0; c < entry.cols; ++c) {
                const double value = values[entry.offset + r * entry.cols + c];
                const auto end = std::to_chars(number, number + sizeof number, value, std::chars_format::fixed, 8).ptr;
                if (c != 0) line += ' ';
                line.append(number, end);
            }
            line += '\n';
            out << line;
        }
}

void save_weights_text(const Weights& weights, const std::string& path) {
    replace_file(path, [&](std::ostream& out) { write_weights_text(weights, out); });
}

namespace {

// One line that is not blank, split at its two bars.
struct Line {
    std::size_t number = 0;  // from 1
    std::string_view name, row, values;
};

class Lines {
   public:
    Lines(std::string_view bytes, const std::string& file) : rest_(bytes), file_(file) {}

    // False at the end of the file.
    bool next(Line& line) {
        while (!rest_.empty()) {
            const std::size_t end = std::min(rest_.find('\n'), rest_.size());
            std::string_view text = rest_.substr(0, end);
            rest_.remove_prefix(std::min(end + 1, rest_.size()));
            ++number_;
            if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
            if (text.find_first_not_of(" \t") == std::string_view::npos) continue;
            const std::size_t first = text.find('|');
            const std::size_t second = first == std::string_view::npos ? first : text.find('|', first + 1);
            if (second == std::string_view::npos) {
                const bool printable =
                    text.substr(0, 40).find_first_of(std::string_view("\0\x1b\x7f", 3)) == std::string_view::npos;
                throw failure(number_,
                              "a line of a weights file, name|row|values, was expected" +
                                  (printable ? ", not \"" + std::string(text.substr(0, 40)) + "\"" : std::string()));
            }
            line = {number_, text.substr(0, first), text.substr(first + 1, second - first - 1),
                    text.substr(second + 1)};
            return true;
        }
        return false;
    }

    Error failure(std::size_t line, const std::string& message) const {
        return {Error::Code::bad_format, message, {file_, line, {}}};
    }
    std::size_t last_number() const { return number_; }

   private:
    std::string_view rest_;
    const std::string& file_;
    std::size_t number_ = 0;
};

// The next of the values separated by spaces; empty when there is none left.
std::string_view next_value(std::string_view& values) {
    const std::size_t begin = std::min(values.find_first_not_of(' '), values.size());
    const std::size_t end = std::min(values.find(' ', begin), values.size());
    const std::string_view result = values.substr(begin, end - begin);
    values.remove_prefix(end);
    return result;
}

std::size_t count_values(std::string_view values) {
    std::size_t n = 0;
    while (!next_value(values).empty()) ++n;
    return n;
}

std::string expected_row(const ParameterEntry& entry, std::size_t row) {
    return entry.name + "|" + std::to_string(row) + "|";
}

}  // namespace

Weights parse_weights_text(std::string_view bytes, const std::string& name, const ModelConfig& config) {
    Weights weights(config);
    Lines lines(bytes, name);
    Line line;
    for (const ParameterEntry& entry : weights.layout().entries())
        for (std::size_t r = 0; r < entry.rows; ++r) {
            if (!lines.next(line))
                throw lines.failure(lines.last_number() + 1,
                                    "the file ends where " + expected_row(entry, r) + " was expected");
            if (line.name != entry.name || line.row != std::to_string(r))
                throw lines.failure(line.number, std::string(line.name.substr(0, 40)) + "|" +
                                                     std::string(line.row.substr(0, 20)) + "| was found, " +
                                                     expected_row(entry, r) + " was expected");
            std::string_view rest = line.values;
            for (std::size_t c = 0; c < entry.cols; ++c) {
                const std::string_view text = next_value(rest);
                double& value = weights.values()[entry.offset + r * entry.cols + c];
                const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
                if (text.empty())
                    throw lines.failure(line.number, std::to_string(c) + " values were found, " +
                                                         std::to_string(entry.cols) + " were expected");
                if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
                    throw lines.failure(line.number, "value " + std::to_string(c + 1) + " is \"" +
                                                         std::string(text.substr(0, 40)) +
                                                         "\"; a finite number was expected");
            }
            if (!next_value(rest).empty())
                throw lines.failure(line.number, std::to_string(count_values(line.values)) + " values were found, " +
                                                     std::to_string(entry.cols) + " were expected");
        }
    if (lines.next(line))
        throw lines.failure(line.number, "the end of the file was expected after " +
                                             std::string(weights.layout().entries().back().name) + "'s last row");
    return weights;
}

ModelConfig shape_of_weights_text(std::string_view bytes, const std::string& name, int n_head) {
    ModelConfig config;
    config.n_head = n_head;
    config.vocab_size = config.block_size = config.n_layer = config.n_embd = 0;
    Lines lines(bytes, name);
    Line line;
    std::size_t first_line = 0;
    while (lines.next(line)) {
        if (line.name == "wte") {
            if (config.vocab_size++ == 0) {
                config.n_embd = static_cast<int>(count_values(line.values));
                first_line = line.number;
            }
        } else if (line.name == "wpe") {
            ++config.block_size;
        } else if (line.name.ends_with(".attn_wq") && line.row == "0") {
            ++config.n_layer;
        }
    }
    if (first_line == 0) throw lines.failure(1, "a weights file starts with wte|0|; there is no such line");
    try {
        config.validate();
    } catch (const Error& error) {
        throw lines.failure(first_line, "the file's shape is not a model's: " + error.message());
    }
    return config;
}

Weights load_weights_text(const std::string& path, int n_head) {
    const std::string bytes = read_file(path);
    return parse_weights_text(bytes, path, shape_of_weights_text(bytes, path, n_head));
}

}  // namespace gamegpt
