#pragma once

#include "core/corpus/corpus.h"
#include "core/snake/game.h"

namespace gamegpt::snake {

// The rules that a corpus of games seems to be played by, found from its documents. Each is the default where the
// documents fit it, tell nothing, or contradict each other.
// board_size         The first document that starts with a snapshot has its head at (m, m): 2m + 1 if some coordinate
//                    of the corpus is 2m, else 2m.
// snapshot_interval  The smallest at whose multiples, and there only, the ticks at which nothing is eaten have their
//                    snapshots.
// tick_limit         The most ticks after which a document ends with EOS though the snake lives; if there is none, the
//                    longest game's where that is more than the default.
// Costs one pass over the tokens.
GameRules rules_of(const Corpus& corpus);

}  // namespace gamegpt::snake
