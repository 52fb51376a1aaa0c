#pragma once

#include "core/corpus/corpus.h"
#include "core/snake/game.h"

namespace gamegpt::snake {

// The rules that a corpus of games seems to be played by, found from its documents. Each is the default where the
// documents fit it, tell too little, or contradict each other: a few damaged games never bend the rules to themselves.
// board_size         The first document that starts with a snapshot on the diagonal has its head at (m, m): 2m + 1 if
//                    some coordinate of the corpus is 2m, else 2m, none being larger.
// snapshot_interval  The smallest at whose multiples, and there only, the ticks at which nothing is eaten have their
//                    snapshots; three such snapshots must be there, or three ticks that the default would give one.
// tick_limit         The ticks after which three documents or more end with EOS though the snake lives, all of them
//                    after as many; if none does so, the longest game's where that is more than the default.
// Costs one pass over the tokens. To judge games of an unknown maker, say the rules instead.
GameRules rules_of(const Corpus& corpus);

}  // namespace gamegpt::snake
