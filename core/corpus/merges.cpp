#include "core/corpus/merges.h"

#include <algorithm>
#include <queue>
#include <string>
#include <unordered_set>

namespace gamegpt {

namespace {

std::uint64_t key_of(TokenId left, TokenId right) {
    return static_cast<std::uint64_t>(left) << 32 | static_cast<std::uint32_t>(right);
}

// All pieces and, for each pair of neighbours, how often it occurs and in which pieces it has occurred.
class Learner {
   public:
    Learner(const std::vector<WordTable::Entry>& pieces, const std::vector<std::string_view>& reserved) {
        for (const std::string_view name : reserved) taken_.emplace(name);
        for (int byte = 0; byte < byte_tokens; ++byte) names_.emplace_back(1, static_cast<char>(byte));
        taken_.insert(names_.begin(), names_.end());
        for (const auto& [piece, count] : pieces) {
            Piece& added = pieces_.emplace_back(Piece{symbols_.size(), piece.size(), count});
            for (const char c : piece) symbols_.push_back(static_cast<unsigned char>(c));
            for_pairs(added, [&, index = pieces_.size() - 1](std::uint64_t pair) {
                Pair& known = pairs_[pair];
                known.count += count;
                if (known.pieces.empty() || known.pieces.back() != index)
                    known.pieces.push_back(static_cast<std::uint32_t>(index));
            });
        }
        for (const auto& [pair, known] : pairs_) queue_.push({known.count, pair});
    }

    // The most frequent pair joined everywhere; false when none occurs twice.
    bool merge_next(std::vector<Merge>& merges) {
        while (!queue_.empty()) {
            const Candidate best = queue_.top();
            queue_.pop();
            const auto found = pairs_.find(best.pair);
            if (found == pairs_.end() || best.count < 2) continue;
            if (found->second.count != best.count) {  // it has changed since
                queue_.push({found->second.count, best.pair});
                continue;
            }
            const Merge merge{static_cast<TokenId>(best.pair >> 32), static_cast<TokenId>(best.pair & 0xffffffff)};
            std::string name =
                names_[static_cast<std::size_t>(merge.first)] + names_[static_cast<std::size_t>(merge.second)];
            if (!taken_.insert(name).second) {
                pairs_.erase(found);
                refused_.insert(best.pair);
                continue;
            }
            names_.push_back(std::move(name));
            merges.push_back(merge);
            join(merge, static_cast<TokenId>(names_.size() - 1), std::move(found->second.pieces));
            return true;
        }
        return false;
    }

   private:
    struct Piece {
        std::size_t first, size;  // symbols
        std::uint64_t count;
    };
    struct Pair {
        std::uint64_t count = 0;
        std::vector<std::uint32_t> pieces;  // rising within one merge; some may not have it any more
    };
    struct Candidate {
        std::uint64_t count, pair;
        bool operator<(const Candidate& other) const {
            return count != other.count ? count < other.count : pair > other.pair;
        }
    };

    template <class Visit>
    void for_pairs(const Piece& piece, Visit visit) const {
        for (std::size_t i = 1; i < piece.size; ++i)
            visit(key_of(symbols_[piece.first + i - 1], symbols_[piece.first + i]));
    }

    void join(Merge merge, TokenId joined, std::vector<std::uint32_t> where) {
        std::sort(where.begin(), where.end());
        where.erase(std::unique(where.begin(), where.end()), where.end());
        std::unordered_set<std::uint64_t> changed;
        for (const std::uint32_t index : where) {
            Piece& piece = pieces_[index];
            for_pairs(piece, [&](std::uint64_t pair) {
                if (refused_.contains(pair)) return;
                pairs_[pair].count -= piece.count;
            });
            std::size_t kept = 0;
            TokenId* const symbols = symbols_.data() + piece.first;
            for (std::size_t i = 0; i < piece.size; ++kept) {
                const bool joins = i + 1 < piece.size && symbols[i] == merge.first && symbols[i + 1] == merge.second;
                symbols[kept] = joins ? joined : symbols[i];
                i += joins ? 2 : 1;
            }
            piece.size = kept;
            for_pairs(piece, [&](std::uint64_t pair) {
                if (refused_.contains(pair)) return;
                Pair& known = pairs_[pair];
                known.count += piece.count;
                const bool is_new =
                    static_cast<TokenId>(pair >> 32) == joined || static_cast<TokenId>(pair & 0xffffffff) == joined;
                if (!is_new) return;
                changed.insert(pair);
                if (known.pieces.empty() || known.pieces.back() != index) known.pieces.push_back(index);
            });
        }
        pairs_.erase(key_of(merge.first, merge.second));
        for (const std::uint64_t pair : changed) queue_.push({pairs_[pair].count, pair});
    }

    std::vector<TokenId> symbols_;
    std::vector<Piece> pieces_;
    std::vector<std::string> names_;
    std::unordered_set<std::string> taken_;
    std::unordered_set<std::uint64_t> refused_;
    std::unordered_map<std::uint64_t, Pair> pairs_;
    std::priority_queue<Candidate> queue_;
};

}  // namespace

std::string_view take_piece(std::string_view& rest) {
    const auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    const std::size_t most = std::min(rest.size(), longest_piece);
    std::size_t end = rest.size() > 1 && rest[0] == ' ' && !space(rest[1]) ? 1 : 0;
    if (end < most && !space(rest[end])) {
        while (end < most && !space(rest[end])) ++end;
    } else {
        while (end < most && space(rest[end])) ++end;
        if (end > 1 && end < rest.size() && rest[end - 1] == ' ' && !space(rest[end])) --end;
    }
    const std::string_view piece = rest.substr(0, end);
    rest.remove_prefix(end);
    return piece;
}

MergeTable::MergeTable(const std::vector<Merge>& merges) {
    joined_.reserve(merges.size());
    for (std::size_t i = 0; i < merges.size(); ++i)
        joined_.emplace(key_of(merges[i].first, merges[i].second), byte_tokens + static_cast<TokenId>(i));
}

void MergeTable::encode(std::string_view piece, std::vector<TokenId>& tokens) const {
    const std::size_t first = tokens.size();
    for (const char c : piece) tokens.push_back(static_cast<unsigned char>(c));
    while (tokens.size() - first > 1) {
        TokenId earliest = -1;
        for (std::size_t i = first + 1; i < tokens.size(); ++i) {
            const auto found = joined_.find(key_of(tokens[i - 1], tokens[i]));
            if (found != joined_.end() && (earliest < 0 || found->second < earliest)) earliest = found->second;
        }
        if (earliest < 0) return;
        std::size_t kept = first;
        for (std::size_t i = first; i < tokens.size(); ++kept) {
            bool joins = false;
            if (i + 1 < tokens.size()) {
                const auto found = joined_.find(key_of(tokens[i], tokens[i + 1]));
                joins = found != joined_.end() && found->second == earliest;
            }
            tokens[kept] = joins ? earliest : tokens[i];
            i += joins ? 2 : 1;
        }
        tokens.resize(kept);
    }
}

std::vector<Merge> learn_merges(const std::vector<WordTable::Entry>& pieces, std::size_t count,
                                const std::vector<std::string_view>& reserved,
                                const std::function<bool(double)>& progress) {
    Learner learner(pieces, reserved);
    std::vector<Merge> merges;
    while (merges.size() < count && learner.merge_next(merges))
        if (progress && !progress(static_cast<double>(merges.size()) / static_cast<double>(count))) break;
    return merges;
}

}  // namespace gamegpt
