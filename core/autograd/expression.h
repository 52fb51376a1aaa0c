#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/autograd/value.h"

namespace gamegpt {

// What is wrong with an expression, and where: bytes [offset, offset + length) of the text; behind its end with length
// 0.
struct ExpressionError {
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string message;  // what was found and what was expected
};

// A small graph as a picture shows it: nodes in the order of computation, children before their parents.
struct ExpressionGraph {
    struct Node {
        Tape::Op op = Tape::Op::leaf;
        std::string label;  // "a", "2", "+", "*", "** -1", "relu"
        std::string name;   // of the variable that it was given to, or that it is; empty for the rest
        bool constant = false;
        double data = 0;
        double grad = 0;
        std::vector<std::size_t> children;
        std::vector<double> local_grads;  // one a child
    };
    std::vector<Node> nodes;
    std::size_t root = 0;
    // How backward() goes: the nodes that the root depends on, root first. Step 0 sets the root's gradient to 1, step i
    // lets node backward_order[i - 1] pass its gradient on to its children.
    std::vector<std::size_t> backward_order;
};

// Statements like `c = a*b + a**2; d = relu(c) - 5/a`, computed on a Tape: + - * / ** (by a number), unary minus, relu,
// exp, log, parentheses. Statements end with ; or a line feed; the last one is the root. A name that no statement has
// given a value is a leaf; so is a name that a number was given to. Immutable once parsed.
class Expression {
   public:
    // Nothing but the error if the text is wrong. At most 10,000 operations and 200 levels of parentheses.
    static std::optional<Expression> parse(std::string_view text, ExpressionError& error);

    struct Leaf {
        std::string name;
        double value = 1;  // what the text gives it, else 1
    };
    const std::vector<Leaf>& leaves() const { return leaves_; }

    // The graph with these leaf values (names that are missing keep theirs) after so many steps of backward(); all of
    // them unless told. The arithmetic is the Tape's own.
    ExpressionGraph graph(const std::map<std::string, double>& values = {},
                          std::size_t steps = static_cast<std::size_t>(-1)) const;

   private:
    friend class ExpressionParser;
    enum class Code { leaf, number, add, subtract, multiply, divide, negate, power, relu, exp, log, assign };
    struct Instruction {
        Code code;
        std::size_t left = 0, right = 0;  // instructions; of leaf: which one
        double number = 0;
        std::string name = {};  // of assign
    };
    std::vector<Instruction> instructions_;
    std::vector<Leaf> leaves_;
};

}  // namespace gamegpt
