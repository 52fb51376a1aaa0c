#include "core/base/error.h"

namespace gamegpt {

std::string Where::text() const {
    std::string result = file;
    if (line) result += (result.empty() ? "line " : ", line ") + std::to_string(*line);
    if (token) result += (result.empty() ? "token " : ", token ") + std::to_string(*token);
    return result;
}

Error::Error(Code code, const std::string& message, Where where)
    : std::runtime_error(where.text().empty() ? message : where.text() + ": " + message),
      code_(code),
      where_(std::move(where)),
      message_(message) {}

}  // namespace gamegpt
