#pragma once

#include <QtTest>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

// Figures of the running original, copied into tests/fixtures.
inline nlohmann::json oracle(const char* name) {
    std::ifstream in(std::string(GAMEGPT_FIXTURES) + "/" + name);
    return nlohmann::json::parse(in);
}

// |actual - expected| <= bound * max(|expected|, floor), said with both figures when it fails.
inline bool close_to(double actual, double expected, double bound, double floor = 1e-300) {
    const bool close = std::abs(actual - expected) <= bound * std::max(std::abs(expected), floor);
    if (!close) qWarning("%.17g is not within %g of %.17g", actual, bound, expected);
    return close;
}
