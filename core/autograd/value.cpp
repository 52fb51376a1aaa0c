#include "core/autograd/value.h"

#include <cmath>

#include "core/base/error.h"

namespace gamegpt {

void Tape::refuse() { throw Error(Error::Code::too_large, "a graph can have at most 2^32 - 1 values"); }

void Tape::truncate(std::size_t size) {
    if (size >= nodes_.size()) return;
    // Exponents are pushed in node order, so those of the forgotten nodes are the last ones.
    for (std::size_t i = size; i < nodes_.size(); ++i) {
        if (nodes_[i].op != Op::pow) continue;
        exponents_.resize(nodes_[i].right);
        break;
    }
    nodes_.resize(size);
}

double Tape::local_gradient(const Stored& node) const {
    const double a = nodes_[node.left].data;
    switch (node.op) {
        case Op::pow: return exponents_[node.right] * std::pow(a, exponents_[node.right] - 1);
        case Op::relu: return a > 0 ? 1 : 0;
        case Op::exp: return node.data;
        case Op::log: return 1 / a;
        default: return 0;
    }
}

Tape::Node Tape::node(std::size_t i) const {
    const Stored& stored = nodes_.at(i);
    Node node{stored.op, stored.data, stored.grad, 0, {stored.left, stored.right, 0}, {0, 0, 0}, 0};
    const auto left = nodes_[stored.left].data;
    switch (stored.op) {
        case Op::leaf: break;
        case Op::add:
            node.child_count = 2;
            node.local_grads[0] = node.local_grads[1] = 1;
            break;
        case Op::add_mul:
            node.children[2] = static_cast<std::uint32_t>(i - 1);
            node.local_grads[2] = 1;
            [[fallthrough]];
        case Op::mul:
            node.child_count = stored.op == Op::mul ? 2 : 3;
            node.local_grads[0] = nodes_[stored.right].data;
            node.local_grads[1] = left;
            break;
        case Op::pow: node.exponent = exponents_[stored.right]; [[fallthrough]];
        case Op::relu:
        case Op::exp:
        case Op::log:
            node.child_count = 1;
            node.local_grads[0] = local_gradient(stored);
            break;
    }
    return node;
}

void Tape::backward(std::uint32_t root) {
    // Children stand before their parents, so one sweep down from the root meets every node after all nodes that
    // depend on it. Only what the root depends on is walked: older gradients elsewhere are not passed on again.
    Stored* const nodes = nodes_.data();
    const auto pass_on = [nodes](std::uint32_t child, double gradient) {
        nodes[child].reached = true;
        nodes[child].grad += gradient;
    };
    nodes[root].reached = true;
    nodes[root].grad = 1;
    for (std::uint32_t i = root + 1; i-- > 0;) {
        Stored& node = nodes[i];
        if (!node.reached) continue;
        node.reached = false;
        const double grad = node.grad;
        switch (node.op) {
            case Op::leaf: break;
            case Op::add:
                pass_on(node.left, grad);
                pass_on(node.right, grad);
                break;
            case Op::add_mul: pass_on(i - 1, grad); [[fallthrough]];
            case Op::mul: {
                const double left = nodes[node.left].data;
                pass_on(node.left, nodes[node.right].data * grad);
                pass_on(node.right, left * grad);
                break;
            }
            default: pass_on(node.left, local_gradient(node) * grad); break;
        }
    }
}

void Value::backward() const { tape_->backward(index_); }

Value pow(Value base, double exponent) {
    Tape& tape = *base.tape_;
    const auto which = static_cast<std::uint32_t>(tape.exponents_.size());
    tape.exponents_.push_back(exponent);
    return tape.push(Tape::Op::pow, std::pow(base.data(), exponent), base.index_, which);
}

Value relu(Value a) { return a.tape_->push(Tape::Op::relu, a.data() > 0 ? a.data() : 0, a.index_, 0); }
Value exp(Value a) { return a.tape_->push(Tape::Op::exp, std::exp(a.data()), a.index_, 0); }
Value log(Value a) { return a.tape_->push(Tape::Op::log, std::log(a.data()), a.index_, 0); }

Value dot(std::span<const Value> a, std::span<const Value> b) {
    // Written in place: a graph of a model is almost all running sums, so this loop is where a forward pass spends its
    // time.
    Tape& tape = *a[0].tape_;
    const auto first = static_cast<std::uint32_t>(tape.nodes_.size());
    if (first + a.size() > std::numeric_limits<std::uint32_t>::max()) Tape::refuse();
    tape.nodes_.resize(first + a.size());
    Tape::Stored* const nodes = tape.nodes_.data();
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double product = nodes[a[i].index_].data * nodes[b[i].index_].data;
        sum = i == 0 ? product : sum + product;
        nodes[first + i] = {sum, 0, a[i].index_, b[i].index_, i == 0 ? Tape::Op::mul : Tape::Op::add_mul, false};
    }
    return {&tape, first + static_cast<std::uint32_t>(a.size()) - 1};
}

}  // namespace gamegpt
