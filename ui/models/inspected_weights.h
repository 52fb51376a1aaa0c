#pragma once

#include <QString>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/inspect/matrix_statistics.h"
#include "core/inspect/neighbours.h"

namespace gamegpt::ui {

// Rows of one matrix beside each other.
struct ComparedRows {
    QString matrix;
    std::size_t row = 0;  // whose neighbours these are
    std::vector<Neighbour> neighbours;
    std::vector<std::size_t> chosen;
    std::shared_ptr<const std::vector<std::vector<double>>> similarity;  // (chosen, chosen) cosines
    qint64 step = 0;
};

// Figures of all matrices of a snapshot, in layout order.
struct InspectedWeights {
    qint64 step = 0;
    std::vector<std::pair<std::size_t, std::size_t>> shapes;  // rows, columns
    std::vector<MatrixStatistics> matrices;
    std::vector<MatrixStatistics> gradients;  // of the loss on a few documents
    std::vector<double> ratios;               // change a step since the snapshot before; empty for the first one
    std::vector<double> dead;                 // share of each layer's ReLU units
    std::vector<std::string> health;          // what is wrong, a sentence each
};

}  // namespace gamegpt::ui
