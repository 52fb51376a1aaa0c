#include "core/autograd/value.h"

#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace gamegpt {

Value Tape::push(Op op, double data, std::uint32_t left, std::uint32_t right) {
    if (data_.size() >= std::numeric_limits<std::uint32_t>::max())
        throw Error(Error::Code::too_large, "a graph can have at most 2^32 - 1 values");
    const auto index = static_cast<std::uint32_t>(data_.size());
    op_.push_back(op);
    data_.push_back(data);
    grad_.push_back(0);
    left_.push_back(left);
    right_.push_back(right);
    return {this, index};
}

void Tape::reserve(std::size_t nodes) {
    op_.reserve(nodes);
    data_.reserve(nodes);
    grad_.reserve(nodes);
    left_.reserve(nodes);
    right_.reserve(nodes);
}

void Tape::truncate(std::size_t size) {
    if (size >= data_.size()) return;
    // Exponents are pushed in node order, so those of the forgotten nodes are the last ones.
    for (std::size_t i = size; i < op_.size(); ++i) {
        if (op_[i] != Op::pow) continue;
        exponents_.resize(right_[i]);
        break;
    }
    op_.resize(size);
    data_.resize(size);
    grad_.resize(size);
    left_.resize(size);
    right_.resize(size);
}

std::size_t Tape::bytes() const {
    return op_.capacity() + (data_.capacity() + grad_.capacity() + exponents_.capacity()) * sizeof(double) +
           (left_.capacity() + right_.capacity()) * sizeof(std::uint32_t) + reached_.capacity();
}

Tape::Node Tape::node(std::size_t i) const {
    Node node{op_.at(i), data_[i], grad_[i], 0, {left_[i], right_[i]}, {0, 0}, 0};
    const double a = data_[left_[i]];
    switch (node.op) {
        case Op::leaf: break;
        case Op::add:
            node.child_count = 2;
            node.local_grads[0] = node.local_grads[1] = 1;
            break;
        case Op::mul:
            node.child_count = 2;
            node.local_grads[0] = data_[right_[i]];
            node.local_grads[1] = a;
            break;
        case Op::pow:
            node.child_count = 1;
            node.exponent = exponents_[right_[i]];
            node.local_grads[0] = node.exponent * std::pow(a, node.exponent - 1);
            break;
        case Op::relu:
            node.child_count = 1;
            node.local_grads[0] = a > 0 ? 1 : 0;
            break;
        case Op::exp:
            node.child_count = 1;
            node.local_grads[0] = node.data;
            break;
        case Op::log:
            node.child_count = 1;
            node.local_grads[0] = 1 / a;
            break;
    }
    return node;
}

void Tape::backward(std::uint32_t root) {
    // Children stand before their parents, so one sweep down from the root meets every node after all nodes that
    // depend on it. Only what the root depends on is walked: older gradients elsewhere are not passed on again.
    reached_.assign(root + std::size_t{1}, 0);
    reached_[root] = 1;
    grad_[root] = 1;
    for (std::size_t i = root + std::size_t{1}; i-- > 0;) {
        if (!reached_[i] || op_[i] == Op::leaf) continue;
        const Node parent = node(i);
        for (int c = 0; c < parent.child_count; ++c) {
            const std::uint32_t child = parent.children[c];
            reached_[child] = 1;
            grad_[child] += parent.local_grads[c] * parent.grad;
        }
    }
}

void Value::backward() const { tape_->backward(index_); }

Value operator+(Value a, Value b) {
    return a.tape_->push(Tape::Op::add, a.data() + b.data(), a.index_, b.index_);
}

Value operator*(Value a, Value b) {
    return a.tape_->push(Tape::Op::mul, a.data() * b.data(), a.index_, b.index_);
}

Value pow(Value base, double exponent) {
    Tape& tape = *base.tape_;
    const auto which = static_cast<std::uint32_t>(tape.exponents_.size());
    tape.exponents_.push_back(exponent);
    return tape.push(Tape::Op::pow, std::pow(base.data(), exponent), base.index_, which);
}

Value relu(Value a) { return a.tape_->push(Tape::Op::relu, a.data() > 0 ? a.data() : 0, a.index_, 0); }
Value exp(Value a) { return a.tape_->push(Tape::Op::exp, std::exp(a.data()), a.index_, 0); }
Value log(Value a) { return a.tape_->push(Tape::Op::log, std::log(a.data()), a.index_, 0); }

}  // namespace gamegpt
