#pragma once

#include <functional>
#include <memory>
#include <span>

#include "core/corpus/vocabulary.h"

namespace gamegpt {

// Narrows what a sample may go on with: follows one sample token by token, its start included.
class Constraint {
   public:
    virtual ~Constraint() = default;

    // The tokens that may come next, ascending; empty behind the end. `room` is how many tokens the sample can still
    // have, the next one included: a grammar that can see to it closes in time. Valid until the next call.
    virtual std::span<const TokenId> allowed(std::size_t room) = 0;
    // Goes on by a token. False, and nothing changes, when it is not allowed.
    virtual bool push(TokenId token) = 0;
};

// Makes one for a new sample; called from any thread.
using ConstraintFactory = std::function<std::unique_ptr<Constraint>()>;

}  // namespace gamegpt
