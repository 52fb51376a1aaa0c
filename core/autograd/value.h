#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace gamegpt {

class Tape;
class Value;
Value operator+(Value a, Value b);
Value operator*(Value a, Value b);
Value pow(Value base, double exponent);
Value relu(Value a);  // gradient 0 at 0
Value exp(Value a);
Value log(Value a);
// a[0] * b[0] + a[1] * b[1] + ..., from left to right; a node a term. Neither may be empty.
Value dot(std::span<const Value> a, std::span<const Value> b);

// One scalar in a graph of scalars: a handle to a node on a tape, cheap to copy. Valid until the tape is truncated
// below it or destroyed. Arithmetic on two values needs both on the same tape; a plain number may stand on either side.
class Value {
   public:
    double data() const;
    double grad() const;         // 0 at first; backward() adds to it
    void set_data(double data);  // of a leaf: what was computed from it is not recomputed
    void zero_grad();

    // Sets this value's gradient to 1 and adds, in reverse topological order, local gradient times gradient into the
    // children of every value that this one depends on. Does not recurse.
    void backward() const;

    std::uint32_t index() const { return index_; }
    Tape& tape() const { return *tape_; }

   private:
    friend class Tape;
    friend Value operator+(Value, Value);
    friend Value operator*(Value, Value);
    friend Value pow(Value, double);
    friend Value relu(Value);
    friend Value exp(Value);
    friend Value log(Value);
    friend Value dot(std::span<const Value>, std::span<const Value>);
    Value(Tape* tape, std::uint32_t index) : tape_(tape), index_(index) {}

    Tape* tape_;
    std::uint32_t index_;
};

// The graph: nodes in the order they were made, which is a topological order, 32 bytes a node. Local gradients are
// recomputed from the operation, not stored. At most 2^32 - 1 nodes. One thread at a time.
class Tape {
   public:
    enum class Op : std::uint8_t {
        leaf,
        add,
        mul,
        add_mul,  // left * right + the node made just before it: a term of a running sum of products
        pow,
        relu,
        exp,
        log,
    };

    Tape() = default;
    Tape(const Tape&) = delete;  // values point to their tape
    Tape& operator=(const Tape&) = delete;

    Value value(double data) { return push(Op::leaf, data, 0, 0); }

    std::size_t size() const { return nodes_.size(); }
    // Forgets all nodes from `size` on and keeps the memory for the next graph.
    void truncate(std::size_t size);
    // Memory that the tape holds.
    std::size_t bytes() const { return nodes_.capacity() * sizeof(Stored) + exponents_.capacity() * sizeof(double); }

    // What a view of the graph needs: the operation of a node, its children and the local gradient of each.
    struct Node {
        Op op;
        double data;
        double grad;
        int child_count;
        std::uint32_t children[3];
        double local_grads[3];
        double exponent;  // of pow
    };
    Node node(std::size_t index) const;
    Value at(std::size_t index) { return {this, static_cast<std::uint32_t>(index)}; }

   private:
    friend class Value;
    friend Value operator+(Value, Value);
    friend Value operator*(Value, Value);
    friend Value pow(Value, double);
    friend Value relu(Value);
    friend Value exp(Value);
    friend Value log(Value);
    friend Value dot(std::span<const Value>, std::span<const Value>);

    struct Stored {
        double data;
        double grad;
        std::uint32_t left;
        std::uint32_t right;  // of pow: which exponent
        Op op;
        bool reached;  // by the backward() at work
    };

    Value push(Op op, double data, std::uint32_t left, std::uint32_t right) {
        if (nodes_.size() >= std::numeric_limits<std::uint32_t>::max()) refuse();
        const auto index = static_cast<std::uint32_t>(nodes_.size());
        nodes_.push_back({data, 0, left, right, op, false});
        return {this, index};
    }
    [[noreturn]] static void refuse();
    double local_gradient(const Stored& node) const;  // of an operation with one child
    void backward(std::uint32_t root);

    std::vector<Stored> nodes_;
    std::vector<double> exponents_;
};

inline double Value::data() const { return tape_->nodes_[index_].data; }
inline double Value::grad() const { return tape_->nodes_[index_].grad; }
inline void Value::set_data(double data) { tape_->nodes_[index_].data = data; }
inline void Value::zero_grad() { tape_->nodes_[index_].grad = 0; }

inline Value operator+(Value a, Value b) {
    return a.tape_->push(Tape::Op::add, a.data() + b.data(), a.index_, b.index_);
}
inline Value operator*(Value a, Value b) {
    return a.tape_->push(Tape::Op::mul, a.data() * b.data(), a.index_, b.index_);
}

// a - b is a + (-b), a / b is a * b**-1, -a is a * -1, as in the original.
inline Value operator+(Value a, double b) { return a + a.tape().value(b); }
inline Value operator+(double a, Value b) { return b + a; }
inline Value operator*(Value a, double b) { return a * a.tape().value(b); }
inline Value operator*(double a, Value b) { return b * a; }
inline Value operator-(Value a) { return a * -1.0; }
inline Value operator-(Value a, Value b) { return a + (-b); }
inline Value operator-(Value a, double b) { return a + (-b); }
inline Value operator-(double a, Value b) { return a + (-b); }
inline Value operator/(Value a, Value b) { return a * pow(b, -1.0); }
inline Value operator/(Value a, double b) { return a * (1.0 / b); }
inline Value operator/(double a, Value b) { return a * pow(b, -1.0); }

}  // namespace gamegpt
