#include "core/autograd/expression.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace gamegpt {

namespace {

constexpr std::size_t most_instructions = 10'000;
constexpr int most_levels = 200;

bool is_name_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "2", "-0.5", "1e-05": a constant as it stands in a node.
std::string short_number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

}  // namespace

// Recursive descent, a function a level of precedence:
//   statement  name = sum | sum
//   sum        product { (+ | -) product }
//   product    unary { (* | /) unary }
//   unary      - unary | power
//   power      atom [ ** exponent ]        exponent: [-] number, also in parentheses
//   atom       number | name | function ( sum ) | ( sum )
class ExpressionParser {
   public:
    ExpressionParser(std::string_view text, Expression& expression) : text_(text), expression_(expression) {}

    void program() {
        bool any = false;
        while (skip_separators(), at_ < text_.size()) {
            statement();
            any = true;
            skip_spaces();
            if (at_ < text_.size() && text_[at_] != ';' && text_[at_] != '\n') fail("an operator, ';' or the end");
        }
        if (!any) fail("an expression, as in c = a*b + a**2");
    }

   private:
    using Code = Expression::Code;

    [[noreturn]] void fail(const std::string& expected) const { fail_at(at_, token_length(), expected); }
    [[noreturn]] void fail_at(std::size_t offset, std::size_t length, const std::string& expected) const {
        const std::string found = length == 0 ? "the end" : "'" + std::string(text_.substr(offset, length)) + "'";
        throw ExpressionError{offset, length, "found " + found + "; " + expected + " was expected"};
    }
    // Of what stands at at_, to be underlined: a name, a number, or one character with all its bytes.
    std::size_t token_length() const {
        std::size_t end = at_;
        const auto in_word = [&](std::size_t i) {
            return i < text_.size() && (is_name_start(text_[i]) || is_digit(text_[i]) || text_[i] == '.');
        };
        while (in_word(end)) ++end;
        if (end == at_ && at_ < text_.size()) {
            ++end;
            while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;
        }
        return end - at_;
    }

    void skip_spaces() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
    }
    void skip_separators() {
        while (at_ < text_.size() && std::string_view(" \t\r\n;").find(text_[at_]) != std::string_view::npos) ++at_;
    }
    bool take(std::string_view symbol) {
        skip_spaces();
        if (!text_.substr(at_).starts_with(symbol)) return false;
        if (symbol == "*" && text_.substr(at_).starts_with("**")) return false;
        at_ += symbol.size();
        return true;
    }

    std::size_t emit(Expression::Instruction instruction) {
        if (expression_.instructions_.size() >= most_instructions)
            throw ExpressionError{at_, 0, "the expression has more than 10,000 operations"};
        expression_.instructions_.push_back(std::move(instruction));
        return expression_.instructions_.size() - 1;
    }

    void statement() {
        skip_spaces();
        const std::size_t start = at_;
        if (at_ < text_.size() && is_name_start(text_[at_])) {
            const std::string name = take_name();
            const std::size_t name_end = at_;
            if (take("=")) return assignment(name, start, name_end);
            at_ = start;
        }
        sum();
    }

    void assignment(const std::string& name, std::size_t start, std::size_t name_end) {
        if (variables_.contains(name) || is_function(name))
            fail_at(start, name_end - start,
                    is_function(name) ? "a name that is no function" : "a new name: this one has a value already");
        const std::size_t value = sum();
        const Expression::Instruction& computed = expression_.instructions_[value];
        if (computed.code == Code::number) {  // a leaf with a value
            const double number = computed.number;
            expression_.instructions_.pop_back();
            expression_.leaves_.push_back({name, number});
            variables_[name] = emit({Code::leaf, expression_.leaves_.size() - 1});
            return;
        }
        variables_[name] = emit({Code::assign, value, 0, 0, name});
    }

    std::size_t sum() {
        std::size_t left = product();
        for (;;) {
            if (take("+")) left = emit({Code::add, left, product()});
            else if (take("-")) left = emit({Code::subtract, left, product()});
            else return left;
        }
    }

    std::size_t product() {
        std::size_t left = unary();
        for (;;) {
            if (take("*")) left = emit({Code::multiply, left, unary()});
            else if (take("/")) left = emit({Code::divide, left, unary()});
            else return left;
        }
    }

    std::size_t unary() {
        const Level level(*this);
        if (!take("-")) return power();
        const std::size_t operand = unary();
        Expression::Instruction& last = expression_.instructions_[operand];
        if (last.code == Code::number && operand + 1 == expression_.instructions_.size()) {  // -2 is a number
            last.number = -last.number;
            return operand;
        }
        return emit({Code::negate, operand});
    }

    std::size_t power() {
        const std::size_t base = atom();
        if (!take("**")) return base;
        const bool parenthesis = take("(");
        const bool negative = take("-");
        skip_spaces();
        if (at_ >= text_.size() || !(is_digit(text_[at_]) || text_[at_] == '.'))
            fail("a number: exponents are constant");
        const double exponent = take_number();
        if (parenthesis && !take(")")) fail("')'");
        return emit({Code::power, base, 0, negative ? -exponent : exponent});
    }

    std::size_t atom() {
        skip_spaces();
        if (at_ >= text_.size()) fail("a number, a name or '('");
        if (is_digit(text_[at_]) || text_[at_] == '.') return emit({Code::number, 0, 0, take_number()});
        if (take("(")) return parenthesised();
        if (!is_name_start(text_[at_])) fail("a number, a name or '('");
        const std::size_t start = at_;
        const std::string name = take_name();
        const std::size_t end = at_;
        if (take("(")) {
            if (!is_function(name)) fail_at(start, end - start, "relu, exp or log");
            const std::size_t operand = parenthesised();
            return emit({name == "relu" ? Code::relu : name == "exp" ? Code::exp : Code::log, operand});
        }
        if (is_function(name)) fail("'(' behind " + name);
        const auto known = variables_.find(name);
        if (known != variables_.end()) return known->second;
        expression_.leaves_.push_back({name, 1});
        return variables_[name] = emit({Code::leaf, expression_.leaves_.size() - 1});
    }

    std::size_t parenthesised() {
        const std::size_t inside = sum();
        if (!take(")")) fail("')'");
        return inside;
    }

    static bool is_function(const std::string& name) { return name == "relu" || name == "exp" || name == "log"; }

    std::string take_name() {
        const std::size_t start = at_;
        while (at_ < text_.size() && (is_name_start(text_[at_]) || is_digit(text_[at_]))) ++at_;
        return std::string(text_.substr(start, at_ - start));
    }

    double take_number() {
        double value = 0;
        const auto [end, problem] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
        if (problem != std::errc() || !std::isfinite(value)) fail("a number");
        at_ = static_cast<std::size_t>(end - text_.data());
        return value;
    }

    struct Level {
        explicit Level(ExpressionParser& owner) : parser(owner) {
            if (++parser.level_ > most_levels)
                throw ExpressionError{parser.at_, 0, "the expression is nested more than 200 deep"};
        }
        ~Level() { --parser.level_; }
        ExpressionParser& parser;
    };

    std::string_view text_;
    Expression& expression_;
    std::size_t at_ = 0;
    int level_ = 0;
    std::map<std::string, std::size_t> variables_;  // to their instructions
};

std::optional<Expression> Expression::parse(std::string_view text, ExpressionError& error) {
    Expression expression;
    try {
        ExpressionParser(text, expression).program();
    } catch (const ExpressionError& found) {
        error = found;
        return std::nullopt;
    }
    return expression;
}

namespace {

std::string label_of(const Tape::Node& node) {
    switch (node.op) {
        case Tape::Op::leaf: return short_number(node.data);
        case Tape::Op::add: return "+";
        case Tape::Op::mul: return "*";
        case Tape::Op::add_mul: return "+ *";
        case Tape::Op::pow: return "** " + short_number(node.exponent);
        case Tape::Op::relu: return "relu";
        case Tape::Op::exp: return "exp";
        case Tape::Op::log: return "log";
    }
    return {};
}

// The nodes that the root depends on, in the order in which backward() meets them.
std::vector<std::size_t> order_from(const std::vector<ExpressionGraph::Node>& nodes, std::size_t root) {
    std::vector<bool> reached(nodes.size(), false);
    reached[root] = true;
    std::vector<std::size_t> order;
    for (std::size_t i = root + 1; i-- > 0;) {
        if (!reached[i]) continue;
        order.push_back(i);
        for (const std::size_t child : nodes[i].children) reached[child] = true;
    }
    return order;
}

}  // namespace

ExpressionGraph Expression::graph(const std::map<std::string, double>& values, std::size_t steps) const {
    Tape tape;
    std::vector<Value> results;
    std::map<std::uint32_t, std::string> names;
    for (const Instruction& instruction : instructions_) {
        const auto left = [&] { return results[instruction.left]; };
        const auto right = [&] { return results[instruction.right]; };
        switch (instruction.code) {
            case Code::leaf: {
                const Leaf& leaf = leaves_[instruction.left];
                const auto given = values.find(leaf.name);
                results.push_back(tape.value(given == values.end() ? leaf.value : given->second));
                names[results.back().index()] = leaf.name;
                break;
            }
            case Code::number: results.push_back(tape.value(instruction.number)); break;
            case Code::add: results.push_back(left() + right()); break;
            case Code::subtract: results.push_back(left() - right()); break;
            case Code::multiply: results.push_back(left() * right()); break;
            case Code::divide: results.push_back(left() / right()); break;
            case Code::negate: results.push_back(-left()); break;
            case Code::power: results.push_back(pow(left(), instruction.number)); break;
            case Code::relu: results.push_back(relu(left())); break;
            case Code::exp: results.push_back(exp(left())); break;
            case Code::log: results.push_back(log(left())); break;
            case Code::assign:
                results.push_back(left());
                names.emplace(results.back().index(), instruction.name);
                break;
        }
    }
    ExpressionGraph graph;
    graph.root = results.back().index();
    for (std::size_t i = 0; i < tape.size(); ++i) {
        const Tape::Node node = tape.node(i);
        const auto children = static_cast<std::size_t>(node.child_count);
        const auto name = names.find(static_cast<std::uint32_t>(i));
        graph.nodes.push_back({node.op, label_of(node), name == names.end() ? "" : name->second,
                               node.op == Tape::Op::leaf && name == names.end(), node.data, 0,
                               std::vector<std::size_t>(node.children, node.children + children),
                               std::vector<double>(node.local_grads, node.local_grads + children)});
        if (node.op == Tape::Op::leaf && name != names.end()) graph.nodes.back().label = name->second;
    }
    graph.backward_order = order_from(graph.nodes, graph.root);
    if (steps > 0) graph.nodes[graph.root].grad = 1;
    for (std::size_t i = 0; i + 1 < steps && i < graph.backward_order.size(); ++i) {
        const ExpressionGraph::Node& node = graph.nodes[graph.backward_order[i]];
        for (std::size_t child = 0; child < node.children.size(); ++child)
            graph.nodes[node.children[child]].grad += node.local_grads[child] * node.grad;
    }
    return graph;
}

}  // namespace gamegpt
